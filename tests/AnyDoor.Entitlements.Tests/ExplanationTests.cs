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

    [Fact]
    public void ManyMissingAnswers_StillEnd()
    {
        var nothing = new Situation
        {
            People =
            [
                new Person { Id = "a1", Role = Role.Claimant, DateOfBirth = new DateOnly(1990, 1, 1), PayYear = null, LimitedCapabilityActivity = null, ProtectedRate = null, SelfEmployment = new SelfEmployment() },
                new Person { Id = "a2", Role = Role.Partner, DateOfBirth = new DateOnly(1990, 1, 1), PayYear = null, LimitedCapabilityActivity = null, ProtectedRate = null },
                new Person { Id = "c1", Role = Role.Child, DateOfBirth = new DateOnly(2020, 1, 1), ChildcareYear = null },
            ],
            Savings = null, Home = new Home { Tenure = Tenure.PrivateTenant, RentYear = null, LocalHousingAllowanceWeek = null, CouncilTaxYear = null },
        };
        var month = Engine.Official.Month(nothing, Some.May2026);

        month.Of(Benefit.UniversalCredit)!.Unknown.Length.ShouldBeGreaterThan(8);
        month.Of(Benefit.UniversalCredit)!.Amount.High.ShouldBeGreaterThan(1_000_00);
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
