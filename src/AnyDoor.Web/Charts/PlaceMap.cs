using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using AnyDoor.Places;
using AnyDoor.Reporting;
using AnyDoor.ServiceDirectory;

namespace AnyDoor.Web.Charts;

/// <summary>What a map shades by.</summary>
/// <param name="Tenths">Whole numbers from 1, the most deprived, to 10.</param>
public sealed record MapMeasure(string Id, string Title, bool Tenths, string Unit = "");

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
        new("barriers", "Barriers to housing and services", true), new("environment", "Living environment", true), new("requests", "Requests", false), new("awards", "Awards", false),
    ];

    /// <summary>The number of a neighbourhood that a measure shades by; null: none, or it is hidden.</summary>
    public static double? ValueOf(PlaceSnapshot data, Place place, NeighbourhoodLine line, MapMeasure measure, ActivityOf activity) => measure.Id switch
    {
        "tenth" => line.Decile,
        "local" => line.LocalDecile,
        "income-rate" => line.IncomeShare * 100,
        "requests" => CellOf(activity, activity.Requests, place, line.Code) is { Shown: CellShown.Rounded } cell ? cell.Value : null,
        "awards" => CellOf(activity, activity.Awards, place, line.Code) is { Shown: CellShown.Rounded } cell ? cell.Value : null,
        _ => data.Find(place.Edition, $"{measure.Id}_decile", line.Code)?.Number,
    };

    /// <summary>A neighbourhood's published count; null where its people are not placed in these neighbourhoods at all.</summary>
    public static CellOut? CellOf(ActivityOf activity, IReadOnlyDictionary<string, PlaceCounts> counts, Place place, string code) =>
        activity.Placed && place.Year == activity.LsoaYear && counts.Values.FirstOrDefault(c => c.Cells.ContainsKey(code)) is { } own ? own[code] : null;

    /// <param name="around">Neighbourhoods that are drawn beside the place's own, which are then marked.</param>
    public static PlaceMap Of(PlaceSnapshot data, Place place, IReadOnlyList<NeighbourhoodLine> around, MapMeasure measure, ActivityOf activity, IEnumerable<Service> services)
    {
        List<NeighbourhoodLine> lines = [.. place.Lines, .. around];
        var values = lines.ToDictionary(l => l.Code, l => ValueOf(data, place, l, measure, activity), StringComparer.Ordinal);
        var breaks = measure.Tenths ? [2, 4, 6] : Breaks(values.Values);
        int Class(double? value) => value is not { } number ? 0 : measure.Tenths ? number < breaks[0] ? 1 : number < breaks[1] ? 2 : number < breaks[2] ? 3 : 4 : number >= breaks[2] ? 1 : number >= breaks[1] ? 2 : number >= breaks[0] ? 3 : 4;
        string? Label(double? value) => value is { } number ? measure.Id == "income-rate" ? number.ToString("0", CultureInfo.InvariantCulture) : number.ToString("0.#", CultureInfo.InvariantCulture) : null;
        string Title(NeighbourhoodLine line) => $"{line.Called}{(line.Ward is { } ward ? $", {ward}" : "")}: {(values[line.Code] is { } value ? measure.Tenths ? $"tenth {Label(value)}" : $"{value.ToString(measure.Id == "income-rate" ? "0.0" : "0", CultureInfo.InvariantCulture)}{measure.Unit}" : "not shown")}";
        var own = place.Lines.Select(l => l.Code).ToHashSet(StringComparer.Ordinal);
        var key = Legend(measure, breaks, values.Values);

        var outlines = data.OutlinesOf("lsoa", place.Year);
        var known = lines.Where(l => outlines.Has(l.Code)).ToList();
        if (known.Count == 0 || known.Count < lines.Count * 0.9) return Hexagons(data, place, lines, l => (Class(values[l.Code]), Label(values[l.Code]), Title(l)), key);

        var codes = known.ConvertAll(l => l.Code);
        var drawing = Drawn.GetOrCreateValue(data).GetOrAdd($"{place.Year} {own.Count} {string.Join(' ', codes)}", _ => outlines.Draw(codes, Canvas, codes.Count > 150 ? 2.2 : 1.4, around.Count > 0 ? own : null));
        var byCode = known.ToDictionary(l => l.Code, StringComparer.Ordinal);
        var shapes = drawing.Shapes.Select(s => new MapShape(s.Code, s.Path, Class(values[s.Code]), s.Room >= RoomForNumber ? Label(values[s.Code]) : null, s.X, s.Y, s.Room < RoomOnSmall, Title(byCode[s.Code]), own.Contains(s.Code))).ToList();
        string? Group(string? code) => code is null ? null : around.Count > 0 ? own.Contains(code) ? "here" : "" : data.Area(code, place.Year)?.District;
        var borders = drawing.Borders.Where(b => around.Count > 0 ? (Group(b.One) == "here") != (Group(b.Other) == "here") : Group(b.One) != Group(b.Other)).Select(b => b.Path).ToList();
        var marks = services.Where(s => s.Visibility != Visibility.Internal).SelectMany(s => s.Locations.Where(l => l is { Hidden: false, Point: not null }).Select(l => (Service: s, Point: l.Point!.Value)))
            .Select(s => (s.Service, At: drawing.At(s.Point), s.Point)).Where(s => s.At is not null && Inside(data, place.Year, s.Point, byCode))
            .GroupBy(s => ((int)s.At!.Value.X / 12, (int)s.At.Value.Y / 12))
            .Select(g => new MapMark(g.First().At!.Value.X, g.First().At!.Value.Y, g.Any(s => s.Service.HowToUse is HowToUse.WalkIn or HowToUse.WalkInOrHandover), string.Join("; ", g.Select(s => s.Service.Name).Distinct())))
            .OrderBy(m => m.Y).Take(80).ToList();
        return new PlaceMap(drawing.Width, drawing.Height, shapes, borders, marks, [], key, Hexes: false);
    }

    private static bool Inside(PlaceSnapshot data, int year, GeoPoint point, Dictionary<string, NeighbourhoodLine> drawn) => data.Boundaries.Value.Find("lsoa", year, point) is { } area && drawn.ContainsKey(area.Code);

    /// <summary>Quarters of what is shown, each break a number that some neighbourhood has.</summary>
    private static double[] Breaks(IEnumerable<double?> values)
    {
        var known = values.OfType<double>().Order().ToList();
        return known.Count == 0 ? [0, 0, 0] : [known[known.Count / 4], known[known.Count / 2], known[known.Count * 3 / 4]];
    }

    private static List<(int, string)> Legend(MapMeasure measure, double[] breaks, IEnumerable<double?> values)
    {
        var key = new List<(int, string)>();
        var all = values.ToList();
        string Say(double number) => number.ToString(measure.Id == "income-rate" ? "0.0" : "0.#", CultureInfo.InvariantCulture) + measure.Unit;
        if (measure.Tenths) key.AddRange([(1, "1: most deprived tenth"), (2, "2 and 3"), (3, "4 and 5"), (4, "6 to 10: less deprived")]);
        else if (all.OfType<double>().Any())
        {
            key.Add((1, $"{Say(breaks[2])} and more"));
            if (breaks[1] < breaks[2]) key.Add((2, $"{Say(breaks[1])} to below {Say(breaks[2])}"));
            if (breaks[0] < breaks[1]) key.Add((3, $"{Say(breaks[0])} to below {Say(breaks[1])}"));
            if (all.OfType<double>().Min() < breaks[0]) key.Add((4, $"below {Say(breaks[0])}"));
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
        return new PlaceMap(Canvas, (int)Math.Ceiling(y) + 10, shapes, [], [], headings, key, Hexes: true);
    }
}
