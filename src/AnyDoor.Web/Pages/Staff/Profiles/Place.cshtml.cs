using AnyDoor.Common;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Reporting;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Charts;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Profiles;

/// <summary>A place as it is: a neighbourhood, a ward, a district, a division, an area that somebody made, or all of the partnership. Public data, counts with small numbers hidden, and its team and plan; nobody who asks for help.</summary>
public sealed class PlaceModel(PlaceBook book, PlaceDesk desk, PlaceActivity counts, MenuDirectory menu, PapersCheck papers, PostcodeDirectory postcodes, TimeProvider clock) : StaffPage
{
    protected override string? Area => "places";

    [BindProperty(SupportsGet = true)] public string Code { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string? Show { get; set; }
    [BindProperty(SupportsGet = true)] public string? Edition { get; set; }
    [BindProperty(SupportsGet = true)] public int? Year { get; set; }
    [BindProperty(SupportsGet = true)] public string? Order { get; set; }
    /// <summary><c>yes</c> or <c>no</c>: whether the map and its table show services and doors. Not said: on small places only, for many would hide the neighbourhoods.</summary>
    [BindProperty(SupportsGet = true)] public string? Services { get; set; }

    public PlaceOverview Overview { get; private set; } = null!;
    public Place Place => Overview.Place;
    public ActivityOf Activity { get; private set; } = null!;
    public IReadOnlyList<CountYear> Years { get; private set; } = [];
    public IReadOnlyList<ActivityLine> Counted { get; private set; } = [];
    public IReadOnlyList<NeighbourhoodLine> Around { get; private set; } = [];
    public IReadOnlyList<NeighbourhoodLine> Rows { get; private set; } = [];
    public MapMeasure Measure { get; private set; } = PlaceMap.Measures[0];
    public IReadOnlyList<MapMeasure> Measures { get; private set; } = [];
    public PlaceMap Map { get; private set; } = null!;
    public IReadOnlyList<SeatLine> Team { get; private set; } = [];
    public string TeamPlace { get; private set; } = "";
    public string TeamName { get; private set; } = "";
    public IReadOnlyList<PlaceWork> Work { get; private set; } = [];
    public WorkView? Plan { get; private set; }
    /// <summary>Whose plan it is, where it is that of a larger place.</summary>
    public string PlanPlace { get; private set; } = "";
    public string PlanName { get; private set; } = "";
    public bool ShowServices { get; private set; }
    public IReadOnlyList<PlacedService> Placed { get; private set; } = [];
    /// <summary>The partnership's own figures of this very place.</summary>
    public IReadOnlyList<OwnColumn> Own { get; private set; } = [];
    public IReadOnlyList<MapMeasure> OwnColumns { get; private set; } = [];
    /// <summary>Why it is not the edition that was asked for; null: it is.</summary>
    public string? OtherEdition { get; private set; }
    public IReadOnlyList<PartnerReach> Reach { get; private set; } = [];
    public IReadOnlyList<PrintedLine> Printed { get; private set; } = [];
    public IReadOnlyList<GapLine> Gaps { get; private set; } = [];
    public IReadOnlyList<NamedArea> Within { get; private set; } = [];
    public IReadOnlyList<NotLoaded> NotLoaded { get; private set; } = [];
    public IReadOnlyList<Dataset> From { get; private set; } = [];
    public bool HasOther { get; private set; }
    /// <summary>The day an area was put away; none: it is in use.</summary>
    public DateOnly? Retired { get; private set; }
    public PlaceSnapshot Data { get; private set; } = null!;
    /// <summary>What is known to be wrong with a row of the papers' tables.</summary>
    public IReadOnlyList<(string What, string Why)> Faults(int row) => [.. report.Faults(row)];
    public bool Keeps => May("keep-places");
    public bool Notes => May("note-to-officers");

    private PapersReport report = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ?? Page();

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel)
    {
        if (await LoadAsync(cancel) is { } other) return other;
        string[] head = ["code", "name", "edition", "boundary_year", "measure", "value", "ward"];
        IEnumerable<(string Measure, object? Value)> Of(NeighbourhoodLine line)
        {
            foreach (var (measure, value) in new (string, object?)[] { ("imd_rank", line.Rank), ("imd_decile", line.Decile), ("local_decile", line.LocalDecile), ("income_rate", line.IncomeShare), ("people", line.People) }) yield return (measure, value);
            foreach (var part in PlaceMap.Measures.Where(m => m.Tenths && m.Id is not ("tenth" or "local")))
                foreach (var kind in new[] { "rank", "decile" }) yield return ($"{part.Id}_{kind}", Data.Find(Place.Edition, $"{part.Id}_{kind}", line.Code)?.Number);
            yield return ($"requests_{Activity.Year.Name}", PlaceMap.CellOf(Activity, Activity.Requests, Place, line.Code)?.ToString());
            yield return ($"awards_{Activity.Year.Name}", PlaceMap.CellOf(Activity, Activity.Awards, Place, line.Code)?.ToString());
        }
        var rows = Rows.SelectMany(l => Of(l).Where(m => m.Value is not null).Select(m => (IEnumerable<object?>)[l.Code, l.Name, Place.Edition, Place.Year, m.Measure, m.Value, l.Ward])
            .Concat(OwnColumns.Where(o => o.Own!.Find(l.Code) is not null).Select(o => (IEnumerable<object?>)[l.Code, l.Name, o.Own!.From.Edition, o.Own.From.BoundaryYear, o.Id, o.Own.Find(l.Code), l.Ward])));
        if (Place.Kind != PlaceKind.Neighbourhood) rows = rows.Concat(Own.Select(o => (IEnumerable<object?>)[Place.Code, Place.Name, o.From.Edition, o.From.BoundaryYear, o.Key, o.Find(Place.Code), Place.Kind == PlaceKind.Ward ? Place.Name : ""]));
        return File(CsvText.Write(head, rows.Concat(Sources(head.Length))), "text/csv; charset=utf-8", $"{Code}.csv");
    }

