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
public sealed record AuditFindings(long Sealed, long Unsealed, long OldestUnsealedS, FirstBad? FirstBad, DateTime? KeyLostAt = null);

/// <summary>Reads both logs from end to end and finds what is not as it was written. Changes nothing; holds one seal's state in memory, not a table.</summary>
public sealed class AuditVerifier(Database database, LogKey key, Checkpoints checkpoints, TimeProvider clock)
{
    public async Task<AuditFindings> VerifyAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var mark = await db.Set<DatabaseMark>().SingleAsync(cancel);
        var expected = Expected(mark.DatabaseId, out var forged, out var lost);
        var write = new Chain(LogName.Write, key, expected.Write, lost?.WriteSeal ?? 0, lost?.At);
        await WalkAsync(write, Writes(db), cancel);
        var read = new Chain(LogName.Read, key, expected.Read, lost?.ReadSeal ?? 0, lost?.At);
        await WalkAsync(read, Reads(db), cancel);

        var bad = write.FirstBad ?? await StrayAsync(db, cancel) ?? read.FirstBad ?? await TwiceAsync(db, cancel) ?? forged;
        DateTime? oldest = (write.OldestUnsealed, read.OldestUnsealed) switch { ({ } a, { } b) => a < b ? a : b, var (a, b) => a ?? b };
        var age = oldest is { } at ? Math.Max(0, (long)(clock.GetUtcNow().UtcDateTime - at).TotalSeconds) : 0;
        return new AuditFindings(write.Sealed + read.Sealed, write.Unsealed + read.Unsealed, age, bad, lost?.At);
    }

    private async Task WalkAsync(Chain chain, IAsyncEnumerable<Entry> events, CancellationToken cancel)
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
                chain.Close(seal);
                seal = await seals.MoveNextAsync() ? seals.Current : null;
                if (seal is not null) chain.Open(seal);
            }
            chain.CheckOwn(entry);
            if (seal is null) chain.CountUnsealed(entry.Event);
            else chain.Count(entry.Event, seal);
        }
        while (seal is not null)
        {
            chain.Close(seal);
            seal = await seals.MoveNextAsync() ? seals.Current : null;
            if (seal is not null) chain.Open(seal);
        }
        chain.End();
    }

    private static bool After(ILogged e, Seal seal) => e.Epoch > seal.Epoch || (e.Epoch == seal.Epoch && e.Position >= seal.ToPosition);

    private sealed record Entry(ILogged Event, AuditContent? Content, Erasure? Erasure);

    private static async IAsyncEnumerable<Entry> Writes(AnyDoorDb db)
    {
        var rows = from e in db.Set<AuditEvent>()
                   join c in db.Set<AuditContent>() on e.Id equals c.EventId into contents
                   from content in contents.DefaultIfEmpty()
                   join x in db.Set<Erasure>() on e.Id equals x.EventId into erasures
                   from erasure in erasures.DefaultIfEmpty()
                   orderby e.Epoch, e.Position, e.Seq
                   select new { Event = e, Content = content, Erasure = erasure };
        await foreach (var row in rows.AsNoTracking().AsAsyncEnumerable()) yield return new Entry(row.Event, row.Content, row.Erasure);
    }

    private static async IAsyncEnumerable<Entry> Reads(AnyDoorDb db)
    {
        await foreach (var e in db.Set<ReadEvent>().AsNoTracking().OrderBy(e => e.Epoch).ThenBy(e => e.Position).ThenBy(e => e.Seq).AsAsyncEnumerable()) yield return new Entry(e, null, null);
    }

    /// <summary>Content that belongs to no event: an event that was taken away, or content that was put in.</summary>
    private static async Task<FirstBad?> StrayAsync(AnyDoorDb db, CancellationToken cancel)
    {
        var stray = await db.Set<AuditContent>().Where(c => !db.Set<AuditEvent>().Any(e => e.Id == c.EventId)).Select(c => (Guid?)c.EventId).FirstOrDefaultAsync(cancel);
        return stray is { } id ? new FirstBad("write", 0, $"There is content for event {id}, and no such event: it was deleted, or the content was put in.") : null;
    }

    // The unique index on ids makes this impossible, until somebody drops it to copy an event with its signature.
    private static async Task<FirstBad?> TwiceAsync(AnyDoorDb db, CancellationToken cancel)
    {
        var write = await db.Set<AuditEvent>().GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => (long?)g.Max(e => e.Seq)).FirstOrDefaultAsync(cancel);
        var read = await db.Set<ReadEvent>().GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => (long?)g.Max(e => e.Seq)).FirstOrDefaultAsync(cancel);
        return write is { } w ? new FirstBad("write", w, "The event is there twice: it was copied.") : read is { } r ? new FirstBad("read", r, "The event is there twice: it was copied.") : null;
    }

    /// <summary>What the checkpoints say each seal was. A recorded restore takes back what came after it.</summary>
    private (Dictionary<long, Expectation> Write, Dictionary<long, Expectation> Read) Expected(Guid database, out FirstBad? forged, out Checkpoint? lost)
    {
        forged = null;
        var (write, read) = (new Dictionary<long, Expectation>(), new Dictionary<long, Expectation>());
        var all = checkpoints.Of(database).ToList();
        lost = all.LastOrDefault(c => c.Genuine && c.Checkpoint.Kind == Checkpoint.KeyLost).Checkpoint;
        foreach (var (checkpoint, genuine) in all)
        {
            // Signed with the key that was lost: it cannot be read, and the new one has said what stood then.
            if (!genuine && lost is not null && checkpoint.At <= lost.At) continue;
            if (!genuine)
            {
                forged ??= new FirstBad("checkpoint", 0, $"The checkpoint of {Time(checkpoint.At)} is not signed with this key: it was edited, or the key is another.");
                continue;
            }
            if (checkpoint.Kind == Checkpoint.Restored)
            {
                foreach (var later in write.Keys.Where(n => n > checkpoint.WriteSeal).ToList()) write.Remove(later);
                foreach (var later in read.Keys.Where(n => n > checkpoint.ReadSeal).ToList()) read.Remove(later);
            }
            Expect(write, checkpoint.WriteSeal, checkpoint.WriteHash, checkpoint.At);
            Expect(read, checkpoint.ReadSeal, checkpoint.ReadHash, checkpoint.At);
        }
        return (write, read);
    }

    private static void Expect(Dictionary<long, Expectation> expected, long seal, string hash, DateTime at)
    {
        if (seal > 0) expected.TryAdd(seal, new Expectation(Convert.FromHexString(hash), at));
    }

    private static string Time(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Expectation(byte[] Hash, DateTime At);

    /// <summary>The state of one walk: the seal that is being counted, and what was found first.</summary>
    private sealed class Chain(LogName log, LogKey key, Dictionary<long, Expectation> expected, long lostUpTo, DateTime? lostAt)
    {
        /// <summary>The key of the seal before: what comes after it is signed with that one or a later one.</summary>
        private int floor;
        private int sealedWith;
        /// <summary>Sealed before the key was lost: held together by its hashes, which the checkpoint of that day pins.</summary>
        private bool unproved;
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly string name = log == LogName.Write ? "write" : "read";
        private Seal? previous;
        private int count;

        public LogName Log => log;
        public long Sealed { get; private set; }
        public long Unsealed { get; private set; }
        public DateTime? OldestUnsealed { get; private set; }
        public FirstBad? FirstBad { get; private set; }

        public void Open(Seal seal)
        {
            count = 0;
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
            else if (expected.TryGetValue(seal.Number, out var said) && !said.Hash.AsSpan().SequenceEqual(seal.Hash))
                Bad(seal.Number, $"Seal {seal.Number} is not the one that the checkpoint of {Time(said.At)} saw: the log was written anew, or an older copy of the database was put in its place.");
        }

        public void Count(ILogged e, Seal seal)
        {
            count++;
            if (e.Epoch != seal.Epoch || e.Position < seal.FromPosition) Bad(e.Seq, "The event stands where no seal covers it: it was put in later.");
            else hash.AppendData(CanonicalForm.InSeal(e));
            Sealed++;
        }

        public void Close(Seal seal)
        {
            var same = hash.GetHashAndReset().AsSpan().SequenceEqual(seal.Hash);
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

        public void End()
        {
            var ends = previous?.Number ?? 0;
            if (expected.Count > 0 && expected.Keys.Max() is var must && must > ends)
                Bad(must, $"The checkpoint of {Time(expected[must].At)} saw seal {must} and the log ends at seal {ends}: its end was cut off, or an older copy of the database was put in its place.");
            hash.Dispose();
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

        private void Bad(long row, string why) => FirstBad ??= new FirstBad(name, row, why);
    }
}
