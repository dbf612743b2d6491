using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// Gate, score, spread, explain. Pure and deterministic: the same index and question always give the same lines in the same order.
/// Nobody can pay to be higher.
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

    /// <summary>What the order follows from. The words are made later, for the lines that are shown.</summary>
    private sealed record Candidate(
        Service Service, List<string> Meets, int Order, bool Beyond, int Score, bool LatelyChecked, int DaysSince, double? Miles, ServiceLocation? Location, OpeningNow Opening,
        Finding? Eligible, Verdict Area, string? AreaWords, IReadOnlyList<string> Ask);

    public static MenuResult Match(MenuIndex index, MenuQuery query)
    {
        var understood = query.Needs.Count == 0 ? NeedReader.Current.Read(query.Text).Take(MostNeedsRead).ToList() : [];
        var needs = query.Needs.Count > 0 ? query.Needs.Distinct().ToList() : [.. understood.Select(u => u.NeedId)];
        var typed = query.Text is null ? [] : TextToken.Split(query.Text);
        var local = LondonTime.FromUtc(query.At);
        var leftOut = new List<MenuLeftOut>();
        var within = new List<Candidate>();
        var beyond = new List<Candidate>();

        foreach (var entry in index.Entries)
        {
            var meets = needs.FindAll(entry.Needs.Contains);
            var named = typed.Count == 0 ? 0 : NamedBy(entry, typed, needs.Count > 0);
            if (meets.Count == 0 && named == 0) continue;
            var days = DateOnly.FromDateTime(local).DayNumber - entry.Service.LastChecked.DayNumber;
            if (!MayBeSeen(entry.Service, query.Reader, days)) continue;
            var eligible = entry.Service.Eligibility?.When?.Of(query.Facts);
            if (eligible is { Verdict: Verdict.No })
            {
                leftOut.Add(new MenuLeftOut(entry.Service, entry.Service.Eligibility!.Words));
                continue;
            }
            var candidate = Weigh(entry.Service, meets, needs, named, eligible, days, local, query);
            (candidate.Beyond ? beyond : within).Add(candidate);
        }

        var hits = Spread(within, needs, query.Most).ConvertAll(c => Explain(c, query));
        var missing = needs.Where(n => !within.Any(c => c.Meets.Contains(n))).Select(n => Missing(n, beyond, query)).ToList();
        return new MenuResult(hits, within.Count, understood, leftOut, missing);
    }

    private static bool MayBeSeen(Service service, MenuReader reader, int days) =>
        service.Visibility <= reader switch { MenuReader.Resident => Visibility.Public, MenuReader.Partner => Visibility.Partners, _ => Visibility.Internal }
        && (reader != MenuReader.Resident || days < HideAfterDays);

    /// <summary>How well typed words name this service: its own name counts most, its description only when no need was read.</summary>
    private static int NamedBy(MenuIndex.Entry entry, List<TextToken> typed, bool needsRead)
    {
        var score = 0;
        foreach (var (word, _, _) in typed)
        {
            if (word.Length < 4) continue;
            if (entry.NameWords.Contains(word)) score += 20;
            else if (entry.NameWords.Any(n => Spelling.IsSlip(word, n) || (n.Length > word.Length && n.StartsWith(word, StringComparison.Ordinal)))) score += 12;
            else if (!needsRead && entry.OtherWords.Contains(word)) score += 6;
        }
        return score;
    }

    private static Candidate Weigh(Service service, List<string> meets, List<string> needs, int named, Finding? eligible, int days, DateTime local, MenuQuery query)
    {
        var location = Nearest(service, query.Place);
        double? miles = location is null || query.Place.Point is not { } here ? null : here.MilesTo(location.Point);
        var (area, areaWords) = Area(service, query.Place, miles);
        var reachesOut = ReachesOut(service);
        var opening = service.Opening.AtLocal(local);
        IReadOnlyList<string> ask = (eligible?.Ask.Count ?? 0) == 0 && area != Verdict.Maybe ? [] : [.. (eligible?.Ask ?? []).Concat(area == Verdict.Maybe ? [Predicate.Area] : []).Distinct()];

        var score = named + meets.Sum(n => 20 - Math.Min(8, needs.IndexOf(n) * 2)) + (meets.Count > 0 && service.Needs[0] == meets[0] ? 6 : 0);
        score += miles is { } far ? (int)Math.Round(30 * Math.Max(0, 1 - far / 5)) : reachesOut ? 12 : 0;
        score += opening switch { { IsOpen: true } => 12, { DaysAhead: 0 } => 9, { DaysAhead: 1 } => 5, { DaysAhead: null } => 2, _ => 0 };
        score += service.Cost.Kind switch { CostKind.Free => 10, CostKind.PayWhatYouCan => 7, CostKind.Fixed => 2, _ => 0 };
        score += service.HowToUse switch { HowToUse.WalkIn or HowToUse.WalkInOrHandover => 5, HowToUse.Phone => 4, _ => 0 };
        score += (IsSpoken(service, query.Language) ? 10 : 0) + (days < 90 ? 6 : days < CheckAfterDays ? 3 : 0);
        score -= (ask.Count > 0 ? 8 : 0) + (service.Capacity is { State: CapacityState.Waiting } ? 10 : 0) + (area == Verdict.Maybe ? 10 : 0);

        return new Candidate(service, meets, meets.Count == 0 ? int.MaxValue : needs.IndexOf(meets[0]), area == Verdict.No || (miles > query.WithinMiles && !reachesOut),
            score, days < CheckAfterDays, days, miles, location, opening, eligible, area, areaWords, ask);
    }

    private static MenuHit Explain(Candidate candidate, MenuQuery query)
    {
        var (service, miles, location) = (candidate.Service, candidate.Miles, candidate.Location);
        // A tenth of a mile is two minutes at an easy pace.
        int? walk = miles <= 1.5 ? Math.Max(1, (int)Math.Round(miles.Value * 20)) : null;
        var facts = new List<string> { service.Cost.Words, candidate.Opening.Words };
        facts.Add(miles is { } distance && !(candidate.Area == Verdict.Yes && ReachesOut(service) && distance > query.WithinMiles) ? Distance(distance, walk) : Reach(service, location));
        if (service.Capacity is { WaitingDays: { } waiting }) facts.Add(waiting == 1 ? "About 1 day to wait" : $"About {waiting} days to wait");
        facts.Add(Checked(candidate.DaysSince));
        return new MenuHit
        {
            Service = service, Location = location, Miles = miles, WalkMinutes = walk, Meets = candidate.Meets, Opening = candidate.Opening, Score = candidate.Score, LatelyChecked = candidate.LatelyChecked,
            Ask = candidate.Ask, Facts = facts, Why = Why(service, candidate.Meets, walk, IsSpoken(service, query.Language), query.Language, candidate.Eligible, candidate.AreaWords),
            NextStep = Next(service, candidate.LatelyChecked, location),
        };
    }

    private static bool ReachesOut(Service service) => service.Delivered.Any(d => d != Delivery.Place);

    private static bool IsSpoken(Service service, string? language) => language is not null and not "en" && service.Languages.Contains(language);

    /// <summary>The best of each need first, then the best of the rest; the same organisation again, or a need already met, stands back.</summary>
    private static List<Candidate> Spread(List<Candidate> candidates, List<string> needs, int most)
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
                var value = candidate.Score - organisations.GetValueOrDefault(candidate.Service.Organisation) * SameOrganisation;
                if (needs.Count > 1 && candidate.Meets.Count > 0) value += Worth(candidate.Meets, met);
                // What was not confirmed lately stands below all that was.
                if (!candidate.LatelyChecked) value -= BelowAll;
                if (best is null || value > bestValue || (value == bestValue && Before(candidate, best))) (best, bestValue) = (candidate, value);
            }
            left.Remove(best!);
            Choose(best!);
        }
        // A short list still has something for every need.
        foreach (var need in needs)
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

    private static MenuMissing Missing(string need, List<Candidate> beyond, MenuQuery query)
    {
        var nearest = beyond.Where(c => c.Meets.Contains(need) && c.LatelyChecked && c.Miles is not null)
            .OrderBy(c => c.Miles).ThenBy(c => c.Service.Id, StringComparer.Ordinal).FirstOrDefault() is { } found ? Explain(found, query) : null;
        var words = nearest is { Miles: { } miles, Location: { } location }
            ? $"Nothing for you within {query.WithinMiles:0.#} miles. Nearest is {location.Town}, {Miles(miles)}: ring before you go."
            : "Nothing on the menu near you for this.";
        if (query.HubTelephone is { } telephone) words += $" Ring {telephone} and a person will look with you.";
        return new MenuMissing(need, nearest, words + " We have noted that this is missing here.");
    }

    private static ServiceLocation? Nearest(Service service, MenuPlace place)
    {
        if (service.Locations.Count == 0) return null;
        if (place.Point is { } here) return service.Locations.MinBy(l => here.MilesTo(l.Point));
        var district = District.Find(place.District)?.Name;
        return service.Locations.FirstOrDefault(l => l.District == district) ?? service.Locations[0];
    }

    /// <summary>Whether it serves where they live. What is not known is a maybe, and a maybe refuses nobody.</summary>
    private static (Verdict Verdict, string? Words) Area(Service service, MenuPlace place, double? miles)
    {
        if (place.District is null) return service.AreasServed.Any(a => a.Kind == AreaKind.County) && service.Delivered.Contains(Delivery.Phone) ? (Verdict.Yes, null) : (Verdict.Maybe, $"Serves {Names(service)}.");
        var district = District.Find(place.District);
        if (district is null) return (Verdict.No, null);
        var maybe = false;
        foreach (var area in service.AreasServed)
        {
            if (area.Kind == AreaKind.County && area.Name == district.AuthorityShort) return (Verdict.Yes, null);
            if (area.Kind == AreaKind.District && area.Name == district.Name) return (Verdict.Yes, null);
            if (area.Kind != AreaKind.Ward) continue;
            if (area.Name == place.Ward) return (Verdict.Yes, null);
            maybe |= place.Ward is null && service.Locations.Any(l => l.District == district.Name) && miles is null or <= 3;
        }
        return maybe ? (Verdict.Maybe, $"For people living in {Names(service)}.") : (Verdict.No, null);
    }

    private static string Names(Service service) => string.Join(" and ", service.AreasServed.Select(a => a.Name));

    private static string Checked(int days) => days switch
    {
        <= 0 => "Checked today",
        1 => "Checked yesterday",
        < CheckAfterDays => $"Checked {days} days ago",
        _ => $"Not confirmed lately ({days} days): ring first",
    };

    private static string Distance(double miles, int? walk) =>
        walk switch { null => Miles(miles), 1 => $"{Miles(miles)}, 1 minute’s walk", _ => $"{Miles(miles)}, {walk} minutes’ walk" };

    private static string Miles(double miles)
    {
        var shown = miles < 10 ? Math.Round(miles, 1) : Math.Round(miles);
        return shown switch { < 0.1 => "Under 0.1 miles", 1 => "1 mile", _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{shown:0.#} miles") };
    }

    private static string Reach(Service service, ServiceLocation? location) =>
        service.Delivered.Contains(Delivery.Home) ? "Comes to you"
        : service.Delivered.Contains(Delivery.Phone) ? "By phone"
        : service.Delivered.Contains(Delivery.Online) ? "Online"
        : location?.Town ?? "Ring for the place";

    private static string Why(Service service, List<string> meets, int? walk, bool spoken, string? language, Finding? eligible, string? area)
    {
        var what = meets.Count == 0 ? "It has the words you searched for" : Joined([.. meets.Select(n => Words.Current.Need(n)?.Plain ?? n)]);
        var why = what + (walk is not null ? ", and you can walk there." : service.Delivered.Contains(Delivery.Home) ? ", and they come to you." : service.Delivered.Contains(Delivery.Phone) ? ", and you can do it by phone." : ".");
        if (service.HowToUse == HowToUse.WalkIn) why += " No referral.";
        if (spoken) why += $" {LanguageName(language!)} spoken.";
        if (service.Eligibility is { } eligibility) why += $" {eligibility.Words}.{(eligible?.Verdict == Verdict.Maybe ? " Ask first." : "")}";
        return area is null ? why : $"{why} {area}";
    }

    /// <summary>Labels are in each one's own tongue with the English name behind: <c>Polski (Polish)</c>.</summary>
    private static string LanguageName(string language)
    {
        var label = Words.Current.Fact("language")?.Options?.FirstOrDefault(o => o.Id == language)?.Label ?? language;
        return label.IndexOf('(', StringComparison.Ordinal) is > 0 and var open ? label[(open + 1)..].TrimEnd(')') : label;
    }

    private static string Joined(IReadOnlyList<string> needs)
    {
        var names = needs.Select((n, i) => i == 0 ? n : char.ToLowerInvariant(n[0]) + n[1..]).ToList();
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }

    private static string Next(Service service, bool lately, ServiceLocation? location)
    {
        var ring = service.Phone is { } phone ? $"Ring {phone}" : "Ask the hub for the number";
        if (!lately && service.HowToUse is HowToUse.WalkIn or HowToUse.WalkInOrHandover) return $"{ring} before you go.";
        return service.HowToUse switch
        {
            HowToUse.WalkIn => location is null ? $"{ring}." : $"Go to {location.Name}, {location.Address}.",
            HowToUse.WalkInOrHandover => location is null ? $"{ring}, or be introduced." : $"Go to {location.Name}, {location.Address}, or be introduced.",
            HowToUse.Referral => "It needs a word from us: we send it for you.",
            HowToUse.Handover => "We introduce you.",
            HowToUse.Book => $"{ring} to book.",
            HowToUse.Phone => $"{ring}.",
            _ => $"{ring} first.",
        };
    }
}
