using AnyDoor.Common;
using AnyDoor.Places;

namespace AnyDoor.ServiceDirectory;

/// <summary>The menu in memory, ready to be matched. It never changes: another change number is another index.</summary>
public sealed class MenuIndex
{
    private const float NameWeight = 3f, TermWeight = 2.5f, OrganisationWeight = 1f, TextWeight = 1f, EligibilityWeight = 0.5f;
    // How sure a kind of help is by where it is named.
    private const float KindByName = 1f, KindByTerm = 0.9f, KindByFirst = 0.55f, KindByText = 0.35f, KindByOrganisation = 0.45f, KindByWhoFor = 0.3f;
    private const int FirstWords = 30;

    /// <summary>A service with what a search looks at.</summary>
    internal sealed class Entry(Service service, (int Kind, float Weight)[] kinds, (string Word, float Weight)[] words, string[] nameWords, HashSet<string> needs, ServiceLocation[] locations)
    {
        public Service Service { get; } = service;
        public (int Kind, float Weight)[] Kinds { get; } = kinds;
        public (string Word, float Weight)[] Words { get; } = words;
        public string[] NameWords { get; } = nameWords;
        /// <summary>Those it names, and those its kinds of help belong to.</summary>
        public HashSet<string> Needs { get; } = needs;
        public bool ReachesOut { get; } = service.Delivered.Any(d => d != Delivery.Place);
        /// <summary>Each with a point, where its source or its postcode says one.</summary>
        public ServiceLocation[] Locations { get; } = locations;
        /// <summary>The same for all that serve the same areas.</summary>
        public string AreasKey { get; } = string.Join('\n', service.AreasServed.Select(a => $"{a.Kind}|{a.Name}|{a.Code}|{a.Only}|{(a.Outline is { } ring ? string.Join(' ', ring) : "")}"));
    }

    /// <summary>What a question looks at of every service it finds, side by side: thousands are passed by without a look at the service itself.</summary>
    internal readonly struct Glance(Entry entry, int areas)
    {
        public readonly GateFacts Gate = new(entry.Service);
        /// <summary>It is for somebody in any household, and nothing has to be asked.</summary>
        public readonly bool IsForAll = entry.Service.Eligibility?.When is null && entry.Service.OnlyFor == OnlyFor.Everyone && entry.Service.MinimumAge is null && entry.Service.MaximumAge is null;
        public readonly bool ReachesOut = entry.ReachesOut;
        /// <summary>The same number for all that serve the same areas, below <see cref="KindsOfArea"/>.</summary>
        public readonly int Areas = areas;
        /// <summary>Of a service with one place that may be told and whose point is known.</summary>
        public readonly GlobePoint? OnlyPlace = entry.Locations is [{ Hidden: false, Point: { } point }] ? new GlobePoint(point) : null;
    }

    public static readonly MenuIndex Empty = new(0, Enumerable.Empty<Service>());

    private readonly Dictionary<string, int> wordIds = new(StringComparer.Ordinal);
    private readonly List<string> words = [];
    private readonly (int Entry, float Weight)[][] byWord;
    private readonly int[][] nameWords;
    private readonly Glance[] glances;
    private readonly (int Entry, float Weight)[][] byKind;
    private readonly Dictionary<string, int[]> byNeed;
    private readonly Dictionary<string, int> byId;
    private readonly Lazy<Towns> towns;
    private IReadOnlyDictionary<string, string[]> held = new Dictionary<string, string[]>();
    private IReadOnlyDictionary<string, string> leadsOn = new Dictionary<string, string>();
    private IReadOnlyDictionary<string, MenuAcceptance> accepted = new Dictionary<string, MenuAcceptance>();
    private readonly Lazy<Dictionary<Guid, int>> byUuid;

    public MenuIndex(long changeNumber, IEnumerable<Service> services) : this(changeNumber, [.. services.Select(s => Enter(s, null))]) { }

