using System.Collections.Immutable;
using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements;

/// <summary>
/// Works out a household. Immutable and safe to share between threads. Every figure is pence for one assessment month unless a statement says otherwise.
/// Never throws for what a household answered: a situation that cannot be worked out comes back with a <see cref="MonthResult.Refusal"/>, a rate that is not enacted as a statement that is not known.
/// </summary>
/// <param name="rates">The law, or a scenario over it.</param>
/// <param name="schemes">Working-age Council Tax Reduction schemes.</param>
public sealed class Engine(RateBook rates, CouncilTaxSchemes schemes)
{

    /// <summary>The law, with the schemes that come with the package.</summary>
    public static Engine Official { get; } = new(RateBook.Official, CouncilTaxScheme.Shipped);

    public RateBook Rates { get; } = rates;

    /// <summary>Working-age schemes by authority and year.</summary>
    public CouncilTaxSchemes Schemes { get; } = schemes;

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
        var answers = Answers.Of(situation, period);
        var worked = new Worked[answers.Filled.Length];
        var scheme = SchemeFound.For(situation.Home, start, Schemes);
        for (var i = 0; i < worked.Length; i++) worked[i] = Work(answers.Filled[i]);
        Worked[] beyond = [.. answers.Beyond().Select(Work)];
        var statements = new Statements(situation, worked, beyond, answers, Work, surplus, scheme).All();
        var (least, most) = (worked.MinBy(w => w.Money.Total)!.Money, worked.MaxBy(w => w.Money.Total)!.Money);
        return (new MonthResult(start, end, null, statements, least, most) { CouldBeLess = beyond.Any(w => w.Money.Total < least.Total), CouldBeMore = beyond.Any(w => w.Money.Total > most.Total) }, worked[0].Figures.SurplusEarnings);

        Worked Work(Situation one) => Worked.Of(one, period, surplus, scheme.Used);

        MonthResult Refused(string sentence) => new(start, end, sentence, [], default, default);
    }
}
