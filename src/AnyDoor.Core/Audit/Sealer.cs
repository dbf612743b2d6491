using System.Security.Cryptography;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Audit;

/// <summary>
/// Seals what is final: one sealer at a time in the whole partnership, one chain for writes and one for reads.
/// Servers seal within a second, command-line verbs before they exit.
/// </summary>
public sealed class Sealer(Database database, LogKey key, Checkpoints checkpoints, TimeProvider clock)
{
    internal const string LeaseName = "sealer";
    private const int EventsInOneSeal = 5000;
    private const int SubjectsInOneSeal = 20000;
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(5);
    private const string Server = "server:";
    private static readonly TimeSpan HereFor = TimeSpan.FromMinutes(1), SayAgain = TimeSpan.FromSeconds(20);

    private readonly string me = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    private long? fence;
    private DateTime leasedUntil;
    private (long Write, long Read) checkpointed = (-1, -1);
    private DateTime sayAgainAt;
    private bool afterLoss;

    /// <summary>Seals every event that is final now. Null while another process holds the lease; otherwise how many events were sealed.</summary>
    public async Task<int?> SealAsync(CancellationToken cancel)
    {
        if (!await AnythingToSealAsync(cancel)) return 0;
        if (!await LeasedAsync(cancel)) return null;
        return await SealLogAsync<AuditEvent>(LogName.Write, cancel) + await SealLogAsync<ReadEvent>(LogName.Read, cancel);
    }

    /// <summary>
    /// Before a verb exits: waits until what is committed now is sealed (by this process, or by the one that holds the lease), and writes a checkpoint.
    /// Gives up after a few seconds: an intact unsealed tail is sealed by whoever comes next.
    /// </summary>
    public async Task SealNowAsync(CancellationToken cancel, TimeSpan? patience = null)
    {
        var until = clock.GetTimestamp() + (long)((patience ?? TimeSpan.FromSeconds(6)).TotalSeconds * clock.TimestampFrequency);
        while (true)
        {
            await SealAsync(cancel);
            if (!await AnythingToSealAsync(cancel) || clock.GetTimestamp() > until) break;
            await Task.Delay(50, cancel);
        }
        await CheckpointAsync(cancel);
        if (fence is not null) await Leases.GiveBackAsync(database, LeaseName, me, cancel);
        (fence, leasedUntil) = (null, default);
    }

