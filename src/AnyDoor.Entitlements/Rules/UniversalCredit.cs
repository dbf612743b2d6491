namespace AnyDoor.Entitlements.Rules;

/// <summary>Universal Credit for one assessment month (Welfare Reform Act 2012; Universal Credit Regulations 2013, SI 2013/376, "the Regulations"). Monthly pence.</summary>
internal static class UniversalCredit
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

    /// <summary>
    /// Regulation 25 and 26 and Schedule 4: the rent of a social tenant less the bedroom rule; the lower of rent and Local Housing Allowance for a private one; nothing towards a mortgage.
    /// A contribution for each non-dependant of 21 or over, unless the claimant or partner gets a disability benefit for care or is blind (Sch. 4 para. 15).
    /// </summary>
    private static void Housing<T>(in PackedHousehold h, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        f.Housing = f.NonDependantDeductions = 0;
        if (!h.Rents || h.Rent <= 0) return;
        if (T.On) t.Open(Rule.HousingElement, How.SumNotBelowNil);
        var rent = EligibleRent(h, p, ref t);
        var deductions = 0L;
        if (h.NonDependantCount > 0 && !Spared(h.Claimant) && !(h.IsCouple && Spared(h.Partner)))
        {
            var number = 0;
            for (var i = 0; i < h.NonDependantCount; i++)
                if (!h.NonDependants[i].Is(NonDependantFlags.NoDeduction | NonDependantFlags.CareBenefit | NonDependantFlags.CarersAllowance) && p.Reached(h.NonDependants[i].Born, (int)p[RateId.UcNonDependantDeductionAge])) number++;
            deductions = number * p[RateId.UcNonDependantDeduction];
            if (T.On && number > 0)
            {
                t.Open(Rule.NonDependantDeductions, How.Times, less: true);
                t.Rate(RateId.UcNonDependantDeduction, p[RateId.UcNonDependantDeduction]);
                t.Count(Rule.Number, number);
                t.Close(deductions);
            }
        }
        f.Housing = Math.Max(0, rent - deductions);
        f.NonDependantDeductions = rent - f.Housing;
        if (T.On) t.Close(f.Housing);

        static bool Spared(in PackedAdult a) => a.Is(AdultFlags.DisabilityCare | AdultFlags.Blind);
    }

    private static long EligibleRent<T>(in PackedHousehold h, Period p, ref T t) where T : struct, ITracer
    {
        var rent = Sums.YearToMonth(h.Rent);
        if (h.Tenure == Tenure.PrivateTenant)
        {
            var most = Sums.WeekToMonth(h.LocalHousingAllowance);
            if (T.On)
            {
                t.Open(Rule.RentUpToAllowance, How.Least);
                RentMonth(h, rent, ref t);
                t.Open(Rule.LocalHousingAllowance, How.WeekToMonth);
                t.Answer(Answer.LocalHousingAllowanceWeek, h.LocalHousingAllowance);
                t.Close(most);
                t.Close(Math.Min(rent, most));
            }
            return Math.Min(rent, most);
        }
        if (h.SpareBedrooms == 0)
        {
            if (T.On) RentMonth(h, rent, ref t);
            return rent;
        }
        var rate = h.SpareBedrooms == 1 ? RateId.UcBedroomOneSpare : RateId.UcBedroomTwoOrMoreSpare;
        var cut = Sums.Share(rent, p[rate]);
        if (T.On)
        {
            t.Open(Rule.RentAfterBedroomRule, How.Sum);
            RentMonth(h, rent, ref t);
            t.Open(Rule.BedroomRule, How.Share, less: true);
            RentMonth(h, rent, ref t);
            t.Rate(rate, p[rate]);
            t.Close(cut);
            t.Close(rent - cut);
        }
        return rent - cut;
    }

    private static void RentMonth<T>(in PackedHousehold h, long month, ref T t) where T : struct, ITracer
    {
        t.Open(Rule.RentMonth, How.YearToMonth);
        t.Answer(Answer.RentYear, h.Rent);
        t.Close(month);
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

    private static bool AnyChild(in PackedHousehold h, Period p)
    {
        for (var i = 0; i < h.ChildCount; i++)
            if (Ages.Counts(h.Children[i], p)) return true;
        return false;
    }

    /// <summary>
    /// The minimum income floor (regulation 62, 63, 88 and 90): somebody gainfully self-employed, past the start-up period and asked to look for all work, is taken to earn the minimum wage for their expected hours,
    /// less the Income Tax and National Insurance due on it. A couple who together reach their joint threshold are spared; nobody is raised above it.
    /// </summary>
    private static void Floors(in PackedHousehold h, in MonthPay first, in MonthPay second, Period p, out long one, out long two)
    {
        (one, two) = (0, 0);
        var applies1 = Applies(h.Claimant);
        var applies2 = h.IsCouple && Applies(h.Partner);
        if (!applies1 && !applies2) return;
        var young = YoungestUnder(h, 3, p);
        var main = MainCarer(h, first, second, applies1, applies2, p);
        applies1 &= !(young && main == 0);
        applies2 &= !(young && main == 1);
        if (!applies1 && !applies2) return;
        var threshold1 = Threshold(h.Claimant, young && main == 0, p);
        if (!h.IsCouple)
        {
            if (applies1) one = threshold1;
            return;
        }
        var threshold2 = Threshold(h.Partner, young && main == 1, p);
        var joint = threshold1 + threshold2;
        if (first.Net + second.Net >= joint) return;
        if (applies1) one = Math.Min(threshold1, Math.Max(0, joint - Math.Max(second.Net, applies2 ? threshold2 : 0)));
        if (applies2) two = Math.Min(threshold2, Math.Max(0, joint - Math.Max(first.Net, applies1 ? threshold1 : 0)));

        bool Applies(in PackedAdult a) => a.Is(AdultFlags.GainfullySelfEmployed) && !a.Is(AdultFlags.StartUp | AdultFlags.LimitedCapability | AdultFlags.LimitedCapabilityActivity | AdultFlags.Carer) && !Ages.PensionAge(a, p);
    }

    /// <summary>What the minimum wage for the expected hours leaves in a month. 16 hours where only interviews or preparation are asked (regulation 90(2)).</summary>
    private static long Threshold(in PackedAdult a, bool preparing, Period p)
    {
        long hours = preparing || a.Is(AdultFlags.LimitedCapability) ? 16 : a.ExpectedHours > 0 ? a.ExpectedHours : p[RateId.UcSelfEmploymentExpectedHours];
        var year = hours * p[Ages.MinimumWage(a.Born, p)] * 52;
        var notional = new PackedAdult { Born = a.Born, Profit = (int)year, Flags = a.Flags };
        var quiet = default(NoTrace);
        var off = Tax.IncomeTax(notional, 0, p, ref quiet, 0) + Tax.Class4(notional, p, ref quiet, 0) + Tax.Class2(notional, p, ref quiet, 0);
        return Sums.YearToMonth(year - off);
    }

    private static bool YoungestUnder(in PackedHousehold h, int age, Period p)
    {
        for (var i = 0; i < h.ChildCount; i++)
            if (h.Children[i].Born <= p.EndDay && !p.Reached(h.Children[i].Born, age)) return true;
        return false;
    }

    /// <summary>0 or 1: who is the main carer of the children. A couple name one of them (Welfare Reform Act 2012 s. 19(6)); not told, it is the one whom the floor would raise more.</summary>
    private static int MainCarer(in PackedHousehold h, in MonthPay first, in MonthPay second, bool applies1, bool applies2, Period p)
    {
        if (!h.IsCouple || h.Claimant.Is(AdultFlags.MainCarer)) return 0;
        if (h.Partner.Is(AdultFlags.MainCarer)) return 1;
        if (applies1 != applies2) return applies1 ? 0 : 1;
        return Threshold(h.Claimant, false, p) - first.Net >= Threshold(h.Partner, false, p) - second.Net ? 0 : 1;
    }

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
