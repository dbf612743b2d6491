using AnyDoor.Common;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Charts;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Profiles;

/// <summary>Where no partner is (R-DAW-07): the neighbourhoods that nobody said they serve, on the map over need with every service and door that may be told, and in a table, the most deprived first.</summary>
public sealed class CoverageModel(PlaceDesk desk, PlaceBook book, MenuDirectory menu) : StaffPage
{
    protected override string? Area => "places";

    [BindProperty(SupportsGet = true)] public string? For { get; set; }
    /// <summary>A district's code; none: all of the partnership.</summary>
    [BindProperty(SupportsGet = true)] public string? In { get; set; }

    public IReadOnlyList<NotServed> Lines { get; private set; } = [];
    public IReadOnlyList<string> Cohorts { get; private set; } = [];
    public int All { get; private set; }
    public string Where { get; private set; } = "";
    public IReadOnlyList<Dataset> From { get; private set; } = [];
    public PlaceMap? Map { get; private set; }
    /// <summary>How many services and doors are given in each neighbourhood. Null: no outlines are loaded, so nobody can say.</summary>
    public ILookup<string, PlacedService>? Services { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        string[] head = ["code", "name", "ward", "district", "imd_decile", "doors", "other_services"];
        return File(CsvText.Write(head, Lines.Select(l => (IEnumerable<object?>)[l.Line.Code, l.Line.Name, l.Line.Ward, l.District, l.Line.Decile, Services?[l.Line.Code].Count(s => s.Door), Services?[l.Line.Code].Count(s => !s.Door)])
            .Concat(Licences.Attribution(From).Select(a => Enumerable.Repeat<object?>("", head.Length - 1).Prepend(a)))), "text/csv; charset=utf-8", "not-served.csv");
    }

    /// <summary>What the map says, in a sentence.</summary>
    public string MapSentence() => Lines.Count == 0 ? "A partner serves every neighbourhood that is drawn."
        : $"{Say.Count(Lines.Count(l => l.Line.Decile == 1), "neighbourhood")} of the most deprived tenth in England {(Lines.Count(l => l.Line.Decile == 1) == 1 ? "has" : "have")} no partner{(Services is { } services ? $"; in {Lines.Count(l => l.Line.Decile == 1 && services[l.Line.Code].Any(s => s.Door))} of them there is a door to walk in" : "")}.";

    private async Task LoadAsync(CancellationToken cancel)
    {
        var data = await book.RefreshAsync(cancel);
        Cohorts = [.. (await desk.ReachAsync(null, cancel)).Select(r => r.Cohort).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
        if (District.Find(In) is null) In = null;
        if (PlaceProfiles.Find(data, In ?? Place.All) is not { } place) return;
        var own = place.Lines.Select(l => l.Code).ToHashSet(StringComparer.Ordinal);
        Lines = [.. (await desk.NotServedAsync(For, cancel)).Where(l => own.Contains(l.Line.Code))];
        (All, Where) = (place.Lines.Count, place.Name);
        var outlined = data.OutlinesOf("lsoa", place.Year).Any && place.Edition != PapersPlaces.Edition;
        var placed = outlined ? PlaceMap.Services(data, place.Year, own, (await menu.RefreshAsync(cancel)).Services) : [];
        if (outlined) Services = placed.ToLookup(s => s.Lsoa, StringComparer.Ordinal);
        var open = Lines.Select(l => l.Line.Code).ToHashSet(StringComparer.Ordinal);
        if (All > 0) Map = PlaceMap.Of(data, place with { Lines = [.. place.Lines.Where(l => open.Contains(l.Code))] }, [.. place.Lines.Where(l => !open.Contains(l.Code))], PlaceMap.Measures[0], null, placed);
        From = [.. data.InUse.Where(d => Licences.Of(d.Licence).Confirmed && (d.Edition == place.Edition || d.Kind is "lookup" or "names" || (outlined && d.Series == $"boundaries-lsoa{place.Year}")))];
    }
}
