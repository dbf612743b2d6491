using AnyDoor.Audit;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Data;

/// <summary>Brings a database to this version and marks what it is.</summary>
public static class Migrator
{
    /// <summary>Migrates (forward only) and, on a fresh database, writes its mark.</summary>
    /// <exception cref="InvalidOperationException">The database is marked demo and live was asked for, or the other way round.</exception>
    public static async Task<DatabaseMark> MigrateAsync(Database database, bool? demo, TimeProvider clock, CancellationToken cancel)
    {
        await database.Kind.PrepareAsync(cancel);
        await using var db = database.Open();
        await database.Kind.ClearStaleMigrationLockAsync(db, cancel);
        if ((await db.Database.GetPendingMigrationsAsync(cancel)).Any()) await db.Database.MigrateAsync(cancel);

        var mark = await db.Set<DatabaseMark>().SingleOrDefaultAsync(cancel);
        if (mark is null)
        {
            using var turn = await database.Kind.WriterTurnAsync(cancel);
            db.Add(new DatabaseMark { Id = 1, DatabaseId = Guid.NewGuid(), IsDemo = demo ?? false, Epoch = 1, CreatedAt = clock.GetUtcNow().UtcDateTime });
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateException error) when (database.Kind.IsUniqueConflict(error)) { } // another process was first
            db.ChangeTracker.Clear();
            mark = await db.Set<DatabaseMark>().SingleAsync(cancel);
        }
        if (demo is { } wanted && wanted != mark.IsDemo)
            throw new InvalidOperationException(mark.IsDemo
                ? "This database holds the demo county, whose people are invented. Use another database for live work: --database."
                : "This database is not a demo. Invented people do not go into it. Use another database for the demo: --database.");
        return mark;
    }
}
