using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Core.Tests.ServiceDirectory;
using AnyDoor.Offers;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Offers;

/// <summary>What households said to what they were offered moves the order a little: counts, and nobody in them.</summary>
public sealed class AcceptanceCountsTests
{
    private static readonly AuditContext Job = new(Actor.Job("count-acceptance"), null, "job", Purpose.Assurance, Menu.Tuesday);

    [Theory, OnBothDatabases]
    [Requirement("R-MEN-02")]
    public async Task Count_IsOfHouseholds_LeavesOutFewAndQuietAndOldAndUndone_AndIsCountedAnew(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var commands = test.Commands();
        var same = Guid.NewGuid();
        await SayAsync(commands, "taken", yes: 12, no: 1);
        await SayAsync(commands, "few", yes: 4, no: 0);
        await SayAsync(commands, "quiet", yes: 20, no: 0, quiet: true);
        await SayAsync(commands, "old", yes: 20, no: 0, at: Menu.Tuesday.AddDays(-400));
        await SayAsync(commands, "undone", yes: 20, no: 0, undone: true);
        await SayAsync(commands, "one-household", yes: 20, no: 0, household: same);
        var counts = new AcceptanceCounts(commands);

        (await counts.CountAsync(Job, default)).ShouldBe(1);
        (await counts.CountAsync(Job, default)).ShouldBe(0, "the same day again changes nothing");

        await using var db = test.Database.Open();
        var row = (await db.Set<MenuAcceptance>().ToListAsync()).ShouldHaveSingleItem();
        (row.ServiceId, row.Yes, row.No, row.IsOftenTaken).ShouldBe(("taken", 12, 1, true));
        (await new MenuDirectory(test.Database).RefreshAsync(default)).ChangeNumber.ShouldBe(1);
    }

    [Fact]
    [Requirement("R-MEN-02")]
    public void Match_WhatMostSaidYesTo_ComesUpAndSaysSo_ButNeverPastWhatIsMuchNearer()
    {
        var index = new MenuIndex(1, [Menu.Service("a"), Menu.Service("b"), Menu.Service("far", lat: 52.72)]);
        var taken = index.Accepted(new[] { ("b", 20, 0), ("far", 90, 0) }.ToDictionary(c => c.Item1, c => new MenuAcceptance { ServiceId = c.Item1, Yes = c.Item2, No = c.Item3 }));

        MenuMatch.Match(index, Menu.Near(Menu.Waterlees, "food")).Hits.Select(h => h.Service.Id).ShouldBe(["a", "b", "far"]);
        var hits = MenuMatch.Match(taken, Menu.Near(Menu.Waterlees, "food")).Hits;

        hits.Select(h => h.Service.Id).ShouldBe(["b", "a", "far"]);
        hits[0].Why.ShouldContain("Most people who were offered it said yes.");
        hits[1].Why.ShouldNotContain("said yes");
    }

    private static async Task SayAsync(Commands commands, string service, int yes, int no, bool quiet = false, bool undone = false, DateTime? at = null, Guid? household = null) => await commands.RunAsync<Nothing>(Job, c =>
    {
        for (var i = 0; i < yes + no; i++)
            c.Insert(new OfferChoice { Id = Guid.NewGuid(), RequestId = Guid.NewGuid(), HouseholdId = household ?? Guid.NewGuid(), LineId = $"menu:{service}", Title = service, Wanted = i < yes, Quiet = quiet, At = at ?? Menu.Tuesday.AddDays(-3), By = Guid.NewGuid(), UndoneAt = undone ? Menu.Tuesday : null });
        return Task.FromResult<Result<Nothing>>(Nothing.Value);
    }, default);
}
