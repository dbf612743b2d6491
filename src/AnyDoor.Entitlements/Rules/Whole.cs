namespace AnyDoor.Entitlements.Rules;

/// <summary>All rules over one household: a month of it, and a tax year of it. No allocation.</summary>
internal static class Whole
{
    /// <summary>What the year's tax and Carer's Allowance come to for one adult, at the rates of a period. Class 1 is left to the months.</summary>
    public static YearTax TaxOf(in PackedAdult a, Period p)
    {
        var quiet = default(NoTrace);
        var tax = new YearTax { Class4 = a.Profit > 0 ? Tax.Class4(a, p, ref quiet, 0) : 0, Class2 = a.Profit > 0 ? Tax.Class2(a, p, ref quiet, 0) : 0 };
        if (a.Is(AdultFlags.Carer)) tax.CarersAllowance = Families.CarersAllowance(a, NetEarningsWeek(a, tax, p), p, ref quiet, 0) * 52;
        tax.TotalIncome = Tax.Total(a, tax.CarersAllowance);
        tax.AdjustedNetIncome = tax.TotalIncome - Math.Min(a.PensionContributions, a.Pay);
        if (tax.AdjustedNetIncome <= p[RateId.IncomeTaxPersonalAllowance]) return tax;
        tax.IncomeTax = Tax.IncomeTax(a, tax.CarersAllowance, p, ref quiet, 0);
        tax.TaxOnEarnings = tax.IncomeTax;
        if (tax.IncomeTax > 0 && (long)a.PrivatePension + a.StatePension + a.OtherIncome + tax.CarersAllowance > 0)
        {
            // Earnings are the top slice: what would be due without them falls on the rest.
            var rest = a;
            (rest.Pay, rest.Profit, rest.PensionContributions) = (0, 0, 0);
            tax.TaxOnEarnings = a.Pay + a.Profit == 0 ? 0 : tax.IncomeTax - Tax.IncomeTax(rest, tax.CarersAllowance, p, ref quiet, 0);
        }
        return tax;
    }

    /// <summary>Net earnings of a week for Carer's Allowance: after tax, National Insurance and half of pension contributions (Social Security Benefit (Computation of Earnings) Regulations 1996).</summary>
    public static long NetEarningsWeek(in PackedAdult a, in YearTax tax, Period p)
    {
        if (a.Pay + a.Profit == 0) return 0;
        var quiet = default(NoTrace);
        var only = a;
        (only.PrivatePension, only.StatePension, only.OtherIncome) = (0, 0, 0);
        var ni = Tax.Class1(a, Sums.YearToMonth(a.Pay), p, ref quiet, 0) * 12 + tax.Class4 + tax.Class2;
        return Sums.YearToWeek(Math.Max(0, (long)a.Pay + a.Profit - Tax.IncomeTax(only, 0, p, ref quiet, 0) - ni - Math.Min(a.PensionContributions, a.Pay) / 2));
    }

    /// <summary>A twelfth of what somebody earns in a year, with what is taken off it.</summary>
    public static MonthPay PayOf(in PackedAdult a, in YearTax tax, Period p)
    {
        var pay = new MonthPay { Pay = Sums.YearToMonth(a.Pay), Profit = Sums.YearToMonth(a.Profit), PensionContributions = Sums.YearToMonth(Math.Min(a.PensionContributions, a.Pay)), IncomeTax = Sums.YearToMonth(tax.TaxOnEarnings) };
        var quiet = default(NoTrace);
        pay.NationalInsurance = (a.Pay > 0 ? Tax.Class1(a, pay.Pay, p, ref quiet, 0) : 0) + Sums.YearToMonth(tax.Class2 + tax.Class4);
        return pay;
    }

    /// <summary>Of pension age: the claimant, and the partner too where there is one (Welfare Reform Act 2012 s. 4; couples of mixed age claim Universal Credit since 15 May 2019).</summary>
    public static bool PensionAge(in PackedHousehold h, Period p) => Ages.PensionAge(h.Claimant, p) && (!h.IsCouple || Ages.PensionAge(h.Partner, p));

    /// <summary>The three cash benefits of a month, by what was earned in it.</summary>
    public static void Month<T>(in PackedHousehold h, in YearTax one, in YearTax two, in MonthPay first, in MonthPay second, long surplus, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        var quiet = default(NoTrace);
        Families.ChildBenefit(h, p, ref f, ref quiet);
        f.PensionAge = PensionAge(h, p);
        if (f.PensionAge) Pensioners.PensionCredit(h, one, two, p, ref f, ref t);
        else UniversalCredit.Month(h, first, second, one.CarersAllowance + two.CarersAllowance, surplus, p, ref f, ref t);
    }
}

/// <summary>A tax year of one household, pence a year. What a cohort is made of.</summary>
internal struct YearFigures
{
    public long UniversalCredit, ChildBenefit, IncomeTax, NationalInsurance, PensionCredit, CapReduction;
    /// <summary>Housing Benefit and Council Tax Reduction of pension age; only where they were asked for.</summary>
    public long HousingBenefit, CouncilTaxReduction;
    /// <summary>The High Income Child Benefit Charge, which is in <see cref="IncomeTax"/> too.</summary>
    public long ChildBenefitCharge;
    /// <summary>The charge was laid on the partner, not the claimant.</summary>
    public bool PartnerIsCharged;
    public MonthFigures FirstMonth;
    public YearTax Claimant, Partner;
}

