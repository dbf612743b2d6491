using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace AnyDoor.Data.PostgreSql;

/// <summary>PostgreSQL 15 or later, for a county: several web nodes. One partnership is one schema.</summary>
public sealed class PostgreSqlKind : DatabaseKind
{
    private const string History = "__ef_migrations_history";
    private readonly NpgsqlDataSource source;
    private readonly (string Host, int Port, string Database) address;

    public PostgreSqlKind(string connectionString, string? partnership)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        Schema = partnership ?? builder.SearchPath?.Split(',')[0].Trim() ?? "public";
        if (!Schema.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') || Schema.Length is 0 or > 50)
            throw new ArgumentException($"“{Schema}” cannot be a partnership's name in the database. Use small letters, digits and underscores.", nameof(partnership));
        builder.SearchPath = Schema == "public" ? "public" : $"{Schema},public";
        // Statements are prepared by themselves once they have been used a few times.
        if (builder.MaxAutoPrepare == 0) builder.MaxAutoPrepare = 200;
        // Nothing of ours is left in a session, so nothing is to be reset between two uses of a connection.
        builder.NoResetOnClose = true;
        // Reads are of a few rows by index, on a disk without moving parts; and none is so long that compiling it would pay.
        if (string.IsNullOrEmpty(builder.Options)) builder.Options = "-c random_page_cost=1.1 -c jit=off -c plan_cache_mode=force_generic_plan";
        if (!builder.ContainsKey("Application Name")) builder.ApplicationName = "anydoor";
        UserName = builder.Username ?? Environment.UserName;
        address = (builder.Host ?? "localhost", builder.Port, builder.Database ?? UserName);
        source = NpgsqlDataSource.Create(builder.ConnectionString);
    }

    public string Schema { get; }
    public string UserName { get; }
    public override string Place => $"{address.Database} on {address.Host}:{address.Port} (schema {Schema})";
    public NpgsqlDataSource Source => source;
    public override string Name => "PostgreSQL";
    public override string SqlFolder => "PostgreSql";

    public override void Configure(DbContextOptionsBuilder options) =>
        options.UseNpgsql(source, npgsql => npgsql.MigrationsHistoryTable(History, Schema));

    public override async Task PrepareAsync(CancellationToken cancel)
    {
        if (Schema == "public") return;
        await using var command = source.CreateCommand($"SELECT count(*) FROM information_schema.schemata WHERE schema_name = '{Schema}'");
        if ((long)(await command.ExecuteScalarAsync(cancel))! > 0) return;
        await using var create = source.CreateCommand($"CREATE SCHEMA IF NOT EXISTS \"{Schema}\"");
        await create.ExecuteNonQueryAsync(cancel);
    }

    public override Task AwaitMigrationLockAsync(CancellationToken cancel) => Task.CompletedTask; // a table lock, gone with its session

    public override async Task<bool> HasTableAsync(AnyDoorDb db, string table, CancellationToken cancel) =>
        await db.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM information_schema.tables WHERE table_schema = {Schema} AND table_name = {table}").SingleAsync(cancel) > 0;

    public override Task<IReadOnlyList<string>> LooseGuardsAsync(AnyDoorDb db, CancellationToken cancel) => PostgreSqlGuards.LooseAsync(db, this, AppendOnly, cancel);

