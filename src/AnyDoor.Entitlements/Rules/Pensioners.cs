namespace AnyDoor.Entitlements.Rules;

/// <summary>Pension Credit of those over pension age. Weekly pence, as the law works it.</summary>
internal static partial class Pensioners
{
    /// <summary>What a pension-age household has in a week, net of tax (State Pension Credit Act 2002 s. 15 and 16; SI 2002/1792 Part III). Attendance Allowance, PIP, DLA and Child Benefit do not count.</summary>
    private static long Income<T>(in PackedHousehold h, in YearTax one, in YearTax two, bool savingsCredit, Period p, ref T t) where T : struct, ITracer
    {
        if (T.On) t.Open(savingsCredit ? Rule.QualifyingIncome : Rule.PensionerIncome, How.Sum);
        var income = Person(h.Claimant, one, 0, p, ref t) + (h.IsCouple ? Person(h.Partner, two, 1, p, ref t) : 0);
        income += Earnings(h, one, two, p, ref t);
        var over = h.Savings - p[RateId.PensionCreditCapitalLowerLimit];
        if (over > 0)
        {
            var steps = Sums.StepsBegun(over, p[RateId.PensionCreditCapitalStep]);
            var tariff = steps * p[RateId.PensionCreditCapitalIncomePerStep];
            if (T.On)
            {
                t.Open(Rule.TariffIncome, How.Times);
                t.Open(Rule.StepsOfCapital, How.StepsBegun);
                t.Open(Rule.CapitalAboveLimit, How.Sum);
                t.Answer(Answer.Savings, h.Savings);
                t.Rate(RateId.PensionCreditCapitalLowerLimit, p[RateId.PensionCreditCapitalLowerLimit], less: true);
                t.Close(over);
                t.Rate(RateId.PensionCreditCapitalStep, p[RateId.PensionCreditCapitalStep]);
                t.Close(steps);
                t.Rate(RateId.PensionCreditCapitalIncomePerStep, p[RateId.PensionCreditCapitalIncomePerStep]);
                t.Close(tariff);
            }
            income += tariff;
        }
        if (T.On) t.Close(income);
        return income;
    }

    private static long Person<T>(in PackedAdult a, in YearTax tax, int person, Period p, ref T t) where T : struct, ITracer
    {
        // What of the tax does not fall on earnings falls on pensions.
        var off = tax.IncomeTax - tax.TaxOnEarnings;
        var caring = tax.CarersAllowance;
        var year = Math.Max(0, (long)a.PrivatePension + a.StatePension + a.OtherIncome + caring - off);
        if (year == 0) return 0;
        var week = Sums.YearToWeek(year);
        if (!T.On) return week;
        t.Open(Rule.PensionsWeek, How.YearToWeek, person: person);
        t.Open(Rule.PensionsYear, How.SumNotBelowNil);
        if (a.StatePension > 0) t.Answer(Answer.StatePensionYear, a.StatePension, person: person);
        if (a.PrivatePension > 0) t.Answer(Answer.PrivatePensionYear, a.PrivatePension, person: person);
        if (a.OtherIncome > 0) t.Answer(Answer.OtherIncomeYear, a.OtherIncome, person: person);
        if (caring > 0) t.Count(Rule.CarersAllowance, caring);
        if (off > 0) t.Answer(Answer.IncomeTaxOnPensions, off, less: true, person);
        t.Close(year);
        t.Close(week);
        return week;
    }

    /// <summary>Net pay, less £5 for one, £10 for a couple, £20 for a carer or somebody disabled (Sch. VI).</summary>
    private static long Earnings<T>(in PackedHousehold h, in YearTax one, in YearTax two, Period p, ref T t) where T : struct, ITracer
    {
        var year = Net(h.Claimant, one) + (h.IsCouple ? Net(h.Partner, two) : 0);
        if (year <= 0) return 0;
        var flags = h.Claimant.Flags | (h.IsCouple ? h.Partner.Flags : 0);
        var rate = (flags & (AdultFlags.Carer | AdultFlags.DisabilityCare | AdultFlags.DisabilityBenefit)) != 0 ? RateId.PensionCreditEarningsDisregardCarerOrDisabled : h.IsCouple ? RateId.PensionCreditEarningsDisregardCouple : RateId.PensionCreditEarningsDisregardSingle;
        var week = Sums.YearToWeek(year);
        var counted = Math.Max(0, week - p[rate]);
        if (T.On)
        {
            t.Open(Rule.EarningsOfPensioner, How.SumNotBelowNil);
            t.Open(Rule.NetEarningsWeek, How.YearToWeek);
            t.Count(Rule.NetEarnings, year);
            t.Close(week);
            t.Rate(rate, p[rate], less: true);
            t.Close(counted);
        }
        return counted;

        // Half of the contributions to a pension come off (reg. 17(8) and 17A).
        static long Net(in PackedAdult a, in YearTax tax) => Math.Max(0, (long)a.Pay + a.Profit - tax.TaxOnEarnings - tax.NationalInsurance - Math.Min(a.PensionContributions, a.Pay) / 2);
    }

