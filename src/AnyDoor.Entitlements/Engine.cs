using System.Collections.Immutable;
using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements;

/// <summary>
/// Works out a household. Immutable and safe to share between threads. Every figure is pence for one assessment month unless a statement says otherwise.
/// Never throws for what a household answered: a situation that cannot be worked out comes back with a <see cref="MonthResult.Refusal"/>, a rate that is not enacted as a statement that is not known.
/// </summary>
/// <param name="rates">The law, or a scenario over it.</param>
/// <param name="schemes">Working-age Council Tax Reduction schemes.</param>
public sealed class Engine(RateBook rates, IEnumerable<CouncilTaxScheme> schemes)
{
    private readonly Dictionary<string, CouncilTaxScheme> _schemes = schemes.ToDictionary(s => s.Key, StringComparer.Ordinal);

    /// <summary>The law, with the schemes that come with the package.</summary>
    public static Engine Official { get; } = new(RateBook.Official, CouncilTaxScheme.Shipped);

    public RateBook Rates { get; } = rates;

    /// <summary>The statements of the assessment month that begins on a day, each with its working.</summary>
    public MonthResult Month(Situation situation, DateOnly start) => Month(situation, start, situation.SurplusEarnings).Result;

    /// <summary>A run of assessment months. Surplus earnings are carried from each to the next.</summary>
    public ImmutableArray<MonthResult> Run(Situation situation, DateOnly start, int months)
    {
        var results = ImmutableArray.CreateBuilder<MonthResult>(months);
        var surplus = situation.SurplusEarnings;
        for (var m = 0; m < months; m++)
        {
            // Beyond the rates every month is refused alike, up to the end of the calendar.
            var (result, carried) = Month(situation, start > Rates.Known.Last ? start : start.AddMonths(m), surplus);
            results.Add(result);
            surplus = carried;
        }
        return results.MoveToImmutable();
    }

    /// <summary>The same month now and in another situation: what each benefit and the whole would change by.</summary>
    public (MonthResult Now, MonthResult Then, PenceRange Difference) Compare(Situation now, Situation then, DateOnly start)
    {
        var (a, b) = (Month(now, start), Month(then, start));
        return (a, b, new PenceRange(b.Lowest.Total - a.Lowest.Total, b.Highest.Total - a.Highest.Total));
    }

    /// <summary>What there is to live on when one person works so many hours a week at a wage (pence an hour), for a chart. Answers that are missing are taken at their lowest.</summary>
    public ImmutableArray<HoursPoint> ByHours(Situation situation, DateOnly start, string person, long hourly, IEnumerable<decimal> hours) =>
        [.. hours.Select(h => new HoursPoint(h, Month(situation.With(person, p => p with { Payslips = [], PayYear = (long)decimal.Round(h * hourly * 52) }), start).Lowest))];

    /// <summary>The full new State Pension, pence a year, for whoever has reached pension age on a day; null: not reached, or no rates are held for the day.</summary>
    public long? FullStatePensionYear(Person person, DateOnly day)
    {
        try
        {
            var period = Rates.Month(day);
            return Ages.PensionAge(person.DateOfBirth.DayNumber, period) ? period[RateId.StatePensionNewFull] * 52 : null;
        }
        catch (YearNotKnownException)
        {
            return null;
        }
    }

    /// <summary>Bedrooms that the size criteria allow a household.</summary>
    public int BedroomsNeeded(Situation situation, DateOnly start) => Packing.BedroomsNeeded(situation, Rates.Month(start));

    private (MonthResult Result, long Surplus) Month(Situation situation, DateOnly start, long surplus)
    {
        var end = RateBook.EndOfMonth(start);
        var problems = situation.Problems();
        Period period;
        try
        {
            if (problems.Length > 0) return (Refused(problems[0]), 0);
            period = Rates.Month(start);
        }
        catch (YearNotKnownException unknown)
        {
            return (Refused(unknown.Message), 0);
        }
        var (answers, open) = Answers.Of(situation, period);
        var worked = new Worked[answers.Length];
        for (var i = 0; i < answers.Length; i++) worked[i] = Worked.Of(answers[i], period, surplus, Scheme(answers[i]));
        var statements = new Statements(situation, worked, open, surplus, Scheme(situation)).All();
        return (new MonthResult(start, end, null, statements, worked.MinBy(w => w.Money.Total)!.Money, worked.MaxBy(w => w.Money.Total)!.Money), worked[0].Figures.SurplusEarnings);

        MonthResult Refused(string sentence) => new(start, end, sentence, [], default, default);
    }

