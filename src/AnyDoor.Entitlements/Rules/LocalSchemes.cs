namespace AnyDoor.Entitlements.Rules;

/// <summary>Working-age Council Tax Reduction by an authority's own scheme. Monthly pence.</summary>
internal static class LocalSchemes
{
    public static long Month<T>(CouncilTaxScheme scheme, in PackedHousehold h, in MonthFigures f, long netEarnings, long caring, Period p, ref T t) where T : struct, ITracer
    {
        if (h.CouncilTax <= 0) return 0;
        var bill = Sums.YearToMonth(h.CouncilTax);
        var nothing = h.Savings > scheme.CapitalLimit || scheme.OnlyWithCredit && f.UniversalCredit <= 0;
        var band = nothing || scheme.Kind == SchemeKind.Taper ? null : BandOf(scheme, h, Income(scheme, f, netEarnings, caring), p);
        return scheme.Kind switch
        {
            SchemeKind.Contribution => Contribution(scheme, h, bill, band?.PaysWeek, p, ref t),
            SchemeKind.Band => Share(scheme, h, bill, band?.Share ?? 0, 0, p, ref t),
            // Income above what Universal Credit takes the household to need, with the award itself (the form most schemes of this kind have).
            _ => Share(scheme, h, bill, nothing ? 0 : scheme.MostShare, nothing ? 0 : Math.Max(0, netEarnings + f.UnearnedIncome + f.UniversalCredit - f.MaximumAmount), p, ref t),
        };
    }

    /// <summary>A share of the bill, less a share of income above the maximum where the scheme has a taper.</summary>
    private static long Share<T>(CouncilTaxScheme scheme, in PackedHousehold h, long bill, long share, long excess, Period p, ref T t) where T : struct, ITracer
    {
        long most = Sums.Share(bill, share), off = Sums.Share(excess, scheme.Taper), others = share > 0 ? NonDependants(scheme, h, p) : 0;
        var due = Math.Max(0, most - off - others);
        if (!T.On) return due;
        t.Open(Rule.CouncilTaxReduction, How.SumNotBelowNil);
        t.Open(Rule.SchemeShare, How.Share);
        Bill(h, bill, ref t);
        t.Count(Rule.SchemeBand, share);
        t.Close(most);
        if (off > 0)
        {
            t.Open(Rule.SchemeTaper, How.Share, less: true);
            t.Count(Rule.EffectiveSchemeIncome, excess);
            t.Count(Rule.SchemeBand, scheme.Taper);
            t.Close(off);
        }
        Others(others, ref t);
        t.Close(due);
        return due;
    }

    /// <summary>The bill, less what the band leaves to pay.</summary>
    private static long Contribution<T>(CouncilTaxScheme scheme, in PackedHousehold h, long bill, long? week, Period p, ref T t) where T : struct, ITracer
    {
        if (week is not { } pays)
        {
            if (!T.On) return 0;
            t.Open(Rule.CouncilTaxReduction, How.Nil);
            Bill(h, bill, ref t);
            t.Close(0);
            return 0;
        }
        long month = Sums.WeekToMonth(pays), others = NonDependants(scheme, h, p), due = Math.Max(0, bill - month - others);
        if (!T.On) return due;
        t.Open(Rule.CouncilTaxReduction, How.SumNotBelowNil);
        Bill(h, bill, ref t);
        if (month > 0)
        {
            t.Open(Rule.SchemeContribution, How.WeekToMonth, less: true);
            t.Count(Rule.SchemePays, pays);
            t.Close(month);
        }
        Others(others, ref t);
        t.Close(due);
        return due;
    }

    private static void Bill<T>(in PackedHousehold h, long bill, ref T t) where T : struct, ITracer
    {
        t.Open(Rule.CouncilTaxMonth, How.YearToMonth);
        t.Answer(Answer.CouncilTaxYear, h.CouncilTax);
        t.Close(bill);
    }

    private static void Others<T>(long others, ref T t) where T : struct, ITracer
    {
        if (others == 0) return;
        t.Open(Rule.SchemeNonDependants, How.Sum, less: true);
        t.Count(Rule.SchemeNonDependants, others);
        t.Close(others);
    }

    /// <summary>Each other adult of 18 or over, but for one without any deduction; none where the claimant or partner gets a benefit for care or is blind, as in the prescribed scheme.</summary>
    private static long NonDependants(CouncilTaxScheme scheme, in PackedHousehold h, Period p)
    {
        if (scheme.NonDependantWeek == 0 || h.NonDependantCount == 0 || h.Claimant.Is(AdultFlags.DisabilityCare | AdultFlags.Blind) || h.IsCouple && h.Partner.Is(AdultFlags.DisabilityCare | AdultFlags.Blind)) return 0;
        var number = 0;
        for (var i = 0; i < h.NonDependantCount; i++)
            if (p.Reached(h.NonDependants[i].Born, 18) && !h.NonDependants[i].Is(NonDependantFlags.NoDeduction | NonDependantFlags.MeansTestedNoWork)) number++;
        return Sums.WeekToMonth(scheme.NonDependantWeek * number);
    }

    /// <summary>Of a month, in pence. What Carer's Allowance takes from Universal Credit comes back as itself, so that caring changes nothing.</summary>
    private static long Income(CouncilTaxScheme scheme, in MonthFigures f, long netEarnings, long caring)
    {
        var earnings = f.FloorApplied ? f.NetEarnings : netEarnings;
        return scheme.Income == SchemeIncome.Earnings ? earnings : earnings + f.UnearnedIncome - f.TariffIncome - caring + Math.Max(0, f.UniversalCredit - f.Housing - f.DisabledChildren - f.CarerElement);
    }

    private static SchemeBand? BandOf(CouncilTaxScheme scheme, in PackedHousehold h, long income, Period p)
    {
        var children = 0;
        for (var i = 0; i < h.ChildCount; i++)
            if (Ages.Counts(h.Children[i], p)) children++;
        // Pence over 52 of twelve months: compared without rounding.
        var year = income * 12;
        foreach (var band in scheme.Bands)
            if (Fits(band.Household, h.IsCouple, children) && (band.IncomeWeekTo is not { } to || year <= to * 52)) return band;
        return null;
    }

    private static bool Fits(string household, bool couple, int children) => household switch
    {
        "single" => children == 0 && !couple,
        "couple" => children == 0 && couple,
        "no_children" => children == 0,
        "one_child" => children == 1,
        "two_children" => children == 2,
        "three_children" => children == 3,
        "two_or_more_children" => children >= 2,
        "three_or_more_children" => children >= 3,
        "four_or_more_children" => children >= 4,
        _ => true,
    };
}
