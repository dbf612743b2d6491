using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace AnyDoor.Core.Tests.Audit;

[Requirement("R-ISA-05")]
public sealed class SealingTests
{
    [Theory, OnBothDatabases]
    public async Task Seal_BothLogs_CoversEveryEventOnceAndIndexesWhoWasLookedAt(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();

        var found = await log.ProveAsync();

        found.ShouldBe(new AuditFindings(9, 0, 0, null));
        await using var db = log.Test.Database.Open();
        (await db.Set<Seal>().Where(s => s.Log == LogName.Write).SumAsync(s => s.Count)).ShouldBe(5);
        (await db.Set<ReadSubject>().CountAsync()).ShouldBe(6);
    }

    [Theory, OnBothDatabases]
    public async Task Verify_UnsealedTail_IsFineAndItsAgeIsTold(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        await log.WriteAsync();
        log.Clock.Advance(TimeSpan.FromSeconds(42));

        (await log.ProveAsync()).ShouldBe(new AuditFindings(9, 1, 42, null));
    }

    [Theory, OnBothDatabases]
    public async Task Verify_EmptyLog_IsFine(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);

        (await log.ProveAsync()).ShouldBe(new AuditFindings(0, 0, 0, null));
    }

    [Theory, OnBothDatabases]
    public async Task Seal_ManyEvents_MakesSeveralSealsThatJoin(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        for (var batch = 0; batch < 3; batch++)
        {
            await log.Commands.RunAsync(Logbook.Who, c =>
            {
                for (var i = 0; i < 4000; i++) c.Record("thing.done");
                return Task.FromResult<Result<Nothing>>(Nothing.Value);
            }, default);
        }
        await log.SealAllAsync();

        (await log.ProveAsync()).ShouldBe(new AuditFindings(12000, 0, 0, null));
        await using var db = log.Test.Database.Open();
        (await db.Set<Seal>().CountAsync()).ShouldBeGreaterThan(1);
    }

    [Theory, OnBothDatabases]
    public async Task Seal_AnotherHoldsTheLease_LeavesItToThemUntilItExpires(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        var other = log.NewSealer();
        await log.WriteAsync();
        await log.SealAllAsync();
        await log.WriteAsync();

        (await other.SealAsync(default)).ShouldBeNull();
        log.Clock.Advance(TimeSpan.FromSeconds(6));
        await Eventually(async () => await other.SealAsync(default) > 0);

        // The first holder comes back from a long pause: its fence is old, and it writes nothing.
        await log.WriteAsync();
        (await log.Sealer.SealAsync(default)).ShouldBeNull();
        await Eventually(async () => await other.SealAsync(default) > 0);
        (await log.ProveAsync()).ShouldBe(new AuditFindings(3, 0, 6, null) with { OldestUnsealedS = 0 });
    }

    [Theory, OnBothDatabases]
    public async Task SealNow_BeforeAVerbExits_SealsAndWritesACheckpointAndGivesTheLeaseBack(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.WriteAsync();

        await log.NewSealer(TimeProvider.System).SealNowAsync(default);

        (await log.VerifyAsync()).Sealed.ShouldBe(1);
        await using var db = log.Test.Database.Open();
        var mark = await db.Set<DatabaseMark>().SingleAsync();
        var line = log.Checkpoints.Of(mark.DatabaseId).ShouldHaveSingleItem();
        (line.Checkpoint!.WriteSeal, line.Checkpoint.ReadSeal, line.Genuine, line.Follows).ShouldBe((1, 0, true, true));
        await log.WriteAsync();
        await Eventually(async () => await log.Sealer.SealAsync(default) > 0);
    }

    [Theory, OnBothDatabases]
    public async Task SealingService_OnAServer_SealsWithinASecond_AndPinsItAtOnce(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        using var service = new SealingService(log.NewSealer(TimeProvider.System), TimeProvider.System, NullLogger<SealingService>.Instance);
        await service.StartAsync(default);
        await log.WriteAsync();

        await Eventually(async () => await log.VerifyAsync() is { Unsealed: 0, Sealed: 1, Checkpoints: 1 });
        // While it still runs: a server that is killed writes nothing more.
        await log.TamperAsync("DELETE FROM audit_content");
        await log.TamperAsync("DELETE FROM audit_event");
        await log.TamperAsync("DELETE FROM seal");
        (await log.VerifyAsync()).FirstBad!.Why.ShouldContain("its end was cut off");
        await service.StopAsync(default);
    }

    /// <summary>A server goes on signing with the key that it read: while one is here, be it idle, nobody changes the key under it.</summary>
    [Theory, OnBothDatabases]
    public async Task OthersAtWork_AnIdleServer_CountsUntilItGoes_AndForAMinuteAfterItWasKilled(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        Task<bool> AtWorkAsync() => log.NewSealer().OthersAtWorkAsync(default);
        log.Clock.Advance(TimeSpan.FromSeconds(10)); // whoever filled it seals no more
        (await AtWorkAsync()).ShouldBeFalse();
        log.Clock.Advance(TimeSpan.FromSeconds(10));
        using (var service = new SealingService(log.NewSealer(), log.Clock, NullLogger<SealingService>.Instance))
        {
            await service.StartAsync(default);
            await using var db = log.Test.Database.Open();
            await Eventually(() => db.Set<Lease>().AnyAsync(l => l.Name.StartsWith("server:")));
            (await AtWorkAsync()).ShouldBeTrue();
            await service.StopAsync(default);
        }
        (await AtWorkAsync()).ShouldBeFalse("it has gone");
        log.Clock.Advance(TimeSpan.FromSeconds(10));

        await log.NewSealer().HereAsync(default);
        log.Clock.Advance(TimeSpan.FromSeconds(55));
        (await AtWorkAsync()).ShouldBeTrue("it may only be idle");
        log.Clock.Advance(TimeSpan.FromSeconds(10));
        (await AtWorkAsync()).ShouldBeFalse("it was killed");
    }

    [Theory, OnBothDatabases]
    public async Task Erase_ContentRecordedFirst_LeavesTheChainWhole(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        var id = await log.WriteAsync(content: "her words");
        await log.FillAsync();

        (await log.Commands.RunAsync(Logbook.Who, c => Eraser.EraseAsync(c, id, "retention: six years after closing"), default)).Done.ShouldBeTrue();
        await log.SealAllAsync();

        (await log.VerifyAsync()).FirstBad.ShouldBeNull();
        await using var db = log.Test.Database.Open();
        (await db.Set<AuditContent>().AnyAsync(c => c.EventId == id)).ShouldBeFalse();
        (await db.Set<AuditEvent>().AnyAsync(e => e.Kind == "content.erased" && e.SubjectId == id)).ShouldBeTrue();
        (await log.Commands.RunAsync(Logbook.Who, c => Eraser.EraseAsync(c, id, "again"), default)).Refusal!.Code.ShouldBe("nothing-to-erase");
    }

    [Theory, OnBothDatabases]
    public async Task RebuildReadIndex_AfterLoss_GivesTheSameIndex(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        await using var db = log.Test.Database.Open();
        var before = await db.Set<ReadSubject>().OrderBy(s => s.SubjectId).ToListAsync();
        await db.Set<ReadSubject>().ExecuteDeleteAsync();

        await log.Sealer.RebuildReadIndexAsync(default);

        (await db.Set<ReadSubject>().OrderBy(s => s.SubjectId).ToListAsync()).Select(s => (s.SubjectId, s.ReadEventId)).ShouldBe(before.Select(s => (s.SubjectId, s.ReadEventId)));
    }

    /// <summary>Writers that commit out of order, with two sealers at it all the time: nothing is missed, nothing is sealed twice.</summary>
    [Theory, OnBothDatabases]
    public async Task Seal_WhileEightWritersCommitOutOfOrder_SealsEverythingOnce(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        using var stop = new CancellationTokenSource();
        var (written, looked) = (0, 0);
        async Task<int> SealsAsync()
        {
            await using var read = log.Test.Database.Open();
            return await read.Set<Seal>().CountAsync();
        }
        var sealers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            var sealer = log.NewSealer(TimeProvider.System);
            while (!stop.IsCancellationRequested) { await sealer.SealAsync(default); await Task.Delay(5); }
        })).ToList();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            var random = new Random(w);
            // At least so many, and on until the sealers have come in between: a slow machine gives them their turn late.
            for (var i = 0; i < 40 || (i < 4000 && await SealsAsync() <= 5); i++)
            {
                Interlocked.Increment(ref written);
                if (i % 4 == 0) Interlocked.Increment(ref looked);
                await log.Commands.RunAsync(Logbook.Who, async c =>
                {
                    c.Record($"thing.{w}.{i}", content: "words");
                    await c.FlushAsync();
                    // Inside the transaction: its id is taken, its commit is to come.
                    await Task.Delay(random.Next(0, 8));
                    c.Record($"thing.{w}.{i}.more");
                    return (Result<Nothing>)Nothing.Value;
                }, default);
                if (i % 4 == 0) await log.ReadAsync(Guid.NewGuid());
            }
        })));
        await stop.CancelAsync();
        await Task.WhenAll(sealers);
        log.Clock.SetUtcNow(DateTimeOffset.Parse("2200-01-01T00:00:00Z"));
        await log.SealAllAsync();

        written.ShouldBeGreaterThanOrEqualTo(8 * 40);
        (await log.ProveAsync()).ShouldBe(new AuditFindings(written * 2 + looked, 0, 0, null));
        await using var db = log.Test.Database.Open();
        (await db.Set<Seal>().CountAsync()).ShouldBeGreaterThan(5);
        (await db.Set<ReadSubject>().CountAsync()).ShouldBe(looked);
    }

    private static async Task Eventually(Func<Task<bool>> done)
    {
        for (var i = 0; i < 2400; i++)
        {
            if (await done()) return;
            await Task.Delay(25);
        }
        Assert.Fail("It did not happen within a minute.");
    }
}
