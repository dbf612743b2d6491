using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using static AnyDoor.Core.Tests.ServiceDirectory.Menu;

namespace AnyDoor.Core.Tests.ServiceDirectory;

public sealed class DoorstepTests
{
    [Fact]
    [Requirement("R-MEN-05")]
    public void Three_choices_ask_the_very_same_match()
    {
        var taps = Doorstep.Find("march", "food", "family")!;

        var hits = taps.Match(Shipped, Tuesday, "0808 157 0123").Hits.Select(h => h.Service.Id).ToList();

        hits.Count.ShouldBeGreaterThan(2);
        hits.ShouldBe(MenuMatch.Match(Shipped, Near(GapPlace.Find("march")!.ToMenuPlace(Shipped), "food") with { Most = Doorstep.Most, Facts = Household(36, 14, 8, 3) }).Hits.Select(h => h.Service.Id));
        Doorstep.Find("narnia", "food", "family").ShouldBeNull();
        Doorstep.Find("march", "gold", "family").ShouldBeNull();
        Doorstep.Find("march", "not-safe", "anybody")!.IsSpokenOnly.ShouldBeTrue();
    }

    [Fact]
    [Requirement("R-FPA-03")]
    public void Halal_in_Wisbech_on_Tuesday_says_what_is_open_and_whether_a_referral_is_needed()
    {
        var index = new MenuIndex(1,
        [
            Service("halal-open") with { Diets = ["halal"] }, Service("halal-by-words") with { Description = "Hot halal meals.", HowToUse = HowToUse.Referral }, Service("not-said"),
            Service("halal-friday") with { Diets = ["halal"], Opening = new([new(["fri"], new(10, 0), new(12, 0))]) }, Service("halal-over") with { Diets = ["halal"], Opening = new([new(["tue"], new(8, 0), new(9, 0))]) },
        ]);

        var food = FoodAssets.On(index, Waterlees, new(2026, 11, 24), "halal", Tuesday);

        food.Open.Select(a => (a.Service.Id, a.NeedsReferral)).Order().ShouldBe([("halal-by-words", true), ("halal-open", false)]);
        food.Open[0].Opens.ShouldBe([(new TimeOnly(10, 0), new TimeOnly(16, 0))]);
        food.AskFirst.Select(a => a.Service.Id).ShouldBe(["not-said"]);
        food.OtherDays.Select(a => a.Service.Id).Order().ShouldBe(["halal-friday", "halal-over"]);
        FoodAssets.On(index, Waterlees, new(2026, 12, 1), "halal", Tuesday).Open.Select(a => a.Service.Id).ShouldContain("halal-over");
    }

    [Fact]
    [Requirement("R-FRM-03")]
    public void Every_service_has_a_level()
    {
        MenuLevels.Of(Service("a")).ShouldBe(ServiceLevel.NearUniversal);
        MenuLevels.Of(Service("a") with { MinimumAge = 60 }).ShouldBe(ServiceLevel.Targeted);
        MenuLevels.Of(Service("a") with { HowToUse = HowToUse.Handover }).ShouldBe(ServiceLevel.Targeted);
        MenuLevels.Of(Service("a") with { AreasServed = [new(AreaKind.County, "Cambridgeshire")] }).ShouldBe(ServiceLevel.Universal);
        MenuLevels.Of(Service("a") with { MinimumAge = 60, Level = ServiceLevel.Universal }).ShouldBe(ServiceLevel.Universal, "its entry says so");
    }
}