    /// <summary>The services and doors of the neighbourhoods that are drawn, also where the map leaves them out.</summary>
    public async Task<IActionResult> OnGetServicesAsync(CancellationToken cancel)
    {
        Services = "yes";
        if (await LoadAsync(cancel) is { } other) return other;
        string[] head = ["service", "organisation", "kind", "door", "place", "address", "postcode", "code", "neighbourhood", "ward"];
        var rows = Placed.Select(s => (IEnumerable<object?>)[s.Service.Name, s.Service.Organisation, KindOf(s), s.Door ? "yes" : "no", s.Location.Name, s.Location.Address, s.Location.Postcode, s.Lsoa, LineOf(s)?.Name, LineOf(s)?.Ward]);
        return File(CsvText.Write(head, rows.Concat(Sources(head.Length))), "text/csv; charset=utf-8", $"{Code}-services.csv");
    }

    private IEnumerable<IEnumerable<object?>> Sources(int columns) =>
        From.Select(d => $"{d.Title}, {d.Edition}. {d.Source}.").Concat(Licences.Attribution(From)).Select(a => Enumerable.Repeat<object?>("", columns - 1).Prepend(a));

    /// <summary>The first of the needs that a service meets, in plain words.</summary>
    public static string KindOf(PlacedService placed) => placed.Service.Needs is [var first, ..] ? AnyDoor.Vocabulary.Words.Current.Need(first)?.Plain ?? first : "";

    public NeighbourhoodLine? LineOf(PlacedService placed) => Rows.FirstOrDefault(l => l.Code == placed.Lsoa);

