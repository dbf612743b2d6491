using AnyDoor.Tests;

namespace AnyDoor.Entitlements.Tests;

/// <summary>What a person across the desk is told: the working, what is unknown, what would change it.</summary>
[Requirement("R-INC-01")]
public sealed class ExplanationTests
{
    private static readonly Situation Persona = Some.Of(
        Some.Adult("leanne"), Some.Adult("darren", Role.Partner, pay: 20 * 12_71 * 52), Some.Child("c1", new DateOnly(2015, 5, 1)), Some.Child("c2", new DateOnly(2017, 9, 1)), Some.Child("c3", new DateOnly(2019, 9, 1))).Renting(6_500_00, Tenure.HousingAssociationTenant);

    /// <summary>The founding papers' family on 20 hours at the minimum wage, as in the design's picture of the working, to the pennies that PAYE's rounded month differs by.</summary>
    [Fact]
    public void TheFamilyOfThePapers_ReadsLikeTheDesign()
    {
        var credit = Persona.Get(Benefit.UniversalCredit, new DateOnly(2026, 11, 6));

        credit.Step(Rule.MaximumAmount).Amount.ShouldBe(2_168_40);
        credit.Step(Rule.ChildElement).Parts.Select(p => p.Shown).ShouldBe(["£351.88 a month", "£607.88"]);
        credit.Amount.Low.ShouldBe(1_805_73);
        credit.Sentence.ShouldBe($"{credit.Amount} a month.");
        credit.Working!.Amount.ShouldBe(credit.Amount.Low);
        credit.Working.Law!.Url.ShouldStartWith("https://www.legislation.gov.uk/");
        var rate = credit.Step(Rule.StandardAllowance).Parts[0].Rate!;
        (rate.Shown, rate.Since, rate.SecondHand).ShouldBe(("£666.97 a month", new DateOnly(2026, 4, 6), false));
        credit.WouldChange.ShouldContain(c => c.Sentence.StartsWith("Being assessed", StringComparison.Ordinal) && c.ByMonth == 217_26);
        credit.Assumed.ShouldContain(a => a.Contains("bedroom", StringComparison.Ordinal));
    }

    /// <summary>12 to 30 hours at the minimum wage: no single figure, but the least and the most of the months. In the month of 12 hours the benefit cap takes some.</summary>
    [Fact]
    public void PayThatIsNotEven_IsARangeOverTheMonths()
    {
        decimal[] hours = [12, 30, 20];
        var uneven = Persona.With("darren", d => d with { Payslips = [.. hours.Select((h, m) => new Payslip(new DateOnly(2026, 5, 28).AddMonths(m), (long)(h * 12_71 * 52 / 12)))] });
        var run = Engine.Official.Run(uneven, Some.May2026, 3);
        var range = run.Range(Benefit.UniversalCredit)!.Value;

        range.IsExact.ShouldBeFalse();
        (range.Low, range.High).ShouldBe((run[1].Of(Benefit.UniversalCredit)!.Amount.Low, run[2].Of(Benefit.UniversalCredit)!.Amount.High));
        run[0].Of(Benefit.UniversalCredit)!.Has(Rule.BenefitCap).ShouldBeTrue();
        run.ToLiveOn().High.ShouldBe(run[1].Highest.Total);
        run[1].Of(Benefit.UniversalCredit)!.WouldChange.ShouldNotBeEmpty();
    }

    [Fact]
    public void EveryRuleAndAnswer_HasWords()
    {
        foreach (var rule in Enum.GetValues<Rule>().Where(r => r != Rule.None)) RuleBook.Title(rule).ShouldNotBeNullOrWhiteSpace();
        foreach (var answer in Enum.GetValues<Answer>()) AnswerBook.Title(answer).ShouldNotBeNullOrWhiteSpace();
        Enum.GetValues<Rule>().Select(RuleBook.Law).OfType<Source>().ShouldAllBe(l => l.Url.StartsWith("https://www.legislation.gov.uk/", StringComparison.Ordinal));
    }

