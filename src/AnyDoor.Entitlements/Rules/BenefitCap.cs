namespace AnyDoor.Entitlements.Rules;

/// <summary>The benefit cap (Universal Credit Regulations 2013 Part 7). Monthly pence.</summary>
internal static partial class UniversalCredit
{
    /// <summary>
    /// The benefit cap (regulations 78 to 83): Universal Credit, Child Benefit and new-style Jobseeker's or Employment and Support Allowance above the level for the household, less the childcare element.
    /// Not where net earnings reach 16 hours at the National Living Wage, in the nine months of grace, or with a disability benefit, LCWRA or the carer element.
    /// The minimum income floor does not count as earnings here (regulation 82(4)).
    /// </summary>
    private static long Cap<T>(in PackedHousehold h, in MonthPay first, in MonthPay second, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        var rate = h.IsCouple || AnyChild(h, p)
            ? h.Is(HouseholdFlags.London) ? RateId.BenefitCapFamilyLondon : RateId.BenefitCapFamilyOutsideLondon
            : h.Is(HouseholdFlags.London) ? RateId.BenefitCapSingleLondon : RateId.BenefitCapSingleOutsideLondon;
        var level = Sums.YearToMonth(p[rate]);
        var newStyle = h.NewStyleBenefits == 0 ? 0 : Sums.YearToMonth(h.NewStyleBenefits);
        var excess = f.BeforeCap + f.ChildBenefit + newStyle - level;
        if (excess <= 0) return 0;
        var why = Exempt(h, first.Net + (h.IsCouple ? second.Net : 0), p);
        if (why is { } reason)
        {
            if (T.On)
            {
                t.Open(Rule.CapDoesNotApply, How.Nil, less: true);
                t.Count(reason, reason == Rule.CapExemptEarnings ? p.CapEarnings : 0);
                t.Close(0);
            }
            return 0;
        }
        var cut = Math.Min(f.BeforeCap, Math.Max(0, excess - f.ChildcareElement));
        if (T.On)
        {
            t.Open(Rule.BenefitCap, How.Least, less: true);
            t.Open(Rule.AboveCap, How.SumNotBelowNil);
            t.Count(Rule.AwardBeforeCap, f.BeforeCap);
            t.Count(Rule.ChildBenefit, f.ChildBenefit);
            if (newStyle > 0)
            {
                t.Open(Rule.NewStyleBenefits, How.YearToMonth);
                t.Answer(Answer.NewStyleBenefitsYear, h.NewStyleBenefits);
                t.Close(newStyle);
            }
            t.Open(Rule.CapLevel, How.YearToMonth, less: true);
            t.Rate(rate, p[rate]);
            t.Close(level);
            if (f.ChildcareElement > 0)
            {
                t.Open(Rule.ChildcareOutsideCap, How.Sum, less: true);
                t.Count(Rule.ChildcareElement, f.ChildcareElement);
                t.Close(f.ChildcareElement);
            }
            t.Close(Math.Max(0, excess - f.ChildcareElement));
            t.Count(Rule.AwardBeforeCap, f.BeforeCap);
            t.Close(cut);
        }
        return cut;
    }

    private static Rule? Exempt(in PackedHousehold h, long netEarnings, Period p)
    {
        var flags = h.Claimant.Flags | (h.IsCouple ? h.Partner.Flags : 0);
        if ((flags & AdultFlags.LimitedCapabilityActivity) != 0) return Rule.CapExemptCapability;
        if ((flags & AdultFlags.Carer) != 0) return Rule.CapExemptCarer;
        if ((flags & (AdultFlags.DisabilityBenefit | AdultFlags.DisabilityCare)) != 0) return Rule.CapExemptDisability;
        for (var i = 0; i < h.ChildCount; i++)
            if (Ages.Counts(h.Children[i], p) && h.Children[i].Is(ChildFlags.Disabled | ChildFlags.SeverelyDisabled)) return Rule.CapExemptDisability;
        if (h.Is(HouseholdFlags.GracePeriod)) return Rule.CapGrace;
        return netEarnings >= p.CapEarnings ? Rule.CapExemptEarnings : null;
    }
}
