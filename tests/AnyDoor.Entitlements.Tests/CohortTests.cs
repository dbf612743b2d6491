using AnyDoor.Entitlements.Cohorts;
using AnyDoor.Tests;

namespace AnyDoor.Entitlements.Tests;

public sealed class CohortTests
{
    private const string Heading = "reference,place,district,tenure,rent_annual,council_tax_annual,adult1_born,adult1_sex,adult1_pay,adult1_state_pension,children_born,gets\n";

    private static CohortData Read(string rows) => CohortFile.Read(new StringReader(Heading + rows));

    /// <summary>A million households make no garbage: what a thousand allocate, one does not have.</summary>
    [Fact]
    public void AHousehold_AllocatesNothing()
    {
        var packed = new PackedHousehold[2000];
        packed.AsSpan().Fill(Packing.Pack(Some.Of(Some.Adult(pay: 20_000_00) with { CareHours = 35, ClaimsCarersAllowance = true }, Some.Adult("a2", Role.Partner) with { SelfEmployment = new SelfEmployment { ProfitYear = 5_000_00 } }, Some.Child("c1", new DateOnly(2015, 1, 1)), Some.Child("c2", new DateOnly(2008, 1, 1))).Renting(9_000_00), RateBook.Official.Month(Some.May2025)));
        packed[0] = Packing.Pack(Some.Of(Some.Adult(born: 1940) with { Sex = Sex.Male, StatePensionYear = 9_000_00, PrivatePensionYear = 3_000_00 }), RateBook.Official.Month(Some.May2025));
        var (year, rows) = (AssessmentYear.Of(2025, RateBook.Official), new CohortRow[packed.Length]);
        Cohort.Run(packed.AsSpan(), year, rows);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Cohort.Run(packed.AsSpan(), year, rows);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        rows[0].PensionCredit.ShouldBeGreaterThan(0);
        rows[1].UniversalCredit.ShouldBe(rows[1999].UniversalCredit);
    }

