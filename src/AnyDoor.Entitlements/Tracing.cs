namespace AnyDoor.Entitlements;

/// <summary>How the figure of a step follows from its parts. Every step can be worked again from its parts, to the penny.</summary>
public enum How : byte
{
    /// <summary>The parts added up, those marked less taken off.</summary>
    Sum,
    /// <summary>As <see cref="Sum"/>, never below nil.</summary>
    SumNotBelowNil,
    /// <summary>The least of the parts.</summary>
    Least,
    /// <summary>The greatest of the parts.</summary>
    Greatest,
    /// <summary>The first part times the second, a share; to the nearest penny.</summary>
    Share,
    /// <summary>The first part times the second, a number.</summary>
    Times,
    /// <summary>The one part, a year's, over 12; to the nearest penny.</summary>
    YearToMonth,
    /// <summary>The one part, a week's, times 52 over 12; to the nearest penny.</summary>
    WeekToMonth,
    /// <summary>The one part, a year's, over 52; to the nearest penny.</summary>
    YearToWeek,
    /// <summary>The first part over the second, rounded up to a whole number: steps begun.</summary>
    StepsBegun,
    /// <summary>The first part over the second, rounded down to a whole number.</summary>
    WholeSteps,
    /// <summary>The first part over the second, a share; to the nearest penny.</summary>
    OverShare,
    /// <summary>The first part, rounded down to a multiple of the second.</summary>
    RoundedDown,
    /// <summary>An answer that was given.</summary>
    Answer,
    /// <summary>A rate in force.</summary>
    Rate,
    /// <summary>A number that follows from the answers by counting: children, years, rooms.</summary>
    Count,
    /// <summary>Nil because a rule says so; the parts show why.</summary>
    Nil,
}

/// <summary>
/// What the rules tell while they work. <see cref="NoTrace"/> says nothing and is compiled away; <see cref="Explaining"/> writes everything down. There is one set of rules for both.
/// </summary>
public interface ITracer
{
    /// <summary>False: no call has any effect, and none is made.</summary>
    static abstract bool On { get; }

    /// <summary>A step begins; what follows until its <see cref="Close"/> is its parts.</summary>
    void Open(Rule rule, How how, bool less = false, int person = -1);

    /// <summary>The step that was opened last comes to this.</summary>
    void Close(long amount);

    void Answer(Answer answer, long amount, bool less = false, int person = -1);

    void Rate(RateId rate, long amount, bool less = false);

    void Count(Rule what, long number);
}

/// <summary>Says nothing and costs nothing.</summary>
public readonly struct NoTrace : ITracer
{
    public static bool On => false;
    public void Open(Rule rule, How how, bool less = false, int person = -1) { }
    public void Close(long amount) { }
    public void Answer(Answer answer, long amount, bool less = false, int person = -1) { }
    public void Rate(RateId rate, long amount, bool less = false) { }
    public void Count(Rule what, long number) { }
}

/// <summary>Writes every step down.</summary>
public struct Explaining : ITracer
{
    internal readonly record struct Step(Rule Rule, How How, bool Less, int Person, long Amount, int Depth, int What);

    private readonly List<Step> _steps;
    private readonly Stack<int> _open;

    public Explaining() => (_steps, _open) = (new List<Step>(64), new Stack<int>(12));

    public static bool On => true;

    internal readonly IReadOnlyList<Step> Steps => _steps;

    public readonly void Open(Rule rule, How how, bool less = false, int person = -1)
    {
        _steps.Add(new Step(rule, how, less, person, 0, _open.Count, 0));
        _open.Push(_steps.Count - 1);
    }

    public readonly void Close(long amount)
    {
        var at = _open.Pop();
        _steps[at] = _steps[at] with { Amount = amount };
    }

    public readonly void Answer(Answer answer, long amount, bool less = false, int person = -1) => _steps.Add(new Step(default, How.Answer, less, person, amount, _open.Count, (int)answer));

    public readonly void Rate(RateId rate, long amount, bool less = false) => _steps.Add(new Step(default, How.Rate, less, -1, amount, _open.Count, (int)rate));

    public readonly void Count(Rule what, long number) => _steps.Add(new Step(what, How.Count, false, -1, number, _open.Count, 0));
}
