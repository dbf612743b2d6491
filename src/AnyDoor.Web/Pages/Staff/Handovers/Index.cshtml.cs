using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Requests;
using AnyDoor.Web.TagHelpers;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.Handovers;

/// <summary>What was handed to this worker's organisation: whose move it is and by when.</summary>
public sealed class IndexModel(HandoverDesk desk) : StaffPage
{
    protected override string? Area => "handovers";

    /// <summary>What they were told, or why that is not shown.</summary>
    public static string Told(HandoverLine line) => line.Shared ? line.Told
        : line.State is HandoverState.Declined or HandoverState.CameBack or HandoverState.TakenBack && line.WhyBack != Handover.NoLongerShared ? "It is not with you any more."
        : line.State is HandoverState.Helped ? "It is over, so what you were told is not shown." : "They do not share this with you any more. Ring the hub if you still help them.";

    public IReadOnlyList<HandoverLine> Lines { get; private set; } = [];
    public IEnumerable<HandoverLine> GoingOn => Lines.Where(l => l.GoesOn);
    public IEnumerable<HandoverLine> Ended => Lines.Except(GoingOn);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await desk.BringBackAsync(Now, cancel);
        Lines = await desk.ForAsync(Reading("handovers", Purpose.Handover), cancel);
    }

    public static string Needs(HandoverLine line) => line.Needs.Count == 0 ? "What they asked for" : string.Join(", ", line.Needs.Select(n => AnyDoor.Vocabulary.Words.Current.Need(n)?.Plain ?? n));

    /// <summary>Whose move it is, in words, never in colour alone.</summary>
    public static string Where(HandoverLine line, DateTime now) => line.State switch
    {
        HandoverState.Sent => $"Answer by {Say.When(line.DueBy!.Value, now)}",
        HandoverState.Accepted => $"Be in touch by {(line.DueBy is { } due ? Say.When(due, now) : "soon")}",
        HandoverState.FirstContact => $"In touch since {Say.When(line.FirstContactAt!.Value, now)}",
        HandoverState.Helped => $"Helped, {Say.When(line.HelpedAt!.Value, now)}",
        HandoverState.Declined => $"You said no, {Say.When(line.BackAt!.Value, now)}",
        HandoverState.TakenBack => $"The hub took it back, {Say.When(line.BackAt!.Value, now)}",
        _ => $"Back with the hub, {Say.When(line.BackAt!.Value, now)}",
    };

    public static TagKind Kind(HandoverLine line, DateTime now) => line.State switch
    {
        HandoverState.Sent or HandoverState.Accepted when line.DueBy is { } due && LondonTime.DayOf(due) <= LondonTime.DayOf(now) => TagKind.Now,
        HandoverState.Sent or HandoverState.Accepted => TagKind.Soon,
        HandoverState.FirstContact or HandoverState.Helped => TagKind.Ok,
        _ => TagKind.Plain,
    };
}
