using System.Globalization;
using System.Security.Cryptography;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Audit;

/// <param name="Row">The event's or seal's own number.</param>
public sealed record FirstBad(string Log, long Row, string Why);

/// <summary>What <c>audit verify</c> prints.</summary>
/// <param name="OldestUnsealedS">Whole seconds; 0 where everything is sealed.</param>
/// <param name="KeyLostAt">When the key was lost for good: what was sealed before then is held together by its hashes only. Null: every signature was read.</param>
/// <param name="Checkpoints">How many of this database's checkpoints were read: none, and nothing shows where the logs end.</param>
/// <param name="Restores">Each restore that this database came by, the newest first. Null: none.</param>
/// <param name="Unguarded">What the database should refuse by itself and does not, like a trigger that was taken away: each in a sentence. Null: all of it stands.</param>
/// <param name="OtherDatabases">Databases that have checkpoints in the same folder and are neither this one nor one that it was restored from. Null: none.</param>
public sealed record AuditFindings(long Sealed, long Unsealed, long OldestUnsealedS, FirstBad? FirstBad, DateTime? KeyLostAt = null, int Checkpoints = 0, DateTime? OldestCheckpoint = null, DateTime? NewestCheckpoint = null,
    IReadOnlyList<RestoreTold>? Restores = null, IReadOnlyList<Guid>? OtherDatabases = null, IReadOnlyList<string>? Unguarded = null);

/// <summary>A restore: from which seals it went on, and how many later ones of the database before were known when it was done. What they covered is not in this database.</summary>
/// <param name="From">The database that the backup was made of.</param>
public sealed record RestoreTold(DateTime At, Guid From, long WriteSeal, long ReadSeal, long WriteSealsTakenBack, long ReadSealsTakenBack);