    [Fact]
    public void AMissingAnswer_MakesARange_AndSaysWhichQuestionIsOpen()
    {
        var credit = (Persona with { Savings = null }).Get(Benefit.UniversalCredit, Some.May2026);

        credit.Standing.ShouldBe(Standing.Depends);
        credit.Amount.Low.ShouldBe(0);
        credit.Amount.High.ShouldBe(Persona.Pence(Benefit.UniversalCredit, Some.May2026));
        credit.Unknown.ShouldHaveSingleItem().Question.ShouldBe("How much is in savings?");
        credit.Working!.AddsUp().ShouldBeTrue();
        credit.WorkingOfHigh!.Amount.ShouldBe(credit.Amount.High);
        // What does not hang on it stays exact.
        (Persona with { Savings = null }).Get(Benefit.ChildBenefit, Some.May2026).Amount.IsExact.ShouldBeTrue();
    }

    private static readonly Situation Nothing = new()
    {
        People =
        [
            new Person { Id = "a1", Role = Role.Claimant, DateOfBirth = new DateOnly(1990, 1, 1), PayYear = null, LimitedCapabilityActivity = null, ProtectedRate = null, SelfEmployment = new SelfEmployment() },
            new Person { Id = "a2", Role = Role.Partner, DateOfBirth = new DateOnly(1990, 1, 1), PayYear = null, LimitedCapabilityActivity = null, ProtectedRate = null, SelfEmployment = new SelfEmployment() },
            new Person { Id = "c1", Role = Role.Child, DateOfBirth = new DateOnly(2020, 1, 1), ChildcareYear = null },
            new Person { Id = "c2", Role = Role.Child, DateOfBirth = new DateOnly(2022, 1, 1), ChildcareYear = null },
        ],
        Savings = null, Home = new Home { Tenure = Tenure.PrivateTenant, RentYear = null, LocalHousingAllowanceWeek = null, CouncilTaxYear = null, CouncilTaxScheme = "wexcombe-2026" },
    };

    /// <summary>However many answers are missing, each is tried at both its ends: no range is of one value because another question came first.</summary>
    [Fact]
    public void ManyMissingAnswers_AreAllTried()
    {
        var month = Engine.Official.Month(Nothing, Some.May2026);
        var credit = month.Of(Benefit.UniversalCredit)!;

        credit.Unknown.Length.ShouldBe(14);
        // All at its best: 666.97 + 2 x 303.94 + 429.80 (health) + 1,300 (rent up to the allowance) + 85% of £1,600 for childcare, less the least pay with which childcare is met.
        credit.Amount.High.ShouldBeGreaterThan(666_97 + 2 * 303_94 + 429_80 + 1_300_00);
        (credit.Amount.Low, credit.Standing, credit.CouldBeMore, credit.CouldBeLess).ShouldBe((0, Standing.Depends, true, false));
        credit.Sentence.ShouldContain("or more a month");
        month.Of(Benefit.IncomeTax)!.Amount.High.ShouldBe(1_905_34, "£30,000 of pay and £30,000 of profit each: 11,432 a year");
        month.Of(Benefit.NationalInsurance)!.Amount.Low.ShouldBe(0);
        month.Of(Benefit.CouncilTaxReduction)!.Amount.ShouldBe(new PenceRange(0, 160_00)); // 80% of £200
        month.Of(Benefit.CouncilTaxReduction)!.CouldBeMore.ShouldBeTrue();
        month.Of(Benefit.TaxFreeChildcare)!.Standing.ShouldBe(Standing.Depends);
        month.Of(Benefit.ChildBenefit)!.Assumed.ShouldContain(a => a.Contains("£60,000", StringComparison.Ordinal));
        (month.Lowest.TakeHome, month.CouldBeMore).ShouldBe((0, true));
        foreach (var s in month.Statements) (s.Working?.AddsUp() ?? true).ShouldBeTrue($"{s.Benefit}");
    }

