using System.Collections.Frozen;
using AnyDoor.Common;
using AnyDoor.Places;

namespace AnyDoor.ServiceDirectory;

/// <summary>Two services that are likely one and the same.</summary>
/// <param name="Score">From 0 to 1, as sure as that they are one.</param>
/// <param name="Why">What speaks for it, in words.</param>
public sealed record LikelyPair(Service A, Service B, double Score, IReadOnlyList<string> Why)
{
    /// <summary>As good as certain: one name, one place, something that ties them, and nothing that speaks against it.</summary>
    public bool IsCertain { get; init; }
}

/// <summary>
/// Finds services that are listed twice: by name, organisation, place, telephone, web address, e-mail and what they do. Only services that share a mark
/// (a number, an address, a place, rare words of the name) are compared, so that 50,000 take seconds. Pure: the same services always give the same pairs.
/// </summary>
public static class DuplicateFinder
{
    /// <summary>From here somebody is asked.</summary>
    public const double Ask = 0.60;
    /// <summary>From here the newer of two from different sources waits, and the older is shown alone.</summary>
    public const double Hold = 0.985;
    // A mark that more than this share says little; they are then told apart by words of their names too.
    private const int LargestBlock = 30;
    /// <summary>Miles between a place that one is named after and where the other is.</summary>
    private const double NamedFar = 4;
    /// <summary>Less alike than this, two names are two services, whatever else they share.</summary>
    private const double LeastName = 0.45;

    private static readonly FrozenSet<string> NoName = new[]
    {
        "the", "and", "of", "for", "in", "at", "a", "ltd", "limited", "cic", "cio", "charity", "trust", "project", "servic", "service", "group", "team", "uk", "charitable", "company", "organisation", "scheme", "association", "society",
    }.Select(Tokens.Stem).Concat(["the", "and", "of", "for", "in", "at", "a", "service"]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words by which one service of an organisation is told from the next: days, whom it is for, times of day, levels.</summary>
    private static readonly FrozenSet<string> Telling = new[]
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun", "weekday", "weekend",
        "men", "mens", "women", "womens", "girls", "boys", "dads", "fathers", "mums", "mothers", "lads", "ladies", "baby", "babies", "toddler", "toddlers", "junior", "juniors", "senior", "seniors", "youth", "teens", "adult", "adults", "children", "older", "elderly", "students", "infant", "preschool",
        "morning", "afternoon", "evening", "lunch", "breakfast", "night", "beginners", "intermediate", "advanced", "improvers",
    }.Select(Tokens.Stem).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is compared of a service.</summary>
    private sealed class Marks
    {
        public required Service Service;
        public required List<string> Name;
        public required List<string> Organisation;
        public required HashSet<int> NamePieces;
        /// <summary>The name without places in it.</summary>
        public required List<string> Core;
        public required HashSet<int> CorePieces;
        public required HashSet<string> Words;
        public required Dictionary<int, float> Kinds;
        public required HashSet<string> Towns;
        /// <summary>Where the places are that its name holds, and the areas it serves.</summary>
        public required List<GeoPoint> NamePlaces;
        public required HashSet<string> Areas;
        public required List<string> Postcodes;
        public required List<GeoPoint> Points;
        public string? Phone;
        public string? Email;
        public string? Web;
        public string? Host;
    }

    /// <param name="isNew">Only pairs with one of these; none: all pairs.</param>
    public static IReadOnlyList<LikelyPair> Find(IEnumerable<Service> services, Func<Service, bool>? isNew = null)
    {
        var all = services.AsParallel().AsOrdered().Select(Read).ToArray();
        var counts = new Counts(all);
        var fresh = isNew is null ? null : all.Select(m => isNew(m.Service)).ToArray();
        var pairs = new HashSet<(int, int)>();
        foreach (var block in Blocks(all))
            for (var i = 0; i < block.Count; i++)
                for (var j = i + 1; j < block.Count; j++)
                    if (fresh is null || fresh[block[i]] || fresh[block[j]]) pairs.Add((Math.Min(block[i], block[j]), Math.Max(block[i], block[j])));
        return [.. pairs.AsParallel().Select(p => Compare(all[p.Item1], all[p.Item2], counts)).Where(p => p.Score >= Ask).OrderByDescending(p => p.Score).ThenBy(p => p.A.Id, StringComparer.Ordinal).ThenBy(p => p.B.Id, StringComparer.Ordinal)];
    }

