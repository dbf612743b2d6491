using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// How well each service answers what was asked: by the kinds of help that the words name, by the needs, and by the words themselves (a relative of BM25 over
/// name, categories, organisation and description). From 0 to about 100.
/// </summary>
internal sealed class MenuTopic
{
    private const float KindPoints = 70, WordPoints = 38, NeedPoints = 26, NamePoints = 30;

    private readonly Dictionary<int, float> points = [];
    private readonly HashSet<int> named = [];

    public IReadOnlyList<NeedRead> Understood { get; }
    public IReadOnlyList<string> Needs { get; }
    public IEnumerable<KeyValuePair<int, float>> Points => points;

    public float PointsOf(int entry) => points.GetValueOrDefault(entry);

    /// <summary>Only the words find it: no kind of help and no need that was asked for.</summary>
    public bool IsByName(int entry) => named.Contains(entry);

    public MenuTopic(MenuIndex index, MenuQuery query, int mostNeeds)
    {
        var text = query.Text?.Trim();
        Understood = query.Needs.Count == 0 ? [.. NeedReader.Current.Read(text).Take(mostNeeds)] : [];
        var words = Tokens.Split(text);
        var kinds = words.Count > 0 ? Lexicon.Current.Read(words, index.Knows) : [];
        Needs = query.Needs.Count > 0 ? [.. query.Needs.Distinct()] : NeedsOf(kinds, mostNeeds);
        Understood = Agreed(kinds, text);
        if (query.Needs.Count > 0 && words.Count == 0)
        {
            foreach (var need in Needs) foreach (var entry in index.WithNeed(need)) points[entry] = 0;
            return;
        }
        ByKinds(index, kinds);
        ByNeeds(index, kinds.Count > 0 ? 0.35f : 1f);
        ByWords(index, words, kinds.Count > 0);
    }

    /// <summary>The needs of the kinds that were read come first; the vocabulary's own reading follows, and alone where there are none.</summary>
    private List<string> NeedsOf(IReadOnlyList<(int Kind, float Weight)> kinds, int most)
    {
        var byKinds = kinds.Where(k => k.Weight >= kinds[0].Weight * 0.5f).Select(k => Lexicon.Current[k.Kind].Need);
        return [.. (kinds.Count > 0 ? byKinds.Concat(Understood.Where(u => u.Weight >= 5).Select(u => u.NeedId)) : Understood.Select(u => u.NeedId)).Distinct().Take(most)];
    }

    private List<NeedRead> Agreed(IReadOnlyList<(int Kind, float Weight)> kinds, string? text) =>
        [.. Needs.Select(n => Understood.FirstOrDefault(u => u.NeedId == n) ?? new NeedRead(n, text ?? "", 0, false, 1)).Where(_ => kinds.Count > 0 || Understood.Count > 0)];

    private void ByKinds(MenuIndex index, IReadOnlyList<(int Kind, float Weight)> kinds)
    {
        foreach (var (kind, asked) in kinds)
        {
            // One service is a kind of help once: by itself, or by the nearest kind.
            var best = new Dictionary<int, float>();
            foreach (var (other, near) in Lexicon.Current.Near(kind))
                foreach (var (entry, sure) in index.OfKind(other))
                {
                    var worth = asked * near * Math.Min(1.1f, sure);
                    if (worth > best.GetValueOrDefault(entry)) best[entry] = worth;
                }
            foreach (var (entry, worth) in best) points[entry] = points.GetValueOrDefault(entry) + worth * KindPoints;
        }
    }

    private void ByNeeds(MenuIndex index, float share)
    {
        for (var i = 0; i < Needs.Count; i++)
            foreach (var entry in index.WithNeed(Needs[i]))
                points[entry] = points.GetValueOrDefault(entry) + NeedPoints * share * (1f - i * 0.15f) * (index.Entries[entry].Service.Needs is [var main, ..] && main == Needs[i] ? 1.3f : 1f);
    }

    private void ByWords(MenuIndex index, List<string> words, bool kindsRead)
    {
        var asked = words.Where(w => w.Length > 1 && !Tokens.IsFiller(w)).Distinct().Take(24).ToList();
        if (asked.Count == 0) return;
        var found = new Dictionary<int, float>();
        var sum = 0f;
        foreach (var word in asked)
        {
            var (at, share) = index.Knows(word) ? (word, 1f) : (Near(index, word), 0.7f);
            var idf = at is null ? 4f : Rarity(index, at);
            sum += idf;
            if (at is null) continue;
            foreach (var (entry, weight) in index.WithWord(at)) found[entry] = found.GetValueOrDefault(entry) + idf * weight * share;
        }
        foreach (var (entry, value) in found)
        {
            var share = value / sum;
            var named = index.Entries[entry].NameWords;
            // All of what was typed is in its name: that one was meant.
            var byName = asked.Count(w => named.Contains(w) || named.Any(n => n.Length > 4 && Tokens.Slips(w, n) <= 1)) / (float)asked.Count;
            var had = points.TryGetValue(entry, out var before);
            if (!had && kindsRead && share < 0.3f && byName < 0.6f) continue;
            if (!had && !kindsRead && share < 0.12f) continue;
            if (!had) this.named.Add(entry);
            points[entry] = before + share * WordPoints * (kindsRead ? 0.7f : 1.4f) + (byName >= 0.6f ? NamePoints * byName : 0);
        }
    }

    private static float Rarity(MenuIndex index, string word) => MathF.Log(1 + (index.Count - index.WithWord(word).Length + 0.5f) / (index.WithWord(word).Length + 0.5f));

    /// <summary>The menu's own word that was meant.</summary>
    private static string? Near(MenuIndex index, string word)
    {
        if (word.Length < 5 || word[0] > 127) return null;
        string? best = null;
        var least = 3;
        foreach (var other in index.AllWords)
        {
            if (Math.Abs(other.Length - word.Length) > 2 || other[0] > 127) continue;
            if (other[0] != word[0] && other[0] != word[1]) continue;
            if (Tokens.Slips(word, other) is var slips && slips < least && slips <= (word.Length >= 7 ? 2 : 1)) (best, least) = (other, slips);
        }
        return best;
    }
}
