using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using AnyDoor.Places;
using AnyDoor.Reporting;
using AnyDoor.ServiceDirectory;

namespace AnyDoor.Web.Charts;

/// <summary>What a map shades by.</summary>
/// <param name="Tenths">Whole numbers from 1, the most deprived, to 10.</param>
/// <param name="Unit">What stands after its number, like <c>%</c>.</param>
/// <param name="Own">A partnership's own measure.</param>
public sealed record MapMeasure(string Id, string Title, bool Tenths, string Unit = "", OwnColumn? Own = null)
{
    public string Say(double number) => number.ToString(Unit == "%" ? "0.0" : "0.##", CultureInfo.InvariantCulture) + Unit;
}

/// <summary>A service where it is given, in a neighbourhood that is drawn. Never one that may not be told.</summary>
public sealed record PlacedService(Service Service, ServiceLocation Location, string Lsoa)
{
    public bool Door => Service.HowToUse is HowToUse.WalkIn or HowToUse.WalkInOrHandover;
}

/// <param name="Class">1 the darkest, to 4; 0: not shown or not loaded.</param>
/// <param name="Small">Too narrow for a number on a small screen.</param>
public sealed record MapShape(string Code, string Path, int Class, string? Label, double X, double Y, bool Small, string Title, bool Here);

public sealed record MapMark(double X, double Y, bool Door, string Title);

/// <summary>
/// A choropleth drawn on the server: four classes and one for what is not shown, outlines, the number in each area, one legend. What it says is in the table beside it.
/// Without outlines each neighbourhood is a hexagon, set out by district.
/// </summary>
public sealed record PlaceMap(int Width, int Height, IReadOnlyList<MapShape> Shapes, IReadOnlyList<string> Borders, IReadOnlyList<MapMark> Marks, IReadOnlyList<(double X, double Y, string Words)> Headings, IReadOnlyList<(int Class, string Words)> Key, bool Hexes)
{
    private const int Canvas = 1440;
    private const double RoomForNumber = 22, RoomOnSmall = 46;

    private static readonly ConditionalWeakTable<PlaceSnapshot, ConcurrentDictionary<string, OutlineDrawing>> Drawn = [];

    public static readonly IReadOnlyList<MapMeasure> Measures =
    [
        new("tenth", "Deprivation: tenth in England", true), new("local", "Deprivation: tenth in Cambridgeshire and Peterborough", true), new("income-rate", "People who are income deprived", false, "%"),
        new("income", "Income", true), new("employment", "Employment", true), new("education", "Education, skills and training", true), new("health", "Health and disability", true), new("crime", "Crime", true),
        new("barriers", "Barriers to housing and services", true), new("environment", "Living environment", true), new("requests", "Requests", false, " requests"), new("awards", "Awards", false, " awards"),
    ];

    /// <summary>The partnership's own measures by neighbourhoods of these boundaries. A rank says nothing of how much, so it is not shaded by.</summary>
    public static IEnumerable<MapMeasure> OwnMeasures(PlaceSnapshot data, int year) =>
        data.Own.Where(o => o.Area == "lsoa" && o.From.BoundaryYear == year && o.Unit != "rank").Select(o => new MapMeasure(o.Key, $"{o.Title} ({o.From.Edition})", o.Unit == "decile", o.Sign, o));

    /// <summary>The number of a neighbourhood that a measure shades by; null: none, or it is hidden.</summary>
    public static double? ValueOf(PlaceSnapshot data, Place place, NeighbourhoodLine line, MapMeasure measure, ActivityOf? activity) => measure.Id switch
    {
        _ when measure.Own is { } own => own.Find(line.Code),
        "tenth" => line.Decile,
        "local" => line.LocalDecile,
        "income-rate" => line.IncomeShare * 100,
        "requests" => activity is not null && CellOf(activity, activity.Requests, place, line.Code) is { Shown: CellShown.Rounded } cell ? cell.Value : null,
        "awards" => activity is not null && CellOf(activity, activity.Awards, place, line.Code) is { Shown: CellShown.Rounded } cell ? cell.Value : null,
        _ => data.Find(place.Edition, $"{measure.Id}_decile", line.Code)?.Number,
    };

    /// <summary>A neighbourhood's published count; null where its people are not placed in these neighbourhoods at all.</summary>
    public static CellOut? CellOf(ActivityOf activity, IReadOnlyDictionary<string, PlaceCounts> counts, Place place, string code) =>
        activity.Placed && place.Year == activity.LsoaYear && counts.Values.FirstOrDefault(c => c.Cells.ContainsKey(code)) is { } own ? own[code] : null;

