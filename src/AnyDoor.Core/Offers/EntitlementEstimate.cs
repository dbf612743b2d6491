using System.Collections.Immutable;
using AnyDoor.Common;
using AnyDoor.Entitlements;

namespace AnyDoor.Offers;

/// <summary>One benefit over every way that the open answers may turn out. Pence a month.</summary>
/// <param name="Statements">One for each way, the first of them to be read out.</param>
public sealed record Estimated(Benefit Benefit, PenceRange Amount, Standing Standing, ImmutableArray<Statement> Statements)
{
    public Statement First => Statements[0];
    /// <summary>The working of the lowest figure.</summary>
    public Statement Lowest => Statements.MinBy(s => s.Amount.Low)!;
    public Statement Highest => Statements.MaxBy(s => s.Amount.High)!;
    public IEnumerable<OpenQuestion> Unknown => Statements.SelectMany(s => s.Unknown).Distinct();
}

/// <summary>
/// What a household would get by what it told, from <see cref="Engine"/>: an estimate, never a decision. Ranges where an answer is missing (R-INC-01).
/// </summary>
public sealed record EntitlementEstimate(Circumstances Circumstances, DateOnly From, ImmutableArray<MonthResult> Months, IReadOnlyList<Estimated> Benefits, string? Refusal)
{
    /// <summary>Benefits that a line of the offer stands for, by the check whose place it takes.</summary>
    private static readonly Dictionary<Benefit, string> Checks = new()
    {
        [Benefit.UniversalCredit] = "universal-credit", [Benefit.ChildBenefit] = "child-benefit", [Benefit.PensionCredit] = "pension-credit", [Benefit.FreeSchoolMeals] = "free-school-meals", [Benefit.HealthyStart] = "healthy-start",
        [Benefit.CarersAllowance] = "carers-allowance",
    };

    private const string CapGrace = "The benefit cap takes from this. It does not for nine months after pay fell, if together they earned enough in each of the twelve months before: ask, and report it. Worked out for both.";

    /// <summary>The month begins on the day: nobody's assessment period is known here.</summary>
    public static EntitlementEstimate Of(Circumstances circumstances, DateOnly from)
    {
        if (circumstances.Missing is { } missing) return new(circumstances, from, [], [], missing);
        var months = circumstances.Ways.Select(w => Engine.Official.Month(w, from)).ToImmutableArray();
        if (months.Any(m => m.Refusal is null && m.Lowest.TakenByCap > 0) && circumstances.Ways.All(w => w.GraceUntil is null))
        {
            // Nobody asked what they earned in the year before: with the nine months of grace, and without (Universal Credit Regulations 2013 reg. 82(2)).
            circumstances = circumstances.AndWith(w => w with { GraceUntil = from.AddMonths(1) }, CapGrace);
            months = [.. circumstances.Ways.Select(w => Engine.Official.Month(w, from))];
        }
        if (months.FirstOrDefault(m => m.Refusal is not null)?.Refusal is { } refused) return new(circumstances, from, [], [], refused);
        var benefits = Enum.GetValues<Benefit>().Select(b => (b, Said: months.Select(m => m.Of(b)).OfType<Statement>().ToImmutableArray())).Where(x => x.Said.Length > 0)
            .Select(x => new Estimated(x.b, new PenceRange(x.Said.Length < months.Length ? 0 : x.Said.Min(s => s.Amount.Low), x.Said.Max(s => s.Amount.High)), Together([.. x.Said.Select(s => s.Standing)]), x.Said)).ToList();
        return new(circumstances, from, months, benefits, null);
    }

    public Estimated? this[Benefit benefit] => Benefits.FirstOrDefault(b => b.Benefit == benefit);

    /// <summary>What there is to live on before rent and bills, pence a month.</summary>
    public PenceRange ToLiveOn => Months.IsEmpty ? default : new(Months.Min(m => m.Lowest.Total), Months.Max(m => m.Highest.Total));

    /// <summary>The tax year of the rates, like <c>2026/27</c>.</summary>
    public string Rates => TaxYears.Of(From);

    /// <summary>Lines of the offer. What is paid already has no line, but for Universal Credit that should be another sum; what is not due is told so with its reason.</summary>
    public IReadOnlyList<EntitlementLine> Lines()
    {
        var lines = new List<EntitlementLine>();
        foreach (var (benefit, id) in Checks)
        {
            if (this[benefit] is not { } found || found.Standing == Standing.NotKnown) continue;
            var paid = Circumstances.Gets?.Contains(id) == true;
            if (benefit == Benefit.UniversalCredit && paid) { if (Changed(found) is { } changed) lines.Add(changed); continue; }
            if (paid || EntitlementCheck.Current.FirstOrDefault(c => c.Id == id) is not { } check) continue;
            lines.Add(new EntitlementLine(id, check.Title, Why(found), check.Who, check.WayIn, found.Amount.High > 0 ? new Money(found.Amount.Low) : null, found.Amount.High > 0 ? new Money(found.Amount.High) : null, RestsOnWords)
            {
                NotDue = found.Standing == Standing.NotEntitled, Working = true,
            });
        }
        return lines;
    }

    /// <summary>Universal Credit that is paid and would be another sum by what was said.</summary>
    private EntitlementLine? Changed(Estimated found)
    {
        const string id = "universal-credit-change";
        if (EntitlementCheck.Current.FirstOrDefault(c => c.Id == id) is not { } check || Circumstances.UniversalCreditPaid is not { } paid) return null;
        var (low, high) = (found.Amount.Low - paid.Pence, found.Amount.High - paid.Pence);
        // Within a pound either way it is what they get.
        if (high <= 100 && low >= -100) return null;
        var should = found.Amount.IsExact ? $"it would be {new Money(found.Amount.Low)}" : $"it would be {new Money(found.Amount.Low)} to {new Money(found.Amount.High)}";
        var why = high > 100 ? $"They get {paid} a month; by what they told {should}." : $"They get {paid} a month, and by what they told {should}: less. Look at the working with them before anything is reported, since too much paid is taken back.";
        return new EntitlementLine(id, check.Title, why, check.Who, check.WayIn, high > 100 ? new Money(Math.Max(0, low)) : null, high > 100 ? new Money(high) : null, RestsOnWords) { Working = true };
    }

    private string Why(Estimated found) => found.Standing switch
    {
        Standing.NotEntitled => found.First.Sentence,
        _ when found.Benefit == Benefit.FreeSchoolMeals => found.First.Sentence,
        Standing.Depends when found.Unknown.Any() => $"By what they told. It hangs on: {Say(found.Unknown)}",
        _ => found.Amount.IsExact ? "By what they told, with this year’s rates." : "By what they told: a range, because an answer is open or pay changes.",
    };

    /// <summary>Open questions, with whom each is about.</summary>
    public string Say(IEnumerable<OpenQuestion> open) => string.Join(" ", open.Select(q => q.Person is { } id && Circumstances.Names.TryGetValue(id, out var name) ? $"{name}: {char.ToLowerInvariant(q.Question[0])}{q.Question[1..]}" : q.Question));

    private string RestsOnWords => $"{Rates} rates. {string.Join(". ", Circumstances.RestsOn.Select(r => $"{r.What}: {r.Value}"))}.";

    private static Standing Together(Standing[] all) => all.Contains(Standing.NotKnown) ? Standing.NotKnown : all.Distinct().Count() == 1 ? all[0] : Standing.Depends;
}
