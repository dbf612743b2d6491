namespace AnyDoor.Reporting;

/// <summary>
/// Whether a later count of a district may be published beside an earlier one (R-ISA-07, fault case F17). Whoever has both, and knows both exact totals, takes one from the other: of no
/// neighbourhood may that leave a small number of which fewer than five are possible. Only what is published and the totals go into it, so that the answer itself tells nothing more.
/// </summary>
internal static class PlaceSteps
{
    /// <summary>What a reader knows of one neighbourhood: from where to where its count can be, then and now.</summary>
    private readonly record struct Known(int Low, int High, int LaterLow, int LaterHigh);

    public static bool MayFollow(PlaceCounts before, PlaceCounts after)
    {
        // Nothing is told: it cannot take the place of something, and nothing can be taken from nothing.
        if (Silent(after)) return Silent(before);
        if (Silent(before)) return true;
        // Where fewer are counted than before, the later one is the smaller.
        if (after.Total < before.Total) (before, after) = (after, before);
        var cells = before.Cells.Keys.Union(after.Cells.Keys, StringComparer.Ordinal).Select(code => Of(before, after, code)).ToList();
        // A reader takes it that all moved one way: requests came in, or were taken back. Where one moved the other way, nobody can.
        var rising = cells.TrueForAll(c => c.LaterHigh >= c.Low);
        return cells.TrueForAll(c => Open(c, cells, before.Total, after.Total, rising));
    }

    private static bool Silent(PlaceCounts counts) => counts.Cells.Values.All(c => c.Shown == CellShown.NotShown);

    private static Known Of(PlaceCounts before, PlaceCounts after, string code)
    {
        var ((low, high), (laterLow, laterHigh)) = (Range(before, code), Range(after, code));
        return new Known(low, high, laterLow, laterHigh);
    }

    private static (int Low, int High) Range(PlaceCounts counts, string code) => counts.Cells.TryGetValue(code, out var cell)
        ? (cell.Shown == CellShown.NotShown ? SmallNumbers.Fewest : cell.Range.Low, cell.Range.High ?? counts.Total) : (0, 0);

    /// <summary>
    /// Whether its difference can be five or more different numbers, or is no small one. Exact: the sums of what the others can be then, now and between are all that binds one
    /// neighbourhood to the rest, for what each can be is bounded then, now and in its rise alone.
    /// </summary>
    private static bool Open(Known own, List<Known> all, int total, int laterTotal, bool rising)
    {
        int Sum(Func<Known, int> of) => all.Sum(of) - of(own);
        var (least, most) = (Sum(k => k.Low), Sum(k => rising ? Math.Min(k.High, k.LaterHigh) : k.High));
        var (laterLeast, laterMost) = (Sum(k => rising ? Math.Max(k.Low, k.LaterLow) : k.LaterLow), Sum(k => k.LaterHigh));
        var leastRise = rising ? Sum(k => Math.Max(0, k.LaterLow - k.High)) : int.MinValue;
        var (possible, small) = (0, false);
        for (var change = rising ? 0 : own.LaterLow - own.High; change <= own.LaterHigh - own.Low; change++)
        {
            if (rising && laterTotal - total - change < leastRise) break;
            var from = Math.Max(Math.Max(own.Low, own.LaterLow - change), Math.Max(total - most, laterTotal - change - laterMost));
            var to = Math.Min(Math.Min(own.High, own.LaterHigh - change), Math.Min(total - least, laterTotal - change - laterLeast));
            if (from > to) continue;
            small |= Math.Abs(change) < SmallNumbers.Fewest;
            if (++possible >= SmallNumbers.Fewest) return true;
        }
        return !small;
    }
}
