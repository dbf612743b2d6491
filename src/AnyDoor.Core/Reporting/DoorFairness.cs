using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Requests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

/// <summary>The same need, so that doors can be compared: nothing chosen, any.</summary>
/// <param name="Need">A need's id.</param>
/// <param name="Within">No less urgent than this.</param>
/// <param name="Children">With children at home, or without.</param>
public sealed record SameNeed(string? Need = null, Urgency? Within = null, bool? Children = null);

/// <summary>How to read a door's share, with the numbers there are.</summary>
public enum ShareReading { TooFew, SmallNumber, Enough, LowerSmall, Lower, HigherSmall, Higher }

/// <summary>One door, or several with few requests put together.</summary>
/// <param name="Requests">All requests by it.</param>
/// <param name="Alike">Those of the same need.</param>
/// <param name="Given">Of those, how many the scheme gave help for it.</param>
/// <param name="Hours">Of those, the median hours until somebody spoke with them; null: nobody has yet.</param>
public sealed record DoorShare(IReadOnlyList<string> Doors, string Label, int Requests, int Alike, int Given, double? Hours)
{
    private const double Z = 1.96;

    public double Share => Alike == 0 ? 0 : (double)Given / Alike;

    /// <summary>Where the share likely lies, from 0 to 1: Wilson's 95% interval, which holds for small numbers too.</summary>
    public (double Low, double High) Range
    {
        get
        {
            if (Alike == 0) return (0, 1);
            var (n, p) = ((double)Alike, Share);
            var middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
            var half = Z / (1 + Z * Z / n) * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
            return (Math.Max(0, middle - half), Math.Min(1, middle + half));
        }
    }

    public ShareReading ReadAgainst(double all) => (Alike < DoorFairness.Fewest, Alike < DoorFairness.Enough, Range) switch
    {
        (true, _, _) => ShareReading.TooFew,
        (_, var small, (_, var high)) when high < all => small ? ShareReading.LowerSmall : ShareReading.Lower,
        (_, var small, (var low, _)) when low > all => small ? ShareReading.HigherSmall : ShareReading.Higher,
        (_, true, _) => ShareReading.SmallNumber,
        _ => ShareReading.Enough,
    };
}

/// <param name="Needs">The needs that were asked about, with how many requests name each, the most first.</param>
public sealed record DoorComparison(SameNeed Same, IReadOnlyList<DoorShare> Doors, DoorShare All, IReadOnlyList<(string Need, int Requests)> Needs);

/// <summary>
/// Whether the same need gets the same answer, whichever door it came by (R-DOOR-01). Counts only: no person is read.
/// A scheme's requests are those made for it and, while it was open, those of its area that were made for no scheme.
/// </summary>
public sealed class DoorFairness(Database database, SchemeBook schemes)
{
    /// <summary>Doors with fewer than this are put together.</summary>
    public const int Fewest = 5;
    /// <summary>Fewer than this and the share is read with care.</summary>
    public const int Enough = 50;

    /// <param name="same">Its need null: the one most asked about.</param>
    public async Task<DoorComparison?> CompareAsync(string schemeId, SameNeed same, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await schemes.FindAsync(db, schemeId, cancel) is not { } scheme) return null;
        var requests = Requests(db, scheme.Newest);
        var needs = (await db.Set<RequestNeed>().Where(n => requests.Any(r => r.Id == n.RequestId)).GroupBy(n => n.NeedId).Select(g => new { g.Key, Count = g.Select(n => n.RequestId).Distinct().Count() }).ToListAsync(cancel))
            .OrderByDescending(n => n.Count).ThenBy(n => n.Key, StringComparer.Ordinal).Select(n => (n.Key, n.Count)).ToList();
        if (same.Need is null && needs.Count > 0) same = same with { Need = needs[0].Key };

        var totals = await requests.GroupBy(r => r.DoorId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var labels = await db.Set<Door>().ToDictionaryAsync(d => d.Id, d => d.Label, cancel);
        var given = Given(db, scheme.Newest, same);
        var alike = (await Alike(db, requests, same).Select(r => new { r.DoorId, r.SubmittedAt, r.FirstContactAt, Given = given.Any(a => a.RequestId == r.Id) }).ToListAsync(cancel)).ToLookup(r => r.DoorId);

        DoorShare Line(IReadOnlyList<string> doors, string label)
        {
            var these = doors.SelectMany(d => alike[d]).ToList();
            var hours = these.Where(r => r.FirstContactAt >= r.SubmittedAt).Select(r => (r.FirstContactAt!.Value - r.SubmittedAt).TotalHours).Order().ToList();
            return new DoorShare(doors, label, totals.Where(t => doors.Contains(t.Key)).Sum(t => t.Count), these.Count, these.Count(r => r.Given), hours.Count == 0 ? null : (hours[(hours.Count - 1) / 2] + hours[hours.Count / 2]) / 2);
        }
        var many = totals.Where(t => alike[t.Key].Count() >= Fewest).OrderByDescending(t => t.Count).Select(t => Line([t.Key], labels.GetValueOrDefault(t.Key, t.Key))).ToList();
        var few = totals.Where(t => alike[t.Key].Count() < Fewest).OrderByDescending(t => t.Count).Select(t => t.Key).ToList();
        if (few.Count > 0) many.Add(Line(few, string.Join(", ", few.Select(d => labels.GetValueOrDefault(d, d)))));
        return new DoorComparison(same, many, Line([.. totals.Select(t => t.Key)], "All doors"), needs);
    }

    internal static IQueryable<Request> Requests(AnyDoorDb db, SchemeDefinition scheme)
    {
        var (id, from, until) = (scheme.Id, scheme.OpenFrom, scheme.OpenUntil);
        var area = District.All.Where(d => d.Authority == scheme.Authority).Select(d => d.Code).ToArray();
        return db.Set<Request>().Where(r => r.SchemeId == id || (r.SchemeId == null && !r.PartFilled && r.SubmittedAt >= from && r.SubmittedAt < until && area.Contains(r.District)));
    }

    internal static IQueryable<Request> Alike(AnyDoorDb db, IQueryable<Request> requests, SameNeed same)
    {
        if (same.Need is { } need) requests = requests.Where(r => db.Set<RequestNeed>().Any(n => n.RequestId == r.Id && n.NeedId == need));
        if (same.Within is { } within) requests = requests.Where(r => r.Urgency <= within);
        if (same.Children is { } children) requests = requests.Where(r => db.Set<Membership>().Any(m => m.HouseholdId == r.HouseholdId && m.Role == MemberRole.Child) == children);
        return requests;
    }

    /// <summary>Help for that need: of the kinds that the scheme gives for it, or of any kind where it names none.</summary>
    internal static IQueryable<Award> Given(AnyDoorDb db, SchemeDefinition scheme, SameNeed same)
    {
        var (id, types) = (scheme.Id, scheme.AwardTypes.Where(t => same.Need is { } need && t.Needs.Contains(need)).Select(t => t.Id).ToArray());
        var awards = db.Set<Award>().Where(a => a.SchemeId == id && Figures.Kept.Contains(a.Status));
        return types.Length == 0 ? awards : awards.Where(a => types.Contains(a.AwardType));
    }
}
