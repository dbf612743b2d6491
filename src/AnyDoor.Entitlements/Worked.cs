using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements;

/// <summary>One month of one fully answered situation, worked out without a trace.</summary>
internal sealed class Worked
{
    public static readonly int Benefits = Enum.GetValues<Benefit>().Length;

    public required Situation Situation { get; init; }
    public required Period Period { get; init; }
    public required Person First { get; init; }
    public Person? Second { get; init; }
    public PackedHousehold Household;
    public YearTax One, Two;
    public MonthPay Pay, PartnerPay;
    public MonthFigures Figures;
    public MonthMoney Money;
    public int SchoolMeals, InfantMeals;

    /// <summary>Pence by benefit, as each statement counts it.</summary>
    public long[] Amounts { get; } = new long[Benefits];

    /// <summary>Why a benefit is not known.</summary>
    public string?[] Missing { get; } = new string?[Benefits];

    public long NetEarnings => Pay.Net + PartnerPay.Net;
    public bool MeansTested => Figures.UniversalCredit > 0 || Figures.GuaranteeCreditWeekly + Figures.SavingsCreditWeekly > 0;

    public static Worked Of(Situation s, Period p, long surplus, CouncilTaxScheme? scheme)
    {
        Person? first = null, second = null;
        foreach (var person in s.People)
            if (person.Role == Role.Claimant) first = person;
            else if (person.Role == Role.Partner) second = person;
        var w = new Worked { Situation = s, Period = p, First = first!, Second = second, Household = Packing.Pack(s, p) };
        w.Work(surplus, scheme);
        return w;
    }

    private void Work(long surplus, CouncilTaxScheme? scheme)
    {
        var (p, quiet) = (Period, default(NoTrace));
        One = Whole.TaxOf(Household.Claimant, p);
        Pay = Packing.Pay(First, Household.Claimant, One, p);
        if (Second is not null)
        {
            Two = Whole.TaxOf(Household.Partner, p);
            PartnerPay = Packing.Pay(Second, Household.Partner, Two, p);
        }
        var main = Whole.PensionAge(Household, p) ? Benefit.PensionCredit : Benefit.UniversalCredit;
        Try(main, () =>
        {
            Whole.Month(Household, One, Two, Pay, PartnerPay, surplus, p, ref Figures, ref quiet);
            return main == Benefit.PensionCredit ? Figures.PensionCredit : Figures.UniversalCredit;
        });
        Figures.PensionAge = main == Benefit.PensionCredit;
        var unknown = Missing[(int)main];
        Amounts[(int)Benefit.ChildBenefit] = Figures.ChildBenefit;
        if (Figures.PensionAge && unknown is not null)
        {
            // Both hang on whether there is Guarantee Credit.
            Missing[(int)Benefit.HousingBenefit] = Missing[(int)Benefit.CouncilTaxReduction] = unknown;
        }
        else if (Figures.PensionAge)
        {
            Try(Benefit.HousingBenefit, () =>
            {
                Pensioners.HousingBenefit(Household, One, Two, p, ref Figures, ref quiet);
                return Figures.HousingBenefit;
            });
            Try(Benefit.CouncilTaxReduction, () =>
            {
                Pensioners.CouncilTaxReduction(Household, One, Two, p, ref Figures, ref quiet);
                return Figures.CouncilTaxReduction;
            });
        }
        else if (scheme is not null && unknown is not null) Missing[(int)Benefit.CouncilTaxReduction] = unknown;
        var caring = One.CarersAllowance + Two.CarersAllowance;
        Amounts[(int)Benefit.CarersAllowance] = Sums.YearToMonth(caring);
        if (!Figures.PensionAge && scheme is not null && unknown is null) Amounts[(int)Benefit.CouncilTaxReduction] = LocalSchemes.Month(scheme, Household, Figures, NetEarnings, Amounts[(int)Benefit.CarersAllowance], p, ref quiet);
        var charged = Charge();
        Amounts[(int)Benefit.ChildBenefitCharge] = Sums.YearToMonth(charged);
        Amounts[(int)Benefit.IncomeTax] = MonthTax(First, Pay, One) + (Second is null ? 0 : MonthTax(Second, PartnerPay, Two));
        Amounts[(int)Benefit.NationalInsurance] = Pay.NationalInsurance + PartnerPay.NationalInsurance;
        Amounts[(int)Benefit.StatePension] = Sums.YearToMonth((long)Household.Claimant.StatePension + Household.Partner.StatePension);
        Amounts[(int)Benefit.PersonalIndependencePayment] = Sums.WeekToMonth(DisabilityBenefits.Pip(Situation, p, ref quiet));
        Amounts[(int)Benefit.DisabilityLivingAllowance] = Sums.WeekToMonth(DisabilityBenefits.Dla(Situation, p, ref quiet));
        Amounts[(int)Benefit.AttendanceAllowance] = Sums.WeekToMonth(DisabilityBenefits.Attendance(Situation, p, ref quiet));
        Try(Benefit.HealthyStart, () => Sums.WeekToMonth(Others.HealthyStart(Household, Figures, NetEarnings, p, ref quiet)));
        Try(Benefit.WinterFuelPayment, () => Others.WinterFuel(Household, One, Two, MeansTested, Winter, ref quiet));
        Try(Benefit.WarmHomeDiscount, () => MeansTested && (p[RateId.WarmHomeDiscountAnyMeansTested] == 1 || Figures.GuaranteeCreditWeekly > 0) ? p[RateId.WarmHomeDiscountAmount] : 0);
        Try(Benefit.TaxFreeChildcare, () => Situation.People.Where(x => x.Role == Role.Child).Sum(c => Sums.YearToMonth(TaxFree(c))));
        if (unknown is not null) Doubt(unknown);
        Meals();
        Money = new MonthMoney(
            Pay.Pay + Pay.Profit - Pay.PensionContributions - Pay.IncomeTax - Pay.NationalInsurance + PartnerPay.Pay + PartnerPay.Profit - PartnerPay.PensionContributions - PartnerPay.IncomeTax - PartnerPay.NationalInsurance,
            Sums.YearToMonth((long)Household.Claimant.PrivatePension + Household.Claimant.StatePension + Household.Claimant.OtherIncome + Household.Partner.PrivatePension + Household.Partner.StatePension + Household.Partner.OtherIncome) - Sums.YearToMonth(One.IncomeTax - One.TaxOnEarnings) - Sums.YearToMonth(Two.IncomeTax - Two.TaxOnEarnings),
            Figures.UniversalCredit, Figures.ChildBenefit, Amounts[(int)Benefit.CarersAllowance], Figures.PensionCredit, Figures.HousingBenefit,
            Amounts[(int)Benefit.PersonalIndependencePayment] + Amounts[(int)Benefit.DisabilityLivingAllowance] + Amounts[(int)Benefit.AttendanceAllowance], Amounts[(int)Benefit.ChildBenefitCharge], Figures.CapReduction);
    }

