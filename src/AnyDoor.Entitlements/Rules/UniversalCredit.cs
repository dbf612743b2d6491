namespace AnyDoor.Entitlements.Rules;

/// <summary>Universal Credit for one assessment month (Welfare Reform Act 2012; Universal Credit Regulations 2013, SI 2013/376, "the Regulations"). Monthly pence.</summary>
internal static partial class UniversalCredit
{
    /// <summary>
    /// The award for a month: the maximum amount, less income, less the benefit cap. Fills the Universal Credit part of the figures; <see cref="MonthFigures.ChildBenefit"/> must be there already.
    /// <paramref name="first"/> and <paramref name="second"/> are what was earned in the month; <paramref name="surplus"/> was carried into it.
    /// </summary>
    public static void Month<T>(in PackedHousehold h, in MonthPay first, in MonthPay second, long carersAllowance, long surplus, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        if (T.On) t.Open(Rule.UniversalCredit, How.SumNotBelowNil);
        MaximumAmount(h, first, second, p, ref f, ref t);
        Income(h, first, second, carersAllowance, surplus, p, ref f, ref t);
        f.TooMuchCapital = h.Savings > p[RateId.UcCapitalUpperLimit];
        f.TooYoung = Ages.TooYoungForUniversalCredit(h, p);
        f.BeforeCap = f.TooMuchCapital || f.TooYoung ? 0 : f.MaximumAmount - f.IncomeReduction;
        if (f.TooYoung && !f.TooMuchCapital && T.On)
        {
            t.Open(Rule.UnderEighteen, How.Sum, less: true);
            t.Count(Rule.AwardBeforeCap, f.MaximumAmount - f.IncomeReduction);
            t.Close(f.MaximumAmount - f.IncomeReduction);
        }
        if (f.TooMuchCapital && T.On)
        {
            // Regulation 18: above the limit there is no award at all.
            t.Open(Rule.CapitalOverLimit, How.Sum, less: true);
            t.Count(Rule.AwardBeforeCap, f.MaximumAmount - f.IncomeReduction);
            t.Close(f.MaximumAmount - f.IncomeReduction);
        }
        f.CapReduction = f.BeforeCap > 0 ? Cap(h, first, second, p, ref f, ref t) : 0;
        f.UniversalCredit = f.BeforeCap - f.CapReduction;
        if (T.On) t.Close(f.UniversalCredit);
    }

    private static void MaximumAmount<T>(in PackedHousehold h, in MonthPay first, in MonthPay second, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        if (T.On) t.Open(Rule.MaximumAmount, How.Sum);
        StandardAllowance(h, p, ref f, ref t);
        Children(h, p, ref f, ref t);
        Capability(h, p, ref f, ref t);
        Carers(h, p, ref f, ref t);
        Housing(h, p, ref f, ref t);
        Childcare(h, first, second, p, ref f, ref t);
        f.MaximumAmount = f.StandardAllowance + f.ChildElement + f.DisabledChildren + f.Capability + f.CarerElement + f.Housing + f.ChildcareElement;
        if (T.On) t.Close(f.MaximumAmount);
    }

    /// <summary>Regulation 36: by whether there is a couple and whether anybody is 25.</summary>
    private static void StandardAllowance<T>(in PackedHousehold h, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        var adult = p.Reached(h.Claimant.Born, 25) || h.IsCouple && p.Reached(h.Partner.Born, 25);
        var rate = h.IsCouple ? adult ? RateId.UcStandardAllowanceCoupleOne25OrOver : RateId.UcStandardAllowanceCoupleBothUnder25 : adult ? RateId.UcStandardAllowanceSingle25OrOver : RateId.UcStandardAllowanceSingleUnder25;
        f.StandardAllowance = p[rate];
        if (!T.On) return;
        t.Open(Rule.StandardAllowance, How.Sum);
        t.Rate(rate, f.StandardAllowance);
        t.Close(f.StandardAllowance);
    }

