using AnyDoor.Places;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using AnyDoor.Vocabulary;
using static AnyDoor.Core.Tests.ServiceDirectory.Menu;

namespace AnyDoor.Core.Tests.ServiceDirectory;

public sealed class MenuMatchTests
{
    [Fact]
    [Requirement("R-MEN-02")]
    public void Match_FoodInWaterlees_PutsThePantryFirstWithItsReasons()
    {
        var result = MenuMatch.Match(Shipped, Near(Waterlees, "food"));

        var first = result.Hits[0];
        first.Service.Id.ShouldBe("waterlees-community-pantry");
        first.Facts.ShouldBe(["Free", "Open today until 4pm", "0.4 miles, 8 minutes’ walk", "Checked 12 days ago"]);
        first.Why.ShouldBe("Food, and you can walk there. No referral.");
        first.NextStep.ShouldBe("Go to Waterlees Community Pantry, Teasel Way, Wisbech.");
        result.Missing.ShouldBeEmpty();
    }

    [Fact]
    [Requirement("R-MEN-02")]
    public void Match_EveryShippedNeed_SaysWhyAndWhatNextOnEveryLine()
    {
        foreach (var need in Words.Current.Needs)
        {
            var result = MenuMatch.Match(Shipped, Near(Waterlees, need.Id));
            result.Hits.ShouldAllBe(h => h.Why.Length > 0 && h.NextStep.Length > 0 && h.Facts.Count >= 4 && h.Meets.Contains(need.Id));
            (result.Hits.Count > 0 || result.Missing.Count == 1).ShouldBeTrue(need.Id);
        }
    }

    [Fact]
    [Requirement("R-MEN-02")]
    public void Match_FamilyInWaterlees_TopTenAreOnFootOrComeOrByPhone()
    {
        var query = Near(Waterlees, "heating-or-electricity", "food", "rent-or-council-tax", "school-uniform-or-laptop", "worry-or-low-mood") with { Facts = Household(36, 38, 11, 9, 7) };

        var hits = MenuMatch.Match(Shipped, query).Hits.Take(10).ToList();

        hits.Count.ShouldBe(10);
        hits.ShouldAllBe(h => h.WalkMinutes != null || h.ComesToThem || h.Service.Delivered.Contains(Delivery.Phone));
        query.Needs.ShouldAllBe(n => hits.Any(h => h.Meets.Contains(n)));
    }

    [Fact]
    public void Match_SameQuestionTwice_GivesTheSameLines()
    {
        var query = Near(Waterlees, "food", "caring", "work");

        Lines().ShouldBe(Lines());

        List<string> Lines() => [.. MenuMatch.Match(Shipped, query).Hits.Select(h => $"{h.Service.Id} {h.Score} {h.Miles} {string.Join('|', h.Facts)} {h.Why} {h.NextStep}")];
    }

    [Fact]
    public void Match_Eligibility_HasThreeAnswers()
    {
        var query = Near(Waterlees, "childcare");

        var yes = MenuMatch.Match(Shipped, query with { Facts = Household(36, 9) });
        var no = MenuMatch.Match(Shipped, query with { Facts = Household(36) });
        var maybe = MenuMatch.Match(Shipped, query);

        yes.Hits.Single(h => h.Service.Id == "larkmere-breakfast-club").Ask.ShouldNotContain("household.people");
        no.Hits.ShouldNotContain(h => h.Service.Id == "larkmere-breakfast-club");
        no.LeftOut.Single(l => l.Service.Id == "larkmere-breakfast-club").Why.ShouldBe("For children aged 4 to 11");
        var ask = maybe.Hits.Single(h => h.Service.Id == "larkmere-breakfast-club");
        ask.Ask.ShouldContain("household.people");
        ask.Why.ShouldContain("Ask first");
    }

    [Fact]
    [Requirement("R-MEN-02")]
    public void Match_PostcodeWithoutCoordinates_IsNearWhereThePostcodeIs()
    {
        var place = Service("a").Locations[0] with { Postcode = "PE13 3JS", Lat = null, Lon = null };
        var (open, hidden) = (Service("open") with { Locations = [place] }, Service("hidden") with { Locations = [place with { Hidden = true }] });
        IReadOnlyList<MenuHit> Hits(MenuIndex index) => MenuMatch.Match(index, Near(Waterlees, "food")).Hits;

        var about = Hits(new MenuIndex(1, [open, hidden]));
        about.Single(h => h.Service.Id == "open").Metres.ShouldNotBeNull().ShouldBeLessThan(5000);
        about.Single(h => h.Service.Id == "hidden").Metres.ShouldBeNull();
        about.ShouldAllBe(h => h.Service.Locations[0].Lat == null);
        Hits(MenuIndex.Empty.With(1, [open], [], p => p.Compact == "PE133JS" ? Waterlees.Point : null)).Single().Metres.ShouldBe(0);
    }

