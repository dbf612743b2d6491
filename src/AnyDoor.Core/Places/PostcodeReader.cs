using System.Globalization;
using System.Text.RegularExpressions;
using AnyDoor.Common;

namespace AnyDoor.Places;

/// <summary>
/// Reads lists of postcodes: the ONS directories (ONSPD, NSPL) in the columns of any year, OS Code-Point Open, which has no header and gives eastings and northings,
/// and coordinates alone, which need the boundaries of neighbourhoods to be placed in.
/// </summary>
internal static partial class PostcodeReader
{
    public const string Kind = "postcodes";

    /// <summary>The cells of a stored row. <c>terminated</c> is a year and month, like <c>201804</c>.</summary>
    public static readonly string[] Columns = ["postcode", "latitude", "longitude", "district", "lsoa11", "lsoa21", "ward19", "ward24", "terminated"];

    private static readonly string[] PostcodeNames = ["pcds", "pcd", "pcd2", "pcd7", "pcd8", "postcode"];

    /// <summary>One publisher's list. The later in <see cref="Order"/>, the weaker: where two lists hold a postcode, the first one's word counts.</summary>
    private sealed record PostcodeList(string Id, string Title, string Source, string Licence, IReadOnlyList<string> Needs, int Order);

    private static readonly Lazy<List<PostcodeList>> Lists = new(() => ContentFiles.Read<List<PostcodeList>>("places/postcode-layouts.json"));

    /// <summary>How much a series counts beside another: the lower, the more.</summary>
    public static int OrderOf(string series) => Lists.Value.FirstOrDefault(l => l.Id == series)?.Order ?? (series.StartsWith("postcodes-coordinates", StringComparison.Ordinal) ? 8 : 9);

    public static bool Knows(string[] header) => IsCodePointOpen(header) || HeadedCodePointOpen(header) is not null || (PlaceLayouts.Find(header, PostcodeNames) >= 0 && PlaceLayouts.Find(header, ["lat", "latitude"]) >= 0 && PlaceLayouts.Find(header, ["long", "lon", "longitude"]) >= 0);

    /// <summary>Whether its rows have coordinates only, and are placed by outlines.</summary>
    public static bool NeedsBoundaries(string[] header) => IsCodePointOpen(header) || HeadedCodePointOpen(header) is not null || (Knows(header) && !Lists.Value.Exists(l => l.Needs.All(n => PlaceLayouts.Find(header, [n]) >= 0)));

