using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// Gate, score, spread, explain. Pure and deterministic: the same index and question always give the same lines in the same order.
/// A place's weights move what has passed the gate, within bounds. Nobody can pay to be higher.
/// </summary>
public static class MenuMatch
{
    /// <summary>Checked longer ago than this, a service stands below those that were checked, and its owner is asked (R-MEN-01).</summary>
    public const int CheckAfterDays = 180;
    /// <summary>… and longer ago than this, residents are not sent there.</summary>
    public const int HideAfterDays = 365;
    private const int MostNeedsRead = 3;
    private const int SameOrganisation = 14;
    private const int NeedNotMetYet = 40;
    private const int NeedMetAlready = 6;
    private const int BelowAll = 10_000;
    private static readonly string[] StepFreeWords = ["level", "step-free", "step free", "wheelchair", "ramp", "lift", "disabled access", "accessible"];
    // In a search by words the topic goes first: what was not confirmed stands below what answers about as well.
    private const int NotConfirmed = 22, NeverConfirmed = 9;
    // Among answers by words, what hardly speaks of the topic stands below what does, however near it is.
    private const double OnTopic = 0.6, OffTopic = 50;
    // … and after so many it is not shown at all: nobody reads on to what has one word of theirs.
    private const int ShownAnyway = 8;
    private const double StillOnTopic = 0.35;
    private const int MostWeighed = 240;
    private const int MostLeftOut = 50;
    // A place this far off is another county's, whatever it says of itself by telephone.
    private const double FarAway = 45;

    /// <summary>What the order follows from. The words are made later, for the lines that are shown.</summary>
    internal sealed record Candidate(
        Service Service, List<string> Meets, int Order, bool Beyond, int Score, bool LatelyChecked, int DaysSince, double? Miles, ServiceLocation? Location, OpeningNow Opening,
        Finding Eligible, Verdict Area, string? AreaWords, IReadOnlyList<string> Ask, bool OftenTaken, float Topic);

    /// <summary>What has passed the gate, and about how well it stands.</summary>
    private readonly record struct Passed(int Entry, float Rough, float Topic, double? Miles, ServiceLocation? Location, Finding Eligible, Verdict Area, bool Beyond) : IComparable<Passed>
    {
        public int CompareTo(Passed other) => Rough != other.Rough ? other.Rough.CompareTo(Rough) : Entry.CompareTo(other.Entry);
    }

    public static MenuResult Match(MenuIndex index, MenuQuery query)
    {
        if (query.Place is { Point: not null, TownPoint: null }) query = query with { Place = Whereabouts.Of(query.Place, index) };
        using var topic = new MenuTopic(index, query, MostNeedsRead);
        var byWords = query.Needs.Count == 0;
        var local = LondonTime.FromUtc(query.At);
        var leftOut = new List<MenuLeftOut>();
        var bend = MenuBend.At(index.Weights, query.Place, DateOnly.FromDateTime(local));
        using var passed = new PassedList(topic.Found.Count);
        Gate(index, query, topic, DateOnly.FromDateTime(local), bend, leftOut, passed);

        var within = Weighed(beyondReach: false);
        // What is farther is weighed only where it is asked for.
        List<Candidate>? farther = null;
        List<Candidate> Beyond() => farther ??= Weighed(beyondReach: true);
        var needs = topic.Needs.ToList();
        var chosen = Spread(within, needs, query.Most, byWords);
        if (byWords && chosen.Count > ShownAnyway && within.Max(c => c.Topic) * StillOnTopic is var least) chosen = [.. chosen.Where((c, i) => i < ShownAnyway || c.Topic >= least)];
        var hits = chosen.ConvertAll(c => MenuWords.Explain(c, query));
        var missing = needs.Where(n => !within.Exists(c => c.Meets.Contains(n))).Select(n => MenuWords.Missing(n, Beyond(), query)).ToList();
        return new MenuResult(hits, passed.Within, topic.Understood, leftOut, missing)
        {
            NearestBeyond = hits.Count > 0 ? [] : [.. Beyond().Where(c => c.Area != Verdict.No).OrderBy(c => c.Miles ?? double.MaxValue).ThenByDescending(c => c.Score).Take(3).Select(c => MenuWords.Explain(c, query))],
        };

        List<Candidate> Weighed(bool beyondReach)
        {
            var best = passed.Best(beyondReach, MostWeighed);
            var strongest = byWords && best.Count > 0 ? best.Max(p => p.Topic) : 0;
            return best.ConvertAll(p => Weigh(index.Entries[p.Entry], p, topic, byWords, strongest, local, bend, index.AcceptanceOf(index.Entries[p.Entry].Service.Id), query));
        }
    }

