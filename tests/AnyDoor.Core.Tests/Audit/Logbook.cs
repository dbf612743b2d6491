using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AnyDoor.Core.Tests.Audit;

/// <summary>A database with both logs, their sealer and verifier; and what somebody with the owner's rights could do to it.</summary>
internal sealed class Logbook : IAsyncDisposable
{
    public static readonly AuditContext Who = new(Actor.Job("test"), null, "test", Purpose.Assurance, new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc));

    private Logbook(TestDatabase test)
    {
        Test = test;
        Checkpoints = new Checkpoints(Path.Combine(test.Folder, "checkpoints"), test.Key);
        Commands = test.Commands(Clock);
        Reads = new ReadLog(test.Database, test.Key);
        Sealer = NewSealer();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(Who.At, TimeSpan.Zero));
    public TestDatabase Test { get; }
    public Checkpoints Checkpoints { get; }
    public Commands Commands { get; }
    public ReadLog Reads { get; }
    public Sealer Sealer { get; }
    public Db Kind { get; private init; }

    public static async Task<Logbook> OpenAsync(Db kind) => new(await TestDatabase.CreateAsync(kind)) { Kind = kind };

    public Sealer NewSealer(TimeProvider? clock = null) => new(Test.Database, Test.Key, Checkpoints, clock ?? Clock);

    public async Task<Guid> WriteAsync(string what = "thing.done", string? content = "in somebody's words")
    {
        var id = Guid.Empty;
        (await Commands.RunAsync(Who, c => { id = c.Record(what, content: content); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, default)).Done.ShouldBeTrue();
        return id;
    }

    public Task ReadAsync(params Guid[] subjects) => Reads.RecordAsync(Who, "household", "open-request", subjects, default);

    /// <summary>Seals until nothing is left: on PostgreSQL another database's open transaction may hold the horizon back for a moment.</summary>
    public async Task SealAllAsync()
    {
        for (var i = 0; i < 2400; i++)
        {
            await Sealer.SealAsync(default);
            await Sealer.CheckpointAsync(default);
            var found = await VerifyAsync();
            if (found.Unsealed == 0 || found.FirstBad is not null) return;
            await Task.Delay(25);
        }
    }

    /// <summary>What is proved, without how many checkpoints there are.</summary>
    public async Task<AuditFindings> ProveAsync() => await VerifyAsync() with { Checkpoints = 0, OldestCheckpoint = null, NewestCheckpoint = null, Restores = null, OtherDatabases = null };

    public Task<AuditFindings> VerifyAsync(LogKey? key = null) => new AuditVerifier(Test.Database, key ?? Test.Key, key is null ? Checkpoints : new Checkpoints(Checkpoints.Folder, key), Clock).VerifyAsync(default);

    /// <summary>Three writes and two reads in a first seal of each log, two more of each in a second.</summary>
    public async Task FillAsync()
    {
        for (var i = 0; i < 3; i++) await WriteAsync($"thing.{i}");
        for (var i = 0; i < 2; i++) await ReadAsync(Guid.NewGuid(), Guid.NewGuid());
        await SealAllAsync();
        for (var i = 3; i < 5; i++) { await WriteAsync($"thing.{i}"); await ReadAsync(Guid.NewGuid()); }
        await SealAllAsync();
    }

    /// <summary>As the database's owner, with the triggers out of the way.</summary>
    public async Task TamperAsync(string sql)
    {
#pragma warning disable EF1002 // the names come from the schema itself
        await using var db = Test.Database.Open();
        if (Kind == Db.Sqlite)
        {
            foreach (var trigger in await db.Database.SqlQueryRaw<string>("SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger'").ToListAsync())
                await db.Database.ExecuteSqlRawAsync($"DROP TRIGGER {trigger}");
        }
        else
        {
            foreach (var table in new[] { "audit_event", "audit_content", "read_event", "seal", "erasure", "database_mark" })
                await db.Database.ExecuteSqlRawAsync($"ALTER TABLE {table} DISABLE TRIGGER ALL");
        }
#pragma warning restore EF1002
        (await db.Database.ExecuteSqlRawAsync(sql)).ShouldNotBe(0, sql);
    }

    public async ValueTask DisposeAsync()
    {
        await Reads.DisposeAsync();
        await Test.DisposeAsync();
    }
}
