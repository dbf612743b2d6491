using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;
using static AnyDoor.Core.Tests.ServiceDirectory.Menu;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>A place bends the order, within bounds and never past the gate (R-MEN-03).</summary>
public sealed class MenuWeightsTests
{
    private static readonly AuditContext Piers = new(Actor.Worker(Guid.NewGuid(), "piers"), null, "phone-county-hub", Purpose.StatisticsAndPlanning, Tuesday);
    private static readonly WeightAsk Families = new(GapPlace.Find("waterlees"), "food", WeightFor.Families, 15, "Children in low-income families: most deprived tenth (IDACI, IoD 2019)", null);

    private static MenuWeight Weight(WeightFor who = WeightFor.Families, int points = 15, string need = "food", string place = "Waterlees") => new()
    {
        Id = Guid.NewGuid(), District = "E07000010", Place = place, NeedId = need, For = who, Points = points, Evidence = "x", From = new(2026, 11, 1), SetAt = Tuesday,
    };

    private static Service Family(string id, double lat = 52.69) => Service(id, lat: lat) with { Description = "A family meal." };

    private static List<string> Order(MenuIndex index, MenuPlace? place = null) => [.. MenuMatch.Match(index, Near(place ?? Waterlees, "food") with { Most = 10 }).Hits.Select(h => h.Service.Id)];

    [Fact]
    [Requirement("R-MEN-03")]
    public void A_weight_lifts_family_food_there_and_nowhere_else()
    {
        var index = new MenuIndex(1, [Service("near"), Family("family")]);

        Order(index).ShouldBe(["near", "family"]);
        Order(index.Bent([Weight()])).ShouldBe(["family", "near"]);
        Order(index.Bent([Weight(need: "transport")])).ShouldBe(["near", "family"]);
        Order(index.Bent([Weight(place: "Chatteris")])).ShouldBe(["near", "family"]);
        Order(index.Bent([Weight(place: "")])).ShouldBe(["family", "near"], "the whole district");
    }

    [Fact]
    public void The_gate_is_never_overridden()
    {
        var today = new DateOnly(2026, 11, 24);
        var index = new MenuIndex(1,
        [
            Service("near"), Family("closed") with { Status = ServiceStatus.TemporarilyClosed }, Family("internal") with { Visibility = Visibility.Internal }, Family("over") with { ValidTo = today.AddDays(-1) }, Family("adults") with { MinimumAge = 60 },
            Family("elsewhere") with { AreasServed = [new(AreaKind.District, "Peterborough")], Locations = [new("Hall", "Far", "PE1 1AA", 52.58, -0.24, "Peterborough")] }, Family("old") with { LastChecked = today.AddDays(-200) },
        ]);
        // However many are set, they add up to no more than the bound.
        var bent = index.Bent([.. Enumerable.Range(0, 9).Select(_ => Weight(points: 15))]);

        var hits = MenuMatch.Match(bent, Near(Waterlees, "food") with { Facts = Household(34, 8) }).Hits.Select(h => h.Service.Id);

        hits.ShouldBe(["near", "old"], "what was not checked lately stays below what was");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-MEN-03")]
    public async Task Set_TriesFirst_LogsTheEvidence_AndIsUndone(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (weights, menu, directory) = (new MenuWeights(test.Commands()), new MenuService(test.Commands()), new MenuDirectory(test.Database));
        await menu.LoadAsync(Piers, JsonSerializer.Serialize(new { services = new[] { Service("near"), Family("family") } }, ServiceJson.Options), default);
        var before = await directory.RefreshAsync(default);

        var tried = MenuWeights.Try(before, Piers, Families).Value!;
        tried[0].Before.ShouldBe(["near", "family"]);
        tried[0].After.ShouldBe(["family", "near"]);
        Order(await directory.RefreshAsync(default)).ShouldBe(["near", "family"], "trying keeps nothing");

        (await weights.SetAsync(Piers, Families with { Points = 16 }, default)).Refusal!.Field.ShouldBe("points");
        (await weights.SetAsync(Piers, Families with { Evidence = " " }, default)).Refusal!.Field.ShouldBe("evidence");
        (await weights.SetAsync(Piers, Families with { Where = null }, default)).Refusal!.Field.ShouldBe("place");
        (await weights.SetAsync(Piers, Families with { Until = new(2026, 11, 1) }, default)).Refusal!.Field.ShouldBe("until");
        var id = (await weights.SetAsync(Piers, Families, default)).Value;

        Order(await directory.RefreshAsync(default)).ShouldBe(["family", "near"]);
        await using (var db = test.Database.Open())
            (await db.Set<AuditEvent>().SingleAsync(e => e.Kind == "menu.weight-set")).SubjectId.ShouldBe(id);

        (await weights.UndoAsync(Piers, id, default)).Done.ShouldBeTrue();
        (await weights.UndoAsync(Piers, id, default)).Done.ShouldBeTrue("twice is once");
        Order(await directory.RefreshAsync(default)).ShouldBe(["near", "family"]);
        (await weights.ListAsync(default)).Single().UndoneAt.ShouldNotBeNull();
    }
}
