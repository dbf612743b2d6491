using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Demo;
using AnyDoor.Households;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Data;

/// <summary>A database becomes a demo or a live one once, and never a demo over real people; and what is not ours in it stays.</summary>
public sealed class MigratorTests
{
    [Theory, OnBothDatabases]
    public async Task Migrate_ADemoOverRealPeople_IsRefusedAndMarksNothing(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using var database = Fresh(test);
        await MigrateAsync(database, demo: null);
        await AddPersonAsync(database, invented: false);

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => MigrateAsync(database, demo: true));

        refused.Message.ShouldContain("Serve it with --no-demo");
        (await MarkAsync(database)).ShouldBeNull();
        await MigrateAsync(database, demo: false);
        (await MarkAsync(database)).ShouldBe(false);
    }

    [Theory, OnBothDatabases]
    public async Task Migrate_WhereNobodyIsYet_MarksWhatIsAskedFor(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using var database = Fresh(test);
        await MigrateAsync(database, demo: null);

        await MigrateAsync(database, demo: true);

        (await MarkAsync(database)).ShouldBe(true);
    }

    /// <summary>EF Core alone waits for such a lock without end.</summary>
    [Fact]
    public async Task Migrate_SoonAfterAMigrationWasKilled_WaitsUntilItsLockIsAMinuteOldAndGoesOn()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        await using var database = Fresh(test);
        await LockAsync(database, TimeSpan.FromSeconds(59));

        await MigrateAsync(database, demo: true).WaitAsync(TimeSpan.FromMinutes(3));

        (await MarkAsync(database)).ShouldBe(true);
    }

    [Fact]
    public async Task Migrate_WhileAnotherProcessMigrates_GoesOnWhenThatHasEnded()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        await using var database = Fresh(test);
        await LockAsync(database, TimeSpan.Zero);

        var migrating = MigrateAsync(database, demo: true);
        await using (var db = database.Open())
        {
            (await db.Database.GetAppliedMigrationsAsync()).ShouldBeEmpty("the other has not ended");
            await db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock");
        }

        await migrating.WaitAsync(TimeSpan.FromMinutes(3));
        (await MarkAsync(database)).ShouldBe(true);
    }

    [Theory, OnBothDatabases]
    public async Task Reset_ADemo_LeavesItReadyToBeMadeAnew(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await AddPersonAsync(test.Database, invented: true);

        await DemoReset.EmptyAsync(test.Database, default);

        await MigrateAsync(test.Database, demo: true);
        await using var db = test.Database.Open();
        (await db.Set<Person>().AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Reset_ADemoInASchemaThatOthersUse_TakesOnlyWhatIsOurs()
    {
        await using var test = await TestDatabase.CreateAsync(Db.PostgreSql);
        await using (var db = test.Database.Open())
            await db.Database.ExecuteSqlRawAsync("CREATE TABLE council_tax (id int); INSERT INTO council_tax VALUES (7); CREATE VIEW council_tax_view AS SELECT id FROM council_tax");

        await DemoReset.EmptyAsync(test.Database, default);

        await using (var db = test.Database.Open())
        {
            (await db.Database.SqlQueryRaw<int>("SELECT id AS \"Value\" FROM council_tax_view").SingleAsync()).ShouldBe(7);
            (await db.Database.SqlQueryRaw<string>("SELECT table_name AS \"Value\" FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1").ToListAsync()).ShouldBe(["council_tax", "council_tax_view"]);
        }
        await MigrateAsync(test.Database, demo: true);
    }

    private static readonly LogKey AKey = LogKey.Open(Directory.CreateTempSubdirectory("anydoor-keys-").FullName);

    private static Task<DatabaseMark> MigrateAsync(Database database, bool? demo) => Migrator.MigrateAsync(database, () => AKey, demo, TimeProvider.System, default);

    /// <summary>Another file, or another schema, where nothing is yet.</summary>
    private static Database Fresh(TestDatabase test) =>
        test.Connection.EndsWith(".db", StringComparison.Ordinal) ? Database.From(Path.Combine(test.Folder, "fresh.db")) : Database.From(test.Connection, "fresh");

    private static async Task<bool?> MarkAsync(Database database)
    {
        await using var db = database.Open();
        return await db.Set<DatabaseMark>().Select(m => m.IsDemo).SingleAsync();
    }

    private static async Task AddPersonAsync(Database database, bool invented)
    {
        await using var db = database.Open();
        db.Add(new Person { Id = Guid.CreateVersion7(), Name = "Tamsin Underbarrow", FoldedName = "tamsin underbarrow", Invented = invented });
        await db.SaveChangesAsync();
    }

    /// <summary>The lock as EF Core writes it.</summary>
    private static async Task LockAsync(Database database, TimeSpan age)
    {
        await database.Kind.PrepareAsync(default);
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE __EFMigrationsLock (Id INTEGER NOT NULL CONSTRAINT PK___EFMigrationsLock PRIMARY KEY, Timestamp TEXT NOT NULL)");
        await db.Database.ExecuteSqlAsync($"INSERT INTO __EFMigrationsLock VALUES (1, {TimeProvider.System.GetUtcNow() - age})");
    }
}