    private MenuIndex(long changeNumber, List<Entry> entries)
    {
        ChangeNumber = changeNumber;
        entries.Sort((a, b) => string.CompareOrdinal(a.Service.Id, b.Service.Id));
        Entries = entries;
        byId = new Dictionary<string, int>(entries.Count, StringComparer.OrdinalIgnoreCase);
        var found = new List<List<(int, float)>?>();
        var kinds = new List<(int, float)>[Lexicon.Current.Count];
        var needs = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var served = new Dictionary<string, int>(StringComparer.Ordinal);
        (nameWords, glances) = (new int[entries.Count][], new Glance[entries.Count]);
        for (var i = 0; i < entries.Count; i++)
        {
            byId[entries[i].Service.Id] = i;
            foreach (var (word, weight) in entries[i].Words) (found[IdOf(word)] ??= []).Add((i, weight));
            foreach (var (kind, weight) in entries[i].Kinds) (kinds[kind] ??= []).Add((i, weight));
            foreach (var need in entries[i].Needs) (needs.TryGetValue(need, out var list) ? list : needs[need] = []).Add(i);
            nameWords[i] = Array.ConvertAll(entries[i].NameWords, IdOf);
            glances[i] = new Glance(entries[i], served.TryGetValue(entries[i].AreasKey, out var known) ? known : served[entries[i].AreasKey] = served.Count);
        }
        byWord = [.. found.Select(f => f is null ? [] : f.ToArray())];
        byKind = [.. kinds.Select(k => k is null ? [] : k.ToArray())];
        byNeed = needs.ToDictionary(n => n.Key, n => n.Value.ToArray(), StringComparer.Ordinal);
        KindsOfArea = served.Count;
        towns = new Lazy<Towns>(() => new Towns(entries.Select(e => e.Service)));
        byUuid = new Lazy<Dictionary<Guid, int>>(() => entries.Select((e, i) => (e.Service.Uuid, i)).DistinctBy(e => e.Uuid).ToDictionary(e => e.Uuid, e => e.i));

        int IdOf(string word)
        {
            if (wordIds.TryGetValue(word, out var id)) return id;
            words.Add(word);
            found.Add(null);
            return wordIds[word] = words.Count - 1;
        }
    }

    private MenuIndex(MenuIndex same)
    {
        (ChangeNumber, Entries, byId, byUuid, byKind, byNeed, towns) = (same.ChangeNumber, same.Entries, same.byId, same.byUuid, same.byKind, same.byNeed, same.towns);
        (wordIds, words, byWord, nameWords, glances, KindsOfArea) = (same.wordIds, same.words, same.byWord, same.nameWords, same.glances, same.KindsOfArea);
        (Weights, held, leadsOn, accepted) = (same.Weights, same.held, same.leadsOn, same.accepted);
    }

