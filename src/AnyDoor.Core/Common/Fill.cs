using System.Text.RegularExpressions;

namespace AnyDoor.Common;

/// <summary>Texts with gaps, like <c>Reference {reference}</c>.</summary>
public static partial class Fill
{
    public static IEnumerable<string> Names(string text) => Gap().Matches(text).Select(m => m.Groups[1].Value).Distinct();

    /// <summary>Fills every gap in one pass, so that a value that looks like a gap stays a value.</summary>
    /// <exception cref="KeyNotFoundException">A gap has no value.</exception>
    public static string In(string text, IReadOnlyDictionary<string, string> values) =>
        Gap().Replace(text, m => values.TryGetValue(m.Groups[1].Value, out var value) ? value : throw new KeyNotFoundException($"Nothing fills {m.Value} in “{text}”."));

    [GeneratedRegex(@"\{([a-z_]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();
}
