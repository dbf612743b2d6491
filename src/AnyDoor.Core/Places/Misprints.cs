namespace AnyDoor.Places;

/// <summary>
/// Which printed rows do not agree with the official data, and in what. A row names a neighbourhood, its ward and two deciles; the fewest errors that explain it are told:
/// one number that differs is that number's misprint; where the whole row fits another neighbourhood that no other row prints rightly, its name is.
/// </summary>
internal sealed class Misprints(OfficialPlaces official, IReadOnlyList<PrintedRow> printed)
{
    public const string Name = "name-misprint", National = "national-decile", Local = "local-decile";

    /// <summary>The names that a row prints rightly. A name that stands only in a row whose two numbers are not its own may be another row's: two names can have changed places.</summary>
    private readonly HashSet<string> names = new(printed.Where(p => official.Find(p.Name) is not { } place || p.National == place.National || place.Local is null || p.Local == place.Local).Select(p => p.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>The districts whose table prints the wards of the loaded lookup: of the rows whose numbers are right, most wards are too. Where a table prints wards of other boundaries, a ward proves nothing.</summary>
    private readonly HashSet<string> wardsToGoBy = [.. from row in printed
        let place = official.Find(row.Name)
        where place?.Ward is not null && row.National == place.National && row.Local == place.Local
        group OfficialPlaces.SameWard(row.Ward, place.Ward!) by row.District into table
        where table.Count(same => same) * 2 > table.Count()
        select table.Key];

    public List<PrintedDifference> Find()
    {
        var again = Again();
        return [.. printed.SelectMany(row => Judge(row, again.Contains(row)))];
    }

    private IEnumerable<PrintedDifference> Judge(PrintedRow row, bool again)
    {
        var place = official.Find(row.Name);
        PrintedDifference Differs(string kind, string? suggestion, string note) => new(row.Row, row.Name, row.National, place?.National, row.Local, place?.Local, kind, suggestion, note);

        var others = Fitting(row);
        var other = others is [var only] ? only.Name : null;
        if (place is null) return [Differs(Name, other, $"There is no neighbourhood of 2011 with the name {row.Name}.")];
        if (official.DistrictNamed(row.District) is { } district && place.District is not null && place.District != district) return [Differs(Name, other, $"{row.Name} is not in {row.District}.")];

        var (national, local) = (row.National == place.National, place.Local is null || row.Local == place.Local);
        var ward = place.Ward is null ? (bool?)null : OfficialPlaces.SameWard(row.Ward, place.Ward);
        var knownWard = wardsToGoBy.Contains(row.District) && official.HasWard(place.District, row.Ward);
        if (again) return [Differs(Name, other, $"{row.Name} is printed in another row, which fits it better.")];
        if (national && local) return [];

        // Nothing else of the row is that neighbourhood's, or everything in it is another one's: one wrong name explains what would be two errors.
        var wrongName = !national && !local ? (ward == false && knownWard) || others.Count > 0 : ward == false && knownWard && others.Count > 0;
        if (wrongName) return [Differs(Name, other, other is null ? $"Nothing of the row is {row.Name}’s{(others.Count > 1 ? $"; it fits {string.Join(", ", others.Select(o => o.Name))}, which no other row prints rightly{(place.Ward is null ? ". A ward lookup would tell which" : "")}" : "")}." : $"The row is that of {other}: its ward and its deciles, and no other row prints it rightly.")];
        var numbers = new List<PrintedDifference>();
        if (!national) numbers.Add(Differs(National, null, $"{row.Name} is in national decile {place.National}."));
        if (!local) numbers.Add(Differs(Local, null, $"By the definition of a local decile {row.Name} is in local decile {place.Local}."));
        return numbers;
    }

    /// <summary>The neighbourhoods of the row's district that no row prints rightly, with the row's own deciles and ward. A ward of other boundaries rules nothing out.</summary>
    private List<OfficialPlace> Fitting(PrintedRow row)
    {
        var district = official.DistrictNamed(row.District);
        var fitting = official.In(district).Where(o => !names.Contains(o.Name) && o.National == row.National && o.Local == row.Local).ToList();
        return wardsToGoBy.Contains(row.District) && official.HasWard(district, row.Ward) ? [.. fitting.Where(o => o.Ward is not null && OfficialPlaces.SameWard(o.Ward, row.Ward))] : fitting;
    }

    /// <summary>Rows whose name another row prints too and fits better: by its deciles and its ward, then because its ward is no other place’s, then because it comes first. Where none of them fits, each is judged by itself.</summary>
    private HashSet<PrintedRow> Again()
    {
        var again = new HashSet<PrintedRow>(ReferenceEqualityComparer.Instance);
        foreach (var rows in printed.GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            if (official.Find(rows.Key) is not { } place) continue;
            bool InWard(PrintedRow r) => place.Ward is not null && OfficialPlaces.SameWard(r.Ward, place.Ward);
            int Fits(PrintedRow r) => (r.National == place.National ? 1 : 0) + (place.Local is null || r.Local == place.Local ? 1 : 0);
            // A ward counts as much as both numbers, where the table's wards are those of the lookup.
            int Score(PrintedRow r) => Fits(r) * 2 + (InWard(r) && wardsToGoBy.Contains(r.District) ? 3 : 0);
            if (!rows.Any(r => Fits(r) == 2 || (Fits(r) == 1 && InWard(r)))) continue;
            var best = rows.OrderByDescending(Score).ThenByDescending(InWard).ThenBy(r => official.HasWard(place.District, r.Ward)).ThenBy(r => r.Row).First();
            again.UnionWith(rows.Where(r => !ReferenceEquals(r, best)));
        }
        return again;
    }
}
