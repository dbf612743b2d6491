namespace AnyDoor.Entitlements.Rules;

/// <summary>Child Benefit, Carer's Allowance and the smaller helps for families.</summary>
internal static class Families
{
    /// <summary>Child Benefit (Social Security Contributions and Benefits Act 1992 s. 141; SI 2006/965 reg. 2). Weekly pence; the month is 52/12 of it.</summary>
    public static void ChildBenefit<T>(in PackedHousehold h, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        var children = 0;
        for (var i = 0; i < h.ChildCount; i++)
            if (Ages.ForChildBenefit(h.Children[i], p)) children++;
        f.ChildBenefitWeekly = children == 0 ? 0 : p[RateId.ChildBenefitEldest] + (children - 1) * p[RateId.ChildBenefitAdditional];
        f.ChildBenefit = Sums.WeekToMonth(f.ChildBenefitWeekly);
        if (!T.On) return;
        t.Open(Rule.ChildBenefit, How.WeekToMonth);
        t.Open(Rule.ChildBenefitWeek, How.Sum);
        if (children > 0) t.Rate(RateId.ChildBenefitEldest, p[RateId.ChildBenefitEldest]);
        if (children > 1)
        {
            t.Open(Rule.ChildBenefitOthers, How.Times);
            t.Rate(RateId.ChildBenefitAdditional, p[RateId.ChildBenefitAdditional]);
            t.Count(Rule.Number, children - 1);
            t.Close((children - 1) * p[RateId.ChildBenefitAdditional]);
        }
        t.Close(f.ChildBenefitWeekly);
        t.Close(f.ChildBenefit);
    }

    /// <summary>
    /// Carer's Allowance (s. 70): 35 hours, net earnings up to the limit, and only what it has more than the State Pension (Social Security (Overlapping Benefits) Regulations 1979 reg. 4).
    /// <paramref name="netEarningsWeek"/> is after tax, National Insurance and half of pension contributions. Weekly pence.
    /// </summary>
    public static long CarersAllowance<T>(in PackedAdult a, long netEarningsWeek, Period p, ref T t, int person) where T : struct, ITracer
    {
        if (!a.Is(AdultFlags.Carer) || !a.Is(AdultFlags.ClaimsCarersAllowance) || !p.Reached(a.Born, 16)) return 0;
        long limit = p[RateId.CarersAllowanceEarningsLimit], rate = p[RateId.CarersAllowanceWeekly];
        if (netEarningsWeek > limit)
        {
            if (T.On)
            {
                t.Open(Rule.CarersAllowanceEarnings, How.Nil, person: person);
                t.Count(Rule.NetEarningsWeek, netEarningsWeek);
                t.Rate(RateId.CarersAllowanceEarningsLimit, limit);
                t.Close(0);
            }
            return 0;
        }
        var pension = Sums.YearToWeek(a.StatePension);
        var due = Math.Max(0, rate - pension);
        if (T.On)
        {
            t.Open(Rule.CarersAllowanceWeek, How.SumNotBelowNil, person: person);
            t.Rate(RateId.CarersAllowanceWeekly, rate);
            if (pension > 0)
            {
                t.Open(Rule.OverlapsStatePension, How.YearToWeek, less: true);
                t.Answer(Answer.StatePensionYear, a.StatePension, person: person);
                t.Close(pension);
            }
            t.Close(due);
        }
        return due;
    }

    /// <summary>Tax-Free Childcare for one child (Childcare Payments Act 2014 s. 1 and 19): a fifth of the cost, up to the most for a year. Pence a year.</summary>
    public static long TaxFreeChildcare<T>(long costYear, bool disabled, Period p, ref T t, int person) where T : struct, ITracer
    {
        var cap = disabled ? RateId.TaxFreeChildcareMostDisabled : RateId.TaxFreeChildcareMost;
        var share = Sums.Share(costYear, p[RateId.TaxFreeChildcareShare]);
        var due = Math.Min(share, p[cap]);
        if (T.On)
        {
            t.Open(Rule.TaxFreeChildcare, How.Least, person: person);
            t.Open(Rule.ChildcareShare, How.Share);
            t.Answer(Answer.ChildcareYear, costYear, person: person);
            t.Rate(RateId.TaxFreeChildcareShare, p[RateId.TaxFreeChildcareShare]);
            t.Close(share);
            t.Rate(cap, p[cap]);
            t.Close(due);
        }
        return due;
    }

    /// <summary>As above for one child of a household: nothing with Universal Credit, and only where every adult works enough. Pence a year.</summary>
    public static long TaxFreeChildcareFor(in PackedHousehold h, PackedPerson child, long costYear, in YearTax one, in YearTax two, bool universalCredit, Period p)
    {
        var quiet = default(NoTrace);
        return CanHaveTaxFreeChildcare(h, child, costYear, one, two, universalCredit, p) ? TaxFreeChildcare(costYear, child.Is(ChildFlags.Disabled | ChildFlags.SeverelyDisabled), p, ref quiet, 0) : 0;
    }

    public static bool CanHaveTaxFreeChildcare(in PackedHousehold h, PackedPerson child, long costYear, in YearTax one, in YearTax two, bool universalCredit, Period p)
    {
        if (costYear <= 0 || universalCredit || child.Born > p.EndDay || child.Born < (child.Is(ChildFlags.Disabled | ChildFlags.SeverelyDisabled) ? p.LeftAt16 : p.LeftAt11)) return false;
        bool first = WorksForTaxFreeChildcare(h.Claimant, one.AdjustedNetIncome, p), second = !h.IsCouple || WorksForTaxFreeChildcare(h.Partner, two.AdjustedNetIncome, p);
        return first && (second || CannotWork(h.Partner)) || second && h.IsCouple && CannotWork(h.Claimant);

        static bool CannotWork(in PackedAdult a) => a.Pay + a.Profit == 0 && a.Is(AdultFlags.LimitedCapability | AdultFlags.LimitedCapabilityActivity | AdultFlags.Carer);
    }

    /// <summary>Whether an adult meets the work condition of Tax-Free Childcare (SI 2015/522 reg. 9 to 15): 16 hours at the minimum wage, not over £100,000. In the first year of self-employment the least does not apply; a partner who cannot work counts as meeting it.</summary>
    public static bool WorksForTaxFreeChildcare(in PackedAdult a, long adjustedNetIncome, Period p)
    {
        if (adjustedNetIncome > p[RateId.TaxFreeChildcareIncomeLimit]) return false;
        if (a.Profit > 0 && a.Is(AdultFlags.StartUp) && a.Is(AdultFlags.GainfullySelfEmployed)) return true;
        return Sums.YearToWeek((long)a.Pay + a.Profit) >= p[RateId.TaxFreeChildcareHours] * p[Ages.MinimumWage(a.Born, p)];
    }
}
