using AnyDoor.Common;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Profiles;

/// <summary>Where a place is found: by name, ward or postcode, or from its district. What is loaded, and what is not.</summary>
public sealed class IndexModel(PlaceBook book, PostcodeDirectory postcodes, PapersCheck papers, PlaceDesk desk) : StaffPage
{
    protected override string? Area => "places";

    // Posted: a postcode does not go into an address.
    [BindProperty] public string? Q { get; set; }

    public IReadOnlyList<NeighbourhoodLine> Found { get; private set; } = [];
    public IReadOnlyList<WiderPlace> Wider { get; private set; } = [];
    public IReadOnlyList<(District District, IReadOnlyList<NeighbourhoodLine> Lines, Place? Place)> Districts { get; private set; } = [];
    /// <summary>What is there of a district, where not all of it is.</summary>
    public string Kept => Edition == PapersPlaces.Edition ? "printed" : "loaded";
    public string Edition { get; private set; } = "";
    public PapersReport Report { get; private set; } = null!;
    public IReadOnlyList<PrintedRow> Printed { get; private set; } = [];
    public IReadOnlyList<Dataset> From { get; private set; } = [];
    public IReadOnlyList<NamedArea> Areas { get; private set; } = [];
    public IReadOnlyList<NamedArea> PutAway { get; private set; } = [];
    /// <summary>The index that the papers print from is loaded.</summary>
    public bool Checked => book.Current.Has(PlaceSnapshot.Index2019, "imd_decile");
    public bool WardsChecked => book.Current.HasWards(2011, 2019);
    public bool Keeps => May("keep-places");

    public async Task OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (Postcode.TryParse(Q, out var postcode))
        {
            var facts = postcodes.FindAnywhere(postcode);
            if (facts?.Lsoa11 is { } old && book.Current.Area(old, 2011) is not null) return Redirect($"/staff/places/{old}");
            if (facts?.Lsoa21 is { } now && book.Current.Area(now, 2021) is not null) return Redirect($"/staff/places/{now}");
            ModelState.AddModelError(nameof(Q), facts is null ? "That postcode is not in the lists that are loaded." : "The neighbourhood of that postcode is not in what is loaded.");
            return Page();
        }
        Found = PlaceProfiles.Search(book.Current, Q ?? "");
        Wider = [.. PlaceProfiles.SearchWider(book.Current, Q ?? ""), .. Areas.Where(a => Q is { Length: > 1 } && a.Name.Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase)).Select(a => new WiderPlace(a.Slug, a.Name, "Area people name", ""))];
        if (Found is [var only] && Wider.Count == 0) return Redirect($"/staff/places/{only.Code}");
        if (Wider is [var wide] && Found.Count == 0) return Redirect($"/staff/places/{wide.Code}");
        if (Found.Count + Wider.Count == 0) ModelState.AddModelError(nameof(Q), string.IsNullOrWhiteSpace(Q) ? "Enter the name of a place, a ward or a postcode." : "No place that is loaded has that in its name. Try a shorter word, or its postcode.");
        return Page();
    }

    /// <summary>A column of Table 1 in words.</summary>
    public static string Column(string column) => column switch
    {
        PapersTables.Population => "Share of people", PapersTables.Rank => "Rank of 316", PapersTables.Least => "Share in its least deprived neighbourhood", _ => "Share in its most deprived neighbourhood",
    };

    private async Task LoadAsync(CancellationToken cancel)
    {
        Report = await papers.ShippedAsync(cancel);
        Printed = PapersTables.Deciles();
        var data = book.Current;
        Districts = [.. District.All.Select(d => (d, PlaceProfiles.Find(data, d.Code))).Select(d => (d.d, d.Item2?.Lines ?? [], d.Item2))];
        Edition = PlaceProfiles.Usual(data).Edition;
        Areas = await desk.AreasAsync(cancel);
        if (Keeps) PutAway = await desk.AreasAsync(cancel, retired: true);
        From = [.. data.InUse.Concat(postcodes.From).Where(d => Licences.Of(d.Licence).Confirmed).OrderBy(d => d.Title, StringComparer.Ordinal)];
    }
}
