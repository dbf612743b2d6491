using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Places;
using AnyDoor.PlaceTeams;
using AnyDoor.Requests;
using AnyDoor.ServiceDirectory;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

/// <summary>A financial year, as far as it is counted: years share no day, so that no two of them can be taken from each other, and the year that runs is counted to the end of the last whole month.</summary>
public sealed record CountYear(int Starts, DateOnly From, DateOnly Until, bool Whole)
{
    public string Name => $"{Starts}-{(Starts + 1) % 100:00}";
    public string InWords => Whole ? $"April {Starts} to March {Starts + 1}" : Until < From ? $"from April {Starts}: the first month is not over" : $"April {Starts} to {Until.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}";

    public static CountYear Of(int starts, DateOnly today)
    {
        var (from, until) = (new DateOnly(starts, 4, 1), new DateOnly(starts + 1, 3, 31));
        var lastWhole = new DateOnly(today.Year, today.Month, 1).AddDays(-1);
        return new CountYear(starts, from, until <= lastWhole ? until : lastWhole, until <= lastWhole);
    }

    public static int StartOf(DateOnly day) => day.Month >= 4 ? day.Year : day.Year - 1;
}

/// <summary>A need that the menu did not meet in a district, how often.</summary>
public sealed record GapLine(string NeedId, CellOut Times);

/// <summary>What was asked and given in a year, by district and neighbourhood, small numbers hidden.</summary>
public sealed record ActivityOf(CountYear Year, int LsoaYear, IReadOnlyDictionary<string, PlaceCounts> Requests, IReadOnlyDictionary<string, PlaceCounts> Awards, IReadOnlyDictionary<string, IReadOnlyList<GapLine>> Gaps, bool Placed)
{
    /// <summary>Where a place's counts end earlier than the year's, because what came since is too little to be told by itself: the last day of each; none: they end with the rest.</summary>
    public IReadOnlyList<(string What, string District, DateOnly Until)> Behind(Place place) =>
    [
        .. from counted in new[] { (What: "Requests", Counts: Requests), (What: "Awards", Counts: Awards) }
           from district in District.All.Where(d => place.Kind == PlaceKind.Whole || (place.District ?? place.Code) == d.Code || place.Lines.Any(l => counted.Counts.GetValueOrDefault(d.Code)?.Cells.ContainsKey(l.Code) == true))
           let until = counted.Counts.GetValueOrDefault(district.Code)?.Until
           where until < Year.Until && Placed
           select (counted.What, district.Name, until.Value),
    ];
}

/// <summary>A number of a place, ready to be read, and what it is for every thousand people and every hundred who are income deprived; with why not, where it is not.</summary>
public sealed record ActivityLine(string What, string Count, string? PerThousand, string? PerHundredDeprived, string? WhyNoRate);

