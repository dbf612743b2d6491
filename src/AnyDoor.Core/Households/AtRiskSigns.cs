using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AnyDoor.Common;

namespace AnyDoor.Households;

/// <summary>An answer that says it, whoever asked: one option of one fact.</summary>
public sealed record AtRiskAnswer(string Fact, string Value);

/// <param name="Language">The language of the words, like <c>pl</c>. Every language is looked for in every text: people mix them.</param>
/// <param name="Pattern">Over words without accents and with straight quotes; <c>&lt;name&gt;</c> stands for one of the file's parts.</param>
/// <param name="Matches">Words that it must find.</param>
/// <param name="DoesNotMatch">Words that it must leave alone.</param>
public sealed record AtRiskPattern(string Id, string Language, string Means, string Pattern, IReadOnlyList<string> Matches, IReadOnlyList<string> DoesNotMatch);

/// <summary>
/// What says that somebody may be looking for a person, so that where they live is hidden: answers, needs and words, as dated data (<c>Content/at-risk.json</c>).
/// Where it errs it errs towards hiding: a duty manager's word takes it off.
/// </summary>
public sealed class AtRiskSigns
{
    // No text of ours takes a hundredth of this; one that is made to take long is hidden, not waited for.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly File file;
    private readonly IReadOnlyList<Regex> all;

    private AtRiskSigns(File file)
    {
        this.file = file;
        all = [.. file.Patterns.Select(p => new Regex(Plain(file.Parts.Reverse().Aggregate(p.Pattern, (pattern, part) => pattern.Replace($"<{part.Key}>", part.Value, StringComparison.Ordinal))),
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Longest))];
    }

    public static AtRiskSigns Current { get; } = new(ContentFiles.Read<File>("at-risk.json"));

    public IReadOnlyList<AtRiskPattern> Patterns => file.Patterns;

    public bool InNeed(string need) => file.Needs.Contains(need);

    /// <param name="value">As it is kept: JSON.</param>
    public bool InAnswer(string fact, string value)
    {
        using var told = JsonDocument.Parse(value);
        var root = told.RootElement;
        return root.ValueKind switch
        {
            JsonValueKind.Array => root.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.String && Says(fact, v.GetString()!)),
            JsonValueKind.True => Says(fact, "yes"),
            JsonValueKind.String => Says(fact, root.GetString()!) || (Vocabulary.Words.Current.Fact(fact)?.Type == "text" && InWords(root.GetString())),
            _ => false,
        };
    }

    public bool InWords(string? words) => Found(words) is not null;

    /// <summary>The first pattern that these words fit; null: none.</summary>
    public AtRiskPattern? Found(string? words)
    {
        if (string.IsNullOrWhiteSpace(words)) return null;
        var plain = Plain(words);
        for (var i = 0; i < all.Count; i++)
        {
            try { if (all[i].IsMatch(plain)) return file.Patterns[i]; }
            catch (RegexMatchTimeoutException) { return file.Patterns[i]; }
        }
        return null;
    }

    private bool Says(string fact, string value) => file.Answers.Any(a => a.Fact == fact && a.Value == value);

    /// <summary>Without accents, quotes straight, one kind of space: people leave accents out when they type in a hurry.</summary>
    private static string Plain(string words)
    {
        var plain = new StringBuilder(words.Length);
        foreach (var c in words.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            plain.Append(c switch { 'ł' => 'l', 'Ł' => 'L', '’' or '‘' or 'ʼ' or '`' or '´' => '\'', '\u00a0' or '\t' or '\r' or '\n' => ' ', '‑' or '–' => '-', _ => c });
        }
        return plain.ToString();
    }

    private sealed record File(string Owner, string Source, DateOnly Starts, IReadOnlyList<AtRiskAnswer> Answers, IReadOnlyList<string> Needs, IReadOnlyDictionary<string, string> Parts, IReadOnlyList<AtRiskPattern> Patterns);
}
