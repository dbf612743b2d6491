using AnyDoor.Audit;
using AnyDoor.Sharing;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Looks;

/// <summary>What the information lead decides about: looks on a stated reason, and matches that a worker was not shown. No resident is named here.</summary>
public sealed class IndexModel(InformationDesk desk) : StaffPage
{
    protected override string? Area => "information";

    public IReadOnlyList<LookToReview> Looks { get; private set; } = [];
    public IReadOnlyList<MatchNotShown> Matches { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Looks = await desk.ToReviewAsync(cancel);
        Matches = await desk.MatchesNotShownAsync(cancel);
    }

    public async Task<IActionResult> OnPostDecideAsync(Guid look, LookAnswer answer, CancellationToken cancel)
    {
        if (!May("review-looks")) return NotFound();
        var done = await desk.DecideAsync(Who(Purpose.Assurance), look, answer, cancel);
        return await AfterAsync(done, cancel);
    }

    public async Task<IActionResult> OnPostSeenAsync(Guid notice, CancellationToken cancel)
    {
        if (!May("answer-notice")) return NotFound();
        return await AfterAsync(await desk.SeenAsync(Who(Purpose.Assurance), notice, cancel), cancel);
    }

    private async Task<IActionResult> AfterAsync(Common.Result<bool> done, CancellationToken cancel)
    {
        if (done is { Done: true, Value: false }) return NotFound();
        if (done.Done) return LocalRedirect("/staff/looks");
        Refuse(done.Refusal!);
        await OnGetAsync(cancel);
        return Page();
    }
}
