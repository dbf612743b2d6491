using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Language;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Food by place, day and diet, and whether a referral is needed (R-FPA-03). What is typed is in no address and no log; where nothing is open for them, the gap is noted with the place alone.</summary>
[ResponseCache(NoStore = true)]
public sealed class FoodModel(MenuDirectory directory, MenuService menu, PostcodeDirectory postcodes, Texts texts, TimeProvider clock) : PageModel
{
    public const int DaysAhead = 7;

    [BindProperty] public string? Near { get; set; }
    [BindProperty] public int Ahead { get; set; }
    [BindProperty] public string? Diet { get; set; }

    public FoodOnDay? Food { get; private set; }

    public DateOnly Day(int ahead) => clock.Today().AddDays(ahead);

    public void OnGet() { }

    public async Task OnPostAsync(CancellationToken cancel)
    {
        await postcodes.RefreshAsync(cancel);
        var index = await directory.RefreshAsync(cancel);
        if (string.IsNullOrWhiteSpace(Near)) { ModelState.AddModelError(nameof(Near), texts.Plain("food.near.missing")); return; }
        if (Near.Length > 80 || Whereabouts.Find(null, Near, index, postcodes) is not { } place) { ModelState.AddModelError(nameof(Near), texts.Plain("food.near.unknown")); return; }
        var diet = FoodAssets.Diets.Any(d => d.Id == Diet) ? Diet : null;
        var now = clock.UtcNow();
        Food = FoodAssets.On(index, place, Day(Math.Clamp(Ahead, 0, DaysAhead - 1)), diet, now);
        if (Food.Open.Count == 0) await menu.NoteGapsAsync(new AuditContext(Actor.Resident(null), null, "web-form", Purpose.StatisticsAndPlanning, now), ["food"], GapPlace.Of(place), cancel);
    }
}