    private static void Gate(MenuIndex index, MenuQuery query, MenuTopic topic, DateOnly today, MenuBend bend, List<MenuLeftOut> leftOut, PassedList passed)
    {
        var reach = new AreaReach(query.Place);
        var reached = new Verdict?[index.KindsOfArea];
        var here = query.Place.Point is { } point ? new GlobePoint(point) : (GlobePoint?)null;
        var district = here is null ? District.Find(query.Place.District)?.Name : null;
        foreach (var at in topic.Found)
        {
            ref readonly var glance = ref index.GlanceAt(at);
            if (glance.Gate.IsClosed(today.DayNumber) || !glance.Gate.MayBeSeen(query.Reader, today.DayNumber)) continue;
            var (entry, points) = (index.Entries[at], topic.PointsOf(at));
            var eligible = glance.IsForAll ? MenuGate.ForAll : MenuGate.WhoFor(entry.Service, query);
            if (eligible.Verdict == Verdict.No)
            {
                if (leftOut.Count < MostLeftOut) leftOut.Add(new MenuLeftOut(entry.Service, MenuGate.Words(entry.Service) ?? "For others"));
                continue;
            }
            var (location, miles, hiddenMiles) = here is { } from && glance.OnlyPlace is { } only ? (null, from.MilesTo(only), null) : Nearest(entry.Locations, query.Place, district);
            var area = reached[glance.Areas] ??= reach.Of(entry.Service);
            // A place named in a description is no border while the service itself is next door.
            if (area == Verdict.No && miles <= 12 && entry.Service.AreasServed.All(a => !a.Only)) area = Verdict.Maybe;
            if (area != Verdict.Yes && (miles ?? hiddenMiles) > FarAway) area = Verdict.No;
            if (area == Verdict.No && query.Needs.Count == 0 && entry.Service.AreasServed.Count > 0) continue;
            var beyond = area == Verdict.No || (miles > query.WithinMiles && (!glance.ReachesOut || (area != Verdict.Yes && miles > query.WithinMiles * 2)));
            var near = miles is { } far ? 30 * Math.Exp(-far / 6) : area == Verdict.Yes ? 12 : 4;
            passed.Add(new Passed(at, (float)(points + near - (area == Verdict.Maybe ? 6 : 0) + bend.Of(entry)), points, miles, location, eligible, area, beyond));
        }
        if (index.HoldsAny) Once(index, passed);
    }

    /// <summary>One that is almost certainly listed twice stands back where the older passed too, which is found by the words of both. Neither is lost: where only one passed, it stays.</summary>
    private static void Once(MenuIndex index, PassedList passed)
    {
        var at = new Dictionary<int, int>(passed.Count);
        for (var i = 0; i < passed.Count; i++) at[passed[i].Entry] = i;
        HashSet<int>? back = null;
        for (var i = 0; i < passed.Count; i++)
            foreach (var older in index.ShownInsteadOf(index.Entries[passed[i].Entry].Service.Id))
                if (at.TryGetValue(index.PositionOf(older), out var o) && (!passed[o].Beyond || passed[i].Beyond))
                {
                    passed[o] = passed[o] with { Rough = Math.Max(passed[o].Rough, passed[i].Rough), Topic = Math.Max(passed[o].Topic, passed[i].Topic) };
                    (back ??= []).Add(passed[i].Entry);
                }
        if (back is not null) passed.Remove(back);
    }