    /// <summary>What is not a bound says so: a pay was tried to £30,000 and a rent to £1,300 a month.</summary>
    [Fact]
    public void TheEndOfWhatWasTried_IsNoBound()
    {
        var open = Some.Of(Some.Adult(), Some.Child("c1", new DateOnly(2018, 1, 1))).With("a1", a => a with { PayYear = null });
        var month = Engine.Official.Month(open, Some.May2026);

        (month.Of(Benefit.UniversalCredit)!.CouldBeMore, month.Of(Benefit.UniversalCredit)!.CouldBeLess).ShouldBe((false, false), "without pay it is the most, and it ends before £30,000");
        month.Of(Benefit.IncomeTax)!.CouldBeMore.ShouldBeTrue();
        var large = open with { People = [.. open.People, .. Enumerable.Range(2, 5).Select(i => Some.Child($"c{i}", new DateOnly(2018, 1, 1)))] };
        large.Get(Benefit.UniversalCredit, Some.May2026).CouldBeLess.ShouldBeTrue("six children: it does not end before £30,000");
        // Nothing at the answers tried is not "no" where more would begin something.
        var rich = Some.Of(Some.Adult(pay: 60_000_00)).Renting(0) with { Home = new Home { Tenure = Tenure.CouncilTenant, RentYear = null } };
        (rich.Get(Benefit.UniversalCredit, Some.May2026).Standing, rich.Get(Benefit.UniversalCredit, Some.May2026).CouldBeMore).ShouldBe((Standing.Depends, true));
        (rich with { Savings = 20_000_00 }).Get(Benefit.UniversalCredit, Some.May2026).Standing.ShouldBe(Standing.NotEntitled, "no rent opens it above the limit of savings");
        var childcare = Some.Of(Some.Adult(), Some.Child("c1", new DateOnly(2022, 1, 1)) with { ChildcareYear = 6_000_00 }).Renting(15_000_00).With("a1", a => a with { PayYear = null });
        childcare.Get(Benefit.TaxFreeChildcare, Some.May2026).Standing.ShouldBe(Standing.Depends);
        childcare.Get(Benefit.TaxFreeChildcare, Some.May2026).Sentence.ShouldStartWith("Nothing by the answers tried");
    }

    [Fact]
    public void AScenario_IsMarkedAsOne()
    {
        var other = new Engine(RateBook.Official.With(RateId.UcTaper, new DateOnly(2026, 4, 6), 5000), CouncilTaxScheme.Shipped);
        var credit = other.Month(Persona, Some.May2026).Of(Benefit.UniversalCredit)!;

        credit.IsScenario.ShouldBeTrue();
        credit.Amount.Low.ShouldBeGreaterThan(Persona.Pence(Benefit.UniversalCredit, Some.May2026));
        credit.Assumed.ShouldContain("The rates are a scenario, not the law.");
        credit.Working!.All().First(e => e.Rate?.Id == RateId.UcTaper).Rate!.Sources[0].Title.ShouldBe("Scenario, not the law");
    }

    /// <summary>Before 16 hours the cap takes money; from 16 it stops, and the line jumps.</summary>
    [Fact]
    public void MoneyAgainstHours_ShowsTheCliffOfTheCap()
    {
        var capped = Persona.Renting(14_000_00, Tenure.HousingAssociationTenant);
        var line = Engine.Official.ByHours(capped, Some.May2026, "darren", 12_71, [0, 15, 16, 40]);

        line[1].Money.TakenByCap.ShouldBeGreaterThan(0);
        line[2].Money.TakenByCap.ShouldBe(0);
        (line[2].Money.Total - line[1].Money.Total).ShouldBeGreaterThan(line[1].Money.TakenByCap);
        line.Select(p => p.Money.Total).ShouldBeInOrder();
    }

    [Fact]
    public void Compare_SaysWhatMovesInTogetherWouldChange()
    {
        var alone = Some.Of(Some.Adult("a1"), Some.Child("c1", new DateOnly(2018, 1, 1)));
        var (now, then, difference) = Engine.Official.Compare(alone, alone with { People = alone.People.Add(Some.Adult("a2", Role.Partner, pay: 24_000_00)) }, Some.May2026);

        difference.Low.ShouldBe(then.Lowest.Total - now.Lowest.Total);
        then.Lowest.UniversalCredit.ShouldBeLessThan(now.Lowest.UniversalCredit);
    }
}
