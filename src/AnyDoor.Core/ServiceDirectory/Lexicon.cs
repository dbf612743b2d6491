using System.Collections.Frozen;
using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// One kind of help, finer than a need: what services of that kind are called, and what people say who want it, in their own words and tongues.
/// </summary>
/// <param name="Need">The need it belongs to.</param>
/// <param name="Near">Other kinds that help with it too, and how much, from 0 to 1.</param>
/// <param name="Called">Words found in names, categories and descriptions. A star at the end stands for any ending.</param>
/// <param name="Said">Words people use who want it. Between them may stand others, and small words do not count; after an equals sign they are meant as they stand, one after another.</param>
/// <param name="In">The same in other languages, by code.</param>
public sealed record HelpKind(string Id, string Need, IReadOnlyDictionary<string, double>? Near, IReadOnlyList<string> Called, IReadOnlyList<string> Said, IReadOnlyDictionary<string, IReadOnlyList<string>>? In);

/// <summary>How the menu understands words: <c>services/lexicon.json</c>, which a place coordinator can read and add to.</summary>
public sealed record LexiconFile(string Owner, string Source, DateOnly Starts, IReadOnlyList<HelpKind> Kinds);

/// <summary>Finds kinds of help in what people say and in what services say of themselves.</summary>
public sealed class Lexicon
{
    private const int MostBetween = 2;
    private const int LongestBeginning = 3;
    // One word that is meant is as much the topic as three.
    private const float LeastSure = 1.1f;
    private const float SureByItself = 1.5f, GuessBeside = 0.6f;
    private static readonly Lazy<Lexicon> Shipped = new(() => new Lexicon(ContentFiles.Read<LexiconFile>("services/lexicon.json").Kinds));

    // What somebody would say stands in a description too (“losing your home?”), and is less sure there than what a service is called.
    private const float SaidOfItself = 0.8f, SaidInOneWord = 0.55f;
    // Shorter ones mean too much else in a description.
    private const int OneWord = 6;

