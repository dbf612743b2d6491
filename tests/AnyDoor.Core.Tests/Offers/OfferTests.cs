using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Core.Tests.ServiceDirectory;
using AnyDoor.Funds;
using AnyDoor.Offers;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using AnyDoor.Vocabulary;
using FsCheck;
using FsCheck.Fluent;
using static AnyDoor.Core.Tests.Offers.Snapshots;

namespace AnyDoor.Core.Tests.Offers;

public sealed class OfferTests
{
    [Fact]
    public void Compose_Family1_OffersTheSumsOfTheScreen()
    {
        var offer = Offer.Compose(Family1());

        offer.Sums.Ready.ShouldBe(new Money(19000));
        offer.Sums.ReadyAwards.ShouldBe(1);
        offer.Sums.UpTo.ShouldBe(new Money(54167));
        offer.Sums.PapersToSee.ShouldBe(1);
        offer.Sums.Places.ShouldBeGreaterThanOrEqualTo(8);
        offer.Sums.People.ShouldBeGreaterThanOrEqualTo(1);
        offer.Gaps.ShouldBeEmpty();
    }

    [Fact]
    [Requirement("R-APP-03")]
    public void Compose_Family1_CitesTheRuleOfTheCrisisPaymentAndNamesItsOtherForms()
    {
        var crisis = Offer.Compose(Family1())[OfferGroupKind.MoneyToday].Lines[0];

        (crisis.Title, crisis.Worth, crisis.Cite, crisis.State).ShouldBe(("Crisis Payment", "£190.00", "Rule 2.1", OfferState.Ready));
        crisis.RuleWords!.ShouldContain("5 £190");
        crisis.Why.ShouldContain("ousehold of five");
        crisis.Next.ShouldBe(new OfferStep(StepKind.Award, "Award £190.00", "crisis-payment"));
        crisis.Instead.ShouldContain("Energy voucher for the meter, up to £49.00");
        crisis.Ask.Select(a => a.Question).ShouldBe(["Is your bank account overdrawn? If it is, the bank may keep a payment."]);
    }

    [Fact]
    public void Compose_Family1_LooksAtMoreThanItOffersAndSaysWhyNot()
    {
        var lookedAt = Offer.Compose(Family1())[OfferGroupKind.LookedAt].Lines;

        lookedAt.Single(l => l.Title == "Healthy Start").Why.ShouldBe("It is for children under 4, and for anyone expecting a baby.");
        lookedAt.Single(l => l.Title == "Pension Credit").Why.ShouldBe("Nobody here has reached pension age.");
        lookedAt.Single(l => l.Title == "Universal Credit").Why.ShouldBe("It, or a benefit in its place, is paid already.");
        lookedAt.Single(l => l.Title.StartsWith("Hygiene", StringComparison.Ordinal)).Next.Words.ShouldBe("Ask if there is.");
        lookedAt.Single(l => l.Id == "scheme:winter-support-grant").Why.ShouldContain("ended on");
    }

    [Fact]
    public void Compose_Family1_ChecksRegularMoneyWithNamedPeopleAndNoFigure()
    {
        var monthly = Offer.Compose(Family1())[OfferGroupKind.MoneyEveryMonth].Lines;

        monthly.Select(l => l.Id).ShouldContain("entitlement:universal-credit-change");
        monthly.Single(l => l.Id == "entitlement:council-tax-reduction").Next.Words.ShouldContain("Fenland District Council");
        monthly.ShouldContain(l => l.Id == "entitlement:warm-home-discount" && l.State == OfferState.Check);
        monthly.Single(l => l.Id == "entitlement:free-school-meals").State.ShouldBe(OfferState.Ask);
        monthly.Where(l => l.State != OfferState.Estimate).ShouldAllBe(l => l.Amount == null && !l.Why.Contains('£') || l.Id == "entitlement:universal-credit");
    }

    [Fact]
    public void Compose_WorkedEntitlement_TakesThePlaceOfTheCheckAndStandsInTheSum()
    {
        var line = new EntitlementLine("warm-home-discount", "Warm Home Discount", "Worked out.", "the supplier", "Ask.", new Money(1250), new Money(1500), "2026/27 rates");

        var offer = Offer.Compose(Family1() with { Entitlements = [line] });

        offer.Lines.Single(l => l.Id == "entitlement:warm-home-discount").Worth.ShouldBe("£12 to £15 a month, estimate");
        (offer.Sums.MonthlyFrom, offer.Sums.MonthlyTo).ShouldBe((new Money(1250), new Money(1500)));
    }

