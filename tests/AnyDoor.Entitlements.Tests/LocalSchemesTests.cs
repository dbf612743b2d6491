using System.Text;

namespace AnyDoor.Entitlements.Tests;

/// <summary>Working-age Council Tax Reduction by the schemes of real councils, of their year; another year's is never shown as this one's.</summary>
public sealed class LocalSchemesTests
{
    private const string Cambridge = "E07000008", Huntingdonshire = "E07000011", Fenland = "E07000010";
    private static readonly DateOnly May2023 = new(2023, 5, 6), May2024 = Some.May2024;

    private static Situation In(string district, params Person[] people) => Some.Of(people) with { Home = new Home { BillingDistrict = district, CouncilTaxYear = 1_800_00 } };

    private static Situation Rented(Situation s) => s.With("a1", a => a) with { Home = s.Home with { Tenure = Tenure.CouncilTenant, RentYear = 6_000_00, Bedrooms = 1 } };

    /// <summary>Its page of April 2023: nothing to pay without earnings, £13.20 a week with £154.20 to £231.29 of them, £7.40 a week off for another adult.</summary>
    [Fact]
    public void Cambridge_LeavesASumToPay_ByTheBandOfEarnings()
    {
        In(Cambridge, Some.Adult()).Pence(Benefit.CouncilTaxReduction, May2023).ShouldBe(150_00);
        Rented(In(Cambridge, Some.Adult(pay: 200_00 * 52))).Pence(Benefit.CouncilTaxReduction, May2023).ShouldBe(150_00 - 57_20);
        Rented(In(Cambridge, Some.Adult(), Some.Adult("n", Role.NonDependant, 1980, pay: 10_000_00))).Pence(Benefit.CouncilTaxReduction, May2023).ShouldBe(150_00 - 32_07);
        var statement = Rented(In(Cambridge, Some.Adult(pay: 200_00 * 52))).Get(Benefit.CouncilTaxReduction, May2023);
        statement.Working!.AddsUp().ShouldBeTrue();
        statement.Scheme.ShouldBe("By Cambridge City Council’s scheme of 2023/24, read on a page of the council’s.");
        In(Cambridge, Some.Adult(pay: 40_000_00)).Get(Benefit.CouncilTaxReduction, May2023).ShouldSatisfyAllConditions(s => s.Standing.ShouldBe(Standing.NotKnown), s => s.Sentence.ShouldContain("without Universal Credit"));
    }

    [Fact]
    public void ASchemeThatIsOver_IsShownAsThatYears()
    {
        var statement = In(Cambridge, Some.Adult()).Get(Benefit.CouncilTaxReduction, Some.May2026);

        (statement.Standing, statement.SchemeOfAnotherYear).ShouldBe((Standing.Depends, true));
        statement.Sentence.ShouldBe("£150 a month by an older scheme. By Cambridge City Council’s scheme of 2023/24, read on a page of the council’s. That of 2026/27 is not held here: ask the council.");
        // Bands that look at benefits follow the rates of their own year.
        In(Huntingdonshire, Some.Adult()).Get(Benefit.CouncilTaxReduction, Some.May2026).ShouldSatisfyAllConditions(s => s.Standing.ShouldBe(Standing.NotKnown), s => s.Sentence.ShouldContain("That of 2026/27 is not held here, only that of 2024/25"));
        In(Huntingdonshire, Some.Adult()).Get(Benefit.CouncilTaxReduction, new DateOnly(2024, 3, 31)).Sentence.ShouldContain("It is not held here");
    }

