using AnyDoor.Rights;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>The person's own copy, for thirty days, when they chose to have it here.</summary>
[ResponseCache(NoStore = true)]
public sealed class CopyModel(ResidentVisit visit, SubjectDesk desk) : PageModel
{
    public CopyPack Pack { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await ReadAsync(cancel) ? Page() : Redirect("/request/where");

    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancel) =>
        await ReadAsync(cancel) ? File(System.Text.Encoding.UTF8.GetBytes(Pack.ToJson()), "application/json", "copy.json") : Redirect("/request/where");

    private async Task<bool> ReadAsync(CancellationToken cancel)
    {
        if (await visit.SittingAsync(cancel) is not { RequestId: { } id, OfAsker: false } || await desk.OwnCopyAsync(id, visit.Now, cancel) is not { } pack) return false;
        Pack = pack;
        return true;
    }
}
