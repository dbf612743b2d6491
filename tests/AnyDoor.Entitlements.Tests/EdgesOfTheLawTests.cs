using AnyDoor.Entitlements.Cohorts;

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
}
