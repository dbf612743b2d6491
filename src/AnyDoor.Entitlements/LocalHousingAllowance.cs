using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements;

/// <summary>The rate of Local Housing Allowance that a household of private tenants has: a room in a shared home, or so many bedrooms.</summary>
public enum AllowanceSize { SharedRoom, OneBedroom, TwoBedrooms, ThreeBedrooms, FourBedrooms }

/// <summary>Which rate applies, and why. The amount itself belongs to the broad rental market area: the Valuation Office Agency publishes it each year.</summary>
/// <param name="Depends">Some child's sex is not known, and it may be one bedroom more.</param>
public sealed record Allowance(AllowanceSize Size, bool Depends, string Why);

/// <summary>The size criteria for private tenants (Universal Credit Regulations 2013 Sch. 4 para. 8 to 12 and 25 to 29, as of 31 May 2021).</summary>
public static class LocalHousingAllowance
{
    private const int MostBedrooms = 4;
    /// <summary>Single and under this age: a room in a shared home (para. 28).</summary>
    private const int SharedUnder = 35;

    /// <summary>The rate for a household on a day. Not looked at, since not asked: a room for a carer who stays overnight, for foster children, or for a disabled child or couple who cannot share; a care leaver under 25; three months in a hostel for the homeless.</summary>
    /// <exception cref="YearNotKnownException">No rates are held for the day.</exception>
    public static Allowance For(Situation situation, DateOnly on)
    {
        var period = RateBook.Official.Month(on);
        var claimant = situation.People.First(p => p.Role == Role.Claimant);
        var alone = situation.People.All(p => p.Role == Role.Claimant || p.DateOfBirth > on);
        var excepted = claimant.PipDailyLiving != Component.None || claimant.DlaCare >= Component.Standard || claimant.AttendanceAllowance != Component.None;
        if (alone && !excepted && !period.Reached(claimant.DateOfBirth.DayNumber, SharedUnder) && !Ages.PensionAge(claimant.DateOfBirth.DayNumber, period))
            return new(AllowanceSize.SharedRoom, false, "Single and under 35. Not if they left care and are under 25, lived three months in a hostel for the homeless, or get the daily living part of PIP: then the one-bedroom rate.");
        var (fewest, most) = (Bedrooms(situation, period, mixed: false), Bedrooms(situation, period, mixed: true));
        var why = "One bedroom for them, one for each other person of 16 or over, one for two children who may share. A carer who stays overnight, foster children, or a disability that keeps them from sharing may add one: ask.";
        return new((AllowanceSize)Math.Min(fewest, MostBedrooms), Math.Min(most, MostBedrooms) > Math.Min(fewest, MostBedrooms), why);
    }

    /// <summary>Children whose sex is not known are taken to share wherever they may, or, of ten or over, never with one of the other sex.</summary>
    private static int Bedrooms(Situation situation, Period period, bool mixed)
    {
        var of = Sex.Female;
        if (mixed) situation = situation with { People = [.. situation.People.OrderBy(p => p.DateOfBirth).Select(p => p.Role != Role.Child || p.Sex is not null ? p : p with { Sex = of = of == Sex.Female ? Sex.Male : Sex.Female })] };
        return Packing.BedroomsNeeded(situation, period);
    }
}
