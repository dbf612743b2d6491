using System.Collections.Concurrent;
using System.Globalization;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Places;

/// <summary>An area of one year's boundaries, as the loaded files name it.</summary>
/// <param name="Kind"><c>lsoa</c>, <c>ward</c> or <c>district</c>.</param>
public sealed record PlaceArea(string Code, string Kind, int Year, string Name, string? District, string? DistrictName);

/// <summary>A number for an area, with the dataset that gives it.</summary>
public sealed record PlaceValue(double Number, Dataset From);

/// <summary>Where a neighbourhood is: the ward that it fits best.</summary>
public sealed record WardFit(string Code, string Name, Dataset From);

/// <summary>
/// All place data in use, in memory, as it was at one moment. Data of one edition is asked for by that edition, with codes of its own boundaries:
/// there is no way to ask for a number without saying of which year, so that 2019 and 2025 never meet in one answer.
/// </summary>
public sealed class PlaceSnapshot
{
    public const string Index2019 = "IoD 2019", Index2025 = "IoD 2025";

    /// <summary>How many neighbourhoods England has in an edition of the indices, also where only some of them are loaded; null: it is none of those.</summary>
    public static int? TotalOf(string edition) => edition switch { Index2019 => 32_844, Index2025 => 33_755, _ => null };

