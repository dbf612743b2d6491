using System.Text;
using System.Text.Json;
using AnyDoor.Entitlements.Annual;
using AnyDoor.Entitlements.Cohorts;
using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements.Tests;

/// <summary>Where rules meet, as an adviser would check them by hand: carers of pension age, children too old for childcare, adults who live in, claimants under 18.</summary>
public sealed class EdgesOfTheLawTests
{
    private static string Pensioner(int age, int pay, int pension, int other, string year = "2025/26") =>
        $$"""{"id": "x", "tax_year": "{{year}}", "region": "EAST_OF_ENGLAND", "tenure": "OWNED_OUTRIGHT", "people": [{"id": "a1", "role": "adult", "age": {{age}}, "gender": "FEMALE", "employment_income": {{pay}}, "state_pension_annual": {{pension}}, "private_pension_income": {{other}}, "care_hours_per_week": 35}]}""";

    /// <summary>SI 2002/1792 Sch. I para. 4: entitled to Carer's Allowance, so its earnings limit holds; overlapping State Pension does not matter.</summary>
    [Theory]
    [InlineData("2024/25"), InlineData("2025/26"), InlineData("2026/27")]
    public void PensionersWhoEarnTooMuchForCarersAllowance_HaveNoCarerAddition(string year)
    {
        Cases.One(Pensioner(70, 11_500, 3_000, 0, year)).Unit("guarantee_credit").ShouldBe(0);
        // Without pay: the State Pension is above Carer's Allowance, and the addition stays.
        Cases.One(Pensioner(70, 0, 11_000, 0)).Unit("guarantee_credit").ShouldBeGreaterThan(Cases.One(Pensioner(70, 0, 11_000, 0).Replace("35}", "10}", StringComparison.Ordinal)).Unit("guarantee_credit"));
    }

    /// <summary>
    /// SI 2001/1004 reg. 100, for 30,000 of pay and 50,270 of profit: the most at the main rate is 37,700 x 6% = 2,262, less 17,430.04 x 8% = 1,394.40 on the pay, so 867.60; the 23,240 of profit past it bears 2%, 464.80.
    /// Pay alone bears 1,394.40. Under the maximum nothing is taken off: 7,430.04 x 8% + 2,430 x 6%.
    /// </summary>
    [Theory]
    [InlineData(30_000, 50_270, 1_394.40 + 867.60 + 464.80), InlineData(60_000, 30_000, 3_210.60 + 17_430 * 0.02), InlineData(20_000, 15_000, 594.40 + 145.80), InlineData(0, 60_000, 2_262 + 194.60)]
    public void SomebodyPaidAndSelfEmployed_BearsNoMoreThanTheYearlyMaximum(int pay, int profit, double due)
    {
        Cases.One(Cases.Single($", \"employment_income\": {pay}, \"self_employment_income\": {profit}")).Person("a1", "national_insurance").ShouldBe((decimal)due, 0.5m);
        var both = Some.Of(Some.Adult(pay: pay * 100L) with { SelfEmployment = new SelfEmployment { ProfitYear = profit * 100L } });
        foreach (var month in (DateOnly[])[new(2021, 5, 6), Some.May2025]) both.Get(Benefit.NationalInsurance, month).Working!.AddsUp().ShouldBeTrue();
    }

    /// <summary>SI 2002/1792 reg. 9 lists what Savings Credit leaves out of income. Carer's Allowance is not on the list.</summary>
    [Theory]
    [InlineData("2024/25", 884.52), InlineData("2025/26", 899.50), InlineData("2026/27", 933.82)]
    public void SavingsCredit_CountsCarersAllowance(string year, double due) => Cases.One(Pensioner(80, 0, 2_600, 8_000, year)).Unit("savings_credit").ShouldBe((decimal)due, 1m);

