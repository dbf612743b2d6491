using System.Collections.Frozen;
using System.Text;
using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>Text as words to be found by: folded, with English endings taken off.</summary>
internal static class Tokens
{
    // Before the fillers, which are stemmed.
    private static readonly System.Buffers.SearchValues<char> Vowels = System.Buffers.SearchValues.Create("aeiouy");

    private static readonly FrozenSet<string> Fillers = new[]
    {
        "the", "a", "an", "i", "im", "ive", "my", "me", "to", "of", "for", "and", "in", "on", "is", "it", "its", "has", "have", "had", "been", "be", "with", "or", "are", "was", "at", "we", "our", "us", "you", "your", "help", "need", "please", "some", "any", "can", "could", "would", "do", "does",
        "this", "that", "there", "who", "so", "just", "get", "got", "want", "where", "am", "as", "by", "from", "he", "she", "they", "them", "their", "his", "her", "really", "very", "will", "if", "but", "near", "how", "what", "all", "about", "also", "which", "these", "those", "up", "go", "going", "like", "than", "then", "into", "around", "find", "anyone", "somewhere", "anywhere",
        "service", "servic", "local", "support", "community", "people", "provide", "offer", "cambridgeshire", "peterborough",
    }.SelectMany(w => new[] { w, Stem(w) }).ToFrozenSet(StringComparer.Ordinal);

    public static bool IsFiller(string word) => Fillers.Contains(word);

    public static List<string> Split(string? text, bool keepStars = false)
    {
        var words = new List<string>();
        if (string.IsNullOrEmpty(text)) return words;
        var word = new StringBuilder();
        var plain = true;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            if (char.IsAsciiLetterOrDigit(c)) { word.Append(char.ToLowerInvariant(c)); continue; }
            if (c > 127 && (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark)) { word.Append(c); plain = false; continue; }
            if (c is '\'' or '’' && word.Length > 0) continue;
            if (word.Length == 0) continue;
            var folded = plain ? word.ToString() : Folding.Fold(word.ToString());
            if (folded.Length > 0) words.Add(keepStars && c == '*' ? folded + "*" : Stem(folded));
            word.Clear();
            plain = true;
        }
        return words;
    }

    /// <summary>Takes plural and the commonest verb endings off an English word. Other scripts stay as they are.</summary>
    public static string Stem(string w)
    {
        if (w.Length < 4 || w[^1] > 127 || char.IsAsciiDigit(w[0])) return w;
        if (w.EndsWith("ies", StringComparison.Ordinal) && w.Length > 4) w = w[..^3] + "y";
        else if (w.EndsWith("sses", StringComparison.Ordinal) || w.EndsWith("xes", StringComparison.Ordinal) || w.EndsWith("ches", StringComparison.Ordinal) || w.EndsWith("shes", StringComparison.Ordinal)) w = w[..^2];
        else if (w[^1] == 's' && w[^2] is not ('s' or 'u' or 'i')) w = w[..^1];
        if (w.Length > 5 && w.EndsWith("ing", StringComparison.Ordinal) && w.AsSpan(0, w.Length - 3).ContainsAny(Vowels)) w = Root(w[..^3]);
        else if (w.Length > 4 && w.EndsWith("ed", StringComparison.Ordinal) && w[^3] != 'e' && w.AsSpan(0, w.Length - 2).ContainsAny(Vowels)) w = Root(w[..^2]);
        return w.Length > 4 && w[^1] == 'e' ? w[..^1] : w;
    }

    /// <summary>“Raped” is of “rape” and “rating” of “rate”: a short vowel would have doubled what follows it, as in “rapped”.</summary>
    private static string Root(string w) =>
        w.Length == 3 && !IsVowel(w[0]) && IsVowel(w[1]) && w[1] != 'y' && !IsVowel(w[2]) && w[2] is not ('w' or 'x') ? w + "e" : Undouble(w);

    private static bool IsVowel(char c) => Vowels.Contains(c);

    private static string Undouble(string w) => w.Length > 3 && w[^1] == w[^2] && w[^1] is not ('l' or 's' or 'z') ? w[..^1] : w;

    /// <summary>Letters wrong, missing, too many or changed over between two words; first letters must agree, or be changed over.</summary>
    public static int Slips(string a, string b)
    {
        if (a[0] != b[0] && !(a.Length > 1 && b.Length > 1 && a[0] == b[1] && a[1] == b[0])) return int.MaxValue;
        Span<int> before = stackalloc int[b.Length + 1], above = stackalloc int[b.Length + 1], row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) above[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            above.CopyTo(before);
            row.CopyTo(above);
        }
        return above[b.Length];
    }
}
