using System.Globalization;
using System.Text;

namespace AnyDoor.Vocabulary;

/// <summary>A need that a person's own words point to.</summary>
/// <param name="Phrase">The words it was read from, exactly as they stand in the text.</param>
/// <param name="Start">Where the phrase starts in the text.</param>
/// <param name="Urgent">The words suggest "today" to a worker. They decide nothing.</param>
public sealed record NeedRead(string NeedId, string Phrase, int Start, bool Urgent, int Weight);

/// <summary>
/// Reads needs out of plain words by the vocabulary: its plain names, its search words and its urgent words, with room for a
/// word or two between and for a slip of the finger. A suggestion: a person chooses.
/// </summary>
public sealed class NeedReader
{
    private const int MostBetween = 2;
    private static readonly Lazy<NeedReader> Shipped = new(() => new NeedReader(Words.Current));
    private static readonly HashSet<string> Fillers =
        ["the", "a", "an", "i", "im", "my", "to", "of", "for", "and", "in", "on", "is", "it", "has", "have", "been", "with", "or", "are", "was", "at", "we", "our", "you", "your", "help", "need", "please", "some"];

    private readonly record struct Phrase(Need Need, int Order, string[] Words, bool Urgent);
    private readonly record struct Found(Phrase Phrase, int First, int Last, int Slips);

    private readonly List<Phrase> phrases = [];
    private readonly HashSet<string> known = [];

    public NeedReader(Words words)
    {
        foreach (var (need, order) in words.Needs.Select((n, i) => (n, i)))
        {
            foreach (var text in need.UrgentWords ?? []) Add(need, order, text, urgent: true);
            foreach (var text in (need.SearchWords ?? []).Append(need.Plain).Concat(need.ImportWords ?? [])) Add(need, order, text, urgent: false);
        }
    }

    public static NeedReader Current => Shipped.Value;

    /// <summary>The likeliest first.</summary>
    public IReadOnlyList<NeedRead> Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        var tokens = TextToken.Split(text);
        var found = new List<Found>();
        foreach (var phrase in phrases)
            if (Find(phrase, tokens) is { } match) found.Add(match);

        // "Hospital transport" is about getting about, not about hospital: the longer phrase wins where one stands inside the other.
        found.RemoveAll(f => found.Any(o => o.Phrase.Need.Id != f.Phrase.Need.Id && o.Phrase.Words.Length > f.Phrase.Words.Length && o.First <= f.First && o.Last >= f.Last));
        return [.. found.GroupBy(f => f.Phrase.Need.Id)
            .Select(g => (Best: g.MaxBy(Weight), Urgent: g.Any(f => f.Phrase.Urgent)))
            .OrderByDescending(b => Weight(b.Best)).ThenBy(b => b.Best.First).ThenBy(b => b.Best.Phrase.Order)
            .Select(b => new NeedRead(b.Best.Phrase.Need.Id, text[tokens[b.Best.First].Start..tokens[b.Best.Last].End], tokens[b.Best.First].Start, b.Urgent, Weight(b.Best)))];
    }

    private static int Weight(Found found) => found.Phrase.Words.Length * 3 + (found.Phrase.Urgent ? 2 : 0) - found.Slips * 2;

    private void Add(Need need, int order, string text, bool urgent)
    {
        var words = TextToken.Split(text).Select(t => t.Word).ToArray();
        known.UnionWith(words);
        var telling = words.Where(w => !Fillers.Contains(w)).ToArray();
        // "Help out" and "end it" say nothing by their one short word.
        if (telling.Length == 1 && telling[0].Length < 4) telling = words;
        if (telling.Length > 0) phrases.Add(new Phrase(need, order, telling, urgent));
    }

    private Found? Find(Phrase phrase, List<TextToken> tokens)
    {
        for (var start = 0; start < tokens.Count; start++)
        {
            if (!Same(tokens[start].Word, phrase.Words[0], out var slips)) continue;
            var last = start;
            var matched = 1;
            while (matched < phrase.Words.Length)
            {
                var next = -1;
                for (var i = last + 1; i < tokens.Count && i <= last + 1 + MostBetween; i++)
                    if (Same(tokens[i].Word, phrase.Words[matched], out var more)) { next = i; slips += more; break; }
                if (next < 0) break;
                last = next;
                matched++;
            }
            if (matched == phrase.Words.Length) return new Found(phrase, start, last, slips);
        }
        return null;
    }

    private bool Same(string typed, string word, out int slips)
    {
        slips = 0;
        if (typed == word || Stem(typed) == Stem(word)) return true;
        if (word.Length >= 5 && typed.StartsWith(word, StringComparison.Ordinal)) return true;
        slips = 1;
        return !known.Contains(typed) && Spelling.IsSlip(typed, word);
    }

    private static string Stem(string word) => word.Length > 3 && word[^1] == 's' && word[^2] != 's' ? word[..^1] : word;
}

/// <summary>A word of a text, folded: no case, no accents, no apostrophes.</summary>
public readonly record struct TextToken(string Word, int Start, int End)
{
    public static List<TextToken> Split(string text)
    {
        var tokens = new List<TextToken>();
        var word = new StringBuilder();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            if (char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || (word.Length > 0 && c is '\'' or '’'))
            {
                if (word.Length == 0) start = i;
                if (c is not ('\'' or '’')) word.Append(c);
                continue;
            }
            if (word.Length == 0) continue;
            var folded = Common.Folding.Fold(word.ToString());
            if (folded.Length > 0) tokens.Add(new TextToken(folded, start, i));
            word.Clear();
        }
        return tokens;
    }
}

/// <summary>Whether a word is another with a slip of the finger: one letter wrong, missing, too many or swapped with its neighbour; two in a long word.</summary>
public static class Spelling
{
    public static bool IsSlip(string typed, string word)
    {
        if (typed.Length < 4 || word.Length < 4 || typed == word) return false;
        var most = word.Length >= 8 ? 2 : 1;
        if (Math.Abs(typed.Length - word.Length) > most) return false;
        // In a short word another first letter is another word: good is not food, went is not rent.
        if (typed[0] != word[0] && !(typed[0] == word[1] && typed[1] == word[0])) return false;
        return Distance(typed, word) <= most;
    }

    private static int Distance(string a, string b)
    {
        Span<int> before = stackalloc int[b.Length + 1], above = stackalloc int[b.Length + 1], row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) above[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            above.CopyTo(before);
            row.CopyTo(above);
        }
        return above[b.Length];
    }
}
