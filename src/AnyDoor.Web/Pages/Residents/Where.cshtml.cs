using AnyDoor.Requests;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Where a request is, for the resident alone.</summary>
[ResponseCache(NoStore = true)]
public sealed class WhereModel(ResidentVisit visit, RequestStatusDesk desk) : PageModel
{
    public RequestStatusView Status { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await visit.SittingAsync(cancel) is not { RequestId: { } id } || await desk.ReadAsync(id, visit.Now, cancel) is not { } status) return Redirect("/request");
        Status = status;
        return Page();
    }

    /// <summary>Stops the request; nobody asks why.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await visit.SittingAsync(cancel) is { RequestId: { } id }) await desk.StopAsync(id, visit.Who, cancel);
        return Redirect("/request/where");
    }
}