    /// <summary>Null: these columns are none that this reader knows.</summary>
    /// <param name="within">The boundaries of neighbourhoods that are loaded, to place postcodes in that come with coordinates alone.</param>
    public static PlaceReading? Read(DelimitedFile file, string fileName, BoundaryIndex within)
    {
        if (HeadedCodePointOpen(file.Header) is { } columns) return CodePointOpen(file, within, columns);
        if (IsCodePointOpen(file.Header)) return CodePointOpen(file, within, null);
        int At(params string[] names) => PlaceLayouts.Find(file.Header, names);
        var (postcode, latitude, longitude) = (At(PostcodeNames), At("lat", "latitude"), At("long", "lon", "longitude"));
        if (postcode < 0 || latitude < 0 || longitude < 0) return null;
        if (Lists.Value.FirstOrDefault(l => l.Needs.All(n => At(n) >= 0)) is not { } list)
            return Coordinates(file, fileName, postcode, latitude, longitude, within);

        var (edition, published) = EditionOf(fileName);
        // Since 2025 both directories call a district lad25cd: where no column tells them apart, the name it was published under does.
        if (edition?.StartsWith("ONSPD", StringComparison.Ordinal) == true && list.Id == "postcodes-nspl") list = Lists.Value.First(l => l.Id == "postcodes-onspd");
        var reading = new PlaceReading(new FileIdentity(Kind, list.Id, list.Title, edition ?? list.Title, null, list.Source, list.Licence, published, Columns));
        var (district, lsoa11, lsoa21) = (At("laua", "oslaua", "re:lad\\d\\dcd"), At("re:lsoa(20)?11(cd)?"), At("re:lsoa(20)?21(cd)?"));
        var (ward19, ward24, ended) = (At("re:wd19(cd|_bestfit)?"), At("re:wd24(cd|_bestfit)?"), At("doterm"));
        var twice = new HashSet<string>(StringComparer.Ordinal);
        var row = new string?[Columns.Length];
        while (file.Next())
        {
            if (!Take(file, reading, twice, postcode, row)) continue;
            if (!Coordinate(file[latitude], 49, 61.5, out row[1]) || !Coordinate(file[longitude], -9, 2.5, out row[2]))
            {
                reading.SetAside(file.Row, file.Header[latitude], "it has no place: the list gives no coordinates in the United Kingdom");
                continue;
            }
            (row[3], row[4], row[5], row[6], row[7]) = (Code(file, district), Area(file, lsoa11), Area(file, lsoa21), Area(file, ward19), Area(file, ward24));
            var terminated = Code(file, ended);
            row[8] = terminated.Length >= 6 && DateOnly.TryParseExact(terminated[..6] + "01", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? terminated[..6] : "";
            var wrong = AreaCodes.WhyNot(row[3]!, "district", null) is { } none && !Outside().IsMatch(row[3]!) ? (district, none)
                : Misshapen(row[4]!, "lsoa", 2011) is { } in2011 ? (lsoa11, in2011) : Misshapen(row[5]!, "lsoa", 2021) is { } in2021 ? (lsoa21, in2021)
                : Misshapen(row[6]!, "ward", null) is { } in19 ? (ward19, in19) : Misshapen(row[7]!, "ward", null) is { } in24 ? (ward24, in24)
                : terminated.Length > 0 && row[8]!.Length == 0 ? (ended, $"“{AreaCodes.Shown(terminated)}” is not a year and a month")
                : default((int Column, string Reason)?);
            if (wrong is { } problem) reading.SetAside(file.Row, file.Header[problem.Column], problem.Reason);
            else if (Keep(twice, reading, file, row)) reading.Take(row);
        }
        return reading;
    }

    private static bool Take(DelimitedFile file, PlaceReading reading, HashSet<string> twice, int column, string?[] row)
    {
        Array.Clear(row);
        if (file.IsBlank()) return false;
        if (file.IsShort)
        {
            reading.SetAside(file.Row, file.Header[Math.Max(0, file.Count - 1)], $"the row ends after {file.Count} of {file.Header.Length} columns: the file may have been cut off there");
            return false;
        }
        if (Postcode.TryParse(file[column], out var postcode))
        {
            row[0] = postcode.Compact;
            return true;
        }
        reading.SetAside(file.Row, file.Header[column], $"“{AreaCodes.Shown(file[column])}” is not a postcode: {Postcode.WhyNot(file[column])}");
        return false;
    }

    private static bool Keep(HashSet<string> twice, PlaceReading reading, DelimitedFile file, string?[] row)
    {
        if (twice.Add(row[0]!)) return true;
        reading.SetAside(file.Row, file.Header[0], "this postcode is in the file twice; the first one counts");
        return false;
    }

    private static string Code(DelimitedFile file, int column) => column < 0 ? "" : file[column].Trim();

    /// <summary>“None here” is no code and no fault.</summary>
    private static string Area(DelimitedFile file, int column) => Code(file, column) is var code && AreaCodes.IsPseudo(code) ? "" : code;

    private static string? Misshapen(string code, string area, int? year) => code.Length == 0 ? null : AreaCodes.WhyNot(code, area, year);

    private static bool Coordinate(string cell, double from, double to, out string? kept)
    {
        kept = cell.Trim();
        return double.TryParse(kept, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && degrees > from && degrees < to;
    }

    /// <summary><c>NSPL_MAY_2025_UK.csv</c> is the edition of May 2025. A file under another name has no edition but its title.</summary>
    private static (string? Edition, DateOnly? Published) EditionOf(string fileName)
    {
        var match = EditionInName().Match(fileName);
        return match.Success && DateOnly.TryParseExact($"1 {match.Groups["month"].Value[..3]} {match.Groups["year"].Value}", "d MMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? ($"{match.Groups["list"].Value.ToUpperInvariant()} {month.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}", month) : (null, null);
    }

    /// <summary>A first row of data where names would stand: a postcode, its quality, easting, northing, country, three health and county codes, district and ward.</summary>
    private static bool IsCodePointOpen(string[] header) =>
        header.Length == 10 && (Postcode.TryParse(header[0], out _) || FirstLetters().IsMatch(header[0])) && header[1..4].All(c => int.TryParse(c, CultureInfo.InvariantCulture, out _)) && header[4].Length == 9 && header[8].Length is 0 or 9;

    /// <summary>The columns of postcode, easting, northing and district in a Code-Point Open that somebody put its row of names above, short or long.</summary>
    private static int[]? HeadedCodePointOpen(string[] header)
    {
        int[] columns = [PlaceLayouts.Find(header, ["Postcode", "PC"]), PlaceLayouts.Find(header, ["Eastings", "EA"]), PlaceLayouts.Find(header, ["Northings", "NO"]), PlaceLayouts.Find(header, ["Admin_district_code", "DC"])];
        return columns.All(c => c >= 0) ? columns : null;
    }

    /// <param name="named">Where its columns are, when it has a row of names; null: its first row is data.</param>
    private static PlaceReading CodePointOpen(DelimitedFile file, BoundaryIndex within, int[]? named)
    {
        var (postcodes, eastings, northings, districts) = named is [var p, var e, var n, var d] ? (p, e, n, d) : (0, 2, 3, 8);
        var more = named is null || file.Next();
        // The long names may stand below the short ones.
        if (named is not null && more && PlaceLayouts.Plain(file[postcodes]).Equals("Postcode", StringComparison.OrdinalIgnoreCase)) more = file.Next();
        var area = new string([.. (named is null ? file.Header[0] : more ? file[postcodes] : "").TakeWhile(char.IsAsciiLetter)]).ToLowerInvariant();
        var reading = new PlaceReading(new FileIdentity(Kind, $"postcodes-codepoint-open-{area}", area.Length > 0 ? $"OS Code-Point Open, {area.ToUpperInvariant()} postcodes" : "OS Code-Point Open", "Code-Point Open", null, "Ordnance Survey, Code-Point Open", "ogl-3-os-postcodes", null, Columns));
        var twice = new HashSet<string>(StringComparer.Ordinal);
        var row = new string?[Columns.Length];
        var first = file.Header;
        string At(int column, bool top) => top ? first[column] : file[column].Trim();
        for (var top = named is null; more; more = file.Next(), top = false)
        {
            Array.Clear(row);
            if (!top && file.IsBlank()) continue;
            var number = top ? 1 : file.Row;
            if (!top && file.IsShort) { reading.SetAside(number, "Postcode", $"the row ends after {file.Count} of {file.Header.Length} columns: the file may have been cut off there"); continue; }
            if (!Postcode.TryParse(At(postcodes, top), out var postcode)) { reading.SetAside(number, "Postcode", $"“{AreaCodes.Shown(At(postcodes, top))}” is not a postcode: {Postcode.WhyNot(At(postcodes, top))}"); continue; }
            if (!int.TryParse(At(eastings, top), CultureInfo.InvariantCulture, out var easting) || !int.TryParse(At(northings, top), CultureInfo.InvariantCulture, out var northing) || easting <= 0 || northing <= 0)
            {
                reading.SetAside(number, "Eastings", "it has no place: the list gives no coordinates");
                continue;
            }
            var point = NationalGrid.ToPoint(easting, northing);
            row[0] = postcode.Compact;
            Place(row, point, within);
            if (row[3]!.Length == 0) row[3] = At(districts, top);
            if (row[3]!.Length > 0 && AreaCodes.WhyNot(row[3]!, "district", null) is { } wrong) { reading.SetAside(number, "Admin_district_code", wrong); continue; }
            if (row[3]!.Length == 0) reading.SetAside(number, "Admin_district_code", "it has no district");
            else if (twice.Add(row[0]!)) reading.Take(row);
            else reading.SetAside(number, "Postcode", "this postcode is in the file twice; the first one counts");
        }
        return reading;
    }

    /// <summary>Postcodes with coordinates and no codes: each is placed in the neighbourhood whose boundary it lies in.</summary>
    private static PlaceReading Coordinates(DelimitedFile file, string fileName, int postcode, int latitude, int longitude, BoundaryIndex within)
    {
        if (!within.Any) throw new InvalidDataException($"{fileName} gives coordinates and no codes of areas. Load the boundaries of neighbourhoods first (lsoa11 GeoJSON), or the whole NSPL or ONSPD. Nothing was loaded.");
        var (edition, published) = EditionOf(fileName);
        var part = PartInName().Match(Path.GetFileName(fileName)) is { Success: true } match ? "-" + match.Groups[1].Value.ToLowerInvariant() : "";
        var reading = new PlaceReading(new FileIdentity(Kind, "postcodes-coordinates" + part, "Postcode coordinates placed in neighbourhoods (not the ONS assignment)", edition ?? "Coordinates", null,
            "Office for National Statistics, postcode coordinates", "ogl-3-postcodes", published, Columns));
        var twice = new HashSet<string>(StringComparer.Ordinal);
        var row = new string?[Columns.Length];
        while (file.Next())
        {
            if (!Take(file, reading, twice, postcode, row)) continue;
            if (!Coordinate(file[latitude], 49, 61.5, out row[1]) || !Coordinate(file[longitude], -9, 2.5, out row[2])) { reading.SetAside(file.Row, file.Header[latitude], "it has no place: the list gives no coordinates in the United Kingdom"); continue; }
            Place(row, new GeoPoint(double.Parse(row[1]!, CultureInfo.InvariantCulture), double.Parse(row[2]!, CultureInfo.InvariantCulture)), within);
            if (row[3]!.Length == 0) reading.SetAside(file.Row, file.Header[latitude], "it lies in no neighbourhood whose boundary is loaded");
            else if (Keep(twice, reading, file, row)) reading.Take(row);
        }
        return reading;
    }

    private static void Place(string?[] row, GeoPoint point, BoundaryIndex within)
    {
        var (old, now) = (within.Find("lsoa", 2011, point), within.Find("lsoa", 2021, point));
        row[1] ??= point.Latitude.ToString("0.000000", CultureInfo.InvariantCulture);
        row[2] ??= point.Longitude.ToString("0.000000", CultureInfo.InvariantCulture);
        (row[3], row[4], row[5], row[6], row[7], row[8]) = (old?.District ?? now?.District ?? "", old?.Code ?? "", now?.Code ?? "", "", "", "");
    }

    [GeneratedRegex(@"(?<list>ONSPD|NSPL)[_ -]?(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[_ -]?(?<year>20\d\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex EditionInName();

    [GeneratedRegex(@"_([A-Za-z]{1,2})\.csv", RegexOptions.CultureInvariant)]
    private static partial Regex PartInName();

    /// <summary>How a postcode begins, where the rest of it is no good.</summary>
    [GeneratedRegex("^[A-Za-z]{1,2}[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex FirstLetters();

    /// <summary>The directories' own codes for the Channel Islands and the Isle of Man.</summary>
    [GeneratedRegex("^[LM]99999999$", RegexOptions.CultureInvariant)]
    private static partial Regex Outside();
}