    /// <param name="around">Neighbourhoods that are drawn beside the place's own, which are then marked.</param>
    /// <param name="activity">None: for a measure that counts nothing.</param>
    public static PlaceMap Of(PlaceSnapshot data, Place place, IReadOnlyList<NeighbourhoodLine> around, MapMeasure measure, ActivityOf? activity, IReadOnlyList<PlacedService> services)
    {
        List<NeighbourhoodLine> lines = [.. place.Lines, .. around];
        var values = lines.ToDictionary(l => l.Code, l => ValueOf(data, place, l, measure, activity), StringComparer.Ordinal);
        var starts = Starts(values.Values);
        int Class(double? value) => value is not { } number ? 0 : measure.Tenths ? number < 2 ? 1 : number < 4 ? 2 : number < 6 ? 3 : 4 : Shades[starts.Count][starts.FindIndex(s => number >= s)];
        string? Label(double? value) => value?.ToString(measure.Unit == "%" ? "0" : "0.#", CultureInfo.InvariantCulture);
        string Title(NeighbourhoodLine line) => $"{line.Called}{(line.Ward is { } ward ? $", {ward}" : "")}: {(values[line.Code] is { } value ? measure.Tenths ? $"tenth {Label(value)}" : measure.Say(value) : "not shown")}";
        var own = place.Lines.Select(l => l.Code).ToHashSet(StringComparer.Ordinal);
        var key = Legend(measure, starts, values.Values);

        var outlines = data.OutlinesOf("lsoa", place.Year);
        var known = lines.Where(l => outlines.Has(l.Code)).ToList();
        if (known.Count == 0 || known.Count < lines.Count * 0.9) return Hexagons(data, place, lines, l => (Class(values[l.Code]), Label(values[l.Code]), Title(l)), key);

        var codes = known.ConvertAll(l => l.Code);
        var drawing = Drawn.GetOrCreateValue(data).GetOrAdd($"{place.Year} {own.Count} {string.Join(' ', codes)}", _ => outlines.Draw(codes, Canvas, codes.Count > 150 ? 2.2 : 1.4, around.Count > 0 ? own : null));
        var byCode = known.ToDictionary(l => l.Code, StringComparer.Ordinal);
        var shapes = drawing.Shapes.Select(s => new MapShape(s.Code, s.Path, Class(values[s.Code]), s.Room >= RoomForNumber ? Label(values[s.Code]) : null, s.X, s.Y, s.Room < RoomOnSmall, Title(byCode[s.Code]), own.Contains(s.Code))).ToList();
        string? Group(string? code) => code is null ? null : around.Count > 0 ? own.Contains(code) ? "here" : "" : data.Area(code, place.Year)?.District;
        var borders = drawing.Borders.Where(b => around.Count > 0 ? (Group(b.One) == "here") != (Group(b.Other) == "here") : Group(b.One) != Group(b.Other)).Select(b => b.Path).ToList();
        var marks = services.Select(s => (s.Service, s.Door, At: drawing.At(s.Location.Point!.Value))).Where(s => s.At is not null)
            .GroupBy(s => ((int)s.At!.Value.X / 12, (int)s.At.Value.Y / 12))
            .Select(g => new MapMark(g.First().At!.Value.X, g.First().At!.Value.Y, g.Any(s => s.Door), string.Join("; ", g.Select(s => s.Service.Name).Distinct())))
            .OrderBy(m => m.Y).ToList();
        return new PlaceMap(drawing.Width, drawing.Height, shapes, borders, marks, [], key, Hexes: false);
    }

    /// <summary>The services that are given in these neighbourhoods, by the outlines that are loaded: what may not be told of is not among them.</summary>
    public static IReadOnlyList<PlacedService> Services(PlaceSnapshot data, int year, IEnumerable<string> lsoas, IEnumerable<Service> services)
    {
        var drawn = lsoas.ToHashSet(StringComparer.Ordinal);
        return [.. services.Where(s => s.Visibility != Visibility.Internal).SelectMany(s => s.Locations.Where(l => l is { Hidden: false, Point: not null }).Select(l => (Service: s, Location: l)))
            .Select(s => (s.Service, s.Location, Area: data.Boundaries.Value.Find("lsoa", year, s.Location.Point!.Value)?.Code)).Where(s => s.Area is not null && drawn.Contains(s.Area))
            .Select(s => new PlacedService(s.Service, s.Location, s.Area!)).OrderBy(s => s.Service.Name, StringComparer.Ordinal).ThenBy(s => s.Location.Name, StringComparer.Ordinal)];
    }

