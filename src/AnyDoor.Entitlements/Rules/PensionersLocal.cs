namespace AnyDoor.Entitlements.Rules;

/// <summary>Housing Benefit and Council Tax Reduction of those over pension age. Weekly pence.</summary>
internal static partial class Pensioners
{
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
        // A week's rent is rounded, and 52 over 12 of it can be some pence more than the month's: never more than the rent.
        var most = Sums.YearToMonth(h.Rent);
        var whole = T.On && AboveTheMonth(h, one, two, f, p, most);
        if (T.On)
        {
            if (whole) t.Open(Rule.HousingBenefit, How.Least);
            t.Open(whole ? Rule.HousingBenefitMonth : Rule.HousingBenefit, How.WeekToMonth);
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
        f.HousingBenefit = Math.Min(most, Sums.WeekToMonth(f.HousingBenefitWeekly));
        if (!T.On) return;
        t.Close(f.HousingBenefitWeekly);
        t.Close(Sums.WeekToMonth(f.HousingBenefitWeekly));
        if (!whole) return;
        t.Open(Rule.RentMonth, How.YearToMonth);
        t.Answer(Answer.RentYear, h.Rent);
        t.Close(most);
        t.Close(f.HousingBenefit);
    }

    private static bool AboveTheMonth(in PackedHousehold h, in YearTax one, in YearTax two, MonthFigures f, Period p, long most)
    {
        var quiet = default(NoTrace);
        HousingBenefit(h, one, two, p, ref f, ref quiet);
        return Sums.WeekToMonth(f.HousingBenefitWeekly) > most;
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
        var most = Sums.YearToMonth(h.CouncilTax);
        var silent = default(NoTrace);
        var whole = T.On && Sums.WeekToMonth(Ordinary(h, one, two, p, f, ref silent)) > most;
        if (T.On)
        {
            if (whole) t.Open(Rule.CouncilTaxReduction, How.Least);
            t.Open(whole ? Rule.CouncilTaxReductionMonth : Rule.CouncilTaxReduction, How.WeekToMonth);
        }
        f.CouncilTaxReductionWeekly = Ordinary(h, one, two, p, f, ref t);
        f.CouncilTaxReduction = Math.Min(most, Sums.WeekToMonth(f.CouncilTaxReductionWeekly));
        if (!T.On) return;
        t.Close(Sums.WeekToMonth(f.CouncilTaxReductionWeekly));
        if (!whole) return;
        t.Open(Rule.CouncilTaxMonth, How.YearToMonth);
        t.Answer(Answer.CouncilTaxYear, h.CouncilTax);
        t.Close(most);
        t.Close(f.CouncilTaxReduction);
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
