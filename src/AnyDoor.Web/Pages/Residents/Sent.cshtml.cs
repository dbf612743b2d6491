using AnyDoor.Audit;
using AnyDoor.Requests;
using AnyDoor.Web.Language;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>After sending: the reference, and the secret code for as long as this visit lasts.</summary>
[ResponseCache(NoStore = true)]
public sealed class SentModel(ResidentVisit visit, RequestStatusDesk desk, LogKey key, Texts texts) : PageModel
{
    public RequestStatusView Status { get; private set; } = null!;
    public string? Code { get; private set; }
    public string ByWhen { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await visit.DraftAsync(cancel) is not { SentRequest: { } request }) return Redirect("/ask");
        if (await desk.ReadAsync(request, visit.Now, cancel) is not { } status) return NotFound();
        Status = status;
        var code = ResidentCodes.OfRequest(key, request);
        if (await desk.IsFirstCodeAsync(request, code, cancel)) Code = ResidentCodes.Show(code);
        ByWhen = ResidentDays.By(status.AnswerBy, texts);
        return Page();
    }
}
