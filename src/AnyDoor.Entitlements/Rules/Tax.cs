namespace AnyDoor.Entitlements.Rules;

/// <summary>Income Tax (England), National Insurance and the High Income Child Benefit Charge, for one adult.</summary>
internal static class Tax
{
    /// <summary>A year's Income Tax on an income that is the same all year (Income Tax Act 2007 s. 10, 23 and 35; s. 38 for somebody blind). What is left of a Blind Person's Allowance is not handed to a spouse (s. 39). Pence a year.</summary>
    public static long IncomeTax<T>(in PackedAdult a, long carersAllowance, Period p, ref T t, int person) where T : struct, ITracer
    {
        long contributions = Math.Min(a.PensionContributions, a.Pay), total = Total(a, carersAllowance), net = total - contributions;
        long allowance = p[RateId.IncomeTaxPersonalAllowance], basicLimit = p[RateId.IncomeTaxBasicRateLimit];
        var over = Math.Max(0, net - p[RateId.IncomeTaxAllowanceTaperStart]);
        var lost = over > 0 ? Sums.Share(over, p[RateId.IncomeTaxAllowanceTaper]) : 0;
        var free = Math.Max(0, allowance - lost);
        var blind = a.Is(AdultFlags.Blind) ? p[RateId.IncomeTaxBlindPersonsAllowance] : 0;
        var taxable = Math.Max(0, net - free - blind);

        if (T.On)
        {
            t.Open(Rule.IncomeTax, How.Sum, person: person);
            t.Open(Rule.BasicRateTax, How.Share);
            t.Open(Rule.IncomeInBasicRate, How.Least);
            t.Open(Rule.TaxableIncome, How.SumNotBelowNil);
            Incomes(a, carersAllowance, ref t, person);
            if (contributions > 0) t.Answer(Answer.PensionContributions, contributions, less: true, person);
            t.Open(Rule.PersonalAllowance, How.SumNotBelowNil, less: true);
            t.Rate(RateId.IncomeTaxPersonalAllowance, allowance);
            if (lost > 0)
            {
                t.Open(Rule.AllowanceLost, How.Share, less: true);
                t.Open(Rule.IncomeOverTaperStart, How.SumNotBelowNil);
                t.Count(Rule.AdjustedNetIncome, net);
                t.Rate(RateId.IncomeTaxAllowanceTaperStart, p[RateId.IncomeTaxAllowanceTaperStart], less: true);
                t.Close(over);
                t.Rate(RateId.IncomeTaxAllowanceTaper, p[RateId.IncomeTaxAllowanceTaper]);
                t.Close(lost);
            }
            t.Close(free);
            if (blind > 0)
            {
                t.Open(Rule.BlindPersonsAllowance, How.Sum, less: true);
                t.Rate(RateId.IncomeTaxBlindPersonsAllowance, blind);
                t.Close(blind);
            }
            t.Close(taxable);
            t.Rate(RateId.IncomeTaxBasicRateLimit, basicLimit);
            t.Close(Math.Min(taxable, basicLimit));
            t.Rate(RateId.IncomeTaxBasicRate, p[RateId.IncomeTaxBasicRate]);
        }
        var tax = Sums.Share(Math.Min(taxable, basicLimit), p[RateId.IncomeTaxBasicRate]);
        if (T.On) t.Close(tax);
        if (taxable > basicLimit)
        {
            var top = p[RateId.IncomeTaxHigherRateLimit];
            tax += Band(Rule.HigherRateTax, taxable, RateId.IncomeTaxHigherRateLimit, RateId.IncomeTaxBasicRateLimit, RateId.IncomeTaxHigherRate, p, ref t);
            if (taxable > top)
            {
                var most = Sums.Share(taxable - top, p[RateId.IncomeTaxAdditionalRate]);
                if (T.On)
                {
                    t.Open(Rule.AdditionalRateTax, How.Share);
                    t.Open(Rule.IncomeInBand, How.SumNotBelowNil);
                    t.Count(Rule.TaxableIncome, taxable);
                    t.Rate(RateId.IncomeTaxHigherRateLimit, top, less: true);
                    t.Close(taxable - top);
                    t.Rate(RateId.IncomeTaxAdditionalRate, p[RateId.IncomeTaxAdditionalRate]);
                    t.Close(most);
                }
                tax += most;
            }
        }
        if (T.On) t.Close(tax);
        return tax;
    }

    public static long Total(in PackedAdult a, long carersAllowance) => (long)a.Pay + a.Profit + a.PrivatePension + a.StatePension + a.OtherIncome + carersAllowance;

