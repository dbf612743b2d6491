namespace AnyDoor.Places;

/// <summary>A printed row that does not agree with the official data.</summary>
/// <param name="Kind"><c>name-misprint</c>: the row is another neighbourhood's; <c>national-decile</c>, <c>local-decile</c>: that number is not the neighbourhood's.</param>
/// <param name="Suggestion">For a wrong name: the one neighbourhood that fits the row and stands nowhere else in the tables.</param>
/// <param name="Note">Why, in a sentence.</param>
public sealed record PrintedDifference(int Row, string LsoaName, int? PrintedNational, int? ActualNational, int? PrintedLocal, int? ActualLocal, string Kind, string? Suggestion, string Note);

/// <summary>A neighbourhood that a list leaves out.</summary>
public sealed record LeftOut(string Lsoa, string LsoaName, string List);

/// <summary>A cell of Table 1 beside what the official data give; null where that is not loaded.</summary>
public sealed record Table1Cell(string District, string Column, decimal? Printed, object? Actual, bool? Agrees, string Note);

/// <summary>A printed ward that is not the one of the loaded lookup.</summary>
public sealed record PrintedWard(int Row, string Printed, string Actual, string Note);

/// <summary>A neighbourhood that is printed in more than one row.</summary>
public sealed record PrintedTwice(string LsoaName, IReadOnlyList<int> Rows, IReadOnlyList<string> Wards);

/// <summary>A file that is not loaded, what it would tell, and where an operator gets it.</summary>
public sealed record NotLoaded(string Needed, string For, string From);

public sealed record PapersReport(int Rows, int MatchedBoth, IReadOnlyList<PrintedDifference> Differences, IReadOnlyList<LeftOut> Missing, IReadOnlyList<Table1Cell> Table1, IReadOnlyList<PrintedWard> Wards,
    IReadOnlyList<PrintedTwice> PrintedTwice, IReadOnlyList<NotLoaded> NotLoaded, IReadOnlyList<string> Attribution)
{
    /// <summary>All that is known to be wrong with a printed row, each as a heading and a sentence; none: nothing is known against it.</summary>
    public IEnumerable<(string What, string Why)> Faults(int row)
    {
        foreach (var difference in Differences.Where(d => d.Row == row)) yield return ("Misprint.", difference.Note);
        foreach (var ward in Wards.Where(w => w.Row == row)) yield return ("The ward differs.", $"Printed {ward.Printed}; by the lookup of {OfficialPlaces.WardYear} it is {ward.Actual}. {ward.Note}");
        foreach (var twice in PrintedTwice.Where(t => t.Rows.Contains(row)))
            yield return ("Printed twice.", $"{twice.LsoaName} stands in rows {string.Join(" and ", twice.Rows)}{(twice.Wards.Count > 1 ? $", in the wards {string.Join(" and ", twice.Wards)}: both cannot be right" : "")}.");
    }
}

/// <summary>Compares the papers' printed tables with the official data that is loaded. Everything is computed; no defect is known beforehand.</summary>
public sealed class PapersCheck(PlaceBook book)
{
    private const string Most = "most deprived";

    private (PlaceSnapshot Of, PapersReport Report)? shipped;

    public async Task<PapersReport> RunAsync(CancellationToken cancel, string? tables = null, string? table1 = null) =>
        Run(await book.RefreshAsync(cancel), PapersTables.Deciles(tables), PapersTables.Table1(table1));

    /// <summary>The report on the shipped tables, for pages: made once for what is loaded.</summary>
    public async Task<PapersReport> ShippedAsync(CancellationToken cancel)
    {
        var data = await book.RefreshAsync(cancel);
        if (shipped is { } kept && ReferenceEquals(kept.Of, data)) return kept.Report;
        var report = Run(data, PapersTables.Deciles(), PapersTables.Table1());
        shipped = (data, report);
        return report;
    }

