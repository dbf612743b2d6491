using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

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

    /// <summary>Where it is, as a sentence names it: never with a password.</summary>
    public abstract string Place { get; }

    /// <summary>Before a migration: waits while another process migrates, and clears the lock of one that was killed.</summary>
    public abstract Task AwaitMigrationLockAsync(CancellationToken cancel);

    /// <summary>Waits for this process's turn to write. PostgreSQL needs none; SQLite has one writer, and a queue is fairer than a busy wait.</summary>
    public abstract ValueTask<IDisposable> WriterTurnAsync(CancellationToken cancel);

    /// <summary>Whether the transaction failed for a passing reason and may be run again as a whole.</summary>
    public abstract bool MayRetry(Exception error);

    /// <summary>Whether a row with that unique value was there already (by error code, never by a constraint's name).</summary>
    public abstract bool IsUniqueConflict(Exception error);

    /// <summary>The database's own exception, however EF Core wrapped it: a passing fault of a query comes inside an InvalidOperationException.</summary>
    protected static T? Cause<T>(Exception? error) where T : DbException => error is null or T ? (T?)error : Cause<T>(error.InnerException);

    /// <summary>Inserts many rows fast, inside the current transaction. Values pass the model's own converters.</summary>
    public Task InsertManyAsync<T>(AnyDoorDb db, IReadOnlyCollection<T> rows, CancellationToken cancel) where T : class
    {
        if (rows.Count == 0) return Task.CompletedTask;
        var shape = RowShape.Of(db, typeof(T));
        return InsertRowsAsync(db, shape.Table, shape.Columns, rows.Select(row => Array.ConvertAll(shape.Getters, get => get(row))).ToList(), cancel);
    }

    /// <summary>Inserts rows in a transaction of their own: all or none, committed when it returns.</summary>
    public virtual async Task InsertAloneAsync<T>(AnyDoorDb db, IReadOnlyCollection<T> rows, CancellationToken cancel) where T : class
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await InsertManyAsync(db, rows, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The one bulk writer: rows of provider values, in the columns' order.</summary>
    public abstract Task InsertRowsAsync(AnyDoorDb db, string table, IReadOnlyList<RowColumn> columns, IEnumerable<object?[]> rows, CancellationToken cancel);

    /// <summary>Takes everything of ours away, and nothing else: the next migration makes it anew. For demos.</summary>
    public abstract Task EmptyAsync(AnyDoorDb db, CancellationToken cancel);

    /// <summary>What the database itself must be told after rows came in with their numbers.</summary>
    public abstract Task AfterRestoreAsync(AnyDoorDb db, CancellationToken cancel);

    /// <summary>The ledger's guarded updates, in the order given, in one round trip where there is one. Gives the changes that missed.</summary>
    public abstract Task<IReadOnlyList<BalanceChange>> ChangeBalancesAsync(AnyDoorDb db, IReadOnlyList<BalanceChange> changes, CancellationToken cancel);

    /// <summary>Holds these rows until the transaction ends, in the order of their ids, so that what is read about them next stays true.</summary>
    public abstract Task HoldRowsAsync(AnyDoorDb db, string table, IReadOnlyCollection<Guid> ids, CancellationToken cancel);

    /// <summary>Begins a transaction that reads everything as of one instant and blocks no writer.</summary>
    public abstract Task<IDbContextTransaction> BeginSnapshotAsync(AnyDoorDb db, CancellationToken cancel);

    /// <summary>Whether there is a table of this name, so that one that was taken away can be named.</summary>
    public abstract Task<bool> HasTableAsync(AnyDoorDb db, string table, CancellationToken cancel);

    /// <summary>What the database should refuse by itself and does not, each in a sentence: a trigger that is missing, off or another, and what is beside them. Empty: all of it stands.</summary>
    public abstract Task<IReadOnlyList<string>> LooseGuardsAsync(AnyDoorDb db, CancellationToken cancel);

    /// <summary>Makes each trigger that is not as it should be anew. Needs the owner's rights.</summary>
    public abstract Task RemakeGuardsAsync(AnyDoorDb db, CancellationToken cancel);

    /// <summary>Events before this position are final: no transaction that could still add one is open.</summary>
    public abstract Task<long> SealHorizonAsync(AnyDoorDb db, string table, CancellationToken cancel);

    /// <summary>Sends statements at once, in one round trip where the database is elsewhere, and reads their results in order. For what is opened all day.</summary>
    /// <param name="sql">Statements of ours, always the same text: values come beside it, never in it.</param>
    public virtual async Task<T> ReadTogetherAsync<T>(AnyDoorDb db, string sql, IReadOnlyList<(string Name, object Value)> values, Func<DbDataReader, Task<T>> read, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            return await ReadAsync(command, sql, values, read, cancel);
        }
        finally
        {
            // Whoever waits for the log next must not hold what the log's writer needs.
            await db.Database.CloseConnectionAsync();
        }
    }

    protected static async Task<T> ReadAsync<T>(DbCommand command, string sql, IReadOnlyList<(string Name, object Value)> values, Func<DbDataReader, Task<T>> read, CancellationToken cancel)
    {
        Fill(command, sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await read(reader);
    }

    private static void Fill(DbCommand command, string sql, IReadOnlyList<(string Name, object Value)> values)
    {
#pragma warning disable CA2100 // no value is in it
        if (command.CommandText != sql) command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Count; i++)
        {
            if (command.Parameters.Count == i) command.Parameters.Add(command.CreateParameter());
            (command.Parameters[i].ParameterName, command.Parameters[i].Value) = ("@" + values[i].Name, values[i].Value);
        }
    }

    /// <summary>Prepares a fresh connection (pragmas). Called each time one is opened.</summary>
    public virtual void OnOpened(DbConnection connection) { }

    /// <summary>After a disposal: leaves nothing of what was deleted in files that the database still keeps. PostgreSQL clears dead rows by its own autovacuum.</summary>
    public virtual Task ForgetAsync(AnyDoorDb db, CancellationToken cancel) => Task.CompletedTask;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A change of one account's balance. It misses when the balance would cross zero, or when money leaves outside the account's dates.</summary>
/// <param name="Pence">What is added; negative takes away.</param>
/// <param name="Dates">The earliest and latest effective instants of what is taken, checked against the account's own; none for moves that dates do not bind.</param>
public sealed record BalanceChange(Guid AccountId, long Pence, (DateTime First, DateTime Last)? Dates);