    /// <summary>
    /// Regulation 24, 24A and 24B: an amount for each child; until April 2026 for the third and later only if born before 6 April 2017 or an exception.
    /// The disabled child addition has no limit of number.
    /// </summary>
    private static void Children<T>(in PackedHousehold h, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        int before = 0, after = 0, exceptions = 0, disabled = 0, severely = 0;
        for (var i = 0; i < h.ChildCount; i++)
        {
            var child = h.Children[i];
            if (!Ages.Counts(child, p)) continue;
            if (Ages.BeforeLimit(child)) before++;
            else if (child.Is(ChildFlags.LimitException)) { after++; exceptions++; }
            else after++;
            if (child.Is(ChildFlags.SeverelyDisabled)) severely++;
            else if (child.Is(ChildFlags.Disabled)) disabled++;
        }
        f.ChildElement = f.DisabledChildren = 0;
        if (before + after == 0) return;
        var limit = (int)p[RateId.UcChildElementLimit];
        var within = Math.Min(after, Math.Max(0, limit - before));
        var paid = before + within + Math.Min(exceptions, after - within);
        // The eldest is born before the day when anybody is.
        long firstRate = p[RateId.UcChildElementFirstBornBeforeLimit], otherRate = p[RateId.UcChildElementOther];
        long others = before > 0 ? paid - 1 : paid;
        f.ChildElement = (before > 0 ? firstRate : 0) + others * otherRate;
        f.DisabledChildren = (disabled > 0 ? disabled * p[RateId.UcDisabledChildAdditionLower] : 0) + (severely > 0 ? severely * p[RateId.UcDisabledChildAdditionHigher] : 0);
        if (!T.On) return;
        t.Open(Rule.ChildElement, How.Sum);
        if (before > 0) t.Rate(RateId.UcChildElementFirstBornBeforeLimit, firstRate);
        Times(Rule.OtherChildren, RateId.UcChildElementOther, others, p, ref t);
        if (paid < before + after)
        {
            t.Open(Rule.TwoChildLimit, How.Nil);
            t.Rate(RateId.UcChildElementLimit, limit);
            t.Count(Rule.ChildrenLeftOut, before + after - paid);
            t.Close(0);
        }
        t.Close(f.ChildElement);
        if (disabled + severely == 0) return;
        t.Open(Rule.DisabledChildren, How.Sum);
        if (disabled > 0) Times(Rule.DisabledChildLower, RateId.UcDisabledChildAdditionLower, disabled, p, ref t);
        if (severely > 0) Times(Rule.DisabledChildHigher, RateId.UcDisabledChildAdditionHigher, severely, p, ref t);
        t.Close(f.DisabledChildren);
    }

    private static void Times<T>(Rule rule, RateId rate, long number, Period p, ref T t) where T : struct, ITracer
    {
        t.Open(rule, How.Times);
        t.Rate(rate, p[rate]);
        t.Count(Rule.Number, number);
        t.Close(p[rate] * number);
    }

    /// <summary>Regulation 27: one element for an award; LCWRA before LCW. From April 2026 the lower rate unless protected (Universal Credit Act 2025).</summary>
    private static void Capability<T>(in PackedHousehold h, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        var flags = h.Claimant.Flags | (h.IsCouple ? h.Partner.Flags : AdultFlags.None);
        f.Capability = 0;
        if ((flags & (AdultFlags.LimitedCapabilityActivity | AdultFlags.LimitedCapability)) == 0) return;
        RateId rate;
        if ((flags & AdultFlags.LimitedCapabilityActivity) != 0)
        {
            var guarded = Guarded(h.Claimant) || h.IsCouple && Guarded(h.Partner);
            rate = guarded ? RateId.UcLcwraProtected : RateId.UcLcwra;
        }
        else rate = RateId.UcLcw;
        f.Capability = p[rate];
        if (!T.On) return;
        t.Open(rate == RateId.UcLcw ? Rule.LimitedCapability : Rule.LimitedCapabilityActivity, How.Sum);
        t.Rate(rate, f.Capability);
        t.Close(f.Capability);

        static bool Guarded(in PackedAdult a) => a.Is(AdultFlags.LimitedCapabilityActivity) && a.Is(AdultFlags.ProtectedRate);
    }

