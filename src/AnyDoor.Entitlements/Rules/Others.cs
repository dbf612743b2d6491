namespace AnyDoor.Entitlements.Rules;

/// <summary>Helps that follow from other benefits: Free School Meals, Healthy Start, Winter Fuel Payment, Warm Home Discount.</summary>
internal static class Others
{
    /// <summary>The first day of the week by which a winter payment is decided: the third Monday of September (Social Fund Winter Fuel Payment Regulations 2000 reg. 1(2), 2024 and 2025 reg. 1).</summary>
    public static DateOnly QualifyingWeek(int year)
    {
        var first = new DateOnly(year, 9, 1);
        return first.AddDays((DayOfWeek.Monday - first.DayOfWeek + 7) % 7 + 14);
    }

    /// <summary>
    /// Winter Fuel Payment for a household of one or two (SI 2000/729, SI 2024/869, SI 2025/969): the lower amount, the higher from 80. In 2024/25 only with a means-tested benefit.
    /// From 2025/26 the share of a person with more than £35,000 of taxable income is taken back through tax, and left out here. <paramref name="p"/> is the period with the qualifying week in September. Pence a winter.
    /// </summary>
    public static long WinterFuel<T>(in PackedHousehold h, in YearTax one, in YearTax two, bool meansTested, Period p, ref T t) where T : struct, ITracer
    {
        bool first = Ages.PensionAge(h.Claimant, p), second = h.IsCouple && Ages.PensionAge(h.Partner, p);
        if (!first && !second || p[RateId.WinterFuelNeedsBenefit] == 1 && !meansTested) return 0;
        bool old1 = first && p.Reached(h.Claimant.Born, 80), old2 = second && p.Reached(h.Partner.Born, 80);
        var rate = old1 || old2 ? RateId.WinterFuelHigher : RateId.WinterFuelLower;
        var whole = p[rate];
        // Of £300 for a couple with one over 80, £200 is theirs and £100 the other's; otherwise halves.
        var share1 = !first ? 0 : !second ? whole : old1 == old2 ? whole / 2 : old1 ? p[RateId.WinterFuelLower] : whole - p[RateId.WinterFuelLower];
        var share2 = second ? whole - share1 : 0;
        var limit = p[RateId.WinterFuelIncomeLimit];
        long back = 0;
        if (limit > 0 && !meansTested) back = (first && one.AdjustedNetIncome > limit ? share1 : 0) + (second && two.AdjustedNetIncome > limit ? share2 : 0);
        if (!T.On) return whole - back;
        t.Open(Rule.WinterFuel, How.Sum);
        t.Rate(rate, whole);
        if (back > 0)
        {
            t.Open(Rule.WinterFuelTakenBack, How.Sum, less: true);
            t.Count(Rule.WinterFuel, back);
            t.Close(back);
        }
        t.Close(whole - back);
        return whole - back;
    }

    /// <summary>
    /// Whether a household on Universal Credit or Guarantee Credit passes the income rule of Free School Meals (Education Act 1996 s. 512ZB; SI 2018/148): net earnings of a month up to a twelfth of £7,400;
    /// from 1 September 2026 every household on Universal Credit.
    /// </summary>
    public static bool FreeSchoolMeals(in MonthFigures f, long earned, Period p) =>
        f.PensionAge ? f.GuaranteeCreditWeekly > 0 : f.UniversalCredit > 0 && (p[RateId.FreeSchoolMealsEarningsTest] == 0 || earned <= Sums.YearToMonth(p[RateId.FreeSchoolMealsEarningsLimit]));

    /// <summary>The school year group of a child in England: −1 nursery, 0 reception, 1 to 13; null below or above. The year in which a child turns 5 between 1 September and 31 August is reception.</summary>
    public static int? YearGroup(int born, Period p)
    {
        var day = DateOnly.FromDayNumber(born);
        var cohort = day.Month >= 9 ? day.Year + 1 : day.Year;
        var group = p.SchoolYear - cohort - 4;
        return group is < -1 or > 13 ? null : group;
    }

    /// <summary>Healthy Start (SI 2005/3262): pregnant 10 weeks or more, or a child under 4, and net earnings of a month up to £408 on Universal Credit, or Pension Credit with a child addition. Somebody pregnant under 18 needs no benefit (reg. 3(3)(b)). Weekly pence: twice for a child under one.</summary>
    public static long HealthyStart<T>(in PackedHousehold h, in MonthFigures f, long earned, Period p, ref T t) where T : struct, ITracer
    {
        var benefit = f.PensionAge ? f.GuaranteeCreditWeekly > 0 : f.UniversalCredit > 0 && earned <= p[RateId.HealthyStartEarningsLimit];
        int ordinary = h.Is(benefit ? HouseholdFlags.Pregnant : HouseholdFlags.PregnantUnder18) ? 1 : 0, young = 0;
        for (var i = 0; benefit && i < h.ChildCount; i++)
        {
            var born = h.Children[i].Born;
            if (born > p.EndDay || p.Reached(born, 4)) continue;
            if (p.Reached(born, 1)) ordinary++;
            else young++;
        }
        var due = ordinary * p[RateId.HealthyStartWeekly] + young * p[RateId.HealthyStartWeeklyUnderOne];
        if (!T.On || due == 0) return due;
        t.Open(Rule.HealthyStart, How.WeekToMonth);
        t.Open(Rule.AmountWeek, How.Sum);
        Times(RateId.HealthyStartWeekly, ordinary, p, ref t);
        Times(RateId.HealthyStartWeeklyUnderOne, young, p, ref t);
        t.Close(due);
        t.Close(Sums.WeekToMonth(due));
        return due;
    }

    private static void Times<T>(RateId rate, long number, Period p, ref T t) where T : struct, ITracer
    {
        if (number == 0) return;
        t.Open(Rule.HealthyStartShares, How.Times);
        t.Rate(rate, p[rate]);
        t.Count(Rule.Number, number);
        t.Close(p[rate] * number);
    }
}
