using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

/// <summary>That somebody saw to one pattern: a rule, a worker, a day.</summary>
public sealed class UnusualSeen
{
    public required string Rule { get; init; }
    public required Guid WorkerId { get; init; }
    public required DateOnly Day { get; init; }
    public required DateTime At { get; init; }
    public required Guid By { get; init; }
}

/// <summary>Something worth a question to a worker, said in a sentence. Counts and times; no record's content and no resident's name.</summary>
/// <param name="Sentence">Like <c>Opened 41 records between 2pm and 3pm. From 30 in an hour it is shown here.</c></param>
public sealed record UnusualPattern(UnusualRule Rule, Guid WorkerId, string Worker, string Organisation, DateOnly Day, string Sentence, DateTime? SeenAt);

/// <param name="Cut">There were more looks than are read at once: the earliest days are not whole.</param>
public sealed record UnusualFindings(IReadOnlyList<UnusualPattern> Patterns, bool Cut);

/// <summary>Patterns in the two logs that an information lead asks about, by the dated rules of <c>Content/unusual-looks.json</c>. A pattern is a reason to ask, not a finding of fault.</summary>
public sealed class UnusualLooks(Database database, Commands commands, UnusualRules? rules = null)
{
    private const int MostLooks = 300_000;
    private const int AtOnce = 5_000;
    private readonly UnusualRules rules = rules ?? UnusualRules.Current;

    private sealed record Look(DateTime At, Guid Worker, string Page, string Basis, byte[] Subjects)
    {
        public DateOnly Day => LondonTime.DayOf(At);
        // A queue shows many by itself, and a search is counted as one.
        public bool Opened => Subjects.Length > 0 && Page is not ("queue" or "figure" or "import" or "import-download" or "log") && Basis is not (ReadLog.Refused or HouseholdReader.AppearedInSearch or "possible-match");
        public IEnumerable<Guid> Records => ReadLog.Unpack(Subjects);
    }

    /// <summary>Every pattern of these London days, both in, the newest first.</summary>
    public async Task<UnusualFindings> FindAsync(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        await using var db = database.Open();
        var (looks, cut) = await LooksAsync(db, LondonTime.ToUtc(from, TimeOnly.MinValue), LondonTime.ToUtc(to.AddDays(1), TimeOnly.MinValue), cancel);
        var workers = await (from worker in db.Set<Worker>() join organisation in db.Set<Organisation>() on worker.OrganisationId equals organisation.Id select new { worker.Id, worker.Name, Organisation = organisation.Name }).ToDictionaryAsync(w => w.Id, cancel);
        var seen = await db.Set<UnusualSeen>().Where(s => s.Day >= from && s.Day <= to).ToDictionaryAsync(s => (s.Rule, s.WorkerId, s.Day), s => s.At, cancel);
        var homes = await NamesOfHomes.OfAsync(db, [.. looks.Where(l => l.Opened).SelectMany(l => l.Records).Distinct()], cancel);
        var work = rules.Rules.Any(r => r.Id == "no-later-work") ? await WorkAsync(db, looks, cancel) : [];
        var staff = workers.Values.Select(w => Folding.Fold(w.Name)).ToHashSet(StringComparer.Ordinal);
        var held = await HeldAsync(db, LondonTime.ToUtc(from, TimeOnly.MinValue), LondonTime.ToUtc(to.AddDays(1), TimeOnly.MinValue), cancel);

        var found = new List<UnusualPattern>();
        foreach (var rule in rules.Rules)
            foreach (var day in looks.Select(l => (l.Worker, l.Day)).Concat(held.Keys).Distinct().Where(d => workers.ContainsKey(d.Worker)))
            {
                var worker = workers[day.Worker];
                var theirs = looks.Where(l => l.Worker == day.Worker && l.Day == day.Day).ToList();
                if (Sentence(rule, theirs, Folding.Fold(worker.Name), staff, homes, work, held.GetValueOrDefault(day)) is { } sentence)
                    found.Add(new UnusualPattern(rule, worker.Id, worker.Name, worker.Organisation, day.Day, sentence, seen.TryGetValue((rule.Id, worker.Id, day.Day), out var at) ? at : null));
            }
        return new UnusualFindings([.. found.OrderBy(p => p.SeenAt is not null).ThenByDescending(p => p.Day).ThenBy(p => p.Worker, StringComparer.Ordinal)], cut);
    }