    private static void Incomes<T>(in PackedAdult a, long carersAllowance, ref T t, int person) where T : struct, ITracer
    {
        if (a.Pay > 0) t.Answer(Answer.PayYear, a.Pay, person: person);
        if (a.Profit > 0) t.Answer(Answer.ProfitYear, a.Profit, person: person);
        if (a.PrivatePension > 0) t.Answer(Answer.PrivatePensionYear, a.PrivatePension, person: person);
        if (a.StatePension > 0) t.Answer(Answer.StatePensionYear, a.StatePension, person: person);
        if (a.OtherIncome > 0) t.Answer(Answer.OtherIncomeYear, a.OtherIncome, person: person);
        if (carersAllowance > 0) t.Count(Rule.CarersAllowance, carersAllowance);
    }

    /// <summary>The share of what lies between two limits.</summary>
    private static long Band<T>(Rule rule, long amount, RateId to, RateId from, RateId rate, Period p, ref T t) where T : struct, ITracer
    {
        var within = Math.Max(0, Math.Min(amount, p[to]) - p[from]);
        var due = Sums.Share(within, p[rate]);
        if (T.On)
        {
            t.Open(rule, How.Share);
            t.Open(Rule.IncomeInBand, How.SumNotBelowNil);
            t.Open(Rule.UpToLimit, How.Least);
            t.Count(Rule.TaxableIncome, amount);
            t.Rate(to, p[to]);
            t.Close(Math.Min(amount, p[to]));
            t.Rate(from, p[from], less: true);
            t.Close(within);
            t.Rate(rate, p[rate]);
            t.Close(due);
        }
        return due;
    }

    /// <summary>Class 1 on a month's pay (Social Security Contributions and Benefits Act 1992 s. 8). Nobody pays under 16 or from pension age. Pence a month.</summary>
    /// <param name="weeks">Weeks that the pay is for; 0: a month.</param>
    public static long Class1<T>(in PackedAdult a, long pay, Period p, ref T t, int person, int weeks = 0) where T : struct, ITracer
    {
        if (pay <= 0 || !p.Reached(a.Born, 16) || Ages.PensionAge(a, p)) return 0;
        long threshold = For(p[RateId.NationalInsuranceClass1PrimaryThreshold], weeks), upper = For(p[RateId.NationalInsuranceClass1UpperEarningsLimit], weeks);
        if (pay <= threshold && !T.On) return 0;
        long within = Math.Max(0, Math.Min(pay, upper) - threshold), over = Math.Max(0, pay - upper);
        var main = Sums.Share(within, p[RateId.NationalInsuranceClass1MainRate]);
        var additional = over > 0 ? Sums.Share(over, p[RateId.NationalInsuranceClass1AdditionalRate]) : 0;
        if (T.On)
        {
            t.Open(Rule.Class1, How.Sum, person: person);
            t.Open(Rule.Class1Main, How.Share);
            t.Open(Rule.PayAboveThreshold, How.SumNotBelowNil);
            t.Open(Rule.UpToLimit, How.Least);
            t.Answer(Answer.PayMonth, pay, person: person);
            Weekly(Rule.UpperEarningsLimit, RateId.NationalInsuranceClass1UpperEarningsLimit, upper, false, weeks, p, ref t);
            t.Close(Math.Min(pay, upper));
            Weekly(Rule.PrimaryThreshold, RateId.NationalInsuranceClass1PrimaryThreshold, threshold, true, weeks, p, ref t);
            t.Close(within);
            t.Rate(RateId.NationalInsuranceClass1MainRate, p[RateId.NationalInsuranceClass1MainRate]);
            t.Close(main);
            if (over > 0)
            {
                t.Open(Rule.Class1Additional, How.Share);
                t.Open(Rule.PayAboveThreshold, How.SumNotBelowNil);
                t.Answer(Answer.PayMonth, pay, person: person);
                Weekly(Rule.UpperEarningsLimit, RateId.NationalInsuranceClass1UpperEarningsLimit, upper, true, weeks, p, ref t);
                t.Close(over);
                t.Rate(RateId.NationalInsuranceClass1AdditionalRate, p[RateId.NationalInsuranceClass1AdditionalRate]);
                t.Close(additional);
            }
            t.Close(main + additional);
        }
        return main + additional;
    }

    private static long For(long weekly, int weeks) => weeks == 0 ? Sums.WeekToMonth(weekly) : weekly * weeks;

    private static void Weekly<T>(Rule rule, RateId rate, long amount, bool less, int weeks, Period p, ref T t) where T : struct, ITracer
    {
        t.Open(rule, weeks == 0 ? How.WeekToMonth : How.Times, less);
        t.Rate(rate, p[rate]);
        if (weeks > 0) t.Count(Rule.WeeksInYear, weeks);
        t.Close(amount);
    }

