using AnyDoor.Places;

namespace AnyDoor.PlaceTeams;

/// <summary>One thing that data says of a place.</summary>
/// <param name="Words">With its direction and its number.</param>
/// <param name="Opens">What to show of the place's page, where the figure stands, like <c>income-rate</c>; none: the place itself.</param>
/// <param name="Source">The dataset and its year.</param>
public sealed record DataLine(string Words, string? Opens, string Source);

/// <summary>What data says of a place (R-PTM-04, R-PTM-05): read from what is loaded at this moment, never typed, each figure with the dataset it is from.</summary>
public static class PlaceEvidence
{
    private const int MostNames = 4;

    public static IReadOnlyList<DataLine> Of(PlaceOverview overview, IReadOnlyList<PrintedRow> printed)
    {
        var place = overview.Place;
        if (place.Edition == PapersPlaces.Edition) return Printed(place, printed);
        var index = overview.From.FirstOrDefault(d => d.Edition == place.Edition && d.Kind == "index");
        if (index is null || place.Lines.All(l => l.Decile is null)) return [];
        var source = $"{index.Title}, {place.Edition}, neighbourhoods of {place.Year}";
        var (lines, most, least) = (new List<DataLine>(), Tenth(place, 1), Tenth(place, 10));
        lines.Add(new DataLine(most.Count == 0 ? $"None of its {place.Lines.Count} neighbourhoods is among the most deprived tenth in England; the most deprived, {place.Lines[0].Called}, is {PlaceProfiles.InWords(place.Lines[0].Decile!.Value)}."
            : $"{most.Count} of its {place.Lines.Count} neighbourhoods {(most.Count == 1 ? "is" : "are")} among the most deprived tenth in England: {Names(most)}.", "tenth", source));
        if (least.Count > 0) lines.Add(new DataLine($"{least.Count} {(least.Count == 1 ? "is" : "are")} among the least deprived tenth: {Names(least)}.", "tenth", source));
        if (overview.Differs is { Tenth: { } part, Title: var title } differs && overview.Index.Tenth is { } whole)
            lines.Add(new DataLine($"{title} differs most from the rest: on average tenth {PlaceOverview.Number(part)} against {PlaceOverview.Number(whole)}, where 1 is the most deprived.", differs.Id, source));
        if (overview.Parts.Where(p => p.MostDeprived > 0 && p != overview.Differs).MaxBy(p => p.MostDeprived) is { } widest)
            lines.Add(new DataLine($"{widest.MostDeprived} of {place.Lines.Count} are among the most deprived fifth in England for {widest.Title.ToLowerInvariant()}.", widest.Id, source));
        if (overview.IncomeShare is { } share)
            lines.Add(new DataLine($"{PlaceOverview.Percent(share)} of people are income deprived{(overview.IncomeDeprived is { } people ? $", about {Math.Round(people / 10) * 10:N0} of {overview.People:N0} (mid {overview.PeopleYear})" : "")}{(overview.Beside.FirstOrDefault(b => b.Name == "England")?.IncomeShare is { } england ? $"; in England {PlaceOverview.Percent(england)}" : "")}.", "income-rate", $"Income domain, {place.Edition}"));
        return lines;
    }

    private static List<NeighbourhoodLine> Tenth(Place place, int tenth) => [.. place.Lines.Where(l => l.Decile == tenth)];

    private static string Names(List<NeighbourhoodLine> lines) => string.Join(", ", lines.Take(MostNames).Select(l => l.Called)) + (lines.Count > MostNames ? $" and {lines.Count - MostNames} more" : "");

    /// <summary>While no official file is loaded: the place's own rows of the paper, as printed.</summary>
    private static IReadOnlyList<DataLine> Printed(Place place, IReadOnlyList<PrintedRow> printed) =>
    [
        .. place.Lines.Where(l => l.Decile is not null).Select(l => (Line: l, Row: printed.FirstOrDefault(p => p.Name.Equals(l.Name, StringComparison.OrdinalIgnoreCase))))
            .Where(l => l.Row is not null).OrderBy(l => l.Line.Decile).Take(MostNames * 2)
            .Select(l => new DataLine($"{l.Line.Name}, {l.Row!.Ward}, is {PlaceProfiles.InWords(l.Line.Decile!.Value)}{(l.Row.Local is { } local ? $" and {PlaceProfiles.InWords(local, "in Cambridgeshire and Peterborough")}" : "")}, as printed.", "tenth", $"{l.Row.Paper}, row {l.Row.Row}; not checked, for no official file is loaded")),
    ];
}
