using System.Globalization;
using System.Text.RegularExpressions;

namespace AnyDoor.ServiceDirectory;

/// <summary>Reads opening times that stand in words: “Tuesday 11.00 – 13.00”, “Mon to Fri 9am-5pm”, “first Monday of the month, 2pm to 4pm”. What cannot be read whole stays words.</summary>
internal static partial class ScheduleWords
{
    private static readonly string[] Order = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    private static readonly Dictionary<string, string> Nths = new(StringComparer.OrdinalIgnoreCase)
    {
        ["first"] = "1", ["1st"] = "1", ["second"] = "2", ["2nd"] = "2", ["third"] = "3", ["3rd"] = "3", ["fourth"] = "4", ["4th"] = "4", ["last"] = "-1",
    };

    /// <summary>Rules for all of it, or none: half of the hours would send people to a shut door.</summary>
    public static IReadOnlyList<OpeningRule> Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 600) return [];
        if (AlwaysOpen().IsMatch(text)) return [new OpeningRule { Frequency = OpeningFrequency.Daily, Opens = new(0, 0), Closes = new(23, 59) }];
        if (Doubt().IsMatch(text)) return [];
        var rules = new List<OpeningRule>();
        List<string>? days = null;
        foreach (Match part in Part().Matches(text))
        {
            if (part.Groups["days"] is { Success: true } named)
            {
                var closed = text.AsSpan(part.Index + part.Length).TrimStart(" :-–,".AsSpan()).StartsWith("closed", StringComparison.OrdinalIgnoreCase);
                days = closed ? null : Days(named.Value);
                if (closed || days is { Count: > 0 }) continue;
                return [];
            }
            if (days is null) return [];
            if (Times(part.Groups["from"].Value, part.Groups["to"].Value) is not var (opens, closes)) return [];
            rules.Add(new OpeningRule { Frequency = days.Any(d => d.Length > 2) ? OpeningFrequency.Monthly : OpeningFrequency.Weekly, ByDay = days, Opens = opens, Closes = closes });
        }
        // A day that was named without its hours is not known.
        var left = Part().Replace(text, " ");
        return Filler().Replace(left, "").Any(char.IsLetterOrDigit) ? [] : rules;
    }

    /// <summary>One time of the day: <c>9am</c>, <c>14.30</c>, <c>12 noon</c>, <c>10:00:00</c>, <c>18:30Z</c>, <c>09:00+01:00</c>.</summary>
    public static TimeOnly? Time(string? text, bool afternoon = false)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var m = ATime().Match(text.Trim());
        if (!m.Success) return text.Contains("noon", StringComparison.OrdinalIgnoreCase) || text.Contains("midday", StringComparison.OrdinalIgnoreCase) ? new(12, 0) : text.Contains("midnight", StringComparison.OrdinalIgnoreCase) ? new(23, 59) : null;
        var hour = int.Parse(m.Groups["h"].Value, CultureInfo.InvariantCulture);
        var minute = m.Groups["m"].Success ? int.Parse(m.Groups["m"].Value, CultureInfo.InvariantCulture) : 0;
        var half = m.Groups["half"].Value.ToLowerInvariant();
        if (half.StartsWith('p') && hour < 12) hour += 12;
        else if (half.StartsWith('a') && hour == 12) hour = 0;
        else if (half.Length == 0 && afternoon && hour is > 0 and < 8) hour += 12;
        if (hour == 24 && minute == 0) return new(23, 59);
        return hour < 24 && minute < 60 ? new(hour, minute) : null;
    }

    public static string? DayCode(string? text)
    {
        if (text is not { Length: > 1 }) return null;
        var at = Array.IndexOf(Order, text.Trim()[..2].ToUpperInvariant());
        return at < 0 ? null : Order[at];
    }

    private static (TimeOnly, TimeOnly)? Times(string from, string to)
    {
        // “2-4pm” is two in the afternoon.
        var shared = Time(to) is { Hour: >= 12 } && !from.Contains('m', StringComparison.OrdinalIgnoreCase) && to.Contains('p', StringComparison.OrdinalIgnoreCase);
        var opens = Time(from, afternoon: shared);
        var closes = Time(to, afternoon: true);
        if (opens is null || closes is null) return null;
        if (shared && opens > closes) opens = Time(from);
        if (opens > closes && closes.Value.Hour < 8 && opens.Value.Hour < 12) closes = closes.Value.AddHours(12);
        return (opens!.Value, closes!.Value);
    }

    private static List<string> Days(string text)
    {
        if (text.Contains("weekday", StringComparison.OrdinalIgnoreCase)) return [.. Order[..5]];
        if (text.Contains("weekend", StringComparison.OrdinalIgnoreCase)) return [.. Order[5..]];
        if (EveryDay().IsMatch(text)) return [.. Order];
        var nths = Nth().Matches(text).Select(m => Nths[m.Value]).ToList();
        var days = new List<string>();
        foreach (Match m in Range().Matches(text))
        {
            var (first, last) = (Array.IndexOf(Order, DayCode(m.Groups["a"].Value)), Array.IndexOf(Order, DayCode(m.Groups["b"].Value)));
            for (var i = first; ; i = (i + 1) % 7) { days.Add(Order[i]); if (i == last) break; }
        }
        var rest = Range().Replace(text, " ");
        days.AddRange(ADay().Matches(rest).Select(m => DayCode(m.Value)!));
        days = [.. days.Distinct().OrderBy(d => Array.IndexOf(Order, d))];
        return nths.Count == 0 ? days : [.. days.SelectMany(d => nths.Select(n => n + d))];
    }

    private const string DayWord = @"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?";
    private const string TimeWord = @"(?:\d{1,2}(?:[:.]\d{2})?(?::\d{2})?\s*(?:a\.?m\.?|p\.?m\.?)?(?:\s*noon)?|noon|midday|midnight)";
    private const string NthWord = @"(?:first|second|third|fourth|last|1st|2nd|3rd|4th)";

    [GeneratedRegex($@"(?<days>(?:(?:every|each|on|the|{NthWord}|and|&|,)\s+)*(?:\b{DayWord}\b|\bweekdays?\b|\bweekends?\b|\bdaily\b|\bevery day\b|\b(?:7|seven) days(?: a week)?\b)\.?(?:\s*(?:,|&|and|to|-|–|—|/|\+|through|the|{NthWord}|\s)\s*(?:{NthWord}\s+)?(?:and\s+|&\s*)?\b{DayWord}\b\.?)*(?:\s+(?:of (?:the|each|every) month|in (?:the|each) month|each month|of every month|inclusive))?)|(?<from>{TimeWord})\s*(?:-|–|—|to|until|till|and)\s*(?<to>{TimeWord})", RegexOptions.IgnoreCase)]
    private static partial Regex Part();

    [GeneratedRegex($@"\b(?<a>{DayWord})\b\.?\s*(?:-|–|—|to|through)\s*\b(?<b>{DayWord})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Range();

    [GeneratedRegex($@"\b{DayWord}\b", RegexOptions.IgnoreCase)]
    private static partial Regex ADay();

    [GeneratedRegex($@"\b{NthWord}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Nth();

    [GeneratedRegex(@"\b(?:daily|every day|(?:7|seven) days)\b", RegexOptions.IgnoreCase)]
    private static partial Regex EveryDay();

    [GeneratedRegex(@"\b(?:24/7|24 hours(?: a day)?(?:,? (?:7|seven) days(?: a week)?)?|24hrs|round the clock|open all hours)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AlwaysOpen();

    // What makes the hours not hold every week.
    [GeneratedRegex(@"\b(?:fortnight|alternate|every other|term[\s-]?time|appointment|ring|call|contact|check|vary|varies|except|excluding|school holidays|by arrangement|depending|seasonal|summer|winter|christmas|between \w+ and \w+ only|bi-?weekly)", RegexOptions.IgnoreCase)]
    private static partial Regex Doubt();

    [GeneratedRegex(@"\b(?:open|opening|times?|hours|from|at|on|and|closed|sessions?|drop[\s-]?in|morning|afternoon|evening|every|each|week|the|are|is|we|between|bank holidays?)s?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Filler();

    [GeneratedRegex(@"^(?:T)?(?<h>\d{1,2})(?:[:.](?<m>\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?<half>a\.?m\.?|p\.?m\.?)?(?:\s*noon)?(?:Z|[+-]\d{2}:?\d{2})?$", RegexOptions.IgnoreCase)]
    private static partial Regex ATime();
}
