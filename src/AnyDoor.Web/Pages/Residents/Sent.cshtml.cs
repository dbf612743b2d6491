using AnyDoor.Audit;
using AnyDoor.Requests;
using AnyDoor.Web.Language;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>After sending: the reference, and for a few minutes the secret code.</summary>
[ResponseCache(NoStore = true)]
public sealed class SentModel(ResidentVisit visit, RequestStatusDesk desk, LogKey key, Texts texts) : PageModel
{
    /// <summary>Long enough to write it down. After that somebody else may sit at this screen.</summary>
    public static readonly TimeSpan CodeShows = TimeSpan.FromMinutes(10);

    public RequestStatusView Status { get; private set; } = null!;
    public string? Code { get; private set; }
    public string ByWhen { get; private set; } = "";
    public PointShown? Point { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await visit.LatestAsync(cancel) is not { SentRequest: { } request, SentAt: { } sentAt } draft) return Redirect("/ask");
        if (await desk.ReadAsync(request, visit.Now, cancel, draft.Answers.ForSomeoneElse) is not { } status) return NotFound();
        Status = status;
        var code = ResidentCodes.OfRequest(key, request);
        if (visit.Now - sentAt < CodeShows && await desk.IsFirstCodeAsync(request, code, cancel)) Code = ResidentCodes.Show(code);
        ByWhen = ResidentDays.By(status.AnswerBy, texts);
        // Whoever asked for somebody else is told nothing about where they live.
        if (!status.ToAsker) Point = PointShown.Of(await visit.SettingsAsync(cancel), status.District, texts);
        return Page();
    }
}
