using AnyDoor.Audit;
using AnyDoor.Households;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Data;

/// <summary>Brings a database to this version and marks what it is.</summary>
public static class Migrator
{
    /// <summary>Migrates (forward only) and, on a fresh database, writes its mark.</summary>
    /// <param name="key">Signs the mark; asked for only where it is made, decided or proved.</param>
    /// <param name="demo">True: this is to be a demo database; false: a live one; null: whatever it is.</param>
    /// <exception cref="InvalidOperationException">The mark of a database with work in it was taken away; the database is marked demo and live was asked for, or the other way round; or it is not marked, and a demo was asked for over real people.</exception>
    public static async Task<DatabaseMark> MigrateAsync(Database database, Func<LogKey> key, bool? demo, TimeProvider clock, CancellationToken cancel)
    {
        await database.Kind.PrepareAsync(cancel);
        await using var db = database.Open();
        await BringUpAsync(database, db, cancel);

        var mark = await db.Set<DatabaseMark>().AsTracking().SingleOrDefaultAsync(cancel);
        if (mark is null)
        {
            // A new one would begin the checkpoints anew, and what was cut off before would never be missed.
            if (await db.Set<AuditEvent>().AnyAsync(cancel) || await db.Set<ReadEvent>().AnyAsync(cancel) || await db.Set<Seal>().AnyAsync(cancel) || await db.Set<Person>().AnyAsync(cancel))
                throw new InvalidOperationException("The mark of this database (database_mark) was taken away, and there is work in it. Restore the last backup, and find out who did that.");
            using var turn = await database.Kind.WriterTurnAsync(cancel);
            db.Add(DatabaseMark.Make(key(), demo, epoch: 1, clock.GetUtcNow().UtcDateTime));
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateException error) when (database.Kind.IsUniqueConflict(error)) { } // another process was first
            db.ChangeTracker.Clear();
            mark = await db.Set<DatabaseMark>().AsTracking().SingleAsync(cancel);
        }
        if (demo is { } wanted && mark.IsDemo != wanted)
        {
            if (mark.IsDemo is { } marked)
                throw new InvalidOperationException(marked
                    ? "This database holds the demo county, whose people are invented. Use another database for live work: --database."
                    : "This database is a live one. Invented people do not go into it. Use another database for the demo: --database.");
            using var turn = await database.Kind.WriterTurnAsync(cancel);
            if (wanted && await db.Set<Person>().AnyAsync(p => !p.Invented, cancel))
                throw new InvalidOperationException("This database holds people who are not invented, so it does not become a demo, where nobody signs in. Serve it with --no-demo, or use another database for the demo: --database.");
            mark.IsDemo = wanted;
            mark.Sign(key());
            await db.SaveChangesAsync(cancel);
        }
        else if (demo == true && (!mark.IsSignedWith(key()) || await db.Set<Person>().AnyAsync(p => !p.Invented, cancel)))
            throw new InvalidOperationException("This database is marked as a demo, where nobody signs in, and either the mark is not signed with this installation’s key or people in it are not invented. It is not served as a demo. Run “audit verify”, and find out who changed it; serve live work with --no-demo.");
        return mark;
    }

    /// <summary>Applies what is pending, and gives its names.</summary>
    internal static async Task<IReadOnlyList<string>> BringUpAsync(Database database, AnyDoorDb db, CancellationToken cancel)
    {
        List<string> pending = [.. await db.Database.GetPendingMigrationsAsync(cancel)];
        if (pending.Count == 0) return pending;
        await database.Kind.AwaitMigrationLockAsync(cancel);
        await db.Database.MigrateAsync(cancel);
        return pending;
    }
}
