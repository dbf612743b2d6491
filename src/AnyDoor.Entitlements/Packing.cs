using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements;

/// <summary>From the friendly <see cref="Situation"/>, with every answer there, to what the rules read. Here the facts that change by date become plain flags: a start-up period, the months of grace, bedrooms to spare.</summary>
internal static class Packing
{
    public static PackedHousehold Pack(Situation s, Period p)
    {
        var h = new PackedHousehold
        {
            Tenure = s.Home.Tenure, Rent = (int)(s.Home.RentYear ?? 0), LocalHousingAllowance = (int)(s.Home.LocalHousingAllowanceWeek ?? Sums.AllowanceWeek(s.Home.LocalHousingAllowanceMonth ?? 0)), LocalHousingAllowanceMonth = (int)(s.Home.LocalHousingAllowanceMonth ?? Sums.AllowanceMonth(s.Home.LocalHousingAllowanceWeek ?? 0)), CouncilTax = (int)(s.Home.CouncilTaxYear ?? 0), Savings = (int)(s.Savings ?? 0),
            Flags = (s.Home.London ? HouseholdFlags.London : 0) | (s.GraceUntil >= p.Start ? HouseholdFlags.GracePeriod : 0) | (s.People.Any(x => x.Pregnant) ? HouseholdFlags.Pregnant : 0)
                | (s.People.Any(x => x.Pregnant && !p.Reached(x.DateOfBirth.DayNumber, 18)) ? HouseholdFlags.PregnantUnder18 : 0),
        };
        foreach (var person in s.People)
            switch (person.Role)
            {
                case Role.Claimant:
                    h.Claimant = Adult(person, p);
                    h.NewStyleBenefits += (int)person.NewStyleBenefitsYear;
                    break;
                case Role.Partner:
                    h.Partner = Adult(person, p);
                    h.NewStyleBenefits += (int)person.NewStyleBenefitsYear;
                    h.Flags |= HouseholdFlags.Couple;
                    break;
                case Role.Child:
                    h.Children[h.ChildCount++] = Child(person);
                    if (person.DateOfBirth.DayNumber >= p.LeftAt16) h.Childcare += (int)(person.ChildcareYear ?? 0);
                    break;
                default:
                    h.NonDependants[h.NonDependantCount] = new PackedPerson(person.DateOfBirth.DayNumber, (int)((person.NoDeduction ? NonDependantFlags.NoDeduction : 0) | (person.PipDailyLiving != Component.None || person.AttendanceAllowance != Component.None || person.DlaCare >= Component.Standard ? NonDependantFlags.CareBenefit : 0) | (person.ClaimsCarersAllowance ? NonDependantFlags.CarersAllowance : 0)
                        | (person.MeansTestedNoWork ? NonDependantFlags.MeansTestedNoWork : 0) | (Gross(person) > 0 ? NonDependantFlags.Works : 0)));
                    h.NonDependantIncomes[h.NonDependantCount++] = (int)(Gross(person) + person.PrivatePensionYear + (person.StatePensionYear ?? 0) + person.OtherIncomeYear + person.NewStyleBenefitsYear);
                    break;
            }
        if (h.SocialTenant && s.Home.Bedrooms is { } rooms) h.SpareBedrooms = (byte)Math.Clamp(rooms - BedroomsNeeded(s, p), 0, 9);
        return h;
    }