    /// <summary>Words that say no, each with the word that stands before “not” when it is written out, as <see cref="Tokens"/> has them.</summary>
    private static readonly FrozenDictionary<string, string> Denials = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cant"] = "can", ["dont"] = "do", ["doesnt"] = Tokens.Stem("does"), ["didnt"] = "did", ["wont"] = "will", ["isnt"] = "is", ["arent"] = "are", ["wasnt"] = "was", ["werent"] = "were",
        ["havent"] = "have", ["hasnt"] = "has", ["hadnt"] = "had", ["wouldnt"] = "would", ["couldnt"] = "could",
    }.ToFrozenDictionary(StringComparer.Ordinal);
    // English words here that are small words of another language: “for”, “but”, “all”, “will be”, “yes”.
    private static readonly FrozenSet<string> AlsoForeign = new[] { "dla", "bet", "tot", "bus", "sim" }.ToFrozenSet(StringComparer.Ordinal);
    // Small words that tell Polish, Lithuanian, Romanian or Portuguese, as they are when folded.
    private static readonly FrozenSet<string> ForeignWords = new[] { "nie", "mam", "jest", "gdzie", "chce", "szukam", "potrzebuje", "potrzebna", "prosze", "moj", "moje", "reikia", "neturiu", "noriu", "ieskau", "kur", "nu", "vreau", "caut", "unde", "nevoie", "pentru", "nao", "preciso", "quero", "onde", "minha", "meu" }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="Telling">How many of the words say something.</param>
    /// <param name="Foreign">In another language than English.</param>
    /// <param name="IsExact">These very words, one after another, small ones too.</param>
    private readonly record struct Phrase(int Kind, string[] Words, bool Said, int Telling, bool Foreign, bool IsExact)
    {
        public bool IsWhole => Telling < Words.Length;
        public bool SaysMoreThan(Phrase other) => Telling > other.Telling || (Telling == other.Telling && IsWhole && !other.IsWhole);
    }

    private readonly IReadOnlyList<HelpKind> kinds;
    private readonly Dictionary<string, int> byId;
    private readonly (int Kind, float Weight)[][] near;
    private readonly List<Phrase> phrases = [];
    private readonly FrozenDictionary<string, Phrase[]> calledBy;
    private readonly Phrase[] calledByPrefix;
    // What may stand in somebody's words: by the first word, by how that begins, and those that begin with a no, which has many forms.
    private readonly FrozenDictionary<string, Phrase[]> askedBy, askedByBeginning;
    private readonly Phrase[] askedByDenial;
    private readonly FrozenDictionary<char, string[]> englishBy, foreignBy;
    private readonly HashSet<string> vocabulary = new(StringComparer.Ordinal);
    private readonly string[] beginnings;
    private readonly KindGuess guess;

    public Lexicon(IReadOnlyList<HelpKind> kinds)
    {
        this.kinds = kinds;
        byId = kinds.Select((k, i) => (k.Id, i)).ToDictionary(k => k.Id, k => k.i, StringComparer.Ordinal);
        near = new (int, float)[kinds.Count][];
        var (ours, spoken) = (0, new List<Phrase>());
        for (var i = 0; i < kinds.Count; i++)
        {
            near[i] = [(i, 1f), .. (kinds[i].Near ?? new Dictionary<string, double>()).Select(n => (byId.TryGetValue(n.Key, out var at) ? at : throw new InvalidDataException($"The lexicon’s “{kinds[i].Id}” is near “{n.Key}”, and there is no such kind."), (float)n.Value))];
            var alone = kinds[i].Called.Concat(kinds[i].Said).Select(t => Tokens.Split(t, keepStars: true)).Where(w => w.Count == 1).Select(w => w[0]).ToHashSet(StringComparer.Ordinal);
            foreach (var text in kinds[i].Called) Add(i, text, said: false, alone);
            ours = phrases.Count;
            foreach (var text in kinds[i].Said) Add(i, text, said: true, alone);
            spoken.AddRange(phrases.Skip(ours).Where(p => p.Telling > 1 || (p is { IsWhole: false, Words: [{ Length: >= OneWord } word] } && word[^1] != '*')));
            foreach (var text in (kinds[i].In ?? new Dictionary<string, IReadOnlyList<string>>()).SelectMany(l => l.Value)) Add(i, text, said: true, alone, foreign: true);
        }
        var called = phrases.Where(p => !p.Said).Concat(spoken).ToList();
        calledBy = By(called.Where(p => p.Words[0][^1] != '*'), p => p.Words[0]);
        beginnings = [.. phrases.SelectMany(p => p.Words).Where(w => w[^1] == '*').Distinct()];
        calledByPrefix = [.. called.Where(p => p.Words[0][^1] == '*')];
        askedByDenial = [.. phrases.Where(p => IsDenial(p.Words[0]))];
        askedByBeginning = By(phrases.Where(p => p.Words[0][^1] == '*'), p => Beginning(p.Words[0][..^1]));
        askedBy = By(phrases.Where(p => p.Words[0][^1] != '*' && !IsDenial(p.Words[0])), p => p.Words[0]);
        var english = phrases.Where(p => !p.Foreign).SelectMany(p => p.Words).ToHashSet(StringComparer.Ordinal);
        englishBy = vocabulary.Where(english.Contains).GroupBy(w => w[0]).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        foreignBy = vocabulary.Where(w => !english.Contains(w)).GroupBy(w => w[0]).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        guess = new KindGuess(phrases.Select(p => (p.Kind, (IReadOnlyList<string>)p.Words, !p.Said)), kinds.Count);
    }

    public static Lexicon Current => Shipped.Value;
    public int Count => kinds.Count;
    public HelpKind this[int kind] => kinds[kind];
    /// <summary>Below nought: there is none of that id.</summary>
    public int IndexOf(string id) => byId.GetValueOrDefault(id, -1);

    /// <summary>A kind, and those near it with how much they help.</summary>
    public IReadOnlyList<(int Kind, float Weight)> Near(int kind) => near[kind];

    /// <param name="alone">Words that mean this kind by themselves.</param>
    private void Add(int kind, string text, bool said, HashSet<string> alone, bool foreign = false)
    {
        var (all, exact) = (Tokens.Split(text, keepStars: true), text.StartsWith('='));
        var words = all.Where(w => !Tokens.IsFiller(w)).ToArray();
        var telling = words.Length;
        // “Run out” is nothing but fillers, and says something all the same; and of “can’t go on” the one word that is none says nothing by itself.
        if (exact || words.Length == 0 || (words.Length == 1 && all.Count > 1 && !alone.Contains(words[0]))) words = [.. all];
        if (words.Length == 0) return;
        phrases.Add(new Phrase(kind, words, said, telling, foreign, exact));
        foreach (var word in words)
            if (word[^1] != '*') vocabulary.Add(word);
    }

    /// <summary>Adds up which kinds some text of a service names. Each phrase counts once, and not inside a longer one of another kind: a community fridge is no appliance.</summary>
    public void Name(List<string> words, float weight, Dictionary<int, float> found)
    {
        List<(Phrase Phrase, int First, int Last)>? hits = null;
        for (var at = 0; at < words.Count; at++)
        {
            if (calledBy.TryGetValue(words[at], out var starting))
                foreach (var phrase in starting) if (Stands(phrase, words, at) is var last and >= 0) (hits ??= []).Add((phrase, at, last));
            foreach (var phrase in calledByPrefix) if (Stands(phrase, words, at) is var last and >= 0) (hits ??= []).Add((phrase, at, last));
        }
        if (hits is null) return;
        foreach (var (phrase, first, last) in hits)
        {
            if (hits.Count > 1 && hits.Exists(o => o.Phrase.Kind != phrase.Kind && o.Phrase.SaysMoreThan(phrase) && o.First <= first && o.Last >= last)) continue;
            // Two words are surer than one.
            var sure = weight * Math.Min(1f, 0.75f + 0.25f * (phrase.Words.Length - 1)) * (!phrase.Said ? 1f : phrase.Words.Length == 1 ? SaidInOneWord : SaidOfItself);
            var before = found.GetValueOrDefault(phrase.Kind);
            found[phrase.Kind] = Math.Max(before, sure) + Math.Min(before, sure) * 0.25f;
        }
    }

    /// <summary>Where it ends; below nought: it does not stand there.</summary>
    private static int Stands(Phrase phrase, List<string> words, int at)
    {
        var w = at;
        for (var i = 0; i < phrase.Words.Length; i++, w++)
        {
            while (i > 0 && !phrase.IsExact && w < words.Count && Tokens.IsFiller(words[w]) && !IsSame(words[w], phrase.Words[i])) w++;
            if (w >= words.Count || !IsSame(words[w], phrase.Words[i])) return -1;
        }
        return w - 1;
    }

    private static bool IsSame(string word, string pattern) => pattern[^1] == '*' ? word.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : word == pattern;

    private static FrozenDictionary<string, Phrase[]> By(IEnumerable<Phrase> some, Func<Phrase, string> key) => some.GroupBy(key).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    private static bool IsDenial(string word) => word is "not" or "cannot" || Denials.ContainsKey(word);

    private static string Beginning(string word) => word[..Math.Min(word.Length, LongestBeginning)];

    /// <summary>The phrases that may stand there, each once.</summary>
    private IEnumerable<Phrase> Asked(List<string> words)
    {
        foreach (var word in words)
            if (askedBy.TryGetValue(word, out var same)) foreach (var phrase in same) yield return phrase;
        foreach (var beginning in words.SelectMany(w => Enumerable.Range(1, Math.Min(w.Length, LongestBeginning)).Select(n => w[..n])).Distinct())
            if (askedByBeginning.TryGetValue(beginning, out var begun)) foreach (var phrase in begun) yield return phrase;
        if (!words.Exists(IsDenial)) yield break;
        foreach (var phrase in askedByDenial) yield return phrase;
    }

    /// <summary>“Cannot” and “can not” are “can’t”, and “haven’t” holds the “not” of “not eaten”.</summary>
    private static bool IsSameDenial(IReadOnlyList<string> words, int at, string pattern)
    {
        var word = words[at];
        if (word == "not") return at > 0 && Denials.TryGetValue(pattern, out var before) && before == words[at - 1];
        return word == "cannot" ? pattern is "cant" or "not" : pattern == "not" && Denials.ContainsKey(word);
    }

    /// <summary>Which kinds of help somebody’s words ask for, the surest first, with the weight of each.</summary>
    public IReadOnlyList<(int Kind, float Weight)> Read(IReadOnlyList<string> words, Func<string, bool>? known = null)
    {
        if (words.Count == 0) return [];
        var slips = words.Select(w => Mend(w, known)).ToList();
        var hits = new List<(Phrase Phrase, int First, int Last, float Weight)>();
        foreach (var phrase in Asked([.. words.Concat(slips.OfType<string>()).Distinct()]))
            if (Find(phrase, words, slips) is var (first, last, slipped) && first >= 0)
                hits.Add((phrase, first, last, Sureness(phrase) * (slipped ? 0.8f : 1f) / (1 + 0.1f * Math.Max(0, last - first + 1 - phrase.Words.Length))));
        // In Polish “dla” is “for”, and in Portuguese “sim” is “yes”.
        if (hits.Exists(h => h.Phrase.Foreign) || words.Any(ForeignWords.Contains)) hits.RemoveAll(h => h.Phrase is { Foreign: false, Words: [var one] } && AlsoForeign.Contains(one));
        // A word inside a longer phrase of another kind is not meant by itself: “school uniform” is not school.
        hits.RemoveAll(h => hits.Exists(o => o.Phrase.Kind != h.Phrase.Kind && o.Phrase.SaysMoreThan(h.Phrase) && o.First <= h.First && o.Last >= h.Last));
        // A word that two kinds claim belongs to the one of which the other words speak: tablets from the chemist are no computers.
        var ambiguous = hits.Where(h => hits.Exists(o => o.Phrase.Kind != h.Phrase.Kind && o.First == h.First && o.Last == h.Last) && !SpeaksElsewhere(h.Phrase.Kind, h)).ToList();
        hits.RemoveAll(h => ambiguous.Contains(h) && hits.Exists(o => o.Phrase.Kind != h.Phrase.Kind && o.First == h.First && o.Last == h.Last && SpeaksElsewhere(o.Phrase.Kind, h)));
        var found = new Dictionary<int, float>();
        foreach (var group in hits.GroupBy(h => h.Phrase.Kind))
        {
            var weights = group.Select(h => h.Weight).OrderDescending().ToList();
            found[group.Key] = weights[0] + weights.Skip(1).Take(3).Sum() * 0.2f;
        }
        // One word alone may be there by chance: then all the others are asked too.
        if (found.Count > 0 && found.Values.Max() < SureByItself)
            foreach (var (kind, sure) in guess.Of(words.Zip(slips))) found[kind] = found.GetValueOrDefault(kind) + sure * GuessBeside;
        var most = found.Count > 0 ? found.Values.Max() : 1;
        return [.. found.Where(f => f.Value >= most * 0.25f).OrderByDescending(f => f.Value).ThenBy(f => f.Key).Take(6).Select(f => (f.Key, f.Value / Math.Max(most, LeastSure)))];

        bool SpeaksElsewhere(int kind, (Phrase Phrase, int First, int Last, float Weight) hit) => hits.Exists(o => o.Phrase.Kind == kind && (o.Last < hit.First || o.First > hit.Last));
    }

    /// <summary>What they may mean of whom <see cref="Read"/> reads nothing, the likeliest first, with how sure that is.</summary>
    public IReadOnlyList<(int Kind, float Weight)> Guess(IReadOnlyList<string> words, Func<string, bool>? known = null) => guess.Of(words.Select(w => (w, Mend(w, known))));

    /// <summary>Two words are surer than one, and one with the small words that go with it lies between.</summary>
    private static float Sureness(Phrase phrase) => phrase.IsWhole ? 1.4f + 0.9f * Math.Max(0, phrase.Telling - 1) : (1f + 0.9f * (phrase.Words.Length - 1)) * (phrase.Words.Length == 1 && phrase.Said ? 0.9f : 1f);

    private static (int First, int Last, bool Slipped) Find(Phrase phrase, IReadOnlyList<string> words, List<string?> mended)
    {
        for (var start = 0; start < words.Count; start++)
        {
            if (!Fits(start, phrase.Words[0], out var slipped)) continue;
            var (last, matched, end) = (start, 1, start);
            while (matched < phrase.Words.Length)
            {
                var next = -1;
                for (int i = last + 1, between = 0; i < words.Count && between <= MostBetween; i++)
                {
                    if (Fits(i, phrase.Words[matched], out var slip)) { next = i; slipped |= slip; break; }
                    if (phrase.IsExact) break;
                    if (!Tokens.IsFiller(words[i])) between++;
                }
                if (next < 0) break;
                last = next;
                if (!Tokens.IsFiller(words[next])) end = next;
                matched++;
            }
            // Where the words that say something end: “nothing to do” does not reach past “nothing for teenagers”.
            if (matched == phrase.Words.Length) return (start, end, slipped);
        }
        return (-1, -1, false);

        bool Fits(int at, string pattern, out bool slip)
        {
            slip = false;
            if (IsSame(words[at], pattern) || IsSameDenial(words, at, pattern)) return true;
            slip = mended[at] is { } better && IsSame(better, pattern);
            return slip;
        }
    }

    /// <summary>The word that was meant, where the one typed is none that the lexicon or the menu knows.</summary>
    private string? Mend(string word, Func<string, bool>? known)
    {
        if (word.Length < 4 || vocabulary.Contains(word) || Tokens.IsFiller(word) || word.Any(c => c > 127) || Array.Exists(beginnings, b => IsSame(word, b))) return null;
        // A word that services use means itself, however near it is to another.
        if (known?.Invoke(word) == true) return null;
        // A visitor misspelt is no visa in Portuguese.
        return Nearest(word, englishBy) ?? Nearest(word, foreignBy);
    }

    private static string? Nearest(string word, FrozenDictionary<char, string[]> words)
    {
        string? best = null;
        var least = int.MaxValue;
        // The first two letters may be changed over.
        foreach (var first in word[0] == word[1] ? word[..1] : word[..2])
        {
            foreach (var other in words.GetValueOrDefault(first) ?? [])
            {
                if (Math.Abs(other.Length - word.Length) > 2) continue;
                var distance = Tokens.Slips(word, other);
                if (distance < least && distance <= (Math.Max(word.Length, other.Length) >= 7 ? 2 : 1)) (best, least) = (other, distance);
            }
        }
        return best;
    }
}