    [Fact]
    [Requirement("R-INC-02")]
    public void Compose_FoodNeed_PutsTheIncomeCheckFirstAndNeverMakesItACondition()
    {
        var told = Offer.Compose(Empty.With(Facts.Of("Cambridgeshire County Council", ("income.annual_pence", 900000)), "food") with { Place = Menu.Waterlees });
        var silent = Offer.Compose(Empty.With(Facts.Of("Cambridgeshire County Council"), "food") with { Place = Menu.Waterlees });

        var ids = silent.Lines.Select(l => l.Id).ToList();
        ids.IndexOf("entitlement:benefits-check").ShouldBeLessThan(ids.IndexOf("menu:waterlees-community-pantry"));
        Food(silent).ShouldBe(Food(told));
        Food(silent).ShouldNotContain("income");

        static string Food(Offer offer) => JsonSerializer.Serialize(offer[OfferGroupKind.HelpNearby].Lines.Where(l => l.Needs.Contains("food")));
    }

    [Fact]
    [Requirement("R-DOOR-01")]
    public void Compose_SixDoors_GivesOneOfferBecauseASnapshotHasNoDoor()
    {
        Reaches(typeof(OfferSnapshot), []).ShouldNotContain(name => name.Contains("Door", StringComparison.OrdinalIgnoreCase) || name.Contains("Channel", StringComparison.OrdinalIgnoreCase));

        static List<string> Reaches(Type type, HashSet<Type> seen)
        {
            var names = new List<string>();
            foreach (var property in type.GetProperties().Where(p => p.GetIndexParameters().Length == 0))
            {
                names.Add($"{type.Name}.{property.Name}");
                foreach (var inner in property.PropertyType.GetGenericArguments().Append(property.PropertyType).Where(t => t.Namespace?.StartsWith("AnyDoor", StringComparison.Ordinal) == true && seen.Add(t))) names.AddRange(Reaches(inner, seen));
            }
            return names;
        }
    }