    private static Candidate Weigh(MenuIndex.Entry entry, Passed passed, MenuTopic topic, bool byWords, float strongest, DateTime local, MenuBend bend, MenuAcceptance? taken, MenuQuery query)
    {
        var service = entry.Service;
        var needs = topic.Needs;
        var meets = needs.Where(n => entry.Needs.Contains(n)).ToList();
        var days = DateOnly.FromDateTime(local).DayNumber - service.LastChecked.DayNumber;
        var (miles, area) = (passed.Miles, passed.Area);
        var location = passed.Location ?? (entry.Locations is [{ Hidden: false } only] ? only : null);
        var opening = service.Opening.AtLocal(local);
        IReadOnlyList<string> ask = passed.Eligible.Ask.Count == 0 && area != Verdict.Maybe ? [] : [.. passed.Eligible.Ask.Concat(area == Verdict.Maybe ? [Predicate.Area] : []).Distinct()];

        var extras = (byWords ? Near(miles, area, entry.ReachesOut, query) : miles is { } far ? 30 * Math.Max(0, 1 - far / 5) : entry.ReachesOut ? 12 : 0)
            + (byWords ? 0.5 : 1) * Ease(service, opening, query) + (days < 90 && !service.NeverConfirmed ? 6 : days < CheckAfterDays ? 3 : 0)
            - (byWords ? 0.5 : 1) * ((ask.Count > 0 ? 8 : 0) + (service.Capacity is { State: CapacityState.Waiting } ? 10 : 0)) - (area == Verdict.Maybe ? byWords ? 6 : 10 : 0);
        if (!byWords) extras += meets.Sum(n => 20 - Math.Min(8, IndexOf(needs, n) * 2)) + (meets.Count > 0 && service.Needs is [var main, ..] && main == meets[0] ? 6 : 0);
        else if (passed.Eligible.Verdict == Verdict.Yes && (service.MinimumAge ?? service.MaximumAge) is not null) extras += 3;
        var topical = (byWords ? passed.Topic - (strongest > 0 ? OffTopic * Math.Max(0, OnTopic - passed.Topic / strongest) : 0) : 0) + bend.Of(entry) + (taken?.Points ?? 0);

        var lately = days < CheckAfterDays && !service.NeverConfirmed;
        return new Candidate(service, meets, meets.Count == 0 ? int.MaxValue : IndexOf(needs, meets[0]), passed.Beyond, (int)Math.Round(topical + extras), lately, days, miles, location, opening,
            passed.Eligible, area, area == Verdict.Maybe && service.AreasServed.Count > 0 ? MenuWords.AreaWords(service, query.Place) : null, ask, taken?.IsOftenTaken == true, passed.Topic);
    }

    private static int IndexOf(IReadOnlyList<string> needs, string need)
    {
        for (var i = 0; i < needs.Count; i++) if (needs[i] == need) return i;
        return -1;
    }

    /// <summary>On foot, then by bus, then by car: each mile counts less than the one before.</summary>
    private static double Near(double? miles, Verdict area, bool reachesOut, MenuQuery query)
    {
        var byDistance = miles is { } far ? 30 * Math.Exp(-far / (query.Car == true ? 9 : 6)) : 0;
        return Math.Max(byDistance, area == Verdict.Yes ? reachesOut ? 14 : miles is null ? 12 : 0 : reachesOut ? 7 : miles is null ? 5 : 0);
    }

    private static double Ease(Service service, OpeningNow opening, MenuQuery query)
    {
        var ease = opening switch { { IsOpen: true } => 12, { DaysAhead: 0 } => 9, { DaysAhead: 1 } => 5, { DaysAhead: null } => 2, _ => 0 };
        ease += service.Cost.Kind switch { CostKind.Free => 10, CostKind.PayWhatYouCan => 7, CostKind.Fixed => 2, _ => 0 };
        ease += service.HowToUse switch { HowToUse.WalkIn or HowToUse.WalkInOrHandover => 5, HowToUse.Phone => 4, _ => 0 };
        return ease + (MenuWords.IsSpoken(service, query.Language) ? 10 : 0) + (query.StepFree && service.Access.Any(a => StepFreeWords.Any(w => a.Contains(w, StringComparison.OrdinalIgnoreCase))) ? 4 : 0);
    }

