using System.Collections.Immutable;
using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements;

/// <summary>Makes the statements of a month from what was worked out for each way the missing answers may turn out.</summary>
internal sealed class Statements(Situation situation, Worked[] worked, Worked[] beyond, Answers answers, Func<Situation, Worked> work, long surplus, SchemeFound scheme)
{
    private ImmutableArray<OpenQuestion> Open => answers.Open;
    private readonly Worked _any = worked[0];
    private readonly string[] _people = People(situation);

    public ImmutableArray<Statement> All()
    {
        var all = ImmutableArray.CreateBuilder<Statement>();
        foreach (var benefit in Order)
            if (Bears(benefit)) all.Add(One(benefit));
        return all.DrainToImmutable();
    }

    private static readonly Benefit[] Order = Enum.GetValues<Benefit>();

    private static string[] People(Situation s) => [s.People.First(p => p.Role == Role.Claimant).Id, s.People.FirstOrDefault(p => p.Role == Role.Partner)?.Id ?? ""];

    /// <summary>Whether there is anything to say about a benefit.</summary>
    private bool Bears(Benefit benefit) => benefit switch
    {
        Benefit.UniversalCredit => !_any.Figures.PensionAge,
        Benefit.PensionCredit => _any.Figures.PensionAge,
        Benefit.HousingBenefit => _any.Figures.PensionAge && _any.Household.Rents,
        Benefit.CouncilTaxReduction => situation.Home.CouncilTaxYear != 0,
        Benefit.ChildBenefit or Benefit.FreeSchoolMeals => situation.People.Any(p => p.Role == Role.Child),
        Benefit.HealthyStart => situation.People.Any(p => p.Pregnant || p.Role == Role.Child && p.DateOfBirth <= _any.Period.End && !_any.Period.Reached(p.DateOfBirth.DayNumber, 4)),
        Benefit.CarersAllowance => situation.People.Any(p => p.CareHours >= 35),
        Benefit.WinterFuelPayment => Ages.PensionAge(_any.Household.Claimant, _any.Period) || _any.Household.IsCouple && Ages.PensionAge(_any.Household.Partner, _any.Period),
        Benefit.WarmHomeDiscount => true,
        Benefit.TaxFreeChildcare => situation.People.Any(p => p.ChildcareYear != 0),
        Benefit.IncomeTax or Benefit.NationalInsurance => true,
        _ => worked.Any(w => w.Amounts[(int)benefit] != 0),
    };

    private Statement One(Benefit benefit)
    {
        if (worked.Select(w => w.Missing[(int)benefit]).FirstOrDefault(m => m is not null) is { } missing) return Base(benefit, Standing.NotKnown, missing) with { Unknown = Open };
        var local = benefit == Benefit.CouncilTaxReduction && !_any.Figures.PensionAge;
        if (local && scheme.Used is null) return Base(benefit, Standing.NotKnown, scheme.WhyNot);
        if (local && scheme.Used is { OnlyWithCredit: true } other && worked.All(w => w.Figures.UniversalCredit <= 0)) return Base(benefit, Standing.NotKnown, $"{other.Name} has other rules for people of working age without Universal Credit. They are not held here: ask the council.");
        if (benefit == Benefit.FreeSchoolMeals) return Meals();
        var bill = benefit == Benefit.CouncilTaxReduction && answers.NoBill is not null;
        var (low, high) = (bill ? work(answers.NoBill!) : worked.MinBy(w => w.Amounts[(int)benefit])!, worked.MaxBy(w => w.Amounts[(int)benefit])!);
        var range = new PenceRange(low.Amounts[(int)benefit], high.Amounts[(int)benefit]);
        // Beyond what was tried: nothing that becomes something is not "no".
        var (less, more) = (beyond.Any(w => w.Amounts[(int)benefit] < range.Low), beyond.Any(w => w.Amounts[(int)benefit] > range.High));
        var begins = more && range.High <= 0;
        var standing = begins ? Standing.Depends : range.High <= 0 ? Standing.NotEntitled : range.Low > 0 ? Standing.Entitled : range.IsExact ? Standing.NotEntitled : Standing.Depends;
        var statement = Base(benefit, standing, "") with
        {
            Amount = range, Working = Trace(benefit, low), WorkingOfHigh = range.IsExact ? null : Trace(benefit, high), Unknown = range.IsExact && !more && !less ? [] : Open, Per = benefit is Benefit.WinterFuelPayment or Benefit.WarmHomeDiscount ? "winter" : "month",
            CouldBeMore = more, CouldBeLess = less,
        };
        if (benefit == Benefit.WarmHomeDiscount && standing == Standing.NotEntitled && worked.Any(w => w.MeansTested)) statement = statement with { Standing = Standing.Depends, Amount = new PenceRange(0, _any.Period[RateId.WarmHomeDiscountAmount]) };
        if (benefit == Benefit.UniversalCredit) statement = Credit(statement, low, high);
        if (local) statement = Local(statement);
        if (benefit == Benefit.PensionCredit && range.IsExact) statement = statement with { WouldChange = PensionChanges() };
        return statement with { Sentence = Say(statement), Assumed = local ? [.. LocalAssumed(), .. Assumed(benefit)] : Assumed(benefit) };
    }

