using System.Globalization;
using AnyDoor.Common;

namespace AnyDoor.Places;

/// <summary>Reads tables by neighbourhood, ward or district: the indices, populations, summaries, lookups, changes of boundaries, names, and a partnership's own data.</summary>
internal static class TableReader
{
    private const string CommonsName = "re:msoa(11|21)ho?clnm";
    private const string Ons = "Office for National Statistics, Open Geography Portal";

    /// <summary>Null: these columns are none that this reader knows.</summary>
    public static PlaceReading? Read(DelimitedFile file) => Lookup(file) ?? (PlaceLayouts.Fit(file.Header) is { } fitted ? Numbers(file, fitted) : null);

    /// <summary>A partnership's own numbers, by its mapping.</summary>
    /// <exception cref="InvalidDataException">The mapping names a column that the file does not have.</exception>
    public static PlaceReading ReadOwn(DelimitedFile file, OwnData own)
    {
        int Column(string name) => PlaceLayouts.Find(file.Header, [name]) is >= 0 and var at ? at
            : throw new InvalidDataException($"The mapping names a column “{name}” that the file does not have. It has: {string.Join(", ", file.Header)}.");
        var layout = new PlaceLayout($"own-{own.Id}", "own", own.Title, own.Edition, own.BoundaryYear, own.Area, [], own.Source, own.Licence, own.Published,
            Percentages: [.. own.Measures.Where(m => m.Unit == "percentage").Select(m => m.Id)]);
        return Numbers(file, new FittedTable(layout, Column(own.Code), -1, -1, -1, [.. own.Measures.Select(m => (new Measure(m.Id, m.Unit == "percentage" ? "rate" : m.Unit, m.Title, [m.Column]), Column(m.Column)))]),
            m => OwnColumn.Written(m, own.Measures.First(o => o.Id == m.Id).Unit));
    }