    /// <summary>Null: it is there.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancel)
    {
        Data = await book.RefreshAsync(cancel);
        if (await desk.FindAsync(Code, Edition, cancel) is not { } place)
            // A neighbourhood by its name: the address that stood while no codes were loaded.
            return PlaceProfiles.Find(Data, Place.All)?.Lines.FirstOrDefault(l => PapersPlaces.Address(l.Name) == Code) is { } named && named.Code != Code ? Redirect($"/staff/places/{named.Code}") : NotFound();
        if (Edition is PlaceSnapshot.Index2019 or PlaceSnapshot.Index2025 && place.Edition != Edition)
            OtherEdition = (place.Kind == PlaceKind.Neighbourhood && Data.Has(Edition, "imd_decile") ? Data.Join(Edition, "imd_decile", Code).Refusal?.Sentence : null) ?? $"{Edition} is not loaded for this place.";
        Overview = PlaceOverview.Of(Data, place);
        Years = await counts.YearsAsync(cancel);
        Activity = await counts.OfAsync(Years.FirstOrDefault(y => y.Starts == Year) ?? Years[0], cancel);
        Counted = PlaceActivity.Lines(Activity, Overview);
        OwnColumns = place.Edition == PapersPlaces.Edition ? [] : [.. PlaceMap.OwnMeasures(Data, place.Year)];
        Own = [.. Data.Own.Where(o => o.Find(Code) is not null && (o.Area != "lsoa" || o.From.BoundaryYear == place.Year))];
        Measures = [.. PlaceMap.Measures.Where(m => m.Id switch { "tenth" => true, "local" => place.Lines.Any(l => l.LocalDecile is not null), "income-rate" => place.Lines.Any(l => l.IncomeShare is not null), "requests" or "awards" => Activity.Placed && place.Year == Activity.LsoaYear, _ => Data.Has(place.Edition, $"{m.Id}_decile") }), .. OwnColumns];
        Measure = Measures.FirstOrDefault(m => m.Id == Show) ?? Measures[0];
        Around = Near(place);
        ShowServices = Services switch { "yes" => true, "no" => false, _ => place.Kind != PlaceKind.Whole && place.Lines.Count <= FewEnough };
        if (ShowServices) Placed = PlaceMap.Services(Data, place.Year, place.Lines.Concat(Around).Select(l => l.Code), (await menu.RefreshAsync(cancel)).Services);
        Map = PlaceMap.Of(Data, place, Around, Measure, Activity, Placed);
        Rows = Sorted([.. place.Lines, .. Around]);
        HasOther = place.Edition == PlaceSnapshot.Index2019 && Data.Has(PlaceSnapshot.Index2025, "imd_decile") && place.Kind != PlaceKind.Area && PlaceProfiles.Find(Data, Code, edition: PlaceSnapshot.Index2025)?.Edition == PlaceSnapshot.Index2025;
        Gaps = place.District is { } district ? Activity.Gaps.GetValueOrDefault(district) ?? [] : [];
        await TeamAsync(place, cancel);
        foreach (var (code, name) in Lying(place))
        {
            var work = await desk.WorkAsync(code, null, cancel);
            if (code == Code) Work = work;
            if (work.FirstOrDefault(w => w.Kind == WorkKind.Plan && w.ClosedOn is null) is not { } plan) continue;
            (Plan, PlanPlace, PlanName) = (await desk.ViewAsync(plan.Id, cancel), code, name);
            break;
        }
        Reach = await desk.ReachAsync(Code, cancel);
        Retired = place.Kind == PlaceKind.Area && (await desk.AreaAsync(Code, cancel))?.RetiredAt is { } away ? LondonTime.DayOf(away) : null;
        report = await papers.ShippedAsync(cancel);
        NotLoaded = report.NotLoaded;
        if (place.Kind == PlaceKind.Neighbourhood && place.Edition != PlaceSnapshot.Index2025)
            Printed = [.. PapersTables.Deciles().Where(p => p.Name.Equals(place.Lines[0].Name, StringComparison.OrdinalIgnoreCase) || report.Differences.Any(d => d.Row == p.Row && d.Suggestion == place.Lines[0].Name)).Select(p => new PrintedLine(p, report.Differences.FirstOrDefault(d => d.Row == p.Row)))];
        From = [.. Overview.From, .. Data.InUse.Where(d => d.Kind == "boundaries" && !Map.Hexes && d.Series == $"boundaries-lsoa{place.Year}" && Licences.Of(d.Licence).Confirmed), .. Activity.Placed ? postcodes.From : [], .. OwnColumns.Select(o => o.Own!.From).Concat(Own.Select(o => o.From)).DistinctBy(d => d.Id)];
        return null;
    }

    /// <summary>What lies around a small place, so that its map shows where it is: what touches it, and what touches that.</summary>
    private List<NeighbourhoodLine> Near(Place place)
    {
        if (place.Kind is PlaceKind.District or PlaceKind.Whole || place.Lines.Count is 0 or > 40) return [];
        var outlines = Data.OutlinesOf("lsoa", place.Year);
        var own = place.Lines.Select(l => l.Code).ToHashSet(StringComparer.Ordinal);
        var near = own.SelectMany(outlines.Neighbours).Where(c => !own.Contains(c)).Distinct().ToList();
        if (place.Kind == PlaceKind.Neighbourhood) near = [.. near.Concat(near.SelectMany(outlines.Neighbours)).Where(c => !own.Contains(c)).Distinct().Take(24)];
        return near.Count == 0 ? [] : [.. PlaceProfiles.Find(Data, "near", ("", place.Year, near))?.Lines ?? []];
    }

