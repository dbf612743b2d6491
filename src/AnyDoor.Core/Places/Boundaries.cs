using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace AnyDoor.Places;

/// <summary>An area's outline. Rings of longitude and latitude, WGS84; a point in an odd number of rings is inside.</summary>
public sealed class Boundary(string code, string name, string area, int year, string? district, double[][] rings)
{
    public string Code => code;
    public string Name => name;
    public string Area => area;
    public int Year => year;
    /// <summary>The district that its file says it is in.</summary>
    public string? District => district;
    /// <summary>Each ring as longitude, latitude, longitude, latitude…</summary>
    public IReadOnlyList<double[]> Rings => rings;

    private readonly (double West, double South, double East, double North) box = Box(rings);

    public bool Holds(GeoPoint point)
    {
        var (x, y) = (point.Longitude, point.Latitude);
        if (x < box.West || x > box.East || y < box.South || y > box.North) return false;
        var inside = false;
        foreach (var ring in rings)
            for (int i = 0, j = ring.Length - 2; i < ring.Length; j = i, i += 2)
                if (ring[i + 1] > y != ring[j + 1] > y && x < (ring[j] - ring[i]) * (y - ring[i + 1]) / (ring[j + 1] - ring[i + 1]) + ring[i]) inside = !inside;
        return inside;
    }

    private static (double, double, double, double) Box(double[][] rings)
    {
        double west = 180, south = 90, east = -180, north = -90;
        foreach (var ring in rings)
            for (var i = 0; i < ring.Length; i += 2)
                (west, east, south, north) = (Math.Min(west, ring[i]), Math.Max(east, ring[i]), Math.Min(south, ring[i + 1]), Math.Max(north, ring[i + 1]));
        return (west, south, east, north);
    }
}

/// <summary>Which area a point lies in: the outlines by cells of a hundredth of a degree.</summary>
public sealed class BoundaryIndex
{
    public static readonly BoundaryIndex Empty = new([]);

    private readonly Dictionary<(string Area, int Year, int X, int Y), List<Boundary>> cells = [];

    public BoundaryIndex(IReadOnlyList<Boundary> boundaries)
    {
        All = boundaries;
        Any = boundaries.Count > 0;
        foreach (var boundary in boundaries)
        {
            var xs = boundary.Rings.SelectMany(r => r.Where((_, i) => i % 2 == 0)).ToList();
            var ys = boundary.Rings.SelectMany(r => r.Where((_, i) => i % 2 == 1)).ToList();
            for (var x = Cell(xs.Min()); x <= Cell(xs.Max()); x++)
                for (var y = Cell(ys.Min()); y <= Cell(ys.Max()); y++)
                {
                    if (!cells.TryGetValue((boundary.Area, boundary.Year, x, y), out var here)) cells[(boundary.Area, boundary.Year, x, y)] = here = [];
                    here.Add(boundary);
                }
        }
    }

    public bool Any { get; }

    public IReadOnlyList<Boundary> All { get; }

    public Boundary? Find(string area, int year, GeoPoint point) =>
        cells.GetValueOrDefault((area, year, Cell(point.Longitude), Cell(point.Latitude)))?.Find(b => b.Holds(point));

    private static int Cell(double degrees) => (int)Math.Floor(degrees * 100);
}

/// <summary>Reads boundaries in GeoJSON (WGS84): neighbourhoods of 2011 and 2021, wards and districts of any year, told by the names of their properties.</summary>
internal static class BoundaryReader
{
    public static readonly string[] Columns = ["code", "name", "district", "rings"];

    /// <exception cref="InvalidDataException">It is not a GeoJSON of areas we know, or its coordinates are not degrees.</exception>
    public static PlaceReading Read(string path)
    {
        var name = Path.GetFileName(path);
        JsonDocument document;
        try
        {
            using var stream = OpenBytes(path);
            document = JsonDocument.Parse(stream);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{name} is not JSON that can be read: {error.Message}");
        }
        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array || features.GetArrayLength() == 0)
                throw new InvalidDataException($"{name} holds no features: it is not a GeoJSON of boundaries. Nothing was loaded.");
            var (property, area, year) = features[0].ValueKind == JsonValueKind.Object && features[0].TryGetProperty("properties", out var first) ? CodeOf(first) : ("", "", 0);
            if (property.Length == 0)
                throw new InvalidDataException($"{name} has no property that names its areas, like LSOA11CD, LSOA21CD, WD24CD or LAD24CD. Nothing was loaded.");

