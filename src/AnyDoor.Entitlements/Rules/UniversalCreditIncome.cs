namespace AnyDoor.Entitlements.Rules;

/// <summary>What takes from Universal Credit: earnings, other income, savings; and what is carried on (Universal Credit Regulations 2013 Part 6). Monthly pence.</summary>
internal static partial class UniversalCredit
{
    /// <summary>Regulation 22: 55% of earnings above the work allowance, and all other income.</summary>
    private static void Income<T>(in PackedHousehold h, in MonthPay first, in MonthPay second, long carersAllowance, long surplus, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        long floorOne = 0, floorTwo = 0;
        if ((h.Claimant.Flags | h.Partner.Flags) != 0) Floors(h, first, second, p, out floorOne, out floorTwo);
        long one = Math.Max(first.Net, floorOne), two = h.IsCouple ? Math.Max(second.Net, floorTwo) : 0;
        f.FloorApplied = one > first.Net || h.IsCouple && two > second.Net;
        f.NetEarnings = one + two + surplus;
        var capable = ((h.Claimant.Flags | (h.IsCouple ? h.Partner.Flags : 0)) & (AdultFlags.LimitedCapability | AdultFlags.LimitedCapabilityActivity)) != 0;
        var allowance = RateId.UcWorkAllowanceWithHousing;
        f.WorkAllowance = 0;
        // Responsible for a child, counted or not by the two-child limit, or limited capability.
        if (capable || AnyChild(h, p))
        {
            if (f.Housing <= 0) allowance = RateId.UcWorkAllowanceWithoutHousing;
            f.WorkAllowance = p[allowance];
        }
        f.EarnedIncome = Math.Max(0, f.NetEarnings - f.WorkAllowance);
        f.EarningsDeduction = Sums.Share(f.EarnedIncome, p[RateId.UcTaper]);
        f.TariffIncome = Tariff(h.Savings, p);
        long pensions = Sums.YearToMonth((long)h.Claimant.PrivatePension + h.Claimant.StatePension + h.Claimant.OtherIncome + (h.IsCouple ? (long)h.Partner.PrivatePension + h.Partner.StatePension + h.Partner.OtherIncome : 0));
        var caring = Sums.YearToMonth(carersAllowance);
        f.UnearnedIncome = pensions + caring + f.TariffIncome;
        var income = f.EarningsDeduction + f.UnearnedIncome;
        f.IncomeReduction = Math.Min(f.MaximumAmount, income);
        f.SurplusEarnings = f.EarnedIncome > 0 && income >= f.MaximumAmount ? Surplus(f, p) : 0;
        if (!T.On) return;

        t.Open(Rule.IncomeReduction, How.Least, less: true);
        t.Open(Rule.AllIncome, How.Sum);
        t.Open(Rule.EarningsDeduction, How.Share);
        t.Open(Rule.EarningsAboveAllowance, How.SumNotBelowNil);
        Earnings(first, one, 0, ref t);
        if (h.IsCouple) Earnings(second, two, 1, ref t);
        if (surplus > 0) t.Count(Rule.SurplusCarried, surplus);
        if (f.WorkAllowance > 0) t.Rate(allowance, f.WorkAllowance, less: true);
        t.Close(f.EarnedIncome);
        t.Rate(RateId.UcTaper, p[RateId.UcTaper]);
        t.Close(f.EarningsDeduction);
        if (pensions > 0)
        {
            t.Open(Rule.UnearnedMonth, How.YearToMonth);
            t.Open(Rule.UnearnedYear, How.Sum);
            Unearned(h.Claimant, 0, ref t);
            if (h.IsCouple) Unearned(h.Partner, 1, ref t);
            t.Close((long)h.Claimant.PrivatePension + h.Claimant.StatePension + h.Claimant.OtherIncome + (h.IsCouple ? (long)h.Partner.PrivatePension + h.Partner.StatePension + h.Partner.OtherIncome : 0));
            t.Close(pensions);
        }
        if (caring > 0)
        {
            t.Open(Rule.CarersAllowanceMonth, How.YearToMonth);
            t.Count(Rule.CarersAllowance, carersAllowance);
            t.Close(caring);
        }
        if (f.TariffIncome > 0)
        {
            t.Open(Rule.TariffIncome, How.Times);
            t.Open(Rule.StepsOfCapital, How.StepsBegun);
            t.Open(Rule.CapitalAboveLimit, How.SumNotBelowNil);
            t.Answer(Answer.Savings, h.Savings);
            t.Rate(RateId.UcCapitalLowerLimit, p[RateId.UcCapitalLowerLimit], less: true);
            t.Close(h.Savings - p[RateId.UcCapitalLowerLimit]);
            t.Rate(RateId.UcCapitalStep, p[RateId.UcCapitalStep]);
            t.Close(f.TariffIncome / p[RateId.UcCapitalIncomePerStep]);
            t.Rate(RateId.UcCapitalIncomePerStep, p[RateId.UcCapitalIncomePerStep]);
            t.Close(f.TariffIncome);
        }
        t.Close(income);
        t.Count(Rule.MaximumAmount, f.MaximumAmount);
        t.Close(f.IncomeReduction);
    }

