using AnyDoor.Audit;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Requests;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>Where the household lives: an address, no fixed address, or only the area.</summary>
public sealed class HomeModel(HubSittings sittings, SettingsDesk settings, HomeDesk desk) : RequestPage(sittings, settings)
{
    [BindProperty] public string? Lines { get; set; }
    [BindProperty] public string? PostcodeText { get; set; }
    [BindProperty] public bool NoFixedAddress { get; set; }
    [BindProperty] public string? DistrictCode { get; set; }
    /// <summary>The mark of what stood on the page when it was shown.</summary>
    [BindProperty] public string Shown { get; set; } = "";

    public bool MovedOn { get; private set; }
    public IEnumerable<SelectListItem> Areas => District.All.Select(d => new SelectListItem(d.Name, d.Code)).Append(new SelectListItem("Outside Cambridgeshire and Peterborough", HomeDesk.Outside));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!May("hold-conversation") || !await LoadAsync("home", Purpose.RespondToRequest, cancel)) return NotFound();
        var home = Sitting.Household.Home;
        (Lines, PostcodeText, NoFixedAddress, DistrictCode, Shown) = (home.Lines, home.Postcode?.ToString(), home.NoFixedAddress, Sitting.Household.District, HouseholdReader.MarkOf(Sitting.Household));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("hold-conversation") || !await LoadAsync("home", Purpose.RespondToRequest, cancel)) return NotFound();
        var changed = await desk.ChangeAsync(Reading("home"), Sitting.Household, new HomeTold(Lines, PostcodeText, NoFixedAddress, DistrictCode, Shown), cancel);
        if (changed.Done) return LocalRedirect(Back);
        if (changed.Refusal.Code == RequestDesk.NotThere.Code) return NotFound();
        if (changed.Refusal.Code == HouseholdReader.HomeMovedOn)
        {
            (MovedOn, Shown) = (true, HouseholdReader.MarkOf(Sitting.Household));
            ModelState.Remove(nameof(Shown));
        }
        Refuse(changed.Refusal, changed.Refusal.Field switch { "lines" => nameof(Lines), "postcode" => nameof(PostcodeText), "noFixedAddress" => nameof(NoFixedAddress), "district" => nameof(DistrictCode), _ => "" });
        return Page();
    }
}
