namespace AnyDoor.Entitlements.Tests;

/// <summary>Which rate a private tenant has (Universal Credit Regulations 2013 Sch. 4).</summary>
public sealed class LocalHousingAllowanceTests
{
    private static readonly DateOnly On = new(2026, 11, 24);
    private static Person Child(string id, int born, Sex? sex = null) => Some.Child(id, new DateOnly(born, 1, 1)) with { Sex = sex };

    [Fact]
    public void TheSizeIsThatOfTheHousehold()
    {
        AllowanceSize Of(params Person[] people) => LocalHousingAllowance.For(Some.Of(people), On).Size;

        Of(Some.Adult(born: 1995)).ShouldBe(AllowanceSize.SharedRoom, "31 and single");
        Of(Some.Adult(born: 1990)).ShouldBe(AllowanceSize.OneBedroom, "35 or over");
        Of(Some.Adult(born: 1995) with { PipDailyLiving = Component.Standard }).ShouldBe(AllowanceSize.OneBedroom, "para. 29: a benefit for care");
        Of(Some.Adult(born: 1995), Some.Adult("a2", Role.Partner, born: 1996)).ShouldBe(AllowanceSize.OneBedroom, "a couple");
        Of(Some.Adult(born: 1995), Child("c1", 2024)).ShouldBe(AllowanceSize.TwoBedrooms);
        Of(Some.Adult(born: 1990), Child("c1", 2018, Sex.Female), Child("c2", 2020, Sex.Male)).ShouldBe(AllowanceSize.TwoBedrooms, "both under 10 share");
        Of(Some.Adult(born: 1990), Child("c1", 2014, Sex.Female), Child("c2", 2020, Sex.Male)).ShouldBe(AllowanceSize.ThreeBedrooms);
        Of(Some.Adult(born: 1970), Child("c1", 2009, Sex.Male), Child("c2", 2010, Sex.Male), Child("c3", 2012, Sex.Female), Child("c4", 2012, Sex.Male), Child("c5", 2014, Sex.Female)).ShouldBe(AllowanceSize.FourBedrooms, "never more than four");
    }

    [Fact]
    public void WhereAChildsSexDecidesAndIsNotKnown_ItSaysSo()
    {
        LocalHousingAllowance.For(Some.Of(Some.Adult(born: 1990), Child("c1", 2012), Child("c2", 2014)), On).ShouldSatisfyAllConditions(a => a.Size.ShouldBe(AllowanceSize.TwoBedrooms), a => a.Depends.ShouldBeTrue());
        LocalHousingAllowance.For(Some.Of(Some.Adult(born: 1990), Child("c1", 2020), Child("c2", 2022)), On).Depends.ShouldBeFalse("under 10 they share");
    }

    /// <summary>As published: £900.00 a month and £207.12 a week for one bedroom in Cambridge from April 2024, frozen since; £575.01 and £132.33 for two in King's Lynn before.</summary>
    [Theory]
    [InlineData("Cambridge", AllowanceSize.OneBedroom, "2024-04-06", 900_00, 207_12)]
    [InlineData("cambridge", AllowanceSize.TwoBedrooms, "2026-11-24", 950_00, 218_63)]
    [InlineData("Huntingdon", AllowanceSize.SharedRoom, "2025-05-06", 460_00, 105_86)]
    [InlineData("Kings Lynn", AllowanceSize.FourBedrooms, "2026-05-06", 1_050_00, 241_64)]
    [InlineData("Kings Lynn", AllowanceSize.TwoBedrooms, "2023-05-06", 575_01, 132_33)]
    public void RatesAreByAreaSizeAndDay(string area, AllowanceSize size, string on, long month, long week)
    {
        var rate = AllowanceRates.Shipped.Find(area, size, DateOnly.ParseExact(on, "yyyy-MM-dd")).ShouldNotBeNull();

        (rate.Month, rate.Week).ShouldBe((month, week));
        rate.Sources.ShouldNotBeEmpty();
        rate.SecondHand.ShouldBeTrue();
    }

    [Fact]
    public void WhatIsNotHeld_IsNotGuessed()
    {
        AllowanceRates.Shipped.Find("Nowhere", AllowanceSize.OneBedroom, On).ShouldBeNull();
        AllowanceRates.Shipped.Find("Cambridge", AllowanceSize.OneBedroom, new DateOnly(2023, 5, 6)).ShouldBeNull("no page with the rates of those years was found");
        AllowanceRates.Shipped.Find("Cambridge", AllowanceSize.OneBedroom, new DateOnly(2027, 4, 6)).ShouldBeNull("not set yet");
        AllowanceRates.Shipped.Areas(On).Count().ShouldBe(152);
    }

    [Fact]
    public void TheDepartmentsTable_IsReadAsItIs_AndLiesOverTheOldOne()
    {
        var next = AllowanceRates.ReadTable(new StringReader("BRMA,SAR,1 bed,2 bed,3 bed,4 bed\r\nCambridge,£540.00,950,1000.5,1200,1500\r\n\"Kings Lynn\",410,560,670,800,1100\r\n"), new DateOnly(2027, 4, 1), new DateOnly(2028, 3, 31), new Source("table", ""));
        var both = AllowanceRates.Shipped.With(next);

        both.Find("Cambridge", AllowanceSize.TwoBedrooms, new DateOnly(2027, 4, 6))!.Month.ShouldBe(1_000_50);
        both.Find("Cambridge", AllowanceSize.TwoBedrooms, On)!.Month.ShouldBe(950_00);
        Should.Throw<FormatException>(() => AllowanceRates.ReadTable(new StringReader("BRMA,SAR\nCambridge,540\n"), On, On, new Source("", ""))).Message.ShouldContain("five sums");
        Should.Throw<FormatException>(() => AllowanceRates.ReadTable(new StringReader("a,1,2,3,4,5\nb,1,2,x,4,5\n"), On, On, new Source("", ""))).Message.ShouldContain("Line 2");
    }
}
