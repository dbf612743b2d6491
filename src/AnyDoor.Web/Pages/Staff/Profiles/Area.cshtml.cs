using AnyDoor.Audit;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Profiles;

/// <summary>Makes an area of neighbourhoods, named as people name it.</summary>
public sealed class AreaModel(PlaceDesk desk, PlaceBook book) : StaffPage
{
    protected override string? Area => "places";

    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Neighbourhoods { get; set; }

    public int Year { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Year = PlaceProfiles.Usual(await book.RefreshAsync(cancel)).Year;
        return May("keep-places") ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("keep-places")) return NotFound();
        var done = await desk.MakeAreaAsync(Who(Purpose.StatisticsAndPlanning), Name, Neighbourhoods, cancel);
        if (done.Done) return LocalRedirect($"/staff/places/{done.Value}");
        Refuse(done.Refusal, done.Refusal.Field == "name" ? nameof(Name) : nameof(Neighbourhoods));
        Year = PlaceProfiles.Usual(book.Current).Year;
        return Page();
    }
}
