using System.Text.RegularExpressions;
using AnyDoor.Data;
using AnyDoor.Data.PostgreSql;
using AnyDoor.Data.Sqlite;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Database = AnyDoor.Data.Database;

namespace AnyDoor.Core.Tests.Data;

/// <summary>
/// The migrated schema is the model's own, and every trigger stands after the last migration.
/// Before the first release, <c>ANYDOOR_WRITE_SCHEMA=1</c> writes the tables' SQL anew from the model; afterwards a new migration adds to it.
/// </summary>
public sealed partial class SchemaTests
{
    [Theory, OnBothDatabases]
    public async Task Migrate_FreshDatabase_GivesTheModelsOwnSchema(Db kind)
    {
        await WriteTablesIfAsked(kind);
        await using var migrated = await TestDatabase.CreateAsync(kind);
        var actual = await DescribeAsync(migrated.Database);

        await using var model = await CreateFromModelAsync(kind);
        var expected = await DescribeAsync(model.Database);

        actual.RemoveAll(line => line.Contains("__ef", StringComparison.OrdinalIgnoreCase));
        expected.Except(actual).ShouldBeEmpty("the model has these and the migrations do not make them");
        actual.Except(expected).ShouldBeEmpty("the migrations make these and the model does not have them");
    }

    [Theory, OnBothDatabases]
    public async Task Migrate_LastMigration_LeavesEveryTriggerStanding(Db kind)
    {
        await using var migrated = await TestDatabase.CreateAsync(kind);
        await using var db = migrated.Database.Open();
        var declared = TriggerName().Matches(ReadSql(kind, "0002_triggers")).Select(m => m.Groups[1].Value).Order().ToList();

        var standing = await db.Database.SqlQueryRaw<string>(kind == Db.Sqlite
            ? "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger'"
            : "SELECT DISTINCT tgname::text AS \"Value\" FROM pg_trigger WHERE NOT tgisinternal").ToListAsync();

        declared.Count.ShouldBeGreaterThan(5);
        standing.Order().ShouldBe(declared);
    }

    [Theory, OnBothDatabases]
    public async Task EveryTable_HasAPrimaryKey(Db kind)
    {
        await using var migrated = await TestDatabase.CreateAsync(kind);
        await using var db = migrated.Database.Open();

        db.Model.GetEntityTypes().Where(e => e.FindPrimaryKey() is null).ShouldBeEmpty();
    }

    private static string ReadSql(Db kind, string name) => File.ReadAllText(SqlPath(kind, name));

    private static string SqlPath(Db kind, string name) =>
        Path.Combine(RepositoryRoot(), "src", "AnyDoor.Core", "Data", kind.ToString(), name + ".sql");

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AnyDoor.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private static async Task WriteTablesIfAsked(Db kind)
    {
        if (Environment.GetEnvironmentVariable("ANYDOOR_WRITE_SCHEMA") != "1") return;
        DatabaseKind database = kind == Db.Sqlite ? new SqliteKind(Path.GetTempFileName()) : new PostgreSqlKind("Host=none", null);
        await using var any = new Database(database);
        await using var db = any.Open();
        var script = db.Database.GenerateCreateScript().Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\nGO\n", "\n", StringComparison.Ordinal).TrimEnd() + "\n";
        await File.WriteAllTextAsync(SqlPath(kind, "0001_tables"), "-- Generated from the model; see CONTRIBUTING, \"Schema\".\n" + script.TrimStart('\uFEFF'));
        Assert.Skip("The schema was written. Build again, then run without ANYDOOR_WRITE_SCHEMA.");
    }

    private static async Task<ModelDatabase> CreateFromModelAsync(Db kind)
    {
        if (kind == Db.Sqlite)
        {
            var path = Path.Combine(Directory.CreateTempSubdirectory("anydoor-model-").FullName, "model.db");
            var sqlite = new Database(new SqliteKind(path));
            await using var db = sqlite.Open();
            await db.GetService<IRelationalDatabaseCreator>().EnsureCreatedAsync();
            return new ModelDatabase(sqlite, null);
        }
        var server = TestDatabase.PostgresServer();
        var name = $"anydoor_model_{Guid.NewGuid():N}";
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ConnectionString;
        var postgres = new Database(new PostgreSqlKind(connection, null));
        await using (var db = postgres.Open()) await db.GetService<IRelationalDatabaseCreator>().EnsureCreatedAsync();
        return new ModelDatabase(postgres, db => db.Database.EnsureDeletedAsync());
    }

    private static async Task<List<string>> DescribeAsync(Database database)
    {
        await using var db = database.Open();
        var lines = await db.Database.SqlQueryRaw<string>(database.Kind is SqliteKind
            ? """
              SELECT m.name || '.' || c.name || ' ' || c.type || ' notnull=' || c."notnull" || ' pk=' || c.pk || ' default=' || coalesce(c.dflt_value, '') || ' hidden=' || c.hidden AS "Value"
              FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
              UNION ALL SELECT 'index ' || name || ' ' || coalesce(sql, '') FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite_%'
              UNION ALL SELECT 'fk ' || m.name || ' ' || f."from" || ' ' || f."table" || ' ' || f.on_delete FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
              """
            : """
              SELECT table_name || '.' || column_name || ' ' || data_type || ' null=' || is_nullable || ' default=' || coalesce(column_default, '') || ' identity=' || is_identity AS "Value"
              FROM information_schema.columns WHERE table_schema = 'public'
              UNION ALL SELECT 'index ' || indexname || ' ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
              UNION ALL SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
              """).ToListAsync();
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private sealed class ModelDatabase(Database database, Func<AnyDoorDb, Task<bool>>? drop) : IAsyncDisposable
    {
        public Database Database => database;

        public async ValueTask DisposeAsync()
        {
            if (drop is not null) await using (var db = database.Open()) await drop(db);
            await database.DisposeAsync();
        }
    }

    [GeneratedRegex(@"CREATE TRIGGER (\w+)")]
    private static partial Regex TriggerName();
}