/// <summary>
/// Need beside reach (R-PLC-06): requests and awards where people live, in one set of neighbourhoods only, for the same requests in two sets could be taken from each other.
/// Which neighbourhood comes from the postcode, in memory. What is shown is an edition that was frozen (<see cref="PlaceEditions"/>).
/// </summary>
public sealed class PlaceActivity(Commands commands, PlaceBook book, PostcodeDirectory postcodes, PlaceEditions editions)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5), Unchanged = TimeSpan.FromMinutes(1);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<(int Year, DateOnly Until, PlaceSnapshot Data), (long Done, long At, ActivityOf Activity)> kept = new();

    /// <summary>The years that have anything, the newest first; always the one that runs.</summary>
    public async Task<IReadOnlyList<CountYear>> YearsAsync(CancellationToken cancel)
    {
        var today = commands.Clock.Today();
        await using var db = commands.Database.Open();
        var first = await db.Set<Request>().OrderBy(r => r.SubmittedAt).Select(r => (DateTime?)r.SubmittedAt).FirstOrDefaultAsync(cancel);
        var (from, to) = (first is { } at ? CountYear.StartOf(LondonTime.DayOf(at)) : CountYear.StartOf(today), CountYear.StartOf(today));
        return [.. Enumerable.Range(Math.Max(from, to - 9), Math.Max(1, to - Math.Max(from, to - 9) + 1)).Reverse().Select(y => CountYear.Of(y, today))];
    }

    public async Task<ActivityOf> OfAsync(CountYear year, CancellationToken cancel)
    {
        var data = await book.RefreshAsync(cancel);
        await postcodes.RefreshAsync(cancel);
        var (done, at, key) = (commands.Done, commands.Clock.GetTimestamp(), (year.Starts, year.Until, data));
        // On a busy day a command comes every second; what is counted ended last month, so a few seconds make no difference.
        if (kept.TryGetValue(key, out var before) && commands.Clock.GetElapsedTime(before.At, at) < (before.Done == done ? Unchanged : Fresh)) return before.Activity;
        var activity = await CountAsync(year, data, cancel);
        if (kept.Count > 20) kept.Clear();
        kept[key] = (done, at, activity);
        return activity;
    }

    private async Task<ActivityOf> CountAsync(CountYear year, PlaceSnapshot data, CancellationToken cancel)
    {
        // A year stays in the neighbourhoods that it was first published in.
        var (earlier, given) = (await editions.AllAsync("requests", year.Starts, cancel), await editions.AllAsync("awards", year.Starts, cancel));
        var (lsoas, files) = (earlier.Concat(given).FirstOrDefault()?.LsoaYear ?? PlaceProfiles.Usual(data).Year, FilesOf(data));
        var gaps = await GapsAsync(year, cancel);
        if (!PlaceEditions.IsDue(earlier, files, commands.Clock.Today()) && !PlaceEditions.IsDue(given, files, commands.Clock.Today()))
            return new ActivityOf(year, lsoas, earlier[^1].Counts, given[^1].Counts, gaps, Placed: true);

        var (requests, awards) = await PlacedAsync(year, lsoas, cancel);
        var (requested, awarded) = (Counts(data, lsoas, requests, year.Until), Counts(data, lsoas, awards, year.Until));
        // Before people are placed, and before the first month is over, there is nothing to freeze.
        var placed = requests.Exists(r => r.Lsoa is not null) && requested.Values.Any(c => c.Cells.Keys.Any(k => k.Length > 0));
        if (earlier.Count == 0 && (!placed || year.Until < year.From)) return new ActivityOf(year, lsoas, requested, awarded, gaps, placed);
        return new ActivityOf(year, lsoas, (await editions.PublishAsync("requests", year, lsoas, files, requested, cancel)).Counts, (await editions.PublishAsync("awards", year, lsoas, files, awarded, cancel)).Counts, gaps, Placed: true);
    }

    /// <summary>Every request and award of the year, with where its household lives.</summary>
    private async Task<(List<(Guid Home, string? District, string? Lsoa)> Requests, List<(Guid Home, string? District, string? Lsoa)> Awards)> PlacedAsync(CountYear year, int lsoas, CancellationToken cancel)
    {
        var (start, end) = (LondonTime.ToUtc(year.From, TimeOnly.MinValue), LondonTime.ToUtc(year.Until.AddDays(1), TimeOnly.MinValue));
        await using var db = commands.Database.Open();
        var requests = await db.Set<Request>().Where(r => r.SubmittedAt >= start && r.SubmittedAt < end && !r.PartFilled && r.Status != RequestStatus.SetAside)
            .Join(db.Set<Household>(), r => r.HouseholdId, h => h.Id, (r, h) => new { Home = h.JoinedTo ?? h.Id, r.District, r.Postcode, h.Lsoa11, h.Lsoa21 }).ToListAsync(cancel);
        var awards = await (from a in db.Set<Award>()
                            where a.EffectiveAt >= start && a.EffectiveAt < end && Figures.Kept.Contains(a.Status)
                            join h in db.Set<Household>() on a.HouseholdId equals h.Id
                            join r in db.Set<Request>() on a.RequestId equals r.Id into asked
                            from r in asked.DefaultIfEmpty()
                            select new { Home = h.JoinedTo ?? h.Id, District = a.District ?? h.District, Postcode = r == null ? null : r.Postcode, h.Lsoa11, h.Lsoa21 }).ToListAsync(cancel);
        string? Where(string? postcode, string? lsoa11, string? lsoa21)
        {
            var facts = Postcode.FromStored(postcode) is { } typed ? postcodes.FindAnywhere(typed) : null;
            return lsoas == 2011 ? facts?.Lsoa11 ?? lsoa11 : facts?.Lsoa21 ?? lsoa21;
        }
        return (requests.ConvertAll<(Guid Home, string? District, string? Lsoa)>(r => (r.Home, r.District, Where(r.Postcode, r.Lsoa11, r.Lsoa21))), awards.ConvertAll<(Guid Home, string? District, string? Lsoa)>(a => (a.Home, a.District, Where(a.Postcode, a.Lsoa11, a.Lsoa21))));
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<GapLine>>> GapsAsync(CountYear year, CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        var gaps = await db.Set<MenuGap>().Where(g => g.Day >= year.From && g.Day <= year.Until).GroupBy(g => new { g.District, g.NeedId }).Select(g => new { g.Key.District, g.Key.NeedId, Times = g.Sum(x => x.Times) }).ToListAsync(cancel);
        var said = await db.Set<GroupNeed>().Where(g => g.TakenBackAt == null && g.Day >= year.From && g.Day <= year.Until).GroupBy(g => new { g.District, g.NeedId }).Select(g => new { g.Key.District, g.Key.NeedId, Times = g.Sum(x => x.Count) }).ToListAsync(cancel);
        var byDistrict = gaps.Concat(said).GroupBy(g => new { g.District, g.NeedId }).Select(g => new { g.Key.District, g.Key.NeedId, Times = g.Sum(x => x.Times) }).ToLookup(g => g.District);
        return District.All.ToDictionary(d => d.Code, d => (IReadOnlyList<GapLine>)[.. byDistrict[d.Code].OrderByDescending(g => g.Times).Select(g => new GapLine(g.NeedId, g.Times < SmallNumbers.Fewest ? new CellOut(CellShown.FewerThanFive, null) : new CellOut(CellShown.Rounded, SmallNumbers.Round(g.Times))))]);
    }

    /// <summary>The files that say where people live: with others in use, requests lie elsewhere, and not one of them is new.</summary>
    private string FilesOf(PlaceSnapshot data) => string.Join(' ', postcodes.From.Concat(data.InUse.Where(d => d.Kind is "lookup" or "changes")).Select(d => d.Id.ToString("N")[^8..]).Order(StringComparer.Ordinal));

    private static Dictionary<string, PlaceCounts> Counts(PlaceSnapshot data, int lsoas, List<(Guid Home, string? District, string? Lsoa)> rows, DateOnly until)
    {
        var byDistrict = rows.Where(r => r.District is not null).ToLookup(r => r.District!);
        return District.All.ToDictionary(d => d.Code, d =>
        {
            var cells = data.Neighbourhoods(d.Code, lsoas).ToDictionary(a => a.Code, _ => new CellIn(0, 0), StringComparer.Ordinal);
            foreach (var group in byDistrict[d.Code].GroupBy(r => r.Lsoa is { } lsoa && cells.ContainsKey(lsoa) ? lsoa : "")) cells[group.Key] = new CellIn(group.Count(), group.Select(r => r.Home).Distinct().Count());
            return PlaceCounts.Of(cells, until);
        });
    }

    /// <summary>What is counted in a place, with its rates.</summary>
    public static IReadOnlyList<ActivityLine> Lines(ActivityOf activity, PlaceOverview overview) =>
        [Line("Requests", activity, activity.Requests, overview), Line("Awards", activity, activity.Awards, overview)];

    public static CountRange RangeOf(ActivityOf activity, IReadOnlyDictionary<string, PlaceCounts> counts, Place place)
    {
        CountRange Whole(string code) => counts.TryGetValue(code, out var district) ? PlaceCounts.Together([district.District]) : new CountRange(0, null);
        if (place.Kind == PlaceKind.District) return Whole(place.Code);
        if (place.Kind == PlaceKind.Whole) return District.All.Select(d => Whole(d.Code)).Aggregate((a, b) => new CountRange(a.Low + b.Low, a.High + b.High));
        if (!activity.Placed || place.Year != activity.LsoaYear || place.Edition == PapersPlaces.Edition) return new CountRange(0, null);
        // A neighbourhood's own district holds its cell; an area may lie in two.
        return PlaceCounts.Together(place.Lines.Select(l => counts.Values.FirstOrDefault(c => c.Cells.ContainsKey(l.Code)) is { } own ? own[l.Code] : new CellOut(CellShown.NotShown, null)));
    }

    /// <summary>One published cell, where the place is one: a district or a neighbourhood.</summary>
    private static string? Word(ActivityOf activity, IReadOnlyDictionary<string, PlaceCounts> counts, Place place) =>
        place.Kind == PlaceKind.District ? counts.GetValueOrDefault(place.Code)?.District.ToString()
        : place.Kind == PlaceKind.Neighbourhood && activity.Placed && place.Year == activity.LsoaYear ? counts.Values.FirstOrDefault(c => c.Cells.ContainsKey(place.Code))?[place.Code].ToString() : null;

    private static ActivityLine Line(string what, ActivityOf activity, IReadOnlyDictionary<string, PlaceCounts> counts, PlaceOverview overview)
    {
        var range = RangeOf(activity, counts, overview.Place);
        var count = Word(activity, counts, overview.Place) ?? range.ToString();
        string? why = !activity.Placed && overview.Place.Kind is not (PlaceKind.District or PlaceKind.Whole) ? "No rate: where people live is not known to the neighbourhood. A list of postcodes is not loaded, or it does not hold theirs."
            : overview.Place.Year != activity.LsoaYear ? "No rate: requests are counted in the neighbourhoods of the other edition."
            : range.Middle is null ? "No rate: the count is hidden."
            : range is { Low: 0 } ? "No rate: the count is too small to show."
            : overview.People is null ? "No rate: how many people live here is not loaded (Indices of Deprivation, File 6)." : null;
        if (why is not null) return new ActivityLine(what, count, null, null, why);
        var deprived = overview.IncomeDeprived is > 0 and var poor ? (range.Middle!.Value / poor * 100).ToString("0.#", CultureInfo.InvariantCulture) : null;
        return new ActivityLine(what, count, (range.Middle!.Value / overview.People!.Value * 1000).ToString("0.#", CultureInfo.InvariantCulture), deprived, deprived is null ? "The share of people who are income deprived is not loaded (File 7 or 5)." : null);
    }
}