/// <summary>Reads both logs from end to end and finds what is not as it was written. Changes nothing; holds one seal's state in memory, not a table.</summary>
public sealed class AuditVerifier(Database database, LogKey key, Checkpoints checkpoints, TimeProvider clock)
{
    public async Task<AuditFindings> VerifyAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await MissingAsync(database, cancel) is { } gone) return gone;
        var mark = await db.Set<DatabaseMark>().SingleAsync(cancel);
        var (branches, restores) = Lineage(mark.DatabaseId);
        var pins = Pins.Read(Lines(branches));
        // Counted before the seals are fixed: what is sealed meanwhile adds to it.
        var indexed = await db.Set<ReadSubject>().LongCountAsync(cancel);
        using var write = new Chain(LogName.Write, key, pins.Lost?.WriteSeal ?? 0, pins.Lost?.At);
        if (await UnreadableAsync<AuditEvent>(write, () => WalkAsync(write, Writes(db), null, cancel), (a, b) => Writes(db, a, b), cancel) is { } spoilt) return Stopped(spoilt, write);
        using var read = new Chain(LogName.Read, key, pins.Lost?.ReadSeal ?? 0, pins.Lost?.At);
        var index = new IndexOfLooks(database);
        if (await UnreadableAsync<ReadEvent>(read, () => WalkAsync(read, Reads(db), index, cancel), (a, b) => Reads(db, a, b), cancel) is { } broken) return Stopped(broken, write, read);
        await index.CheckAsync(cancel);

        var bad = await NamedAsync<AuditEvent>(db, write, cancel) ?? await StrayAsync(db, cancel) ?? await NamedAsync<ReadEvent>(db, read, cancel) ?? await TwiceAsync(db, cancel)
            ?? (mark.IsSignedWith(key) ? null : new FirstBad("database", mark.Id, "The id of this database is not signed with this key: it was changed, so that the checkpoints of before would be another’s; or the key is another."))
            ?? await PinnedAsync(db, branches, cancel) ?? index.FirstBad ?? index.TooMany(indexed) ?? pins.FirstBad;
        if (bad is null && pins.Count == 0 && (write.Sealed + read.Sealed > 0 || await db.Set<Seal>().AnyAsync(cancel)))
            bad = new FirstBad("checkpoint", 0, $"There is no checkpoint of this database in {checkpoints.Folder}, so nothing shows that the logs do not end too early. Is ANYDOOR_CHECKPOINTS the right folder? If it was emptied, put it back from its copy. If there never was one, any other verb (like “settings show”) writes it, and it holds from then on.");
        var loose = await database.Kind.LooseGuardsAsync(db, cancel);
        if (loose.Count > 0) bad ??= new FirstBad(TriggersOff, 0, $"{loose[0]} What is there is whole, but the database no longer refuses to have it changed. Find out who did that; then run “migrate” as the owner of the tables, which makes every trigger anew, and this again.");
        DateTime? oldest = (write.OldestUnsealed, read.OldestUnsealed) switch { ({ } a, { } b) => a < b ? a : b, var (a, b) => a ?? b };
        var age = oldest is { } at ? Math.Max(0, (long)(clock.GetUtcNow().UtcDateTime - at).TotalSeconds) : 0;
        return new AuditFindings(write.Sealed + read.Sealed, write.Unsealed + read.Unsealed, age, bad, pins.Lost?.At, pins.Count, pins.Oldest, pins.Newest,
            restores.Count == 0 ? null : restores, checkpoints.Databases().Select(d => d.Database).Except(branches.Select(b => b.Database)).ToList() is { Count: > 0 } others ? others : null, loose.Count > 0 ? loose : null);
    }

    /// <summary>The log of a <see cref="FirstBad"/> where no row is bad, and the triggers do not stand.</summary>
    public const string TriggersOff = "triggers";

    /// <summary>Where a table of the logs was taken away whole, there is nothing to walk: it is named, and nothing more is read.</summary>
    /// <remarks>Asked before the key is read too, which needs some of them. Null: all are there, or it is a database that has no tables yet.</remarks>
    public static async Task<AuditFindings?> MissingAsync(Database database, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (!(await db.Database.GetAppliedMigrationsAsync(cancel)).Any()) return null;
        foreach (var (table, of) in new[] { ("audit_event", Name(LogName.Write)), ("audit_content", Name(LogName.Write)), ("erasure", Name(LogName.Write)), ("read_event", Name(LogName.Read)), ("read_subject", Name(LogName.Read)), ("seal", "seals"), ("database_mark", "database") })
            if (!await database.Kind.HasTableAsync(db, table, cancel))
                return Stopped(new FirstBad(of, 0, $"The table {table} is not there: it was taken away, or given another name. Restore the last backup beside this database, and find out who could do that."));
        return null;
    }

    private static AuditFindings Stopped(FirstBad bad, params Chain[] walked) => new(walked.Sum(c => c.Sealed), walked.Sum(c => c.Unsealed), 0, bad);

    /// <summary>
    /// Walks, and where a row cannot be read at all (a value edited into none of its kind) names it: a thousand rows at a time, then one by one. Null: every row was read.
    /// </summary>
    private async Task<FirstBad?> UnreadableAsync<T>(Chain chain, Func<Task> walk, Func<long, long, IAsyncEnumerable<Entry>> between, CancellationToken cancel) where T : class, ILogged
    {
        try
        {
            await walk();
            return null;
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            // Whatever was found before it comes first.
            if (chain.FirstBad is { } earlier) return earlier;
            const int atOnce = 1_000;
            await using var db = database.Open();
            var last = await db.Set<T>().MaxAsync(e => (long?)e.Seq, cancel) ?? 0;
            for (var from = 0L; from <= last; from += atOnce)
            {
                if (await ReadsAsync(between(from, from + atOnce - 1), cancel)) continue;
                for (var seq = from; seq < from + atOnce; seq++)
                    if (!await ReadsAsync(between(seq, seq), cancel)) return new FirstBad(Name(chain.Log), seq, "The event cannot be read: something in it was edited into a value that such an event never has.");
            }
            foreach (var number in await db.Set<Seal>().Where(s => s.Log == chain.Log).OrderBy(s => s.Number).Select(s => s.Number).ToListAsync(cancel))
            {
                try { await db.Set<Seal>().AsNoTracking().SingleAsync(s => s.Log == chain.Log && s.Number == number, cancel); }
                catch (Exception spoilt) when (IsUnreadable(spoilt)) { return new FirstBad(Name(chain.Log), number, $"Seal {number} cannot be read: something in it was edited."); }
            }
            throw;
        }
    }

    private static async Task<bool> ReadsAsync(IAsyncEnumerable<Entry> rows, CancellationToken cancel)
    {
        try
        {
            await foreach (var _ in rows.WithCancellation(cancel)) { }
            return true;
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return false;
        }
    }

    private static bool IsUnreadable(Exception error) => error is FormatException or InvalidCastException or InvalidOperationException or ArgumentException or OverflowException;

    /// <summary>A database whose checkpoints speak of this one's seals, up to where a restore branched off.</summary>
    private sealed record Branch(Guid Database, long WriteTo, long ReadTo)
    {
        public bool Holds(Checkpoint c) => c.WriteSeal <= WriteTo && c.ReadSeal <= ReadTo;
    }

    /// <summary>This database and those that it was restored from, the oldest first. A restored copy has an id of its own, so that neither says anything of what the other did afterwards.</summary>
    private (List<Branch> Branches, List<RestoreTold> Restores) Lineage(Guid database)
    {
        List<Branch> branches = [new(database, long.MaxValue, long.MaxValue)];
        List<RestoreTold> restores = [];
        while (checkpoints.Of(branches[0].Database).FirstOrDefault()?.Checkpoint is { Kind: Checkpoint.Restored, From: { } from } begun && !branches.Exists(b => b.Database == from))
        {
            var known = checkpoints.Of(from).Where(l => l is { Genuine: true, Checkpoint: not null } && l.Checkpoint.At <= begun.At).Select(l => l.Checkpoint!).ToList();
            restores.Add(new RestoreTold(begun.At, from, begun.WriteSeal, begun.ReadSeal, known.Select(c => c.WriteSeal - begun.WriteSeal).Append(0).Max(), known.Select(c => c.ReadSeal - begun.ReadSeal).Append(0).Max()));
            branches.Insert(0, new Branch(from, Math.Min(branches[0].WriteTo, begun.WriteSeal), Math.Min(branches[0].ReadTo, begun.ReadSeal)));
        }
        return (branches, restores);
    }

    private IEnumerable<CheckpointLine> Lines(IEnumerable<Branch> branches) =>
        branches.SelectMany(b => checkpoints.Of(b.Database).TakeWhile(l => l.Checkpoint is null || b.Holds(l.Checkpoint)));

    private async Task WalkAsync(Chain chain, IAsyncEnumerable<Entry> events, IndexOfLooks? index, CancellationToken cancel)
    {
        // The seals are fixed before the events are read: whatever they cover is final and will be seen.
        await using var db = database.Open();
        var last = await db.Set<Seal>().Where(s => s.Log == chain.Log).MaxAsync(s => (long?)s.Number, cancel) ?? 0;
        await using var seals = db.Set<Seal>().AsNoTracking().Where(s => s.Log == chain.Log && s.Number <= last).OrderBy(s => s.Number).AsAsyncEnumerable().GetAsyncEnumerator(cancel);

        var seal = await seals.MoveNextAsync() ? seals.Current : null;
        if (seal is not null) chain.Open(seal);
        await foreach (var entry in events.WithCancellation(cancel))
        {
            while (seal is not null && After(entry.Event, seal))
            {
                chain.Close(seal, entry.Event);
                seal = await seals.MoveNextAsync() ? seals.Current : null;
                if (seal is not null) chain.Open(seal);
            }
            chain.CheckOwn(entry);
            if (seal is null) chain.CountUnsealed(entry.Event);
            else
            {
                chain.Count(entry.Event, seal);
                if (index is not null) await index.AddAsync((ReadEvent)entry.Event, cancel);
            }
        }
        while (seal is not null)
        {
            chain.Close(seal, null);
            seal = await seals.MoveNextAsync() ? seals.Current : null;
            if (seal is not null) chain.Open(seal);
        }
    }

    private static bool After(ILogged e, Seal seal) => e.Epoch > seal.Epoch || (e.Epoch == seal.Epoch && e.Position >= seal.ToPosition);

    private sealed record Entry(ILogged Event, AuditContent? Content, Erasure? Erasure);

    private static async IAsyncEnumerable<Entry> Writes(AnyDoorDb db, long first = 0, long to = long.MaxValue)
    {
        var rows = from e in db.Set<AuditEvent>()
                   where e.Seq >= first && e.Seq <= to
                   join c in db.Set<AuditContent>() on e.Id equals c.EventId into contents
                   from content in contents.DefaultIfEmpty()
                   join x in db.Set<Erasure>() on e.Id equals x.EventId into erasures
                   from erasure in erasures.DefaultIfEmpty()
                   orderby e.Epoch, e.Position, e.Seq
                   select new { Event = e, Content = content, Erasure = erasure };
        await foreach (var row in rows.AsNoTracking().AsAsyncEnumerable()) yield return new Entry(row.Event, row.Content, row.Erasure);
    }

    private static async IAsyncEnumerable<Entry> Reads(AnyDoorDb db, long from = 0, long to = long.MaxValue)
    {
        await foreach (var e in db.Set<ReadEvent>().AsNoTracking().Where(e => e.Seq >= from && e.Seq <= to).OrderBy(e => e.Epoch).ThenBy(e => e.Position).ThenBy(e => e.Seq).AsAsyncEnumerable()) yield return new Entry(e, null, null);
    }

    /// <summary>Content that belongs to no event: an event that was taken away, or content that was put in.</summary>
    private static async Task<FirstBad?> StrayAsync(AnyDoorDb db, CancellationToken cancel)
    {
        var stray = await db.Set<AuditContent>().Where(c => !db.Set<AuditEvent>().Any(e => e.Id == c.EventId)).Select(c => (Guid?)c.EventId).FirstOrDefaultAsync(cancel);
        if (stray is { } id) return new FirstBad("write", 0, $"There is content for event {id}, and no such event: it was deleted, or the content was put in.");
        var erased = await db.Set<Erasure>().Where(x => !db.Set<AuditEvent>().Any(e => e.Id == x.EventId)).Select(x => (Guid?)x.EventId).FirstOrDefaultAsync(cancel);
        return erased is { } gone ? new FirstBad("write", 0, $"An erasure is recorded for event {gone}, and there is no such event: it was deleted, or the record was put in.") : null;
    }

    // The unique index on ids makes this impossible, until somebody drops it to copy an event with its signature.
    private static async Task<FirstBad?> TwiceAsync(AnyDoorDb db, CancellationToken cancel)
    {
        var write = await db.Set<AuditEvent>().GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => (long?)g.Max(e => e.Seq)).FirstOrDefaultAsync(cancel);
        var read = await db.Set<ReadEvent>().GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => (long?)g.Max(e => e.Seq)).FirstOrDefaultAsync(cancel);
        return write is { } w ? new FirstBad("write", w, "The event is there twice: it was copied.") : read is { } r ? new FirstBad("read", r, "The event is there twice: it was copied.") : null;
    }

    /// <summary>Each seal that a checkpoint saw against the one that is there now, some hundreds of lines at a time.</summary>
    private async Task<FirstBad?> PinnedAsync(AnyDoorDb db, List<Branch> branches, CancellationToken cancel)
    {
        foreach (var some in Lines(branches).Chunk(500))
        {
            var seen = some.Where(s => s is { Genuine: true, Checkpoint: not null }).Select(s => s.Checkpoint!).ToList();
            foreach (var log in new[] { LogName.Write, LogName.Read })
            {
                var asked = seen.Select(s => (s.At, Seal: log == LogName.Write ? s.WriteSeal : s.ReadSeal, Hash: log == LogName.Write ? s.WriteHash : s.ReadHash)).Where(s => s.Seal > 0).ToList();
                var numbers = asked.Select(s => s.Seal).Distinct().ToArray();
                var there = await db.Set<Seal>().Where(s => s.Log == log && numbers.Contains(s.Number)).Select(s => new { s.Number, s.Hash }).ToDictionaryAsync(s => s.Number, s => s.Hash, cancel);
                foreach (var (at, number, hash) in asked)
                {
                    if (!there.TryGetValue(number, out var now))
                    {
                        var ends = await db.Set<Seal>().Where(s => s.Log == log).MaxAsync(s => (long?)s.Number, cancel) ?? 0;
                        return new FirstBad(Name(log), number, $"The checkpoint of {Time(at)} saw seal {number} and the log ends at seal {ends}: its end was cut off, or an older copy of the database was put in its place.");
                    }
                    if (!Convert.ToHexString(now).Equals(hash, StringComparison.OrdinalIgnoreCase))
                        return new FirstBad(Name(log), number, $"Seal {number} is not the one that the checkpoint of {Time(at)} saw: the log was written anew, or an older copy of the database was put in its place.");
                }
            }
        }
        return null;
    }

    /// <summary>What a chain found first. Where events are missing from a seal, with their own numbers, when those that are left tell them.</summary>
    private static async Task<FirstBad?> NamedAsync<T>(AnyDoorDb db, Chain chain, CancellationToken cancel) where T : class, ILogged
    {
        if (chain is not { FirstBad: { } bad, Gap: { } gap } || gap.Before - gap.After > MostNumbers) return chain.FirstBad;
        var there = await db.Set<T>().Where(e => e.Seq > gap.After && e.Seq < gap.Before).Select(e => e.Seq).ToHashSetAsync(cancel);
        List<long> missing = [];
        for (var seq = gap.After + 1; seq < gap.Before; seq++) if (!there.Contains(seq)) missing.Add(seq);
        if (missing.Count < gap.Count || missing.Count > gap.Count + 4) return bad;
        var shown = string.Join(", ", missing.Take(10)) + (missing.Count > 10 ? $" and {missing.Count - 10:N0} more" : "");
        // PostgreSQL gives out numbers that are never used: then those that are missing are among these.
        return missing.Count == gap.Count
            ? bad with { Row = missing[0], Why = $"{bad.Why.TrimEnd('.')}: number{(missing.Count == 1 ? "" : "s")} {shown}." }
            : bad with { Why = $"{bad.Why.TrimEnd('.')}: {(gap.Count == 1 ? "it is one" : $"{gap.Count:N0}")} of the numbers {shown}." };
    }

    private const int MostNumbers = 100_000;

    private static string Name(LogName log) => log == LogName.Write ? "write" : "read";

    private static string Time(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What one reading of the checkpoints tells: a key that was lost, a line that is not as it was written.</summary>
    private sealed class Pins
    {
        public int Count { get; private set; }
        public DateTime? Oldest { get; private set; }
        public DateTime? Newest { get; private set; }
        public Checkpoint? Lost { get; private set; }
        public FirstBad? FirstBad { get; private set; }

        public static Pins Read(IEnumerable<CheckpointLine> lines)
        {
            var pins = new Pins();
            var notGenuine = new List<Checkpoint>();
            foreach (var line in lines)
            {
                if (line.Checkpoint is not { } checkpoint) pins.Bad(line, "cannot be read: it was edited or cut.");
                else if (!line.Follows) pins.Bad(line, "does not follow the one before it: one was taken out or put in.");
                else if (!line.Genuine) notGenuine.Add(checkpoint);
                else
                {
                    pins.Count++;
                    pins.Oldest ??= checkpoint.At;
                    pins.Newest = checkpoint.At;
                    if (checkpoint.Kind == Checkpoint.KeyLost) pins.Lost = checkpoint;
                }
            }
            // Signed with the key that was lost: it cannot be read, and the new one has said what stood then.
            if (notGenuine.Find(c => pins.Lost is null || c.At > pins.Lost.At) is { } forged)
                pins.FirstBad ??= new FirstBad("checkpoint", 0, $"The checkpoint of {Time(forged.At)} is not signed with this key: it was edited, or the key is another.");
            return pins;
        }

        private void Bad(CheckpointLine line, string why) => FirstBad ??= new FirstBad("checkpoint", line.Number, $"Line {line.Number} of {line.File} {why}");
    }

    /// <summary>The index of who was looked at against the looks themselves: a resident's list of who looked is read from it.</summary>
    private sealed class IndexOfLooks(Database database)
    {
        private const int PairsAtOnce = 5000;
        private readonly List<(Guid Subject, Guid Look, long Seq)> pairs = [];
        private long all;

        public FirstBad? FirstBad { get; private set; }

        public async Task AddAsync(ReadEvent look, CancellationToken cancel)
        {
            foreach (var subject in ReadLog.Unpack(look.Subjects)) pairs.Add((subject, look.Id, look.Seq));
            if (pairs.Count >= PairsAtOnce) await CheckAsync(cancel);
        }

        public async Task CheckAsync(CancellationToken cancel)
        {
            all += pairs.Count;
            if (pairs.Count > 0 && FirstBad is null)
            {
                await using var db = database.Open();
                var (subjects, looks) = (pairs.Select(p => p.Subject).Distinct().ToArray(), pairs.Select(p => p.Look).Distinct().ToArray());
                var there = (await db.Set<ReadSubject>().Where(s => subjects.Contains(s.SubjectId) && looks.Contains(s.ReadEventId)).Select(s => new { s.SubjectId, s.ReadEventId }).ToListAsync(cancel)).ConvertAll(s => (s.SubjectId, s.ReadEventId)).ToHashSet();
                if (pairs.Find(p => !there.Contains((p.Subject, p.Look))) is { Seq: > 0 } lacks)
                    FirstBad = new FirstBad("read", lacks.Seq, "The index of who was looked at lacks this look: rows of it were deleted. The look itself is there. “audit rebuild-index” makes the index anew from the log.");
            }
            pairs.Clear();
        }

        public FirstBad? TooMany(long rows) =>
            rows > all ? new FirstBad("read", 0, $"The index of who was looked at has {rows - all:N0} rows that no look made: they were put in. “audit rebuild-index” makes the index anew from the log.") : null;
    }

    /// <summary>So many events are missing, and their numbers are between these two.</summary>
    private sealed record Missing(long After, long Before, int Count);

    /// <summary>The state of one walk: the seal that is being counted, and what was found first.</summary>
    private sealed class Chain(LogName log, LogKey key, long lostUpTo, DateTime? lostAt) : IDisposable
    {
        /// <summary>The key of the seal before: what comes after it is signed with that one or a later one.</summary>
        private int floor;
        private int sealedWith;
        /// <summary>Sealed before the key was lost: held together by its hashes, which the checkpoint of that day pins.</summary>
        private bool unproved;
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private Seal? previous;
        private int count;
        /// <summary>The highest number of an event so far, and the one before this seal began.</summary>
        private (long Now, long Before) highest;

        public LogName Log => log;
        public long Sealed { get; private set; }
        public long Unsealed { get; private set; }
        public DateTime? OldestUnsealed { get; private set; }
        public FirstBad? FirstBad { get; private set; }
        /// <summary>Told when the first that is bad is a seal that covers more than is there.</summary>
        public Missing? Gap { get; private set; }

        public void Open(Seal seal)
        {
            count = 0;
            highest.Before = highest.Now;
            hash.GetHashAndReset();
            hash.AppendData(seal.PreviousHash);
            var number = (previous?.Number ?? 0) + 1;
            unproved = seal.Number <= lostUpTo;
            sealedWith = unproved ? floor : key.GenerationOf(CanonicalForm.Of(seal), seal.Mac) ?? -1;
            if (seal.Number != number) Bad(number, $"Seal {number} is missing: it was deleted.");
            else if (sealedWith < 0) Bad(seal.Number, $"Seal {seal.Number} is not signed with this key: it was edited, or the key is another.");
            else if (sealedWith < floor) Bad(seal.Number, $"Seal {seal.Number} is signed with a key that was changed before it: it was put in.");
            else if (!seal.PreviousHash.AsSpan().SequenceEqual(previous?.Hash ?? [])) Bad(seal.Number, $"Seal {seal.Number} does not follow the seal before it.");
            else if (seal.FromPosition != (seal.Epoch == previous?.Epoch ? previous.ToPosition : 0)) Bad(seal.Number, $"Seal {seal.Number} does not begin where the one before it ends.");
        }

        public void Count(ILogged e, Seal seal)
        {
            count++;
            highest.Now = Math.Max(highest.Now, e.Seq);
            if (e.Epoch != seal.Epoch || e.Position < seal.FromPosition) Bad(e.Seq, "The event stands where no seal covers it: it was put in later.");
            else hash.AppendData(CanonicalForm.InSeal(e));
            Sealed++;
        }

        /// <param name="next">The first event behind it.</param>
        public void Close(Seal seal, ILogged? next)
        {
            var same = hash.GetHashAndReset().AsSpan().SequenceEqual(seal.Hash);
            if (count < seal.Count && FirstBad is null) Gap = new Missing(highest.Before, next?.Seq ?? Math.Max(highest.Now, highest.Before + seal.Count) + 1, seal.Count - count);
            if (count < seal.Count) Bad(seal.Number, $"Seal {seal.Number} covers {seal.Count} events and {count} are there: {(seal.Count - count == 1 ? "one was" : "some were")} deleted.");
            else if (count > seal.Count) Bad(seal.Number, $"Seal {seal.Number} covers {seal.Count} events and {count} are there: {(count - seal.Count == 1 ? "one was" : "some were")} put in later.");
            else if (!same) Bad(seal.Number, $"What seal {seal.Number} covers is not what was sealed: an event was edited, moved or replaced.");
            previous = seal;
            floor = Math.Max(floor, sealedWith);
            unproved = false;
        }

        public void CountUnsealed(ILogged e)
        {
            Unsealed++;
            if (OldestUnsealed is null || e.At < OldestUnsealed) OldestUnsealed = e.At;
        }

        /// <summary>The event's own signature, and its content against what the event committed to.</summary>
        public void CheckOwn(Entry entry)
        {
            if (!unproved)
            {
                var signedWith = key.GenerationOf(CanonicalForm.Of(entry.Event), entry.Event.Mac);
                if (signedWith is null || signedWith < floor)
                {
                    Bad(entry.Event.Seq, signedWith is null ? "The event is not signed with this key: it was edited, put in, or the key is another." : "The event is signed with a key that was changed before it: it was put in.");
                    return;
                }
            }
            if (entry.Event is not AuditEvent write) return;
            var (content, erasure) = (entry.Content, entry.Erasure);
            if (erasure is not null && !(unproved && erasure.At <= lostAt) && !key.Matches(CanonicalForm.Of(erasure), erasure.Mac)) Bad(write.Seq, "The record of its content's erasure is not signed with this key: it was forged or edited.");
            else if (write.Commitment.Length == 0 && content is not null) Bad(write.Seq, "The event has content that it was not written with: it was put in later.");
            else if (write.Commitment.Length > 0 && content is null && erasure is null) Bad(write.Seq, "The event's content is missing, and no erasure was recorded: it was deleted.");
            else if (content is not null && erasure is not null) Bad(write.Seq, "The event's content was recorded as erased, and is still there.");
            else if (content is not null && !Command.Commit(content.Salt, content.Body).AsSpan().SequenceEqual(write.Commitment)) Bad(write.Seq, "The event's content is not what was written: it was edited.");
        }

        public void Dispose() => hash.Dispose();

        private void Bad(long row, string why) => FirstBad ??= new FirstBad(Name(log), row, why);
    }
}
