using AnyDoor.Reporting;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Reporting;

/// <summary>Fault case F17: no hidden count comes back by subtraction, nor by laying two editions side by side.</summary>
public sealed class SmallNumbersTests
{
    private static TableCounts Table(string id, string? population, params int[] counts) => new(id, id, population, [.. counts.Select((c, i) => new CellCount($"c{i}", $"Line {i}", c))]);

    private static CellShown Shown(EditionBody edition, string table, int cell) => edition.Tables.Single(t => t.Id == table).Cells[cell].Shown;

    [Fact]
    [Requirement("R-ISA-07")]
    public void ThreeHouseholds_ShowAsFewerThanFive_AndCannotBeFoundBySubtraction()
    {
        var edition = SmallNumbers.Publish([Table("district", "requests", 100, 3)], []);

        Shown(edition, "district", 1).ShouldBe(CellShown.FewerThanFive);
        // 105 less 100 would leave one to nine: that there is anybody would be known.
        Shown(edition, "district", 0).ShouldBe(CellShown.NotShown);
        edition.Tables[0].Total.ShouldBe(105);
    }

    [Fact]
    public void ALoneCell_ThatMovedByLessThanFive_StandsStill()
    {
        var first = SmallNumbers.Publish([Table("district", "requests", 42, 61, 17, 88)], []);
        var second = SmallNumbers.Publish([Table("district", "requests", 46, 61, 17, 88)], [first]);
        var third = SmallNumbers.Publish([Table("district", "requests", 47, 61, 17, 88)], [first, second]);

        second.Tables[0].Cells.ShouldBe(first.Tables[0].Cells);
        third.Tables[0].Cells[0].Value.ShouldBe(45);
        first.Tables[0].Cells[0].Value.ShouldBe(40);
    }