    private readonly Dictionary<(string Edition, string Measure), Dictionary<string, PlaceValue>> numbers = [];
    private readonly Dictionary<(string Code, int Year), PlaceArea> areas = [];
    private readonly Dictionary<(int LsoaYear, int WardYear), Dictionary<string, WardFit>> wards = [];
    private readonly Dictionary<int, Dictionary<string, WardFit>> divisions = [];
    private readonly Dictionary<string, string> divisionNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> commonsNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string To, string Change)>> later = new(StringComparer.Ordinal);
    private readonly Lazy<ILookup<(int Year, string District), PlaceArea>> byDistrict;
    private readonly Lazy<ILookup<(int Year, string Address), string>> byAddress;
    private readonly ConcurrentDictionary<(string Area, int Year), Outlines> outlines = new();
    private readonly ConcurrentDictionary<(int LsoaYear, int WardYear), ILookup<string, PlaceArea>> byWard = new();
    private readonly ConcurrentDictionary<int, ILookup<string, PlaceArea>> byDivision = new();
    private readonly ConcurrentDictionary<string, double?> england = new(StringComparer.Ordinal);
    private readonly HashSet<string> withdrawn = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Series, string Measure), OwnColumn> own = [];

    internal PlaceSnapshot(IReadOnlyList<Dataset> inUse, ILookup<Guid, DatasetBlock> blocks, Func<IReadOnlyList<Dataset>, IReadOnlyList<Boundary>> boundaries)
    {
        InUse = inUse;
        // What came last counts where two files give the same number.
        foreach (var dataset in inUse.Where(d => Licences.Of(d.Licence).Confirmed).OrderBy(d => d.LoadedAt))
        {
            var columns = dataset.Columns.Split('\t');
            foreach (var cells in blocks[dataset.Id].OrderBy(b => b.Key, StringComparer.Ordinal).SelectMany(b => PackedRows.Read(b.Content, columns.Length))) Take(dataset, columns, cells);
        }
        Boundaries = new Lazy<BoundaryIndex>(() => new BoundaryIndex(boundaries([.. inUse.Where(d => d.Kind == "boundaries" && Licences.Of(d.Licence).Confirmed)])));
        LocalDeciles = LocalRanks.Of(this);
        byDistrict = new Lazy<ILookup<(int, string), PlaceArea>>(() => areas.Values.Where(a => a is { Kind: "lsoa", District: not null }).ToLookup(a => (a.Year, a.District!)));
        byAddress = new Lazy<ILookup<(int, string), string>>(() => areas.Values.Where(a => a.Kind == "lsoa" && District.Find(a.District) is not null).ToLookup(a => (a.Year, PapersPlaces.Address(a.Name)), a => a.Code));
    }

    /// <summary>Also those whose licence is not confirmed: of them nothing else here knows.</summary>
    public IReadOnlyList<Dataset> InUse { get; }

    public Lazy<BoundaryIndex> Boundaries { get; }

    /// <summary>The local ranks of IoD 2019; none while not every neighbourhood of the partnership is loaded.</summary>
    public LocalRanks LocalDeciles { get; }

    public bool Has(string edition, string measure) => numbers.ContainsKey((edition, measure));

    /// <summary>Every area that has this number in this edition.</summary>
    public IReadOnlyDictionary<string, PlaceValue> All(string edition, string measure) =>
        numbers.GetValueOrDefault((edition, measure)) ?? (IReadOnlyDictionary<string, PlaceValue>)System.Collections.Frozen.FrozenDictionary<string, PlaceValue>.Empty;

    /// <summary>A number of an area; null: the edition does not give it.</summary>
    public PlaceValue? Find(string edition, string measure, string code) => numbers.GetValueOrDefault((edition, measure))?.GetValueOrDefault(code);

    /// <summary>The partnership's own measures of confirmed licence, each with its values by area. They stand apart from the official numbers, whatever their editions are called.</summary>
    public IReadOnlyList<OwnColumn> Own => [.. own.Values.Where(o => o.Values.Count > 0).OrderBy(o => o.From.Title, StringComparer.Ordinal).ThenBy(o => o.Place)];

    /// <summary>Joins data of an edition to an area. An area of another year's boundaries is refused by its name.</summary>
    public Result<PlaceValue?> Join(string edition, string measure, string code)
    {
        var year = edition == Index2019 ? 2011 : 2021;
        var other = year == 2011 ? 2021 : 2011;
        if (year == 2011 ? AreaCodes.OnlyIn2021(code) : withdrawn.Contains(code))
            return new Refusal("other-boundaries", $"{Named(code, other)} exists only in the {other} boundaries. {edition} is data of the {year} boundaries, so it has no figure there, and one is never taken from a neighbour.");
        return Find(edition, measure, code);
    }

    public PlaceArea? Area(string code, int year) => areas.GetValueOrDefault((code, year));

    public IEnumerable<PlaceArea> Areas(string kind, int year) => areas.Values.Where(a => a.Kind == kind && a.Year == year);

    /// <summary>The neighbourhoods of a district.</summary>
    public IEnumerable<PlaceArea> Neighbourhoods(string district, int year) => byDistrict.Value[(year, district)];

    /// <summary>Codes of the neighbourhoods of ours that have this address: see <see cref="PapersPlaces.Address"/>.</summary>
    public IEnumerable<string> Addressed(string address, int year) => byAddress.Value[(year, address)];

    /// <summary>The neighbourhoods that fit a ward best.</summary>
    public IEnumerable<PlaceArea> InWard(string ward, int lsoaYear, int wardYear) => byWard.GetOrAdd((lsoaYear, wardYear), key => Fitted(wards.GetValueOrDefault(key), key.LsoaYear))[ward];

    /// <summary>The neighbourhoods that fit an electoral division best.</summary>
    public IEnumerable<PlaceArea> InDivision(string division, int lsoaYear) => byDivision.GetOrAdd(lsoaYear, year => Fitted(divisions.GetValueOrDefault(year), year))[division];

    private ILookup<string, PlaceArea> Fitted(Dictionary<string, WardFit>? fits, int year) =>
        (fits ?? []).Select(f => (f.Value.Code, Area: Area(f.Key, year))).Where(f => f.Area is { Kind: "lsoa" }).ToLookup(f => f.Code, f => f.Area!, StringComparer.Ordinal);

    public WardFit? Ward(string lsoa, int lsoaYear, int wardYear) => wards.GetValueOrDefault((lsoaYear, wardYear))?.GetValueOrDefault(lsoa);

    /// <summary>The electoral division that a neighbourhood fits best; null: no such lookup is loaded.</summary>
    public WardFit? Division(string lsoa, int lsoaYear) =>
        divisions.GetValueOrDefault(lsoaYear)?.GetValueOrDefault(lsoa) is { } fit ? fit with { Name = fit.Name.Length > 0 ? fit.Name : divisionNames.GetValueOrDefault(fit.Code) ?? fit.Code } : null;

    public bool HasDivisions => divisions.Count > 0;

    /// <summary>The outlines of our own districts' neighbourhoods, simplified together and with their neighbours known.</summary>
    public Outlines OutlinesOf(string area, int year) => outlines.GetOrAdd((area, year), key => Outlines.Of(Boundaries.Value.All.Where(b => b.Area == key.Area && b.Year == key.Year && IsOurs(b))));

    /// <summary>Whether they are put together already, so that nobody waits for them.</summary>
    public bool HasOutlinesOf(string area, int year) => outlines.ContainsKey((area, year));

    private bool IsOurs(Boundary boundary) => boundary.Area == "district" ? District.Find(boundary.Code) is not null
        : (boundary.District ?? Area(boundary.Code, boundary.Year)?.District) is { } district && District.Find(district) is not null;

    /// <summary>The share of all people of England who are income deprived, and how many; null while not all of England is loaded.</summary>
    public double? EnglandIncomeRate(string edition) => england.GetOrAdd(edition, e =>
    {
        var (rates, people) = (All(e, "income_rate"), All(e, "population"));
        if (rates.Count < 32_000 || people.Count < 32_000) return null;
        double poor = 0, all = 0;
        foreach (var (code, rate) in rates)
            if (people.TryGetValue(code, out var number)) (poor, all) = (poor + rate.Number * number.Number, all + number.Number);
        return poor / all;
    });

    public bool HasWards(int lsoaYear, int wardYear) => wards.ContainsKey((lsoaYear, wardYear));

    /// <summary>What the House of Commons Library calls the place.</summary>
    public string? CommonsName(string lsoa, string? name) =>
        commonsNames.GetValueOrDefault(lsoa) ?? (name is { Length: > 1 } && char.IsAsciiLetterUpper(name[^1]) ? commonsNames.GetValueOrDefault(name[..^1]) : null);

    /// <summary>The one neighbourhood of 2021 that a neighbourhood of 2011 is in; null: it was split, or the list of changes is not loaded.</summary>
    public string? In2021(string lsoa11) => later.GetValueOrDefault(lsoa11) is [var only] ? only.To : null;

    private string Named(string code, int year) => Area(code, year) is { Name.Length: > 0 } area ? $"{code} ({area.Name})" : code;

    private void Take(Dataset dataset, string[] columns, string[] cells)
    {
        switch (dataset.Kind)
        {
            case "lookup":
                var fits = wards.TryGetValue((dataset.BoundaryYear ?? 0, WardYear(dataset)), out var known) ? known : wards[(dataset.BoundaryYear ?? 0, WardYear(dataset))] = new(StringComparer.Ordinal);
                fits[cells[0]] = new WardFit(cells[2], cells[3], dataset);
                Know(new PlaceArea(cells[0], "lsoa", dataset.BoundaryYear ?? 0, cells[1], Or(cells[4]), Or(cells[5])));
                break;
            case "changes":
                if (!later.TryGetValue(cells[0], out var to)) later[cells[0]] = to = [];
                to.Add((cells[2], cells[1]));
                if (cells[0] != cells[2] && !AreaCodes.OnlyIn2021(cells[0])) withdrawn.Add(cells[0]);
                break;
            case "divisions":
                if (cells[2].Length == 0) break;
                var inDivision = divisions.TryGetValue(dataset.BoundaryYear ?? 0, out var fitted) ? fitted : divisions[dataset.BoundaryYear ?? 0] = new(StringComparer.Ordinal);
                inDivision[cells[0]] = new WardFit(cells[2], cells[3], dataset);
                break;
            case "names":
                if (dataset.Series == "division-names") divisionNames[cells[0]] = cells[1];
                if (cells[2].Length > 0) commonsNames[cells[0]] = cells[2];
                if (cells[2].Length > 0 && cells[0][1..3] == "02" && cells[1].Length > 0) commonsNames[cells[1]] = cells[2];
                break;
            case "own":
                for (var i = 4; i < columns.Length; i++)
                {
                    if (cells[i].Length == 0) continue;
                    var column = OwnColumn.Read(columns[i], dataset, i);
                    if (own.TryGetValue((dataset.Series, column.Id), out var held)) column = held;
                    else own[(dataset.Series, column.Id)] = column;
                    column.Take(cells[0], double.Parse(cells[i], CultureInfo.InvariantCulture), KindOf(cells[0]));
                }
                break;
            default:
                if (cells[1].Length > 0) Know(new PlaceArea(cells[0], KindOf(cells[0]), dataset.BoundaryYear ?? 0, cells[1], Or(cells[2]), Or(cells[3])));
                for (var i = 4; i < columns.Length; i++)
                {
                    if (cells[i].Length == 0) continue;
                    if (!numbers.TryGetValue((dataset.Edition, columns[i]), out var all)) numbers[(dataset.Edition, columns[i])] = all = new(StringComparer.Ordinal);
                    all[cells[0]] = new PlaceValue(double.Parse(cells[i], CultureInfo.InvariantCulture), dataset);
                }
                break;
        }
    }

    private void Know(PlaceArea area)
    {
        if (areas.TryGetValue((area.Code, area.Year), out var known))
            area = area with { Name = area.Name.Length > 0 ? area.Name : known.Name, District = area.District ?? known.District, DistrictName = area.DistrictName ?? known.DistrictName };
        areas[(area.Code, area.Year)] = area;
    }

    private static int WardYear(Dataset dataset) => int.Parse(dataset.Series[^4..], CultureInfo.InvariantCulture);

    private static string KindOf(string code) => code[1..3] switch { "01" => "lsoa", "05" => "ward", _ => "district" };

    private static string? Or(string cell) => cell.Length > 0 ? cell : null;
}

