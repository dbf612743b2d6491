namespace AnyDoor.Reporting;

/// <summary>A count as it is, inside.</summary>
public sealed record CellCount(string Key, string Label, int Count);

/// <summary>A table to be published.</summary>
/// <param name="Population">Tables that count the same things, each once, have the same: their cells add up to one number. None: the cells do not add up.</param>
public sealed record TableCounts(string Id, string Title, string? Population, IReadOnlyList<CellCount> Cells);

public enum CellShown { Rounded, FewerThanFive, NotShown }

/// <param name="Value">To the nearest five; only when it is shown.</param>
public sealed record PublishedCell(string Key, string Label, CellShown Shown, int? Value);

/// <param name="Total">To the nearest five. None: it is not shown, or the cells do not add up.</param>
public sealed record PublishedTable(string Id, string Title, IReadOnlyList<PublishedCell> Cells, int? Total);

/// <summary>The count that a published cell was made from, and the edition since which it stands. Never published.</summary>
public sealed record CellBasis(int Count, int Since);

/// <summary>One edition of a series: what everybody reads, and what it was made from.</summary>
/// <param name="Basis">By table and cell.</param>
/// <param name="Populations">By table, for those whose cells add up.</param>
public sealed record EditionBody(int Number, IReadOnlyList<PublishedTable> Tables, IReadOnlyDictionary<string, IReadOnlyDictionary<string, CellBasis>> Basis, IReadOnlyDictionary<string, string> Populations);

/// <summary>
/// The one plan by which counts are published (fault case F17). A count under five is hidden. What is shown is rounded to five. A cell moves between two editions only
/// when its count moved by five or more, so that no few people are the difference of two editions. And before anything goes out, every number of every edition is
/// taken together, with this very rule known, and it is worked out what a hidden count could be: when it is not anything from nothing to four, more is hidden.
/// </summary>
public static class SmallNumbers
{
    public const int Fewest = 5;

    public static int Round(int count) => (count + 2) / 5 * 5;

    public static EditionBody Publish(IReadOnlyList<TableCounts> tables, IReadOnlyList<EditionBody> before)
    {
        // A table without lines would say that there is nobody at all.
        List<TableCounts> now = [.. tables.Where(t => t.Cells.Count > 0)];
        var number = before.Count == 0 ? 1 : before[^1].Number + 1;
        var basis = now.ToDictionary(t => t.Id, t => (IReadOnlyDictionary<string, CellBasis>)t.Cells.ToDictionary(c => c.Key, c => BasisOf(t.Id, c)));
        var populations = now.Where(t => t.Population is not null).ToDictionary(t => t.Id, t => t.Population!);
        HashSet<(string Table, string Cell)> more = [];
        HashSet<string> noTotal = [];

        for (var round = 0; ; round++)
        {
            var edition = new EditionBody(number, [.. now.Select(Show)], basis, populations);
            if (FirstThatShows([.. before, edition]) is not { } weak) return edition;
            Hide(weak);
        }

        CellBasis BasisOf(string table, CellCount cell)
        {
            var last = before.Reverse().Select(e => e.Basis.GetValueOrDefault(table)?.GetValueOrDefault(cell.Key)).FirstOrDefault(b => b is not null);
            return last is not null && Math.Abs(cell.Count - last.Count) < Fewest ? last : new CellBasis(cell.Count, number);
        }

        PublishedTable Show(TableCounts table)
        {
            var cells = table.Cells.Select(c => (c, Count: basis[table.Id][c.Key].Count)).Select(x => more.Contains((table.Id, x.c.Key)) ? new PublishedCell(x.c.Key, x.c.Label, CellShown.NotShown, null)
                : x.Count < Fewest ? new PublishedCell(x.c.Key, x.c.Label, CellShown.FewerThanFive, null) : new PublishedCell(x.c.Key, x.c.Label, CellShown.Rounded, Round(x.Count))).ToList();
            var total = basis[table.Id].Values.Sum(b => b.Count);
            return new PublishedTable(table.Id, table.Title, cells, table.Population is null || total < Fewest || noTotal.Contains(table.Id) ? null : Round(total));
        }

        void Hide((string Table, string Cell) weak)
        {
            // The smallest that still shows, in the weak cell's own table first; then its total; then whatever else counts the same.
            var population = populations.GetValueOrDefault(weak.Table);
            var alike = now.Where(t => t.Id == weak.Table || (population is not null && t.Population == population)).OrderBy(t => t.Id == weak.Table ? 0 : 1).ToList();
            foreach (var table in alike)
            {
                var smallest = table.Cells.Where(c => !more.Contains((table.Id, c.Key)) && basis[table.Id][c.Key].Count >= Fewest).OrderBy(c => basis[table.Id][c.Key].Since == number ? 0 : 1).ThenBy(c => basis[table.Id][c.Key].Count).ThenBy(c => c.Key, StringComparer.Ordinal).FirstOrDefault();
                if (smallest is not null) { more.Add((table.Id, smallest.Key)); return; }
                if (noTotal.Add(table.Id)) return;
            }
            // Even that the cell is under five says too much beside what went before: then nothing of these tables is said.
            var silent = true;
            foreach (var table in alike) foreach (var cell in table.Cells) silent &= !more.Add((table.Id, cell.Key));
            if (silent) throw new InvalidOperationException("An earlier edition already shows a hidden count. It cannot be put right by another.");
        }
    }