    /// <summary>Which of the four shades stand for so many classes: those that are easiest to tell apart.</summary>
    private static readonly int[][] Shades = [[], [2], [1, 3], [1, 2, 4], [1, 2, 3, 4]];

    /// <summary>Where each class begins, the highest first: at most four, and as many as there are different values. Each begins with a number that some neighbourhood has.</summary>
    private static List<double> Starts(IEnumerable<double?> values)
    {
        var known = values.OfType<double>().Distinct().Order().ToList();
        var classes = Math.Min(4, known.Count);
        return [.. Enumerable.Range(0, classes).Select(i => known[known.Count * i / classes]).Reverse()];
    }

    private static List<(int, string)> Legend(MapMeasure measure, List<double> starts, IEnumerable<double?> values)
    {
        var key = new List<(int, string)>();
        var all = values.ToList();
        if (measure.Tenths) key.AddRange([(1, "1: most deprived tenth"), (2, "2 and 3"), (3, "4 and 5"), (4, "6 to 10: less deprived")]);
        else for (var i = 0; i < starts.Count; i++)
        {
            var within = all.OfType<double>().Where(v => v >= starts[i] && (i == 0 || v < starts[i - 1])).ToList();
            var (low, high) = (measure.Say(within.Min()), measure.Say(within.Max()));
            key.Add((Shades[starts.Count][i], low == high ? low : $"{(measure.Unit.Length > 0 ? low.Replace(measure.Unit, "", StringComparison.Ordinal) : low)} to {high}"));
        }
        if (all.Exists(v => v is null)) key.Add((0, measure.Id is "requests" or "awards" ? "fewer than 5, or not shown" : "not loaded"));
        return key;
    }

    /// <summary>Rows of hexagons by district, the most deprived first: no map, and it says so.</summary>
    private static PlaceMap Hexagons(PlaceSnapshot data, Place place, List<NeighbourhoodLine> lines, Func<NeighbourhoodLine, (int Class, string? Label, string Title)> shown, IReadOnlyList<(int, string)> key)
    {
        var (across, gap) = (lines.Count > 150 ? 26 : 14, 6);
        var radius = (Canvas - 40) / (across + 0.5) / Math.Sqrt(3);
        var (wide, y) = (radius * Math.Sqrt(3), 10.0);
        var own = place.Lines.Select(l => l.Code).ToHashSet(StringComparer.Ordinal);
        var (shapes, headings) = (new List<MapShape>(), new List<(double, double, string)>());
        foreach (var group in lines.GroupBy(l => data.Area(l.Code, place.Year)?.DistrictName ?? District.All.FirstOrDefault(d => l.Name.StartsWith(d.Name.Replace(" City", "", StringComparison.Ordinal), StringComparison.Ordinal))?.Name ?? ""))
        {
            headings.Add((20, y + 40, group.Key));
            y += 64 + radius;
            var i = 0;
            foreach (var line in group)
            {
                var (row, column) = (i / across, i % across);
                var (x, at) = (20 + wide * (column + 0.5 + (row % 2 == 1 ? 0.5 : 0)), y + row * radius * 1.5);
                var points = string.Join(' ', Enumerable.Range(0, 6).Select(k => (Math.PI / 3 * k + Math.PI / 6) is var turn ? $"{(k == 0 ? "M" : "L")}{x + (radius - gap / 2.0) * Math.Cos(turn):0} {at + (radius - gap / 2.0) * Math.Sin(turn):0}" : ""));
                var (shade, label, title) = shown(line);
                shapes.Add(new MapShape(line.Code, points + "z", shade, label, x, at, radius < RoomOnSmall, title, own.Contains(line.Code)));
                i++;
            }
            y += ((i - 1) / across + 1) * radius * 1.5 + radius * 0.5;
        }
        // Those that are marked among others have a thick edge of their own.
        return new PlaceMap(Canvas, (int)Math.Ceiling(y) + 10, shapes, own.Count < shapes.Count ? [.. shapes.Where(s => s.Here).Select(s => s.Path)] : [], [], headings, key, Hexes: true);
    }
}