    /// <summary>A council's own scheme: of which year, and whether there may be more.</summary>
    private Statement Local(Statement statement) => statement with
    {
        Scheme = scheme.Says(_any.Period.Start), SchemeOfAnotherYear = scheme.OfAnotherYear, Standing = scheme.OfAnotherYear && statement.Amount.High > 0 ? Standing.Depends : statement.Standing,
        CouldBeMore = statement.CouldBeMore || scheme.Used!.MayBeMore is not null && worked.Any(w => w.Amounts[(int)Benefit.CouncilTaxReduction] < Sums.YearToMonth(w.Household.CouncilTax)),
    };

    private IEnumerable<string> LocalAssumed()
    {
        yield return scheme.Says(_any.Period.Start);
        if (scheme.Used!.MayBeMore is { } more) yield return more;
        if (scheme.Used.OnlyWithCredit) yield return "Without Universal Credit the council has other rules, which are not held here.";
    }

    private Statement Base(Benefit benefit, Standing standing, string sentence) => new() { Benefit = benefit, Start = _any.Period.Start, End = _any.Period.End, Standing = standing, Sentence = sentence, IsScenario = !_any.Period.Book.IsOfficial };

    // ---- The working ------------------------------------------------------------------------------------------

    private Explanation? Trace(Benefit benefit, Worked w)
    {
        var t = new Explaining();
        var (p, f) = (w.Period, w.Figures);
        switch (benefit)
        {
            case Benefit.UniversalCredit or Benefit.PensionCredit:
                Whole.Month(w.Household, w.One, w.Two, w.Pay, w.PartnerPay, surplus, p, ref f, ref t);
                break;
            case Benefit.ChildBenefit:
                Families.ChildBenefit(w.Household, p, ref f, ref t);
                break;
            case Benefit.HousingBenefit:
                Pensioners.HousingBenefit(w.Household, w.One, w.Two, p, ref f, ref t);
                break;
            case Benefit.CouncilTaxReduction when f.PensionAge:
                Pensioners.CouncilTaxReduction(w.Household, w.One, w.Two, p, ref f, ref t);
                break;
            case Benefit.CouncilTaxReduction:
                LocalSchemes.Month(scheme.Used!, w.Household, f, w.NetEarnings, w.Amounts[(int)Benefit.CarersAllowance], p, ref t);
                break;
            case Benefit.HealthyStart:
                Others.HealthyStart(w.Household, f, w.NetEarnings, p, ref t);
                break;
            case Benefit.WinterFuelPayment:
                Others.WinterFuel(w.Household, w.One, w.Two, w.MeansTested, w.Winter, ref t);
                break;
            case Benefit.WarmHomeDiscount:
                if (w.Amounts[(int)benefit] == 0) return null;
                t.Open(Rule.WarmHomeDiscount, How.Sum);
                t.Rate(RateId.WarmHomeDiscountAmount, p[RateId.WarmHomeDiscountAmount]);
                t.Close(w.Amounts[(int)benefit]);
                break;
            case Benefit.CarersAllowance:
                Caring(w, ref t);
                break;
            case Benefit.IncomeTax:
                t.Open(Rule.IncomeTaxMonth, How.Sum);
                MonthTax(w.First, w.Household.Claimant, w.Pay, w.One, 0, p, ref t);
                if (w.Second is not null) MonthTax(w.Second, w.Household.Partner, w.PartnerPay, w.Two, 1, p, ref t);
                t.Close(w.Amounts[(int)benefit]);
                break;
            case Benefit.NationalInsurance:
                t.Open(Rule.NationalInsurance, How.Sum);
                Contributions(w.First, w.Household.Claimant, w.Pay, w.One, 0, p, ref t);
                if (w.Second is not null) Contributions(w.Second, w.Household.Partner, w.PartnerPay, w.Two, 1, p, ref t);
                t.Close(w.Amounts[(int)benefit]);
                break;
            case Benefit.ChildBenefitCharge:
                t.Open(Rule.ChildBenefitChargeMonth, How.YearToMonth);
                var person = w.PartnerIsCharged ? 1 : 0;
                if (Tax.ChildBenefitCharge(Math.Max(w.One.AdjustedNetIncome, w.Two.AdjustedNetIncome), f.ChildBenefitWeekly * 52, p, ref t, person) == 0) t.Count(Rule.ChildBenefitCharge, 0);
                t.Close(w.Amounts[(int)benefit]);
                break;
            case Benefit.TaxFreeChildcare:
                TaxFree(w, ref t);
                break;
            case Benefit.StatePension:
                t.Open(Rule.StatePension, How.YearToMonth);
                t.Open(Rule.StatePension, How.Sum);
                if (w.Household.Claimant.StatePension > 0) t.Answer(Answer.StatePensionYear, w.Household.Claimant.StatePension, person: 0);
                if (w.Household.Partner.StatePension > 0) t.Answer(Answer.StatePensionYear, w.Household.Partner.StatePension, person: 1);
                t.Close((long)w.Household.Claimant.StatePension + w.Household.Partner.StatePension);
                t.Close(w.Amounts[(int)benefit]);
                break;
            default:
                var rule = benefit switch { Benefit.PersonalIndependencePayment => Rule.PersonalIndependencePayment, Benefit.DisabilityLivingAllowance => Rule.DisabilityLivingAllowance, _ => Rule.AttendanceAllowance };
                t.Open(rule, How.WeekToMonth);
                t.Open(Rule.AmountWeek, How.Sum);
                var week = benefit switch { Benefit.PersonalIndependencePayment => DisabilityBenefits.Pip(w.Situation, p, ref t), Benefit.DisabilityLivingAllowance => DisabilityBenefits.Dla(w.Situation, p, ref t), _ => DisabilityBenefits.Attendance(w.Situation, p, ref t) };
                t.Close(week);
                t.Close(w.Amounts[(int)benefit]);
                break;
        }
        return Explanation.Of(t, p, _people);
    }

