using AnyDoor.Audit;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Demo;

/// <summary>Empties a demo database. A live one is never touched.</summary>
public static class DemoReset
{
    /// <exception cref="InvalidOperationException">The database is not marked demo.</exception>
    public static async Task EmptyAsync(Database database, CancellationToken cancel)
    {
        await using var db = database.Open();
        await database.Kind.PrepareAsync(cancel);
        if (!(await db.Database.GetAppliedMigrationsAsync(cancel)).Any()) return;
        if (await db.Set<DatabaseMark>().SingleOrDefaultAsync(cancel) is { IsDemo: not true })
            throw new InvalidOperationException("This is not a demo database, so it is left alone.");
        await database.Kind.EmptyAsync(db, cancel);
    }
}