    public override async Task RemakeGuardsAsync(AnyDoorDb db, CancellationToken cancel)
    {
        var functions = Guards.FunctionsOf(db, this);
#pragma warning disable EF1002 // the migrations' own statements
        await db.Database.ExecuteSqlRawAsync(string.Join('\n', Guards.Of(db, this).Select(g => PostgreSqlGuards.Remake(g, functions))).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), cancel);
#pragma warning restore EF1002
    }

    public override ValueTask<IDisposable> WriterTurnAsync(CancellationToken cancel) => ValueTask.FromResult<IDisposable>(NoTurn.Instance);

    // Serialization failure, deadlock, or a connection that broke before anything was acknowledged: the key makes the retry safe.
    public override bool MayRetry(Exception error) => Cause<PostgresException>(error) is { SqlState: "40001" or "40P01" };

    public override bool IsUniqueConflict(Exception error) => Cause<PostgresException>(error) is { SqlState: "23505" };

    public override async Task InsertRowsAsync(AnyDoorDb db, string table, IReadOnlyList<RowColumn> columns, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        if (rows is IReadOnlyCollection<object?[]> { Count: <= Few } few)
        {
            await InsertFewAsync(connection, table, columns, few, cancel);
            return;
        }
        await using var writer = await connection.BeginBinaryImportAsync(
            $"COPY \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancel);
            for (var i = 0; i < columns.Count; i++)
            {
                if (row[i] is not { } value) await writer.WriteNullAsync(cancel);
                else await writer.WriteAsync(value, columns[i].StoreType, cancel);
            }
        }
        await writer.CompleteAsync(cancel);
    }

    // COPY takes three round trips, a batch of prepared inserts takes one.
    private const int Few = 16;

    private static async Task InsertFewAsync(NpgsqlConnection connection, string table, IReadOnlyList<RowColumn> columns, IReadOnlyCollection<object?[]> rows, CancellationToken cancel)
    {
        var insert = $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"${i + 1}"))})";
        await using var batch = connection.CreateBatch();
        foreach (var row in rows)
        {
            var command = new NpgsqlBatchCommand(insert);
            for (var i = 0; i < columns.Count; i++) command.Parameters.Add(new NpgsqlParameter { Value = row[i] ?? DBNull.Value, DataTypeName = columns[i].StoreType });
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>A batch that stands alone is a transaction: one round trip, and one wait for the disk.</summary>
    public override Task InsertAloneAsync<T>(AnyDoorDb db, IReadOnlyCollection<T> rows, CancellationToken cancel) =>
        rows.Count <= Few ? InsertManyAsync(db, rows, cancel) : base.InsertAloneAsync(db, rows, cancel);

    // The schema may hold what is not ours ("public" often does): that stays, and what leans on our tables makes PostgreSQL refuse.
    public override async Task EmptyAsync(AnyDoorDb db, CancellationToken cancel)
    {
        var ours = db.Model.GetEntityTypes().Select(e => e.GetTableName()).Append(History).Select(t => $"\"{Schema}\".\"{t}\"");
        await using (var command = source.CreateCommand($"""
            DROP TABLE IF EXISTS {string.Join(", ", ours)};
            DROP FUNCTION IF EXISTS "{Schema}".refuse_change(), "{Schema}".refuse_unrecorded_erasure(), "{Schema}".refuse_other_mark();
            """))
            await command.ExecuteNonQueryAsync(cancel);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.ReloadTypesAsync(cancel);
    }

    /// <exception cref="InvalidOperationException">The app's connection leads to another database, or its role is not there.</exception>
    internal async Task CheckOwnsForAsync(PostgreSqlKind app, CancellationToken cancel)
    {
        // One database may have two addresses (a pooler's, for the app), so it is asked who it is.
        if (address != app.address && await app.WhoAmIAsync(cancel) is var other && (other is null || other != await WhoAmIAsync(cancel)))
            throw new InvalidOperationException($"ANYDOOR_OWNER_DATABASE leads to {Place} and the app’s connection to {app.Place}. Nothing was done: give both the same host, port and database.");
        await using var find = source.CreateCommand("SELECT count(*) FROM pg_roles WHERE rolname = $1");
        find.Parameters.AddWithValue(app.UserName);
        if ((long)(await find.ExecuteScalarAsync(cancel))! == 0)
            throw new InvalidOperationException($"There is no role {app.UserName}. Make it first, with its own password: CREATE ROLE \"{Quoted(app.UserName)}\" LOGIN PASSWORD '…'");
    }

    private async Task<string?> WhoAmIAsync(CancellationToken cancel)
    {
        try
        {
            await using var command = source.CreateCommand("SELECT current_database() || ' ' || extract(epoch FROM pg_postmaster_start_time())");
            return (string?)await command.ExecuteScalarAsync(cancel);
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private static string Quoted(string name) => name.Replace("\"", "\"\"", StringComparison.Ordinal);

    /// <summary>What the app's role may do: read and write rows; on what only grows, insert and read alone; nothing owned.</summary>
    private static readonly string[] AppendOnly = ["audit_event", "read_event", "seal", "erasure", "ledger_entry", "published_edition"];

    internal async Task GrantAsync(PostgreSqlKind app, CancellationToken cancel)
    {
        var role = Quoted(app.UserName);
        await using var grant = source.CreateCommand($"""
            GRANT USAGE ON SCHEMA "{Schema}" TO "{role}";
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "{Schema}" TO "{role}";
            GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA "{Schema}" TO "{role}";
            REVOKE UPDATE, DELETE, TRUNCATE ON {string.Join(", ", AppendOnly.Select(t => $"\"{Schema}\".\"{t}\""))} FROM "{role}";
            REVOKE UPDATE, TRUNCATE ON "{Schema}"."audit_content" FROM "{role}";
            REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "{Schema}"."{History}" FROM "{role}";
            REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "{Schema}"."database_mark" FROM "{role}";
            GRANT UPDATE (is_demo, mac) ON "{Schema}"."database_mark" TO "{role}";
            """);
        await grant.ExecuteNonQueryAsync(cancel);
    }

    public override async Task AfterRestoreAsync(AnyDoorDb db, CancellationToken cancel)
    {
        foreach (var table in new[] { "audit_event", "read_event" })
#pragma warning disable EF1002 // the table's name is ours
            await db.Database.ExecuteSqlRawAsync($"SELECT setval(pg_get_serial_sequence('{table}', 'seq'), greatest((SELECT coalesce(max(seq), 0) FROM {table}), 1))", cancel);
#pragma warning restore EF1002
    }

    private const string ChangeBalance = "UPDATE ledger_account SET balance = balance + $1 WHERE id = $2 AND sign * (balance + $1) >= 0";
    private const string ChangeBalanceInDates = ChangeBalance + " AND open_from <= $3 AND (open_until IS NULL OR open_until > $4)";

    public override async Task<IReadOnlyList<BalanceChange>> ChangeBalancesAsync(AnyDoorDb db, IReadOnlyList<BalanceChange> changes, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var change in changes)
        {
            var command = new NpgsqlBatchCommand(change.Dates is null ? ChangeBalance : ChangeBalanceInDates);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = change.Pence });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = change.AccountId });
            if (change.Dates is { } dates)
            {
                command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = dates.First });
                command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = dates.Last });
            }
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(cancel);
        return [.. changes.Where((_, i) => batch.BatchCommands[i].RecordsAffected == 0)];
    }

    public override async Task HoldRowsAsync(AnyDoorDb db, string table, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT 1 FROM \"{table}\" WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE", (NpgsqlConnection)db.Database.GetDbConnection());
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
        await command.ExecuteNonQueryAsync(cancel);
    }

    public override Task<IDbContextTransaction> BeginSnapshotAsync(AnyDoorDb db, CancellationToken cancel) =>
        db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);

    public override async Task<long> SealHorizonAsync(AnyDoorDb db, string table, CancellationToken cancel) =>
        // Every transaction with an id below the snapshot's xmin has ended: nothing can appear there any more.
        await db.Database.SqlQueryRaw<long>("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS \"Value\"").SingleAsync(cancel);

    public override async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await base.DisposeAsync();
    }

    private sealed class NoTurn : IDisposable
    {
        public static readonly NoTurn Instance = new();
        public void Dispose() { }
    }
}
