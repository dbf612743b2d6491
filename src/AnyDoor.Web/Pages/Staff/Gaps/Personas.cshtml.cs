using AnyDoor.PlaceTeams;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Gaps;

/// <summary>What an invented household would find in a place: each of its wants met, met in part, or a gap (R-MEN-08).</summary>
public sealed class PersonasModel(GapDesk desk) : StaffPage
{
    protected override string? Area => "places";

    [BindProperty(SupportsGet = true)] public string? Place { get; set; }
    [BindProperty(SupportsGet = true)] public string? Persona { get; set; }

    public PlaceTeams.Persona Household { get; private set; } = null!;
    public GapPlace Where { get; private set; } = GapPlace.NotKnown;
    public IReadOnlyList<WantMet> Wants { get; private set; } = [];
    public bool Keeps => May("keep-places");

    public static string StateWords(CoverState state) => state switch { CoverState.Met => "Met", CoverState.PartMet => "Part met", _ => "Gap" };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if ((Persona is null ? PlaceTeams.Persona.All[0] : PlaceTeams.Persona.All.FirstOrDefault(p => p.Id == Persona)) is not { } persona) return NotFound();
        if (GapPlace.Find(Place ?? "waterlees") is not { } where) return NotFound();
        (Household, Where, Place) = (persona, where, where.Slug);
        Wants = await desk.WantsAsync(persona, where, cancel);
        return Page();
    }
}
