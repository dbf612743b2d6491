using System.Globalization;

namespace AnyDoor.Reporting;

/// <summary>What is inside a cell: how many, and of how many households.</summary>
public readonly record struct CellIn(int Count, int Households);

/// <summary>A count of one neighbourhood as everybody may read it.</summary>
/// <param name="Value">To the nearest five; only when it is shown.</param>
public readonly record struct CellOut(CellShown Shown, int? Value)
{
    /// <summary>The least and the most that a reader can take from it. None: no most.</summary>
    public (int Low, int? High) Range => Shown switch { CellShown.Rounded => (Math.Max(SmallNumbers.Fewest, Value!.Value - 2), Value.Value + 2), CellShown.FewerThanFive => (0, SmallNumbers.Fewest - 1), _ => (0, null) };

    public override string ToString() => Shown switch { CellShown.Rounded => Value!.Value.ToString("N0", CultureInfo.InvariantCulture), CellShown.FewerThanFive => "fewer than 5", _ => "not shown" };
}

/// <summary>A count of a place that is several neighbourhoods: what their published counts come to, and never more than those say.</summary>
public readonly record struct CountRange(int Low, int? High)
{
    /// <summary>In the middle of what it can be; null: it has no most.</summary>
    public double? Middle => High is { } high ? (Low + high) / 2d : null;

    public override string ToString() => (Low, High) switch
    {
        (0, SmallNumbers.Fewest - 1) => "fewer than 5",
        (_, null) when Low == 0 => "not shown",
        (_, null) => $"{Low.ToString("N0", CultureInfo.InvariantCulture)} or more",
        _ when Low == High => Low.ToString("N0", CultureInfo.InvariantCulture),
        _ => $"{Low.ToString("N0", CultureInfo.InvariantCulture)} to {High!.Value.ToString("N0", CultureInfo.InvariantCulture)}",
    };
}

/// <summary>
/// One thing counted by neighbourhood within a district (R-ISA-07). A count under five, or of fewer than five households, is hidden; what is shown is rounded to five. Whoever knows the
/// district's exact count must not find a hidden one by taking the others away: where one could, no neighbourhood of the district is shown at all. To hide one more cell and not all
/// would tell whoever knows this rule why it was hidden.
/// Everything larger than a neighbourhood and smaller than a district (wards, divisions, areas that somebody makes) is added up from these published
/// cells alone, so that no two of them, however they overlap, tell more than the cells do.
/// </summary>
public sealed class PlaceCounts
{
    private readonly Dictionary<string, CellOut> cells;

    private PlaceCounts(Dictionary<string, CellOut> cells, int total) => (this.cells, Total) = (cells, total);

    /// <summary>Of the whole district, exact. Published as <see cref="District"/>.</summary>
    internal int Total { get; }

    /// <summary>The last day that is counted.</summary>
    public DateOnly Until { get; init; }

    /// <summary>As it was published once.</summary>
    internal static PlaceCounts Published(IEnumerable<(string Code, CellOut Cell)> cells, int total, DateOnly until) => new(cells.ToDictionary(c => c.Code, c => c.Cell, StringComparer.Ordinal), total) { Until = until };

    public CellOut District => Total < SmallNumbers.Fewest ? new CellOut(CellShown.FewerThanFive, null) : new CellOut(CellShown.Rounded, SmallNumbers.Round(Total));

    public IReadOnlyDictionary<string, CellOut> Cells => cells;

    public CellOut this[string code] => cells.GetValueOrDefault(code, new CellOut(CellShown.NotShown, null));

    /// <param name="inside">Every neighbourhood of the district, those without any with nothing, and under "" what could not be placed.</param>
    public static PlaceCounts Of(IReadOnlyDictionary<string, CellIn> inside, DateOnly until = default)
    {
        var total = inside.Values.Sum(c => c.Count);
        var made = inside.ToDictionary(c => c.Key, c => c.Value switch
        {
            { Count: < SmallNumbers.Fewest } => new CellOut(CellShown.FewerThanFive, null),
            { Households: < SmallNumbers.Fewest } => new CellOut(CellShown.NotShown, null),
            _ => new CellOut(CellShown.Rounded, SmallNumbers.Round(c.Value.Count)),
        }, StringComparer.Ordinal);
        if (!Safe(made.Values, total)) foreach (var code in made.Keys.ToList()) made[code] = new CellOut(CellShown.NotShown, null);
        return new PlaceCounts(made, total) { Until = until };
    }

    /// <summary>Whether every count under five can still be anything from nothing to four. The cells share one sum, so bounds by taking away are exact; and only what is published and the total go into it, so that the answer itself tells nothing more.</summary>
    private static bool Safe(IReadOnlyCollection<CellOut> cells, int total)
    {
        // A cell of few households that is not "fewer than 5" is known to be five or more.
        static int Low(CellOut cell) => cell.Shown == CellShown.NotShown ? SmallNumbers.Fewest : cell.Range.Low;
        var (low, high, open) = (cells.Sum(Low), cells.Sum(c => c.Range.High ?? 0), cells.Any(c => c.Range.High is null));
        return !cells.Any(c => c.Shown == CellShown.FewerThanFive) || (total - low >= SmallNumbers.Fewest - 1 && (open || total - (high - (SmallNumbers.Fewest - 1)) <= 0));
    }

    public static CountRange Together(IEnumerable<CellOut> cells)
    {
        var all = cells.ToList();
        return new CountRange(all.Sum(c => c.Range.Low), all.Any(c => c.Range.High is null) ? null : all.Sum(c => c.Range.High));
    }
}