/// <summary>Twelve months of a household whose circumstances stay as they are. Birthdays count in the month they fall in.</summary>
internal static class WholeYear
{
    /// <param name="meansTested">False: Universal Credit or Pension Credit is left out, because a rate of it is not known; tax, contributions and Child Benefit stand.</param>
    public static void Run(in PackedHousehold h, AssessmentYear year, ref YearFigures y, bool meansTested = true)
    {
        y = default;
        var start = year.First;
        y.Claimant = Whole.TaxOf(h.Claimant, start);
        if (h.IsCouple) y.Partner = Whole.TaxOf(h.Partner, start);
        (long ChildBenefit, long PensionCredit, bool Begun) weekly = default;
        if (Steady(h, start, year.Last))
        {
            foreach (var (period, months) in year.Stretches) Add(h, period, months, meansTested, ref weekly, ref y);
        }
        else
        {
            foreach (var period in year.Months) Add(h, period, 1, meansTested, ref weekly, ref y);
        }
        (y.ChildBenefit, y.PensionCredit) = (Sums.WeekToMonth(weekly.ChildBenefit), Sums.WeekToMonth(weekly.PensionCredit));
        y.PartnerIsCharged = h.IsCouple && y.Partner.AdjustedNetIncome > y.Claimant.AdjustedNetIncome;
        if (y.ChildBenefit > 0)
        {
            var quiet = default(NoTrace);
            y.ChildBenefitCharge = Tax.ChildBenefitCharge(Math.Max(y.Claimant.AdjustedNetIncome, y.Partner.AdjustedNetIncome), y.ChildBenefit, start, ref quiet, 0);
            if (y.PartnerIsCharged) y.Partner.ChildBenefitCharge = y.ChildBenefitCharge;
            else y.Claimant.ChildBenefitCharge = y.ChildBenefitCharge;
        }
        y.IncomeTax = y.Claimant.IncomeTax + y.Partner.IncomeTax + y.ChildBenefitCharge;
        y.NationalInsurance = y.Claimant.NationalInsurance + y.Partner.NationalInsurance;
    }

    private static void Add(in PackedHousehold h, Period p, int months, bool meansTested, ref (long ChildBenefit, long PensionCredit, bool Begun) weekly, ref YearFigures y)
    {
        var quiet = default(NoTrace);
        MonthFigures f = default;
        var first = Whole.PayOf(h.Claimant, y.Claimant, p);
        var second = h.IsCouple ? Whole.PayOf(h.Partner, y.Partner, p) : default;
        if (meansTested) Whole.Month(h, y.Claimant, y.Partner, first, second, 0, p, ref f, ref quiet);
        else
        {
            Families.ChildBenefit(h, p, ref f, ref quiet);
            f.PensionAge = Whole.PensionAge(h, p);
        }
        if (!weekly.Begun) (y.FirstMonth, weekly.Begun) = (f, true);
        y.UniversalCredit += f.UniversalCredit * months;
        // 52 weeks are twelve months of 52/12 weeks.
        weekly.ChildBenefit += f.ChildBenefitWeekly * months;
        weekly.PensionCredit += (f.GuaranteeCreditWeekly + f.SavingsCreditWeekly) * months;
        y.CapReduction += f.CapReduction * months;
        y.Claimant.Class1 += (first.NationalInsurance - Sums.YearToMonth(y.Claimant.Class2 + y.Claimant.Class4)) * months;
        if (h.IsCouple) y.Partner.Class1 += (second.NationalInsurance - Sums.YearToMonth(y.Partner.Class2 + y.Partner.Class4)) * months;
    }

    /// <summary>No birthday of the year makes a difference to any rule, so that one month stands for all with the same rates.</summary>
    private static bool Steady(in PackedHousehold h, Period first, Period last)
    {
        if (!Steady(h.Claimant.Born, first, last) || h.IsCouple && !Steady(h.Partner.Born, first, last)) return false;
        for (var i = 0; i < h.ChildCount; i++)
        {
            var child = h.Children[i];
            if (Ages.Counts(child, first) != Ages.Counts(child, last) || Ages.ForChildBenefit(child, first) != Ages.ForChildBenefit(child, last) || first.Reached(child.Born, 3) != last.Reached(child.Born, 3)
                || child.Is(ChildFlags.Childcare) && child.Born >= first.LeftAt16 != child.Born >= last.LeftAt16) return false;
        }
        for (var i = 0; i < h.NonDependantCount; i++)
            if (first.Reached(h.NonDependants[i].Born, 21) != last.Reached(h.NonDependants[i].Born, 21) || first.Reached(h.NonDependants[i].Born, 18) != last.Reached(h.NonDependants[i].Born, 18) || first.Reached(h.NonDependants[i].Born, 25) != last.Reached(h.NonDependants[i].Born, 25)) return false;
        return true;
    }

    private static bool Steady(int born, Period first, Period last)
    {
        if (last.Reached(born, 67)) return first.Reached(born, 67) || Ages.PensionAge(born, first);
        if (first.Reached(born, 25)) return !last.Reached(born, 66) || Ages.PensionAge(born, first) == Ages.PensionAge(born, last);
        return first.Reached(born, 23) == last.Reached(born, 23) && first.Reached(born, 21) == last.Reached(born, 21) && first.Reached(born, 18) == last.Reached(born, 18) && first.Reached(born, 16) == last.Reached(born, 16) && !last.Reached(born, 25);
    }
}