    public static PackedAdult Adult(Person a, Period p)
    {
        var flags = AdultFlags.None;
        void If(bool so, AdultFlags flag) => flags |= so ? flag : 0;
        If(a.Sex == Sex.Female, AdultFlags.Female);
        If(a.LimitedCapability, AdultFlags.LimitedCapability);
        If(a.LimitedCapabilityActivity == true, AdultFlags.LimitedCapabilityActivity);
        If(a.ProtectedRate == true, AdultFlags.ProtectedRate);
        If(a.CareHours >= 35, AdultFlags.Carer);
        If(a.ClaimsCarersAllowance, AdultFlags.ClaimsCarersAllowance);
        If(a.CaredForByPaidCarer, AdultFlags.CaredForByPaidCarer);
        If(a.MainCarer, AdultFlags.MainCarer);
        If(a.Blind, AdultFlags.Blind);
        If(a.PipDailyLiving != Component.None || a.DlaCare >= Component.Standard || a.AttendanceAllowance != Component.None, AdultFlags.DisabilityCare | AdultFlags.DisabilityBenefit);
        If(a.PipMobility != Component.None || a.DlaCare != Component.None || a.DlaMobility != Component.None, AdultFlags.DisabilityBenefit);
        If(a.SelfEmployment is { Gainful: true }, AdultFlags.GainfullySelfEmployed);
        If(a.SelfEmployment is { StartUpFrom: { } from } && from <= p.End && p.Start < from.AddMonths((int)p[RateId.UcSelfEmploymentStartUpMonths]), AdultFlags.StartUp);
        return new PackedAdult
        {
            Born = a.DateOfBirth.DayNumber, Flags = flags, Pay = (int)Gross(a), Profit = (int)(a.SelfEmployment?.ProfitYear ?? 0), PensionContributions = (int)(a.Payslips.IsEmpty ? a.PensionContributionsYear : Yearly(a, s => s.PensionContributions)),
            PrivatePension = (int)a.PrivatePensionYear, StatePension = (int)(a.StatePensionYear ?? 0), OtherIncome = (int)(a.OtherIncomeYear + a.NewStyleBenefitsYear), ExpectedHours = (byte)Math.Clamp(a.SelfEmployment?.ExpectedHours ?? 0, 0, 100),
        };
    }

    private static PackedPerson Child(Person c)
    {
        var enhanced = c.PipDailyLiving == Component.Enhanced || c.DlaCare == Component.Enhanced;
        var severe = enhanced || c.Blind;
        var disabled = severe || c.PipDailyLiving != Component.None || c.PipMobility != Component.None || c.DlaCare != Component.None || c.DlaMobility != Component.None;
        return new PackedPerson(c.DateOfBirth.DayNumber, (int)((c.InEducation ? ChildFlags.InEducation : 0) | (severe && !enhanced ? ChildFlags.SevereByBlindness : 0) | (severe ? ChildFlags.SeverelyDisabled : disabled ? ChildFlags.Disabled : 0) | (c.ChildcareYear > 0 ? ChildFlags.Childcare : 0) | (c.LimitException ? ChildFlags.LimitException : 0)));
    }

    /// <summary>Gross pay of a year: as told, or what the payslips come to in a year.</summary>
    public static long Gross(Person a) => a.Payslips.IsEmpty ? a.PayYear ?? 0 : Yearly(a, s => s.Gross);

    private static long Yearly(Person a, Func<Payslip, long> of)
    {
        var months = a.Payslips.Select(s => s.Day.Year * 12 + s.Day.Month).Distinct().Count();
        return Math.Min(1_000_000_000, a.Payslips.Sum(of) * 12 / months);
    }

    /// <summary>Bedrooms that the size criteria allow (Universal Credit Regulations 2013 Sch. 4 para. 10): one for the claimant or couple, each other person of 16 or over, two children of one sex, two under 10, any other child.</summary>
    public static int BedroomsNeeded(Situation s, Period p)
    {
        bool Reached(Person x, int age) => p.Reached(x.DateOfBirth.DayNumber, age);
        var others = s.People.Where(x => x.Role is Role.Child or Role.NonDependant && x.DateOfBirth <= p.End).ToList();
        var rooms = 1 + others.Count(x => Reached(x, 16));
        var children = others.Where(x => !Reached(x, 16)).ToList();
        int Of(Sex? sex, bool under10) => children.Count(c => c.Sex == sex && !Reached(c, 10) == under10);
        var unknown = children.Count(c => c.Sex is null);
        int girls = Of(Sex.Female, false), boys = Of(Sex.Male, false), youngGirls = Of(Sex.Female, true), youngBoys = Of(Sex.Male, true);
        // An older child shares with one of the same sex; those left under 10 share in twos, whatever their sex.
        var left = Math.Max(0, youngGirls - girls % 2) + Math.Max(0, youngBoys - boys % 2);
        return rooms + (girls + 1) / 2 + (boys + 1) / 2 + (left + unknown + 1) / 2;
    }

