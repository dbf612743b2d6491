using AnyDoor.Funds;
using AnyDoor.Requests;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Asks once before a request is stopped; nobody asks why.</summary>
[ResponseCache(NoStore = true)]
public sealed class StopModel(ResidentVisit visit, RequestStatusDesk desk) : PageModel
{
    /// <summary>They have been given something, which they keep.</summary>
    public bool Given { get; private set; }
    public string? Told { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await ReadAsync(cancel) is { MayBeStopped: true } ? Page() : Redirect("/request/where");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await visit.SittingAsync(cancel) is not { RequestId: { } id }) return Redirect("/request");
        var stopped = await desk.StopAsync(id, visit.Who, cancel);
        // An asker reads there that only the person themselves can stop it.
        if (stopped.Done || stopped.Refusal == RequestStatusDesk.NotTheAskers) return Redirect("/request/where");
        Told = stopped.Refusal.Sentence;
        await ReadAsync(cancel);
        return Page();
    }

    private async Task<RequestStatusView?> ReadAsync(CancellationToken cancel)
    {
        if (await visit.SittingAsync(cancel) is not { RequestId: { } id, OfAsker: var asker } || await desk.ReadAsync(id, visit.Now, cancel, asker) is not { } status) return null;
        Given = status.Awards.Any(a => a.State is AwardStatus.Issued or AwardStatus.Redeemed);
        return status;
    }
}
