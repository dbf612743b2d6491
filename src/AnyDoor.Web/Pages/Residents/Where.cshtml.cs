using AnyDoor.Funds;
using AnyDoor.Requests;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Where a request is, for the resident alone; whoever asked for somebody else sees that we have it, and no more.</summary>
[ResponseCache(NoStore = true)]
public sealed class WhereModel(ResidentVisit visit, RequestStatusDesk desk, Texts texts, PageChrome chrome) : PageModel
{
    public RequestStatusView Status { get; private set; } = null!;
    public IReadOnlyList<StatusStep> Steps { get; private set; } = [];
    public PointShown? Point { get; private set; }
    public DateOnly Today => visit.Today;

    /// <summary>Money was agreed once, and none of it comes.</summary>
    public bool NothingComes => Status.Awards.Count > 0 && Status.Awards.All(a => a.State is AwardStatus.Cancelled or AwardStatus.Returned);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await visit.SittingAsync(cancel) is not { RequestId: { } id, OfAsker: var asker } || await desk.ReadAsync(id, visit.Now, cancel, asker) is not { } status) return Redirect("/request");
        Status = status;
        if (asker) return Page();
        Steps = StatusSteps.Of(status, texts, chrome.HubLink, visit.Now);
        Point = PointShown.Of(await visit.SettingsAsync(cancel), status.District, texts);
        return Page();
    }
}