    /// <summary>The best of each need first, then the best of the rest; the same organisation again, or a need already met, stands back.</summary>
    private static List<Candidate> Spread(List<Candidate> candidates, List<string> needs, int most, bool byWords)
    {
        var left = candidates.ToList();
        var chosen = new List<Candidate>();
        var met = new Dictionary<string, int>();
        var organisations = new Dictionary<string, int>();
        while (left.Count > 0 && chosen.Count < most)
        {
            Candidate? best = null;
            var bestValue = int.MinValue;
            foreach (var candidate in left)
            {
                var again = candidate.Service.Organisation.Length == 0 ? 0 : organisations.GetValueOrDefault(candidate.Service.Organisation);
                var value = candidate.Score - (byWords ? Math.Min(2, again) * SameOrganisation / 3 : again * SameOrganisation);
                if (!byWords && needs.Count > 1 && candidate.Meets.Count > 0) value += Worth(candidate.Meets, met);
                // What was not confirmed lately stands below all that was.
                if (!candidate.LatelyChecked) value -= !byWords ? BelowAll : candidate.Service.NeverConfirmed ? NeverConfirmed : NotConfirmed;
                if (best is null || value > bestValue || (value == bestValue && Before(candidate, best))) (best, bestValue) = (candidate, value);
            }
            left.Remove(best!);
            Choose(best!);
        }
        // A short list still has something for every need.
        foreach (var need in byWords ? [] : needs)
        {
            if (met.ContainsKey(need)) continue;
            if (left.Where(c => c.Meets.Contains(need)).OrderByDescending(c => c.LatelyChecked).ThenByDescending(c => c.Score).FirstOrDefault() is not { } best) continue;
            left.Remove(best);
            Choose(best);
        }
        return chosen;

        void Choose(Candidate one)
        {
            chosen.Add(one);
            organisations[one.Service.Organisation] = organisations.GetValueOrDefault(one.Service.Organisation) + 1;
            foreach (var need in one.Meets) met[need] = met.GetValueOrDefault(need) + 1;
        }
    }

    private static int Worth(List<string> meets, Dictionary<string, int> met)
    {
        var least = int.MaxValue;
        foreach (var need in meets)
        {
            if (!met.TryGetValue(need, out var times)) return NeedNotMetYet;
            least = Math.Min(least, times);
        }
        return -NeedMetAlready * least;
    }

    private static bool Before(Candidate a, Candidate b)
    {
        if (a.Order != b.Order) return a.Order < b.Order;
        var miles = (a.Miles ?? double.MaxValue).CompareTo(b.Miles ?? double.MaxValue);
        return miles != 0 ? miles < 0 : string.CompareOrdinal(a.Service.Id, b.Service.Id) < 0;
    }

    /// <summary>The nearest place that may be told, with how far it is; and, for the gate alone, about how far a hidden one is, to ten miles.</summary>
    private static (ServiceLocation? Location, double? Miles, double? Hidden) Nearest(ServiceLocation[] locations, MenuPlace place, string? district)
    {
        ServiceLocation? nearest = null;
        double? miles = null, hidden = null;
        foreach (var location in locations)
        {
            double? far = place.Point is { } here && location.Point is { } there ? here.MilesTo(there) : null;
            if (location.Hidden) { hidden = far is { } f ? Math.Round(f / 10) * 10 : hidden; continue; }
            if (nearest is null || far < (miles ?? double.MaxValue) || (district is not null && location.District == district && nearest.District != district)) (nearest, miles) = (location, far ?? miles);
        }
        return (nearest, miles, hidden);
    }

    /// <summary>What has passed, in borrowed memory: a question may let tens of thousands through.</summary>
    private sealed class PassedList(int most) : IDisposable
    {
        private readonly Passed[] items = System.Buffers.ArrayPool<Passed>.Shared.Rent(Math.Max(1, most));

        public int Count { get; private set; }
        public int Within { get; private set; }
        public Passed this[int at] { get => items[at]; set => items[at] = value; }

        public void Add(in Passed one)
        {
            items[Count++] = one;
            if (!one.Beyond) Within++;
        }

        public void Remove(HashSet<int> entries)
        {
            var all = items.AsSpan(0, Count).ToArray();
            (Count, Within) = (0, 0);
            foreach (var one in all) if (!entries.Contains(one.Entry)) Add(one);
        }

        /// <summary>The best of those within reach, or of those beyond it, in order.</summary>
        public List<Passed> Best(bool beyond, int count)
        {
            // The worst of those kept so far is the first to go.
            var kept = new PriorityQueue<Passed, Passed>(Comparer<Passed>.Create((a, b) => b.CompareTo(a)));
            for (var i = 0; i < Count; i++)
            {
                ref readonly var one = ref items[i];
                if (one.Beyond != beyond) continue;
                if (kept.Count < count) kept.Enqueue(one, one);
                else if (one.CompareTo(kept.Peek()) < 0) kept.EnqueueDequeue(one, one);
            }
            var best = kept.UnorderedItems.Select(k => k.Element).ToList();
            best.Sort();
            return best;
        }

        public void Dispose()
        {
            items.AsSpan(0, Count).Clear();
            System.Buffers.ArrayPool<Passed>.Shared.Return(items);
        }
    }
}
