using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AnyDoor.Data.Sqlite;

/// <summary>The embedded default: one file, WAL, every commit on disk before it is acknowledged.</summary>
public sealed class SqliteKind : DatabaseKind
{
    private readonly string path;
    private readonly string connectionString;
    private readonly SemaphoreSlim turn = new(1, 1);

    public SqliteKind(string path)
    {
        this.path = Path.GetFullPath(path);
        connectionString = new SqliteConnectionStringBuilder { DataSource = this.path, DefaultTimeout = 60, Pooling = true }.ToString();
    }

    public override string Name => "SQLite";
    public override string SqlFolder => "Sqlite";
    public string FilePath => path;
    public override string Place => path;
    public string ConnectionString => connectionString;

    public override void Configure(DbContextOptionsBuilder options) => options.UseSqlite(connectionString);

    public override Task PrepareAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path) && !OperatingSystem.IsWindows())
        {
            using (File.Open(path, FileMode.OpenOrCreate)) { }
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL;";
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    // EF Core waits for its lock without end and without a word. Migrations on one file take well under a minute; an older lock belongs to a process that is gone.
    public override async Task AwaitMigrationLockAsync(CancellationToken cancel)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancel);
        for (var told = false; await LockAsync(connection, cancel) is { } found; told = true)
        {
            if (found.IsOld)
            {
                await using var clear = connection.CreateCommand();
                clear.CommandText = "DELETE FROM __EFMigrationsLock WHERE Timestamp = $seen";
                clear.Parameters.AddWithValue("$seen", found.Since);
                await clear.ExecuteNonQueryAsync(cancel);
                await Console.Error.WriteLineAsync("A process that was bringing this database to its version was stopped before it had done so. Its lock is a minute old and is taken away.");
                return;
            }
            if (!told) await Console.Error.WriteLineAsync("Another process is bringing this database to its version, or was stopped while it did. Waiting for it, a minute at most.");
            await Task.Delay(200, cancel);
        }
    }

    private static async Task<(string Since, bool IsOld)?> LockAsync(SqliteConnection connection, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if ((long)(await command.ExecuteScalarAsync(cancel))! == 0) return null;
        command.CommandText = "SELECT Timestamp, coalesce(abs(julianday('now') - julianday(substr(Timestamp, 1, 19))) > 1.0 / 1440, 1) FROM __EFMigrationsLock";
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetString(0), row.GetBoolean(1)) : null;
    }

    public override async Task<bool> HasTableAsync(AnyDoorDb db, string table, CancellationToken cancel) =>
        await db.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name = {table}").SingleAsync(cancel) > 0;

    public override async Task<IReadOnlyList<string>> LooseGuardsAsync(AnyDoorDb db, CancellationToken cancel)
    {
        var guards = Guards.Of(db, this);
        var standing = await StandingTriggersAsync(db, cancel);
        var loose = new List<string>();
        foreach (var guard in guards)
        {
            if (standing.Find(s => s.Name == guard.Name && s.Table == guard.Table) is not { Sql: { } sql }) loose.Add(Guards.Missing(guard));
            else if (!Guards.SameText(sql, guard.Statement)) loose.Add(Guards.Other(guard));
        }
        return [.. loose, .. standing.Where(s => guards.Any(g => g.Table == s.Table) && !guards.Any(g => g.Name == s.Name && g.Table == s.Table)).Select(s => Guards.Strange("trigger", s.Name, s.Table))];
    }

    public override async Task RemakeGuardsAsync(AnyDoorDb db, CancellationToken cancel)
    {
#pragma warning disable EF1002 // the migrations' own statements
        foreach (var guard in Guards.Of(db, this)) await db.Database.ExecuteSqlRawAsync($"DROP TRIGGER IF EXISTS {guard.Name}; {guard.Statement};", cancel);
#pragma warning restore EF1002
    }

    private static async Task<List<(string Name, string Table, string Sql)>> StandingTriggersAsync(AnyDoorDb db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name";
            await using var row = await command.ExecuteReaderAsync(cancel);
            List<(string, string, string)> standing = [];
            while (await row.ReadAsync(cancel)) standing.Add((row.GetString(0), row.GetString(1), row.GetString(2)));
            return standing;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    public override async ValueTask<IDisposable> WriterTurnAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        return new Turn(turn);
    }

    public override bool MayRetry(Exception error) => Cause<SqliteException>(error) is { SqliteErrorCode: 5 or 6 };

    public override bool IsUniqueConflict(Exception error) => Cause<SqliteException>(error) is { SqliteExtendedErrorCode: 2067 or 1555 };

    public override Task InsertRowsAsync(AnyDoorDb db, string table, IReadOnlyList<RowColumn> columns, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        command.Transaction = (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})";
        var parameters = columns.Select((_, i) => command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}" })).ToArray();
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < parameters.Length; i++) parameters[i].Value = Stored(row[i]);
            command.ExecuteNonQuery();
        }
        return Task.CompletedTask;
    }

    public override Task EmptyAsync(AnyDoorDb db, CancellationToken cancel)
    {
        LetGo();
        foreach (var end in new[] { "", "-wal", "-shm" }) File.Delete(path + end);
        return Task.CompletedTask;
    }

    public override Task AfterRestoreAsync(AnyDoorDb db, CancellationToken cancel) => Task.CompletedTask; // AUTOINCREMENT goes on from the highest row

    // The same forms as EF Core's SQLite type mappings write.
    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToString().ToUpperInvariant(),
        DateTime at => at.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture).TrimEnd('.'),
        bool b => b ? 1L : 0L,
        _ => value,
    };

    private const string ChangeBalance = "UPDATE ledger_account SET balance = balance + $pence WHERE id = $id AND sign * (balance + $pence) >= 0";
    private const string ChangeBalanceInDates = ChangeBalance + " AND open_from <= $first AND (open_until IS NULL OR open_until > $last)";

    public override Task<IReadOnlyList<BalanceChange>> ChangeBalancesAsync(AnyDoorDb db, IReadOnlyList<BalanceChange> changes, CancellationToken cancel)
    {
        var missed = new List<BalanceChange>();
        using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        command.Transaction = (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var change in changes)
        {
            command.CommandText = change.Dates is null ? ChangeBalance : ChangeBalanceInDates;
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$pence", change.Pence);
            command.Parameters.AddWithValue("$id", Stored(change.AccountId));
            if (change.Dates is { } dates)
            {
                command.Parameters.AddWithValue("$first", Stored(dates.First));
                command.Parameters.AddWithValue("$last", Stored(dates.Last));
            }
            if (command.ExecuteNonQuery() == 0) missed.Add(change);
        }
        return Task.FromResult<IReadOnlyList<BalanceChange>>(missed);
    }

    // A write transaction is the only one: every row is held already.
    public override Task HoldRowsAsync(AnyDoorDb db, string table, IReadOnlyCollection<Guid> ids, CancellationToken cancel) => Task.CompletedTask;

    public override async Task<IDbContextTransaction> BeginSnapshotAsync(AnyDoorDb db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        return (await db.Database.UseTransactionAsync(connection.BeginTransaction(deferred: true), cancel))!;
    }

    public override async Task<long> SealHorizonAsync(AnyDoorDb db, string table, CancellationToken cancel)
    {
        // One writer at a time: whatever is committed is final.
#pragma warning disable EF1002 // the table's name is ours
        return await db.Database.SqlQueryRaw<long>($"SELECT coalesce(max(seq), 0) + 1 AS \"Value\" FROM {table}").SingleAsync(cancel);
#pragma warning restore EF1002
    }

    /// <summary>What was deleted is overwritten in the file (secure_delete); older pages still stand in the write-ahead log until it is emptied.</summary>
    public override async Task ForgetAsync(AnyDoorDb db, CancellationToken cancel) => await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE);", cancel);

    public override void OnOpened(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA busy_timeout=60000; PRAGMA secure_delete=ON; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;";
        command.ExecuteNonQuery();
    }

    // SQLite prepares a statement in about the time it takes to run it. What is read all day keeps its statements, on connections that stand open.
    public override async Task<T> ReadTogetherAsync<T>(AnyDoorDb db, string sql, IReadOnlyList<(string Name, object Value)> values, Func<DbDataReader, Task<T>> read, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is not null) return await base.ReadTogetherAsync(db, sql, values, read, cancel);
        if (!standing.TryTake(out var reader)) reader = new Standing(this);
        var whole = false;
        try
        {
            var result = await ReadAsync(reader.For(sql), sql, values, read, cancel);
            whole = true;
            return result;
        }
        finally
        {
            if (whole && standing.Count < MostStanding) standing.Add(reader);
            else reader.Dispose();
        }
    }

    private const int MostStanding = 16;
    private readonly ConcurrentBag<Standing> standing = [];

    private void LetGo()
    {
        while (standing.TryTake(out var reader)) reader.Dispose();
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private sealed class Standing : IDisposable
    {
        private readonly SqliteConnection connection;
        private readonly Dictionary<string, SqliteCommand> commands = [];

        public Standing(SqliteKind kind)
        {
            connection = new SqliteConnection(kind.connectionString);
            connection.Open();
            kind.OnOpened(connection);
        }

        public SqliteCommand For(string sql) => commands.TryGetValue(sql, out var command) ? command : commands[sql] = connection.CreateCommand();

        public void Dispose()
        {
            foreach (var command in commands.Values) command.Dispose();
            connection.Dispose();
        }
    }

    public override ValueTask DisposeAsync()
    {
        LetGo();
        turn.Dispose();
        return base.DisposeAsync();
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? held = turn;
        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