    [Fact]
    public void Compose_AnyHousehold_IsTheSameTwiceAndNeverADeadEnd()
    {
        var needs = Gen.SubListOf(Words.Current.Needs.Select(n => n.Id));
        var ages = Gen.ListOf(Gen.Choose(0, 95));
        var places = Gen.Elements(Menu.Waterlees, MenuPlace.NotKnown, Outside, new MenuPlace("E07000008"));
        var money = Gen.Choose(0, 60000);
        var property = Prop.ForAll(Arb.From(needs.SelectMany(n => ages.SelectMany(a => places.SelectMany(p => money.Select(m => (Needs: n, Ages: a, Place: p, Money: m)))))), h =>
        {
            var facts = Facts.FromJson([new("needs", JsonSerializer.Serialize(h.Needs)), new("household.size", JsonSerializer.Serialize(h.Ages.Count)), new("shock.what_changed", "[\"lower-pay\"]")], "Cambridgeshire County Council", [.. h.Ages]);
            var snapshot = Empty with { Facts = facts, Needs = [.. h.Needs], Place = h.Place, Awards = Awards(facts, new Money(h.Money)) };
            var offer = Offer.Compose(snapshot);

            offer[OfferGroupKind.APerson].Lines.ShouldNotBeEmpty();
            offer[OfferGroupKind.HelpNearby].Lines.Count.ShouldBeGreaterThan(0);
            offer.Lines.ShouldAllBe(l => l.Why.Length > 0 && l.Next.Words.Length > 0 && l.Worth.Length > 0);
            offer.Lines.Where(l => l.State != OfferState.NotOffered).Select(l => l.Id).ShouldBeUnique();
            offer.Sums.Ready.Pence.ShouldBe(offer.Lines.Where(l => l.State == OfferState.Ready).Sum(l => l.Amount!.Value.Pence));
            offer.Lines.Where(l => l.State == OfferState.Ready).ShouldAllBe(l => l.Amount!.Value.Pence <= h.Money);
            JsonSerializer.Serialize(Offer.Compose(snapshot)).ShouldBe(JsonSerializer.Serialize(offer));
        });
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Compose_NothingKnownAtAll_StillGivesAMenuAQuestionAndAPerson()
    {
        var offer = Offer.Compose(Empty with { Awards = Awards(Facts.None) });

        offer[OfferGroupKind.HelpNearby].Lines.Count.ShouldBeGreaterThan(3);
        offer[OfferGroupKind.APerson].Lines.ShouldNotBeEmpty();
        offer[OfferGroupKind.MoneyToday].Lines.ShouldContain(l => l.Title == "Crisis Payment" && l.State == OfferState.Ask);
        offer.Sums.Ready.ShouldBe(Money.Zero);
        offer.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public void Compose_EmptyMenu_LeavesTheHubToRing()
    {
        var offer = Offer.Compose(Empty with { Menu = MenuIndex.Empty, Needs = ["food"] });

        offer[OfferGroupKind.APerson].Lines.Single().Id.ShouldBe("person:hub");
        offer[OfferGroupKind.HelpNearby].Lines.Single().Why.ShouldContain("0808 157 0123");
        offer.Gaps.ShouldBe(["food"]);
    }

    [Fact]
    public void Compose_NoFixedAddress_AsksNothingBeforeHelpAndSaysTheAreaIsNotKnown()
    {
        var facts = Facts.Of(null, ("needs", new[] { "food" }), ("shock.what_changed", new[] { "moved" }), ("contact.no_fixed_address", "yes"), ("household.size", 1));

        var offer = Offer.Compose(Empty.With(facts, "food") with { NoFixedAddress = true });

        var crisis = offer[OfferGroupKind.MoneyToday].Lines.Single(l => l.Title == "Crisis Payment");
        crisis.State.ShouldBe(OfferState.Ask);
        crisis.Worth.ShouldBe("£65.00, if it fits");
        crisis.Ask[0].Fact.ShouldBe("contact.postcode");
        offer[OfferGroupKind.HelpNearby].Lines.ShouldNotBeEmpty();
    }

    [Fact]
    [Requirement("R-APP-03")]
    public void Compose_OutsideTheArea_SaysNotThisFundAndWhatNext()
    {
        var facts = Facts.Of("Norfolk County Council", ("needs", new[] { "food" }), ("shock.what_changed", new[] { "lower-pay" }), ("household.size", 2));

        var offer = Offer.Compose(Empty.With(facts, "food") with { Place = Outside });

        offer.Sums.Ready.ShouldBe(Money.Zero);
        offer[OfferGroupKind.LookedAt].Lines.Single(l => l.Title == "Crisis Payment").Why.ShouldContain("You live in Cambridgeshire");
        offer[OfferGroupKind.HelpNearby].Lines.ShouldAllBe(l => l.State == OfferState.Missing);
        offer[OfferGroupKind.APerson].Lines.Single().Id.ShouldBe("person:hub");
    }

    [Fact]
    public void Compose_SchemeClosed_SaysTheNoticesWordsAndOffersTheRest()
    {
        var offer = Offer.Compose(Family1(closesAt: Menu.Tuesday.AddHours(-1)));

        offer.Sums.Ready.ShouldBe(Money.Zero);
        offer[OfferGroupKind.LookedAt].Lines.Single(l => l.Id == "scheme:crisis-and-resilience-fund").Why.ShouldBe("The fund closed after heavy demand.");
        offer[OfferGroupKind.HelpNearby].Lines.ShouldNotBeEmpty();
    }

    [Fact]
    public void Compose_NotEnoughMoney_NamesWhatIsLeftAndTheNextBest()
    {
        var line = Offer.Compose(Family1(available: new Money(12000)))[OfferGroupKind.MoneyToday].Lines.Single(l => l.Title == "Crisis Payment");

        line.State.ShouldBe(OfferState.NotEnough);
        line.Why.ShouldBe("Crisis and Resilience Fund has £120.00 left, and this would be £190.00.");
        line.Next.Kind.ShouldBe(StepKind.NextBest);
        line.Next.Words.ShouldStartWith("Next best: ");
    }

    [Fact]
    public void Compose_UpToMoreThanThereIs_SaysWhatThereIs()
    {
        var offer = Offer.Compose(Family1(available: new Money(5000)));

        foreach (var line in offer[OfferGroupKind.MoneyToday].Lines.Where(l => l.State == OfferState.UpTo))
        {
            line.Amount!.Value.Pence.ShouldBeLessThanOrEqualTo(5000, line.Title);
            line.Worth.ShouldContain(line.Amount.Value.ToString());
        }
        offer.Sums.UpTo.Pence.ShouldBeLessThanOrEqualTo(5000, "all of them together come from the same money");
    }

    [Fact]
    public void Compose_ReadyLinesTogether_NeverPromiseMoreThanTheSchemeHasOrALimitAllows()
    {
        var one = new AwardCandidate
        {
            SchemeId = "s", SchemeName = "Shared fund", AwardType = "a", Label = "First payment", Needs = ["food"], Verdict = AnyDoor.Vocabulary.Verdict.Yes, Amount = new Money(19000), Most = new Money(19000), Cash = true, Delivery = "Cash first.",
            Available = new Money(20000), Least = new Money(100),
        };
        var two = one with { AwardType = "b", Label = "Second payment", Amount = new Money(9000), Most = new Money(9000) };
        var limit = Crisis.Rules.First(r => r.Limit?.Awards is not null);

        var byMoney = Offer.Compose(Empty with { Needs = ["food"], Awards = [one, two] });
        var byLimit = Offer.Compose(Empty with { Needs = ["food"], Awards = [.. new[] { one, two }.Select(a => a with { Available = new Money(100000), Limits = [new LimitFinding(limit, null, 1)] })] });
        var both = Offer.Compose(Empty with { Needs = ["food"], Awards = [.. new[] { one, two }.Select(a => a with { Available = new Money(100000) })] });

        (byMoney.Sums.Ready, byMoney.Sums.ReadyAwards).ShouldBe((new Money(19000), 1));
        byMoney[OfferGroupKind.LookedAt].Lines.Single(l => l.Title == "Second payment").Why.ShouldBe("With what stands above, Shared fund has £10.00 left, which is not enough for this too.");
        (byLimit.Sums.Ready, byLimit[OfferGroupKind.LookedAt].Lines.Single(l => l.Title == "Second payment").Cite).ShouldBe((new Money(19000), limit.Cite));
        both.Sums.Ready.ShouldBe(new Money(28000));
    }

    [Fact]
    public void Compose_PaymentGivenInThisEpisode_IsNotOfferedTwice()
    {
        var episode = Guid.NewGuid();
        var history = new[] { new PastAward("crisis-and-resilience-fund", "crisis-payment", episode, new Money(19000), Menu.Tuesday.AddDays(-3), new DateOnly(2026, 11, 21), AwardStatus.Issued, null) };

        var offer = Offer.Compose(Family1(history: history, episode: episode));

        offer.Sums.Ready.ShouldBe(Money.Zero);
        var line = offer[OfferGroupKind.LookedAt].Lines.Single(l => l.Title == "Crisis Payment");
        line.Cite.ShouldBe("Rule 2.2");
        line.Next.Words.ShouldContain("Housing Payment");
        offer[OfferGroupKind.MoneyToday].Lines.ShouldContain(l => l.Title == "Energy voucher for the meter");
    }

    [Fact]
    public void Compose_SomebodyLeads_OpensNoSecondCase()
    {
        var lead = new Alongside("w1", "Ruth Tansley-Cope", "Housing officer", "Fen Reach Homes", new DateOnly(2026, 11, 3));

        var led = Offer.Compose(Family1() with { Lead = lead, Navigators = [new("n1", "Abel Denver", "Navigator", "County hub")] })[OfferGroupKind.APerson].Lines;
        var known = Offer.Compose(Family1() with { InTouch = [lead] })[OfferGroupKind.APerson].Lines;

        led[0].Next.Kind.ShouldBe(StepKind.KeepTogether);
        led.ShouldNotContain(l => l.Id == "person:n1");
        known[0].Next.Words.ShouldBe("Ask Ruth Tansley-Cope to lead.");
    }

    [Fact]
    public void Compose_NotSafeAtHome_PutsSafetyFirstAndMarksItQuiet()
    {
        var offer = Offer.Compose(Family1() with { Needs = ["food", "not-safe"] });

        var first = offer[OfferGroupKind.APerson].Lines[0];
        first.Next.Words.ShouldBe("Ring 0808 2000 247. In danger now: 999.");
        first.Quiet.ShouldBeTrue();
        offer.Lines.Where(l => l.Needs.Contains("not-safe")).ShouldAllBe(l => l.Quiet);
    }

    [Fact]
    public void Compose_Declined_LeavesItOutAndSaysSo()
    {
        var offer = Offer.Compose(Family1() with { Declined = [new("menu:waterlees-community-pantry", "Waterlees Community Pantry", "Left out because Leanne said no.")] });

        offer[OfferGroupKind.HelpNearby].Lines.ShouldNotContain(l => l.Id == "menu:waterlees-community-pantry");
        offer[OfferGroupKind.LookedAt].Lines.ShouldContain(l => l.Why == "Left out because Leanne said no.");
    }

    [Fact]
    public void Compose_SingleAdult_GetsTheirOwnAmountAndNoFamilyLines()
    {
        var facts = Facts.FromJson([new("needs", "[\"food\"]"), new("shock.what_changed", "[\"lost-job\"]"), new("household.size", "1")], "Cambridgeshire County Council", [29]);

        var offer = Offer.Compose(Empty.With(facts, "food") with { Place = Menu.Waterlees });

        offer.Sums.Ready.ShouldBe(new Money(6500));
        offer[OfferGroupKind.MoneyEveryMonth].Lines.ShouldNotContain(l => l.Title == "Free school meals" || l.Title == "Healthy Start");
        offer[OfferGroupKind.HelpNearby].Lines.ShouldNotContain(l => l.Title == "Larkmere Breakfast Club");
    }
}
