using AnyDoor.Funds;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using AnyDoor.Web.TagHelpers;

namespace AnyDoor.Web.Pages.Staff.Reviews;

/// <summary>Second looks at decisions, by reference: of nobody until one is taken.</summary>
public sealed class IndexModel(ReviewDesk desk) : StaffPage
{
    protected override string? Area => "reviews";

    public IReadOnlyList<ReviewLine> Lines { get; private set; } = [];
    public IEnumerable<ReviewLine> Open => Lines.Where(l => l.State is ReviewState.Waiting or ReviewState.Taken);

    public async Task OnGetAsync(CancellationToken cancel) => Lines = await desk.ListAsync(Worker, cancel);

    public static TagKind Kind(ReviewLine line, DateOnly today) => line.State switch
    {
        ReviewState.Stands or ReviewState.ToDecideAgain => TagKind.Ok,
        _ when line.AnswerBy <= today => TagKind.Now,
        _ => TagKind.Soon,
    };

    public static string Where(ReviewLine line) => line.State switch
    {
        ReviewState.Waiting => "Nobody has it",
        ReviewState.Taken => line.Mine ? "You have it" : "With a colleague",
        var answered => DecisionReview.InWords(answered),
    };
}