    /// <summary>What was paid in a month. Tax and National Insurance that a payslip does not tell are worked out: PAYE on code 1257L (more by the Blind Person's Allowance where it is due), cumulative from 6 April; Class 1 on each pay day by how often pay comes.</summary>
    public static MonthPay Pay(Person a, in PackedAdult packed, in YearTax tax, Period p)
    {
        if (a.Payslips.IsEmpty) return Whole.PayOf(packed, tax, p);
        var quiet = default(NoTrace);
        var pay = new MonthPay { Profit = Sums.YearToMonth(packed.Profit), NationalInsurance = Sums.YearToMonth(tax.Class2 + tax.Class4) };
        var weeks = a.PaidEvery switch { PayEvery.Week => 1, PayEvery.TwoWeeks => 2, PayEvery.FourWeeks => 4, _ => 0 };
        foreach (var slip in a.Payslips.Where(s => s.Day >= p.Start && s.Day <= p.End).OrderBy(s => s.Day))
        {
            pay.Pay += slip.Gross;
            pay.PensionContributions += slip.PensionContributions;
            var on = p.Book.Period(slip.Day, slip.Day);
            pay.NationalInsurance += slip.NationalInsurance ?? Tax.Class1(packed, slip.Gross, on, ref quiet, 0, weeks);
            pay.IncomeTax += slip.IncomeTax ?? Paye(a, slip, on);
        }
        return pay;
    }

    /// <summary>
    /// Cumulative PAYE for one payslip: the tax due on all pay of the tax year to that day with as much of the allowance and bands as has come due by then, less what was due to the pay day before.
    /// A twelfth comes due each tax month of monthly pay; a fifty-second each tax week of weekly pay, two or four at once when pay comes that often (Income Tax (Pay As You Earn) Regulations 2003 reg. 23).
    /// </summary>
    private static long Paye(Person a, Payslip slip, Period p)
    {
        var start = TaxYears.Start(TaxYears.Starting(slip.Day));
        var before = a.Payslips.Where(s => s.Day >= start && s.Day < slip.Day).ToList();
        var same = a.Payslips.Where(s => s.Day == slip.Day).TakeWhile(s => !ReferenceEquals(s, slip)).ToList();
        var soFar = before.Concat(same).Sum(s => s.Gross - s.PensionContributions);
        var (every, inYear) = a.PaidEvery switch { PayEvery.Week => (1, 52), PayEvery.TwoWeeks => (2, 52), PayEvery.FourWeeks => (4, 52), _ => (1, 12) };
        return Due(soFar + slip.Gross - slip.PensionContributions, Come(slip.Day)) - (before.Count + same.Count == 0 ? 0 : Due(soFar, Come(same.Count > 0 ? slip.Day : before.Max(s => s.Day))));

        int Come(DateOnly day) => inYear == 12 ? (day.Year - start.Year) * 12 + day.Month - 4 + (day.Day >= 6 ? 1 : 0) : ((day.DayNumber - start.DayNumber) / 7 / every + 1) * every;

        long Due(long pay, int come)
        {
            // The year's bands in parts: tax on what the pay would be in a year, times the part that has come due.
            var quiet = default(NoTrace);
            var yearly = new PackedAdult { Pay = (int)Math.Min(int.MaxValue, pay * inYear / come), Flags = a.Blind ? AdultFlags.Blind : AdultFlags.None };
            return Tax.IncomeTax(yearly, 0, p, ref quiet, 0) * come / inYear;
        }
    }
}
