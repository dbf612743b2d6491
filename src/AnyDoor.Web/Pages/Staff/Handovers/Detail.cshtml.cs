using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Handovers;

/// <summary>One handover: yes, no with a reason, in touch, helped. Once it is theirs, the household as the gate lets them see it.</summary>
public sealed class DetailModel(HandoverDesk desk) : StaffPage
{
    protected override string? Area => "handovers";

    [BindProperty(SupportsGet = true)] public string Ref { get; set; } = "";
    [BindProperty] public string? Why { get; set; }
    public HandoverLine Line { get; private set; } = null!;
    /// <summary>Null until they have accepted, and again when it ends or the household says no.</summary>
    public HouseholdView? Household { get; private set; }
    public string? Told { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(HandoverAnswer answer, CancellationToken cancel)
    {
        if (!May("answer-handover") || !await LoadAsync(cancel)) return NotFound();
        var done = await desk.AnswerAsync(Who(Purpose.Handover), Worker, Ref, answer, Why, cancel);
        if (done.Done) return LocalRedirect($"/staff/handovers/{Line.Reference}");
        if (done.Refusal == RequestDesk.NotThere) return NotFound();
        await LoadAsync(cancel);
        if (done.Refusal.Field is null) Told = done.Refusal.Sentence;
        else Refuse(done.Refusal, nameof(Why));
        return Page();
    }

    /// <summary>Whoever else lives there: by name only with their own yes, otherwise what they are to the household and about how old.</summary>
    public static Func<MemberView, string> Briefly(HouseholdView household) => member =>
    {
        var role = member.Role switch { MemberRole.Partner => "partner", MemberRole.Child => "child", MemberRole.Adult => "adult", MemberRole.Applicant => "asked before", _ => "other" };
        var whole = member.Role != MemberRole.Child && household.Sight.SaidYes(member.PersonId);
        return (whole ? $"{member.Name}, " : "") + role + (member.InBand is { } band ? $", {band}" : "");
    };

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await desk.OpenAsync(Reading("handover", Purpose.Handover), Ref, cancel) is not var (line, household)) return false;
        (Line, Household) = (line, household);
        return true;
    }

    public IEnumerable<(string Name, string Words, string Class)> Chain
    {
        get
        {
            var (state, now) = (Line.State, Now);
            string By(DateTime? at) => at is { } when ? Say.When(when, now) : "";
            var back = state is HandoverState.Declined or HandoverState.CameBack or HandoverState.TakenBack;
            yield return ("Sent", By(Line.SentAt), "is-done");
            yield return back && Line.AcceptedAt is null ? (state == HandoverState.Declined ? "Declined" : state == HandoverState.TakenBack ? "Taken back" : "Not answered", By(Line.BackAt), "is-back")
                : Line.AcceptedAt is not null ? ("Accepted", By(Line.AcceptedAt), "is-done") : ("Accepted", $"by {By(Line.DueBy)}", "is-now");
            yield return Line.FirstContactAt is not null ? ("First contact", By(Line.FirstContactAt), "is-done") : back && Line.AcceptedAt is not null ? ("Not in touch", By(Line.BackAt), "is-back")
                : state == HandoverState.Accepted ? ("First contact", $"by {By(Line.DueBy)}", "is-now") : ("First contact", "", "");
            yield return Line.HelpedAt is not null ? ("Helped", By(Line.HelpedAt), "is-done") : state == HandoverState.FirstContact ? ("Helped or not", "", "is-now") : ("Helped or not", "", "");
        }
    }
}