    private static Marks Read(Service s)
    {
        var name = Named(s.Name);
        var core = Folding.Fold(s.Name.Replace('/', ' ')).Split(' ').Where(w => Gazetteer.Current.Find(w) is null && Whereabouts.DistrictNamed(w) is null && !w.EndsWith("shire", StringComparison.Ordinal)).SelectMany(w => Tokens.Split(w)).Where(w => !NoName.Contains(w)).Distinct().ToList();
        var kinds = new Dictionary<int, float>();
        Lexicon.Current.Name(Tokens.Split(s.Name), 1f, kinds);
        foreach (var term in s.Terms.Take(12)) Lexicon.Current.Name(Tokens.Split(term.Name), 0.8f, kinds);
        var text = Tokens.Split(s.Description.Length > 1500 ? s.Description[..1500] : s.Description);
        Lexicon.Current.Name(text.Count > 40 ? text[..40] : text, 0.4f, kinds);
        var web = s.Web is { } link && Uri.TryCreate(link, UriKind.Absolute, out var uri) ? uri : null;
        var host = web?.Host.ToLowerInvariant();
        if (host?.StartsWith("www.", StringComparison.Ordinal) == true) host = host[4..];
        return new Marks
        {
            Service = s, Name = name, Organisation = Named(s.Organisation), NamePieces = Pieces(string.Concat(name)), Core = core, CorePieces = Pieces(string.Concat(core)), Kinds = kinds, Words = [.. text.Where(w => w.Length > 2 && !Tokens.IsFiller(w))],
            NamePlaces = PlacesIn(s.Name), Areas = [.. s.AreasServed.Where(a => a.Kind is AreaKind.District or AreaKind.Ward).Select(a => a.Name)],
            Towns = [.. s.Locations.SelectMany(l => Tokens.Split(l.Town)).Where(t => t.Length > 2)], Points = [.. s.Locations.Select(l => l.Point).OfType<GeoPoint>()],
            Postcodes = [.. s.Locations.Select(l => Postcode.TryParse(l.Postcode, out var code) ? code.Compact : null).OfType<string>().Distinct()],
            Phone = PhoneOf(s.Phone), Email = s.Email?.Trim().ToLowerInvariant(), Host = host, Web = host is null ? null : host + web!.AbsolutePath.TrimEnd('/').ToLowerInvariant(),
        };
    }

    private static List<string> Named(string text) => [.. Tokens.Split(text.Replace("&", " and ", StringComparison.Ordinal)).Where(w => !NoName.Contains(w)).Distinct()];

    /// <summary>Towns, villages and wards; a district is too wide to say where.</summary>
    private static List<GeoPoint> PlacesIn(string name)
    {
        var (words, places) = (Folding.Fold(name.Replace('/', ' ')).Split(' '), new List<GeoPoint>());
        for (var at = 0; at < words.Length; at++)
        {
            if (at + 1 < words.Length && Find($"{words[at]} {words[at + 1]}") is { } two) { places.Add(two); at++; }
            else if (words[at].Length > 2 && Find(words[at]) is { } one) places.Add(one);
        }
        return places;

        static GeoPoint? Find(string text) => Whereabouts.DistrictNamed(text) is null ? Gazetteer.Current.Find(text)?.Point : null;
    }

