using AnyDoor.Common;

namespace AnyDoor.Offers;

public enum OfferGroupKind { MoneyToday, MoneyEveryMonth, HelpNearby, APerson, LookedAt }

public enum OfferState
{
    /// <summary>May be awarded now, to the penny.</summary>
    Ready,
    /// <summary>May be awarded, up to a sum or after a paper is seen.</summary>
    UpTo,
    /// <summary>Depends on something not known: ask.</summary>
    Ask,
    /// <summary>Fits, and the scheme has not the money.</summary>
    NotEnough,
    OnItsWay,
    /// <summary>No rule is held for a figure: check, with whom, and the way in.</summary>
    Check,
    /// <summary>A worked-out range.</summary>
    Estimate,
    Place,
    /// <summary>Nothing within reach: what is nearest, and whom to ring.</summary>
    Missing,
    Person,
    NotOffered,
}

public enum StepKind { Award, Ask, SeePaper, NextBest, Nothing, CheckWith, Go, Ring, HandOver, KeepTogether, AskToLead }

/// <param name="Target">What it is about: an award type, a fact, a service, a worker.</param>
public sealed record OfferStep(StepKind Kind, string Words, string? Target = null);

/// <summary>A question whose answer would make it sure.</summary>
public sealed record OfferQuestion(string Fact, string Question);

/// <summary>One line: what, what it is worth or how far, why, and what happens next. Every line has a why and a next step.</summary>
public sealed record OfferLine
{
    /// <summary>Stays the same while the offer is brought up to date, like <c>award:crisis-and-resilience-fund:crisis-payment</c>.</summary>
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required OfferState State { get; init; }
    public required string Worth { get; init; }
    public required string Why { get; init; }
    public required OfferStep Next { get; init; }
    public Money? Amount { get; init; }
    public Money? AmountTo { get; init; }
    /// <summary>The rule as staff cite it, and its words.</summary>
    public string? Cite { get; init; }
    public string? RuleWords { get; init; }
    public string? How { get; init; }
    /// <summary>What has to be known about it first: help of the same kind lately, or a reason that it needs.</summary>
    public string? Notice { get; init; }
    public IReadOnlyList<OfferQuestion> Ask { get; init; } = [];
    public IReadOnlyList<string> ToSee { get; init; } = [];
    /// <summary>Other forms of the same help, if they would rather: never added to a sum.</summary>
    public IReadOnlyList<string> Instead { get; init; } = [];
    /// <summary>The needs it answers.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
    /// <summary>Cost, hours, distance, check: the facts of a place.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];
    /// <summary>Of a place on the menu: universal, near-universal or targeted, in words.</summary>
    public string? Level { get; init; }
    /// <summary>How the figure comes about can be opened.</summary>
    public bool HasWorking { get; init; }
    /// <summary>About safety at home: never in a text, on paper, or on a screen that somebody else may see.</summary>
    public bool Quiet { get; init; }
}

public sealed record OfferGroup(OfferGroupKind Kind, string Title, IReadOnlyList<OfferLine> Lines);

/// <summary>What stands on top. Only sums of lines that are there; ready money is exact.</summary>
public sealed record OfferSums(
    Money Ready, int ReadyAwards, Money UpTo, int PapersToSee, Money OnItsWay, Money MonthlyFrom, Money MonthlyTo, int ToCheck, int Questions, int Places, int People);

/// <summary>Everything that can be put in front of a household, with reasons: money first, then help nearby and a person. Never empty.</summary>
public sealed record Offer(DateTime At, int Answers, OfferSums Sums, IReadOnlyList<OfferGroup> Groups, IReadOnlyList<string> Gaps)
{
    public OfferGroup this[OfferGroupKind kind] => Groups.First(g => g.Kind == kind);

    public IEnumerable<OfferLine> Lines => Groups.SelectMany(g => g.Lines);

    /// <summary>Pure: the same snapshot always gives the same offer. <see cref="Gaps"/> are needs that nothing met, for the gap log.</summary>
    public static Offer Compose(OfferSnapshot snapshot)
    {
        var declined = snapshot.Declined.Select(d => d.LineId).ToHashSet();
        var lookedAt = new List<OfferLine>();
        var monthly = MoneyEveryMonth.Lines(snapshot, lookedAt).Where(l => !declined.Contains(l.Id)).ToList();
        var (people, taken) = PersonAlongside.Lines(snapshot);
        people.RemoveAll(l => declined.Contains(l.Id));
        var (places, gaps) = HelpNearby.Lines(snapshot, taken, lookedAt);
        places.RemoveAll(l => declined.Contains(l.Id));
        var today = MoneyToday.Lines(snapshot, lookedAt, monthly, places).Where(l => !declined.Contains(l.Id)).ToList();
        // A hub line stands in when everybody else was declined: no dead end.
        if (people.Count == 0) people.Add(PersonAlongside.Hub(snapshot));
        lookedAt.AddRange(snapshot.Declined.Select(d => new OfferLine
        {
            Id = d.LineId, Title = d.Title, State = OfferState.NotOffered, Worth = "left out", Why = d.Words, Next = new(StepKind.Ask, "Offer it again another day, if they like.", d.LineId),
        }));

        var all = today.Concat(monthly).Concat(places).Concat(people).ToList();
        var sums = new OfferSums(
            Sum(today, OfferState.Ready), today.Count(l => l.State == OfferState.Ready), MoneyToday.UpTo(today, snapshot), today.Where(l => l.State == OfferState.UpTo).Sum(l => l.ToSee.Count), Sum(today, OfferState.OnItsWay),
            Sum(monthly, OfferState.Estimate), new Money(monthly.Where(l => l.State == OfferState.Estimate).Sum(l => (l.AmountTo ?? l.Amount ?? Money.Zero).Pence)),
            monthly.Count(l => l.State == OfferState.Check), all.SelectMany(l => l.Ask).Select(q => q.Fact).Distinct().Count(),
            places.Count(l => l.State == OfferState.Place), people.Count(l => l.State == OfferState.Person && l.Next.Kind != StepKind.Ring));
        return new Offer(snapshot.At, snapshot.Answers, sums,
        [
            new(OfferGroupKind.MoneyToday, "Money today", today), new(OfferGroupKind.MoneyEveryMonth, "Money every month", monthly), new(OfferGroupKind.HelpNearby, "Help nearby", places),
            new(OfferGroupKind.APerson, "A person", people), new(OfferGroupKind.LookedAt, "Looked at and not offered", lookedAt),
        ], gaps);
    }

    private static Money Sum(IEnumerable<OfferLine> lines, OfferState state) => new(lines.Where(l => l.State == state).Sum(l => (l.Amount ?? Money.Zero).Pence));
}
