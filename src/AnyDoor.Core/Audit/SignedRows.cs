using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Audit;

/// <summary>The ends of a database's logs, as they were signed: what shows whether a key is the right one before anything is written with it.</summary>
internal sealed class SignedRows
{
    private readonly List<(byte[] Message, byte[] Mac)> rows = [];

    /// <summary>Reads the last seal of each log, or the last event while nothing is sealed. Makes no database.</summary>
    public static async Task<SignedRows> ReadAsync(AnyDoorDb db, CancellationToken cancel)
    {
        var signed = new SignedRows();
        if (!(await db.Database.GetAppliedMigrationsAsync(cancel)).Any()) return signed;
        foreach (var log in Enum.GetValues<LogName>())
            if (await db.Set<Seal>().Where(s => s.Log == log).OrderByDescending(s => s.Number).FirstOrDefaultAsync(cancel) is { } seal)
                signed.rows.Add((CanonicalForm.Of(seal).ToArray(), seal.Mac));
        if (!signed.Any && await db.Set<AuditEvent>().OrderByDescending(e => e.Seq).FirstOrDefaultAsync(cancel) is { } last)
            signed.rows.Add((CanonicalForm.Of(last).ToArray(), last.Mac));
        // A database where nothing has happened yet has its mark.
        if (!signed.Any && await db.Set<DatabaseMark>().FirstOrDefaultAsync(cancel) is { } mark) signed.rows.Add((CanonicalForm.Of(mark).ToArray(), mark.Mac));
        return signed;
    }

    public bool Any => rows.Count > 0;

    /// <summary>Whether the key may sign what comes next. One row that it does not fit is a row that was edited, which the proof says: a wrong key fits none.</summary>
    public bool Fit(LogKey key) => !Any || rows.Exists(r => key.Matches(r.Message, r.Mac));
}
