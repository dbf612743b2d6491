using AnyDoor.Audit;
using AnyDoor.Core.Tests.Funds;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Messages;
using AnyDoor.Organisations;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AnyDoor.Core.Tests.Audit;

public sealed class ChoresTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 24, 8, 12, 0, TimeSpan.Zero);

    [Theory, OnBothDatabases]
    public async Task DueChore_IsDoneOnce_HoweverManyProcessesLook_AndNotAgainAfterARestart(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var clock = new FakeTimeProvider(Morning);
        var times = 0;
        var chore = new Chore("count", TimeSpan.FromHours(1), (_, _) => { Interlocked.Increment(ref times); return Task.CompletedTask; });

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => new Chores(test.Database, clock).RunDueAsync([chore], default))));
        times.ShouldBe(1);

        clock.Advance(TimeSpan.FromMinutes(59));
        (await new Chores(test.Database, clock).RunDueAsync([chore], default)).Done.ShouldBeEmpty();
        clock.Advance(TimeSpan.FromMinutes(2));
        (await new Chores(test.Database, clock).RunDueAsync([chore], default)).Done.ShouldBe(["count"]);
        times.ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task ChoreThatFails_OrWhoseProcessDied_IsTakenOverWhenItsLeaseRunsOut_AndHoldsUpNoOther(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var clock = new FakeTimeProvider(Morning);
        var broken = true;
        var fragile = new Chore("fragile", TimeSpan.FromHours(1), (_, _) => broken ? throw new IOException("the disk is full") : Task.CompletedTask);
        var steady = new Chore("steady", TimeSpan.FromHours(1), (_, _) => Task.CompletedTask);

        var first = await new Chores(test.Database, clock).RunDueAsync([fragile, steady], default);
        first.Done.ShouldBe(["steady"]);
        first.Failed.Single().Name.ShouldBe("fragile");
        broken = false;
        (await new Chores(test.Database, clock).RunDueAsync([fragile], default)).Done.ShouldBeEmpty();

        clock.Advance(Chores.AtMost + TimeSpan.FromSeconds(1));
        (await new Chores(test.Database, clock).RunDueAsync([fragile], default)).Done.ShouldBe(["fragile"]);
    }

    [Fact]
    public async Task ChoreThatIsStopped_IsGivenBackAtOnce()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        var clock = new FakeTimeProvider(Morning);
        using var stop = new CancellationTokenSource();
        var chore = new Chore("long", TimeSpan.FromHours(1), (_, cancel) => { stop.Cancel(); cancel.ThrowIfCancellationRequested(); return Task.CompletedTask; });
        await Should.ThrowAsync<OperationCanceledException>(() => new Chores(test.Database, clock).RunDueAsync([chore], stop.Token));

        (await new Chores(test.Database, clock).RunDueAsync([chore with { Work = (_, _) => Task.CompletedTask }], default)).Done.ShouldBe(["long"]);
    }

    [Theory, OnBothDatabases]
    public async Task TwoProcessesThatExpireAtOnce_BringTheMoneyBackOnce(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind, new DateTime(2021, 6, 1, 9, 0, 0, DateTimeKind.Utc));
        await rig.LoadAsync(FundsRig.PlainScheme());
        for (var i = 0; i < 5; i++) await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync(), 4900, type: "fuel-voucher"));
        rig.Clock.Advance(TimeSpan.FromDays(91));

        var expired = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => rig.Desk.ExpireDueAsync(rig.Who, default))));

        expired.Sum().ShouldBe(5);
        (await rig.Reports.SchemeAsync("plain", default))!.ReturnedPence.ShouldBe(5 * 4900);
        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases]
    public async Task MessageThatNobodyCouldSend_IsClosedAsNotSent_AndItsWordsGo(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));
        var postman = new Postman(r.Desk.Test.Database, r.Desk.Commands, r.Desk.Test.Key, r.Desk.Reader, sender: null);
        AuditContext At(int days) => new(Actor.Job("test"), null, "job", Purpose.Assurance, r.Now.AddDays(days));
        (await r.OutboxAsync()).ShouldNotBeEmpty();
        (await postman.CloseOldAsync(At(Postman.DaysToSend), default)).ShouldBe(0);

        var closed = await postman.CloseOldAsync(At(Postman.DaysToSend + 1), default);

        closed.ShouldBeGreaterThan(0);
        (await postman.CloseOldAsync(At(Postman.DaysToSend + 1), default)).ShouldBe(0);
        (await r.OutboxAsync()).Where(m => m.State == MessageState.Failed).ShouldAllBe(m => m.SealedWords == null && m.Why!.Contains("within 14 days"));
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public async Task SettingPastItsCheck_IsWrittenDownOnceForItsDay()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        var clock = new FakeTimeProvider(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));
        var desk = new SettingsDesk(r.Desk.Test.Database, r.Desk.Commands, clock);
        var who = new AuditContext(Actor.Job("test"), null, "job", Purpose.Assurance, clock.GetUtcNow().UtcDateTime);

        var first = await desk.RemindAsync(who, default);

        first.ShouldBe((await desk.CurrentAsync(default)).Overdue(new DateOnly(2027, 3, 1)).Count);
        first.ShouldBeGreaterThan(10);
        (await desk.RemindAsync(who with { At = who.At.AddHours(6) }, default)).ShouldBe(0);
        (await r.ReadAsync(db => db.Set<AuditEvent>().CountAsync(e => e.Kind == "setting.review-due"))).ShouldBe(first);
    }
}