    private static void Caring(Worked w, ref Explaining t)
    {
        t.Open(Rule.CarersAllowanceMonth, How.WeekToMonth);
        t.Open(Rule.AmountWeek, How.Sum);
        var week = Of(w.Household.Claimant, w.One, 0, ref t);
        if (w.Second is not null) week += Of(w.Household.Partner, w.Two, 1, ref t);
        t.Close(week);
        t.Close(w.Amounts[(int)Benefit.CarersAllowance]);

        long Of(in PackedAdult a, in YearTax tax, int person, ref Explaining into)
        {
            if (!a.Is(AdultFlags.Carer)) return 0;
            return Families.CarersAllowance(a, Whole.NetEarningsWeek(a, tax, w.Period), w.Period, ref into, person);
        }
    }

    private static void MonthTax(Person a, in PackedAdult packed, in MonthPay pay, in YearTax tax, int person, Period p, ref Explaining t)
    {
        if (a.Payslips.IsEmpty)
        {
            t.Open(Rule.IncomeTaxPerson, How.YearToMonth, person: person);
            Tax.IncomeTax(packed, tax.CarersAllowance, p, ref t, person);
            t.Close(Sums.YearToMonth(tax.IncomeTax));
            return;
        }
        t.Open(Rule.Payslips, How.Sum, person: person);
        t.Answer(Answer.IncomeTaxOnEarnings, pay.IncomeTax, person: person);
        var rest = Sums.YearToMonth(tax.IncomeTax - tax.TaxOnEarnings);
        if (rest != 0) t.Answer(Answer.IncomeTaxOnPensions, rest, person: person);
        t.Close(pay.IncomeTax + rest);
    }

