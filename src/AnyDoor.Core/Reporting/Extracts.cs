using System.Globalization;
using System.Security.Cryptography;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

/// <summary>One request in an extract. Nobody can be found by it: bands instead of ages and sizes, a month instead of a day, and no line stands alone with its month, area, age, size and door.</summary>
public sealed record ExtractRow(string Request, string Household, string Month, string District, string AgeBand, string SizeBand, string Door, string Urgency, string Needs, string Outcome, string Help);

/// <param name="LeftOut">Requests of people at risk or restricted, which are in no extract.</param>
/// <param name="Widened">Lines of which something is not shown, because too few shared it.</param>
public sealed record Extract(IReadOnlyList<ExtractRow> Rows, int LeftOut, int Widened)
{
    public byte[] ToCsv() => CsvText.Write(["request", "household", "month", "district", "age_band", "household_size", "door", "urgency", "needs", "outcome", "help"],
        Rows.Select(r => (IEnumerable<object?>)[r.Request, r.Household, r.Month, r.District, r.AgeBand, r.SizeBand, r.Door, r.Urgency, r.Needs, r.Outcome, r.Help]));
}

/// <summary>
/// Pseudonymous extracts for analysts. The pseudonyms' key is made for one extract and forgotten with it, so two extracts cannot be laid side by side, and nobody, we
/// neither, can go back from one to a person. Made for a stated purpose, and logged.
/// </summary>
public sealed class Extracts(Database database, Commands commands)
{
    /// <summary>A combination of month, area, age, size and door that fewer households share is made wider.</summary>
    public const int Fewest = 5;
    public const int Most = 100_000;
    private const string Any = "not shown";

    /// <summary>Households where somebody may be looked for, or whose record is stored only, in whichever of their joined records it stands: no extract and no list behind a figure has them.</summary>
    internal static IQueryable<Guid> LeftOut(AnyDoorDb db)
    {
        var marked = db.Set<Membership>().Where(m => db.Set<Person>().Any(p => p.Id == m.PersonId && (p.AtRisk || db.Set<Person>().Any(k => k.Id == p.SameAs && k.AtRisk)))).Select(m => m.HouseholdId)
            .Union(db.Set<Ground>().Where(g => g.Cause == Restriction.Cause && g.To == null).Select(g => g.HouseholdId));
        var roots = db.Set<Household>().Where(h => marked.Contains(h.Id)).Select(h => h.JoinedTo ?? h.Id);
        return db.Set<Household>().Where(h => roots.Contains(h.JoinedTo ?? h.Id)).Select(h => h.Id);
    }

