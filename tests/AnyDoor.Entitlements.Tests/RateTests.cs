using System.Text;

namespace AnyDoor.Entitlements.Tests;

/// <summary>The dated data. When April comes, <c>tax_years</c> in rates.json gets the new year, and these tests name every rate that has no line for it: docs/rates.md.</summary>
public sealed class RateTests
{
    private static readonly RateBook Book = RateBook.Official;

    [Fact]
    public void EveryRate_HasALineForEveryTaxYear()
    {
        var missing = Book.Rates.SelectMany(r => Book.Years.Select(y => (Rate: r, Year: y)))
            .Where(x => !x.Rate.Values.Any(v => v.From == TaxYears.Start(int.Parse(x.Year.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture))))
            .Select(x => $"{x.Rate.Key} has no line for {x.Year}: give its value from 6 April, or null when it is not enacted.");

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void EveryRate_HasASource_WithAnAddress()
    {
        Book.Rates.Where(r => r.Sources.IsEmpty || r.Sources.Any(s => s.Title.Length < 8 || !s.Url.StartsWith("https://", StringComparison.Ordinal))).Select(r => r.Key).ShouldBeEmpty();
        Book.Rates.SelectMany(r => r.SecondHand.Where(y => !Book.Years.Contains(y)).Select(y => $"{r.Key} {y}")).ShouldBeEmpty();
    }

    [Fact]
    public void NamesInTheFile_AndNamesInTheCode_AreTheSame()
    {
        Book.Rates.Count.ShouldBe(Enum.GetValues<RateId>().Length);
        foreach (var rate in Book.Rates) rate.Key.Replace(".", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ShouldBe(rate.Id.ToString(), StringCompareShould.IgnoreCase);
    }

    [Fact]
    public void UnknownYears_AreRefusedByName()
    {
        var after = Book.Known.Last.AddDays(1);
        Should.Throw<YearNotKnownException>(() => Book.Month(after)).Message.ShouldBe($"The tax year {TaxYears.Of(after)} is not known. Rates are held for {Book.Years[0]} to {Book.Years[^1]}.");
        Book.Month(Book.Known.Last).Start.ShouldBe(Book.Known.Last);
        Should.Throw<YearNotKnownException>(() => Book.Month(new DateOnly(2021, 4, 5))).Message.ShouldContain("2020/21");
    }

    [Fact]
    public void ARateThatIsNotEnacted_IsRefusedByName()
    {
        var p = Book.Month(new DateOnly(2026, 4, 6));

        p.Has(RateId.CouncilTaxSecondAdultLowerBelow).ShouldBeFalse();
        Should.Throw<RateNotKnownException>(() => p[RateId.CouncilTaxSecondAdultLowerBelow]).Message.ShouldBe("The rate “council_tax.second_adult.lower_below” is not known for 2026/27: it is not enacted, or was not found in a source.");
    }

    /// <summary>Those of April reach a month that begins then; the taper and the uplift of autumn 2021 reach a month that ends on or after their day.</summary>
    [Fact]
    public void ChangesWithinAYear_AreDated()
    {
        Book.Month(new DateOnly(2021, 9, 5))[RateId.UcStandardAllowanceSingle25OrOver].ShouldBe(411_51);
        Book.Month(new DateOnly(2021, 9, 7))[RateId.UcStandardAllowanceSingle25OrOver].ShouldBe(324_84);
        Book.Month(new DateOnly(2021, 10, 24))[RateId.UcTaper].ShouldBe(6300);
        Book.Month(new DateOnly(2021, 10, 25))[RateId.UcTaper].ShouldBe(5500);
        Book.Month(new DateOnly(2022, 7, 5))[RateId.NationalInsuranceClass1PrimaryThreshold].ShouldBe(190_00);
        Book.Month(new DateOnly(2022, 7, 6))[RateId.NationalInsuranceClass1PrimaryThreshold].ShouldBe(241_73);
        Book.Month(new DateOnly(2022, 11, 6))[RateId.NationalInsuranceClass1MainRate].ShouldBe(1200);
        Book.Month(new DateOnly(2024, 1, 5))[RateId.NationalInsuranceClass1MainRate].ShouldBe(1200);
        Book.Month(new DateOnly(2024, 1, 6))[RateId.NationalInsuranceClass1MainRate].ShouldBe(1000);
        Book.Month(new DateOnly(2026, 8, 31))[RateId.FreeSchoolMealsEarningsTest].ShouldBe(1);
        Book.Month(new DateOnly(2026, 9, 1))[RateId.FreeSchoolMealsEarningsTest].ShouldBe(0);
        Book.Month(new DateOnly(2025, 4, 5))[RateId.UcStandardAllowanceSingle25OrOver].ShouldBe(393_45);
        Book.Month(new DateOnly(2025, 4, 6))[RateId.UcStandardAllowanceSingle25OrOver].ShouldBe(400_14);
    }

    /// <summary>Printed in GOV.UK’s "how earnings affect when the benefit cap starts", and worked out here from the wage (Universal Credit Regulations 2013 reg. 82).</summary>
    [Theory]
    [InlineData(2021, 617), InlineData(2022, 658), InlineData(2023, 722), InlineData(2024, 793), InlineData(2025, 846), InlineData(2026, 881)]
    public void TheEarningsThatEndTheCap_FollowFromTheMinimumWage(int year, int pounds) => Book.Month(TaxYears.Start(year)).CapEarnings.ShouldBe(pounds * 100);

    [Fact]
    public void AScenario_ChangesWhatItNames_AndNothingElse()
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes("""{"rates": [{"id": "uc.taper", "values": [{"from": "2026-04-06", "value": 0.5}]}]}"""));
        var scenario = Book.With(file);
        var p = scenario.Month(new DateOnly(2026, 5, 1));

        p[RateId.UcTaper].ShouldBe(5000);
        p[RateId.ChildBenefitEldest].ShouldBe(27_05);
        scenario.IsOfficial.ShouldBeFalse();
        scenario.Month(new DateOnly(2025, 5, 1))[RateId.UcTaper].ShouldBe(5500);
        Book.Month(new DateOnly(2026, 5, 1))[RateId.UcTaper].ShouldBe(5500);
    }

    [Theory]
    [InlineData("[]", "A rates file is")]
    [InlineData("{", "not JSON")]
    [InlineData("""{"rates": [{"id": "uc.tapir", "values": []}]}""", "There is no rate “uc.tapir”.")]
    [InlineData("""{"rates": [{"id": "uc.taper", "values": []}]}""", "no value")]
    [InlineData("""{"rates": [{"id": "uc.taper", "values": [{"from": "April", "value": 1}]}]}""", "no day")]
    [InlineData("""{"rates": [{"id": "uc.taper", "values": [{"from": "2026-04-06", "value": "half"}]}]}""", "not a number")]
    [InlineData("""{"rates": [{"id": "uc.taper", "values": [{"from": "2026-04-06", "value": -1}]}]}""", "out of range")]
    [InlineData("""{"rates": [{"values": []}]}""", "has an id")]
    public void AScenarioThatIsWrong_IsRefusedWithASentence(string json, string sentence) =>
        Should.Throw<FormatException>(() => Book.With(new MemoryStream(Encoding.UTF8.GetBytes(json)))).Message.ShouldContain(sentence);
}
