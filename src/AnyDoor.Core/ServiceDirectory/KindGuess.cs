using System.Collections.Frozen;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// What somebody may mean whose words are no phrase that the lexicon has: each word speaks for the kinds in whose phrases it stands, the more the fewer kinds share it.
/// The sum tells how sure that is: with each phrase of the lexicon left out in turn, the need was right for about 60 in 100 with a sum of 2, 83 with 3, 94 with 4.
/// </summary>
internal sealed class KindGuess
{
    // Words of services' names say less of what somebody wants than what people say.
    private const float Called = 0.7f;
    // A word that only one phrase has may be there by chance.
    private const float ByChance = 0.7f;
    private const float SureSum = 5, LeastSum = 1;
    private const float Surest = 0.8f;
    private const int Most = 5;
    // “Potrzebne” is “potrzebna”: the same beginning, another ending.
    private const int LeastBeginning = 5;
    private const float SameBeginning = 0.6f;
    private const float Slipped = 0.5f;

    private readonly FrozenDictionary<string, (int Kind, float Votes)[]> votes;
    private readonly string[] inOrder;

    /// <param name="phrases">The kind, the words (a star at the end stands for any ending), and whether services are called so.</param>
    public KindGuess(IEnumerable<(int Kind, IReadOnlyList<string> Words, bool Called)> phrases, int kinds)
    {
        var counted = new Dictionary<string, Dictionary<int, float>>(StringComparer.Ordinal);
        foreach (var (kind, words, called) in phrases)
        {
            var telling = words.Select(w => w.TrimEnd('*')).Where(w => w.Length > 1 && !Tokens.IsFiller(w)).Distinct().ToList();
            foreach (var word in telling)
            {
                if (!counted.TryGetValue(word, out var of)) counted[word] = of = [];
                of[kind] = of.GetValueOrDefault(kind) + (called ? Called : 1) / MathF.Sqrt(telling.Count);
            }
        }
        votes = counted.ToFrozenDictionary(c => c.Key, c =>
        {
            var (sum, rarity) = (c.Value.Values.Sum() + ByChance, MathF.Log(1 + (float)kinds / c.Value.Count));
            return c.Value.Select(k => (k.Key, k.Value / sum * rarity)).ToArray();
        }, StringComparer.Ordinal);
        inOrder = [.. votes.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The likeliest first, each with how sure it is, from 0 to 1; none where the words say nothing.</summary>
    /// <param name="words">Each as typed, and as it was meant if that is another word.</param>
    public IReadOnlyList<(int Kind, float Weight)> Of(IEnumerable<(string Typed, string? Meant)> words)
    {
        var sums = new Dictionary<int, float>();
        foreach (var (word, meant) in words.Where(w => w.Typed.Length > 1 && !Tokens.IsFiller(w.Typed)).Distinct())
        {
            if (votes.TryGetValue(meant ?? word, out var same)) { Add(same, meant is null ? 1 : Slipped); continue; }
            if (Alike(word) is { } other) Add(votes[other], SameBeginning);
        }
        var most = sums.Count > 0 ? sums.Values.Max() : 0;
        return most < LeastSum ? [] : [.. sums.Where(s => s.Value >= most * 0.5f).OrderByDescending(s => s.Value).ThenBy(s => s.Key).Take(Most).Select(s => (s.Key, Math.Min(Surest, s.Value / SureSum)))];

        void Add((int Kind, float Votes)[] of, float share)
        {
            foreach (var (kind, vote) in of) sums[kind] = sums.GetValueOrDefault(kind) + vote * share;
        }
    }

    /// <summary>The word with the longest beginning in common, where that is most of both.</summary>
    private string? Alike(string word)
    {
        if (word.Length < LeastBeginning) return null;
        var at = ~Array.BinarySearch(inOrder, word, StringComparer.Ordinal);
        var best = new[] { at - 1, at }.Where(i => i >= 0 && i < inOrder.Length).Select(i => inOrder[i]).MaxBy(w => Common(w, word));
        return best is not null && Common(best, word) is var common && common >= LeastBeginning && common >= Math.Max(best.Length, word.Length) - 3 ? best : null;
    }

    private static int Common(string a, string b) => a.AsSpan().CommonPrefixLength(b);
}