    /// <summary>Class 4 on a year's profit (s. 15). Nobody pays under 16 or from pension age. Pence a year.</summary>
    public static long Class4<T>(in PackedAdult a, Period p, ref T t, int person) where T : struct, ITracer
    {
        if (a.Profit <= 0 || !p.Reached(a.Born, 16) || Ages.PensionAge(a, p)) return 0;
        long lower = p[RateId.NationalInsuranceClass4LowerProfitsLimit], upper = p[RateId.NationalInsuranceClass4UpperProfitsLimit];
        long within = Math.Max(0, Math.Min(a.Profit, upper) - lower), over = Math.Max(0, a.Profit - upper);
        var main = Sums.Share(within, p[RateId.NationalInsuranceClass4MainRate]);
        var additional = over > 0 ? Sums.Share(over, p[RateId.NationalInsuranceClass4AdditionalRate]) : 0;
        if (T.On)
        {
            t.Open(Rule.Class4, How.Sum, person: person);
            t.Open(Rule.Class4Main, How.Share);
            t.Open(Rule.ProfitAboveLimit, How.SumNotBelowNil);
            t.Open(Rule.UpToLimit, How.Least);
            t.Answer(Answer.ProfitYear, a.Profit, person: person);
            t.Rate(RateId.NationalInsuranceClass4UpperProfitsLimit, upper);
            t.Close(Math.Min(a.Profit, upper));
            t.Rate(RateId.NationalInsuranceClass4LowerProfitsLimit, lower, less: true);
            t.Close(within);
            t.Rate(RateId.NationalInsuranceClass4MainRate, p[RateId.NationalInsuranceClass4MainRate]);
            t.Close(main);
            if (over > 0)
            {
                t.Open(Rule.Class4Additional, How.Share);
                t.Open(Rule.ProfitAboveLimit, How.SumNotBelowNil);
                t.Answer(Answer.ProfitYear, a.Profit, person: person);
                t.Rate(RateId.NationalInsuranceClass4UpperProfitsLimit, upper, less: true);
                t.Close(over);
                t.Rate(RateId.NationalInsuranceClass4AdditionalRate, p[RateId.NationalInsuranceClass4AdditionalRate]);
                t.Close(additional);
            }
        }
        var less = a.Pay > 0 ? AboveMaximum(a, main, p, ref t, person) : 0;
        if (T.On) t.Close(main + additional - less);
        return main + additional - less;
    }

    /// <summary>
    /// Somebody who is paid too bears no more at the main rates than all profit between the limits would: what is above that falls to the additional rate (Social Security (Contributions) Regulations 2001 reg. 100).
    /// Class 2 counts a 53rd week, until 2023/24. Pence a year, to be taken off.
    /// </summary>
    private static long AboveMaximum<T>(in PackedAdult a, long main, Period p, ref T t, int person) where T : struct, ITracer
    {
        long threshold = p[RateId.NationalInsuranceClass1PrimaryThreshold] * 52, upper = p[RateId.NationalInsuranceClass1UpperEarningsLimit] * 52;
        var pay = Math.Max(0, Math.Min(a.Pay, upper) - threshold);
        var onPay = Sums.Share(pay, p[RateId.NationalInsuranceClass1MainRate]);
        if (onPay == 0) return 0;
        var quiet = default(NoTrace);
        var flat = Class2(a, p, ref quiet, person) > 0 ? p[RateId.NationalInsuranceClass2Weekly] : 0;
        var between = p[RateId.NationalInsuranceClass4UpperProfitsLimit] - p[RateId.NationalInsuranceClass4LowerProfitsLimit];
        var full = Sums.Share(between, p[RateId.NationalInsuranceClass4MainRate]);
        var left = Math.Max(0, full + flat - onPay);
        if (main <= left) return 0;
        var profit = Sums.OverShare(main - left, p[RateId.NationalInsuranceClass4MainRate]);
        var instead = Sums.Share(profit, p[RateId.NationalInsuranceClass4AdditionalRate]);
        var less = main - left - instead;
        if (!T.On) return less;
        t.Open(Rule.Class4Maximum, How.Sum, less: true, person: person);
        t.Open(Rule.Class4OverMaximum, How.Sum);
        t.Count(Rule.Class4Main, main);
        t.Open(Rule.Class4MaximumLeft, How.SumNotBelowNil, less: true);
        t.Open(Rule.Class4MaximumFull, How.Share);
        t.Open(Rule.ProfitBetweenLimits, How.Sum);
        t.Rate(RateId.NationalInsuranceClass4UpperProfitsLimit, p[RateId.NationalInsuranceClass4UpperProfitsLimit]);
        t.Rate(RateId.NationalInsuranceClass4LowerProfitsLimit, p[RateId.NationalInsuranceClass4LowerProfitsLimit], less: true);
        t.Close(between);
        t.Rate(RateId.NationalInsuranceClass4MainRate, p[RateId.NationalInsuranceClass4MainRate]);
        t.Close(full);
        if (flat > 0) t.Rate(RateId.NationalInsuranceClass2Weekly, flat);
        t.Open(Rule.Class1MainYear, How.Share, less: true, person: person);
        t.Open(Rule.PayAboveThreshold, How.SumNotBelowNil);
        t.Open(Rule.UpToLimit, How.Least);
        t.Answer(Answer.PayYear, a.Pay, person: person);
        Weekly(Rule.UpperEarningsLimitYear, RateId.NationalInsuranceClass1UpperEarningsLimit, upper, false, 52, p, ref t);
        t.Close(Math.Min(a.Pay, upper));
        Weekly(Rule.PrimaryThresholdYear, RateId.NationalInsuranceClass1PrimaryThreshold, threshold, true, 52, p, ref t);
        t.Close(pay);
        t.Rate(RateId.NationalInsuranceClass1MainRate, p[RateId.NationalInsuranceClass1MainRate]);
        t.Close(onPay);
        t.Close(left);
        t.Close(main - left);
        t.Open(Rule.ProfitOverMaximumRate, How.Share, less: true);
        t.Open(Rule.ProfitOverMaximum, How.OverShare);
        t.Count(Rule.Class4OverMaximum, main - left);
        t.Rate(RateId.NationalInsuranceClass4MainRate, p[RateId.NationalInsuranceClass4MainRate]);
        t.Close(profit);
        t.Rate(RateId.NationalInsuranceClass4AdditionalRate, p[RateId.NationalInsuranceClass4AdditionalRate]);
        t.Close(instead);
        t.Close(less);
        return less;
    }

