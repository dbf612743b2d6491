using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Audit;

public sealed class CommandsTests
{
    private static readonly AuditContext Who = new(Actor.Job("test"), null, "test", Purpose.Assurance, new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc));

    [Theory, OnBothDatabases]
    public async Task Run_SameKeySameContent_GivesTheFirstAnswerAndWritesOnce(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var commands = test.Commands();
        var once = new Once("test", "k1", [1, 2, 3]);

        var first = await commands.RunAsync(Who, c => AddDoor(c, "first"), default, once);
        var second = await commands.RunAsync(Who, c => AddDoor(c, "second"), default, once);

        first.Value.ShouldBe("first");
        second.Value.ShouldBe("first");
        await using var db = test.Database.Open();
        (await db.Set<Door>().Select(d => d.Id).ToListAsync()).ShouldBe(["first"]);
        (await db.Set<AuditEvent>().CountAsync()).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Run_SameKeyOtherContent_IsRefused(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var commands = test.Commands();

        await commands.RunAsync(Who, c => AddDoor(c, "first"), default, new Once("test", "k1", [1]));
        var other = await commands.RunAsync(Who, c => AddDoor(c, "second"), default, new Once("test", "k1", [2]));

        other.Refusal!.Code.ShouldBe(Commands.KeyReused);
    }

    /// <summary>PostgreSQL breaks one of two that wait for each other; it is run again as a whole. SQLite has one writer and no such knot.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Run_TwoThatWaitForEachOther_BothEndDone(bool byQuery)
    {
        await using var test = await TestDatabase.CreateAsync(Db.PostgreSql);
        var commands = test.Commands();
        await commands.RunAsync(Who, async c => { await AddDoor(c, "one"); return await AddDoor(c, "two"); }, default);
        using var both = new Barrier(2);
        var attempts = 0;
        Task<Result<string>> HoldAsync(string first, string second) => Task.Run(() => commands.RunAsync<string>(Who, async c =>
        {
            var attempt = Interlocked.Increment(ref attempts);
            await TakeAsync(c, first);
            if (attempt <= 2) both.SignalAndWait(TimeSpan.FromMinutes(1)).ShouldBeTrue();
            await TakeAsync(c, second);
            return second;
        }, default));
        async Task TakeAsync(Command c, string door)
        {
            if (byQuery) (await c.Db.Set<Door>().FromSql($"SELECT * FROM door WHERE id = {door} FOR UPDATE").ToListAsync()).Count.ShouldBe(1);
            else (await c.Db.Set<Door>().Where(d => d.Id == door).ExecuteUpdateAsync(d => d.SetProperty(x => x.Label, x => x.Label + "."))).ShouldBe(1);
        }

        var done = await Task.WhenAll(HoldAsync("one", "two"), HoldAsync("two", "one"));

        done.Select(d => d.Value).ShouldBe(["two", "one"]);
        attempts.ShouldBe(3);
    }

    [Theory, OnBothDatabases]
    public async Task Run_WorkRefuses_LeavesNothingBehindAndTheKeyFree(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var commands = test.Commands();
        var once = new Once("test", "k1", [1]);

        var refused = await commands.RunAsync(Who, async c =>
        {
            await AddDoor(c, "first");
            c.AtEnd(1, _ => Task.FromResult<Refusal?>(new Refusal("no", "Not today.")));
            return (Result<string>)"first";
        }, default, once);
        var after = await commands.RunAsync(Who, c => AddDoor(c, "first"), default, once);

        refused.Refusal!.Sentence.ShouldBe("Not today.");
        after.Done.ShouldBeTrue();
        await using var db = test.Database.Open();
        (await db.Set<AuditEvent>().CountAsync()).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Run_SameKeyFromEightCallersAtOnce_HappensOnce(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var commands = test.Commands();
        var once = new Once("test", "k1", [1]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => commands.RunAsync(Who, c => AddDoor(c, $"door-{i}"), default, once))));

        answers.Select(a => a.Value).Distinct().Count().ShouldBe(1);
        await using var db = test.Database.Open();
        (await db.Set<Door>().CountAsync()).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Run_ManyRows_TakesTheBulkPathWithTheSameResult(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);

        await test.Commands().RunAsync(Who, async c =>
        {
            for (var i = 0; i < 500; i++) await AddDoor(c, $"door-{i:000}");
            return (Result<string>)"all";
        }, default);

        await using var db = test.Database.Open();
        (await db.Set<Door>().CountAsync()).ShouldBe(500);
        var events = await db.Set<AuditEvent>().OrderBy(e => e.Seq).ToListAsync();
        events.Count.ShouldBe(500);
        events.Count(e => test.Key.Matches(CanonicalForm.Of(e), e.Mac)).ShouldBe(500);
    }

    [Theory, OnBothDatabases]
    public async Task AuditEvent_UpdateOrDelete_IsRefusedByTheDatabase(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await test.Commands().RunAsync(Who, c => AddDoor(c, "first"), default);
        await using var db = test.Database.Open();

        await Should.ThrowAsync<Exception>(() => db.Database.ExecuteSqlAsync($"UPDATE audit_event SET door = 'x'"));
        await Should.ThrowAsync<Exception>(() => db.Database.ExecuteSqlAsync($"DELETE FROM audit_event"));
        await Should.ThrowAsync<Exception>(() => db.Database.ExecuteSqlAsync($"DELETE FROM audit_content"));
    }

    private static Task<Result<string>> AddDoor(Command c, string id)
    {
        c.Insert(new Door { Id = id, Label = id });
        c.Record("door.added", content: id);
        return Task.FromResult<Result<string>>(id);
    }
}