    [Theory]
    [InlineData("baby milk, I'm pregnant", true)]
    [InlineData("baby milk, jestem w ciąży", true)]
    [InlineData("baby milk for my sister", false)]
    [InlineData("baby milk, I was not expecting this bill", false)]
    [Requirement("R-MEN-02")]
    public void Match_WhatIsForThoseExpectingToo_IsNotRefusedForABabyThatHasNoAgeYet(string text, bool shown)
    {
        var milk = Service("milk") with { Name = "Baby milk", Description = "Baby milk if you are pregnant or have a child under four.", MaximumAge = 3 };

        MenuMatch.Match(new MenuIndex(1, [milk]), Near(Waterlees) with { Text = text, Facts = Household(31) }).Hits.Any(h => h.Service.Id == "milk").ShouldBe(shown);
    }

    [Fact]
    [Requirement("R-MEN-01")]
    public void Match_NotConfirmedForHalfAYear_StandsBelowThoseThatWereAndSaysSo()
    {
        var near = Service("near") with { LastChecked = new(2026, 5, 20) };
        var far = Service("far", lat: 52.71) with { HowToUse = HowToUse.RingFirst, Cost = new(CostKind.Depends, "It depends") };

        var hits = MenuMatch.Match(new MenuIndex(1, [near, far]), Near(Waterlees, "food")).Hits;

        hits.Select(h => h.Service.Id).ShouldBe(["far", "near"]);
        hits[1].Facts[^1].ShouldBe("Not confirmed lately (188 days): ring first");
    }

    [Fact]
    public void Match_NotConfirmedForAYear_IsHiddenFromResidentsAndShownToTheHub()
    {
        var index = new MenuIndex(1, [Service("old") with { LastChecked = new(2025, 11, 24) }, Service("young") with { LastChecked = new(2025, 11, 25) }]);

        MenuMatch.Match(index, Near(Waterlees, "food")).Hits.Select(h => h.Service.Id).ShouldBe(["young"]);
        MenuMatch.Match(index, Near(Waterlees, "food") with { Reader = MenuReader.Hub }).Hits.Count.ShouldBe(2);
    }

