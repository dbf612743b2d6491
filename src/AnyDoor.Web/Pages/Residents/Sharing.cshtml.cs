using AnyDoor.Common;
using AnyDoor.Requests;
using AnyDoor.Web.Language;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Who may see what of theirs, for what and until when, for the person with their own code; each can be stopped here at once (R-ISA-02). On a page of its own: it names places.</summary>
[ResponseCache(NoStore = true)]
public sealed class SharingModel(ResidentVisit visit, SharingDesk desk, Texts texts) : PageModel
{
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(10);

    public OwnSharing Own { get; private set; } = null!;
    public string Hub { get; private set; } = "";

    /// <summary>What was stopped a moment ago, to be said once more at the top.</summary>
    public IEnumerable<OwnShare> JustStopped => Own.No.Where(l => l.StoppedAt is { } at && visit.Now - at < JustNow);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : Redirect("/request/where");

    public Task<IActionResult> OnPostStopAsync(Guid line, CancellationToken cancel) => MoveAsync((request, who) => desk.StopOwnAsync(request, who, line, cancel), cancel);

    public Task<IActionResult> OnPostAllowAsync(Guid line, CancellationToken cancel) => MoveAsync((request, who) => desk.AllowOwnAsync(request, who, line, cancel), cancel);

    private async Task<IActionResult> MoveAsync(Func<Guid, Audit.AuditContext, Task<Result<bool>>> move, CancellationToken cancel)
    {
        if (await visit.SittingAsync(cancel) is not { RequestId: { } id, OfAsker: false }) return Redirect("/request/where");
        // What cannot be done stands as it stood: the list says so.
        await move(id, visit.Who);
        return Redirect("/request/sharing");
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await visit.SittingAsync(cancel) is not { RequestId: { } id, OfAsker: false } || await desk.OwnAsync(id, visit.Now, cancel) is not { } own) return false;
        (Own, Hub) = (own, (await visit.SettingsAsync(cancel)).Partnership.Name ?? "");
        return true;
    }

    public string Name(OwnShare line) => line.Organisation ?? texts.Plain($"shares.kind.{line.Kind ?? "other"}");
    public string What(OwnShare line) => texts.Plain($"shares.what.{line.Ask ?? "any"}");
    public string See(OwnShare line) => texts.Plain((line.Ask ?? (line.Organisation is null ? null : "any")) is { } ask ? $"shares.see.{ask}{(Own.HomeHidden ? "-hidden" : "")}" : "shares.see.kind");
    public IHtmlContent How(OwnShare line) => texts.Of($"shares.how.{line.How ?? "handover"}", ("day", Day(line.At)));

    public IHtmlContent Until(OwnShare line) => line.Until is { } until ? texts.Of("shares.until.day", ("day", ResidentDays.Dated(until, texts))) : texts[line.EndsWithRequest ? "shares.until.request" : "shares.until.stop"];

    public IHtmlContent? Looked(OwnShare line)
    {
        if (!Own.LooksShown || line.Organisation is null) return null;
        return line.LastLook is { } day ? texts.Of("shares.looked", ("day", ResidentDays.Dated(day, texts))) : texts["shares.not-looked"];
    }

    public IHtmlContent WhyNot(OwnShare line) => line.StoppedAt is { } at ? texts.Of("shares.stopped", ("day", Day(at))) : line.Until is not null ? texts["shares.ended"] : texts.Of("shares.said-no", ("day", Day(line.At)));

    private string Day(DateTime at) => ResidentDays.Dated(LondonTime.DayOf(at), texts);
}