    [Fact]
    public void EverySmallTable_OfThreeCells_LeavesEachHiddenCountOpen()
    {
        int[] counts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 13];
        foreach (var a in counts) foreach (var b in counts) foreach (var c in counts)
        {
            var edition = SmallNumbers.Publish([Table("t", "p", a, b, c)], []);
            Attack([edition]).ShouldBeNull($"{a}, {b}, {c}");
        }
    }

    /// <summary>Tables of one population and two or three editions, tried by going through every count there could have been.</summary>
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public void EditionsOfTwoTables_LaidSideBySide_LeaveEachHiddenCountOpen(int seed)
    {
        var random = new Random(seed);
        for (var trial = 0; trial < 25; trial++)
        {
            var counts = Enumerable.Range(0, 3).Select(_ => random.Next(0, 4) switch { 0 => random.Next(0, 5), _ => random.Next(0, 14) }).ToArray();
            var total = counts.Sum();
            var first = random.Next(0, total + 1);
            var before = new List<EditionBody> { SmallNumbers.Publish([Table("district", "requests", counts), Table("door", "requests", first, total - first)], []) };
            var came = random.Next(0, 7);
            counts[random.Next(0, 3)] += came;
            var byDoor = random.Next(0, came + 1);
            before.Add(SmallNumbers.Publish([Table("district", "requests", counts), Table("door", "requests", first + byDoor, total - first + came - byDoor)], before));

            Attack(before).ShouldBeNull($"seed {seed}, trial {trial}: {string.Join(", ", counts)}; {first} of {total}; {came} more, {byDoor} by the first door");
        }
    }

    [Fact]
    public void NobodyAtAll_IsAsOpenAsAFew()
    {
        foreach (var counts in new[] { (int[])[0, 0, 0], [1, 0, 0], [4, 0, 0] })
        {
            var edition = SmallNumbers.Publish([Table("district", "requests", counts), Table("door", "requests", counts.Sum(), 0), Table("empty", "requests")], []);

            Attack([edition]).ShouldBeNull();
            edition.Tables.Count.ShouldBe(2);
        }
    }

    [Fact]
    public void ManyCells_ArePublishedInGoodTime()
    {
        var random = new Random(7);
        var editions = new List<EditionBody>();
        var counts = Enumerable.Range(0, 9).Select(_ => random.Next(0, 700)).ToArray();
        counts[3] = 2;
        var doors = Split(counts.Sum(), 12, random);
        for (var month = 0; month < 12; month++)
        {
            editions.Add(SmallNumbers.Publish([Table("district", "requests", counts), Table("door", "requests", doors), Table("help", null, [.. counts.Take(4)])], editions));
            var more = random.Next(0, 60);
            counts[random.Next(0, 9)] += more;
            doors[random.Next(0, 12)] += more;
        }

        editions.SelectMany(e => e.Tables[0].Cells).Count(c => c.Shown == CellShown.Rounded).ShouldBeGreaterThan(80, "most of it is still told");
        SmallNumbers.FirstThatShows(editions).ShouldBeNull();
    }

    private static int[] Split(int total, int parts, Random random)
    {
        var cuts = Enumerable.Range(0, parts - 1).Select(_ => random.Next(0, total + 1)).Order().Prepend(0).Append(total).ToArray();
        return [.. cuts.Zip(cuts.Skip(1), (a, b) => b - a)];
    }

    /// <summary>
    /// The attacker: knows the rule, every published number, and that tables of the first edition count the same people. Goes through all counts there could be.
    /// Gives a hidden cell that is not open from nothing to four.
    /// </summary>
    private static string? Attack(IReadOnlyList<EditionBody> editions)
    {
        var cells = editions.SelectMany(e => e.Tables.SelectMany(t => t.Cells.Select(c => (Key: (t.Id, c.Key, e.Basis[t.Id][c.Key].Since), Cell: c)))).GroupBy(c => c.Key).ToList();
        var index = cells.Select((c, i) => (c.Key, i)).ToDictionary(c => c.Key, c => c.i);
        var most = 40;
        var ranges = cells.ConvertAll(c =>
        {
            var (low, high) = (0, most);
            foreach (var (_, cell) in c)
                (low, high) = cell.Shown switch { CellShown.Rounded => (Math.Max(low, Math.Max(5, cell.Value!.Value - 2)), Math.Min(high, cell.Value!.Value + 2)), CellShown.FewerThanFive => (low, Math.Min(high, 4)), _ => (low, high) };
            return (Low: low, High: high);
        });
        var rules = new List<(int[] Plus, int[] Minus, int Low, int High)>();
        foreach (var edition in editions)
        {
            int[] Of(PublishedTable table) => [.. table.Cells.Select(c => index[(table.Id, c.Key, edition.Basis[table.Id][c.Key].Since)])];
            foreach (var table in edition.Tables) if (table.Total is { } total) rules.Add((Of(table), [], total - 2, total + 2));
            if (edition.Number == 1)
                foreach (var (one, other) in edition.Tables.Zip(edition.Tables.Skip(1))) rules.Add((Of(one), Of(other), 0, 0));
        }
        foreach (var hidden in cells.Where(c => c.Any(x => x.Cell.Shown == CellShown.FewerThanFive)))
            for (var value = 0; value < 5; value++)
                if (!Possible(index[hidden.Key], value)) return $"{hidden.Key} cannot be {value}";
        return null;

        bool Possible(int hidden, int value)
        {
            var low = ranges.Select((r, i) => i == hidden ? value : r.Low).ToArray();
            var high = ranges.Select((r, i) => i == hidden ? value : r.High).ToArray();
            return Search(low, high);
        }

        // Narrows by each rule and halves what is left open: exact, because it ends in single counts.
        bool Search(int[] low, int[] high)
        {
            for (var changed = true; changed;)
            {
                changed = false;
                foreach (var (plus, minus, least, greatest) in rules)
                {
                    var (sumLow, sumHigh) = (plus.Sum(i => low[i]) - minus.Sum(i => high[i]), plus.Sum(i => high[i]) - minus.Sum(i => low[i]));
                    if (sumLow > greatest || sumHigh < least) return false;
                    foreach (var i in plus)
                    {
                        var (l, h) = (Math.Max(low[i], least - (sumHigh - high[i])), Math.Min(high[i], greatest - (sumLow - low[i])));
                        if (l > h) return false;
                        if (l != low[i] || h != high[i]) { (low[i], high[i], changed) = (l, h, true); break; }
                    }
                    if (changed) break;
                    foreach (var i in minus)
                    {
                        var (l, h) = (Math.Max(low[i], sumLow + high[i] - greatest), Math.Min(high[i], sumHigh + low[i] - least));
                        if (l > h) return false;
                        if (l != low[i] || h != high[i]) { (low[i], high[i], changed) = (l, h, true); break; }
                    }
                    if (changed) break;
                }
            }
            var open = Enumerable.Range(0, low.Length).Where(i => low[i] < high[i]).OrderBy(i => high[i] - low[i]).Cast<int?>().FirstOrDefault();
            if (open is not { } at) return true;
            var middle = (low[at] + high[at]) / 2;
            var (h1, l2) = ((int[])high.Clone(), (int[])low.Clone());
            (h1[at], l2[at]) = (middle, middle + 1);
            return Search((int[])low.Clone(), h1) || Search(l2, (int[])high.Clone());
        }
    }
}