    private static void Contributions(Person a, in PackedAdult packed, in MonthPay pay, in YearTax tax, int person, Period p, ref Explaining t)
    {
        var yearly = Sums.YearToMonth(tax.Class2 + tax.Class4);
        if (a.Payslips.IsEmpty) Tax.Class1(packed, pay.Pay, p, ref t, person);
        else
        {
            t.Open(Rule.Payslips, How.Sum, person: person);
            t.Answer(Answer.NationalInsuranceOnEarnings, pay.NationalInsurance - yearly, person: person);
            t.Close(pay.NationalInsurance - yearly);
        }
        if (tax.Class2 + tax.Class4 == 0) return;
        t.Open(Rule.SelfEmployedMonth, How.YearToMonth, person: person);
        t.Open(Rule.SelfEmployedYear, How.Sum, person: person);
        Tax.Class2(packed, p, ref t, person);
        Tax.Class4(packed, p, ref t, person);
        t.Close(tax.Class2 + tax.Class4);
        t.Close(yearly);
    }

    private static void TaxFree(Worked w, ref Explaining t)
    {
        t.Open(Rule.TaxFreeChildcare, How.Sum);
        var sum = 0L;
        foreach (var child in w.Situation.People)
        {
            if (child.Role != Role.Child || w.TaxFree(child) == 0) continue;
            var disabled = child.PipDailyLiving != Component.None || child.PipMobility != Component.None || child.DlaCare != Component.None || child.DlaMobility != Component.None || child.Blind;
            t.Open(Rule.AmountMonth, How.YearToMonth);
            var year = Families.TaxFreeChildcare(child.ChildcareYear ?? 0, disabled, w.Period, ref t, -1);
            t.Close(Sums.YearToMonth(year));
            sum += Sums.YearToMonth(year);
        }
        t.Close(sum);
    }

    // ---- Universal Credit -------------------------------------------------------------------------------------

    private Statement Credit(Statement statement, Worked low, Worked high)
    {
        if (situation.DeductionsMonth > 0)
        {
            long After(Worked w) => w.Figures.UniversalCredit - Math.Min(w.Figures.UniversalCredit, Math.Min(situation.DeductionsMonth, Sums.Share(w.Figures.StandardAllowance, w.Period[RateId.UcDeductionsMost])));
            statement = statement with { AfterDeductions = new PenceRange(After(low), After(high)) };
        }
        return statement with { WouldChange = Changes(low) };
    }

