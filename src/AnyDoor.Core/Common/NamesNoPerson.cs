using System.Text.RegularExpressions;

namespace AnyDoor.Common;

/// <summary>
/// Looks whether words that must name nobody seem to: a way to reach somebody, a home, a birth date, a name. It errs on the side of asking again: what is refused can be said
/// another way. Common given names are data (<c>Content/given-names.json</c>).
/// </summary>
public static partial class NamesNoPerson
{
    private sealed record GivenNames(string Owner, string Source, DateOnly Starts, IReadOnlyList<string> Names);
    private static readonly Lazy<HashSet<string>> Given = new(() => ContentFiles.Read<GivenNames>("given-names.json").Names.ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>Null: it seems to name nobody. Otherwise a sentence that says what it seems to hold.</summary>
    /// <param name="known">Names of places and groups that may stand in it.</param>
    public static string? WhyNot(string? words, Func<string, bool>? known = null)
    {
        if (string.IsNullOrWhiteSpace(words)) return null;
        if (Email().IsMatch(words)) return "This holds an e-mail address. Leave it out: write only what is needed, how many and where.";
        if (Insurance().IsMatch(words)) return "This holds what looks like a National Insurance number. Leave it out: write only what is needed, how many and where.";
        if (Phone().IsMatch(words)) return "This holds what looks like a telephone number. Leave it out: write only what is needed, how many and where.";
        if (FullPostcode().IsMatch(words)) return "This holds a full postcode, which can point to one home. Name the town or village instead.";
        if (Birth().IsMatch(words)) return "This holds what looks like a date of birth. Leave it out: write “children under 5”, not a day.";
        if (Home().Match(words) is { Success: true } home) return $"“{home.Value.Trim()}” looks like somebody’s address. Name the town or village instead.";
        if (Titled().Match(words) is { Success: true } titled) return Named(titled.Value);
        foreach (Match word in Word().Matches(words))
            if (char.IsUpper(word.Value[0]) && Given.Value.Contains(word.Value) && known?.Invoke(word.Value) != true) return Named(word.Value);
        foreach (Match pair in Pair().Matches(words))
            if (known?.Invoke(pair.Value) != true && pair.Value.Split(' ').Any(w => known?.Invoke(w) != true)) return Named(pair.Value);
        return null;
    }

    private static string Named(string what) => $"“{what.Trim()}” looks like somebody’s name. Leave out who it is; if it is no name, write it in small letters.";

    [GeneratedRegex(@"[^\s@]+@[^\s@]+\.\w+")]
    private static partial Regex Email();
    [GeneratedRegex(@"(?<![\d£.])\+?\(?\d(?:[\s().-]?\d){8,}")]
    private static partial Regex Phone();
    [GeneratedRegex(@"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", RegexOptions.IgnoreCase)]
    private static partial Regex FullPostcode();
    [GeneratedRegex(@"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", RegexOptions.IgnoreCase)]
    private static partial Regex Insurance();
    [GeneratedRegex(@"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}\b|\bborn\b", RegexOptions.IgnoreCase)]
    private static partial Regex Birth();
    [GeneratedRegex(@"\b(?:flat\s+)?\d{1,4}[a-z]?,?\s+(?:[A-Z][\w’']+\s+){1,3}(?:street|road|lane|avenue|close|way|drive|court|crescent|place|gardens|terrace|row|walk|green|hill|st|rd)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Home();
    [GeneratedRegex(@"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Rev|Sir|Lady)\.?\s+[A-Z][\w’'-]+")]
    private static partial Regex Titled();
    [GeneratedRegex(@"\p{L}[\p{L}’'-]*")]
    private static partial Regex Word();
    [GeneratedRegex(@"\b\p{Lu}\p{Ll}[\p{L}’'-]*\s+\p{Lu}[\p{L}’'-]+\b")]
    private static partial Regex Pair();
}