    /// <summary>Universal Credit Regulations 2013 reg. 35.</summary>
    [Fact]
    public void Childcare_IsForChildrenUpTo31AugustAfterTheir16thBirthday()
    {
        const string both = """, {"id": "c1", "role": "child", "age": 17, "childcare_expenses_annual": 3000}, {"id": "c2", "role": "child", "age": 5, "childcare_expenses_annual": 4000}""";
        Cases.One(Cases.Single(", \"employment_income\": 14000", people: both)).Unit("uc_childcare_element").ShouldBe(3_400m, 1m);
        var situation = Some.Of(Some.Adult(pay: 14_000_00), Some.Child("c1", new DateOnly(2008, 1, 1)) with { ChildcareYear = 3_000_00, InEducation = true }, Some.Child("c2", new DateOnly(2020, 1, 1)) with { ChildcareYear = 4_800_00 });
        situation.Get(Benefit.UniversalCredit, Some.May2025).Step(Rule.ChildcareElement).Amount.ShouldBe(340_00);
    }

    [Fact]
    public void ChildcareOfAllChildren_ThatIsTooMuch_IsRefused_AndDoesNotWrapRound()
    {
        var many = string.Concat(Enumerable.Range(1, 3).Select(i => $$""", {"id": "c{{i}}", "role": "child", "age": {{i}}, "childcare_expenses_annual": 10000000}"""));
        Cases.One(Cases.Single(", \"employment_income\": 20000", people: many)).Error().ShouldContain("childcare of all children");
    }

    /// <summary>Sch. 4 para. 16: no contribution from somebody with a benefit for care or Carer's Allowance. Housing Benefit asks it of them all the same (SI 2006/214 reg. 55).</summary>
    [Theory]
    [InlineData("", 93.02 * 12), InlineData(", \"pip_daily_living\": \"ENHANCED\"", 0), InlineData(", \"attendance_allowance\": \"LOWER\"", 0), InlineData(", \"care_hours_per_week\": 40", 0)]
    public void AnAdultWhoLivesIn_WithABenefitForCare_MakesNoContribution(string more, double a_year)
    {
        var renting = Cases.Single(more: $$$""", "rent_annual": 6000, "non_dependant": {"id": "n1", "age": 30, "employment_income": 0{{{more}}}}""").Replace("OWNED_OUTRIGHT", "RENT_FROM_HA", StringComparison.Ordinal);
        Cases.One(renting).Unit("uc_non_dep_deductions").ShouldBe((decimal)a_year);
        Cases.One(renting.Replace("\"age\": 30}", "\"age\": 80, \"state_pension_annual\": 9000}", StringComparison.Ordinal).Replace("\"id\": \"a1\", \"role\": \"adult\", \"age\": 30", "\"id\": \"a1\", \"role\": \"adult\", \"age\": 80, \"state_pension_annual\": 5000", StringComparison.Ordinal)).Unit("housing_benefit").ShouldBeLessThan(6_000);
    }

    [Fact]
    public void TheIncomeOfAnAdultWhoLivesIn_IsAllOfIt_AndBelow16HoursIsNotWork()
    {
        string Of(string more) => $$$"""{"id": "x", "tax_year": "2024/25", "region": "EAST_OF_ENGLAND", "tenure": "RENT_FROM_HA", "rent_annual": 6000, "people": [{"id": "a1", "role": "adult", "age": 80, "state_pension_annual": 5000}], "non_dependant": {"id": "n1", "age": 30{{{more}}}}}""";
        var none = Cases.One(Of("")).Unit("housing_benefit");
        var pay = Cases.One(Of(", \"employment_income\": 40000")).Unit("housing_benefit");
        pay.ShouldBeLessThan(none);
        Cases.One(Of(", \"self_employment_income\": 40000")).Unit("housing_benefit").ShouldBe(pay);
        Cases.One(Of(", \"employment_income\": 40000, \"weekly_hours\": 10")).Unit("housing_benefit").ShouldBe(none);
        Cases.One(Of(", \"pip_daily_living\": \"SOME\"")).Error().ShouldContain("pip_daily_living");
    }

