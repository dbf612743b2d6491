using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Profiles;

/// <summary>Makes an area of neighbourhoods and whole wards, named as people name it; changes one, or puts it away. Its address stays.</summary>
public sealed class AreaModel(AreaDesk areas, PlaceDesk desk, PlaceBook book) : StaffPage
{
    protected override string? Area => "places";

    /// <summary>The address of the area that is changed; none: a new one.</summary>
    [BindProperty(SupportsGet = true)] public string? Code { get; set; }
    [BindProperty] public int Version { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Neighbourhoods { get; set; }
    [BindProperty] public string? Wards { get; set; }

    public NamedArea? Named { get; private set; }
    public int Year { get; private set; }
    /// <summary>It changed while they wrote: what it is now stands beside what they typed.</summary>
    public bool ShowsNow { get; private set; }
    public (string Neighbourhoods, string Wards) Is => AreaDesk.Lines(book.Current, Named!);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (Named is not null) (Name, Version, (Neighbourhoods, Wards)) = (Named.Name, Named.Version, Is);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (Named is null)
        {
            var made = await areas.MakeAsync(Who(Purpose.StatisticsAndPlanning), Name, Neighbourhoods, Wards, cancel);
            return made.Done ? LocalRedirect($"/staff/places/{made.Value}") : Refused(made.Refusal);
        }
        var changed = await areas.ChangeAsync(Who(Purpose.StatisticsAndPlanning), Named.Slug, Version, Name, Neighbourhoods, Wards, cancel);
        if (changed.Done) return LocalRedirect($"/staff/places/{Named.Slug}");
        await LoadAsync(cancel);
        (ShowsNow, Version) = (Named is not null && Named.Version != Version, Named?.Version ?? Version);
        // The form goes on from what the area is now, with what was typed still in it.
        ModelState.Remove(nameof(Version));
        return Refused(changed.Refusal);
    }

    public Task<IActionResult> OnPostRetireAsync(CancellationToken cancel) => PutAwayAsync(true, cancel);

    public Task<IActionResult> OnPostBringBackAsync(CancellationToken cancel) => PutAwayAsync(false, cancel);

    private async Task<IActionResult> PutAwayAsync(bool retired, CancellationToken cancel)
    {
        if (!await LoadAsync(cancel) || Named is null) return NotFound();
        var done = await areas.RetireAsync(Who(Purpose.StatisticsAndPlanning), Named.Slug, retired, cancel);
        return done.Done ? LocalRedirect($"/staff/places/{Named.Slug}") : Refused(done.Refusal);
    }

    private IActionResult Refused(Refusal refusal)
    {
        Refuse(refusal, refusal.Field switch { "name" => nameof(Name), "neighbourhoods" => nameof(Neighbourhoods), "wards" => nameof(Wards), _ => "" });
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (!May("keep-places")) return false;
        if (Code == "new") Code = null;
        Named = Code is null ? null : await desk.AreaAsync(Code, cancel);
        Year = Named?.Year ?? PlaceProfiles.Usual(await book.RefreshAsync(cancel)).Year;
        return Code is null || Named is not null;
    }
}
