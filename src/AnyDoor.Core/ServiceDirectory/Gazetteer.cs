using AnyDoor.Common;
using AnyDoor.Places;

namespace AnyDoor.ServiceDirectory;

/// <param name="District">ONS code; none: outside our districts.</param>
public sealed record NamedPlace(string Name, GeoPoint Point, string? District, string Kind);

/// <summary>
/// Names of towns, villages, wards and postcode sectors in and around our districts, and names of areas elsewhere: <c>places/gazetteer.csv</c> and
/// <c>places/areas-elsewhere.json</c>. Used where official place data is not loaded, or does not know a name.
/// </summary>
public sealed class Gazetteer
{
    private sealed record Elsewheres(string Owner, string Source, DateOnly Starts, IReadOnlyList<string> Names);
    private static readonly Lazy<Gazetteer> Shipped = new(() => new Gazetteer());

    private readonly Dictionary<string, List<NamedPlace>> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NamedPlace> sectors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NamedPlace> outwards = new(StringComparer.Ordinal);
    private readonly HashSet<string> elsewhere;

    private Gazetteer()
    {
        using var file = DelimitedFile.Read(new StreamReader(ContentFiles.Open("places/gazetteer.csv")), "gazetteer.csv");
        while (file.Next())
        {
            var place = new NamedPlace(file[0], new GeoPoint(Degrees(file[1]), Degrees(file[2])), file[3].Length > 0 ? file[3] : null, file[4]);
            if (place.Kind == "sector") { sectors[place.Name] = place; continue; }
            var name = Folding.Fold(place.Name);
            if (!byName.TryGetValue(name, out var same)) byName[name] = same = [];
            same.Add(place);
        }
        foreach (var group in sectors.Values.GroupBy(s => s.Name.Split(' ')[0]))
        {
            var districts = group.Select(s => s.District).Distinct().ToList();
            outwards[group.Key] = new NamedPlace(group.Key, new GeoPoint(group.Average(s => s.Point.Latitude), group.Average(s => s.Point.Longitude)), districts.Count == 1 ? districts[0] : null, "outward");
        }
        elsewhere = [.. ContentFiles.Read<Elsewheres>("places/areas-elsewhere.json").Names.Select(Folding.Fold)];

        static double Degrees(string cell) => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);
    }

    public static Gazetteer Current => Shipped.Value;

    public NamedPlace? Find(string folded) => byName.TryGetValue(folded, out var places) ? places[0] : null;
    public NamedPlace? Sector(string sector) => sectors.GetValueOrDefault(sector);
    public NamedPlace? Outward(string outward) => outwards.GetValueOrDefault(outward);
    /// <summary>Towns, villages and wards of our districts.</summary>
    public IEnumerable<NamedPlace> Ours => byName.Values.SelectMany(p => p).Where(p => p.District is not null);
    public bool IsElsewhere(string folded) => elsewhere.Contains(folded);

    public IEnumerable<NamedPlace> Within(GeoPoint point, double miles) => byName.Values.SelectMany(p => p).Where(p => Math.Abs(p.Point.Latitude - point.Latitude) < 0.2 && p.Point.MilesTo(point) <= miles);

    /// <summary>The district a point lies in, by the nearest postcode sector; none: outside ours, or farther than that can say.</summary>
    public string? DistrictAt(GeoPoint point) => Nearest(point) is { } sector && sector.Point.MilesTo(point) < 6 ? sector.District : null;

    /// <summary>Whether a point is where our sectors say who it belongs to.</summary>
    public bool Covers(GeoPoint point) => Nearest(point) is { } sector && sector.Point.MilesTo(point) < 6;

    /// <summary>The first part of the postcode a point most likely has, where one of its sectors is near; none: that cannot be said.</summary>
    public string? OutwardAt(GeoPoint point) => Nearest(point) is { } sector && sector.Point.MilesTo(point) < 2.5 ? sector.Name.Split(' ')[0] : null;

    /// <summary>How far the nearest sector of that first part of a postcode is, in miles; none: we do not know it.</summary>
    public double? MilesTo(string outward, GeoPoint point) => sectors.Values.Where(s => s.Name.StartsWith(outward + " ", StringComparison.Ordinal)).Select(s => (double?)s.Point.MilesTo(point)).Min();

    private NamedPlace? Nearest(GeoPoint point)
    {
        NamedPlace? best = null;
        var least = double.MaxValue;
        foreach (var sector in sectors.Values)
        {
            double y = sector.Point.Latitude - point.Latitude, x = (sector.Point.Longitude - point.Longitude) * 0.61, d = y * y + x * x;
            if (d < least) (best, least) = (sector, d);
        }
        return best;
    }
}
