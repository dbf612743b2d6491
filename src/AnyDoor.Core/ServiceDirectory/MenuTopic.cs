using System.Buffers;
using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// How well each service answers what was asked: by the kinds of help that the words name, by the needs, and by the words themselves (a relative of BM25 over
/// name, categories, organisation and description). From 0 to about 100.
/// </summary>
internal sealed class MenuTopic : IDisposable
{
    private const float KindPoints = 70, WordPoints = 38, NeedPoints = 26, NamePoints = 30;
    // A guess is a need only where it is likelier right than wrong; below the second, whoever advises on anything stands among the answers.
    private const float LikelyRight = 0.5f, SureEnough = 0.6f, AnybodyPoints = 35;
    // Fewer words are a name or a thing that is looked for, and no trouble that is told.
    private const int SomethingTold = 4;
    private const int Adult = 18;
    private static readonly string[] ForAdults = ["general-advice", "listening"], ForChildren = ["young-mental-health", "youth-support", "listening"];

    // Borrowed: a question touches thousands of entries, and large arrays made anew would keep the collector busy.
    private readonly Sums points;

    public IReadOnlyList<NeedRead> Understood { get; }
    public IReadOnlyList<string> Needs { get; }
    /// <summary>Entries that answer in any way, and how well.</summary>
    public List<int> Found => points.Touched;
    public float PointsOf(int entry) => points[entry];

    public MenuTopic(MenuIndex index, MenuQuery query, int mostNeeds)
    {
        points = new Sums(index.Count);
        var text = query.Text?.Trim();
        Understood = query.Needs.Count == 0 ? [.. NeedReader.Current.Read(text).Take(mostNeeds)] : [];
        var words = Tokens.Split(text);
        var kinds = words.Count > 0 ? Lexicon.Current.Read(words, index.Knows) : [];
        var guessed = kinds.Count == 0 && query.Needs.Count == 0 && words.Count > 0 ? Lexicon.Current.Guess(words, index.Knows) : [];
        Needs = query.Needs.Count > 0 ? [.. query.Needs.Distinct()] : NeedsOf(kinds.Count > 0 ? kinds : [.. guessed.Where(g => g.Weight >= LikelyRight)], mostNeeds);
        Understood = Agreed(kinds.Count > 0 ? kinds : guessed, text);
        if (query.Needs.Count > 0 && words.Count == 0)
        {
            foreach (var need in Needs) foreach (var entry in index.WithNeed(need)) points.Add(entry, 0);
            return;
        }
        ByKinds(index, kinds.Count > 0 ? kinds : guessed);
        if (kinds.Count == 0 && words.Count >= SomethingTold) ByAnybody(index, guessed, query);
        ByNeeds(index, kinds.Count > 0 ? 0.35f : 1f);
        ByWords(index, words, kinds.Count > 0);
    }

    /// <summary>Whoever tells a trouble that we hardly understand is shown somebody who listens to any; children are not sent to an advice office.</summary>
    private void ByAnybody(MenuIndex index, IReadOnlyList<(int Kind, float Weight)> guessed, MenuQuery query)
    {
        if (guessed.Count > 0 && guessed[0].Weight >= SureEnough) return;
        var anybody = query.Facts.Ages is { Count: > 0 } ages && ages.All(a => a < Adult) ? ForChildren : ForAdults;
        for (var i = 0; i < anybody.Length; i++)
            if (Lexicon.Current.IndexOf(anybody[i]) is var kind and >= 0)
                foreach (var (entry, sure) in index.OfKind(kind)) points.Add(entry, Math.Min(1f, sure) * (AnybodyPoints - i * 5));
    }

    /// <summary>The needs of the kinds that were read come first; the vocabulary's own reading follows, and alone where there are none.</summary>
    private List<string> NeedsOf(IReadOnlyList<(int Kind, float Weight)> kinds, int most)
    {
        var byKinds = kinds.Where(k => k.Weight >= kinds[0].Weight * 0.5f).Select(k => Lexicon.Current[k.Kind].Need);
        return [.. (kinds.Count > 0 ? byKinds.Concat(Understood.Where(u => u.Weight >= 5).Select(u => u.NeedId)) : Understood.Select(u => u.NeedId)).Distinct().Take(most)];
    }

    private List<NeedRead> Agreed(IReadOnlyList<(int Kind, float Weight)> kinds, string? text) =>
        [.. Needs.Select(n => Understood.FirstOrDefault(u => u.NeedId == n) ?? new NeedRead(n, text ?? "", 0, false, 1)).Where(_ => kinds.Count > 0 || Understood.Count > 0)];

    public void Dispose() => points.Dispose();

