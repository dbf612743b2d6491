using System.IO.Compression;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AnyDoor.Core.Tests.Data;

/// <summary>A backup goes into an empty database whole, the logs and the books still prove themselves, and work goes on from there.</summary>
public sealed class BackupTests
{
    private static readonly AuditContext Who = new(Actor.Job("test"), null, "command-line", Purpose.Assurance, new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc), "A reason, in words");

    [Theory]
    [InlineData(Db.Sqlite, Db.Sqlite)]
    [InlineData(Db.PostgreSql, Db.PostgreSql)]
    [InlineData(Db.Sqlite, Db.PostgreSql)]
    public async Task Restore_IntoAnEmptyDatabase_GivesTheSameRows_AndTheLogsAreWhole(Db from, Db to)
    {
        await using var source = await TestDatabase.CreateAsync(from);
        var (services, checkpoints) = Services(source, source.Folder);
        await WorkAsync(source.Commands(), "before");
        await services.SealNowAsync(default);
        var file = Path.Combine(source.Folder, "backup.zip");
        var manifest = await new Backup(source.Database, checkpoints, TimeProvider.System).WriteAsync(file, default);

        await using var target = await EmptyAsync(to);
        var (sealer, targetCheckpoints) = Services(target.Database, source.Key, Path.Combine(target.Folder, "restored"));
        await new Backup(target.Database, targetCheckpoints, TimeProvider.System).RestoreAsync(file, default);

        await using (var db = target.Database.Open())
        {
            (await db.Set<AuditEvent>().CountAsync()).ShouldBe((int)manifest.Rows["audit_event"]);
            (await db.Set<Door>().Select(d => d.Id).ToListAsync()).ShouldBe(["before"]);
            (await db.Set<AuditContent>().Select(c => c.Body).ToListAsync()).ShouldBe(["A reason, in words\nbefore"]);
        }
        var verifier = new AuditVerifier(target.Database, source.Key, targetCheckpoints, TimeProvider.System);
        (await verifier.VerifyAsync(default)).FirstBad.ShouldBeNull();

        await WorkAsync(new Commands(target.Database, source.Key, TimeProvider.System), "after");
        await sealer.SealNowAsync(default);
        var after = await verifier.VerifyAsync(default);
        (after.FirstBad, after.Sealed, after.Unsealed).ShouldBe((null, 2, 0));
        (await new LedgerVerifier(target.Database).VerifyAsync(default)).Differences.ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task Restore_IntoADatabaseInUse_IsRefused(Db kind)
    {
        await using var source = await TestDatabase.CreateAsync(kind);
        var (_, checkpoints) = Services(source, source.Folder);
        var backup = new Backup(source.Database, checkpoints, TimeProvider.System);
        var file = Path.Combine(source.Folder, "backup.zip");
        await backup.WriteAsync(file, default);

        var error = await Should.ThrowAsync<InvalidOperationException>(() => backup.RestoreAsync(file, default));

        error.Message.ShouldStartWith("This database is not empty.");
    }

    /// <summary>Stops the process, in its way, at the moment that the restore is to be written down.</summary>
    private sealed class Killed : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new IOException("The power went.");
    }

    [Theory, OnBothDatabases]
    public async Task Restore_CutOffWhereTheCheckpointsKnowLaterSeals_IsTriedAgainAndProvesItself(Db kind)
    {
        await using var source = await TestDatabase.CreateAsync(kind);
        var (sealer, checkpoints) = Services(source, source.Folder);
        await WorkAsync(source.Commands(), "before");
        await sealer.SealNowAsync(default);
        var file = Path.Combine(source.Folder, "backup.zip");
        await new Backup(source.Database, checkpoints, TimeProvider.System).WriteAsync(file, default);
        await WorkAsync(source.Commands(), "lost with the disk");
        await sealer.SealNowAsync(default);

        await using var target = await EmptyAsync(kind);
        await Should.ThrowAsync<IOException>(() => new Backup(target.Database, checkpoints, new Killed()).RestoreAsync(file, default));
        await using (var db = target.Database.Open()) (await db.Set<DatabaseMark>().AnyAsync()).ShouldBeFalse("what was not written down is not there");
        await new Backup(target.Database, checkpoints, TimeProvider.System).RestoreAsync(file, default);

        (await new AuditVerifier(target.Database, source.Key, checkpoints, TimeProvider.System).VerifyAsync(default)).FirstBad.ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Restore_ATableIsMissingFromTheFile_RestoresNothingAndSaysWhich(Db kind)
    {
        await using var source = await TestDatabase.CreateAsync(kind);
        var (_, checkpoints) = Services(source, source.Folder);
        await WorkAsync(source.Commands(), "before");
        var file = Path.Combine(source.Folder, "backup.zip");
        await new Backup(source.Database, checkpoints, TimeProvider.System).WriteAsync(file, default);
        using (var zip = ZipFile.Open(file, ZipArchiveMode.Update)) zip.GetEntry("tables/door.jsonl")!.Delete();

        await using var target = await EmptyAsync(kind);
        var error = await Should.ThrowAsync<InvalidDataException>(() => new Backup(target.Database, checkpoints, TimeProvider.System).RestoreAsync(file, default));

        error.Message.ShouldBe("The backup is damaged: door is missing and should have 1 rows. Nothing was restored.");
        await using var db = target.Database.Open();
        (await db.Set<DatabaseMark>().AnyAsync()).ShouldBeFalse();
    }

    [Theory, OnBothDatabases]
    public async Task Restore_WithAnotherKey_RestoresNothingAndSaysWhichKeysToPutInPlace(Db kind)
    {
        await using var source = await TestDatabase.CreateAsync(kind);
        var (sealer, checkpoints) = Services(source, source.Folder);
        await WorkAsync(source.Commands(), "before");
        await sealer.SealNowAsync(default);
        var file = Path.Combine(source.Folder, "backup.zip");
        await new Backup(source.Database, checkpoints, TimeProvider.System).WriteAsync(file, default);

        await using var target = await EmptyAsync(kind);
        var (_, others) = Services(target.Database, LogKey.Open(Path.Combine(target.Folder, "keys")), target.Folder);
        var refused = await Should.ThrowAsync<InvalidDataException>(() => new Backup(target.Database, others, TimeProvider.System).RestoreAsync(file, default));

        (await Backup.IsSealedAsync(file, default)).ShouldBeTrue();
        refused.Message.ShouldContain("ANYDOOR_KEYS");
        Directory.Exists(others.Folder).ShouldBeFalse();
        var (_, right) = Services(target.Database, source.Key, target.Folder);
        await new Backup(target.Database, right, TimeProvider.System).RestoreAsync(file, default);
        (await new AuditVerifier(target.Database, source.Key, right, TimeProvider.System).VerifyAsync(default)).FirstBad.ShouldBeNull();
    }

    [Fact]
    public async Task Restore_OfSomethingElse_SaysSo()
    {
        await using var target = await EmptyAsync(Db.Sqlite);
        var (_, checkpoints) = Services(target.Database, LogKey.Open(Path.Combine(target.Folder, "keys")), target.Folder);
        var file = Path.Combine(target.Folder, "not-a-backup.zip");
        await File.WriteAllTextAsync(file, "hello");

        (await Should.ThrowAsync<InvalidDataException>(() => new Backup(target.Database, checkpoints, TimeProvider.System).RestoreAsync(file, default))).Message.ShouldEndWith("is not a backup.");
    }

    [Fact]
    public async Task Migrate_WithAnOwner_LeavesTheAppsRoleUnableToChangeWhatHappened()
    {
        await using var target = await EmptyAsync(Db.PostgreSql);
        var app = await AppRoleAsync(target.Connection);
        (await Should.ThrowAsync<PostgresException>(() => Roles.MigrateAsync(new Installation(app, null, Path.Combine(target.Folder, "keys"), target.Folder), default))).Sentence().ShouldContain("ANYDOOR_OWNER_DATABASE");
        await AsOwnerAsync(target.Connection, () => Roles.MigrateAsync(new Installation(app, null, Path.Combine(target.Folder, "keys"), target.Folder), default));

        await using var asApp = Database.From(app);
        var commands = new Commands(asApp, LogKey.Open(Path.Combine(target.Folder, "keys")), TimeProvider.System);
        await WorkAsync(commands, "by-the-app");
        await using var db = asApp.Open();
        foreach (var forbidden in new[] { "UPDATE audit_event SET door = 'x'", "DELETE FROM audit_event", "TRUNCATE read_event", "DELETE FROM ledger_entry", "ALTER TABLE audit_event DISABLE TRIGGER ALL", "UPDATE database_mark SET database_id = gen_random_uuid()", "DELETE FROM database_mark", "DROP TABLE seal" })
#pragma warning disable EF1002
            (await Should.ThrowAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync(forbidden))).SqlState.ShouldBe("42501", forbidden);

        // What the owner takes away or grants is named, though no row was touched; and made anew by the next migrate, which writes it down.
        var verifier = new AuditVerifier(asApp, LogKey.Open(Path.Combine(target.Folder, "keys")), new Checkpoints(target.Folder, LogKey.Open(Path.Combine(target.Folder, "keys"))), TimeProvider.System);
        (await verifier.VerifyAsync(default)).Unguarded.ShouldBeNull();
        await using (var owner = target.Database.Open())
            await owner.Database.ExecuteSqlRawAsync($"GRANT UPDATE ON seal TO \"{new NpgsqlConnectionStringBuilder(app).Username}\"; DROP TRIGGER seal_append_only ON seal; ALTER TABLE audit_event DISABLE TRIGGER ALL");
#pragma warning restore EF1002
        var loose = (await verifier.VerifyAsync(default)).Unguarded!;
        loose.Select(s => s.Split(": ")[0]).ShouldBe(["The trigger audit_event_append_only on audit_event is switched off.", "The trigger audit_event_no_truncate on audit_event is switched off.", "The trigger seal_append_only on seal is missing.", $"The role {new NpgsqlConnectionStringBuilder(app).Username} may change or delete rows of seal"]);
        IReadOnlyList<string> notes = [];
        await AsOwnerAsync(target.Connection, async () => notes = (await Roles.MigrateAsync(new Installation(app, null, Path.Combine(target.Folder, "keys"), target.Folder), default)).Notes);
        notes.ShouldContain("The trigger seal_append_only on seal is missing.");
        (await verifier.VerifyAsync(default)).Unguarded.ShouldBeNull();
        (await db.Set<AuditEvent>().CountAsync(e => e.Kind == "log.triggers-made-anew")).ShouldBe(1);
    }

    [Fact]
    public async Task Restore_WithAnOwner_FillsTheTablesAndLetsTheAppWorkOn()
    {
        await using var source = await TestDatabase.CreateAsync(Db.Sqlite);
        var (sealer, checkpoints) = Services(source, source.Folder);
        await WorkAsync(source.Commands(), "before");
        await sealer.SealNowAsync(default);
        var file = Path.Combine(source.Folder, "backup.zip");
        await new Backup(source.Database, checkpoints, TimeProvider.System).WriteAsync(file, default);
        await using var target = await EmptyAsync(Db.PostgreSql);
        var app = await AppRoleAsync(target.Connection);
        var installation = new Installation(app, "fenland", source.Folder, source.Folder);

        await AsOwnerAsync(target.Connection, async () =>
        {
            await using var owners = await Roles.OpenAsOwnerAsync(installation, default);
            await new Backup(owners, checkpoints, TimeProvider.System).RestoreAsync(file, default);
            await Roles.GrantAsync(installation, owners, default);
        });

        await using var asApp = Database.From(app, "fenland");
        await WorkAsync(new Commands(asApp, source.Key, TimeProvider.System), "after");
        await using var db = asApp.Open();
        (await db.Set<Door>().Select(d => d.Id).Order().ToListAsync()).ShouldBe(["after", "before"]);
        (await Should.ThrowAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync("DELETE FROM audit_event"))).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task Migrate_WithAnOwnerWhoseOwnSchemaIsAnother_MigratesTheApps()
    {
        await using var target = await EmptyAsync(Db.PostgreSql);
        var app = new NpgsqlConnectionStringBuilder(await AppRoleAsync(target.Connection)) { SearchPath = "fenland" }.ConnectionString;

        await AsOwnerAsync(target.Connection, () => Roles.MigrateAsync(new Installation(app, null, target.Folder, target.Folder), default));

        await using var asApp = Database.From(app);
        (await asApp.IsThereAsync(default)).ShouldBeTrue();
        (await target.Database.IsThereAsync(default)).ShouldBeFalse("nothing is in the schema that only the owner's connection names");
    }

    [Fact]
    public async Task Migrate_WithAnOwnerOfAnotherDatabase_IsRefusedAndMakesNothing()
    {
        await using var target = await EmptyAsync(Db.PostgreSql);
        await using var other = await EmptyAsync(Db.PostgreSql);
        var app = await AppRoleAsync(target.Connection);

        var refused = await Should.ThrowAsync<InvalidOperationException>(() =>
            AsOwnerAsync(other.Connection, () => Roles.MigrateAsync(new Installation(app, null, target.Folder, target.Folder), default)));

        refused.Message.ShouldStartWith("ANYDOOR_OWNER_DATABASE leads to");
        (await other.Database.IsThereAsync(default)).ShouldBeFalse();
    }

    /// <summary>As where the app goes through a pooler and the owner does not.</summary>
    [Fact]
    public async Task Migrate_WithAnOwnerWhoCallsTheSameServerByAnotherName_Migrates()
    {
        await using var target = await EmptyAsync(Db.PostgreSql);
        var builder = new NpgsqlConnectionStringBuilder(await AppRoleAsync(target.Connection));
        if (builder.Host is not ("127.0.0.1" or "localhost")) Assert.Skip("The server of this run has one name only.");
        builder.Host = builder.Host == "localhost" ? "127.0.0.1" : "localhost";

        await AsOwnerAsync(target.Connection, () => Roles.MigrateAsync(new Installation(builder.ConnectionString, null, target.Folder, target.Folder), default));

        (await target.Database.IsThereAsync(default)).ShouldBeTrue();
    }

    private static async Task AsOwnerAsync(string owner, Func<Task> work)
    {
        Environment.SetEnvironmentVariable("ANYDOOR_OWNER_DATABASE", owner);
        try { await work(); }
        finally { Environment.SetEnvironmentVariable("ANYDOOR_OWNER_DATABASE", null); }
    }

    /// <summary>A role that owns nothing, and its connection.</summary>
    private static async Task<string> AppRoleAsync(string owner)
    {
        var role = $"anydoor_app_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(TestDatabase.PostgresServer());
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE ROLE {role} LOGIN PASSWORD 'x'", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(owner) { Username = role, Password = "x", Pooling = false }.ConnectionString;
    }

    private static Task<Result<Nothing>> WorkAsync(Commands commands, string door) => commands.RunAsync(Who, c =>
    {
        c.Insert(new Door { Id = door, Label = door });
        c.Record("door.added", content: door);
        return Task.FromResult<Result<Nothing>>(Nothing.Value);
    }, default);

    private static (Sealer Sealer, Checkpoints Checkpoints) Services(TestDatabase test, string folder) => Services(test.Database, test.Key, folder);

    private static (Sealer Sealer, Checkpoints Checkpoints) Services(Database database, LogKey key, string folder)
    {
        var checkpoints = new Checkpoints(Path.Combine(folder, "checkpoints"), key);
        return (new Sealer(database, key, checkpoints, TimeProvider.System), checkpoints);
    }

    private static async Task<EmptyDatabase> EmptyAsync(Db kind)
    {
        var folder = Directory.CreateTempSubdirectory("anydoor-empty-").FullName;
        if (kind == Db.Sqlite)
        {
            var path = Path.Combine(folder, "empty.db");
            return new EmptyDatabase(Database.From(path), path, folder);
        }
        var name = $"anydoor_empty_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(TestDatabase.PostgresServer());
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        var own = new NpgsqlConnectionStringBuilder(TestDatabase.PostgresServer()) { Database = name, Pooling = false }.ConnectionString;
        return new EmptyDatabase(Database.From(own), own, folder);
    }

    private sealed record EmptyDatabase(Database Database, string Connection, string Folder) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
