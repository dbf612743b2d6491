using AnyDoor.Rights;
using AnyDoor.Web.Language;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>What a person may ask about their own data, on the page that their own code opened. Whoever asked for somebody else has no such page.</summary>
[ResponseCache(NoStore = true)]
public sealed class RightsModel(ResidentVisit visit, SubjectDesk desk, Texts texts) : PageModel
{
    [BindProperty] public SubjectKind? Kind { get; set; }
    [BindProperty] public string? Asked { get; set; }
    /// <summary>They have just sent something.</summary>
    [TempData] public bool Sent { get; set; }

    public IReadOnlyList<SubjectLine> Own { get; private set; } = [];
    public bool HasCopy { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await ReadAsync(cancel) is null ? Redirect("/request/where") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await ReadAsync(cancel) is not { } id) return Redirect("/request/where");
        if (Kind is null) ModelState.AddModelError(nameof(Kind), texts.Plain("rights.kind.missing"));
        // A copy of everything needs no words.
        var asked = string.IsNullOrWhiteSpace(Asked) && Kind == SubjectKind.Access ? texts.Plain("rights.everything") : Asked?.Trim() ?? "";
        if (asked.Length is < 3 or > 4000) ModelState.AddModelError(nameof(Asked), texts.Plain("rights.asked.missing"));
        if (!ModelState.IsValid) return Page();
        var done = await desk.FromOwnPageAsync(visit.Who, id, Kind!.Value, asked, cancel);
        Sent = done.Done;
        return Redirect(done.Done ? "/request/rights" : "/request/where");
    }

    private async Task<Guid?> ReadAsync(CancellationToken cancel)
    {
        if (await visit.SittingAsync(cancel) is not { RequestId: { } id, OfAsker: false }) return null;
        Own = await desk.OwnAsync(id, visit.Now, cancel);
        HasCopy = Own.Any(o => o is { Kind: SubjectKind.Access, State: SubjectState.Answered }) && await desk.HasOwnCopyAsync(id, visit.Now, cancel);
        return id;
    }
}