    private void ByKinds(MenuIndex index, IReadOnlyList<(int Kind, float Weight)> kinds)
    {
        using var best = new Sums(index.Count);
        foreach (var (kind, asked) in kinds)
        {
            // One service is a kind of help once: by itself, or by the nearest kind.
            foreach (var (other, near) in Lexicon.Current.Near(kind))
                foreach (var (entry, sure) in index.OfKind(other)) best.Raise(entry, asked * near * Math.Min(1.1f, sure));
            foreach (var entry in best.Touched) points.Add(entry, best[entry] * KindPoints);
            best.Clear();
        }
    }

    private void ByNeeds(MenuIndex index, float share)
    {
        for (var i = 0; i < Needs.Count; i++)
            foreach (var entry in index.WithNeed(Needs[i]))
                points.Add(entry, NeedPoints * share * (1f - i * 0.15f) * (index.Entries[entry].Service.Needs is [var main, ..] && main == Needs[i] ? 1.3f : 1f));
    }

    private void ByWords(MenuIndex index, List<string> words, bool kindsRead)
    {
        var asked = words.Where(w => w.Length > 1 && !Tokens.IsFiller(w)).Distinct().Take(24).ToList();
        if (asked.Count == 0) return;
        using var found = new Sums(index.Count);
        var sum = 0f;
        foreach (var word in asked)
        {
            var (at, share) = index.Knows(word) ? (word, 1f) : (Near(index, word), 0.7f);
            var idf = at is null ? 4f : Rarity(index, at);
            sum += idf;
            if (at is null) continue;
            foreach (var (entry, weight) in index.WithWord(at)) found.Add(entry, idf * weight * share);
        }
        if (found.Touched.Count == 0) return;
        var meant = Meant(index, asked);
        foreach (var entry in found.Touched)
        {
            var share = found[entry] / sum;
            // All of what was typed is in its name: that one was meant.
            var said = 0u;
            foreach (var word in index.NameWords(entry)) said |= meant[word];
            var byName = System.Numerics.BitOperations.PopCount(said) / (float)asked.Count;
            var had = points.Has(entry);
            if (!had && kindsRead && share < 0.3f && byName < 0.6f) continue;
            if (!had && !kindsRead && share < 0.12f) continue;
            points.Add(entry, share * WordPoints * (kindsRead ? 0.7f : 1.4f) + (byName >= 0.6f ? NamePoints * byName : 0));
        }
        ArrayPool<uint>.Shared.Return(meant);
    }

    /// <summary>Of each word of the menu: which of those asked it is, or is one slip from, a bit for each.</summary>
    private static uint[] Meant(MenuIndex index, List<string> asked)
    {
        var meant = ArrayPool<uint>.Shared.Rent(Math.Max(1, index.AllWords.Count));
        for (var id = 0; id < index.AllWords.Count; id++)
        {
            var (word, bits) = (index.AllWords[id], 0u);
            for (var i = 0; i < asked.Count; i++)
                if (Math.Abs(word.Length - asked[i].Length) <= 1 && (word == asked[i] || (word.Length > 4 && Tokens.Slips(asked[i], word) <= 1))) bits |= 1u << i;
            meant[id] = bits;
        }
        return meant;
    }

    private static float Rarity(MenuIndex index, string word) => MathF.Log(1 + (index.Count - index.WithWord(word).Length + 0.5f) / (index.WithWord(word).Length + 0.5f));

    /// <summary>The menu's own word that was meant.</summary>
    private static string? Near(MenuIndex index, string word)
    {
        if (word.Length < 5 || word[0] > 127) return null;
        string? best = null;
        var least = 3;
        for (var id = 0; id < index.AllWords.Count; id++)
        {
            var other = index.AllWords[id];
            if (Math.Abs(other.Length - word.Length) > 2 || other[0] > 127) continue;
            if ((other[0] != word[0] && other[0] != word[1]) || !index.IsFound(id)) continue;
            if (Tokens.Slips(word, other) is var slips && slips < least && slips <= (word.Length >= 7 ? 2 : 1)) (best, least) = (other, slips);
        }
        return best;
    }

    /// <summary>A number for each entry, most of them untouched.</summary>
    private sealed class Sums(int count) : IDisposable
    {
        private readonly float[] values = Cleared(ArrayPool<float>.Shared.Rent(Math.Max(1, count)), count);

        public List<int> Touched { get; } = [];
        public float this[int entry] => float.IsNaN(values[entry]) ? 0 : values[entry];
        public bool Has(int entry) => !float.IsNaN(values[entry]);

        public void Add(int entry, float value)
        {
            if (Has(entry)) { values[entry] += value; return; }
            values[entry] = value;
            Touched.Add(entry);
        }

        public void Raise(int entry, float value)
        {
            if (!Has(entry)) Add(entry, value);
            else if (value > values[entry]) values[entry] = value;
        }

        public void Clear()
        {
            foreach (var entry in Touched) values[entry] = float.NaN;
            Touched.Clear();
        }

        public void Dispose() => ArrayPool<float>.Shared.Return(values);

        private static float[] Cleared(float[] borrowed, int count)
        {
            borrowed.AsSpan(0, count).Fill(float.NaN);
            return borrowed;
        }
    }
}