    /// <summary>The first hidden count that can be worked out from everything published, more nearly than it may be. Null: none.</summary>
    public static (string Table, string Cell)? FirstThatShows(IReadOnlyList<EditionBody> editions)
    {
        var variables = new Dictionary<(string Table, string Cell, int Since), (int Index, double Low, double? High, bool Primary, bool Shown)>();
        foreach (var edition in editions)
            foreach (var table in edition.Tables)
                foreach (var cell in table.Cells)
                {
                    var basis = edition.Basis[table.Id][cell.Key];
                    (double Low, double? High) told = cell.Shown switch { CellShown.Rounded => (Math.Max(Fewest, cell.Value!.Value - 2), cell.Value.Value + 2), CellShown.FewerThanFive => (0, Fewest - 1), _ => (0, null) };
                    if (!variables.TryGetValue((table.Id, cell.Key, basis.Since), out var known)) known = (variables.Count, 0, null, false, false);
                    variables[(table.Id, cell.Key, basis.Since)] = (known.Index, Math.Max(known.Low, told.Low), known.High is { } h && told.High is { } o ? Math.Min(h, o) : known.High ?? told.High,
                        known.Primary || cell.Shown == CellShown.FewerThanFive, known.Shown || cell.Shown == CellShown.Rounded);
                }

        foreach (var ((table, cell, since), v) in variables.OrderByDescending(v => v.Key.Since))
        {
            // Counts that were never said to be under five, and that a number stood for, are out already.
            if (v.Shown) continue;
            var conditions = Conditions(editions, variables, except: v.Index);
            var (most, least) = (conditions.Largest(v.Index, 1), -conditions.Largest(v.Index, -1));
            if (most is null) throw new InvalidOperationException("The published numbers contradict each other.");
            // One more on either side than must stay open, so that rounding to whole people cannot close it.
            var safe = v.Primary ? least <= 0 && most >= Fewest - 1 + 0.99 : most - least >= Fewest + 0.99;
            if (!safe) return (table, cell);
        }
        return null;
    }

    /// <summary>Everything that a reader knows: each number's rounding, what adds up to what, that tables of one population count the same, and how far a cell moves at least.</summary>
    private static Simplex Conditions(IReadOnlyList<EditionBody> editions, Dictionary<(string Table, string Cell, int Since), (int Index, double Low, double? High, bool Primary, bool Shown)> variables, int except)
    {
        var known = new Simplex(variables.Count);
        foreach (var v in variables.Values.Where(v => v.Index != except))
        {
            if (v.Low > 0) known.AtLeast(v.Low, (v.Index, 1));
            if (v.High is { } high) known.AtMost(high, (v.Index, 1));
        }
        foreach (var edition in editions)
        {
            var sums = new List<(string Population, (int, double)[] Cells, int Stale)>();
            foreach (var table in edition.Tables)
            {
                (int, double)[] cells = [.. table.Cells.Select(c => (variables[(table.Id, c.Key, edition.Basis[table.Id][c.Key].Since)].Index, 1d))];
                if (table.Total is { } total)
                {
                    known.AtMost(total + 2, cells);
                    known.AtLeast(total - 2, cells);
                }
                if (edition.Populations.TryGetValue(table.Id, out var population)) sums.Add((population, cells, edition.Basis[table.Id].Values.Count(b => b.Since != edition.Number)));
            }
            foreach (var group in sums.GroupBy(s => s.Population))
                foreach (var (one, other) in group.Zip(group.Skip(1)))
                {
                    // A cell that stood still may have moved by four unseen.
                    var apart = (Fewest - 1) * (one.Stale + other.Stale);
                    (int, double)[] difference = [.. one.Cells, .. other.Cells.Select(c => (c.Item1, -1d))];
                    known.AtMost(apart, difference);
                    known.AtLeast(-apart, difference);
                }
        }
        foreach (var cell in variables.GroupBy(v => (v.Key.Table, v.Key.Cell)))
        {
            var versions = cell.OrderBy(v => v.Key.Since).ToList();
            foreach (var (earlier, later) in versions.Zip(versions.Skip(1)))
            {
                var rose = CountOf(editions, later.Key) > CountOf(editions, earlier.Key);
                if (rose) known.AtLeast(Fewest, (later.Value.Index, 1), (earlier.Value.Index, -1));
                else known.AtLeast(Fewest, (earlier.Value.Index, 1), (later.Value.Index, -1));
            }
        }
        return known;
    }

    private static int CountOf(IReadOnlyList<EditionBody> editions, (string Table, string Cell, int Since) key) =>
        editions.Select(e => e.Basis.GetValueOrDefault(key.Table)?.GetValueOrDefault(key.Cell)).First(b => b?.Since == key.Since)!.Count;
}
