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
        found.Letters.Single(l => l.Reference == "H1").WorthYear.ShouldBe(found.Lines.Where(l => l.Place == "Northfield").Sum(l => (l.WorthYear + 50) / 100 * 100), "whole pounds");
        found.Totals.Single(t => t.Benefit == Received.ChildBenefit).WorthYear.ShouldBe(27_05 * 52);
        found.Lines.Single(l => l.Benefit == Received.CouncilTaxReduction).WorthYear.ShouldBe(1_560_00);
    }

    /// <summary>Every household on Universal Credit from 1 September 2026; before, net pay up to £7,400 a year. A file that does not say whether children have the meals is not read as "they do not".</summary>
    /// <summary>A rent under another name would otherwise count as none, and nobody would know.</summary>
    [Fact]
    [Requirement("R-INC-01")]
    public void AColumnThatIsNotRead_IsNamed_AndOneThatIsThereTwice_IsRefused()
    {
        const string row = "H1,Northfield,Fenmarsh,RENT_FROM_HA,1990-01-01,5200,Jo\n";
        var data = CohortFile.Read(new StringReader("reference,place,district,tenure,ADULT1_BORN,rent,full_name\n" + row));

        data.NotRead.ShouldBe(["rent", "full_name"]);
        CohortReport.Make(data, 2026).NotRead.ShouldBe(["rent", "full_name"]);
        CohortFile.Read(new StringReader("reference,place,district,tenure,adult1_born,rent_annual,\n" + row)).NotRead.ShouldBeEmpty();
        Should.Throw<FormatException>(() => CohortFile.Read(new StringReader("reference,place,district,tenure,adult1_born,savings,savings\n" + row))).Message.ShouldBe("The heading has two columns “savings”.");
    }

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
        // On Council Tax Reduction with no mark: likely, with the reason. Without the reduction nothing is concluded from an empty cell, and nothing from a file without marks.
        const string blank = "MARK,Waterlees,Fenland,RENT_FROM_HA,1990-01-01,9000,2019-05-05,,universal_credit child_benefit council_tax_reduction\n";
        Of(2026, rows + blank).Letters.Single(l => l.Reference == "MARK").Why.ShouldBe("Free school meals: a child of school age, and a benefit that opens them is paid; Council Tax Reduction is paid, and no mark says that they have them");
        Of(2026, blank.Replace("9000", "90000", StringComparison.Ordinal)).Letters.ShouldBeEmpty("too much is earned for a benefit that opens them");
        CohortReport.Make(CohortFile.Read(new StringReader((heading + blank).Replace("free_school_meals,", "", StringComparison.Ordinal).Replace("05,,", "05,", StringComparison.Ordinal))), 2026).Letters.ShouldBeEmpty();
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

    /// <summary>Why a letter is written, as the household knows itself, to whole pounds, and without a word of illness or care.</summary>
    [Theory]
    [Requirement("R-INC-06")]
    [InlineData("RENT_FROM_HA,7800,,1990-01-01,F,10800,,1991-01-01,2018-05-05 2020-01-01,protected,child_benefit", "Universal Credit: about £", "as the file has a couple with two children, rent of £150 a week and pay of £900 a month")]
    [InlineData("OWNED_OUTRIGHT,,,1990-01-01,F,,,,2018-05-05,,universal_credit", "Child Benefit: about £1,407 a year, ", "as the file has one adult with one child")]
    [InlineData("OWNED_OUTRIGHT,,,1990-01-01,F,,,,,,", "Universal Credit: about £5,099 a year, ", "as the file has one adult and no pay")]
    [InlineData("RENT_FROM_HA,5200,,1950-01-01,F,,9000,,,,pension_credit", "Housing Benefit: about £5,200 a year, ", "as the file has one person of pension age, rent of £100 a week and pensions of £750 a month")]
    [InlineData("OWNED_OUTRIGHT,,1560,1950-01-01,F,,9000,,,,pension_credit", "Council Tax Reduction: about £1,560 a year, ", "as the file has one person of pension age, Council Tax of £30 a week and pensions of £750 a month")]
    public void ALetter_SaysWhyInPlainWords(string row, string starts, string reason)
    {
        var data = CohortFile.Read(new StringReader($"reference,place,district,tenure,rent_annual,council_tax_annual,adult1_born,adult1_sex,adult1_pay,adult1_state_pension,adult2_born,children_born,adult1_lcwra,gets\nH1,N,F,{row}\n"));
        data.Refused.ShouldBeEmpty();
        var why = CohortReport.Make(data, 2026).Letters.ShouldHaveSingleItem().Why;

        why.ShouldStartWith(starts);
        why.ShouldEndWith(reason);
        why.ShouldNotContain(".");
    }

    /// <summary>A crisis is a change to every household, in the file of the scenario: earnings a fifth less, rent a tenth more.</summary>
    [Fact]
    public void ACrisis_StandsBesideTheLaw()
    {
        using var file = new MemoryStream("""{"households": {"earnings_percent": -20, "rent_percent": 10}}"""u8.ToArray());
        var scenario = Scenario.Read(file);
        var found = CohortReport.Make(Read("H1,N,F,RENT_FROM_HA,6000,,1990-01-01,F,12000,,2018-05-05,\n"), 2026, scenario);
        ScenarioLine Line(string what) => found.Scenario!.Single(s => s.What == what);

        scenario.Says.ShouldBe(["Pay and profit of every household: 20% less", "Rent of every household: 10% more"]);
        found.ScenarioSays.ShouldBe(scenario.Says);
        (Line("earnings").LawYear, Line("earnings").ScenarioYear, Line("rent").ScenarioYear).ShouldBe((12_000_00, 9_600_00, 6_600_00));
        // £200 a month less pay at 55%, and £50 more rent.
        Line("universal_credit").ScenarioYear.ShouldBe(Line("universal_credit").LawYear + (110_00 + 50_00) * 12);
        (Line("universal_credit").More, Line("child_benefit_after_charge").More).ShouldBe((1, 0));
    }

    [Theory]
    [InlineData("""{"households": {"earnings_percent": "less"}}""", "not a number of per cent"), InlineData("""{"households": {"earnings_percent": -101}}""", "out of range"), InlineData("""{"households": {"happiness_percent": 5}}""", "happiness_percent")]
    [InlineData("""{"households": []}""", "“households” is"), InlineData("{}", "A rates file is"), InlineData("{", "not JSON"), InlineData("""{"households": {"rent_percent": 0}}""", "changes nothing"), InlineData("""{"rates": [{"id": "uc.tapir", "values": []}], "households": {"rent_percent": 5}}""", "uc.tapir")]
    public void ACrisisThatCannotBe_IsRefusedWithASentence(string json, string sentence)
    {
        using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        Should.Throw<FormatException>(() => Scenario.Read(file)).Message.ShouldContain(sentence);
    }

    /// <summary>What changes households is no book of rates for one of them.</summary>
    [Fact]
    public void ACrisis_IsForACohort()
    {
        using var file = new MemoryStream("""{"rates": [], "households": {"rent_percent": 5}}"""u8.ToArray());
        Should.Throw<FormatException>(() => RateBook.Official.With(file)).Message.ShouldContain("scenario for a cohort");
    }

    /// <summary>By the scheme of the district and the year alone: the next year's is not held, and another district's is not its own.</summary>
    [Fact]
    public void CouncilTaxReductionBelowPensionAge_IsLookedFor_WhereTheDistrictsSchemeIsHeld()
    {
        var data = CohortFile.Read(new StringReader("""
            reference,place,district,tenure,adult1_born,council_tax_annual,gets
            H1,Ramsey,Huntingdonshire,OWNED_OUTRIGHT,1990-01-01,1800,universal_credit
            H2,March,Fenland,OWNED_OUTRIGHT,1990-01-01,1800,universal_credit
            H3,Ramsey,Huntingdonshire,OWNED_OUTRIGHT,1990-01-01,1800,universal_credit council_tax_reduction
            """));
        var found = CohortReport.Make(data, 2024);

        found.Totals.ShouldBe([new TakeUpLine(Received.CouncilTaxReduction, "", "", 1, 1_800_00)]);
        found.Letters.Single().ShouldSatisfyAllConditions(l => l.Reference.ShouldBe("H1"), l => l.Why.ShouldContain("Council Tax of £35 a week"));
        found.Schemes.ShouldBe(["Huntingdonshire: By Huntingdonshire District Council’s scheme of 2024/25, read on a page of the council’s. The scheme leaves some income out that is not held here."]);
        CohortReport.Make(data, 2026).ShouldSatisfyAllConditions(f => f.Totals.ShouldBeEmpty(), f => f.Schemes.ShouldBeEmpty());
    }
}