    /// <summary>
    /// Guarantee Credit tops income up to the minimum guarantee with the additions; Savings Credit rewards income above its threshold, for those who reached pension age before 6 April 2016
    /// (State Pension Credit Act 2002 s. 2 and 3; SI 2002/1792 reg. 6 and 7, Sch. I and IIA).
    /// </summary>
    public static void PensionCredit<T>(in PackedHousehold h, in YearTax one, in YearTax two, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        if (T.On)
        {
            t.Open(Rule.PensionCredit, How.WeekToMonth);
            t.Open(Rule.PensionCreditWeek, How.Sum);
            t.Open(Rule.GuaranteeCredit, How.SumNotBelowNil);
        }
        var minimum = Minimum(h, one, two, p, ref t);
        if (T.On) t.Open(Rule.LessIncome, How.Sum, less: true);
        var income = Income(h, one, two, savingsCredit: false, p, ref t);
        if (T.On) t.Close(income);
        f.GuaranteeCreditWeekly = Math.Max(0, minimum - income);
        if (T.On) t.Close(f.GuaranteeCreditWeekly);
        f.SavingsCreditWeekly = SavingsCredit(h, one, two, minimum, income, p, ref t);
        f.PensionCredit = Sums.WeekToMonth(f.GuaranteeCreditWeekly + f.SavingsCreditWeekly);
        if (!T.On) return;
        t.Close(f.GuaranteeCreditWeekly + f.SavingsCreditWeekly);
        t.Close(f.PensionCredit);
    }

    private static long Minimum<T>(in PackedHousehold h, in YearTax one, in YearTax two, Period p, ref T t) where T : struct, ITracer
    {
        var standard = h.IsCouple ? RateId.PensionCreditMinimumGuaranteeCouple : RateId.PensionCreditMinimumGuaranteeSingle;
        if (T.On)
        {
            t.Open(Rule.MinimumGuarantee, How.Sum);
            t.Rate(standard, p[standard]);
        }
        var sum = p[standard] + Additions(h, one, two, p, ref t);
        for (var i = 0; i < h.ChildCount; i++)
        {
            var child = h.Children[i];
            if (!Ages.Counts(child, p)) continue;
            sum += One(Rule.ChildAddition, First(h, i, p) && Ages.BeforeLimit(child) ? RateId.PensionCreditChildFirstBornBeforeLimit : RateId.PensionCreditChildOther, p, ref t);
            if (child.Is(ChildFlags.SeverelyDisabled)) sum += One(Rule.ChildAddition, RateId.PensionCreditChildSeverelyDisabled, p, ref t);
            else if (child.Is(ChildFlags.Disabled)) sum += One(Rule.ChildAddition, RateId.PensionCreditChildDisabled, p, ref t);
        }
        if (T.On) t.Close(sum);
        return sum;
    }

    private static bool First(in PackedHousehold h, int index, Period p)
    {
        for (var i = 0; i < h.ChildCount; i++)
            if (i != index && Ages.Counts(h.Children[i], p) && (h.Children[i].Born < h.Children[index].Born || h.Children[i].Born == h.Children[index].Born && i < index)) return false;
        return true;
    }

    private static long One<T>(Rule rule, RateId rate, Period p, ref T t) where T : struct, ITracer
    {
        if (T.On)
        {
            t.Open(rule, How.Sum);
            t.Rate(rate, p[rate]);
            t.Close(p[rate]);
        }
        return p[rate];
    }