/// <summary>Keeps the place data in use in memory: no query for a page. Read anew when another dataset is in use.</summary>
public sealed class PlaceBook(Database database)
{
    private readonly SemaphoreSlim reading = new(1, 1);
    private PlaceSnapshot current = new([], Enumerable.Empty<DatasetBlock>().ToLookup(b => b.DatasetId), _ => []);
    private HashSet<Guid> loaded = [];

    public PlaceSnapshot Current => current;

    /// <summary>Brings the memory up to date with the datasets in use. Cheap when nothing changed.</summary>
    public async Task<PlaceSnapshot> RefreshAsync(CancellationToken cancel)
    {
        await reading.WaitAsync(cancel);
        try
        {
            await using var db = database.Open();
            var inUse = await db.Set<Dataset>().Where(d => d.InUse && d.Kind != PostcodeReader.Kind).ToListAsync(cancel);
            var ids = inUse.Select(d => d.Id).ToHashSet();
            if (ids.SetEquals(loaded)) return current;
            var tables = inUse.Where(d => d.Kind != "boundaries").Select(d => d.Id).ToList();
            var blocks = await db.Set<DatasetBlock>().Where(b => tables.Contains(b.DatasetId)).ToListAsync(cancel);
            (current, loaded) = (new PlaceSnapshot(inUse, blocks.ToLookup(b => b.DatasetId), Boundaries), ids);
            return current;
        }
        finally
        {
            reading.Release();
        }
    }

    private List<Boundary> Boundaries(IReadOnlyList<Dataset> of)
    {
        using var db = database.Open();
        var all = new List<Boundary>();
        foreach (var dataset in of)
        {
            var area = dataset.Series["boundaries-".Length..^4];
            foreach (var block in db.Set<DatasetBlock>().Where(b => b.DatasetId == dataset.Id).OrderBy(b => b.Key))
                all.AddRange(PackedRows.Read(block.Content, BoundaryReader.Columns.Length).Select(cells => BoundaryReader.FromRow(cells, area, dataset.BoundaryYear ?? 0)));
        }
        return all;
    }
}