    [Fact]
    public void Match_Visibility_ShowsEachReaderTheirs()
    {
        var index = new MenuIndex(1, [Service("a") with { Visibility = Visibility.Internal }, Service("b") with { Visibility = Visibility.Partners }, Service("c")]);
        IEnumerable<string> Seen(MenuReader reader) => MenuMatch.Match(index, Near(Waterlees, "food") with { Reader = reader }).Hits.Select(h => h.Service.Id).Order();

        Seen(MenuReader.Resident).ShouldBe(["c"]);
        Seen(MenuReader.Partner).ShouldBe(["b", "c"]);
        Seen(MenuReader.Hub).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    [Requirement("R-DOOR-04")]
    public void Match_NothingWithinReach_NamesTheNearestBeyondAndAPersonToRing()
    {
        var march = Service("march", lat: 52.551, lon: 0.088);

        var result = MenuMatch.Match(new MenuIndex(1, [march]), Near(Waterlees, "food"));

        result.Hits.ShouldBeEmpty();
        var missing = result.Missing.ShouldHaveSingleItem();
        missing.NearestBeyond!.Service.Id.ShouldBe("march");
        missing.Words.ShouldBe("Nothing for you within 5 miles. Nearest is March, 9.2 miles: ring before you go. Ring 0808 157 0123 and a person will look with you. We have noted that this is missing here.");
    }

    [Fact]
    [Requirement("R-DOOR-06")]
    public void Match_CountywideAndDistrictOffers_AreSeenByThoseTheyAreFor()
    {
        var county = Service("county") with { AreasServed = [new(AreaKind.County, "Cambridgeshire")], Delivered = [Delivery.Phone], Locations = [] };
        var wisbech = Service("wisbech") with { AreasServed = [new(AreaKind.Ward, "Wisbech South")] };
        var index = new MenuIndex(1, [county, wisbech]);
        IEnumerable<string> Seen(MenuPlace place) => MenuMatch.Match(index, Near(place, "food")).Hits.Select(h => h.Service.Id).Order();

        Seen(Waterlees with { Ward = "Wisbech South" }).ShouldBe(["county", "wisbech"]);
        Seen(new MenuPlace("E07000009", "Ely West", new GeoPoint(52.399, 0.262))).ShouldBe(["county"]);
    }

    [Fact]
    public void Match_PlaceNotKnown_RefusesNothingAndAsksWhere()
    {
        var result = MenuMatch.Match(Shipped, Near(MenuPlace.NotKnown, "food"));

        result.Hits.ShouldNotBeEmpty();
        result.Hits.Where(h => h.Service.AreasServed.All(a => a.Kind != AreaKind.County)).ShouldAllBe(h => h.Ask.Contains(Predicate.Area));
    }

    [Fact]
    public void Match_OutsideTheArea_IsNotADeadEnd()
    {
        var result = MenuMatch.Match(Shipped, Near(new MenuPlace("E07000146", Point: new GeoPoint(52.70, 0.20)), "food"));

        result.Hits.ShouldBeEmpty();
        result.Missing.Single().NearestBeyond.ShouldNotBeNull();
        result.Missing.Single().Words.ShouldContain("0808 157 0123");
    }

    [Fact]
    public void Match_SameOrganisationTwice_LetsAnotherBetween()
    {
        var index = new MenuIndex(1, [Service("a1", organisation: "A"), Service("a2", organisation: "A"), Service("b", organisation: "B", lat: 52.685)]);

        MenuMatch.Match(index, Near(Waterlees, "food")).Hits.Select(h => h.Service.Id).ShouldBe(["a1", "b", "a2"]);
    }

    [Fact]
    public void Match_SomebodyIsDisabled_WhatHasNoStepsComesUp()
    {
        var index = new MenuIndex(1, [Service("a-steps"), Service("b-level") with { Access = ["Level entrance"] }]);

        MenuMatch.Match(index, Near(Waterlees, "food")).Hits[0].Service.Id.ShouldBe("a-steps");
        MenuMatch.Match(index, Near(Waterlees, "food") with { StepFree = true }).Hits[0].Service.Id.ShouldBe("b-level");
    }

    [Fact]
    public void Match_TheirLanguage_ComesUpAndSaysSo()
    {
        var index = new MenuIndex(1, [Service("english"), Service("polish") with { Languages = ["en", "pl"] }]);

        var first = MenuMatch.Match(index, Near(Waterlees, "food") with { Language = "pl" }).Hits[0];

        first.Service.Id.ShouldBe("polish");
        first.Why.ShouldContain("Polish spoken");
    }

    [Theory]
    [InlineData("no food in", "food", "no food")]
    [InlineData("nothing in for tea", "food", "nothing in for tea")]
    [InlineData("fodd bank", "food", "fodd bank")]
    [InlineData("I am behind with the rent", "rent-or-council-tax", "behind with the rent")]
    [InlineData("prepaymnet", "heating-or-electricity", "prepaymnet")]
    [InlineData("LAPTOP for school", "school-uniform-or-laptop", "LAPTOP")]
    [InlineData("my boiler’s broken", "home-repairs", "boiler’s broken")]
    public void Match_TypedWords_AreReadThroughSlipsAndOtherWords(string text, string need, string phrase)
    {
        var result = MenuMatch.Match(Shipped, Near(Waterlees) with { Text = text });

        result.Understood[0].NeedId.ShouldBe(need);
        result.Understood[0].Phrase.ShouldBe(phrase);
        result.Hits.ShouldContain(h => h.Meets.Contains(need));
    }

    [Theory]
    [InlineData("good morning")]
    [InlineData("went out")]
    [InlineData("xyzzy")]
    [InlineData("")]
    public void Read_WordsThatOnlyLookLikeOthers_GiveNoNeed(string text) => NeedReader.Current.Read(text).ShouldBeEmpty();

    [Theory]
    [InlineData("Waterlees pantry")]
    [InlineData("waterless pantry")]
    public void Match_TheNameOfAService_FindsIt(string text) =>
        MenuMatch.Match(Shipped, Near(Waterlees) with { Text = text }).Hits[0].Service.Id.ShouldBe("waterlees-community-pantry");
}