    private async Task TeamAsync(Place place, CancellationToken cancel)
    {
        var today = clock.Today();
        var own = place.Lines.Select(l => l.Code).ToHashSet(StringComparer.Ordinal);
        Within = place.Kind is PlaceKind.Neighbourhood or PlaceKind.Ward or PlaceKind.Division ? [.. (await desk.AreasAsync(cancel)).Where(a => own.IsSubsetOf(a.CodesIn(Data)))] : [];
        foreach (var (code, name) in Lying(place))
            if (await desk.TeamAsync(code, today, cancel) is { Count: > 0 } team)
            {
                (Team, TeamPlace, TeamName) = (team, code, name);
                return;
            }
    }

    /// <summary>Up to so many neighbourhoods, services and doors leave enough of the map to be seen.</summary>
    private const int FewEnough = 60;

    /// <summary>The place itself, the areas it lies in, and its district.</summary>
    private IEnumerable<(string Code, string Name)> Lying(Place place) =>
        new[] { (Code, place.Name) }.Concat(Within.Select(a => (a.Slug, a.Name))).Concat(place.District is { } district && district != Code ? [(district, District.Find(district)?.Name ?? district)] : Array.Empty<(string, string)>());

    private IReadOnlyList<NeighbourhoodLine> Sorted(List<NeighbourhoodLine> lines)
    {
        double Counts(NeighbourhoodLine line, IReadOnlyDictionary<string, PlaceCounts> of) => PlaceMap.CellOf(Activity, of, Place, line.Code) is { Shown: CellShown.Rounded } cell ? cell.Value!.Value : -1;
        return Order switch
        {
            "name" => [.. lines.OrderBy(l => l.Name, StringComparer.Ordinal)],
            "income" => [.. lines.OrderByDescending(l => l.IncomeShare ?? -1).ThenBy(l => l.Name, StringComparer.Ordinal)],
            "people" => [.. lines.OrderByDescending(l => l.People ?? -1).ThenBy(l => l.Name, StringComparer.Ordinal)],
            "requests" => [.. lines.OrderByDescending(l => Counts(l, Activity.Requests)).ThenBy(l => l.Name, StringComparer.Ordinal)],
            "awards" => [.. lines.OrderByDescending(l => Counts(l, Activity.Awards)).ThenBy(l => l.Name, StringComparer.Ordinal)],
            _ => [.. lines.OrderBy(l => l.Rank ?? (l.Decile is { } d ? d * 4_000 : int.MaxValue)).ThenBy(l => l.LocalDecile).ThenBy(l => l.Name, StringComparer.Ordinal)],
        };
    }

    /// <summary>What the map says, in one sentence.</summary>
    public string MapSentence()
    {
        var known = Place.Lines.Select(l => (Line: l, Value: PlaceMap.ValueOf(Data, Place, l, Measure, Activity))).Where(v => v.Value is not null).ToList();
        if (known.Count == 0) return "Nothing that is loaded can be shown on it.";
        var ordered = Measure.Tenths ? known.OrderBy(v => v.Value) : known.OrderByDescending(v => v.Value);
        var top = ordered.TakeWhile(v => v.Value == ordered.First().Value).Select(v => v.Line.Name).ToList();
        var names = top.Count > 4 ? $"{top.Count} neighbourhoods are" : $"{string.Join(", ", top.SkipLast(1))}{(top.Count > 1 ? " and " : "")}{top[^1]} {(top.Count > 1 ? "are" : "is")}";
        var value = ordered.First().Value!.Value;
        return Measure.Tenths ? $"{names} {PlaceProfiles.InWords((int)value, Measure.Id == "local" ? "here" : "in England")}{(Measure.Id is "tenth" or "local" ? "" : $" for {Measure.Title.ToLowerInvariant()}")}{(Place.Kind is PlaceKind.District or PlaceKind.Whole ? ", the darkest" : "")}."
            : $"{names} the highest: {Measure.Say(value)}.";
    }
}
