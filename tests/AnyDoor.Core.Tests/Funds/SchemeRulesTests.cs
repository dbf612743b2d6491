using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Tests;
using AnyDoor.Vocabulary;

namespace AnyDoor.Core.Tests.Funds;

public sealed class SchemeRulesTests
{
    private static readonly DateTime Winter = new(2021, 2, 20, 10, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime December = new(2021, 12, 2, 10, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Live = new(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc);

    private static SchemeDefinition Scheme(string id) => SchemeFile.Read(FundsRig.Shipped(id)).Value!.Definition;

    private static Assessment Assess(string scheme, string type, DateTime at, Facts facts, Guid? episode = null, params PastAward[] history)
    {
        var definition = Scheme(scheme);
        return SchemeRules.Assess(definition, definition.Type(type)!, at, facts, history, episode);
    }

    private static PastAward Past(string scheme, string type, long pence, DateTime at, Guid? episode = null, AwardStatus status = AwardStatus.Issued, string? notCounted = null) =>
        new(scheme, type, episode, new Money(pence), at, LondonTime.DayOf(at), status, notCounted);

    [Fact, Requirement("R-APP-03")]
    public void Assess_IncomeOverTheLineOnUniversalCredit_IsEligibleByTheBenefit()
    {
        var facts = Facts.Of(FundsRig.Cambridgeshire, ("income.annual_pence", 1_810_000), ("benefits.list", new[] { "universal-credit" }));

        var found = Assess("hsf-1-direct-award", "fuel-voucher", December, facts);

        found.Verdict.ShouldBe(Verdict.Yes);
        found.Cited!.Id.ShouldBe("income-or-benefit");
        found.Findings.Single(f => f.Rule.Id == "income-or-benefit").Finding.Because.ShouldBe(["benefits.list"]);
    }

    [Fact, Requirement("R-APP-03")]
    public void Assess_IncomeOverTheLineWithNoBenefit_IsNotThisFundAndSaysWhatIsNext()
    {
        var facts = Facts.Of(FundsRig.Cambridgeshire, ("income.annual_pence", 1_810_000), ("benefits.list", Array.Empty<string>()));

        var found = Assess("hsf-1-direct-award", "fuel-voucher", December, facts);

        found.Verdict.ShouldBe(Verdict.No);
        found.FirstNo!.Rule.Otherwise.ShouldNotBeNull().ShouldContain("review");
    }

    [Theory, Requirement("R-APP-03")]
    [InlineData(1_793_999, Verdict.Yes)]
    [InlineData(1_794_000, Verdict.No)]
    public void Assess_IncomeAtTheLine_IsUnderOrNot(long pence, Verdict verdict) =>
        Assess("hsf-1-direct-award", "fuel-voucher", December, Facts.Of(FundsRig.Cambridgeshire, ("income.annual_pence", pence), ("benefits.list", Array.Empty<string>()))).Verdict.ShouldBe(verdict);

    [Fact]
    public void Assess_NothingKnown_IsMaybeAndSaysWhatToAsk()
    {
        var found = Assess("hsf-1-direct-award", "fuel-voucher", December, Facts.None);

        found.Verdict.ShouldBe(Verdict.Maybe);
        found.Ask.ShouldBe(["authority", "benefits.list", "income.annual_pence"]);
    }

    [Fact]
    public void Assess_AnsweredNotSure_IsMaybe() =>
        Assess("crisis-and-resilience-fund", "fuel-voucher", Live, Facts.Of(FundsRig.Cambridgeshire, ("energy.meter", "not-sure"))).Verdict.ShouldBe(Verdict.Maybe);

    [Fact]
    public void Assess_OtherAuthority_IsNo() =>
        Assess("hsf-1-direct-award", "fuel-voucher", December, Facts.Of("Peterborough City Council", ("benefits.list", new[] { "universal-credit" }))).FirstNo!.Rule.Id.ShouldBe("in-area");

    [Fact, Requirement("R-HSF-05")]
    public void Assess_SingleAdult_IsEligibleUnderTheSupportFundAndNotTheEarlierRound()
    {
        var facts = Facts.Of(FundsRig.Cambridgeshire, ("household.children", 0), ("household.size", 1), ("needs", new[] { "food" }), ("benefits.list", new[] { "universal-credit" }));

        var before = Assess("winter-support-grant", "emergency-food", Winter, facts);
        var after = Assess("hsf-1-direct-award", "emergency-food", December, facts);

        before.Verdict.ShouldBe(Verdict.No);
        before.FirstNo!.Rule.Words.ShouldContain("homes with a child under 18");
        after.Verdict.ShouldBe(Verdict.Yes);
    }

    [Fact]
    public void Assess_BeforeARuleStarts_DoesNotCountIt() =>
        Assess("winter-support-grant", "emergency-food", new DateTime(2021, 1, 31, 12, 0, 0, DateTimeKind.Utc),
            Facts.Of(FundsRig.Cambridgeshire, ("household.children", 0), ("needs", new[] { "food" }))).Verdict.ShouldBe(Verdict.Yes);

    [Theory]
    [InlineData(1, 6500)]
    [InlineData(5, 19000)]
    [InlineData(6, 22500)]
    [InlineData(9, 22500)]
    public void Assess_CrisisPayment_GoesByTheNumberOfPeople(int people, long pence)
    {
        var found = Assess("crisis-and-resilience-fund", "crisis-payment", Live,
            Facts.Of(FundsRig.Cambridgeshire, ("household.size", people), ("shock.what_changed", new[] { "pay-dropped" }), ("needs", new[] { "food" })));

        found.Verdict.ShouldBe(Verdict.Yes);
        found.Amount!.Amount.ShouldBe(new Money(pence));
        found.Cited!.Cite.ShouldBe("Rule 2.1");
    }

    [Fact]
    public void Assess_Episode_CountsOnlyItsOwnAwardsThatStand()
    {
        var (episode, other) = (Guid.NewGuid(), Guid.NewGuid());
        const string fund = "crisis-and-resilience-fund";

        var found = Assess(fund, "fuel-voucher", Live, Facts.None, episode,
            Past(fund, "fuel-voucher", 4900, Live.AddDays(-20), episode),
            Past(fund, "emergency-food", 5000, Live.AddDays(-20), episode, AwardStatus.Cancelled),
            Past(fund, "emergency-food", 5000, Live.AddDays(-20), other),
            Past("hsf-1-direct-award", "emergency-food", 5000, Live.AddDays(-20), episode),
            Past(fund, "housing-payment", 50000, Live.AddDays(-20), episode));

        found.Limits.Single(l => l.Rule.Id == "episode-limit").Left.ShouldBe(new Money(70_100));
    }

    [Fact]
    public void Assess_YearLimit_LeavesOutWhatIsAYearOldAndWhatTheRuleDoesNotCount()
    {
        const string fund = "crisis-and-resilience-fund";

        var found = Assess(fund, "crisis-payment", Live, Facts.None, null,
            Past(fund, "crisis-payment", 6500, Live.AddYears(-1)),
            Past(fund, "crisis-payment", 6500, Live.AddYears(-1).AddDays(1)),
            Past(fund, "crisis-payment", 6500, Live.AddDays(-40), notCounted: "year-limit"));
        var fire = Assess(fund, "crisis-payment", Live, Facts.Of(null, ("shock.what_changed", new[] { "fire-or-flood" })), null, Past(fund, "crisis-payment", 6500, Live.AddDays(-3)), Past(fund, "crisis-payment", 6500, Live.AddDays(-2)));

        found.Limits.Single(l => l.Rule.Id == "year-limit").AwardsLeft.ShouldBe(1);
        fire.Limits.ShouldNotContain(l => l.Rule.Id == "year-limit");
        fire.NotCountedBy.ShouldBe(["year-limit"]);
    }

    [Fact, Requirement("R-DAW-04")]
    public void Assess_SameHelpUnderAnotherScheme_IsNoticedByItsWeek()
    {
        var sixDays = Past("winter-support-grant", "fuel-voucher", 4900, December.AddDays(-6));
        var eightDays = Past("winter-support-grant", "fuel-voucher", 4900, December.AddDays(-8));
        var food = Past("winter-support-grant", "emergency-food", 4900, December.AddDays(-1));

        Assess("hsf-1-direct-award", "fuel-voucher", December, Facts.None, null, sixDays).RecentHelp.ShouldHaveSingleItem().WeekOf.ShouldBe(new DateOnly(2021, 11, 22));
        Assess("hsf-1-direct-award", "fuel-voucher", December, Facts.None, null, eightDays, food).RecentHelp.ShouldBeEmpty();
    }
}
