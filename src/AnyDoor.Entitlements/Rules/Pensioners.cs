namespace AnyDoor.Entitlements.Rules;

/// <summary>Pension Credit, Housing Benefit and Council Tax Reduction of those over pension age. Weekly pence, as the law works them.</summary>
internal static class Pensioners
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

    /// <summary>The amount the law thinks a pension-age household needs, for Housing Benefit and Council Tax Reduction (SI 2006/214 Sch. 3; SI 2012/2885 Sch. 2): for each child, with a premium for one who is disabled or blind and another for one with the highest care.</summary>
    private static long Applicable<T>(in PackedHousehold h, in YearTax one, in YearTax two, Period p, ref T t) where T : struct, ITracer
    {
        var old = Ages.BeforeApril2021(h.Claimant) || h.IsCouple && Ages.BeforeApril2021(h.Partner);
        var rate = old ? h.IsCouple ? RateId.HousingBenefitAllowanceCouple : RateId.HousingBenefitAllowanceSingle : h.IsCouple ? RateId.PensionCreditMinimumGuaranteeCouple : RateId.PensionCreditMinimumGuaranteeSingle;
        if (T.On)
        {
            t.Open(Rule.ApplicableAmount, How.Sum);
            t.Rate(rate, p[rate]);
        }
        var sum = p[rate] + Additions(h, one, two, p, ref t);
        for (var i = 0; i < h.ChildCount; i++)
        {
            var child = h.Children[i];
            if (!Ages.Counts(child, p)) continue;
            sum += One(Rule.ChildAddition, RateId.HousingBenefitAllowanceChild, p, ref t);
            if (!child.Is(ChildFlags.Disabled | ChildFlags.SeverelyDisabled)) continue;
            sum += One(Rule.DisabledChildPremium, RateId.HousingBenefitDisabledChildPremium, p, ref t);
            if (child.Is(ChildFlags.SeverelyDisabled) && !child.Is(ChildFlags.SevereByBlindness)) sum += One(Rule.EnhancedChildPremium, RateId.HousingBenefitEnhancedChildPremium, p, ref t);
        }
        if (T.On) t.Close(sum);
        return sum;
    }

    /// <summary>
    /// Income above the applicable amount. Nil with Guarantee Credit. Savings Credit counts as income (SI 2006/214 reg. 27).
    /// </summary>
    private static long Excess<T>(in PackedHousehold h, in YearTax one, in YearTax two, in MonthFigures f, Period p, ref T t) where T : struct, ITracer
    {
        if (T.On)
        {
            t.Open(Rule.ExcessIncome, How.SumNotBelowNil);
            t.Open(Rule.IncomeWithSavingsCredit, How.Sum);
        }
        var income = Income(h, one, two, savingsCredit: false, p, ref t);
        if (T.On)
        {
            if (f.SavingsCreditWeekly > 0) t.Count(Rule.SavingsCredit, f.SavingsCreditWeekly);
            t.Close(income + f.SavingsCreditWeekly);
            t.Open(Rule.LessApplicable, How.Sum, less: true);
        }
        var applicable = Applicable(h, one, two, p, ref t);
        var excess = Math.Max(0, income + f.SavingsCreditWeekly - applicable);
        if (T.On)
        {
            t.Close(applicable);
            t.Close(excess);
        }
        return excess;
    }

    /// <summary>Housing Benefit for pension age (SI 2006/214 reg. 50 and 51): eligible rent less non-dependant deductions, less 65% of excess income. Nothing above £16,000 without Guarantee Credit.</summary>
    public static void HousingBenefit<T>(in PackedHousehold h, in YearTax one, in YearTax two, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        f.HousingBenefitWeekly = f.HousingBenefit = 0;
        if (!h.Rents || h.Rent <= 0) return;
        if (f.GuaranteeCreditWeekly == 0 && h.Savings > p[RateId.HousingBenefitCapitalUpperLimit])
        {
            if (T.On) TooMuch(Rule.HousingBenefit, RateId.HousingBenefitCapitalUpperLimit, h, p, ref t);
            return;
        }
        if (T.On)
        {
            t.Open(Rule.HousingBenefit, How.WeekToMonth);
            t.Open(Rule.HousingBenefitWeek, How.SumNotBelowNil);
        }
        var rent = Sums.YearToWeek(h.Rent);
        var eligible = h.Tenure == Tenure.PrivateTenant ? Math.Min(rent, h.LocalHousingAllowance) : rent;
        if (T.On)
        {
            if (h.Tenure == Tenure.PrivateTenant) t.Open(Rule.RentUpToAllowance, How.Least);
            t.Open(Rule.RentWeek, How.YearToWeek);
            t.Answer(Answer.RentYear, h.Rent);
            t.Close(rent);
            if (h.Tenure == Tenure.PrivateTenant)
            {
                t.Answer(Answer.LocalHousingAllowanceWeek, h.LocalHousingAllowance);
                t.Close(eligible);
            }
        }
        var deductions = NonDependants(h, council: false, p, ref t);
        var off = 0L;
        if (f.GuaranteeCreditWeekly == 0) off = Taper(Rule.HousingBenefitTaper, RateId.HousingBenefitTaper, h, one, two, f, p, ref t);
        f.HousingBenefitWeekly = Math.Max(0, eligible - deductions - off);
        f.HousingBenefit = Sums.WeekToMonth(f.HousingBenefitWeekly);
        if (!T.On) return;
        t.Close(f.HousingBenefitWeekly);
        t.Close(f.HousingBenefit);
    }

    /// <summary>
    /// Council Tax Reduction for pension age by the prescribed scheme (SI 2012/2885 Sch. 1): the whole bill less non-dependant deductions, less 20% of excess income. Nothing above £16,000 without Guarantee Credit.
    /// Or the second adult reduction, where that is more (Sch. 1 para. 4 and 9, Sch. 3): it looks at the other adults' income alone.
    /// </summary>
    public static void CouncilTaxReduction<T>(in PackedHousehold h, in YearTax one, in YearTax two, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        f.CouncilTaxReductionWeekly = f.CouncilTaxReduction = 0;
        if (h.CouncilTax <= 0) return;
        var bill = Sums.YearToWeek(h.CouncilTax);
        var (adults, week) = SecondAdults(h, p);
        if (adults > 0)
        {
            var quiet = default(NoTrace);
            var ordinary = Ordinary(h, one, two, p, f, ref quiet);
            var share = SecondAdultShare(week, ordinary, bill, p, out var rate);
            var reduction = share == 0 ? 0 : Sums.Share(bill, share);
            if (reduction > ordinary)
            {
                f.CouncilTaxReductionWeekly = reduction;
                f.CouncilTaxReduction = Sums.WeekToMonth(reduction);
                if (!T.On) return;
                t.Open(Rule.CouncilTaxReduction, How.WeekToMonth);
                t.Open(Rule.SecondAdultReduction, How.Share);
                Bill(h, bill, ref t);
                t.Rate(rate, share);
                if (week is { } income) t.Count(Rule.SecondAdultsIncome, income);
                t.Close(reduction);
                t.Close(f.CouncilTaxReduction);
                return;
            }
        }
        if (T.On && f.GuaranteeCreditWeekly == 0 && h.Savings > p[RateId.CouncilTaxPensionAgeCapitalLimit])
        {
            TooMuch(Rule.CouncilTaxReduction, RateId.CouncilTaxPensionAgeCapitalLimit, h, p, ref t);
            return;
        }
        if (T.On) t.Open(Rule.CouncilTaxReduction, How.WeekToMonth);
        f.CouncilTaxReductionWeekly = Ordinary(h, one, two, p, f, ref t);
        f.CouncilTaxReduction = Sums.WeekToMonth(f.CouncilTaxReductionWeekly);
        if (T.On) t.Close(f.CouncilTaxReduction);
    }

    /// <summary>By the household's own income (class A and B). Weekly pence.</summary>
    private static long Ordinary<T>(in PackedHousehold h, in YearTax one, in YearTax two, Period p, in MonthFigures f, ref T t) where T : struct, ITracer
    {
        if (f.GuaranteeCreditWeekly == 0 && h.Savings > p[RateId.CouncilTaxPensionAgeCapitalLimit]) return 0;
        var bill = Sums.YearToWeek(h.CouncilTax);
        if (T.On)
        {
            t.Open(Rule.CouncilTaxReductionWeek, How.SumNotBelowNil);
            Bill(h, bill, ref t);
        }
        var deductions = NonDependants(h, council: true, p, ref t);
        var off = f.GuaranteeCreditWeekly == 0 ? Taper(Rule.CouncilTaxTaper, RateId.CouncilTaxPensionAgeTaper, h, one, two, f, p, ref t) : 0;
        var due = Math.Max(0, bill - deductions - off);
        if (T.On) t.Close(due);
        return due;
    }

    private static void Bill<T>(in PackedHousehold h, long week, ref T t) where T : struct, ITracer
    {
        t.Open(Rule.CouncilTaxWeek, How.YearToWeek);
        t.Answer(Answer.CouncilTaxYear, h.CouncilTax);
        t.Close(week);
    }

    /// <summary>
    /// The other adults of 18 or over and their income of a week together, null where all of them are on Pension Credit (Sch. 3 para. 1). A partner keeps the reduction away: she or he would have to be left out for discounts, which is not asked.
    /// Somebody without any deduction who is below pension age is in prison or away with the forces, and is no second adult. Universal Credit counts as income there, so it does not open the 25%.
    /// </summary>
    private static (int Adults, long? Week) SecondAdults(in PackedHousehold h, Period p)
    {
        if (h.IsCouple) return (0, null);
        var (adults, year, income) = (0, 0L, false);
        for (var i = 0; i < h.NonDependantCount; i++)
        {
            var person = h.NonDependants[i];
            var onCredit = person.Is(NonDependantFlags.NoDeduction) && Ages.PensionAge(person.Born, p);
            if (!p.Reached(person.Born, 18) || person.Is(NonDependantFlags.NoDeduction) && !onCredit) continue;
            adults++;
            if (onCredit) continue;
            (income, year) = (true, year + h.NonDependantIncomes[i]);
        }
        return (adults, income ? Sums.YearToWeek(year) : null);
    }

    /// <summary>The share of the bill; nil where it cannot be more than the ordinary reduction, so that an income limit which is not held is asked for only where it decides.</summary>
    private static long SecondAdultShare(long? week, long ordinary, long bill, Period p, out RateId rate)
    {
        rate = RateId.CouncilTaxSecondAdultBenefitShare;
        if (week is not { } income) return p[rate];
        rate = RateId.CouncilTaxSecondAdultLowerShare;
        if (Sums.Share(bill, p[rate]) <= ordinary) return 0;
        if (income < p[RateId.CouncilTaxSecondAdultLowerBelow]) return p[rate];
        rate = RateId.CouncilTaxSecondAdultUpperShare;
        return income < p[RateId.CouncilTaxSecondAdultUpperBelow] ? p[rate] : 0;
    }

    private static void TooMuch<T>(Rule rule, RateId limit, in PackedHousehold h, Period p, ref T t) where T : struct, ITracer
    {
        t.Open(rule, How.Nil);
        t.Answer(Answer.Savings, h.Savings);
        t.Rate(limit, p[limit]);
        t.Close(0);
    }

    private static long Taper<T>(Rule rule, RateId rate, in PackedHousehold h, in YearTax one, in YearTax two, in MonthFigures f, Period p, ref T t) where T : struct, ITracer
    {
        if (T.On) t.Open(rule, How.Share, less: true);
        var excess = Excess(h, one, two, f, p, ref t);
        var off = Sums.Share(excess, p[rate]);
        if (T.On)
        {
            t.Rate(rate, p[rate]);
            t.Close(off);
        }
        return off;
    }

    private static readonly (RateId From, RateId Amount)[]
        HousingBands = [(RateId.HousingBenefitNonDependantBand6From, RateId.HousingBenefitNonDependantBand6), (RateId.HousingBenefitNonDependantBand5From, RateId.HousingBenefitNonDependantBand5), (RateId.HousingBenefitNonDependantBand4From, RateId.HousingBenefitNonDependantBand4), (RateId.HousingBenefitNonDependantBand3From, RateId.HousingBenefitNonDependantBand3), (RateId.HousingBenefitNonDependantBand2From, RateId.HousingBenefitNonDependantBand2)],
        CouncilBands = [(RateId.CouncilTaxNonDependantBand4From, RateId.CouncilTaxNonDependantBand4), (RateId.CouncilTaxNonDependantBand3From, RateId.CouncilTaxNonDependantBand3), (RateId.CouncilTaxNonDependantBand2From, RateId.CouncilTaxNonDependantBand2)];

    /// <summary>By the gross income of each non-dependant of 18 or over who works; the lowest for one who does not; none where the claimant or partner is blind or gets a benefit for care (SI 2006/214 reg. 55; SI 2012/2885 Sch. 1 para. 8).</summary>
    private static long NonDependants<T>(in PackedHousehold h, bool council, Period p, ref T t) where T : struct, ITracer
    {
        if (h.NonDependantCount == 0 || h.Claimant.Is(AdultFlags.DisabilityCare | AdultFlags.Blind) || h.IsCouple && h.Partner.Is(AdultFlags.DisabilityCare | AdultFlags.Blind)) return 0;
        var sum = 0L;
        if (T.On) t.Open(Rule.NonDependantDeductions, How.Sum, less: true);
        for (var i = 0; i < h.NonDependantCount; i++)
        {
            var person = h.NonDependants[i];
            if (!p.Reached(person.Born, 18) || person.Is(NonDependantFlags.NoDeduction) || person.Is(NonDependantFlags.MeansTestedNoWork) && (council || !p.Reached(person.Born, 25))) continue;
            var band = council ? RateId.CouncilTaxNonDependantBand1 : RateId.HousingBenefitNonDependantBand1;
            if (person.Is(NonDependantFlags.Works))
            {
                var week = Sums.YearToWeek(h.NonDependantIncomes[i]);
                foreach (var (from, amount) in council ? CouncilBands : HousingBands)
                    if (week >= p[from])
                    {
                        band = amount;
                        break;
                    }
            }
            sum += One(Rule.NonDependantBand, band, p, ref t);
        }
        if (T.On) t.Close(sum);
        return sum;
    }
}