    private CouncilTaxScheme? Scheme(Situation s) => s.Home.CouncilTaxScheme is { } key ? _schemes.GetValueOrDefault(key) : null;
}

/// <summary>The answers that are missing, and the situations that stand for what they may turn out to be.</summary>
internal static class Answers
{
    private const int Most = 64;

    public static (Situation[] Filled, ImmutableArray<OpenQuestion> Open) Of(Situation s, Period p)
    {
        var open = ImmutableArray.CreateBuilder<OpenQuestion>();
        var tries = new List<Func<Situation, Situation>[]>();
        void Ask(string question, string? person, params Func<Situation, Situation>[] of)
        {
            open.Add(new OpenQuestion(question, person));
            tries.Add(of);
        }
        if (s.Savings is null) Ask("How much is in savings?", null, [.. new long[] { 0, 6_000_00, 10_000_00, 16_000_00, 16_000_01, 60_000_00 }.Select(v => (Func<Situation, Situation>)(x => x with { Savings = v }))]);
        var rents = s.Home.Tenure is Tenure.CouncilTenant or Tenure.HousingAssociationTenant or Tenure.PrivateTenant;
        if (rents && s.Home.RentYear is null) Ask("How much is the rent?", null, x => x with { Home = x.Home with { RentYear = 0 } }, x => x with { Home = x.Home with { RentYear = 15_600_00 } });
        if (s.Home.Tenure == Tenure.PrivateTenant && s.Home.LocalHousingAllowanceWeek is null) Ask("Where is the home, and which Local Housing Allowance goes with it?", null, x => x with { Home = x.Home with { LocalHousingAllowanceWeek = 60_00 } }, x => x with { Home = x.Home with { LocalHousingAllowanceWeek = 300_00 } });
        if (s.Home.CouncilTaxYear is null) Ask("How much is the Council Tax?", null, x => x with { Home = x.Home with { CouncilTaxYear = 0 } }, x => x with { Home = x.Home with { CouncilTaxYear = 2_400_00 } });
        foreach (var a in s.People)
        {
            Func<Situation, Situation> Set(Func<Person, Person> change) => x => x.With(a.Id, change);
            var adult = a.Role is Role.Claimant or Role.Partner;
            if (adult && a.PayYear is null && a.Payslips.IsEmpty) Ask("How much is the pay?", a.Id, [.. new long[] { 0, 6_000_00, 11_000_00, 16_000_00, 30_000_00 }.Select(v => Set(x => x with { PayYear = v }))]);
            if (adult && a.SelfEmployment is { ProfitYear: null }) Ask("How much profit does the self-employment make?", a.Id, [.. new long[] { 0, 12_000_00, 30_000_00 }.Select(v => Set(x => x with { SelfEmployment = x.SelfEmployment! with { ProfitYear = v } }))]);
            if (adult && a.StatePensionYear is null && Ages.PensionAge(a.DateOfBirth.DayNumber, p)) Ask("How much State Pension is paid?", a.Id, [.. new[] { 0, p[RateId.StatePensionNewFull] * 52 }.Select(v => Set(x => x with { StatePensionYear = v }))]);
            if (adult && a.LimitedCapabilityActivity is null) Ask("Is health keeping them from work, and was it assessed?", a.Id, Set(x => x with { LimitedCapabilityActivity = false }), Set(x => x with { LimitedCapabilityActivity = true }));
            if (adult && a.LimitedCapabilityActivity != false && a.ProtectedRate is null && p[RateId.UcLcwra] != p[RateId.UcLcwraProtected]) Ask("Did the health award begin before 6 April 2026, or is it a severe condition?", a.Id, Set(x => x with { ProtectedRate = false }), Set(x => x with { ProtectedRate = true }));
            if (adult && a.Sex is null && Ages.SexDecides(a.DateOfBirth.DayNumber)) Ask("Woman or man? It decides whether Savings Credit can be had.", a.Id, Set(x => x with { Sex = Sex.Male }), Set(x => x with { Sex = Sex.Female }));
            if (a.Role == Role.Child && a.ChildcareYear is null) Ask("How much is paid for registered childcare?", a.Id, Set(x => x with { ChildcareYear = 0 }), Set(x => x with { ChildcareYear = 9_600_00 }));
        }
        var filled = new List<Situation> { s };
        foreach (var of in tries)
        {
            // Too many at once: the rest are tried at their ends only, then at one of them.
            var some = filled.Count * of.Length <= Most ? of : filled.Count * 2 <= Most ? [of[0], of[^1]] : of[..1];
            filled = [.. filled.SelectMany(x => some.Select(f => f(x)))];
        }
        return ([.. filled], open.ToImmutable());
    }
}
