using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Data;

/// <summary>Everything that differs between the two databases. One subclass in each folder below this one, and nowhere else.</summary>
public abstract class DatabaseKind : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>The folder of this database's SQL files.</summary>
    public abstract string SqlFolder { get; }

    public abstract void Configure(DbContextOptionsBuilder options);

    /// <summary>Makes what must be there before migrations run (a file's folder, a schema).</summary>
    public abstract Task PrepareAsync(CancellationToken cancel);

    /// <summary>Clears a migration lock that a killed process left behind.</summary>
    public abstract Task ClearStaleMigrationLockAsync(AnyDoorDb db, CancellationToken cancel);

    /// <summary>Waits for this process's turn to write. PostgreSQL needs none; SQLite has one writer, and a queue is fairer than a busy wait.</summary>
    public abstract ValueTask<IDisposable> WriterTurnAsync(CancellationToken cancel);

    /// <summary>Whether the transaction failed for a passing reason and may be run again as a whole.</summary>
    public abstract bool MayRetry(Exception error);

    /// <summary>Whether a row with that unique value was there already (by error code, never by a constraint's name).</summary>
    public abstract bool IsUniqueConflict(Exception error);

    /// <summary>Inserts many rows fast, inside the current transaction. Values pass the model's own converters.</summary>
    public abstract Task InsertManyAsync<T>(AnyDoorDb db, IReadOnlyCollection<T> rows, CancellationToken cancel) where T : class;

    /// <summary>Events before this position are final: no transaction that could still add one is open.</summary>
    public abstract Task<long> SealHorizonAsync(AnyDoorDb db, string table, CancellationToken cancel);

    /// <summary>Prepares a fresh connection (pragmas). Called each time one is opened.</summary>
    public virtual void OnOpened(DbConnection connection) { }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