    [Fact]
    public void OnManyProcessors_ItIsTheSame()
    {
        var data = Read(string.Concat(Enumerable.Range(0, 9000).Select(i => $"R{i},P,D,OWNED_OUTRIGHT,,,19{50 + i % 50}-0{1 + i % 9}-01,F,{i * 7},,20{10 + i % 15}-06-01,\n")));
        var year = AssessmentYear.Of(2026, RateBook.Official);
        CohortRow[] one = new CohortRow[9000], many = new CohortRow[9000];

        Cohort.Run(data.Packed.Span, year, one);
        Cohort.Run(data.Packed, year, many, processors: 3);

        many.ShouldBe(one);
        one.Sum(r => (long)r.UniversalCredit).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void EntitledAndNotReceiving_IsCountedByBenefitAndPlace_AndLettersAreMerged()
    {
        var data = Read("""
            H1,Northfield,Fenmarsh,OWNED_OUTRIGHT,,,1990-01-01,F,9000,,2018-05-05,
            H2,Northfield,Fenmarsh,OWNED_OUTRIGHT,,,1990-01-01,F,9000,,2018-05-05,child_benefit universal_credit
            H3,"South, field",Fenmarsh,RENT_FROM_HA,5200,1560,1940-01-01,F,,9000,,
            H4,Northfield,Fenmarsh,OWNED_OUTRIGHT,,,1990-01-01,F,200000,,2018-05-05,
            """);
        var found = CohortReport.Make(data, 2026);

        found.Lines.Where(l => l.Place == "Northfield").Select(l => (l.Benefit, l.Households)).ShouldBe([(Received.UniversalCredit, 1), (Received.ChildBenefit, 1)]);
        found.Lines.Where(l => l.Place == "South, field").Select(l => l.Benefit).ShouldBe([Received.PensionCredit, Received.HousingBenefit, Received.CouncilTaxReduction]);
        found.Letters.Select(l => l.Reference).Order().ShouldBe(["H1", "H3"]);
        found.Letters.Single(l => l.Reference == "H1").WorthYear.ShouldBe(found.Lines.Where(l => l.Place == "Northfield").Sum(l => l.WorthYear));
        found.Totals.Single(t => t.Benefit == Received.ChildBenefit).WorthYear.ShouldBe(27_05 * 52);
        found.Lines.Single(l => l.Benefit == Received.CouncilTaxReduction).WorthYear.ShouldBe(1_560_00);
    }

    /// <summary>Every household on Universal Credit from 1 September 2026; before, net pay up to £7,400 a year. A file that does not say whether children have the meals is not read as "they do not".</summary>
    [Fact]
    [Requirement("R-FSM-07")]
    public void FreeSchoolMeals_AreLookedFor_WhereTheFileSaysWhoHasThem()
    {
        const string heading = "reference,place,district,tenure,adult1_born,adult1_pay,children_born,free_school_meals,gets\n";
        CohortFindings Of(int year, string rows) => CohortReport.Make(CohortFile.Read(new StringReader(heading + rows)), year);
        const string rows = "TAX,Waterlees,Fenland,RENT_FROM_HA,1990-01-01,9000,2019-05-05,no,universal_credit child_benefit council_tax_reduction\n"
            + "HAS,Waterlees,Fenland,RENT_FROM_HA,1990-01-01,9000,2019-05-05,yes,universal_credit child_benefit\nSAYS-NOT,Waterlees,Fenland,RENT_FROM_HA,1990-01-01,9000,2019-05-05,,universal_credit child_benefit\n"
            + "BABY,Waterlees,Fenland,RENT_FROM_HA,1990-01-01,9000,2026-01-05,no,universal_credit child_benefit\nWELL-OFF,Waterlees,Fenland,OWNED_OUTRIGHT,1990-01-01,60000,2019-05-05,no,child_benefit\n";

        var letter = Of(2026, rows).Letters.Single(l => (l.Benefits & Received.FreeSchoolMeals) != 0);
        (letter.Reference, letter.Benefits, letter.WorthYear).ShouldBe(("TAX", Received.FreeSchoolMeals, 0));
        letter.Why.ShouldBe("Free school meals: a child of school age, and a benefit that opens them is paid");
        Of(2025, rows).Letters.ShouldBeEmpty("£9,000 a year is above £7,400, the rule until August 2026");
        Of(2025, rows.Replace("9000", "7000", StringComparison.Ordinal)).Letters.Select(l => l.Reference).ShouldBe(["TAX"]);
        CohortFile.Read(new StringReader(heading + "X,W,F,RENT_FROM_HA,1990-01-01,,,perhaps,\n")).Refused.Single().Column.ShouldBe("free_school_meals");
    }

    [Fact]
    public void AScenario_StandsBesideTheLaw()
    {
        var data = Read("H1,N,F,OWNED_OUTRIGHT,,,1990-01-01,F,12000,,2018-05-05,\nH2,N,F,OWNED_OUTRIGHT,,,1990-01-01,F,0,,,\n");
        var found = CohortReport.Make(data, 2026, RateBook.Official.With(RateId.UcTaper, new DateOnly(2026, 4, 6), 5000));

        var credit = found.Scenario!.Single(s => s.What == "universal_credit");
        (credit.More, credit.Less).ShouldBe((1, 0));
        credit.ScenarioYear.ShouldBe(credit.LawYear + 14_50 * 12); // (1,000 − 710) x 5%
    }

    [Theory]
    [InlineData("H1,N,F,CASTLE,,,1990-01-01,,,,,", "tenure"), InlineData("H1,N,F,OWNED_OUTRIGHT,,,,,,,,", "adult1_born"), InlineData("H1,N,F,OWNED_OUTRIGHT,,,01/01/1990,,,,,", "adult1_born")]
    [InlineData(",N,F,OWNED_OUTRIGHT,,,1990-01-01,,,,,", "reference"), InlineData("H1,N,F,OWNED_OUTRIGHT,,,1990-01-01,X,,,,", "adult1_sex"), InlineData("H1,N,F,OWNED_OUTRIGHT,,,1990-01-01,,-5,,,", "adult1_pay")]
    [InlineData("H1,N,F,OWNED_OUTRIGHT,,,1990-01-01,,1e9,,,", "adult1_pay"), InlineData("H1,N,F,OWNED_OUTRIGHT,,,1990-01-01,,,,soon,", "children_born"), InlineData("H1,N,F,OWNED_OUTRIGHT,,,1990-01-01,,,,,gold", "gets"), InlineData("H1,N,F,RENT_PRIVATELY,,,1990-01-01,,,,,", "lha_weekly_rate")]
    public void ARowThatIsWrong_IsLeftOutWithItsReason_AndTheRestGoOn(string row, string column)
    {
        var data = Read($"{row}\r\n\r\nH9,N,F,OWNED_OUTRIGHT,,,1990-01-01,F,,,,");

        data.Refused.ShouldHaveSingleItem().Column.ShouldBe(column);
        (data.Rows, data.Households.Single().Reference).ShouldBe((2, "H9"));
    }

    [Theory]
    [InlineData(""), InlineData("reference,place\nx,y"), InlineData("reference,place,district,tenure,adult1_born\n\"open")]
    public void AFileThatIsNoCohort_IsRefused(string text) => Should.Throw<FormatException>(() => CohortFile.Read(new StringReader(text)));
}