    /// <summary>Somebody asked, and it is seen to. Nobody says so of their own.</summary>
    public Task<Result<bool>> SeenAsync(AuditContext who, string rule, Guid worker, DateOnly day, CancellationToken cancel) =>
        commands.RunAsync<bool>(who, async c =>
        {
            if (worker == who.Actor.Id) return InformationDesk.OwnLook;
            if (rules.Rules.All(r => r.Id != rule) || !await c.Db.Set<Worker>().AnyAsync(w => w.Id == worker, c.Cancel)) return false;
            if (await c.Db.Set<UnusualSeen>().AnyAsync(s => s.Rule == rule && s.WorkerId == worker && s.Day == day, c.Cancel)) return true;
            c.Insert(new UnusualSeen { Rule = rule, WorkerId = worker, Day = day, At = who.At, By = who.Actor.Id!.Value });
            c.Record("unusual.seen", worker, content: string.Create(CultureInfo.InvariantCulture, $"{rule} {day:yyyy-MM-dd}"));
            return true;
        }, cancel);

    private static string? Sentence(UnusualRule rule, List<Look> theirs, string name, HashSet<string> staff, ILookup<Guid, (string Last, string Whole)> homes, Dictionary<(Guid, Guid), List<DateTime>> work, int held)
    {
        var opened = theirs.Where(l => l.Opened).ToList();
        int Records(IEnumerable<Look> looks) => looks.SelectMany(l => l.Records).Distinct().Count();
        string From(string what) => $"{what} From {rule.AtLeast} it is shown here.";
        switch (rule.Id)
        {
            case "many-records":
                var most = opened.GroupBy(l => LondonTime.FromUtc(l.At).Hour).Select(g => (Hour: g.Key, Records: Records(g))).OrderByDescending(g => g.Records).FirstOrDefault();
                return most.Records >= rule.AtLeast ? From($"Opened {most.Records} records between {LondonTime.Time(new TimeOnly(most.Hour, 0))} and {LondonTime.Time(new TimeOnly((most.Hour + 1) % 24, 0))}.") : null;
            case "out-of-hours":
                var night = opened.Where(l => IsNight(rule, TimeOnly.FromDateTime(LondonTime.FromUtc(l.At)))).ToList();
                return Records(night) >= rule.AtLeast ? From($"Opened {Records(night)} records between {LondonTime.Time(rule.From!.Value)} and {LondonTime.Time(rule.To!.Value)}.") : null;
            case "same-surname":
                var last = name.Split(' ')[^1];
                var same = opened.SelectMany(l => l.Records).Distinct().Count(r => homes[r].Any(p => p.Last == last));
                return same >= rule.AtLeast ? From($"Opened {Count(same, "record")} of somebody with the worker’s own surname.") : null;
            case "colleague":
                var known = opened.SelectMany(l => l.Records).Distinct().Where(r => homes[r].Any(p => staff.Contains(p.Whole))).ToList();
                if (known.Count < rule.AtLeast) return null;
                return From(known.Exists(r => homes[r].Any(p => p.Whole == name)) ? "Opened a record in the worker’s own name." : $"Opened {Count(known.Count, "record")} in the name of somebody who works in the partnership.");
            case "no-later-work":
                var hours = TimeSpan.FromHours(rule.WithinHours ?? 24);
                var idle = opened.SelectMany(l => l.Records.Select(r => (Record: r, l.At))).GroupBy(l => l.Record)
                    .Count(g => !work.GetValueOrDefault((theirs[0].Worker, g.Key), []).Exists(at => at >= g.Min(l => l.At) - TimeSpan.FromHours(1) && at <= g.Max(l => l.At) + hours));
                return idle >= rule.AtLeast ? From($"Opened {Count(idle, "record")} and wrote nothing in {(idle == 1 ? "it" : "them")} within {Count((int)hours.TotalHours, "hour")}.") : null;
            case "reasons-given":
                var reasons = Records(opened.Where(l => l.Basis == GroundCause.StatedReason));
                return reasons >= rule.AtLeast ? From($"Opened {Count(reasons, "record")} on a reason, without a request, a case or a handover.") : null;
            case "found-nobody":
                var nobody = theirs.Count(l => l.Basis == HouseholdReader.FoundNobody);
                return nobody >= rule.AtLeast ? From($"Made {Count(nobody, "search", "searches")} that found nobody.") : null;
            case "many-refused":
                var refused = theirs.Count(l => l.Basis == ReadLog.Refused);
                return refused >= rule.AtLeast ? From($"Asked for {Count(refused, "record")} that they may not see, or that are not there.") : null;
            case "search-held":
                return held >= rule.AtLeast ? $"Searched so often that it was held, in {Count(held, "hour")} of the day." : null;
            default: return null;
        }
    }

