using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Reviews;

/// <summary>One second look: taken, the facts and reasons of that application, and the answer.</summary>
public sealed class DetailModel(ReviewDesk desk) : StaffPage
{
    protected override string? Area => "reviews";

    [BindProperty(SupportsGet = true)] public string Ref { get; set; } = "";
    [BindProperty] public string? Stands { get; set; }
    [BindProperty] public string? Why { get; set; }
    public ReviewFile Look { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostTakeAsync(CancellationToken cancel) => await DoneAsync(await desk.TakeAsync(Who(Purpose.Assurance), Worker, Ref, cancel), $"/staff/reviews/{Ref}", cancel);

    public async Task<IActionResult> OnPostPutBackAsync(CancellationToken cancel) => await DoneAsync(await desk.PutBackAsync(Who(Purpose.Assurance), Worker, Ref, cancel), "/staff/reviews", cancel);

    public async Task<IActionResult> OnPostAnswerAsync(CancellationToken cancel) =>
        await DoneAsync(await desk.AnswerAsync(Who(Purpose.Assurance), Worker, Ref, Stands switch { "yes" => true, "no" => false, _ => null }, Why, cancel), "/staff/reviews", cancel);

    private async Task<IActionResult> DoneAsync(Result<string> done, string to, CancellationToken cancel)
    {
        if (done.Done) return LocalRedirect(to);
        if (done.Refusal == ReviewDesk.NotThere || !await LoadAsync(cancel)) return NotFound();
        Refuse(done.Refusal, done.Refusal.Field switch { "stands" => nameof(Stands), "why" => nameof(Why), _ => "" });
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await desk.OpenAsync(Reading("review", Purpose.Assurance), Ref, cancel) is not { } look) return false;
        Look = look;
        return true;
    }
}