    /// <summary>What may hang on the benefit that is not known: not known either, unless it is the same with and without.</summary>
    private void Doubt(string unknown)
    {
        Missing[(int)Benefit.WarmHomeDiscount] = Missing[(int)Benefit.HealthyStart] = Missing[(int)Benefit.FreeSchoolMeals] = unknown;
        if (Figures.PensionAge is false) Missing[(int)Benefit.TaxFreeChildcare] = unknown;
        var quiet = default(NoTrace);
        if (Others.WinterFuel(Household, One, Two, true, Winter, ref quiet) != Amounts[(int)Benefit.WinterFuelPayment]) Missing[(int)Benefit.WinterFuelPayment] = unknown;
    }

    private void Try(Benefit benefit, Func<long> work)
    {
        try
        {
            Amounts[(int)benefit] = work();
        }
        catch (RateNotKnownException missing)
        {
            Missing[(int)benefit] = missing.Message;
        }
    }

    /// <summary>The week in September by which a winter payment is decided, within the tax year of the month.</summary>
    public Period Winter
    {
        get
        {
            var monday = Others.QualifyingWeek(TaxYears.Starting(Period.Start));
            return Period.Book.Period(monday, monday.AddDays(6));
        }
    }

    public bool PartnerIsCharged => Two.AdjustedNetIncome > One.AdjustedNetIncome;

    /// <summary>The Child Benefit charge of a year like this month. Pence a year.</summary>
    private long Charge()
    {
        var quiet = default(NoTrace);
        return Tax.ChildBenefitCharge(Math.Max(One.AdjustedNetIncome, Two.AdjustedNetIncome), Figures.ChildBenefitWeekly * 52, Period, ref quiet, 0);
    }

    /// <summary>Income Tax taken in the month: by payslip, or a twelfth of the year's.</summary>
    public static long MonthTax(Person a, in MonthPay pay, in YearTax tax) => a.Payslips.IsEmpty ? Sums.YearToMonth(tax.IncomeTax) : pay.IncomeTax + Sums.YearToMonth(tax.IncomeTax - tax.TaxOnEarnings);

    public long TaxFree(Person child)
    {
        for (var i = 0; i < Household.ChildCount; i++)
            if (Household.Children[i].Born == child.DateOfBirth.DayNumber) return Families.TaxFreeChildcareFor(Household, Household.Children[i], child.ChildcareYear ?? 0, One, Two, Figures.UniversalCredit > 0, Period);
        return 0;
    }

    /// <summary>Children who can have free meals at a state school: by the household's benefits, by the protection, or as infants.</summary>
    private void Meals()
    {
        // The protection of those eligible under the older rule ran to the end of the 2025/26 school year.
        var guarded = Period.Start <= new DateOnly(2026, 8, 31);
        var passes = Missing[(int)Benefit.FreeSchoolMeals] is null && Others.FreeSchoolMeals(Figures, NetEarnings, Period);
        foreach (var child in Situation.People)
        {
            if (child.Role != Role.Child || Others.YearGroup(child.DateOfBirth.DayNumber, Period) is not { } year || year < 0) continue;
            if (passes || guarded && child.GetsFreeSchoolMeals) SchoolMeals++;
            else if (year <= 2) InfantMeals++;
        }
    }
}