    /// <summary>Its bands of 2024/25 begin with what Universal Credit gives without earnings: a share falls from there.</summary>
    [Fact]
    public void Huntingdonshire_MeetsAShare_ByTheBandOfIncomeAndTheHousehold()
    {
        In(Huntingdonshire, Some.Adult()).Pence(Benefit.CouncilTaxReduction, May2024).ShouldBe(150_00);
        In(Huntingdonshire, Some.Adult(), Some.Adult("a2", Role.Partner), Some.Child("c1", new DateOnly(2018, 1, 1))).Pence(Benefit.CouncilTaxReduction, May2024).ShouldBe(150_00);
        // £433.33 of pay, and 155.12 of Universal Credit that is not for rent: £135.80 a week, in the second band.
        var working = Rented(In(Huntingdonshire, Some.Adult(pay: 100_00 * 52))).Get(Benefit.CouncilTaxReduction, May2024);
        (working.Amount.Low, working.CouldBeMore).ShouldBe((112_50, true));
        working.Assumed.ShouldContain("The scheme leaves some income out that is not held here.");
        (In(Huntingdonshire, Some.Adult()) with { Savings = 10_000_01 }).Pence(Benefit.CouncilTaxReduction, May2024).ShouldBe(0);
    }

    [Fact]
    public void ACouncilWhoseSchemeIsNotHeld_IsNamed_WithWhatIsKnown()
    {
        In(Fenland, Some.Adult()).Get(Benefit.CouncilTaxReduction, Some.May2026).ShouldSatisfyAllConditions(s => s.Standing.ShouldBe(Standing.NotKnown), s => s.Sentence.ShouldStartWith("Fenland District Council has a scheme of its own"), s => s.Sentence.ShouldContain("14%"));
        In("E09000001", Some.Adult()).Get(Benefit.CouncilTaxReduction, Some.May2026).Sentence.ShouldStartWith("The council has a scheme of its own");
        foreach (var scheme in CouncilTaxScheme.Shipped.All.Where(s => !s.Invented)) scheme.Sources.ShouldAllBe(s => s.Url.StartsWith("https://", StringComparison.Ordinal), scheme.Key);
    }

    [Fact]
    public void AnAuthoritysFile_LiesOverWhatComesWithThePackage()
    {
        var own = CouncilTaxSchemes.Read(Json("""{"key": "fenland-2026", "name": "Fenland District Council", "district": "E07000010", "from": "2026-04-01", "kind": "taper", "capital_limit": 16000, "most_share": 0.8, "taper": 0.2}"""));
        var engine = new Engine(RateBook.Official, CouncilTaxScheme.Shipped.With(own));

        engine.Month(In(Fenland, Some.Adult()), Some.May2026).Of(Benefit.CouncilTaxReduction)!.ShouldSatisfyAllConditions(s => s.Amount.ShouldBe(new PenceRange(120_00, 120_00)), s => s.Standing.ShouldBe(Standing.Entitled), s => s.Scheme.ShouldBe("By Fenland District Council’s scheme of 2026/27."));
        engine.Schemes.NotHeld.ShouldNotContain(n => n.District == Fenland);
    }

    [Theory]
    [InlineData("{}", "no key")]
    [InlineData("""{"key": "x", "name": "X", "kind": "band", "capital_limit": 1}""", "no day")]
    [InlineData("""{"key": "x", "name": "X", "from": "2026-04-01", "kind": "magic", "capital_limit": 1}""", "magic")]
    [InlineData("""{"key": "x", "name": "X", "from": "2026-04-01", "kind": "band", "capital_limit": 1}""", "no bands")]
    [InlineData("""{"key": "x", "name": "X", "from": "2026-04-01", "kind": "band", "capital_limit": 1, "bands": [{"household": "dog", "to": 1, "share": 1}]}""", "dog")]
    [InlineData("""{"key": "x", "name": "X", "from": "2026-04-01", "kind": "band", "capital_limit": 1, "bands": [{"household": "any", "to": 1, "share": 85}]}""", "0.85")]
    [InlineData("""{"key": "x", "name": "X", "from": "2026-04-01", "kind": "taper", "most_share": 80, "capital_limit": 1}""", "0.85")]
    public void ASchemeThatIsWrong_IsRefusedWithASentence(string scheme, string sentence) => Should.Throw<FormatException>(() => CouncilTaxSchemes.Read(Json(scheme))).Message.ShouldContain(sentence);

    private static MemoryStream Json(string scheme) => new(Encoding.UTF8.GetBytes($$"""{"schemes": [{{scheme}}]}"""));
}