    /// <summary>Regulation 29: for each carer, but not for the one whose own LCWRA is in the award.</summary>
    private static void Carers<T>(in PackedHousehold h, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        var number = CarerCounts(h.Claimant) + (h.IsCouple ? CarerCounts(h.Partner) : 0);
        // One element for incapacity in the award: of two LCWRA claimants who both care, one can have the carer element (reg. 29(4)).
        if (number < 2 && h.IsCouple && h.Claimant.Is(AdultFlags.LimitedCapabilityActivity) && h.Partner.Is(AdultFlags.LimitedCapabilityActivity) && (h.Claimant.Is(AdultFlags.Carer) || h.Partner.Is(AdultFlags.Carer))) number = 1;
        f.CarerElement = number * p[RateId.UcCarerElement];
        if (!T.On || number == 0) return;
        Times(Rule.CarerElement, RateId.UcCarerElement, number, p, ref t);

        static int CarerCounts(in PackedAdult a) => a.Is(AdultFlags.Carer) && !a.Is(AdultFlags.LimitedCapabilityActivity) ? 1 : 0;
    }

    /// <summary>Regulation 31 to 34: 85% of registered childcare up to the most for one child or for more in childcare, where every adult works or cannot.</summary>
    private static void Childcare<T>(in PackedHousehold h, in MonthPay first, in MonthPay second, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        f.ChildcareElement = 0;
        if (h.Childcare <= 0) return;
        var children = 0;
        for (var i = 0; i < h.ChildCount; i++)
        {
            var child = h.Children[i];
            if (child.Is(ChildFlags.Childcare) && child.Born <= p.EndDay && child.Born >= p.LeftAt16) children++;
        }
        if (children == 0) return;
        bool one = Works(first), two = h.IsCouple && Works(second);
        var allowed = h.IsCouple ? one && (two || CannotProvide(h.Partner)) || two && CannotProvide(h.Claimant) : one;
        if (!allowed)
        {
            if (T.On)
            {
                t.Open(Rule.ChildcareNeedsWork, How.Nil);
                t.Answer(Answer.ChildcareYear, h.Childcare);
                t.Close(0);
            }
            return;
        }
        var cost = Sums.YearToMonth(h.Childcare);
        var part = Sums.Share(cost, p[RateId.UcChildcareShare]);
        var cap = children == 1 && !h.Is(HouseholdFlags.SeveralInChildcare) ? RateId.UcChildcareCapOneChild : RateId.UcChildcareCapTwoOrMore;
        f.ChildcareElement = Math.Min(part, p[cap]);
        if (!T.On) return;
        t.Open(Rule.ChildcareElement, How.Least);
        t.Open(Rule.ChildcareShare, How.Share);
        t.Open(Rule.ChildcareMonth, How.YearToMonth);
        t.Answer(Answer.ChildcareYear, h.Childcare);
        t.Close(cost);
        t.Rate(RateId.UcChildcareShare, p[RateId.UcChildcareShare]);
        t.Close(part);
        t.Rate(cap, p[cap]);
        t.Close(f.ChildcareElement);

        static bool Works(in MonthPay pay) => pay.Pay + pay.Profit > 0;
        // Regulation 32(1)(b): limited capability, or caring for a severely disabled person.
        static bool CannotProvide(in PackedAdult a) => a.Is(AdultFlags.LimitedCapability | AdultFlags.LimitedCapabilityActivity | AdultFlags.Carer);
    }

    private static bool AnyChild(in PackedHousehold h, Period p)
    {
        for (var i = 0; i < h.ChildCount; i++)
            if (Ages.Counts(h.Children[i], p)) return true;
        return false;
    }
}