    /// <summary>Writes a checkpoint if the chains have grown since the last one this process wrote.</summary>
    /// <exception cref="InvalidOperationException">The last seal's signature is wrong: a checkpoint must not make it look right.</exception>
    public async Task CheckpointAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var mark = await db.Set<DatabaseMark>().SingleAsync(cancel);
        var (write, read) = (await LastAsync(db, LogName.Write, cancel), await LastAsync(db, LogName.Read, cancel));
        var now = (write?.Number ?? 0, read?.Number ?? 0);
        if (now == checkpointed || now == (0, 0)) return;
        if (!afterLoss) RequireOwn(mark);
        foreach (var seal in new[] { write, read })
            if (seal is not null && !afterLoss && !key.Matches(CanonicalForm.Of(seal), seal.Mac))
                throw new InvalidOperationException($"Seal {seal.Number} of the {seal.Log} log is not signed with this key. Run “audit verify”.");
        checkpoints.Append(new Checkpoint(mark.DatabaseId, Checkpoint.Sealed, clock.GetUtcNow().UtcDateTime, mark.Epoch,
            now.Item1, Hex(write), now.Item2, Hex(read), ""));
        checkpointed = now;
    }

    /// <summary>
    /// The key is lost for good: seals what was not sealed yet with the new one, and writes a checkpoint that says up to where nothing can be proved by signature.
    /// What stands there now is pinned by its hash: it can be changed no more without being found.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another process seals: stop the servers first.</exception>
    public async Task<(long Write, long Read)> SealAfterLossAsync(CancellationToken cancel)
    {
        afterLoss = true;
        try
        {
            if (!await LeasedAsync(cancel)) throw new InvalidOperationException("Another process of AnyDoor is at work on this database. Stop the servers, and do this again.");
            for (var tries = 0; await AnythingToSealAsync(cancel); tries++)
            {
                if (tries > 100) throw new InvalidOperationException("The end of the log could not be sealed, because something is still at work on this database. Stop it, and do this again.");
                await SealAsync(cancel);
                await Task.Delay(50, cancel);
            }
            await using var db = database.Open();
            var mark = await db.Set<DatabaseMark>().SingleAsync(cancel);
            var (write, read) = (await LastAsync(db, LogName.Write, cancel), await LastAsync(db, LogName.Read, cancel));
            checkpoints.Append(new Checkpoint(mark.DatabaseId, Checkpoint.KeyLost, clock.GetUtcNow().UtcDateTime, mark.Epoch, write?.Number ?? 0, Hex(write), read?.Number ?? 0, Hex(read), ""));
            return (write?.Number ?? 0, read?.Number ?? 0);
        }
        finally
        {
            afterLoss = false;
        }
    }

    /// <summary>Whether a server is here, be it idle, or another verb seals just now.</summary>
    public async Task<bool> OthersAtWorkAsync(CancellationToken cancel) =>
        await Leases.AnyAsync(database, Server, clock.GetUtcNow().UtcDateTime, cancel) || !await LeasedAsync(cancel);

    /// <summary>A server says that it is here. It goes on signing with the key that it read, so nobody changes the key until it has gone, or for a minute after it was killed.</summary>
    public async Task HereAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (now < sayAgainAt) return;
        await Leases.TakeAsync(database, Server + me, me, now, HereFor, cancel);
        sayAgainAt = now + SayAgain;
    }

    public Task GoneAsync(CancellationToken cancel) => Leases.ForgetAsync(database, Server, Server + me, clock.GetUtcNow().UtcDateTime.AddDays(-1), cancel);

    internal static string Hex(Seal? seal) => seal is null ? "" : Convert.ToHexString(seal.Hash);

    private static Task<Seal?> LastAsync(AnyDoorDb db, LogName log, CancellationToken cancel) =>
        db.Set<Seal>().Where(s => s.Log == log).OrderByDescending(s => s.Number).FirstOrDefaultAsync(cancel);

    private async Task<bool> AnythingToSealAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        return await UnsealedAsync<AuditEvent>(db, LogName.Write, cancel) || await UnsealedAsync<ReadEvent>(db, LogName.Read, cancel);
    }

    private static async Task<bool> UnsealedAsync<T>(AnyDoorDb db, LogName log, CancellationToken cancel) where T : class, ILogged
    {
        var last = await LastAsync(db, log, cancel);
        var (epoch, from) = (last?.Epoch ?? 0, last?.ToPosition ?? 0);
        // The last one there is, by index: asking for any later epoch reads the whole log where there is none.
        var end = await db.Set<T>().OrderByDescending(e => e.Epoch).ThenByDescending(e => e.Position).Select(e => new { e.Epoch, e.Position }).FirstOrDefaultAsync(cancel);
        return end is not null && (end.Epoch > epoch || (end.Epoch == epoch && end.Position >= from));
    }

    private async Task<bool> LeasedAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (fence is not null && now < leasedUntil - LeaseLength / 2) return true;
        fence = await Leases.TakeAsync(database, LeaseName, me, now, LeaseLength, cancel);
        leasedUntil = now + LeaseLength;
        return fence is not null;
    }

    private async Task<int> SealLogAsync<T>(LogName log, CancellationToken cancel) where T : class, ILogged
    {
        var total = 0;
        while (await NextAsync<T>(log, cancel) is { } next && await WriteAsync(next, cancel)) total += next.Seal.Count;
        return total;
    }

    private sealed record Next(Seal Seal, List<ReadSubject> Subjects);

    /// <exception cref="InvalidOperationException">The database was given another id: under it the checkpoints would begin anew and say nothing of what was cut off before.</exception>
    private void RequireOwn(DatabaseMark mark)
    {
        if (!mark.IsSignedWith(key)) throw new InvalidOperationException("The id of this database is not signed with this key: somebody changed it. Run “audit verify”.");
    }

    /// <summary>The next seal of a log: from where the last one ended to what is final, a few thousand events at a time.</summary>
    private async Task<Next?> NextAsync<T>(LogName log, CancellationToken cancel) where T : class, ILogged
    {
        await using var db = database.Open();
        var mark = await db.Set<DatabaseMark>().SingleAsync(cancel);
        if (!afterLoss) RequireOwn(mark);
        var current = mark.Epoch;
        var last = await LastAsync(db, log, cancel);
        if (last is not null && !afterLoss && !key.Matches(CanonicalForm.Of(last), last.Mac))
            throw new InvalidOperationException($"Seal {last.Number} of the {log} log is not signed with this key. Run “audit verify”.");

        // Events of an earlier epoch are final: the database they were written in is gone.
        for (var epoch = last?.Epoch ?? 1; epoch <= current; epoch++)
        {
            var from = epoch == last?.Epoch ? last.ToPosition : 0;
            var horizon = epoch < current ? long.MaxValue : await database.Kind.SealHorizonAsync(db, log == LogName.Write ? "audit_event" : "read_event", cancel);
            if (await CollectAsync<T>(db, log, last, epoch, from, horizon, cancel) is { } next) return next;
        }
        return null;
    }

    private async Task<Next?> CollectAsync<T>(AnyDoorDb db, LogName log, Seal? last, int epoch, long from, long horizon, CancellationToken cancel) where T : class, ILogged
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var previous = last?.Hash ?? [];
        hash.AppendData(previous);
        var count = 0;
        var position = from;
        var subjects = new List<ReadSubject>();
        var to = horizon;
        await foreach (var e in db.Set<T>().AsNoTracking().Where(e => e.Epoch == epoch && e.Position >= from && e.Position < horizon)
            .OrderBy(e => e.Epoch).ThenBy(e => e.Position).ThenBy(e => e.Seq).AsAsyncEnumerable().WithCancellation(cancel))
        {
            // A seal ends between positions, never inside one.
            if (e.Position != position && (count >= EventsInOneSeal || subjects.Count >= SubjectsInOneSeal)) { to = e.Position; break; }
            position = e.Position;
            count++;
            hash.AppendData(CanonicalForm.InSeal(e));
            if (e is ReadEvent look) subjects.AddRange(ReadLog.Unpack(look.Subjects).Select(s => new ReadSubject { SubjectId = s, ReadEventId = look.Id }));
        }
        if (count == 0) return null;
        if (to == long.MaxValue) to = position + 1;
        var at = clock.GetUtcNow().UtcDateTime;
        Seal With(byte[] digest, byte[] mac) => new()
        {
            Log = log, Number = (last?.Number ?? 0) + 1, Epoch = epoch, FromPosition = from, ToPosition = to, Count = count,
            At = new DateTime(at.Ticks / 10 * 10, DateTimeKind.Utc), Hash = digest, PreviousHash = previous, Mac = mac,
        };
        var digest = hash.GetHashAndReset();
        return new Next(With(digest, key.Sign(CanonicalForm.Of(With(digest, [])))), subjects);
    }

    private async Task<bool> WriteAsync(Next next, CancellationToken cancel)
    {
        using var turn = await database.Kind.WriterTurnAsync(cancel);
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var until = clock.GetUtcNow().UtcDateTime + LeaseLength;
        if (!await Leases.HoldsAsync(db, LeaseName, me, fence ?? 0, until, cancel))
        {
            (fence, leasedUntil) = (null, default);
            return false;
        }
        db.Add(next.Seal);
        await db.SaveChangesAsync(cancel);
        await database.Kind.InsertManyAsync(db, next.Subjects, cancel);
        await transaction.CommitAsync(cancel);
        leasedUntil = until;
        return true;
    }

    /// <summary>Makes the index of who was looked at anew from the sealed read events. No seal is written meanwhile.</summary>
    /// <returns>How many rows it has.</returns>
    /// <exception cref="InvalidOperationException">Another process seals: stop the servers first.</exception>
    public async Task<int> RebuildReadIndexAsync(CancellationToken cancel)
    {
        if (!await LeasedAsync(cancel)) throw new InvalidOperationException("Another process of AnyDoor is at work on this database. Stop the servers, and do this again.");
        using var turn = await database.Kind.WriterTurnAsync(cancel);
        await using var db = database.Open();
        await using var reading = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Holds the lease's row until the commit, however long it takes.
        if (!await Leases.HoldsAsync(db, LeaseName, me, fence ?? 0, clock.GetUtcNow().UtcDateTime + LeaseLength, cancel)) throw new InvalidOperationException("Another process of AnyDoor began to work on this database. Nothing was changed; do this again.");
        var rows = 0;
        await db.Set<ReadSubject>().ExecuteDeleteAsync(cancel);
        var last = await LastAsync(db, LogName.Read, cancel);
        if (last is not null)
        {
            var batch = new List<ReadSubject>();
            var looks = reading.Set<ReadEvent>().AsNoTracking().Where(e => e.Epoch < last.Epoch || (e.Epoch == last.Epoch && e.Position < last.ToPosition));
            await foreach (var look in looks.Select(e => new { e.Id, e.Subjects }).AsAsyncEnumerable().WithCancellation(cancel))
            {
                batch.AddRange(ReadLog.Unpack(look.Subjects).Select(s => new ReadSubject { SubjectId = s, ReadEventId = look.Id }));
                if (batch.Count < SubjectsInOneSeal) continue;
                await database.Kind.InsertManyAsync(db, batch, cancel);
                rows += batch.Count;
                batch.Clear();
            }
            await database.Kind.InsertManyAsync(db, batch, cancel);
            rows += batch.Count;
        }
        await transaction.CommitAsync(cancel);
        return rows;
    }
}