    private static PlaceReading Numbers(DelimitedFile file, FittedTable table, Func<Measure, string>? written = null)
    {
        var layout = table.Layout;
        var reading = new PlaceReading(new FileIdentity(layout.Kind, layout.Id, layout.Title, layout.Edition, layout.BoundaryYear, layout.Source, layout.Licence, layout.Published,
            ["code", "name", "district", "district_name", .. table.Measures.Select(m => written?.Invoke(m.Measure) ?? m.Measure.Id)]));
        var percentages = layout.Percentages ?? [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var cells = new string?[4 + table.Measures.Count];
        var (largest, aboveOne) = (new decimal[table.Measures.Count], new int[table.Measures.Count]);
        var needed = table.Measures.Select(m => layout.Needs.Contains(m.Measure.Id)).ToArray();
        var ranks = RanksWithTenths(layout, table);
        while (file.Next())
        {
            if (file.IsBlank()) continue; // the empty rows below a spreadsheet's table
            if (file.IsShort) { reading.SetAside(file.Row, file.Header[Math.Max(0, file.Count - 1)], CutShort(file)); continue; }
            var code = Cell(file, table.Code).ToUpperInvariant();
            var abroad = PlaceSnapshot.TotalOf(layout.Edition) is not null && code.Length > 0 && code[0] != 'E' ? $"{code} is not in England, and {layout.Edition} is data of England" : null;
            if ((AreaCodes.WhyNot(code, layout.Area, layout.BoundaryYear) ?? abroad) is { } wrong) { reading.SetAside(file.Row, file.Header[table.Code], wrong); continue; }
            (cells[0], cells[1], cells[2], cells[3]) = (code, Cell(file, table.Name), Cell(file, table.District), Cell(file, table.DistrictName));
            var (problem, at) = ("", -1);
            for (var i = 0; i < table.Measures.Count && problem.Length == 0; i++)
            {
                var (measure, column) = table.Measures[i];
                var percentage = percentages.Contains(measure.Id);
                cells[4 + i] = PlaceNumbers.Read(file[column], measure.Unit, percentage, out problem);
                if (problem.Length > 0)
                {
                    at = column;
                    if (measure.Unit == "rate" && !percentage && !file[column].Contains('%', StringComparison.Ordinal) && PlaceNumbers.Read(file[column], "score", false, out _) is { Length: > 0 } score && decimal.Parse(score, CultureInfo.InvariantCulture) > 1) aboveOne[i]++;
                }
                // A cell with its own per cent sign leaves no doubt.
                else if (percentage && !file[column].Contains('%', StringComparison.Ordinal) && decimal.TryParse(cells[4 + i], CultureInfo.InvariantCulture, out var number)) largest[i] = Math.Max(largest[i], number);
                else if (needed[i] && cells[4 + i]!.Length == 0) (problem, at) = ($"it gives no {measure.Title}", column);
            }
            if (problem.Length == 0 && ranks.Total > 0) (problem, at) = Impossible(ranks, table, cells);
            if (problem.Length > 0) reading.SetAside(file.Row, file.Header[at], problem);
            else if (!seen.Add(code)) reading.SetAside(file.Row, file.Header[table.Code], $"{code} is in the file twice; the first one counts");
            else reading.Take(cells);
        }
        for (var i = 0; i < largest.Length; i++)
        {
            var column = PlaceLayouts.Plain(file.Header[table.Measures[i].Column]);
            // Rates in a column of percentages would come out a hundred times too small, and look as if they were right.
            if (largest[i] is > 0 and <= 0.01m && reading.Rows >= Several)
                throw new InvalidDataException($"The column {column} should be in percent, and no value in it is above 1. They look like rates from 0 to 1. Nothing was loaded.");
            // And of percentages in a column of rates the smallest would be taken, a hundred times too big.
            if (aboveOne[i] >= Several || aboveOne[i] * 2 > reading.Rows + reading.Quarantined)
                throw new InvalidDataException($"The column {column} should hold rates from 0 to 1, and {aboveOne[i]:N0} values in it are above 1. They look like percentages. Nothing was loaded.");
        }
        return reading;
    }

    /// <summary>So many values of the wrong size are no slip of one row: the column is something else.</summary>
    private const int Several = 3;

    private static string CutShort(DelimitedFile file) => $"the row ends after {file.Count} of {file.Header.Length} columns: the file may have been cut off there";

    /// <summary>The ranks of an official index with the tenths that go with them, as places among a row's measures, and how many neighbourhoods England has in that edition.</summary>
    private static (int Total, List<(int Rank, int Tenth)> Pairs) RanksWithTenths(PlaceLayout layout, FittedTable table)
    {
        if (layout.Kind != "index" || PlaceSnapshot.TotalOf(layout.Edition) is not { } total) return (0, []);
        var ids = table.Measures.Select(m => m.Measure.Id).ToList();
        return (total, [.. ids.Select((id, i) => (Rank: i, Tenth: id.EndsWith("_rank", StringComparison.Ordinal) ? ids.IndexOf(id[..^5] + "_decile") : -2)).Where(p => p.Tenth > -2)]);
    }

    /// <summary>A rank that England has no neighbourhood for, or a tenth that is not the rank's: a tenth is ten times the rank over their number, rounded up.</summary>
    private static (string Problem, int Column) Impossible((int Total, List<(int Rank, int Tenth)> Pairs) ranks, FittedTable table, string?[] cells)
    {
        foreach (var (rank, tenth) in ranks.Pairs)
        {
            if (!long.TryParse(cells[4 + rank], CultureInfo.InvariantCulture, out var number)) continue;
            if (number > ranks.Total) return ($"rank {number:N0} is none of the {ranks.Total:N0} that {table.Layout.Edition} has", table.Measures[rank].Column);
            if (tenth < 0 || !int.TryParse(cells[4 + tenth], CultureInfo.InvariantCulture, out var printed)) continue;
            var right = (number * 10 + ranks.Total - 1) / ranks.Total;
            if (right != printed) return ($"rank {number:N0} of {ranks.Total:N0} is in tenth {right}, and the row says {printed}", table.Measures[tenth].Column);
        }
        return ("", -1);
    }

    public static bool KnowsLookup(string[] header)
    {
        var areas = header.Select(PlaceLayouts.AreaOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        bool Has(string area) => areas.Any(a => a.Length == area.Length + 4 && a.StartsWith(area, StringComparison.Ordinal));
        return (Has("lsoa") && (Has("ward") || areas.Any(a => a.StartsWith("division", StringComparison.Ordinal) && a != "division_name") || PlaceLayouts.Find(header, ["CHGIND", "CHNGIND"]) >= 0)) || ((Has("lsoa") || Has("msoa")) && PlaceLayouts.Find(header, [CommonsName]) >= 0) || (areas.Contains("division") && areas.Contains("division_name"));
    }

    /// <summary>Tables that say which area lies in which: lookups of any vintages, changes of boundaries, and names.</summary>
    private static PlaceReading? Lookup(DelimitedFile file)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        var years = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < file.Header.Length; i++)
        {
            if (PlaceLayouts.AreaOf(file.Header[i]) is not { } area) continue;
            columns.TryAdd(area, i);
            if (area.Length > 4 && int.TryParse(area[^4..], CultureInfo.InvariantCulture, out var year)) years.TryAdd(area[..^4], year);
        }
        int At(string area) => columns.GetValueOrDefault(area, -1);
        int Of(string area) => years.TryGetValue(area, out var year) ? At(area + year) : -1;
        var change = PlaceLayouts.Find(file.Header, ["CHGIND", "CHNGIND"]);
        var named = PlaceLayouts.Find(file.Header, [CommonsName]);

        if (change >= 0 && At("lsoa2011") >= 0 && At("lsoa2021") >= 0)
            return Rows(file, new FileIdentity("changes", "lsoa2011-lsoa2021", "Neighbourhoods of 2011 and 2021", "LSOA 2011 to LSOA 2021", null, Ons, "ogl-3-ons", null, ["lsoa11", "change", "lsoa21"]),
                [("lsoa", 2011, At("lsoa2011")), ("", null, change), ("lsoa", 2021, At("lsoa2021"))], unique: false);
        if (named >= 0 && (Of("lsoa") >= 0 || Of("msoa") >= 0))
        {
            var (area, year) = Of("lsoa") >= 0 ? ("lsoa", years["lsoa"]) : ("msoa", years["msoa"]);
            return Rows(file, new FileIdentity("names", $"{area}{year}-commons-names", "House of Commons Library names of neighbourhoods", $"House of Commons Library MSOA names, {year} boundaries", year, "House of Commons Library, MSOA names", "opl", null,
                ["code", "name", "commons_name"]), [(area, year, Of(area)), ("", null, At("msoa_name")), ("", null, named)]);
        }
        if (Of("lsoa") >= 0 && Of("ward") >= 0)
            return Rows(file, new FileIdentity("lookup", $"lsoa{years["lsoa"]}-ward{years["ward"]}", $"Neighbourhoods of {years["lsoa"]} in wards of {years["ward"]} (best fit)", $"LSOA {years["lsoa"]} to ward {years["ward"]}", years["lsoa"], Ons, "ogl-3-ons", null,
                ["code", "name", "ward", "ward_name", "district", "district_name", "msoa", "msoa_name"]),
                [("lsoa", years["lsoa"], Of("lsoa")), ("", null, At("lsoa_name")), ("ward", null, Of("ward")), ("", null, At("ward_name")), ("?district", null, Of("district")), ("", null, At("district_name")), ("?msoa", null, Of("msoa")), ("", null, At("msoa_name"))]);
        var division = Of("division") >= 0 ? Of("division") : At("division");
        if (Of("lsoa") >= 0 && division >= 0)
            return Rows(file, new FileIdentity("divisions", $"lsoa{years["lsoa"]}-divisions", $"Neighbourhoods of {years["lsoa"]} in electoral divisions (best fit)", $"LSOA {years["lsoa"]} to electoral division{(years.TryGetValue("division", out var of) ? $" {of}" : "")}", years["lsoa"], Ons, "ogl-3-ons", null,
                ["code", "name", "division", "division_name"]), [("lsoa", years["lsoa"], Of("lsoa")), ("", null, At("lsoa_name")), ("?division", null, division), ("", null, At("division_name"))]);
        if (At("division") >= 0 && At("division_name") >= 0)
            return Rows(file, new FileIdentity("names", "division-names", "County electoral divisions", "Electoral divisions, codes and names", null, Ons, "ogl-3-ons", null, ["code", "name", "commons_name"]),
                [("division", null, At("division")), ("", null, At("division_name")), ("", null, -1)]);
        return null;
    }