    public async Task<Result<Extract>> MakeAsync(AuditContext who, DateOnly from, DateOnly until, string why, CancellationToken cancel)
    {
        if (why.Trim().Length is < 10 or > 500) return new Refusal("why", "Say what the extract is for. The information-governance lead reads it.", "why");
        if (until < from) return new Refusal("until", "The last day comes before the first.", "until");
        if (until.DayNumber - from.DayNumber > 366 * 3) return new Refusal("until", "Take three years at most.", "until");
        var key = RandomNumberGenerator.GetBytes(32);
        var (start, end) = (LondonTime.ToUtc(from, TimeOnly.MinValue), LondonTime.ToUtc(until.AddDays(1), TimeOnly.MinValue));
        await using var db = database.Open();
        var requests = db.Set<Request>().Where(r => r.SubmittedAt >= start && r.SubmittedAt < end && !r.PartFilled);
        var all = await requests.CountAsync(cancel);
        if (all > Most) return new Refusal("too-many", $"That is {all:N0} requests. Take fewer months: {Most:N0} at most.", "until");
        var leftOut = LeftOut(db);
        var open = requests.Where(r => !leftOut.Contains(r.HouseholdId));
        var found = await (from r in open
                           join h in db.Set<Household>() on r.HouseholdId equals h.Id
                           join p in db.Set<Person>() on r.ApplicantId equals p.Id
                           join d in db.Set<Organisations.Door>() on r.DoorId equals d.Id
                           select new { r.Id, Household = h.JoinedTo ?? h.Id, r.SubmittedAt, r.District, p.DateOfBirth, p.BirthYear, h.Size, Door = d.Label, r.Urgency, r.Status }).ToListAsync(cancel);
        var needs = (await db.Set<RequestNeed>().Where(n => open.Any(r => r.Id == n.RequestId)).Select(n => new { n.RequestId, n.NeedId }).ToListAsync(cancel)).ToLookup(n => n.RequestId, n => n.NeedId);
        var help = (await db.Set<Award>().Where(a => a.RequestId != null && open.Any(r => r.Id == a.RequestId) && Figures.Kept.Contains(a.Status)).Select(a => new { Request = a.RequestId!.Value, a.AwardType }).ToListAsync(cancel)).ToLookup(a => a.Request, a => a.AwardType);

        var rows = found.ConvertAll(r => new ExtractRow(Pseudonym(key, 'r', r.Id), Pseudonym(key, 'h', r.Household), LondonTime.DayOf(r.SubmittedAt).ToString("yyyy-MM", CultureInfo.InvariantCulture), District.Find(r.District)?.Name ?? "not known",
            AgeBand(Names.Age(r.DateOfBirth, r.BirthYear, LondonTime.DayOf(r.SubmittedAt))), r.Size switch { null => "not known", 1 => "1", 2 => "2", <= 4 => "3 to 4", _ => "5 or more" }, r.Door, Queue.InWords(r.Urgency),
            string.Join(' ', needs[r.Id].Order(StringComparer.Ordinal)), r.Status.ToString(), string.Join(' ', help[r.Id].Distinct().Order(StringComparer.Ordinal))));
        // In no order of time: the pseudonyms are random.
        var wide = Widen(rows);
        var made = new Extract([.. wide.OrderBy(r => r.Request, StringComparer.Ordinal)], all - found.Count, wide.Count(IsWidened));
        await commands.RunAsync(who with { Reason = why.Trim() }, c =>
        {
            c.Record("extract.made", content: $"{from:yyyy-MM-dd} to {until:yyyy-MM-dd}, {made.Rows.Count} rows, {made.Widened} made wider");
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, cancel);
        return made;
    }

    private static (string, string, string, string, string) Known(ExtractRow r) => (r.Month, r.District, r.AgeBand, r.SizeBand, r.Door);

    private static bool IsWidened(ExtractRow r) => r.Door == Any || r.SizeBand == Any || r.Month == Any || r.AgeBand == Any || r.District == Any;

    /// <summary>
    /// Until everything that somebody may know of a household (month, area, age, size, door) stands with five or more of them: of those that are too few first the door goes, then the size,
    /// the month, the age and the area.
    /// </summary>
    public static IReadOnlyList<ExtractRow> Widen(IReadOnlyList<ExtractRow> rows)
    {
        Func<ExtractRow, ExtractRow>[] steps = [r => r with { Door = Any }, r => r with { SizeBand = Any }, r => r with { Month = Any }, r => r with { AgeBand = Any }, r => r with { District = Any }];
        foreach (var step in steps)
        {
            var few = rows.GroupBy(Known).Where(g => Households(g) < Fewest).Select(g => g.Key).ToHashSet();
            if (few.Count == 0) return rows;
            rows = [.. rows.Select(r => few.Contains(Known(r)) ? step(r) : r)];
        }
        // What is still too few is the whole of it, or next to it: the widest line swallows the next smallest until it is not.
        while (true)
        {
            var groups = rows.GroupBy(Known).Select(g => (g.Key, Households: Households(g))).OrderBy(g => g.Households).ToList();
            if (groups.All(g => g.Households >= Fewest)) return rows;
            if (groups.Count == 1) return [];
            var next = groups.First(g => g.Key != (Any, Any, Any, Any, Any)).Key;
            rows = [.. rows.Select(r => Known(r) == next ? r with { Month = Any, District = Any, AgeBand = Any, SizeBand = Any, Door = Any } : r)];
        }

        static int Households(IEnumerable<ExtractRow> rows) => rows.Select(r => r.Household).Distinct().Count();
    }

    internal static string AgeBand(int? age) => age switch { null => "not known", < 18 => "under 18", < 25 => "18 to 24", < 35 => "25 to 34", < 50 => "35 to 49", < 65 => "50 to 64", < 80 => "65 to 79", _ => "80 or over" };

    private static string Pseudonym(byte[] key, char kind, Guid id) => kind + Convert.ToHexStringLower(HMACSHA256.HashData(key, (byte[])[(byte)kind, .. id.ToByteArray()]))[..16];
}