    /// <summary>Regulation 54A: earnings more than £2,500 above the point where the award ends count again in the next month, for somebody who claims again.</summary>
    private static long Surplus(in MonthFigures f, Period p)
    {
        var taper = p[RateId.UcTaper];
        var ends = (Math.Max(0, f.MaximumAmount - f.UnearnedIncome) * 10_000 + taper - 1) / taper + f.WorkAllowance;
        return Math.Max(0, f.NetEarnings - ends - p[RateId.UcSurplusEarningsDeMinimis]);
    }

    private static void Earnings<T>(in MonthPay pay, long counted, int person, ref T t) where T : struct, ITracer
    {
        if (pay.Pay + pay.Profit == 0 && counted == 0) return;
        var raised = counted > pay.Net;
        if (raised) t.Open(Rule.MinimumIncomeFloor, How.Greatest, person: person);
        t.Open(Rule.NetEarnings, How.SumNotBelowNil, person: person);
        if (pay.Pay > 0) t.Answer(Answer.PayMonth, pay.Pay, person: person);
        if (pay.Profit > 0) t.Answer(Answer.ProfitMonth, pay.Profit, person: person);
        if (pay.PensionContributions > 0) t.Answer(Answer.PensionContributions, pay.PensionContributions, less: true, person);
        if (pay.IncomeTax > 0) t.Answer(Answer.IncomeTaxOnEarnings, pay.IncomeTax, less: true, person);
        if (pay.NationalInsurance > 0) t.Answer(Answer.NationalInsuranceOnEarnings, pay.NationalInsurance, less: true, person);
        t.Close(pay.Net);
        if (!raised) return;
        t.Count(Rule.FloorLevel, counted);
        t.Close(counted);
    }

    private static void Unearned<T>(in PackedAdult a, int person, ref T t) where T : struct, ITracer
    {
        if (a.PrivatePension > 0) t.Answer(Answer.PrivatePensionYear, a.PrivatePension, person: person);
        if (a.StatePension > 0) t.Answer(Answer.StatePensionYear, a.StatePension, person: person);
        if (a.OtherIncome > 0) t.Answer(Answer.OtherIncomeYear, a.OtherIncome, person: person);
    }

    /// <summary>Regulation 72: £4.35 for each £250, or part of it, above £6,000.</summary>
    private static long Tariff(long savings, Period p)
    {
        var over = savings - p[RateId.UcCapitalLowerLimit];
        return over <= 0 ? 0 : Sums.StepsBegun(over, p[RateId.UcCapitalStep]) * p[RateId.UcCapitalIncomePerStep];
    }
}
