using System.Reflection;
using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Data.PostgreSql;
using AnyDoor.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit.Sdk;
using Xunit.v3;

namespace AnyDoor.Tests;

public enum Db { Sqlite, PostgreSql }

/// <summary>Runs a storage test once on each database: <c>[Theory, OnBothDatabases] public async Task X(Db db)</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothDatabasesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([new TheoryDataRow<Db>(Db.Sqlite), new TheoryDataRow<Db>(Db.PostgreSql)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>A fresh migrated database for one test: a copied file, or a database cloned from a template.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly SemaphoreSlim Once = new(1, 1);
    private static string? sqliteTemplate;
    private static string? postgresTemplate;
    private readonly string? folder;
    private readonly string? postgresName;

    private TestDatabase(Database database, string connection, string folder, string? postgresName)
    {
        (Database, Connection, this.folder, this.postgresName) = (database, connection, folder, postgresName);
        Key = LogKey.Open(Path.Combine(folder, "keys"));
    }

    public Database Database { get; }
    /// <summary>A path or connection string, as <c>--database</c> takes.</summary>
    public string Connection { get; }
    public LogKey Key { get; }
    public string Folder => folder!;

    public Commands Commands(TimeProvider? clock = null) => new(Database, Key, clock ?? TimeProvider.System);

    /// <summary>The PostgreSQL server of this run; a test without one is skipped loudly, and fails in CI.</summary>
    public static string PostgresServer()
    {
        var server = Environment.GetEnvironmentVariable("ANYDOOR_TEST_POSTGRES");
        if (!string.IsNullOrEmpty(server)) return server;
        if (Environment.GetEnvironmentVariable("ANYDOOR_CI") == "1") Assert.Fail("ANYDOOR_TEST_POSTGRES is not set: ./anydoor test starts a PostgreSQL for the run.");
        Assert.Skip("No PostgreSQL: run through ./anydoor test, or set ANYDOOR_TEST_POSTGRES.");
        return "";
    }

    public static async Task<TestDatabase> CreateAsync(Db kind)
    {
        var folder = Directory.CreateTempSubdirectory("anydoor-test-").FullName;
        await Once.WaitAsync();
        try
        {
            if (kind == Db.Sqlite)
            {
                if (sqliteTemplate is null)
                {
                    var path = Path.Combine(Directory.CreateTempSubdirectory("anydoor-template-").FullName, "template.db");
                    await using (var fresh = new Database(new SqliteKind(path))) await Migrator.MigrateAsync(fresh, () => LogKey.Open(Path.Combine(Path.GetDirectoryName(path)!, "keys")), demo: true, TimeProvider.System, default);
                    Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
                    sqliteTemplate = path;
                }
                var file = Path.Combine(folder, "anydoor.db");
                File.Copy(sqliteTemplate, file);
                return await SignedAsync(new TestDatabase(new Database(new SqliteKind(file)), file, folder, null));
            }

            var server = PostgresServer();
            if (postgresTemplate is null)
            {
                var template = $"anydoor_template_{Guid.NewGuid():N}";
                await ExecuteAsync(server, $"CREATE DATABASE {template}");
                var connection = new NpgsqlConnectionStringBuilder(server) { Database = template, Pooling = false }.ConnectionString;
                await using (var fresh = new Database(new PostgreSqlKind(connection, null))) await Migrator.MigrateAsync(fresh, () => LogKey.Open(Path.Combine(folder, "keys")), demo: true, TimeProvider.System, default);
                postgresTemplate = template;
            }
            var name = $"anydoor_test_{Guid.NewGuid():N}";
            await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {postgresTemplate}");
            var own = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 80 }.ConnectionString;
            return await SignedAsync(new TestDatabase(new Database(new PostgreSqlKind(own, null)), own, folder, name));
        }
        finally
        {
            Once.Release();
        }
    }

    /// <summary>The template's mark was signed with a key of its own.</summary>
    private static async Task<TestDatabase> SignedAsync(TestDatabase test)
    {
        await using var db = test.Database.Open();
        var mark = await db.Set<DatabaseMark>().AsTracking().SingleAsync();
        mark.Sign(test.Key);
        await db.SaveChangesAsync();
        // No connection is kept open: a test may take the file away.
        if (db.Database.GetDbConnection() is Microsoft.Data.Sqlite.SqliteConnection file) Microsoft.Data.Sqlite.SqliteConnection.ClearPool(file);
        return test;
    }

    /// <summary>Makes of this demo what a test needs: a live database, or one that is not decided yet. The mark of a database stays while its trigger stands, so it is changed without it and signed anew.</summary>
    public async Task MarkAsync(bool? demo)
    {
        await using var db = Database.Open();
        var sqlite = Database.Kind is SqliteKind;
        var trigger = sqlite ? await db.Database.SqlQuery<string>($"SELECT sql AS \"Value\" FROM sqlite_master WHERE name = 'database_mark_stays'").SingleAsync() : "ALTER TABLE database_mark ENABLE TRIGGER database_mark_stays";
        await db.Database.ExecuteSqlRawAsync(sqlite ? "DROP TRIGGER database_mark_stays" : "ALTER TABLE database_mark DISABLE TRIGGER database_mark_stays");
        var mark = await db.Set<DatabaseMark>().AsTracking().SingleAsync();
        mark.IsDemo = demo;
        mark.Sign(Key);
        await db.SaveChangesAsync();
#pragma warning disable EF1002 // the trigger's own text
        await db.Database.ExecuteSqlRawAsync(trigger);
#pragma warning restore EF1002
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (postgresName is not null) await ExecuteAsync(PostgresServer(), $"DROP DATABASE {postgresName} WITH (FORCE)");
        try { Directory.Delete(folder!, recursive: true); } catch (IOException) { } // a test's process may still hold a file
    }
}
