using AnyDoor.Common;
using AnyDoor.Vocabulary;

namespace AnyDoor.Funds;

/// <summary>A scheme as its file states it: dated data, read and never changed.</summary>
public sealed record SchemeDefinition(
    string Id, string Name, string Fund, string Authority, DateOnly Opens, DateOnly Closes, Money Allocation, SchemeDecision Decision,
    RoundDefinition? Round, IReadOnlyList<AwardType> AwardTypes, IReadOnlyList<Category> Categories, IReadOnlyList<HouseholdType> HouseholdTypes, IReadOnlyList<SchemeRule> Rules)
{
    public AwardType? Type(string id) => AwardTypes.FirstOrDefault(t => t.Id == id);
    public string CategoryName(string id) => Categories.FirstOrDefault(c => c.Id == id)?.Name ?? id;

    /// <summary>Awards are effective from here: the round's first day, and not before the decision.</summary>
    public DateTime OpenFrom => LondonTime.ToUtc(Opens > Decision.Date ? Opens : Decision.Date, TimeOnly.MinValue);

    /// <summary>… and before here: the end of the round's last day.</summary>
    public DateTime OpenUntil => LondonTime.ToUtc(Closes.AddDays(1), TimeOnly.MinValue);

    /// <summary>The rules that count on a day for one type of award: of each id, the one that started last.</summary>
    public IEnumerable<SchemeRule> RulesOn(DateOnly day, string awardType) =>
        Rules.Where(r => r.Starts <= day).GroupBy(r => r.Id).Select(g => g.MaxBy(r => r.Starts)!)
            .Where(r => (r.Ends is null || day <= r.Ends) && (r.AwardTypes is null || r.AwardTypes.Contains(awardType)));
}

/// <summary>Who authorised the scheme: awards before that day are refused.</summary>
public sealed record SchemeDecision(string Body, DateOnly Date, string Minute);

/// <summary>The grant above the scheme, which its schemes together may never exceed.</summary>
public sealed record RoundDefinition(string Id, string? Name, string Grantor, DateOnly Opens, DateOnly Closes, Money Grant, string? Predecessor);

public sealed record Category(string Id, string Name);

public sealed record HouseholdType(string Id, string Name, Predicate When);

public sealed record AwardType(
    string Id, string Label, Money Least, Money Most, string Category, string? Strand, string? Form, IReadOnlyList<string> Needs, IReadOnlyList<string> Deliveries,
    int? ExpiresAfterDays, IReadOnlyList<string> Asks, string? NeedsReason, string? Note)
{
    /// <summary>Papers to see before it is given.</summary>
    public IReadOnlyList<string> ToSee { get; init; } = [];

    /// <summary>A letter that states no end can be used until the round ends.</summary>
    public DateOnly? LastDay(DateOnly issuedOn) => ExpiresAfterDays is { } days ? issuedOn.AddDays(days) : null;
}

public enum LimitPer { CrisisEpisode, HouseholdYear }

public sealed record RuleLimit(LimitPer Per, Money? Pence, int? Awards);

public sealed record RuleNotice(int Days, bool SameType);

/// <summary>What is offered: by the number of people, the last amount for that many or more; or up to a fact.</summary>
public sealed record RuleAmount(IReadOnlyList<Money>? ByHouseholdSize, string? UpToFact);

/// <summary>One dated rule, in words a household can read. Exactly one of eligibility (<see cref="When"/>, with or without an amount), limit, notice or amount.</summary>
public sealed record SchemeRule(
    string Id, string? Number, DateOnly Starts, DateOnly? Ends, string Words, IReadOnlyList<string>? AwardTypes,
    Predicate? When, RuleLimit? Limit, RuleNotice? Notice, RuleAmount? Amount, Predicate? Unless, string? Otherwise, bool ReportOnly)
{
    /// <summary>As staff cite it: <c>rule 2.1</c>.</summary>
    public string Cite => $"Rule {Number ?? Id}";
}
