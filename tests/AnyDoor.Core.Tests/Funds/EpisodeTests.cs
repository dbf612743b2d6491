using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Households;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Funds;

/// <summary>One crisis ends: by its days, or because a worker says so. What is over counts in no limit.</summary>
public sealed class EpisodeTests
{
    private static async Task<(FundsRig Rig, Guid Household)> WithOneAwardAsync(Db kind)
    {
        var rig = await FundsRig.CreateAsync(kind);
        var scheme = FundsRig.PlainScheme();
        scheme["rules"] = new JsonArray(new JsonObject
        {
            ["id"] = "once", ["starts"] = "2021-01-01", ["words"] = "One award in a crisis episode.", ["limit"] = new JsonObject { ["per"] = "crisis-episode", ["awards"] = 1 },
        });
        await rig.LoadAsync(scheme);
        var household = await rig.HouseholdAsync();
        (await rig.AwardAsync(FundsRig.Ask(household, 2000))).Done.ShouldBeTrue();
        return (rig, household);
    }

    private static async Task<List<CrisisEpisode>> EpisodesAsync(FundsRig rig)
    {
        await using var db = rig.Test.Database.Open();
        return await db.Set<CrisisEpisode>().OrderBy(e => e.OpenedOn).ToListAsync();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HSF-04")]
    public async Task Award_WhenTheDaysOfACrisisHaveRunOut_OpensAnother_WhetherOrNotTheJobHasRun(Db kind)
    {
        var (rig, household) = await WithOneAwardAsync(kind);
        await using var _ = rig;
        var opened = AnyDoor.Common.LondonTime.DayOf(FundsRig.Now);
        var days = CrisisEpisodes.OverOn(opened).DayNumber - opened.DayNumber;

        rig.Clock.Advance(TimeSpan.FromDays(days - 1));
        (await rig.AwardAsync(FundsRig.Ask(household, 2000))).Refusal!.Code.ShouldBe("over-limit", "the last day is of it still");
        rig.Clock.Advance(TimeSpan.FromDays(1));
        (await rig.AwardAsync(FundsRig.Ask(household, 2000))).Done.ShouldBeTrue();

        (await EpisodesAsync(rig)).Count.ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HSF-04"), Requirement("R-HH-02")]
    public async Task Award_ToAHouseholdThatWasJoined_IsOfTheSameCrisis_ByEitherOfItsRecords(Db kind)
    {
        var (rig, first) = await WithOneAwardAsync(kind);
        await using var _ = rig;
        var kept = await rig.HouseholdAsync();
        await rig.Commands.RunAsync(rig.Who, async c =>
        {
            await c.Db.Set<Household>().Where(h => h.Id == first).ExecuteUpdateAsync(h => h.SetProperty(x => x.JoinedTo, kept));
            return (AnyDoor.Common.Result<bool>)true;
        }, default);

        foreach (var record in new[] { kept, first }) (await rig.AwardAsync(FundsRig.Ask(record, 2000))).Refusal!.Code.ShouldBe("over-limit");

        (await EpisodesAsync(rig)).Count.ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task CloseDue_ClosesOnTheDayItWasOver_Once(Db kind)
    {
        var (rig, _) = await WithOneAwardAsync(kind);
        await using var __ = rig;
        var crises = new CrisisEpisodes(rig.Test.Database, rig.Commands);
        var over = CrisisEpisodes.OverOn(AnyDoor.Common.LondonTime.DayOf(FundsRig.Now));

        (await crises.CloseDueAsync(FundsRig.Now.AddDays(5), default)).ShouldBe(0);
        (await crises.CloseDueAsync(FundsRig.Now.AddDays(100), default)).ShouldBe(1);
        (await crises.CloseDueAsync(FundsRig.Now.AddDays(100), default)).ShouldBe(0);

        var episode = (await EpisodesAsync(rig)).Single();
        (episode.ClosedOn, episode.ClosedBy).ShouldBe((over, null));
    }

    [Theory, OnBothDatabases]
    public async Task Close_AWorkerSaysItIsOver_TheNextIsAnother(Db kind)
    {
        var (rig, household) = await WithOneAwardAsync(kind);
        await using var _ = rig;
        var crises = new CrisisEpisodes(rig.Test.Database, rig.Commands);
        var who = rig.Who with { Actor = Actor.Worker(Guid.NewGuid(), "nadia") };

        (await crises.CloseAsync(who, [household], default)).Value.ShouldBeTrue();
        (await crises.CloseAsync(who, [household], default)).Value.ShouldBeFalse();
        (await rig.AwardAsync(FundsRig.Ask(household, 2000))).Done.ShouldBeTrue();

        (await EpisodesAsync(rig)).Select(e => e.ClosedBy).ShouldBe([who.Actor.Id, null], ignoreOrder: true);
        await using var db = rig.Test.Database.Open();
        (await CrisisEpisodes.GoingOnAsync(db, [household], AnyDoor.Common.LondonTime.DayOf(FundsRig.Now), default))!.Value.Since.ShouldBe(new DateOnly(2021, 12, 2));
    }

    [Fact]
    public void IsOpen_ADayShortlyBefore_IsOfTheSameCrisis_SoThatTheOrderOfWritingMakesNoRoom()
    {
        var opened = new DateOnly(2026, 11, 24);

        CrisisEpisodes.IsOpen(opened, opened.AddDays(-3)).ShouldBeTrue();
        CrisisEpisodes.IsOpen(opened, opened.AddDays(-60)).ShouldBeFalse();
        CrisisEpisodes.IsOpen(opened, opened.AddDays(60)).ShouldBeFalse();
    }
}