    /// <summary>Class 2, flat, until 2023/24 (s. 11). Pence a year.</summary>
    public static long Class2<T>(in PackedAdult a, Period p, ref T t, int person) where T : struct, ITracer
    {
        if (a.Profit <= 0 || a.Is(AdultFlags.NoClass2) || !p.Reached(a.Born, 16) || Ages.PensionAge(a, p) || a.Profit < p[RateId.NationalInsuranceClass2PayableFrom]) return 0;
        var weekly = p[RateId.NationalInsuranceClass2Weekly];
        if (weekly == 0) return 0;
        if (T.On)
        {
            t.Open(Rule.Class2, How.Times, person: person);
            t.Rate(RateId.NationalInsuranceClass2Weekly, weekly);
            t.Count(Rule.WeeksInYear, 52);
            t.Close(weekly * 52);
        }
        return weekly * 52;
    }

    /// <summary>Pays back Child Benefit by income: one per cent for each step above the threshold (Income Tax (Earnings and Pensions) Act 2003 s. 681C). Pence a year.</summary>
    public static long ChildBenefitCharge<T>(long adjustedNetIncome, long childBenefitYear, Period p, ref T t, int person) where T : struct, ITracer
    {
        var threshold = p[RateId.HicbcThreshold];
        if (childBenefitYear <= 0 || adjustedNetIncome <= threshold) return 0;
        long over = adjustedNetIncome - threshold, step = p[RateId.HicbcPoundsForOnePerCent], whole = p[RateId.HicbcWholePerCent], pound = p[RateId.HicbcWholePound];
        // One hundredth of the benefit for each step: ten-thousandths, then down to a whole per cent.
        var exact = over * 100 / step;
        var down = exact / whole * whole;
        var share = Math.Min(10_000, down);
        var charge = Sums.Share(childBenefitYear, share);
        var due = charge / pound * pound;
        if (T.On)
        {
            t.Open(Rule.ChildBenefitCharge, How.RoundedDown, person: person);
            t.Open(Rule.ChargeBeforeRounding, How.Share);
            t.Count(Rule.ChildBenefitYear, childBenefitYear);
            t.Open(Rule.ChargeShare, How.Least);
            t.Open(Rule.ChargePercent, How.RoundedDown);
            t.Open(Rule.HundredthsOverStep, How.WholeSteps);
            t.Open(Rule.HundredTimes, How.Times);
            t.Open(Rule.IncomeOverThreshold, How.Sum);
            t.Count(Rule.AdjustedNetIncome, adjustedNetIncome);
            t.Rate(RateId.HicbcThreshold, threshold, less: true);
            t.Close(over);
            t.Count(Rule.Hundredths, 100);
            t.Close(over * 100);
            t.Rate(RateId.HicbcPoundsForOnePerCent, step);
            t.Close(exact);
            t.Rate(RateId.HicbcWholePerCent, whole);
            t.Close(down);
            t.Count(Rule.TheWhole, 10_000);
            t.Close(share);
            t.Close(charge);
            t.Rate(RateId.HicbcWholePound, pound);
            t.Close(due);
        }
        return due;
    }
}