    /// <summary>What would move the figure, by working it again: each is the law's answer, not a rule of thumb.</summary>
    private ImmutableArray<Change> Changes(Worked w)
    {
        var changes = ImmutableArray.CreateBuilder<Change>();
        var now = w.Figures.UniversalCredit;
        void Try(string sentence, Func<PackedHousehold, PackedHousehold> change, long more = 0)
        {
            var (h, f, quiet) = (change(w.Household), new MonthFigures(), default(NoTrace));
            var pay = w.Pay;
            pay.Pay += more;
            UniversalCreditOf(h, pay, w, ref f, ref quiet);
            if (f.UniversalCredit != now) changes.Add(new Change(sentence, f.UniversalCredit - now));
        }
        var p = w.Period;
        if (now > 0) Try("£100 more take-home pay in the month", h => h, 100_00);
        if (w.Figures.CapReduction > 0)
        {
            var short_ = p.CapEarnings - w.NetEarnings;
            changes.Add(new Change($"{Words.Pounds(short_)} more take-home pay in the month would reach {Words.Pounds(p.CapEarnings)}, and the benefit cap would stop", null));
        }
        var limit = p[RateId.UcCapitalUpperLimit];
        if (w.Household.Savings <= limit) Try($"Savings above {Words.Pounds(limit)}", h => h with { Savings = (int)limit + 1 });
        else Try($"Savings of {Words.Pounds(limit)} or less", h => h with { Savings = (int)limit });
        var capable = AdultFlags.LimitedCapabilityActivity;
        if (!w.Household.Claimant.Is(capable) && !w.Household.Partner.Is(capable)) Try("Being assessed as having limited capability for work-related activity", h => h with { Claimant = h.Claimant with { Flags = h.Claimant.Flags | capable } });
        if (!w.Household.Claimant.Is(AdultFlags.Carer) && !w.Household.Claimant.Is(capable)) Try("Caring for 35 hours a week or more for somebody who gets a benefit for care", h => h with { Claimant = h.Claimant with { Flags = h.Claimant.Flags | AdultFlags.Carer } });
        if (w.Household.Rents) Try("Rent £50 a month higher", h => h with { Rent = h.Rent + 600_00 });
        foreach (var child in situation.People.Where(x => x.Role == Role.Child && Ages.Counts(new PackedPerson(x.DateOfBirth.DayNumber, x.InEducation ? (int)ChildFlags.InEducation : 0), p)))
        {
            var ends = Ends(child);
            if (ends <= p.End.AddMonths(12)) changes.Add(new Change($"A child stops counting after {Words.Day(ends)}{(child.InEducation ? "" : ", unless still in school or college")}", null));
        }
        if (situation.GraceUntil is { } grace && grace >= p.Start) changes.Add(new Change($"The nine months without benefit cap end on {Words.Day(grace)}", null));
        return changes.DrainToImmutable();
    }

    private void UniversalCreditOf(in PackedHousehold h, in MonthPay pay, Worked w, ref MonthFigures f, ref NoTrace quiet) => Whole.Month(h, w.One, w.Two, pay, w.PartnerPay, surplus, w.Period, ref f, ref quiet);

    /// <summary>31 August after the 16th birthday, or the 19th in education.</summary>
    private static DateOnly Ends(Person child)
    {
        var birthday = child.DateOfBirth.AddYears(child.InEducation ? 19 : 16);
        var august = new DateOnly(birthday.Year, 8, 31);
        return birthday <= august ? august : august.AddYears(1);
    }

    private ImmutableArray<Change> PensionChanges()
    {
        var changes = ImmutableArray.CreateBuilder<Change>();
        foreach (var person in situation.People.Where(x => x.Role is Role.Claimant or Role.Partner && x.AttendanceAllowance == Component.None && x.PipDailyLiving == Component.None))
        {
            var s = situation.With(person.Id, x => x with { AttendanceAllowance = Component.Standard });
            var with = Worked.Of(s, _any.Period, 0, scheme.Used);
            if (with.Figures.PensionCredit != _any.Figures.PensionCredit) changes.Add(new Change("Attendance Allowance, for help with personal care", with.Figures.PensionCredit - _any.Figures.PensionCredit));
        }
        return changes.DrainToImmutable();
    }

    // ---- Words ------------------------------------------------------------------------------------------------

    private Statement Meals()
    {
        var (least, most) = (worked.Min(w => w.SchoolMeals), worked.Max(w => w.SchoolMeals));
        if (most == 0 && beyond.Length > 0) most = beyond.Max(w => w.SchoolMeals);
        var infants = worked.Min(w => w.InfantMeals);
        var standing = least > 0 ? Standing.Entitled : most > 0 ? Standing.Depends : infants > 0 ? Standing.Entitled : Standing.NotEntitled;
        var children = least > 0 ? least : most > 0 ? most : infants;
        var sentence = standing switch
        {
            Standing.Entitled when least > 0 => $"Free meals at a state school for {Number(children)}.",
            Standing.Entitled => $"Free meals for {Number(children)} in reception, year 1 or year 2, whatever the income.",
            Standing.Depends => "It depends on an answer that is missing.",
            _ => "No child is of school age, or the income is above the limit.",
        };
        return Base(Benefit.FreeSchoolMeals, standing, sentence) with { Children = children, Unknown = standing == Standing.Depends ? Open : [], Assumed = ["The children go to state schools in England."] };
    }