    /// <summary>Digits without the country's code; the first number where there are several.</summary>
    private static string? PhoneOf(string? text)
    {
        if (text is null) return null;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.StartsWith("0044", StringComparison.Ordinal)) digits = digits[4..];
        else if (digits.StartsWith("44", StringComparison.Ordinal) && digits.Length > 10) digits = digits[2..];
        digits = digits.TrimStart('0');
        return digits.Length >= 3 ? digits.Length > 10 ? digits[..10] : digits : null;
    }

    private static HashSet<int> Pieces(string text)
    {
        var pieces = new HashSet<int>();
        for (var i = 0; i + 3 <= text.Length; i++) pieces.Add(text[i] << 16 ^ text[i + 1] << 8 ^ text[i + 2]);
        return pieces;
    }

    /// <summary>How many services share a mark: the number of a call centre says less than one of one's own.</summary>
    private sealed class Counts
    {
        private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

        public Counts(Marks[] all)
        {
            foreach (var m in all)
            {
                Add('p', m.Phone);
                Add('e', m.Email);
                Add('w', m.Web);
                Add('h', m.Host);
                foreach (var code in m.Postcodes) Add('c', code);
                foreach (var word in m.Name) Add('n', word);
            }
        }

        private void Add(char kind, string? mark)
        {
            if (mark is not null) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, kind + mark, out _)++;
        }

        public int Of(char kind, string mark) => counts.GetValueOrDefault(kind + mark);

        /// <summary>1 where only two share it, towards 0 where hundreds do.</summary>
        public double Rarity(char kind, string mark) => 1 / (1 + Math.Log(Math.Max(1, Of(kind, mark) / 2.0)));
    }

    private static IEnumerable<List<int>> Blocks(Marks[] all)
    {
        var blocks = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var counts = new Counts(all);
        for (var i = 0; i < all.Length; i++)
            foreach (var key in Keys(all[i], counts).Distinct())
                (blocks.TryGetValue(key, out var list) ? list : blocks[key] = []).Add(i);
        foreach (var (_, block) in blocks)
        {
            if (block.Count < 2) continue;
            if (block.Count <= LargestBlock) { yield return block; continue; }
            // Many share it: those of them whose names share a word, the rarest word first.
            var finer = new Dictionary<string, List<int>>(StringComparer.Ordinal);
            foreach (var i in block)
                foreach (var word in all[i].Name.OrderBy(w => counts.Of('n', w)).Take(2).DefaultIfEmpty("")) (finer.TryGetValue(word, out var list) ? list : finer[word] = []).Add(i);
            foreach (var part in finer.Values)
            {
                // And of those too many, the neighbours by name.
                part.Sort((a, b) => string.CompareOrdinal(all[a].Service.Name, all[b].Service.Name) is var c && c != 0 ? c : a.CompareTo(b));
                for (var at = 0; at < part.Count - 1; at += LargestBlock / 2) yield return part.GetRange(at, Math.Min(LargestBlock, part.Count - at));
            }
        }
    }

    private static IEnumerable<string> Keys(Marks m, Counts counts)
    {
        if (m.Phone is not null) yield return "p" + m.Phone;
        if (m.Email is not null) yield return "e" + m.Email;
        if (m.Web is not null) yield return "w" + m.Web;
        if (m.Host is not null) yield return "w" + m.Host;
        foreach (var code in m.Postcodes) yield return "c" + code;
        // About 220 m a cell, and the three next to the corner that it is nearest to.
        foreach (var p in m.Points.Take(4))
        {
            var (y, x) = (p.Latitude * 500, p.Longitude * 300);
            var (fy, fx) = ((int)Math.Floor(y), (int)Math.Floor(x));
            var (ny, nx) = (y - fy < 0.5 ? fy - 1 : fy + 1, x - fx < 0.5 ? fx - 1 : fx + 1);
            foreach (var (cy, cx) in new[] { (fy, fx), (ny, fx), (fy, nx), (ny, nx) }) yield return $"g{cy},{cx}";
        }
        // The two rarest words of its name; one may be the town in one list and not in the other.
        var rare = m.Name.OrderBy(w => counts.Of('n', w)).ThenBy(w => w, StringComparer.Ordinal).Take(3).Order(StringComparer.Ordinal).ToList();
        if (rare.Count == 1) yield return "n" + rare[0];
        for (var i = 0; i < rare.Count; i++)
            for (var j = i + 1; j < rare.Count; j++) yield return $"n{rare[i]} {rare[j]}";
    }

    private static LikelyPair Compare(Marks a, Marks b, Counts counts)
    {
        var (points, limit, why) = (Weights.Start, double.MaxValue, new List<string>());
        var name = NameLikeness(a, b);
        points += Weights.Name * (name - Weights.NameMiddle);
        if (name > 0.99) why.Add("The same name"); else if (name > 0.7) why.Add("Nearly the same name");
        if (IsToldApart(a, b) || (a.Core.Count > 0 && b.Core.Count > 0 && Math.Max(Dice(a.CorePieces, b.CorePieces), Likeness(a.Core, b.Core)) < LeastName)) limit = Weights.Never;

        double? organisation = null;
        if (a.Organisation.Count > 0 && b.Organisation.Count > 0)
        {
            organisation = Organisations(a, b);
            points += Weights.Organisation * (organisation.Value - 0.4);
            if (organisation > 0.8) why.Add("The same organisation");
        }
        var place = Place(a, b, counts, why);
        points += place;
        if (place <= Weights.Far) limit = Weights.Never;
        var (same, differs) = (0, 0);
        Contact('p', a.Phone, b.Phone, Weights.Phone, Weights.PhoneDiffers, "The same telephone number");
        Contact('e', a.Email, b.Email, Weights.Email, Weights.EmailDiffers, "The same e-mail address");
        if (a.Web is not null && a.Web == b.Web) Contact('w', a.Web, b.Web, Weights.Web, 0, "The same web address");
        else Contact('h', a.Host, b.Host, Weights.Host, Weights.HostDiffers, "The same website");
        // Nothing ties them but a name that many have; or one is nowhere, and only the organisation is the same, as it is of all its branches.
        var tied = same > 0 || organisation > 0.8;
        if (!tied && (place < Weights.Near || organisation < 0.4 || differs > 0) || same == 0 && place < 0) limit = Weights.Never;

        var kinds = a.Kinds.Count > 0 && b.Kinds.Count > 0 ? Overlap(a.Kinds, b.Kinds) : Weights.KindsMiddle;
        points += Weights.Kinds * (kinds - Weights.KindsMiddle);
        if (kinds > 0.6) why.Add("The same kind of help");
        if (a.Words.Count > 4 && b.Words.Count > 4) points += Weights.Text * a.Words.Count(b.Words.Contains) / Math.Min(a.Words.Count, b.Words.Count) - Weights.TextMiddle;
        var people = People(a.Service, b.Service);
        points += people;
        if (people <= Weights.AgesApart) limit = Weights.Never;

        var score = 1 / (1 + Math.Exp(-Math.Min(points, limit)));
        return new LikelyPair(a.Service, b.Service, score, why) { IsCertain = score >= Hold && name >= 0.85 && place >= Weights.Near && tied && differs == 0 && people == 0 };

        void Contact(char kind, string? one, string? other, double alike, double unlike, string words)
        {
            if (one is null || other is null) return;
            if (one != other) { points -= unlike; differs++; return; }
            if (kind != 'h') same++;
            why.Add(words);
            points += alike * counts.Rarity(kind, one);
        }
    }

    /// <summary>Log-odds, set on the tuning half of the seeded pairs and left alone for the report half.</summary>
    private static class Weights
    {
        public const double Start = -3.2, Name = 9, NameMiddle = 0.55, Organisation = 3, Phone = 2.6, PhoneDiffers = 1.2, Email = 2.6, EmailDiffers = 0.8, Web = 2.2, Host = 1.4, HostDiffers = 1,
            Kinds = 3.2, KindsMiddle = 0.45, Text = 3, TextMiddle = 1.1, SamePlace = 3, Near = 1.4, NotFar = 0.3, Far = -6, OnePlaceless = -0.2, AgesApart = -6, AgesDiffer = -2, AgesOfOne = -0.8, Never = -2;
    }

    private static double NameLikeness(Marks a, Marks b)
    {
        if (a.Name.Count == 0 || b.Name.Count == 0) return 0.3;
        var whole = Math.Max(Dice(a.NamePieces, b.NamePieces), Likeness(a.Name, b.Name));
        // One list leaves the town or the organisation out of the name.
        var (ownA, ownB) = (Own(a, b), Own(b, a));
        return ownA.Count > 0 && ownB.Count > 0 ? Math.Max(whole, 0.96 * Likeness(ownA, ownB)) : whole;
    }

    private static double Dice(HashSet<int> a, HashSet<int> b) => a.Count + b.Count == 0 ? 0 : 2.0 * a.Count(b.Contains) / (a.Count + b.Count);

    /// <summary>A list may name the network and not the group, or put the organisation into the name. Where each has a word that the other has not, they are two.</summary>
    private static double Organisations(Marks a, Marks b)
    {
        var same = Likeness(a.Organisation, b.Organisation);
        if (a.Organisation.Exists(w => !b.Organisation.Exists(o => Alike(w, o))) && b.Organisation.Exists(w => !a.Organisation.Exists(o => Alike(w, o)))) same *= 0.5;
        return same >= 0.5 ? same : Math.Max(same, 0.7 * Math.Max(Likeness(a.Organisation, b.Name), Likeness(b.Organisation, a.Name)));
    }

    /// <summary>The name without its towns and its organisation, where anything is left.</summary>
    private static List<string> Own(Marks of, Marks other) => [.. of.Name.Where(w => !InTowns(of, w) && !InTowns(other, w) && !of.Organisation.Contains(w) && !other.Organisation.Contains(w))];

    private static bool InTowns(Marks m, string word) => m.Towns.Contains(word);

    /// <summary>Words of each that are in the other, with a slip, over all words.</summary>
    private static double Likeness(List<string> a, List<string> b)
    {
        if (a.Count == 0 || b.Count == 0) return 0;
        if (string.Concat(a) == string.Concat(b)) return 1;
        var (inB, inA) = (a.Count(w => b.Exists(o => Alike(w, o))), b.Count(w => a.Exists(o => Alike(w, o))));
        return (double)(inA + inB) / (a.Count + b.Count);
    }

    private static bool Alike(string a, string b) =>
        a == b || (a.Length >= 4 && b.Length >= 4 && Math.Abs(a.Length - b.Length) <= 2 && !a.Any(char.IsAsciiDigit) && Tokens.Slips(a, b) <= (Math.Min(a.Length, b.Length) >= 7 ? 2 : 1));

    /// <summary>Other days, ages, levels or numbers in the name of one, or each named after a place that is far from the other.</summary>
    private static bool IsToldApart(Marks a, Marks b)
    {
        if (Tells(a.Name, b.Name) || Tells(b.Name, a.Name)) return true;
        return AreFar(a, b) || AreFar(b, a);

        static bool Tells(List<string> of, List<string> other) => of.Exists(w => (w.Any(char.IsAsciiDigit) || Telling.Contains(w)) && !other.Exists(o => o == w || (!Telling.Contains(o) && Alike(w, o))));

        static bool AreFar(Marks a, Marks b) => a.NamePlaces.Count > 0 && (b.Points.Count > 0 ? b.Points : b.NamePlaces) is { Count: > 0 } others && a.NamePlaces.TrueForAll(p => others.TrueForAll(q => p.MilesTo(q) > NamedFar));
    }

    private static double Place(Marks a, Marks b, Counts counts, List<string> why)
    {
        var same = a.Postcodes.Find(b.Postcodes.Contains);
        double? miles = null;
        foreach (var p in a.Points) foreach (var q in b.Points) if (p.MilesTo(q) is var far && far < (miles ?? double.MaxValue)) miles = far;
        if (same is not null || miles < 0.1)
        {
            why.Add(same is not null ? "The same postcode" : "The same place");
            return Weights.SamePlace * (same is not null ? 0.5 + 0.5 * counts.Rarity('c', same) : 0.9);
        }
        var (hasA, hasB) = (a.Points.Count + a.Postcodes.Count > 0, b.Points.Count + b.Postcodes.Count > 0);
        if (!hasA && !hasB) return a.Areas.Count > 0 && b.Areas.Count > 0 ? a.Areas.Overlaps(b.Areas) ? Weights.NotFar : Weights.Far : 0;
        if (!hasA || !hasB) return Weights.OnePlaceless;
        if (miles is { } m) return m < 0.35 ? Weights.Near : m < 0.8 ? Weights.NotFar : Weights.Far;
        // Only postcodes, and none the same: the sector may be.
        return a.Postcodes.Exists(p => b.Postcodes.Exists(q => p[..^2] == q[..^2])) ? Weights.NotFar : Weights.Far;
    }

    private static double People(Service a, Service b)
    {
        var points = 0.0;
        if ((a.MinimumAge ?? 0) > (b.MaximumAge ?? 200) || (b.MinimumAge ?? 0) > (a.MaximumAge ?? 200)) points += Weights.AgesApart;
        else if (Differ(a.MinimumAge, b.MinimumAge) || Differ(a.MaximumAge, b.MaximumAge)) points += Weights.AgesDiffer;
        else if (a.MinimumAge != b.MinimumAge || a.MaximumAge != b.MaximumAge) points += Weights.AgesOfOne;
        if (a.OnlyFor != b.OnlyFor) points += a.OnlyFor != OnlyFor.Everyone && b.OnlyFor != OnlyFor.Everyone ? Weights.AgesApart : Weights.AgesOfOne;
        return points;

        static bool Differ(int? one, int? other) => one is not null && other is not null && one != other;
    }

    private static double Overlap(Dictionary<int, float> a, Dictionary<int, float> b)
    {
        double both = 0, either = 0;
        foreach (var (kind, weight) in a) { var other = b.GetValueOrDefault(kind); both += Math.Min(weight, other); either += Math.Max(weight, other); }
        foreach (var (kind, weight) in b) if (!a.ContainsKey(kind)) either += weight;
        return either == 0 ? 0 : both / either;
    }
}
