using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Funds;
using AnyDoor.Vocabulary;

namespace AnyDoor.Offers;

/// <summary>What stands in the way of an award, whatever the rules of eligibility say.</summary>
public enum AwardBar { None, SchemeNotOpen, LimitReached, NotEnoughMoney }

/// <summary>One type of award of one scheme, as its rules read for this household on the day.</summary>
public sealed record AwardCandidate
{
    public required string SchemeId { get; init; }
    public required string SchemeName { get; init; }
    public required string AwardType { get; init; }
    public required string Label { get; init; }
    /// <summary>The needs it answers.</summary>
    public required IReadOnlyList<string> Needs { get; init; }
    public required Verdict Verdict { get; init; }
    /// <summary>What the rule gives; none when the fact it goes by is not known or no rule sets an amount.</summary>
    public Money? Amount { get; init; }
    /// <summary>The amount is the most, not the sum itself.</summary>
    public bool UpTo { get; init; }
    public required Money Most { get; init; }
    /// <summary>Facts that made it so.</summary>
    public IReadOnlyList<string> Because { get; init; } = [];
    public IReadOnlyList<string> Ask { get; init; } = [];
    /// <summary>As staff cite it: <c>Rule 2.1</c>.</summary>
    public string? Cite { get; init; }
    public string? RuleWords { get; init; }
    /// <summary>What to do when the answer is no.</summary>
    public string? Otherwise { get; init; }
    public bool Cash { get; init; }
    public required string Delivery { get; init; }
    /// <summary>Papers to see before it is sure.</summary>
    public IReadOnlyList<string> ToSee { get; init; } = [];
    public string? NeedsReason { get; init; }
    public string? Note { get; init; }
    /// <summary>Help of the same kind lately: it asks for a reason and stops nothing.</summary>
    public string? RecentHelp { get; init; }
    /// <summary>What its scheme has left, and the limits that it counts in with what each has left: lines that stand together share them.</summary>
    public Money? Available { get; init; }
    public IReadOnlyList<LimitFinding> Limits { get; init; } = [];
    public Money Least { get; init; }
    public AwardBar Bar { get; init; }
    public string? BarWords { get; init; }

    /// <summary>Reads a scheme's rules for a household: pure.</summary>
    public static AwardCandidate From(SchemeDefinition scheme, AwardType type, DateTime at, Money available, DateTime? closesAt, string? closeWords, Facts facts, IReadOnlyList<PastAward> history, Guid? episode)
    {
        var read = SchemeRules.Assess(scheme, type, at, facts, history, episode);
        var most = read.Limits.Where(l => l.Left is not null).Select(l => l.Left!.Value).Append(type.Most).Min();
        var reached = read.Limits.FirstOrDefault(l => l.AwardsLeft is <= 0 || l.Left is { } left && left < type.Least);
        Money? amount = read.Amount?.Amount is { } full ? full < most ? full : most : null;
        // No more can be promised than there is; a fixed sum that the money does not reach is not given in part.
        if (available < most) most = available;
        if (amount is { } upToSum && read.Amount?.UpTo == true && available < upToSum) amount = available;
        var (bar, words) = BarOf(scheme, at, closesAt, closeWords, reached, amount, read.Amount?.UpTo ?? true, type, available);
        var no = read.FirstNo;
        var cited = no?.Rule ?? reached?.Rule ?? read.Cited;
        return new AwardCandidate
        {
            SchemeId = scheme.Id, SchemeName = scheme.Name, AwardType = type.Id, Label = type.Label, Needs = type.Needs, Verdict = read.Verdict, Amount = amount,
            UpTo = read.Amount?.UpTo ?? true, Most = amount ?? most, Because = [.. read.Findings.SelectMany(f => f.Finding.Because).Append("household.size").Distinct()],
            Ask = [.. read.Ask.Concat(type.Asks.Where(f => facts.Known(f) is null)).Distinct()], Cite = cited?.Cite, RuleWords = cited?.Words, Otherwise = no?.Rule.Otherwise ?? reached?.Rule.Otherwise,
            Cash = type.Form is null or "cash" or "payment-to-landlord", Delivery = DeliveryWords(type), ToSee = type.ToSee, NeedsReason = type.NeedsReason, Note = type.Note,
            RecentHelp = read.RecentHelp.Count > 0 ? read.RecentHelp[0].Sentence(type.Label) : null, Bar = bar, BarWords = words, Available = available, Limits = read.Limits, Least = type.Least,
        };
    }

    private static (AwardBar, string?) BarOf(SchemeDefinition scheme, DateTime at, DateTime? closesAt, string? closeWords, LimitFinding? reached, Money? amount, bool upTo, AwardType type, Money available)
    {
        if (at < scheme.OpenFrom) return (AwardBar.SchemeNotOpen, $"{scheme.Name} opens on {LondonTime.Day(LondonTime.DayOf(scheme.OpenFrom))}.");
        if (closesAt is { } closed && at >= closed) return (AwardBar.SchemeNotOpen, closeWords ?? $"{scheme.Name} is closed.");
        if (at >= scheme.OpenUntil) return (AwardBar.SchemeNotOpen, $"{scheme.Name} ended on {LondonTime.Day(scheme.Closes)}.");
        if (reached is not null) return (AwardBar.LimitReached, reached.Rule.Words);
        var least = upTo ? type.Least : amount ?? type.Least;
        return available < least ? (AwardBar.NotEnoughMoney, $"{scheme.Name} has {available} left, and this would be {(upTo ? "at least " : "")}{least}.") : (AwardBar.None, null);
    }

    private static string DeliveryWords(AwardType type) => type.Form switch
    {
        null or "cash" => "Cash first: printed today as a letter that is used once.",
        "payment-to-landlord" => "Paid towards the rent.",
        "voucher" => "A voucher, printed today.",
        _ => "The thing itself, ordered for them.",
    };

    internal string Why(Facts facts)
    {
        var phrases = Because.Select(f => FactPhrases.Say(f, facts)).OfType<string>().ToList();
        return phrases.Count == 0 ? RuleWords ?? $"{Label} answers what was asked for." : FactPhrases.UpperFirst(string.Join("; ", phrases)) + ".";
    }
}