    /// <summary>Welfare Reform Act 2012 s. 4(1)(a) and Universal Credit Regulations 2013 reg. 8.</summary>
    [Fact]
    public void Under18_ThereIsNoUniversalCredit_ButForTheExceptions()
    {
        string Of(string adult, string people = "") => Cases.Single(adult, people: people).Replace("\"age\": 30", "\"age\": 17", StringComparison.Ordinal);
        Cases.One(Of("")).Unit("universal_credit").ShouldBe(0);
        Cases.One(Of(", \"lcwra\": true")).Unit("universal_credit").ShouldBeGreaterThan(0);
        Cases.One(Of("", """, {"id": "c1", "role": "child", "age": 0}""")).Unit("universal_credit").ShouldBeGreaterThan(0);
        Cases.One(Of("", """, {"id": "a2", "role": "adult", "age": 18}""")).Unit("universal_credit").ShouldBeGreaterThan(0, "one of a couple is 18");
        var statement = Some.Of(Some.Adult(born: 2008)).Get(Benefit.UniversalCredit, Some.May2025);
        statement.Sentence.ShouldContain("under 18");
        statement.Working!.AddsUp().ShouldBeTrue();
    }

    /// <summary>One rate that no source gave must not take the rest of a household, or of a file, with it.</summary>
    [Fact]
    public void ARateThatIsNotHeld_LeavesOutOneFigure_AndIsNamed()
    {
        var one = Cases.One("""{"id": "x", "tax_year": "2026/27", "region": "EAST_OF_ENGLAND", "tenure": "RENT_FROM_HA", "rent_annual": 9000, "people": [{"id": "a1", "role": "adult", "age": 76, "gender": "FEMALE", "state_pension_annual": 18500}, {"id": "c1", "role": "child", "age": 11}]}""");
        one.GetProperty("benefit_unit").GetProperty("housing_benefit").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        one.GetProperty("not_known").EnumerateArray().First().GetString()!.ShouldContain("housing_benefit.allowance.child");
        (one.Unit("child_benefit"), one.Person("a1", "income_tax")).ShouldBe((1_406.60m, 1_186m));

        var found = CohortReport.Make(CohortFile.Read(new StringReader("reference,place,district,tenure,rent_annual,adult1_born,adult1_sex,adult1_state_pension,children_born\nP1,W,D,RENT_FROM_HA,9000,1950-01-01,F,18500,2015-05-01\nP2,W,D,RENT_FROM_HA,9000,1990-01-01,F,,\n")), 2026);
        found.Letters.Select(l => l.Reference).ShouldContain("P2");
        found.Refused.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Row.ShouldBe(1), r => r.Column.ShouldBe("housing_benefit"), r => r.Reason.ShouldContain("housing_benefit.allowance.child"));
    }

    [Theory]
    [InlineData("region", "ATLANTIS,1990-01-01,,,,"), InlineData("adult1_born", ",2020-01-01,,,,"), InlineData("adult2_born", ",1990-01-01,,45000,,"), InlineData("children_disabled", ",1990-01-01,,,2015-01-01,no higher")]
    public void AHouseholdThatCannotBe_IsLeftOut_WithItsReason(string column, string row)
    {
        var found = CohortReport.Make(CohortFile.Read(new StringReader($"reference,place,district,tenure,region,adult1_born,adult2_born,adult2_pay,children_born,children_disabled\nX,W,D,OWNED_OUTRIGHT,{row}\n")), 2026);
        found.Letters.ShouldBeEmpty();
        found.Refused.ShouldHaveSingleItem().Column.ShouldBe(column);
    }

    [Theory]
    [InlineData("uc.capital.step", "0", "a step must be more"), InlineData("uc.taper", "55", "write 55% as 0.55")]
    public void AScenarioThatCannotBe_IsRefusedByName(string id, string value, string sentence)
    {
        using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{"rates": [{"id": "{{id}}", "values": [{"from": "2026-04-06", "value": {{value}}}]}]}"""));
        Should.Throw<FormatException>(() => RateBook.Official.With(file)).Message.ShouldSatisfyAllConditions(m => m.ShouldContain(sentence), m => m.ShouldContain(id));
    }

    // ---- Winter Fuel: the week that decides ---------------------------------------------------------------------

    /// <summary>Social Fund Winter Fuel Payment Regulations 2000 reg. 1(2), 2024 and 2025 reg. 1: the week that begins on the third Monday of September.</summary>
    [Theory]
    [InlineData(2021, 20), InlineData(2022, 19), InlineData(2023, 18), InlineData(2024, 16), InlineData(2025, 15), InlineData(2026, 21)]
    public void TheQualifyingWeek_BeginsOnTheThirdMondayOfSeptember(int year, int day) => Others.QualifyingWeek(year).ShouldBe(new DateOnly(year, 9, day));

    /// <summary>Born on 24 June 1960: pension age on 24 September 2026, within the week to the 27th. Born on 22 September 1958: 66 on 22 September 2024, the last day of that week.</summary>
    [Theory]
    [InlineData("1960-06-24", 2026, 200_00), InlineData("1960-07-06", 2026, 0), InlineData("1958-09-22", 2024, 200_00), InlineData("1958-09-23", 2024, 0)]
    public void PensionAgeReachedInThatWeek_IsEnough(string born, int year, long pence)
    {
        var s = Some.Of(Some.Adult() with { DateOfBirth = Day(born), Sex = Sex.Male });

        s.Get(Benefit.WinterFuelPayment, new DateOnly(year, 12, 6)).Amount.Low.ShouldBe(pence);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    // ---- National Insurance in July 2022, and the allowance of somebody blind -----------------------------------

    /// <summary>National Insurance Contributions (Increase of Thresholds) Act 2022 s. 1: £190 a week became £242 (the weekly part of £12,570) on 6 July 2022. £400: (400 − 190) x 13.25% = £27.83 before.</summary>
    [Theory]
    [InlineData("2022-07-01", 27_83), InlineData("2022-07-05", 27_83), InlineData("2022-07-06", 20_97)]
    public void ThePrimaryThreshold_RoseOn6July2022(string payday, long pence)
    {
        var day = Day(payday);
        var s = Some.Of(Some.Adult() with { PaidEvery = PayEvery.Week, Payslips = [new Payslip(day, 400_00, 0)] });

        s.Pence(Benefit.NationalInsurance, day).ShouldBe(pence);
    }

    /// <summary>Income Tax Act 2007 s. 38: £3,130 more free of tax in 2025/26, and it does not fall above £100,000 as the Personal Allowance does (s. 35(2)).</summary>
    [Theory]
    [InlineData(20_000_00, 2025, 860), InlineData(125_140_00, 2025, 41_264), InlineData(20_000_00, 2021, 982), InlineData(20_000_00, 2026, 836)]
    public void SomebodyBlind_HasMoreFreeOfTax(long pay, int year, long pounds)
    {
        var tax = Engine.Official.Month(Some.Of(Some.Adult(pay: pay) with { Blind = true }), new DateOnly(year, 5, 6)).Of(Benefit.IncomeTax)!;

        tax.Working!.Parts[0].Parts[0].Amount.ShouldBe(pounds * 100);
        tax.Working.AddsUp().ShouldBeTrue();
        tax.Has(Rule.BlindPersonsAllowance).ShouldBeTrue();
        Some.Of(Some.Adult() with { Blind = true, Payslips = [new Payslip(new DateOnly(year, 5, 4), 2_000_00)] }).Pence(Benefit.IncomeTax, new DateOnly(year, 4, 6)).ShouldBeLessThan(Some.Of(Some.Adult() with { Payslips = [new Payslip(new DateOnly(year, 5, 4), 2_000_00)] }).Pence(Benefit.IncomeTax, new DateOnly(year, 4, 6)));
    }

    // ---- Disabled children and second adults of pension age -----------------------------------------------------

    /// <summary>SI 2006/214 Sch. 3 para. 7 and 8; SI 2012/2885 Sch. 2: a premium for a child with any DLA or PIP, or blind; another for the highest rate of care, which blindness alone does not give. 2025/26: 244.40 + 84.66, + 81.37, + 32.75.</summary>
    [Theory]
    [InlineData(Component.None, false, 244_40 + 84_66), InlineData(Component.Lowest, false, 244_40 + 84_66 + 81_37), InlineData(Component.Enhanced, false, 244_40 + 84_66 + 81_37 + 32_75), InlineData(Component.None, true, 244_40 + 84_66 + 81_37), InlineData(Component.Enhanced, true, 244_40 + 84_66 + 81_37 + 32_75)]
    public void ADisabledChildOfAPensioner_BringsPremiums(Component care, bool blind, long week)
    {
        var s = Some.Of(Some.Adult(born: 1945) with { Sex = Sex.Female, StatePensionYear = 40_000_00 }, Some.Child("c1", new DateOnly(2018, 1, 1)) with { DlaCare = care, Blind = blind }).Renting(26_000_00);
        s = s with { Home = s.Home with { CouncilTaxYear = 5_200_00 } };

        s.Get(Benefit.HousingBenefit, Some.May2025).Step(Rule.ApplicableAmount).Amount.ShouldBe(week);
        s.Get(Benefit.CouncilTaxReduction, Some.May2025).Working!.AddsUp().ShouldBeTrue();
    }

    /// <summary>State Pension Credit Regulations 2002 Sch. IIA, as uprated by SI 2025/295.</summary>
    [Fact]
    public void ASeverelyDisabledChild_InPensionCredit_2025()
    {
        var s = Some.Of(Some.Adult(born: 1945) with { Sex = Sex.Female }, Some.Child("c1", new DateOnly(2018, 1, 1)) with { DlaCare = Component.Enhanced });

        s.Get(Benefit.PensionCredit, Some.May2025).Step(Rule.MinimumGuarantee).Amount.ShouldBe(227_10 + 67_42 + 114_12);
    }

    private static Situation WithAdults(long savings, params Person[] others) => Some.Of([Some.Adult(born: 1945) with { Sex = Sex.Female, StatePensionYear = 40_000_00 }, .. others]) with { Home = new Home { CouncilTaxYear = 1_560_00 }, Savings = savings };

    /// <summary>SI 2012/2885 Sch. 1 para. 4 and 9 and Sch. 3, 2024/25: of £30 a week 15% where the other adults have less than £265 together, 7.5% below £344, 25% where all are on Pension Credit, whatever the pensioner has.</summary>
    [Theory]
    [InlineData(13_779_00, 4_50), InlineData(13_780_00, 2_25), InlineData(17_887_00, 2_25), InlineData(17_888_00, 0)]
    public void ASecondAdultOnALowIncome_BringsAReduction(long pay, long week)
    {
        var reduction = WithAdults(0, Some.Adult("n", Role.NonDependant, 1980, pay)).Get(Benefit.CouncilTaxReduction, Some.May2024);

        if (week == 0) reduction.Standing.ShouldBe(Standing.NotEntitled);
        else reduction.Step(Rule.SecondAdultReduction).Amount.ShouldBe(week);
        reduction.Working!.AddsUp().ShouldBeTrue();
        WithAdults(90_000_00, Some.Adult("n", Role.NonDependant, 1980, pay)).Get(Benefit.CouncilTaxReduction, Some.May2024).Amount.ShouldBe(reduction.Amount, "no capital counts");
    }

    [Fact]
    public void SecondAdults_AreCountedTogether_AndNotBesideAPartner()
    {
        long Month(Situation s) => s.Pence(Benefit.CouncilTaxReduction, Some.May2024);
        var pensioner = Some.Adult("n", Role.NonDependant, 1944) with { NoDeduction = true };

        Month(WithAdults(0, pensioner)).ShouldBe(32_50); // 25% of 30 = 7.50 a week
        Month(WithAdults(0, pensioner, Some.Adult("m", Role.NonDependant, 1980, 10_000_00))).ShouldBe(19_50); // her income is left out, his is not: 15%
        Month(WithAdults(0, Some.Adult("n", Role.NonDependant, 1980, 10_000_00), Some.Adult("m", Role.NonDependant, 1980, 10_000_00))).ShouldBe(0); // £384 together
        Month(WithAdults(0, Some.Adult("n", Role.NonDependant, 1980) with { NoDeduction = true })).ShouldBe(0); // away with the forces, or in prison
        Month(WithAdults(0, Some.Adult("a2", Role.Partner, 1945) with { Sex = Sex.Male }, pensioner)).ShouldBe(0);
        Month(WithAdults(0, Some.Adult("n", Role.NonDependant, 2008))).ShouldBe(0); // 16
    }

    /// <summary>Where the ordinary reduction is more, it stands; an income limit that is not held is asked for only where it decides.</summary>
    [Fact]
    public void TheBetterReductionIsPaid()
    {
        var poor = WithAdults(0, Some.Adult("n", Role.NonDependant, 1980, 13_000_00)).With("a1", a => a with { StatePensionYear = 9_000_00 });

        poor.Get(Benefit.CouncilTaxReduction, Some.May2024).Has(Rule.SecondAdultReduction).ShouldBeFalse();
        poor.Get(Benefit.CouncilTaxReduction, Some.May2026).Standing.ShouldBe(Standing.Entitled);
        var rich = WithAdults(0, Some.Adult("n", Role.NonDependant, 1980, 13_000_00)).Get(Benefit.CouncilTaxReduction, Some.May2026);
        (rich.Standing, rich.Sentence.Contains("council_tax.second_adult.lower_below", StringComparison.Ordinal)).ShouldBe((Standing.NotKnown, true));
        WithAdults(0, Some.Adult("n", Role.NonDependant, 1944) with { NoDeduction = true }).Pence(Benefit.CouncilTaxReduction, Some.May2026).ShouldBe(32_50);
    }

    // ---- The benefit cap and new-style benefits -----------------------------------------------------------------

    /// <summary>Welfare Reform Act 2012 s. 96(10) and Universal Credit Regulations 2013 reg. 79: new-style Jobseeker's and Employment and Support Allowance count. £92.05 a week is £398.88 a month: 1,835 − 262.38 − 398.88.</summary>
    [Fact]
    public void NewStyleBenefits_CountAgainstTheCap()
    {
        var family = Some.Of(Some.Adult(), Some.Adult("a2", Role.Partner), Some.Child("c1", new DateOnly(2014, 1, 1)), Some.Child("c2", new DateOnly(2016, 1, 1)), Some.Child("c3", new DateOnly(2016, 12, 1))).Renting(13_000_00);
        var credit = family.With("a1", a => a with { NewStyleBenefitsYear = 4_786_60 }).Get(Benefit.UniversalCredit, Some.May2025);

        credit.Amount.Low.ShouldBe(1_173_74);
        credit.Working!.AddsUp().ShouldBeTrue();
        credit.Has(Rule.NewStyleBenefits).ShouldBeTrue();
        family.With("a1", a => a with { OtherIncomeYear = 4_786_60 }).Pence(Benefit.UniversalCredit, Some.May2025).ShouldBe(1_835_00 - 262_38, "other income is no welfare benefit");
    }

    // ---- Healthy Start under 18 ---------------------------------------------------------------------------------

    /// <summary>Healthy Start Scheme and Welfare Food (Amendment) Regulations 2005 reg. 3(3)(b): pregnant and under 18 needs no benefit.</summary>
    [Fact]
    public void PregnantUnder18_NeedsNoBenefit()
    {
        Situation Rich(DateOnly born) => Some.Of(Some.Adult(pay: 60_000_00), Some.Child("c1", born) with { Pregnant = true, InEducation = true });

        Rich(new DateOnly(2008, 1, 1)).Get(Benefit.HealthyStart, Some.May2025).Step(Rule.AmountWeek).Amount.ShouldBe(4_25);
        Rich(new DateOnly(2007, 6, 5)).Get(Benefit.HealthyStart, Some.May2025).Standing.ShouldBe(Standing.NotEntitled, "18 on the last day of the month");
        Some.Of(Some.Adult(born: 2008, pay: 30_000_00) with { Pregnant = true }).Get(Benefit.HealthyStart, Some.May2025).Step(Rule.AmountWeek).Amount.ShouldBe(4_25);
    }

    // ---- A rate that is not held --------------------------------------------------------------------------------

    private static RateBook WithoutSevereChild => RateBook.Official.With(RateId.PensionCreditChildSeverelyDisabled, [new DatedValue(new DateOnly(2021, 4, 6), null, false)]);

    [Fact]
    public void ARateOfPensionCreditThatIsNotHeld_LeavesTaxAndChildBenefit()
    {
        const string line = """{"id": "x", "tax_year": "2025/26", "region": "EAST_OF_ENGLAND", "tenure": "RENT_FROM_HA", "rent_annual": 9000, "council_tax_annual": 1500, "people": [{"id": "a1", "role": "adult", "age": 76, "gender": "FEMALE", "state_pension_annual": 18500}, {"id": "c1", "role": "child", "age": 11, "disability": "higher"}]}""";
        using var output = new MemoryStream();
        AnnualCases.Run(new MemoryStream(Encoding.UTF8.GetBytes(line)), output, AnnualCases.YearsOf(WithoutSevereChild), TestContext.Current.CancellationToken).ShouldBe((1, 0));
        using var json = JsonDocument.Parse(output.ToArray());
        var (one, unit) = (json.RootElement, json.RootElement.GetProperty("benefit_unit"));

        foreach (var field in new[] { "pension_credit", "guarantee_credit", "savings_credit", "housing_benefit" }) unit.GetProperty(field).ValueKind.ShouldBe(JsonValueKind.Null, field);
        one.GetProperty("household").GetProperty("council_tax_reduction").ValueKind.ShouldBe(JsonValueKind.Null);
        one.GetProperty("not_known").EnumerateArray().ShouldHaveSingleItem().GetString()!.ShouldContain("pension_credit.child.severely_disabled");
        (one.Unit("child_benefit"), one.Person("a1", "income_tax"), one.Unit("universal_credit")).ShouldBe((1_354.60m, 1_186m, 0m));
    }

    /// <summary>Housing Benefit and Council Tax Reduction hang on Guarantee Credit; they are not worked out as if there were none.</summary>
    [Fact]
    public void WhatHangsOnPensionCredit_IsNotKnownEither()
    {
        var s = Some.Of(Some.Adult(born: 1945) with { Sex = Sex.Female }, Some.Child("c1", new DateOnly(2018, 1, 1)) with { DlaCare = Component.Enhanced }).Renting(5_200_00);
        var month = new Engine(WithoutSevereChild, CouncilTaxScheme.Shipped).Month(s with { Home = s.Home with { CouncilTaxYear = 1_560_00 } }, Some.May2025);

        foreach (var benefit in new[] { Benefit.PensionCredit, Benefit.HousingBenefit, Benefit.CouncilTaxReduction, Benefit.WarmHomeDiscount, Benefit.FreeSchoolMeals }) month.Of(benefit)!.Standing.ShouldBe(Standing.NotKnown, $"{benefit}");
        month.Of(Benefit.ChildBenefit)!.Standing.ShouldBe(Standing.Entitled);
        month.Of(Benefit.IncomeTax)!.Standing.ShouldBe(Standing.NotEntitled);
    }

    [Fact]
    public void TheEndOfTheCalendar_IsRefusedWithASentence()
    {
        Engine.Official.Month(Some.Of(Some.Adult()), DateOnly.MaxValue).Refusal!.ShouldContain("is not known. Rates are held for");
        Engine.Official.Run(Some.Of(Some.Adult()), DateOnly.MaxValue, 3).ShouldAllBe(m => m.Refusal != null);
        Engine.Official.Month(Some.Of(Some.Adult()), DateOnly.MinValue).Refusal.ShouldNotBeNull();
        Should.Throw<YearNotKnownException>(() => RateBook.Official.Month(DateOnly.MaxValue));
    }

    // ---- Conventions of the batch -------------------------------------------------------------------------------

    /// <summary>Above £16,000 there is no award, and the source of the convention shows no maximum, no income from savings and no reduction; the elements and other income stand.</summary>
    [Fact]
    public void TooMuchCapital_InABatch_ShowsNoMaximumAndNoIncome()
    {
        var one = Cases.One(Cases.Single(", \"private_pension_income\": 2000").Replace("\"savings\": 0", "\"savings\": 16001", StringComparison.Ordinal));

        foreach (var field in new[] { "uc_maximum_amount", "uc_tariff_income", "uc_income_reduction", "universal_credit" }) one.Unit(field).ShouldBe(0, field);
        (one.Unit("uc_standard_allowance"), one.Unit("uc_unearned_income")).ShouldBe((4_801.68m, 2_000.04m));
    }

    [Theory]
    [InlineData("{\"input\": null, \"id\": \"e2\"}", "not a case"), InlineData("{\"id\": \"e2\", \"input\": {\"fiscal_year\": 1999}}", "1999"), InlineData("{\"id\": \"outer\", \"input\": {\"id\": \"e2\", \"fiscal_year\": 1999}}", "1999")]
    public void ACaseKeepsItsId(string line, string sentence)
    {
        var one = Cases.One(line);

        one.GetProperty("id").GetString().ShouldBe("e2");
        one.Error().ShouldContain(sentence);
    }
}
