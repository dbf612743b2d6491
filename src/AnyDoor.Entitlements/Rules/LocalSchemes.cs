namespace AnyDoor.Entitlements.Rules;

/// <summary>Working-age Council Tax Reduction by an authority's own scheme. Monthly pence.</summary>
internal static class LocalSchemes
{
    public static long Month<T>(CouncilTaxScheme scheme, in PackedHousehold h, in MonthFigures f, long netEarnings, Period p, ref T t) where T : struct, ITracer
    {
        if (h.CouncilTax <= 0) return 0;
        var bill = Sums.YearToMonth(h.CouncilTax);
        var capital = h.Savings > scheme.CapitalLimit;
        var share = capital ? 0 : scheme.Kind == "band" ? Band(scheme, h, netEarnings, p) : scheme.MostShare;
        var most = Sums.Share(bill, share);
        // Income above what Universal Credit takes the household to need, with the award itself (the form most schemes of this kind have).
        var excess = scheme.Kind == "taper" && !capital ? Math.Max(0, netEarnings + f.UnearnedIncome + f.UniversalCredit - f.MaximumAmount) : 0;
        var off = Sums.Share(excess, scheme.Taper);
        var due = Math.Max(0, most - off);
        if (!T.On) return due;
        t.Open(Rule.CouncilTaxReduction, How.SumNotBelowNil);
        t.Open(Rule.SchemeShare, How.Share);
        t.Open(Rule.CouncilTaxMonth, How.YearToMonth);
        t.Answer(Answer.CouncilTaxYear, h.CouncilTax);
        t.Close(bill);
        t.Count(Rule.SchemeBand, share);
        t.Close(most);
        if (off > 0)
        {
            t.Open(Rule.SchemeTaper, How.Share, less: true);
            t.Count(Rule.EffectiveSchemeIncome, excess);
            t.Count(Rule.SchemeBand, scheme.Taper);
            t.Close(off);
        }
        t.Close(due);
        return due;
    }

    private static long Band(CouncilTaxScheme scheme, in PackedHousehold h, long netEarnings, Period p)
    {
        var children = 0;
        for (var i = 0; i < h.ChildCount; i++)
            if (Ages.Counts(h.Children[i], p)) children++;
        var household = children switch { 0 => h.IsCouple ? "couple" : "single", 1 => "one_child", _ => "two_or_more_children" };
        var week = netEarnings * 12 / 52;
        foreach (var band in scheme.Bands)
            if (band.Household == household && (band.EarningsWeekTo is null || week <= band.EarningsWeekTo)) return band.Share;
        return 0;
    }
}

/// <summary>PIP, Disability Living Allowance and Attendance Allowance as amounts: the award is another's decision, the rate is the law's. Weekly pence.</summary>
internal static class DisabilityBenefits
{
    public static long Pip<T>(Situation s, Period p, ref T t) where T : struct, ITracer
    {
        var sum = 0L;
        foreach (var x in s.People)
        {
            if (x.Role == Role.NonDependant) continue;
            sum += One(x.PipDailyLiving switch { Component.Enhanced => RateId.PipDailyLivingEnhanced, Component.None => null, _ => RateId.PipDailyLivingStandard }, p, ref t);
            sum += One(x.PipMobility switch { Component.Enhanced => RateId.PipMobilityEnhanced, Component.None => null, _ => RateId.PipMobilityStandard }, p, ref t);
        }
        return sum;
    }

    public static long Dla<T>(Situation s, Period p, ref T t) where T : struct, ITracer
    {
        var sum = 0L;
        foreach (var x in s.People)
        {
            if (x.Role == Role.NonDependant) continue;
            sum += One(x.DlaCare switch { Component.Enhanced => RateId.DlaCareHighest, Component.Standard => RateId.DlaCareMiddle, Component.Lowest => RateId.DlaCareLowest, _ => null }, p, ref t);
            sum += One(x.DlaMobility switch { Component.None => null, Component.Enhanced => RateId.DlaMobilityHigher, _ => RateId.DlaMobilityLower }, p, ref t);
        }
        return sum;
    }

    public static long Attendance<T>(Situation s, Period p, ref T t) where T : struct, ITracer
    {
        var sum = 0L;
        foreach (var x in s.People)
            if (x.Role != Role.NonDependant) sum += One(x.AttendanceAllowance switch { Component.None => null, Component.Enhanced => RateId.AttendanceAllowanceHigher, _ => RateId.AttendanceAllowanceLower }, p, ref t);
        return sum;
    }

    private static long One<T>(RateId? rate, Period p, ref T t) where T : struct, ITracer
    {
        if (rate is not { } id) return 0;
        if (T.On) t.Rate(id, p[id]);
        return p[id];
    }
}
