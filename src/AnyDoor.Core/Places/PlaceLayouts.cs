using System.Text.RegularExpressions;
using AnyDoor.Common;

namespace AnyDoor.Places;

/// <summary>A number that a file gives for an area.</summary>
/// <param name="Unit"><c>rank</c> (1 is most deprived), <c>decile</c> (1 to 10, 1 is the most deprived tenth), <c>rate</c> (0 to 1), <c>score</c>, <c>count</c>.</param>
/// <param name="Headers">What publishers and copyists call its column.</param>
public sealed record Measure(string Id, string Unit, string Title, IReadOnlyList<string> Headers);

/// <summary>What one publisher's table looks like, and what it is. The columns decide, never the file's name.</summary>
/// <param name="Id">The series it belongs to.</param>
/// <param name="Needs">Areas (<c>lsoa2011</c>, <c>district2019</c>) and measures that it must have. The layout with most of them fits best.</param>
/// <param name="Headers">Further names of columns that mean something in this table only.</param>
/// <param name="Percentages">Rates that this table gives in percent.</param>
public sealed record PlaceLayout(string Id, string Kind, string Title, string Edition, int? BoundaryYear, string Area, IReadOnlyList<string> Needs, string Source, string Licence, DateOnly? Published,
    IReadOnlyDictionary<string, string[]>? Headers = null, IReadOnlyList<string>? Percentages = null);

/// <summary>A table whose columns were understood.</summary>
/// <param name="Code">The column of the area's code.</param>
internal sealed record FittedTable(PlaceLayout Layout, int Code, int Name, int District, int DistrictName, IReadOnlyList<(Measure Measure, int Column)> Measures);

/// <summary>Tells tables by their columns (<c>Content/places/layouts.json</c>, <c>measures.json</c>).</summary>
internal static partial class PlaceLayouts
{
    private static readonly Lazy<List<PlaceLayout>> Shipped = new(() => ContentFiles.Read<List<PlaceLayout>>("places/layouts.json"));
    private static readonly Lazy<List<Measure>> ShippedMeasures = new(() => ContentFiles.Read<List<Measure>>("places/measures.json"));

    public static IReadOnlyList<PlaceLayout> All => Shipped.Value;
    public static IReadOnlyList<Measure> Measures => ShippedMeasures.Value;

    /// <summary>The layout that fits these columns best; null: none does.</summary>
    public static FittedTable? Fit(IReadOnlyList<string> header) =>
        All.Select(layout => Fit(layout, header)).Where(f => f is not null).MaxBy(f => f!.Layout.Needs.Count);

    private static FittedTable? Fit(PlaceLayout layout, IReadOnlyList<string> header)
    {
        var areas = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = header.Count - 1; i >= 0; i--)
            if (AreaOf(header[i]) is { } area) areas[area] = i;
        int At(string id) => layout.Headers?.GetValueOrDefault(id) is { } own && Find(header, own) is >= 0 and var special ? special
            : areas.TryGetValue(id, out var place) ? place
            : Measures.FirstOrDefault(m => m.Id == id) is { } measure ? Find(header, measure.Headers) : -1;

        if (layout.Needs.Any(n => At(n) < 0)) return null;
        var measures = Measures.Select(m => (m, At(m.Id))).Where(m => m.Item2 >= 0).ToList();
        var district = areas.FirstOrDefault(a => a.Key.StartsWith("district", StringComparison.Ordinal) && a.Key != "district_name", new("", -1)).Value;
        return new FittedTable(layout, At(layout.Needs[0]), At($"{layout.Area}_name"), layout.Area == "district" ? -1 : district, layout.Area == "district" ? -1 : At("district_name"), measures);
    }

    public static int Find(IReadOnlyList<string> header, IReadOnlyList<string> names)
    {
        for (var i = 0; i < header.Count; i++)
        {
            var plain = Plain(header[i]);
            foreach (var name in names)
                if (name.StartsWith("re:", StringComparison.Ordinal) ? Regex.IsMatch(plain, $"^({name[3..]})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant) : plain.Equals(Plain(name), StringComparison.OrdinalIgnoreCase)) return i;
        }
        return -1;
    }

    /// <summary>A cause that can be named why no layout fits; null: none of those.</summary>
    public static string? WhyUnknown(IReadOnlyList<string> header)
    {
        var row = string.Join(',', header);
        foreach (var (mark, called) in new[] { (';', "semicolons"), ('\t', "tabs") })
            if (row.Count(c => c == mark) is >= 2 and var marks && marks > header.Count - 1) return $"has {called} between its columns. Save it as CSV with commas and try again.";
        if (Array.Exists(["lsoa", "ward", "district"], area => AreaCodes.WhyNot(header[0].Trim(), area, null) is null))
            return $"has no row of column names: its first row begins with {header[0].Trim()}. Put the publisher’s row of names above it.";
        return Find(header, ["IMD - Average score"]) >= 0
            ? "is the sheet IMD of File 10. AnyDoor takes the sheet Income of that file, which has the column “Income - Average score”: save that sheet as CSV." : null;
    }

    /// <summary>Without a mark, and with single spaces for spaces, hard spaces and line breaks.</summary>
    public static string Plain(string header) => string.Join(' ', header.Trim('\uFEFF').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary><c>lsoa2011</c>, <c>lsoa_name</c>, <c>district2019</c>… for a column of codes or names, by any of the spellings about; null for the rest.</summary>
    public static string? AreaOf(string header)
    {
        var match = AreaColumn().Match(Plain(header));
        if (!match.Success) return null;
        var area = match.Groups["area"].Value.ToUpperInvariant() switch { "LSOA" => "lsoa", "MSOA" => "msoa", "WD" or "WARD" => "ward", "CED" => "division", _ => "district" };
        var codes = match.Groups["what"].Value.StartsWith('c') || match.Groups["what"].Value.StartsWith('C');
        var year = match.Groups["year"] is { Success: true, Value: var digits } ? digits.Length == 2 ? $"20{digits}" : digits : "";
        return codes ? area + year : $"{area}_name";
    }

    [GeneratedRegex(@"^(?<area>LSOA|MSOA|WD|WARD|CED|LAD|LTLA|Local Authority District) ?(?:(?<year>\d\d)_?(?<what>CD|NM|code|name)|(?<what>code|name) \((?<year>\d{4})\)|(?<what>CD|NM|code|name))$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AreaColumn();
}
