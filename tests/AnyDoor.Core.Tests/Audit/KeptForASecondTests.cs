using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Tests;
using Microsoft.Extensions.Time.Testing;

namespace AnyDoor.Core.Tests.Audit;

public sealed class KeptForASecondTests
{
    [Fact]
    public async Task WhatWasRead_ServesForASecond_AndAnyCommandEndsIt()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 10, 14, 0, TimeSpan.Zero));
        var (commands, reads) = (test.Commands(clock), 0);
        var kept = new KeptForASecond<string, int>(commands);
        ValueTask<int> GetAsync(string key) => kept.GetAsync(key, _ => Task.FromResult(++reads));

        (await GetAsync("a"), await GetAsync("a"), await GetAsync("b")).ShouldBe((1, 1, 2));
        clock.Advance(TimeSpan.FromMilliseconds(999));
        (await GetAsync("a")).ShouldBe(1);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        (await GetAsync("a")).ShouldBe(3, "another process may have changed it");

        await commands.RunAsync<Nothing>(new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, clock.GetUtcNow().UtcDateTime), _ => Task.FromResult<Result<Nothing>>(Nothing.Value), default);
        (await GetAsync("a")).ShouldBe(4);
    }
}
