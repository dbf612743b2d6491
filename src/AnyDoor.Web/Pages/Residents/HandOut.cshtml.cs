using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>One page of help for a need at a place: to print, to text, or to read in one's own language. Nobody is in it, nothing is kept, and looking is not counted.</summary>
public sealed class HandOutModel(MenuDirectory directory, ResidentVisit visit, Texts texts, PageChrome chrome, TimeProvider clock) : PageModel
{
    private const int InAText = 3;
    /// <summary>Ring before you go, when the paper is older.</summary>
    private const int GoodForDays = 30;

    public Doorstep Chosen { get; private set; } = null!;
    public IReadOnlyList<MenuHit> Hits { get; private set; } = [];
    public IReadOnlyList<ExitShown> Exits { get; private set; } = [];
    public DateOnly Today => clock.Today();
    public DateOnly Until => Today.AddDays(GoodForDays);

    public async Task<IActionResult> OnGetAsync(string place, string need, string kind, CancellationToken cancel)
    {
        if (Doorstep.Find(place, need, kind) is not { IsSpokenOnly: false } chosen) return NotFound();
        Chosen = chosen;
        var result = chosen.Match(await directory.RefreshAsync(cancel), clock.UtcNow(), chrome.HubNumber, texts.Current.Code);
        Hits = [.. result.Hits.Concat(result.NearestBeyond).Take(Doorstep.Most)];
        Exits = CrisisExits.Of(Requests.ResidentForm.Current, await visit.SettingsAsync(cancel), texts);
        return Page();
    }

    public string? Week(Service service) => WeekWords.Of(service.Opening, texts.Current.Code);

    public static string First(string text, int most = 90)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        var first = end > 0 ? text[..(end + 1)] : text;
        return first.Length <= most ? first : string.Concat(first.AsSpan(0, first.LastIndexOf(' ', most)), "…");
    }

    /// <summary>The words of a text: the first three, the hub's number, and where the rest is.</summary>
    public string TextWords
    {
        get
        {
            var lines = Hits.Take(InAText).Select((h, i) => $"{i + 1}. {h.Service.Name}{(h.Location is { } at ? $", {at.Address}" : "")}{(Week(h.Service) is { } week ? $", {week}" : "")}{(h.Service.Phone is { } phone ? $", {phone}" : "")}");
            return string.Join('\n', [texts.Plain("hand-out.title", ("place", Chosen.Place.Words)), .. lines, $"{texts.Plain("start.call-free")}: {chrome.HubNumber}", $"{Request.Scheme}://{Request.Host}/hand-out/{Chosen.Address}"]);
        }
    }
}
