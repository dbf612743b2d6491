using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Rights;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

/// <summary>Which lines of the log.</summary>
/// <param name="Changes">What was written, in place of who looked.</param>
/// <param name="Stated">Only looks on a stated reason.</param>
/// <param name="Reference">A request's or an award's, as typed: everything about that household's records.</param>
/// <param name="Day">One day in London.</param>
public sealed record LogFilter(bool Changes = false, bool Stated = false, string? Reference = null, Guid? Worker = null, DateOnly? Day = null);

/// <summary>One line, in words. No resident is named and nothing of a record's content is in it.</summary>
/// <param name="Law">The lawful basis of that purpose, by the record of processing.</param>
/// <param name="Records">How many records were shown; null for what was written.</param>
/// <param name="References">The requests (or awards) it is about, where they are few.</param>
public sealed record LogLine(long Seq, DateTime At, string Who, string Organisation, string What, string Why, string Law, string Basis, int? Records, IReadOnlyList<string> References);

/// <param name="Before">Where the next, earlier page begins; null: this is the last.</param>
/// <param name="NoSuchReference">The reference that was typed is nobody's.</param>
public sealed record LogPage(IReadOnlyList<LogLine> Lines, long? Before, bool NoSuchReference = false);

/// <summary>Both logs for the information lead: who, when, for what and on which ground. Names of workers, references and counts; never a resident's name.</summary>
public sealed class LogReader(Database database, ReadLog log)
{
    public const int PageSize = 50;
    private const int FewRecords = 3;

    /// <summary>The newest first. Looking up one household's log is a look of its own, and is written down before it is shown.</summary>
    public async Task<LogPage> ReadAsync(AuditContext who, LogFilter filter, long? before, int size, CancellationToken cancel)
    {
        await using var db = database.Open();
        About? about = null;
        if (!string.IsNullOrWhiteSpace(filter.Reference))
        {
            about = await AboutAsync(db, filter.Reference, cancel);
            if (about is null) return new LogPage([], null, true);
            await log.RecordAsync(who, "log", "log-by-reference", [about.Households[0]], cancel);
        }
        return filter.Changes ? await ChangesAsync(db, filter, about, before, size, cancel) : await LooksAsync(db, filter, about, before, size, cancel);
    }

    /// <summary>The same lines for a file, at most this many. That the log was taken away is in the log.</summary>
    public async Task<IReadOnlyList<LogLine>> DownloadAsync(AuditContext who, LogFilter filter, int most, CancellationToken cancel)
    {
        await log.RecordAsync(who, "log-download", "log", [], cancel, evenNobody: true);
        return (await ReadAsync(who, filter, null, most, cancel)).Lines;
    }