            var what = area switch { "lsoa" => "Neighbourhoods", "ward" => "Wards", _ => "Districts" };
            var reading = new PlaceReading(new FileIdentity("boundaries", $"boundaries-{area}{year}", $"{what} of {year}, boundaries", $"{area.ToUpperInvariant()} {year} boundaries", year,
                "Office for National Statistics, Open Geography Portal", "ogl-3-ons-os", null, Columns), rowsInABlock: 200);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var row = 0;
            foreach (var feature in features.EnumerateArray())
            {
                row++;
                var properties = feature.TryGetProperty("properties", out var p) ? p : default;
                var code = Text(properties, property).ToUpperInvariant();
                if (AreaCodes.WhyNot(code, area, year) is { } wrong) { reading.SetAside(row, property, wrong); continue; }
                if (Rings(feature, out var rings) is { } problem)
                {
                    if (problem.Length == 0) throw new InvalidDataException($"{name} has coordinates that are not degrees of longitude and latitude. Download it in WGS84 (EPSG:4326). Nothing was loaded.");
                    reading.SetAside(row, property, problem);
                    continue;
                }
                if (!seen.Add(code)) reading.SetAside(row, property, $"{code} is in the file twice; the first one counts");
                else reading.Take(code, NameOf(properties, property), DistrictOf(properties, property), rings);
            }
            return reading;
        }
    }

    public static Boundary FromRow(string[] cells, string area, int year) =>
        new(cells[0], cells[1], area, year, cells[2].Length > 0 ? cells[2] : null, [.. cells[3].Split(';').Select(ring => Array.ConvertAll(ring.Split(' '), n => double.Parse(n, CultureInfo.InvariantCulture)))]);

    public static bool LooksLikeJson(string path)
    {
        using var stream = OpenBytes(path);
        Span<byte> start = stackalloc byte[64];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(start[..read]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n') is ['{' or '[', ..];
    }

    private static Stream OpenBytes(string path)
    {
        Stream stream = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[2];
        var read = stream.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == 2 && magic[0] == 0x1f && magic[1] == 0x8b ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    /// <summary>The smallest area wins: a file of neighbourhoods also names their districts.</summary>
    private static (string Property, string Area, int Year) CodeOf(JsonElement properties)
    {
        if (properties.ValueKind != JsonValueKind.Object) return ("", "", 0);
        var found = properties.EnumerateObject().Select(p => (p.Name, Area: PlaceLayouts.AreaOf(p.Name)))
            .Where(p => p.Area is { Length: > 4 } area && int.TryParse(area[^4..], CultureInfo.InvariantCulture, out _)).Select(p => (p.Name, Area: p.Area![..^4], Year: int.Parse(p.Area![^4..], CultureInfo.InvariantCulture))).ToList();
        foreach (var area in new[] { "lsoa", "ward", "district" })
            if (found.FirstOrDefault(f => f.Area == area) is { Name: not null } one) return (one.Name, area, one.Year);
        return ("", "", 0);
    }

    private static string NameOf(JsonElement properties, string code) =>
        properties.EnumerateObject().FirstOrDefault(p => p.Name.Length == code.Length && p.Name[..^2].Equals(code[..^2], StringComparison.OrdinalIgnoreCase) && p.Name[^2..].Equals("NM", StringComparison.OrdinalIgnoreCase)).Value is { ValueKind: JsonValueKind.String } name ? name.GetString()! : "";

    private static string DistrictOf(JsonElement properties, string code) =>
        properties.EnumerateObject().FirstOrDefault(p => p.Name != code && p.Value.ValueKind == JsonValueKind.String && AreaCodes.WhyNot(p.Value.GetString()!, "district", null) is null).Value is { ValueKind: JsonValueKind.String } district ? district.GetString()! : "";

    private static string Text(JsonElement properties, string name) =>
        properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : "";

    /// <summary>Why an outline cannot be used; "" where its numbers are not degrees; null where it can.</summary>
    private static string? Rings(JsonElement feature, out string rings)
    {
        rings = "";
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object || !geometry.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array) return "it has no outline";
        var type = geometry.TryGetProperty("type", out var t) ? t.GetString() : null;
        IEnumerable<JsonElement> all = type switch { "Polygon" => coordinates.EnumerateArray(), "MultiPolygon" => coordinates.EnumerateArray().SelectMany(p => p.EnumerateArray()), _ => [] };
        var text = new StringBuilder();
        foreach (var ring in all)
        {
            if (ring.ValueKind != JsonValueKind.Array || ring.GetArrayLength() < 4) return "its outline has a ring of fewer than four points";
            if (text.Length > 0) text.Append(';');
            var first = true;
            foreach (var point in ring.EnumerateArray())
            {
                if (point.ValueKind != JsonValueKind.Array || point.GetArrayLength() < 2 || point[0].ValueKind != JsonValueKind.Number || point[1].ValueKind != JsonValueKind.Number) return "its outline has a point that is not two numbers";
                var (x, y) = (point[0].GetDouble(), point[1].GetDouble());
                if (Math.Abs(x) > 180 || Math.Abs(y) > 90) return "";
                text.Append(CultureInfo.InvariantCulture, $"{(first ? "" : " ")}{Math.Round(x, 6)} {Math.Round(y, 6)}");
                first = false;
            }
        }
        if (text.Length == 0) return "it is neither a polygon nor several";
        rings = text.ToString();
        return null;
    }
}
