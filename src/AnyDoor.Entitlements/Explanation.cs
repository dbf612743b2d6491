using System.Collections.Immutable;
using System.Globalization;
using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements;

/// <summary>A rate that a step used: what it is, its value, since when, and where it stands.</summary>
public sealed record RateUsed(RateId Id, string Key, string Shown, DateOnly Since, ImmutableArray<Source> Sources, string? Note, bool SecondHand);

/// <summary>
/// One step of a working, with its parts: a tree whose top is the figure. <paramref name="Amount"/> is in pence where <paramref name="IsMoney"/>; else a number, or a share in ten-thousandths.
/// <paramref name="Less"/>: it is taken off where it stands. <see cref="AddsUp"/> works it again from its parts.
/// </summary>
public sealed record Explanation(string Title, Rule Rule, How How, bool Less, long Amount, bool IsMoney, Source? Law, RateUsed? Rate, Answer? Answer, string? Person, ImmutableArray<Explanation> Parts)
{
    /// <summary>"£411.00", "55%", "2".</summary>
    public string Shown => Rate?.Shown ?? (IsMoney ? Words.Pounds(Amount) : Amount.ToString(CultureInfo.InvariantCulture));

    /// <summary>Every step follows from its parts, to the penny.</summary>
    public bool AddsUp() => Again() == Amount && Parts.All(p => p.AddsUp());

    /// <summary>Every step below and this one, from the top down.</summary>
    public IEnumerable<Explanation> All() => Parts.SelectMany(p => p.All()).Prepend(this);

    private long Again() => How switch
    {
        How.Sum => Added(),
        How.SumNotBelowNil => Math.Max(0, Added()),
        How.Least => Parts.Min(p => p.Amount),
        How.Greatest => Parts.Max(p => p.Amount),
        How.Share => Sums.Share(Parts[0].Amount, Parts[1].Amount),
        How.Times => Parts[0].Amount * Parts[1].Amount,
        How.YearToMonth => Sums.YearToMonth(Parts[0].Amount),
        How.WeekToMonth => Sums.WeekToMonth(Parts[0].Amount),
        How.YearToWeek => Sums.YearToWeek(Parts[0].Amount),
        How.StepsBegun => Sums.StepsBegun(Parts[0].Amount, Parts[1].Amount),
        How.WholeSteps => Parts[0].Amount / Parts[1].Amount,
        How.OverShare => Sums.OverShare(Parts[0].Amount, Parts[1].Amount),
        How.RoundedDown => Parts[0].Amount / Parts[1].Amount * Parts[1].Amount,
        How.Nil => 0,
        _ => Amount,
    };

    private long Added() => Parts.Sum(p => p.Less ? -p.Amount : p.Amount);

    internal static Explanation? Of(in Explaining trace, Period period, IReadOnlyList<string> people)
    {
        var at = 0;
        return trace.Steps.Count == 0 ? null : Build(trace.Steps, ref at, period, people);
    }

    private static Explanation Build(IReadOnlyList<Explaining.Step> steps, ref int at, Period period, IReadOnlyList<string> people)
    {
        var step = steps[at++];
        if (at >= steps.Count || steps[at].Depth <= step.Depth) return Leaf(step, period, people, []);
        var parts = ImmutableArray.CreateBuilder<Explanation>();
        while (at < steps.Count && steps[at].Depth > step.Depth) parts.Add(Build(steps, ref at, period, people));
        return Leaf(step, period, people, parts.DrainToImmutable());
    }

    private static Explanation Leaf(in Explaining.Step step, Period period, IReadOnlyList<string> people, ImmutableArray<Explanation> parts)
    {
        var person = step.Person >= 0 && step.Person < people.Count ? people[step.Person] : null;
        switch (step.How)
        {
            case How.Rate:
                var rate = period.Book.Of((RateId)step.What);
                var since = rate.On(period.Start, period.End)?.From ?? period.Start;
                return new Explanation(rate.Key, Rule.None, step.How, step.Less, step.Amount, rate.Unit == "pounds", rate.Sources.IsEmpty ? null : rate.Sources[0],
                    new RateUsed(rate.Id, rate.Key, rate.Show(step.Amount), since, rate.Sources, rate.Note, rate.SecondHand.Contains(TaxYears.Of(since))), null, null, parts);
            case How.Answer:
                return new Explanation(AnswerBook.Title((Answer)step.What), Rule.None, step.How, step.Less, step.Amount, true, null, null, (Answer)step.What, person, parts);
            default:
                return new Explanation(RuleBook.Title(step.Rule), step.Rule, step.How, step.Less, step.Amount, IsPence(step.Rule), RuleBook.Law(step.Rule), null, null, person, parts);
        }
    }

    private static bool IsPence(Rule rule) => rule is not (Rule.Number or Rule.Hundredths or Rule.TheWhole or Rule.WeeksInYear or Rule.ChildrenLeftOut or Rule.StepsOfCapital or Rule.ChargeShare or Rule.ChargePercent or Rule.HundredthsOverStep or Rule.SchemeBand or Rule.CapExemptCapability or Rule.CapExemptCarer or Rule.CapExemptDisability or Rule.CapGrace);
}
