namespace AnyDoor.Entitlements.Rules;

/// <summary>Pension age, who counts as a child, and who is too young to claim.</summary>
internal static class Ages
{
    private static readonly int
        Born6April1951 = new DateOnly(1951, 4, 6).DayNumber, Born6April1953 = new DateOnly(1953, 4, 6).DayNumber,
        Born6December1953 = new DateOnly(1953, 12, 6).DayNumber, Born6October1954 = new DateOnly(1954, 10, 6).DayNumber,
        Born6April1960 = new DateOnly(1960, 4, 6).DayNumber, Born6March1961 = new DateOnly(1961, 3, 6).DayNumber,
        LimitDay = new DateOnly(2017, 4, 6).DayNumber, Reached1April2021 = new DateOnly(1955, 4, 1).DayNumber;

    /// <summary>
    /// Reached State Pension age by the end of the period: 66; from those born on 6 April 1960 a month more for each month, to 67 from those born on 6 March 1961 (Pensions Act 2014 s. 26).
    /// Everybody born before 6 October 1954 reached it before the first year that is held here.
    /// </summary>
    public static bool PensionAge(in PackedAdult a, Period p) => PensionAge(a.Born, p);

    public static bool PensionAge(int born, Period p)
    {
        if (born < Born6October1954) return true;
        if (!p.Reached(born, 66)) return false;
        if (born < Born6April1960) return true;
        if (born >= Born6March1961) return p.Reached(born, 67);
        var day = DateOnly.FromDayNumber(born);
        var months = (day.Year - 1960) * 12 + day.Month - 4 + (day.Day >= 6 ? 1 : 0);
        return day.AddYears(66).AddMonths(months).DayNumber <= p.EndDay;
    }

    /// <summary>Reached pension age before 6 April 2016, so that Savings Credit can be had: men born before 6 April 1951, women before 6 April 1953.</summary>
    public static bool BeforeNewStatePension(in PackedAdult a) => a.Born < (a.Is(AdultFlags.Female) ? Born6April1953 : Born6April1951);

    /// <summary>Whether sex decides <see cref="BeforeNewStatePension"/>.</summary>
    public static bool SexDecides(int born) => born >= Born6April1951 && born < Born6April1953;

    /// <summary>Reached pension age before 1 April 2021: at 66, born before 1 April 1955 (SI 2006/214 Sch. 3).</summary>
    public static bool BeforeApril2021(in PackedAdult a) => a.Born < Reached1April2021;

    /// <summary>Born before 6 April 2017: outside the two-child limit, and the higher first-child rate.</summary>
    public static bool BeforeLimit(PackedPerson child) => child.Born < LimitDay;

    /// <summary>Counts as a child or qualifying young person of Universal Credit (Universal Credit Regulations 2013 reg. 4 and 5): to 31 August after the 16th birthday, or after the 19th in education.</summary>
    public static bool Counts(PackedPerson child, Period p) => child.Born <= p.EndDay && (child.Born >= p.LeftAt16 || child.Is(ChildFlags.InEducation) && child.Born >= p.LeftAt19);

    /// <summary>Child Benefit is paid for (Social Security Contributions and Benefits Act 1992 s. 142): under 16 and to the 31 August after, or under 20 in education.</summary>
    public static bool ForChildBenefit(PackedPerson child, Period p) => child.Born <= p.EndDay && (child.Born >= p.LeftAt16 || child.Is(ChildFlags.InEducation) && !p.Reached(child.Born, 20));

    /// <summary>
    /// 18 is the least age (Welfare Reform Act 2012 s. 4(1)(a)). From 16 with a child, limited capability, a carer's duties or a pregnancy (Universal Credit Regulations 2013 reg. 8); of a couple one of 18 is enough.
    /// Young people without a parent's support are not known here.
    /// </summary>
    public static bool TooYoungForUniversalCredit(in PackedHousehold h, Period p)
    {
        const AdultFlags Excepted = AdultFlags.LimitedCapability | AdultFlags.LimitedCapabilityActivity | AdultFlags.Carer;
        if (p.Reached(h.Claimant.Born, 18) || h.IsCouple && p.Reached(h.Partner.Born, 18)) return false;
        if (h.Claimant.Is(Excepted) || h.IsCouple && h.Partner.Is(Excepted) || h.Is(HouseholdFlags.Pregnant)) return false;
        for (var i = 0; i < h.ChildCount; i++)
            if (Counts(h.Children[i], p)) return false;
        return true;
    }

    /// <summary>The minimum wage for an age, pence an hour.</summary>
    public static RateId MinimumWage(int born, Period p) =>
        p.Reached(born, (int)p[RateId.MinimumWageLivingWageAge]) ? RateId.MinimumWageNationalLivingWage
        : p.Reached(born, 21) ? RateId.MinimumWageAged21To22
        : p.Reached(born, 18) ? RateId.MinimumWageAged18To20 : RateId.MinimumWageUnder18;
}
