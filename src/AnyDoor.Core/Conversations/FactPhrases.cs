using System.Globalization;
using AnyDoor.Common;
using AnyDoor.Vocabulary;

namespace AnyDoor.Conversations;

/// <summary>Says a fact in a few words, for the reason of an offer, the cause of urgency and the read-back. Nothing is said of what is not known.</summary>
public static class FactPhrases
{
    private static readonly string[] Small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    public static string Count(long number) => number >= 0 && number < Small.Length ? Small[number] : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Pence as people say them: <c>84p</c>, <c>£4.20</c>.</summary>
    public static string Money(long pence) => pence is >= 0 and < 100 ? $"{pence}p" : new Money(pence).ToString();

    public static string? Say(string fact, Facts facts)
    {
        var words = Words.Current;
        switch (fact)
        {
            case Predicate.Area: return facts.Authority is { } authority ? $"lives in the area of {authority}" : null;
            case "needs": return facts.Options(fact) is { Count: > 0 } needs ? "asked about " + Join([.. needs.Select(n => LowerFirst(words.Need(n)?.Plain ?? n))]) : null;
            case "household.size": return facts.Number(fact) is { } size and > 0 ? $"household of {Count(size)}" : null;
            case "household.children": return facts.Number(fact) is { } children and > 0 ? children == 1 ? "one child" : $"{Count(children)} children" : null;
            case "energy.meter_left_pence": return facts.Number(fact) is { } left ? $"{Money(left)} left on the meter" : null;
            case "shock.money_left_pence": return facts.Number(fact) is { } money ? $"{Money(money)} until more money comes" : null;
            case "home.rent_missed_months": return facts.Number(fact) switch { null or 0 => null, 1 => "one month’s rent missed", { } months => $"{Count(months)} months’ rent missed" };
            case "home.rent_monthly_pence": return facts.Number(fact) is { } rent ? $"rent of {new Money(rent)} a month" : null;
            case "income.annual_pence": return facts.Number(fact) is { } income ? $"about {new Money(income)} a year coming in" : null;
            case "benefits.list": return facts.Options(fact) is { Count: > 0 } benefits && !benefits.Contains("none") ? "gets " + Join([.. benefits.Select(b => Label(fact, b))]) : null;
            case "home.notice_to_leave": return Yes(fact, facts) ? "a notice to leave" : null;
            case "debts.bailiff": return Yes(fact, facts) ? "a bailiff has been or written" : null;
            case "household.expecting_a_baby": return Yes(fact, facts) ? "a baby on the way" : null;
            case "health.needs_power_or_cold_storage": return Yes(fact, facts) ? "needs power or cold storage for health" : null;
            case "benefits.universal_credit_includes_rent": return Yes(fact, facts) ? "Universal Credit includes money for rent" : null;
            case "carer.looks_after_anyone": return Yes(fact, facts) ? "looks after somebody" : null;
        }
        var known = words.Fact(fact);
        if (known is not { Type: "choice" or "choices" } || facts.Options(fact) is not { Count: > 0 } chosen) return null;
        // Having fled is never put in a reason that may be printed or read aloud.
        var labels = chosen.Where(o => o is not ("none" or "rather-not" or "other" or "fled")).Select(o => LowerFirst(Label(fact, o))).ToList();
        return labels.Count == 0 ? null : Join(labels);
    }

    public static string Join(IReadOnlyList<string> parts) => parts.Count switch { 0 => "", 1 => parts[0], _ => $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}" };

    public static string UpperFirst(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static string LowerFirst(string text) => text.Length < 2 || text.StartsWith("I ", StringComparison.Ordinal) || char.IsUpper(text[1]) ? text : char.ToLowerInvariant(text[0]) + text[1..];

    private static bool Yes(string fact, Facts facts) => facts.Options(fact)?.Contains("yes") == true;

    private static string Label(string fact, string option) => Words.Current.Fact(fact)?.Options?.FirstOrDefault(o => o.Id == option)?.Label ?? option;
}