    /// <summary>
    /// Severe disability: the single claimant, or both of a couple (or one while the other is blind), get a benefit for care, nobody else over 18 lives there, and nobody is paid to care for them.
    /// Only one of a couple qualifying gives nothing (Sch. I para. 1(1)(b)). The carer addition for each who has, or only just has not, Carer's Allowance.
    /// </summary>
    private static long Additions<T>(in PackedHousehold h, in YearTax one, in YearTax two, Period p, ref T t) where T : struct, ITracer
    {
        var sum = 0L;
        var alone = true;
        for (var i = 0; i < h.NonDependantCount; i++)
            if (p.Reached(h.NonDependants[i].Born, 18) && !h.NonDependants[i].Is(NonDependantFlags.CareBenefit)) alone = false;
        if (alone)
        {
            bool first = h.Claimant.Is(AdultFlags.DisabilityCare), second = h.IsCouple && h.Partner.Is(AdultFlags.DisabilityCare);
            int free = (first && !h.Claimant.Is(AdultFlags.CaredForByPaidCarer) ? 1 : 0) + (second && !h.Partner.Is(AdultFlags.CaredForByPaidCarer) ? 1 : 0);
            var number = !h.IsCouple ? free : first && second ? free : first && h.Partner.Is(AdultFlags.Blind) || second && h.Claimant.Is(AdultFlags.Blind) ? Math.Min(1, free) : 0;
            for (var i = 0; i < number; i++) sum += One(Rule.SevereDisability, RateId.PensionCreditSevereDisabilityAddition, p, ref t);
        }
        if (Cares(h.Claimant, one, p)) sum += One(Rule.CarerAddition, RateId.PensionCreditCarerAddition, p, ref t);
        if (h.IsCouple && Cares(h.Partner, two, p)) sum += One(Rule.CarerAddition, RateId.PensionCreditCarerAddition, p, ref t);
        return sum;

        // Entitled to Carer's Allowance, also where the State Pension is paid in its place ("underlying entitlement"); not with earnings above its limit (Sch. I para. 4).
        static bool Cares(in PackedAdult a, in YearTax tax, Period p) => a.Is(AdultFlags.Carer) && a.Is(AdultFlags.ClaimsCarersAllowance) && Whole.NetEarningsWeek(a, tax, p) <= p[RateId.CarersAllowanceEarningsLimit];
    }

    private static long SavingsCredit<T>(in PackedHousehold h, in YearTax one, in YearTax two, long minimum, long income, Period p, ref T t) where T : struct, ITracer
    {
        if (!Ages.BeforeNewStatePension(h.Claimant) || h.IsCouple && !Ages.BeforeNewStatePension(h.Partner)) return 0;
        var rate = h.IsCouple ? RateId.PensionCreditSavingsCreditThresholdCouple : RateId.PensionCreditSavingsCreditThresholdSingle;
        long threshold = p[rate], standard = p[h.IsCouple ? RateId.PensionCreditMinimumGuaranteeCouple : RateId.PensionCreditMinimumGuaranteeSingle];
        var quiet = default(NoTrace);
        var qualifying = Income(h, one, two, savingsCredit: true, p, ref quiet);
        if (qualifying <= threshold) return 0;
        long share = p[RateId.PensionCreditSavingsCreditRate], taper = p[RateId.PensionCreditSavingsCreditTaper];
        var most = Sums.Share(standard - threshold, share);
        var reward = Sums.Share(qualifying - threshold, share);
        var over = Math.Max(0, income - minimum);
        var off = Sums.Share(over, taper);
        var due = Math.Max(0, Math.Min(most, reward) - off);
        if (!T.On) return due;
        t.Open(Rule.SavingsCredit, How.SumNotBelowNil);
        t.Open(Rule.SavingsCreditMost, How.Least);
        t.Open(Rule.SavingsCreditReward, How.Share);
        t.Open(Rule.IncomeAboveThreshold, How.Sum);
        Income(h, one, two, savingsCredit: true, p, ref t);
        t.Rate(rate, threshold, less: true);
        t.Close(qualifying - threshold);
        t.Rate(RateId.PensionCreditSavingsCreditRate, share);
        t.Close(reward);
        t.Open(Rule.SavingsCreditMaximum, How.Share);
        t.Open(Rule.GuaranteeAboveThreshold, How.Sum);
        var guarantee = h.IsCouple ? RateId.PensionCreditMinimumGuaranteeCouple : RateId.PensionCreditMinimumGuaranteeSingle;
        t.Rate(guarantee, standard);
        t.Rate(rate, threshold, less: true);
        t.Close(standard - threshold);
        t.Rate(RateId.PensionCreditSavingsCreditRate, share);
        t.Close(most);
        t.Close(Math.Min(most, reward));
        if (off > 0)
        {
            t.Open(Rule.SavingsCreditTaper, How.Share, less: true);
            t.Open(Rule.IncomeAboveGuarantee, How.SumNotBelowNil);
            t.Count(Rule.PensionerIncome, income);
            t.Open(Rule.LessMinimum, How.Sum, less: true);
            t.Count(Rule.MinimumGuarantee, minimum);
            t.Close(minimum);
            t.Close(over);
            t.Rate(RateId.PensionCreditSavingsCreditTaper, taper);
            t.Close(off);
        }
        t.Close(due);
        return due;
    }
}
