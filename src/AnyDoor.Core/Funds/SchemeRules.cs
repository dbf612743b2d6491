using AnyDoor.Common;
using AnyDoor.Vocabulary;

namespace AnyDoor.Funds;

/// <summary>An earlier award of the household, as limits and notices see it.</summary>
public sealed record PastAward(string SchemeId, string AwardType, Guid? EpisodeId, Money Amount, DateTime EffectiveAt, DateOnly EffectiveOn, AwardStatus Status, string? NotCountedBy);

/// <summary>What one eligibility rule says about this household.</summary>
public sealed record RuleFinding(SchemeRule Rule, Finding Finding);

/// <summary>The most that can be given, by its rule. No amount while the fact it goes by is unknown.</summary>
public sealed record AmountFinding(SchemeRule Rule, Money? Amount, bool UpTo, IReadOnlyList<string> Ask);

/// <summary>How much of a limit is left.</summary>
public sealed record LimitFinding(SchemeRule Rule, Money? Left, int? AwardsLeft)
{
    public bool Allows(Money amount) => (Left is not { } left || amount <= left) && AwardsLeft is not <= 0;
}

/// <summary>Help of the same kind, lately. The kind and the week: never who gave it or why.</summary>
public sealed record RecentHelp(SchemeRule Rule, string AwardType, DateOnly WeekOf)
{
    public string Sentence(string label) => $"{label}: help of this kind was given in the week of {LondonTime.Day(WeekOf)}. It does not stop this award: say why it is needed again.";
}

/// <summary>What the rules of one day say about one type of award for one household.</summary>
/// <param name="NotCountedBy">Limits that will not count this award.</param>
public sealed record Assessment(
    Verdict Verdict, IReadOnlyList<RuleFinding> Findings, AmountFinding? Amount, IReadOnlyList<LimitFinding> Limits, IReadOnlyList<RecentHelp> RecentHelp, IReadOnlyList<string> NotCountedBy)
{
    public RuleFinding? FirstNo => Findings.FirstOrDefault(f => f.Finding.Verdict == Verdict.No);

    /// <summary>What to ask, so that a maybe becomes a yes or a no.</summary>
    public IReadOnlyList<string> Ask => [.. Findings.SelectMany(f => f.Finding.Ask).Concat(Amount?.Ask ?? []).Distinct()];

    /// <summary>The rule a decision cites: the one that gives the amount, else the closest to this type of award.</summary>
    public SchemeRule? Cited => Amount?.Rule ?? Findings.Where(f => f.Finding.Verdict == Verdict.Yes)
        .OrderByDescending(f => f.Rule.AwardTypes is not null).ThenByDescending(f => f.Finding.Because.Any(b => b != Predicate.Area)).FirstOrDefault()?.Rule
        ?? (Findings.Count > 0 ? Findings[0].Rule : null);
}

/// <summary>Reads a scheme's dated rules. Pure: a definition, a day, what is known and what was given before go in; findings come out.</summary>
public static class SchemeRules
{
    public static Assessment Assess(SchemeDefinition scheme, AwardType type, DateTime effectiveAt, Facts facts, IReadOnlyList<PastAward> history, Guid? episode)
    {
        var day = LondonTime.DayOf(effectiveAt);
        var findings = new List<RuleFinding>();
        var limits = new List<LimitFinding>();
        var recent = new List<RecentHelp>();
        var notCounted = new List<string>();
        AmountFinding? amount = null;
        foreach (var rule in scheme.RulesOn(day, type.Id).Where(r => !r.ReportOnly))
        {
            if (rule.Unless?.Of(facts).Verdict == Verdict.Yes)
            {
                if (rule.Limit is not null) notCounted.Add(rule.Id);
                continue;
            }
            if (rule.When is { } when) findings.Add(new RuleFinding(rule, when.Of(facts)));
            if (rule.Amount is { } by) amount = Amount(rule, by, facts);
            if (rule.Limit is { } limit) limits.Add(Limit(scheme, rule, limit, history, episode, day));
            if (rule.Notice is { } notice && Recent(rule, notice, type, history, effectiveAt) is { } help) recent.Add(help);
        }
        var verdict = findings.Any(f => f.Finding.Verdict == Verdict.No) ? Verdict.No
            : findings.Any(f => f.Finding.Verdict == Verdict.Maybe) || amount is { Amount: null } ? Verdict.Maybe : Verdict.Yes;
        return new Assessment(verdict, findings, amount, limits, recent, notCounted);
    }

    private static AmountFinding Amount(SchemeRule rule, RuleAmount by, Facts facts)
    {
        if (by.UpToFact is { } fact)
            return new AmountFinding(rule, facts.Number(fact) is { } most ? new Money(most) : null, UpTo: true, facts.Number(fact) is null ? [fact] : []);
        const string Size = "household.size";
        return facts.Number(Size) is { } people && people > 0
            ? new AmountFinding(rule, by.ByHouseholdSize![(int)Math.Min(people, by.ByHouseholdSize.Count) - 1], UpTo: false, [])
            : new AmountFinding(rule, null, UpTo: false, [Size]);
    }

    private static LimitFinding Limit(SchemeDefinition scheme, SchemeRule rule, RuleLimit limit, IReadOnlyList<PastAward> history, Guid? episode, DateOnly day)
    {
        var counted = history.Where(a => a.SchemeId == scheme.Id && a.Status is (AwardStatus.Committed or AwardStatus.Issued or AwardStatus.Redeemed))
            .Where(a => rule.AwardTypes is null || rule.AwardTypes.Contains(a.AwardType))
            .Where(a => a.NotCountedBy is null || !a.NotCountedBy.Split(',').Contains(rule.Id))
            // A year is the 12 months to the award. What was awarded for a later day counts too: the order of writing must not make room.
            .Where(a => limit.Per == LimitPer.CrisisEpisode ? episode is not null && a.EpisodeId == episode : a.EffectiveOn > day.AddYears(-1))
            .ToList();
        return new LimitFinding(rule,
            limit.Pence is { } most ? new Money(Math.Max(0, most.Pence - counted.Sum(a => a.Amount.Pence))) : null,
            limit.Awards is { } awards ? Math.Max(0, awards - counted.Count) : null);
    }

    private static RecentHelp? Recent(SchemeRule rule, RuleNotice notice, AwardType type, IReadOnlyList<PastAward> history, DateTime at)
    {
        var last = history.Where(a => a.Status is not (AwardStatus.Cancelled or AwardStatus.Expired))
            .Where(a => !notice.SameType || a.AwardType == type.Id)
            .Where(a => a.EffectiveAt <= at && a.EffectiveOn >= LondonTime.DayOf(at).AddDays(-notice.Days))
            .MaxBy(a => a.EffectiveAt);
        return last is null ? null : new RecentHelp(rule, last.AwardType, MondayOf(last.EffectiveOn));
    }

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