    /// <summary>The same with some services new or changed, and others gone. What did not change is not read again.</summary>
    /// <param name="locate">Where a postcode is; none, or not known there: about where its sector is.</param>
    public MenuIndex With(long changeNumber, IReadOnlyCollection<Service> changed, IReadOnlyCollection<string> gone, Func<Postcode, GeoPoint?>? locate = null)
    {
        var away = gone.Concat(changed.Select(s => s.Id)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new MenuIndex(changeNumber, [.. Entries.Where(e => !away.Contains(e.Service.Id)), .. changed.AsParallel().Select(s => Enter(s, locate))]) { Weights = Weights };
    }

    public long ChangeNumber { get; }
    /// <summary>How places bend the order.</summary>
    public IReadOnlyList<MenuWeight> Weights { get; private init; } = [];

    /// <summary>The same services with other weights.</summary>
    public MenuIndex Bent(IReadOnlyList<MenuWeight> weights) => new(this) { Weights = weights };

    /// <summary>The same with what is known of services that are listed twice.</summary>
    /// <param name="held">Those that stand back, each with those that are shown in its place.</param>
    /// <param name="leadsOn">Those that were merged, each with the one that is kept.</param>
    public MenuIndex Joined(IReadOnlyDictionary<string, string[]> held, IReadOnlyDictionary<string, string> leadsOn) => new(this) { held = held, leadsOn = leadsOn };

    /// <summary>The same with how often each was said yes to.</summary>
    public MenuIndex Accepted(IReadOnlyDictionary<string, MenuAcceptance> counts) => new(this) { accepted = counts };

    internal MenuAcceptance? AcceptanceOf(string id) => accepted.GetValueOrDefault(id);
    internal bool HoldsAny => held.Count > 0;
    /// <summary>Those that are shown in its place, wherever they are shown.</summary>
    internal ReadOnlySpan<string> ShownInsteadOf(string id) => held.TryGetValue(id, out var older) ? older : [];
    internal IEnumerable<string> Merged => leadsOn.Keys;
    internal int PositionOf(string id) => byId.TryGetValue(id, out var at) ? at : -1;

    public int Count => Entries.Count;
    public IEnumerable<Service> Services => Entries.Select(e => e.Service);
    internal List<Entry> Entries { get; }

    /// <summary>By its id; the id of one that was merged leads on to the one that is kept.</summary>
    public Service? Find(string id)
    {
        for (var hop = 0; hop < 10; hop++)
        {
            if (byId.TryGetValue(id, out var at)) return Entries[at].Service;
            if (!leadsOn.TryGetValue(id, out var next)) return null;
            id = next;
        }
        return null;
    }

    /// <summary>By the service's own UUID, as addresses and the feed have it.</summary>
    public Service? Find(Guid uuid) => byUuid.Value.TryGetValue(uuid, out var at) ? Entries[at].Service : leadsOn.Keys.FirstOrDefault(m => Service.UuidOf(m) == uuid) is { } merged ? Find(merged) : null;

    internal bool Knows(string word) => WithWord(word).Length > 0;
    /// <summary>Every word of the menu's entries, by its number.</summary>
    internal IReadOnlyList<string> AllWords => words;
    internal ReadOnlySpan<(int Entry, float Weight)> WithWord(string word) => wordIds.TryGetValue(word, out var id) ? byWord[id] : [];
    internal bool IsFound(int word) => byWord[word].Length > 0;
    /// <summary>Numbers of the words in the name of an entry and of who runs it.</summary>
    internal int[] NameWords(int entry) => nameWords[entry];
    internal ref readonly Glance GlanceAt(int entry) => ref glances[entry];
    internal int KindsOfArea { get; }
    internal ReadOnlySpan<(int Entry, float Weight)> OfKind(int kind) => byKind[kind];
    internal ReadOnlySpan<int> WithNeed(string need) => byNeed.TryGetValue(need, out var at) ? at : [];

    /// <summary>Where services with this postcode, sector or first part are.</summary>
    internal GeoPoint? Postcode(string key) => towns.Value.Postcodes.TryGetValue(key, out var at) ? at : null;
    internal GeoPoint? Town(string folded) => towns.Value.Names.TryGetValue(folded, out var at) ? at : null;
    internal IEnumerable<string> TownNames => towns.Value.Names.Keys;

    internal IEnumerable<string> NamesNear(GeoPoint point, double miles) => towns.Value.Near(point, miles);

    /// <summary>Many a feed gives a postcode and no coordinates.</summary>
    private static ServiceLocation Placed(ServiceLocation l, Func<Postcode, GeoPoint?>? locate) =>
        l.Point is null && Common.Postcode.TryParse(l.Postcode, out var postcode) && (locate?.Invoke(postcode) ?? Gazetteer.Current.Sector(postcode.Sector)?.Point) is { } at ? l with { Lat = at.Latitude, Lon = at.Longitude } : l;

    private static Entry Enter(Service s, Func<Postcode, GeoPoint?>? locate)
    {
        var (name, organisation, text) = (Tokens.Split(s.Name), Tokens.Split(s.Organisation), Tokens.Split(s.Description));
        var terms = s.Terms.Select(t => Tokens.Split(t.Name)).ToList();
        var kinds = new Dictionary<int, float>();
        var lexicon = Lexicon.Current;
        lexicon.Name(name, KindByName, kinds);
        foreach (var term in terms) lexicon.Name(term, KindByTerm, kinds);
        if (s.Organisation != s.Name) lexicon.Name(organisation, KindByOrganisation, kinds);
        lexicon.Name(text.Count > FirstWords ? text[..FirstWords] : text, KindByFirst, kinds);
        if (text.Count > FirstWords) lexicon.Name(text[(FirstWords - 2)..], KindByText, kinds);
        // “For young people in Wisbech” may be all that says that it is a youth club.
        lexicon.Name(Tokens.Split(s.Eligibility?.Words), KindByWhoFor, kinds);

        var needs = s.Needs.ToHashSet(StringComparer.Ordinal);
        var most = kinds.Count > 0 ? Math.Max(0.6f, kinds.Values.Max()) : 1f;
        foreach (var (kind, weight) in kinds)
            if (needs.Count == 0 || s.Needs.Count == 0) { if (weight >= most * 0.55f) needs.Add(lexicon[kind].Need); }
        var weights = new Dictionary<string, float>(StringComparer.Ordinal);
        Weigh(name, NameWeight);
        foreach (var term in terms) Weigh(term, TermWeight);
        if (s.Organisation != s.Name) Weigh(organisation, OrganisationWeight);
        Weigh(Tokens.Split(s.Eligibility?.Words), EligibilityWeight);
        Weigh(text, TextWeight);
        var length = name.Count + text.Count + terms.Sum(t => t.Count);
        var normal = 0.6f + 0.4f * length / 60f;
        return new Entry(s, [.. kinds.Select(k => (k.Key, Math.Min(1.6f, k.Value)))], [.. weights.Select(w => (w.Key, w.Value / (w.Value + 1.2f * normal)))], [.. name.Concat(organisation).Where(w => w.Length > 2).Distinct()], needs, [.. s.Locations.Select(l => Placed(l, locate))]);

        void Weigh(List<string> of, float weight)
        {
            foreach (var word in of)
                if (word.Length > 1 && !Tokens.IsFiller(word)) weights[word] = weights.GetValueOrDefault(word) + weight;
        }
    }

    /// <summary>What the menu's own services say of where towns and postcodes are. Hidden places say nothing.</summary>
    private sealed class Towns
    {
        public readonly Dictionary<string, GeoPoint> Postcodes = new(StringComparer.Ordinal);
        public readonly Dictionary<string, GeoPoint> Names = new(StringComparer.Ordinal);
        private readonly Dictionary<(int, int), List<(string Name, GeoPoint Point)>> cells = [];

        public Towns(IEnumerable<Service> services)
        {
            var (posts, names) = (new Dictionary<string, (double, double, int)>(StringComparer.Ordinal), new Dictionary<string, (double, double, int)>(StringComparer.Ordinal));
            var seen = new HashSet<(string, int, int)>();
            foreach (var location in services.SelectMany(s => s.Locations))
            {
                if (location.Hidden || location.Point is not { } point) continue;
                if (Common.Postcode.TryParse(location.Postcode, out var postcode))
                    foreach (var key in new[] { postcode.Compact, postcode.Sector, postcode.Outward }) Add(posts, key, point);
                if (Folding.Fold(location.Town) is { Length: > 2 } town && !town.Any(char.IsDigit)) { Add(names, town, point); At(town, point); }
                if (location.County is { } county) At(Folding.Fold(county), point);
            }
            foreach (var (key, (lat, lon, n)) in posts) Postcodes[key] = new GeoPoint(lat / n, lon / n);
            foreach (var (key, (lat, lon, n)) in names) Names[key] = new GeoPoint(lat / n, lon / n);

            static void Add(Dictionary<string, (double, double, int)> to, string key, GeoPoint p)
            {
                var (lat, lon, n) = to.GetValueOrDefault(key);
                to[key] = (lat + p.Latitude, lon + p.Longitude, n + 1);
            }

            void At(string name, GeoPoint p)
            {
                var cell = Cell(p);
                if (!seen.Add((name, cell.Item1, cell.Item2))) return;
                if (!cells.TryGetValue(cell, out var list)) cells[cell] = list = [];
                list.Add((name, p));
            }
        }

        public IEnumerable<string> Near(GeoPoint point, double miles)
        {
            var (y, x) = Cell(point);
            for (var dy = -1; dy <= 1; dy++)
                for (var dx = -1; dx <= 1; dx++)
                    if (cells.TryGetValue((y + dy, x + dx), out var list))
                        foreach (var (name, at) in list) if (at.MilesTo(point) <= miles) yield return name;
        }

        // About 3.5 miles a cell.
        private static (int, int) Cell(GeoPoint p) => ((int)Math.Floor(p.Latitude * 20), (int)Math.Floor(p.Longitude * 12));
    }
}
