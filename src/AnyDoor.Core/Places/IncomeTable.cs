using System.Globalization;

namespace AnyDoor.Places;

/// <summary>
/// Table 1 of the paper of 8 July 2021 beside the income domain of the indices of 2019: the districts' rates, their ranks among all but one of England's districts,
/// and the rates of their least and most deprived neighbourhoods. Rates are published to three decimals, so districts tie: a rank is a band.
/// </summary>
internal static class IncomeTable
{
    private sealed record Rate(string Code, string Name, decimal Share, int Neighbourhoods);

    public static bool HasDistricts(PlaceSnapshot data) => Districts(data).Rates.Count > 0;

    public static IReadOnlyList<Table1Cell> Check(PlaceSnapshot data, IReadOnlyList<PrintedDistrict> printed)
    {
        var (rates, from) = Districts(data);
        var leftOut = LeftOut(rates, printed);
        var extremes = data.All(PlaceSnapshot.Index2019, "income_rate").Select(r => (data.Area(r.Key, 2011)?.District, r.Value.Number)).Where(r => r.District is not null).ToLookup(r => r.District!, r => r.Number);
        return [.. printed.SelectMany(row => PapersTables.Table1Columns.Select(column => column switch
        {
            PapersTables.Rank => RankCell(row, rates, leftOut, printed),
            PapersTables.Population => ShareCell(row, column, rates.Find(r => r.Code == row.Code)?.Share, from),
            PapersTables.Least => ShareCell(row, column, Whole(data, extremes, row.Code) ? (decimal)extremes[row.Code].Min() : null, "The smallest share of any neighbourhood of the district."),
            _ => ShareCell(row, column, Whole(data, extremes, row.Code) ? (decimal)extremes[row.Code].Max() : null, "The largest share of any neighbourhood of the district."),
        }))];
    }

    /// <summary>An extreme of some of a district's neighbourhoods may not be the district's.</summary>
    private static bool Whole(PlaceSnapshot data, ILookup<string, double> extremes, string code) =>
        extremes[code].Any() && extremes[code].Count() >= (District.Find(code)?.Neighbourhoods ?? data.Areas("lsoa", 2011).Count(a => a.District == code));

    private static Table1Cell ShareCell(PrintedDistrict row, string column, decimal? share, string note)
    {
        var printed = Number(row.Cells[column]);
        if (share is null) return new Table1Cell(row.Name, column, printed, null, null, "The official figure is not loaded.");
        var actual = Math.Round(share.Value * 100, 1, MidpointRounding.AwayFromZero);
        return new Table1Cell(row.Name, column, printed, actual, printed == actual, note);
    }

    private static Table1Cell RankCell(PrintedDistrict row, List<Rate> rates, List<Rate> leftOut, IReadOnlyList<PrintedDistrict> printed)
    {
        var cell = Number(row.Cells[PapersTables.Rank]);
        if (rates.Find(r => r.Code == row.Code) is not { } own) return new Table1Cell(row.Name, PapersTables.Rank, cell, null, null, "The official figures of all districts are not loaded.");
        var without = leftOut is [var only] ? only : null;
        var (first, last) = Band(rates, own, without);
        var ties = last > first ? $" {last - first + 1} districts share its rate of {own.Share.ToString("0.000", CultureInfo.InvariantCulture)}, so any rank from {first} to {last} is right." : "";
        var which = without is not null ? $"Out of {rates.Count - 1}: {without.Name} is left out of the {rates.Count}."
            : $"Out of all {rates.Count}: which district the paper leaves out cannot be told from its ranks{(leftOut.Count == 0 ? "" : $" ({leftOut.Count} would do)")}.";
        return new Table1Cell(row.Name, PapersTables.Rank, cell, first == last ? first : $"{first} to {last}", cell >= first && cell <= last, which + ties);
    }

    /// <summary>
    /// Which district the paper's ranking leaves out: one without which most of its ranks are right. Where several would do, the one that has a single neighbourhood:
    /// there is no least and no most deprived one to print of it.
    /// </summary>
    private static List<Rate> LeftOut(List<Rate> rates, IReadOnlyList<PrintedDistrict> printed)
    {
        if (rates.Count == 0) return [];
        int Right(Rate without) => printed.Count(p => rates.Find(r => r.Code == p.Code) is { } own && own != without && Band(rates, own, without) is var (first, last) && Number(p.Cells[PapersTables.Rank]) is { } rank && rank >= first && rank <= last);
        var right = rates.ToDictionary(r => r, Right);
        var most = right.Values.Max();
        if (most == 0) return [];
        var would = rates.Where(r => right[r] == most).ToList();
        return would.FindAll(r => r.Neighbourhoods == 1) is { Count: 1 } one ? one : would;
    }

    private static (int First, int Last) Band(List<Rate> rates, Rate own, Rate? without)
    {
        var others = rates.Where(r => r != without).ToList();
        var above = others.Count(r => r.Share > own.Share);
        return (above + 1, above + others.Count(r => r.Share == own.Share));
    }

    /// <summary>As published for districts (File 10); without that file, the neighbourhoods' rates by their people, rounded as the publisher rounds.</summary>
    private static (List<Rate> Rates, string From) Districts(PlaceSnapshot data)
    {
        var lsoas = data.Areas("lsoa", 2011).Where(a => a.District is not null).ToLookup(a => a.District!);
        string NameOf(string code) => lsoas[code].FirstOrDefault()?.DistrictName ?? data.Area(code, 2019)?.Name ?? code;
        var published = data.All(PlaceSnapshot.Index2019, "income_average_rate");
        if (published.Count > 0)
            return ([.. published.Select(p => new Rate(p.Key, NameOf(p.Key), Math.Round((decimal)p.Value.Number, 3), lsoas[p.Key].Count()))], "The district’s published rate (File 10).");

        var (rates, people) = (data.All(PlaceSnapshot.Index2019, "income_rate"), data.All(PlaceSnapshot.Index2019, "population"));
        // Of a part of England no rank among England's districts can be made.
        if (rates.Count < 32_000 || people.Count < 32_000) return ([], "");
        return ([.. from district in lsoas
                    let counted = district.Where(a => rates.ContainsKey(a.Code) && people.ContainsKey(a.Code)).ToList()
                    let all = counted.Sum(a => people[a.Code].Number)
                    where all > 0
                    select new Rate(district.Key, NameOf(district.Key), Math.Round((decimal)(counted.Sum(a => people[a.Code].Number * rates[a.Code].Number) / all), 3), counted.Count)],
            "Worked out from the neighbourhoods’ rates and people (File 10 is not loaded): the last digit can differ from the published one.");
    }

    private static decimal? Number(string cell) => decimal.TryParse(cell.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
