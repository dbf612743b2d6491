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
}