    public static PapersReport Run(PlaceSnapshot data, IReadOnlyList<PrintedRow> printed, IReadOnlyList<PrintedDistrict> table1)
    {
        var official = OfficialPlaces.Of(data);
        var twice = printed.GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)
            .Select(g => new PrintedTwice(g.First().Name, [.. g.Select(p => p.Row)], [.. g.Select(p => p.Ward).Distinct()])).ToList();
        var differences = official.Any ? new Misprints(official, printed).Find() : [];
        return new PapersReport(printed.Count, printed.Count(p => official.Find(p.Name) is { } place && p.National == place.National && p.Local == place.Local), differences,
            Missing(official, printed), IncomeTable.Check(data, table1), Wards(official, printed, differences), twice, Needed(data), Licences.Attribution(Used(data)));
    }

    /// <summary>For each list of the most deprived: the district's neighbourhoods in the worst national tenth that it prints, which it leaves out.</summary>
    private static List<LeftOut> Missing(OfficialPlaces official, IReadOnlyList<PrintedRow> printed) =>
    [
        .. from list in printed.Where(p => p.Section.Equals(Most, StringComparison.OrdinalIgnoreCase)).GroupBy(p => p.District)
           let district = official.DistrictNamed(list.Key)
           let places = official.In(district).ToList()
           // A tenth in which the district has no neighbourhood is itself a misprint, and no reason to look no further.
           let worst = list.Where(p => p.National is not null && places.Exists(o => o.National == p.National)).Min(p => p.National)
           from place in places.Where(o => worst is not null && o.National == worst).OrderBy(o => o.Name, StringComparer.Ordinal)
           where !list.Any(p => p.Name.Equals(place.Name, StringComparison.OrdinalIgnoreCase))
           select new LeftOut(place.Code, place.Name, $"{list.Key}, {list.First().Section}"),
    ];

    private static List<PrintedWard> Wards(OfficialPlaces official, IReadOnlyList<PrintedRow> printed, IReadOnlyList<PrintedDifference> differences) =>
    [
        .. from row in printed
           let place = official.Find(row.Name)
           where place?.Ward is not null && !OfficialPlaces.SameWard(row.Ward, place.Ward)
           let difference = differences.FirstOrDefault(d => d.Row == row.Row && d.Kind == Misprints.Name)
           select new PrintedWard(row.Row, row.Ward, place.Ward!, difference is { Suggestion: { } other } ? $"The row’s name is a misprint: it is {other}’s row."
               : official.HasWard(place.District, row.Ward) ? $"{place.Name} is not in that ward of {OfficialPlaces.WardYear}."
               : $"The district has no ward of that name in {OfficialPlaces.WardYear}: it is misspelt, or a ward of other boundaries."),
    ];

    private static IEnumerable<Dataset> Used(PlaceSnapshot data) => data.InUse.Where(d => d.Edition == PlaceSnapshot.Index2019 || d.Series == $"lsoa2011-ward{OfficialPlaces.WardYear}");

    private static List<NotLoaded> Needed(PlaceSnapshot data)
    {
        const string iod = "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2019", ons = "https://geoportal.statistics.gov.uk";
        var needed = new List<NotLoaded>();
        if (!data.Has(PlaceSnapshot.Index2019, "imd_rank")) needed.Add(new("Indices of Deprivation 2019, File 1, 2 or 7", "The deciles, misprints and neighbourhoods left out", iod));
        else if (!data.LocalDeciles.Any) needed.Add(new("Indices of Deprivation 2019, File 1, 2 or 7, whole", $"The local deciles: {data.LocalDeciles.Loaded:N0} of the partnership’s {data.LocalDeciles.Expected:N0} neighbourhoods are loaded", iod));
        if (!data.HasWards(2011, OfficialPlaces.WardYear)) needed.Add(new($"LSOA (2011) to ward ({OfficialPlaces.WardYear}) lookup", "The wards", ons));
        if (!data.Has(PlaceSnapshot.Index2019, "income_rate")) needed.Add(new("Indices of Deprivation 2019, File 7 or 5", "Table 1: the least and the most deprived neighbourhood", iod));
        if (!IncomeTable.HasDistricts(data)) needed.Add(new("Indices of Deprivation 2019, File 10 (the sheet Income as CSV)", "Table 1: the districts’ percentages and ranks", iod));
        return needed;
    }
}
