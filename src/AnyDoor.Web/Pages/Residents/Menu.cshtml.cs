using AnyDoor.Audit;
using AnyDoor.Places;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Help nearby, without telling us anything. What is typed is in no address and no log; a need that nothing meets is noted as a gap, with the district alone.</summary>
[ResponseCache(NoStore = true)]
public sealed class MenuModel(MenuDirectory directory, MenuService menu, PostcodeDirectory postcodes, PageChrome chrome, Texts texts, TimeProvider clock) : PageModel
{
    [BindProperty] public string? Wanted { get; set; }
    [BindProperty] public string? Near { get; set; }

    public MenuResult? Result { get; private set; }
    /// <summary>What was typed as a place is not one we know: the list is for everywhere.</summary>
    public bool PlaceNotKnown { get; private set; }

    public void OnGet() { }

    public async Task OnPostAsync(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Wanted))
        {
            ModelState.AddModelError(nameof(Wanted), texts.Plain("menu.wanted.missing"));
            return;
        }
        await postcodes.RefreshAsync(cancel);
        var index = await directory.RefreshAsync(cancel);
        var place = Whereabouts.Find(null, Near, index, postcodes);
        PlaceNotKnown = place is null;
        var now = clock.GetUtcNow().UtcDateTime;
        Result = MenuMatch.Match(index, new MenuQuery { Text = Wanted.Length > 200 ? Wanted[..200] : Wanted, Place = place ?? MenuPlace.NotKnown, At = now, Language = texts.Current.Code is "en" ? null : texts.Current.Code, HubTelephone = chrome.HubNumber });
        var gaps = Result.Missing.Select(m => m.NeedId).ToList();
        if (gaps.Count > 0) await menu.NoteGapsAsync(new AuditContext(Actor.Resident(null), null, "web-form", Purpose.StatisticsAndPlanning, now), gaps, GapPlace.Of(place), cancel);
    }
}
