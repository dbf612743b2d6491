using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Audit;

/// <summary>A way on for whoever has lost the log's key for good. It is recorded as such, and every proof says so from then on.</summary>
public static class KeyLoss
{
    /// <summary>
    /// Makes a new key, writes with it that the old one was lost and why, seals what stood open, and pins both logs as they stand in a checkpoint.
    /// Refused where the key is there after all.
    /// </summary>
    /// <exception cref="InvalidOperationException">A server is at work on the database.</exception>
    public static async Task<Result<Nothing>> GoOnAsync(Database database, string keysFolder, string checkpointsFolder, AuditContext who, string why, TimeProvider clock, CancellationToken cancel)
    {
        if (why.Trim().Length < 10) return new Refusal("why", "Say in a few words how the key was lost and who looked for it: it is kept in the log.", "why");
        await using (var db = database.Open())
        {
            var signed = await SignedRows.ReadAsync(db, cancel);
            if (!signed.Any) return new Refusal("nothing-signed", "Nothing in this database is signed yet: there is no key to have lost.");
            if (File.Exists(Path.Combine(keysFolder, "log.key")) && signed.Fit(LogKey.Open(keysFolder, make: false))) return new Refusal("not-lost", $"The key in {keysFolder} is this database’s. Nothing was changed.");
        }
        var key = LogKey.Open(keysFolder);
        var sealer = new Sealer(database, key, new Checkpoints(checkpointsFolder, key), clock);
        if (await sealer.OthersAtWorkAsync(cancel)) return new Refusal("at-work", "Another process of AnyDoor is at work on this database. Stop the servers, and do this again.");
        await using (var db = database.Open())
        {
            var mark = await db.Set<DatabaseMark>().AsTracking().SingleAsync(cancel);
            mark.Sign(key);
            using var turn = await database.Kind.WriterTurnAsync(cancel);
            await db.SaveChangesAsync(cancel);
        }
        await new Commands(database, key, clock).RunAsync(who, c => { c.Record("log.key-lost", content: why.Trim()); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, cancel);
        // Both chains go on from a seal of the new key.
        await using (var reads = new ReadLog(database, key)) await reads.RecordAsync(who, "log", "key-lost", [], cancel, evenNobody: true);
        await sealer.SealAfterLossAsync(cancel);
        return Nothing.Value;
    }
}