    /// <param name="cells">What each cell must be: an area ("?": may be empty) with the year of its boundaries, or any text.</param>
    private static PlaceReading Rows(DelimitedFile file, FileIdentity identity, (string Area, int? Year, int Column)[] cells, bool unique = true)
    {
        var reading = new PlaceReading(identity);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var row = new string?[cells.Length];
        while (file.Next())
        {
            if (file.IsBlank()) continue;
            if (file.IsShort) { reading.SetAside(file.Row, file.Header[Math.Max(0, file.Count - 1)], CutShort(file)); continue; }
            string? problem = null;
            var at = 0;
            for (var i = 0; i < cells.Length && problem is null; i++)
            {
                var (area, year, column) = cells[i];
                row[i] = area.Length > 0 ? Cell(file, column).ToUpperInvariant() : Cell(file, column);
                if (area.Length > 0 && area[0] == '?' && AreaCodes.IsPseudo(row[i]!)) row[i] = "";
                if (area.Length == 0 || (area[0] == '?' && row[i]!.Length == 0)) continue;
                (problem, at) = (AreaCodes.WhyNot(row[i]!, area.TrimStart('?'), year), column);
            }
            if (problem is not null) reading.SetAside(file.Row, file.Header[at], problem);
            else if (!seen.Add(unique ? row[0]! : string.Join('\t', row))) reading.SetAside(file.Row, file.Header[cells[0].Column], $"{row[0]} is in the file twice; the first one counts");
            else reading.Take(row);
        }
        return reading;
    }

    private static string Cell(DelimitedFile file, int column) => column < 0 ? "" : file[column].Trim().Trim('\u00a0');
}