    private static bool IsNight(UnusualRule rule, TimeOnly time) =>
        rule is { From: { } from, To: { } to } && (from <= to ? time >= from && time < to : time >= from || time < to);

    private static string Count(int number, string one, string? many = null) => $"{number.ToString("N0", CultureInfo.InvariantCulture)} {(number == 1 ? one : many ?? one + "s")}";

    private static async Task<(List<Look> Looks, bool Cut)> LooksAsync(AnyDoorDb db, DateTime from, DateTime to, CancellationToken cancel)
    {
        var looks = new List<Look>();
        // By its own number from the newest, and no further than the days asked for: there is no need of an index by time on a log that every page writes to.
        for (long? before = null; ;)
        {
            var events = db.Set<ReadEvent>().AsNoTracking();
            if (before is { } seq) events = events.Where(e => e.Seq < seq);
            var some = await events.OrderByDescending(e => e.Seq).Take(AtOnce).Select(e => new { e.Seq, e.At, e.ActorKind, e.ActorId, e.Page, e.Basis, e.Subjects }).ToListAsync(cancel);
            looks.AddRange(some.Where(e => e.ActorKind is ActorKind.Worker && e.ActorId is not null && e.At >= from && e.At < to).Select(e => new Look(e.At, e.ActorId!.Value, e.Page, e.Basis, e.Subjects)));
            if (some.Count < AtOnce || some[^1].At < from.AddHours(-1)) return (looks, false);
            if (looks.Count >= MostLooks) return (looks, true);
            before = some[^1].Seq;
        }
    }

    /// <summary>When each worker wrote something about each of the records that they opened.</summary>
    private static async Task<Dictionary<(Guid Worker, Guid Record), List<DateTime>>> WorkAsync(AnyDoorDb db, List<Look> looks, CancellationToken cancel)
    {
        var work = new Dictionary<(Guid, Guid), List<DateTime>>();
        foreach (var some in looks.Where(l => l.Opened).SelectMany(l => l.Records).Distinct().Chunk(500))
            foreach (var e in await db.Set<AuditEvent>().Where(e => e.HouseholdId != null && some.Contains(e.HouseholdId.Value) && e.ActorId != null && e.Kind != "look.reason-stated").Select(e => new { Worker = e.ActorId!.Value, Record = e.HouseholdId!.Value, e.At }).ToListAsync(cancel))
            {
                if (!work.TryGetValue((e.Worker, e.Record), out var times)) work[(e.Worker, e.Record)] = times = [];
                times.Add(e.At);
            }
        return work;
    }

    private static async Task<Dictionary<(Guid Worker, DateOnly Day), int>> HeldAsync(AnyDoorDb db, DateTime from, DateTime to, CancellationToken cancel) =>
        (await db.Set<AuditEvent>().Where(e => e.Kind == SearchLimits.Held && e.At >= from && e.At < to && e.SubjectId != null).Select(e => new { Worker = e.SubjectId!.Value, e.At }).ToListAsync(cancel))
            .GroupBy(e => (e.Worker, LondonTime.DayOf(e.At))).ToDictionary(g => g.Key, g => g.Count());
}