    private static string Number(int children) => children == 1 ? "one child" : $"{children} children";

    private string Say(Statement s)
    {
        var per = s.Per == "month" ? "a month" : "for the winter";
        var due = s.Benefit is Benefit.IncomeTax or Benefit.NationalInsurance or Benefit.ChildBenefitCharge;
        if (s.SchemeOfAnotherYear && s.Amount.High > 0) return $"{s.Amount} a month by an older scheme. {s.Scheme}";
        if (s.Standing == Standing.Depends) return s.Benefit == Benefit.WarmHomeDiscount ? "It may be paid: it depends on the energy costs of the home or on how the bill is paid." : s.Amount.High <= 0 ? "Nothing by the answers tried, but with more than that there may be: it depends on what is not answered yet." : $"It depends on what is not answered yet: from {Words.Pounds(s.Amount.Low)}{(s.CouldBeLess ? " or less" : "")} to {Words.Pounds(s.Amount.High)}{(s.CouldBeMore ? " or more" : "")} {per}.";
        if (s.Standing == Standing.NotEntitled)
        {
            if (due) return "Nothing is due.";
            if (s.Benefit != Benefit.UniversalCredit) return "Nothing, by what was answered.";
            if (_any.Figures.TooMuchCapital) return $"Nothing: savings are above {Words.Pounds(_any.Period[RateId.UcCapitalUpperLimit])}.";
            return _any.Figures.TooYoung ? "Nothing under 18, unless they have a child, a health condition, look after somebody, are expecting, or have no parent’s support: then ask." : "Nothing: income is too high for an award.";
        }
        var open = (s.CouldBeLess, s.CouldBeMore) switch { (true, true) => ", or less or more", (true, _) => ", or less", (_, true) => ", or more", _ => "" };
        return due ? $"{s.Amount} is due {per}{open}." : $"{s.Amount} {per}{open}.";
    }

    private ImmutableArray<string> Assumed(Benefit benefit)
    {
        var assumed = ImmutableArray.CreateBuilder<string>();
        if (benefit is Benefit.UniversalCredit or Benefit.HousingBenefit && _any.Household.SocialTenant && situation.Home.Bedrooms is null && !_any.Figures.PensionAge) assumed.Add("The bedroom rule was not looked at: the number of bedrooms is not known.");
        if (benefit == Benefit.UniversalCredit)
        {
            if (situation.People.Any(p => p.SelfEmployment is { Gainful: true, StartUpFrom: null })) assumed.Add("The self-employment is past its start-up period.");
            if (_any.Figures.CapReduction > 0) assumed.Add("Taken so: in the year before they did not earn enough in every month for nine months without the benefit cap.");
        }
        if (benefit is Benefit.UniversalCredit or Benefit.IncomeTax && situation.People.Any(p => !p.Payslips.IsEmpty && p.Payslips.Any(s => s.IncomeTax is null))) assumed.Add("Tax on a payslip that does not show it is worked out on code 1257L, or a higher one for somebody blind.");
        if (benefit == Benefit.ChildBenefit && answers.EarningsAreOpen) assumed.Add($"Nobody has more than {Words.Pounds(_any.Period[RateId.HicbcThreshold])} of income a year: above it a charge takes Child Benefit back.");
        if (benefit is Benefit.ChildBenefitCharge or Benefit.WinterFuelPayment or Benefit.TaxFreeChildcare) assumed.Add("Income is the same all year.");
        if (_any.Period.Book.IsOfficial) return assumed.DrainToImmutable();
        assumed.Add("The rates are a scenario, not the law.");
        return assumed.DrainToImmutable();
    }
}