    /// <summary>Workers to choose from, by name.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> WorkersAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        return [.. (await db.Set<Worker>().OrderBy(w => w.Name).Select(w => new { w.Id, w.Name }).ToListAsync(cancel)).Select(w => (w.Id, w.Name))];
    }

    private sealed record About(Guid[] Households, Guid Subject);

    private static async Task<About?> AboutAsync(AnyDoorDb db, string typed, CancellationToken cancel)
    {
        if (!Reference.TryParse(typed, out var reference)) return null;
        var found = await db.Set<Request>().Where(r => r.Reference == reference).Select(r => new { r.HouseholdId, r.Id }).SingleOrDefaultAsync(cancel)
            ?? await db.Set<Award>().Where(a => a.Reference == reference).Select(a => new { a.HouseholdId, a.Id }).SingleOrDefaultAsync(cancel);
        return found is null ? null : new About(await NamesOfHomes.JoinedWithAsync(db, found.HouseholdId, cancel), found.Id);
    }

    private static async Task<LogPage> LooksAsync(AnyDoorDb db, LogFilter filter, About? about, long? before, int size, CancellationToken cancel)
    {
        var events = db.Set<ReadEvent>().AsNoTracking();
        if (about is not null)
        {
            var ids = about.Households;
            var them = db.Set<ReadSubject>().Where(s => ids.Contains(s.SubjectId)).Select(s => s.ReadEventId);
            events = events.Where(e => them.Contains(e.Id));
        }
        if (filter.Stated) events = events.Where(e => e.Basis == GroundCause.StatedReason);
        if (filter.Worker is { } worker) events = events.Where(e => e.ActorId == worker);
        if (filter.Day is { } day) { var (from, to) = Span(day); events = events.Where(e => e.At >= from && e.At < to); }
        if (before is { } seq) events = events.Where(e => e.Seq < seq);
        var rows = await events.OrderByDescending(e => e.Seq).Take(size + 1).ToListAsync(cancel);
        var shown = rows.Take(size).ToList();
        var who = await NamesAsync(db, shown.Select(e => (e.ActorId, e.OrganisationId)), cancel);
        var few = shown.Where(e => e.Subjects.Length <= 16 * FewRecords).SelectMany(e => ReadLog.Unpack(e.Subjects)).Distinct().ToArray();
        var references = await OfHouseholdsAsync(db, few, cancel);
        return new LogPage(shown.ConvertAll(e => new LogLine(e.Seq, e.At, who.Who(e.ActorKind, e.ActorId, e.ActorLabel), who.Of(e.OrganisationId), LookWords.Page(e.Page), LookWords.Of(e.Purpose), Processing.Current.BasisOf(e.Purpose), LookWords.Basis(e.Basis),
            e.Basis == ReadLog.Refused ? 0 : e.Subjects.Length / 16, [.. ReadLog.Unpack(e.Subjects).Select(references.GetValueOrDefault).OfType<string>().Take(FewRecords)])), rows.Count > size ? shown[^1].Seq : null);
    }

    private static async Task<LogPage> ChangesAsync(AnyDoorDb db, LogFilter filter, About? about, long? before, int size, CancellationToken cancel)
    {
        var events = db.Set<AuditEvent>().AsNoTracking();
        if (about is not null)
        {
            var (ids, subject) = (about.Households, about.Subject);
            events = events.Where(e => (e.HouseholdId != null && ids.Contains(e.HouseholdId.Value)) || e.SubjectId == subject);
        }
        if (filter.Worker is { } worker) events = events.Where(e => e.ActorId == worker);
        if (filter.Day is { } day) { var (from, to) = Span(day); events = events.Where(e => e.At >= from && e.At < to); }
        if (before is { } seq) events = events.Where(e => e.Seq < seq);
        var rows = await events.OrderByDescending(e => e.Seq).Take(size + 1).ToListAsync(cancel);
        var shown = rows.Take(size).ToList();
        var who = await NamesAsync(db, shown.Select(e => (e.ActorId, e.OrganisationId)), cancel);
        var subjects = shown.Select(e => e.SubjectId).OfType<Guid>().Distinct().ToArray();
        var own = new Dictionary<Guid, string>();
        foreach (var some in subjects.Chunk(500))
        {
            foreach (var r in await db.Set<Request>().Where(r => some.Contains(r.Id)).Select(r => new { r.Id, r.Reference }).ToListAsync(cancel)) own[r.Id] = r.Reference;
            foreach (var a in await db.Set<Award>().Where(a => some.Contains(a.Id)).Select(a => new { a.Id, a.Reference }).ToListAsync(cancel)) own[a.Id] = a.Reference;
        }
        var homes = await OfHouseholdsAsync(db, [.. shown.Select(e => e.HouseholdId).OfType<Guid>().Distinct()], cancel);
        return new LogPage(shown.ConvertAll(e => new LogLine(e.Seq, e.At, who.Who(e.ActorKind, e.ActorId, e.ActorLabel), who.Of(e.OrganisationId), EventSentences.Of(e.Kind), LookWords.Of(e.Purpose), Processing.Current.BasisOf(e.Purpose), "", null,
            e.SubjectId is { } s && own.TryGetValue(s, out var reference) ? [reference] : e.HouseholdId is { } h && homes.TryGetValue(h, out reference) ? [reference] : [])), rows.Count > size ? shown[^1].Seq : null);
    }

    private static (DateTime From, DateTime To) Span(DateOnly day) => (LondonTime.ToUtc(day, TimeOnly.MinValue), LondonTime.ToUtc(day.AddDays(1), TimeOnly.MinValue));

    /// <summary>The newest request of each household.</summary>
    private static async Task<Dictionary<Guid, string>> OfHouseholdsAsync(AnyDoorDb db, Guid[] households, CancellationToken cancel)
    {
        var found = new Dictionary<Guid, string>();
        foreach (var some in households.Chunk(500))
            foreach (var r in await db.Set<Request>().Where(r => some.Contains(r.HouseholdId)).OrderBy(r => r.SubmittedAt).Select(r => new { r.HouseholdId, r.Reference }).ToListAsync(cancel)) found[r.HouseholdId] = r.Reference;
        return found;
    }

    private sealed record Names(Dictionary<Guid, string> Workers, Dictionary<Guid, string> Organisations)
    {
        public string Who(ActorKind kind, Guid? id, string label) => kind switch
        {
            ActorKind.Resident => "The person themselves",
            ActorKind.Representative => "Somebody who speaks for them",
            ActorKind.Job => $"AnyDoor itself ({label.Replace('-', ' ')})",
            ActorKind.System => $"A partner’s system, by the key of {Name(id, label)}",
            _ => Name(id, label),
        };

        public string Of(Guid? organisation) => organisation is { } id ? Organisations.GetValueOrDefault(id, "") : "";
        private string Name(Guid? id, string label) => id is { } worker ? Workers.GetValueOrDefault(worker, label) : label;
    }

    private static async Task<Names> NamesAsync(AnyDoorDb db, IEnumerable<(Guid? Actor, Guid? Organisation)> of, CancellationToken cancel)
    {
        var all = of.ToList();
        var actors = all.Select(a => a.Actor).OfType<Guid>().Distinct().ToArray();
        var organisations = all.Select(a => a.Organisation).OfType<Guid>().Distinct().ToArray();
        return new Names(await db.Set<Worker>().Where(w => actors.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name, cancel),
            await db.Set<Organisation>().Where(o => organisations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancel));
    }
}
