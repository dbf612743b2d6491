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

    private sealed record Candidate(MenuHit Hit, int Order, bool Beyond);

    public static MenuResult Match(MenuIndex index, MenuQuery query)
    {
        var understood = query.Needs.Count == 0 ? NeedReader.Current.Read(query.Text).Take(MostNeedsRead).ToList() : [];
        var needs = query.Needs.Count > 0 ? query.Needs.Distinct().ToList() : [.. understood.Select(u => u.NeedId)];
        var typed = query.Text is null ? [] : TextToken.Split(query.Text);
        var leftOut = new List<MenuLeftOut>();
        var within = new List<Candidate>();
        var beyond = new List<Candidate>();

        foreach (var entry in index.Entries)
        {
            var meets = needs.Where(entry.Needs.Contains).ToList();
            var named = typed.Count == 0 ? 0 : NamedBy(entry, typed, needs.Count > 0);
            if (meets.Count == 0 && named == 0) continue;
            if (!MayBeSeen(entry.Service, query)) continue;
            var eligible = entry.Service.Eligibility?.When?.Of(query.Facts);
            if (eligible is { Verdict: Verdict.No })
            {
                leftOut.Add(new MenuLeftOut(entry.Service, entry.Service.Eligibility!.Words));
                continue;
            }
            var candidate = Explain(entry.Service, meets, needs, named, eligible, query);
            (candidate.Beyond ? beyond : within).Add(candidate);
        }

        var hits = Spread(within, needs, query.Most);
        var missing = needs.Where(n => !within.Any(c => c.Hit.Meets.Contains(n))).Select(n => Missing(n, beyond, query)).ToList();
        return new MenuResult(hits, within.Count, understood, leftOut, missing);
    }

    private static bool MayBeSeen(Service service, MenuQuery query)
    {
        if (service.Visibility > query.Reader switch { MenuReader.Resident => Visibility.Public, MenuReader.Partner => Visibility.Partners, _ => Visibility.Internal }) return false;
        return query.Reader != MenuReader.Resident || DaysSince(service.LastChecked, query.At) < HideAfterDays;
    }

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

    private static Candidate Explain(Service service, List<string> meets, List<string> needs, int named, Finding? eligible, MenuQuery query)
    {
        var location = Nearest(service, query.Place);
        double? miles = location is null || query.Place.Point is not { } here ? null : here.MilesTo(location.Point);
        var (area, areaWords) = Area(service, query.Place, miles);
        var reachesOut = service.Delivered.Any(d => d != Delivery.Place);
        var days = DaysSince(service.LastChecked, query.At);
        var lately = days < CheckAfterDays;
        var opening = service.Opening.At(query.At);
        // A tenth of a mile is two minutes at an easy pace.
        int? walk = miles <= 1.5 ? Math.Max(1, (int)Math.Round(miles.Value * 20)) : null;
        var spoken = query.Language is { } language && language != "en" && service.Languages.Contains(language);
        IReadOnlyList<string> ask = [.. (eligible?.Ask ?? []).Concat(area == Verdict.Maybe ? [Predicate.Area] : []).Distinct()];

        var score = named + meets.Sum(n => 20 - Math.Min(8, needs.IndexOf(n) * 2)) + (meets.Count > 0 && service.Needs[0] == meets[0] ? 6 : 0);
        score += miles is { } far ? (int)Math.Round(30 * Math.Max(0, 1 - far / 5)) : reachesOut ? 12 : 0;
        score += opening switch { { IsOpen: true } => 12, { DaysAhead: 0 } => 9, { DaysAhead: 1 } => 5, { DaysAhead: null } => 2, _ => 0 };
        score += service.Cost.Kind switch { CostKind.Free => 10, CostKind.PayWhatYouCan => 7, CostKind.Fixed => 2, _ => 0 };
        score += service.HowToUse switch { HowToUse.WalkIn or HowToUse.WalkInOrHandover => 5, HowToUse.Phone => 4, _ => 0 };
        score += (spoken ? 10 : 0) + (days < 90 ? 6 : days < CheckAfterDays ? 3 : 0);
        score -= (ask.Count > 0 ? 8 : 0) + (service.Capacity is { State: CapacityState.Waiting } ? 10 : 0);
        if (area == Verdict.Maybe) score -= 10;

        var facts = new List<string> { service.Cost.Words, opening.Words };
        if (miles is { } distance && !(area == Verdict.Yes && reachesOut && distance > query.WithinMiles)) facts.Add(Distance(distance, walk));
        else facts.Add(Reach(service, location));
        if (service.Capacity is { WaitingDays: { } waiting }) facts.Add(waiting == 1 ? "About 1 day to wait" : $"About {waiting} days to wait");
        facts.Add(Checked(days));

        return new Candidate(new MenuHit
        {
            Service = service, Location = location, Miles = miles, WalkMinutes = walk, Meets = meets, Opening = opening, Score = score, LatelyChecked = lately,
            Ask = ask, Facts = facts, Why = Why(service, meets, walk, spoken, query.Language, eligible, areaWords), NextStep = Next(service, lately, location),
        }, Order: meets.Count == 0 ? int.MaxValue : needs.IndexOf(meets[0]), Beyond: area == Verdict.No || (miles > query.WithinMiles && !reachesOut));
    }

    /// <summary>The best of each need first, then the best of the rest; the same organisation again, or a need already met, stands back.</summary>
    private static List<MenuHit> Spread(List<Candidate> candidates, List<string> needs, int most)
    {
        var left = candidates.ToList();
        var chosen = new List<MenuHit>();
        var met = new Dictionary<string, int>();
        var organisations = new Dictionary<string, int>();
        while (left.Count > 0 && chosen.Count < most)
        {
            Candidate? best = null;
            var bestValue = (Lately: false, Value: int.MinValue);
            foreach (var candidate in left)
            {
                var hit = candidate.Hit;
                var value = hit.Score - organisations.GetValueOrDefault(hit.Service.Organisation) * SameOrganisation;
                if (needs.Count > 1 && hit.Meets.Count > 0) value += hit.Meets.Any(n => !met.ContainsKey(n)) ? NeedNotMetYet : -NeedMetAlready * hit.Meets.Min(n => met[n]);
                var rank = (hit.LatelyChecked, value);
                if (best is null || rank.CompareTo(bestValue) > 0 || (rank == bestValue && Before(candidate, best))) (best, bestValue) = (candidate, rank);
            }
            left.Remove(best!);
            chosen.Add(best!.Hit);
            organisations[best.Hit.Service.Organisation] = organisations.GetValueOrDefault(best.Hit.Service.Organisation) + 1;
            foreach (var need in best.Hit.Meets) met[need] = met.GetValueOrDefault(need) + 1;
        }
        // A short list still has something for every need.
        foreach (var need in needs.Where(n => !met.ContainsKey(n)))
            if (left.Where(c => c.Hit.Meets.Contains(need)).OrderByDescending(c => c.Hit.LatelyChecked).ThenByDescending(c => c.Hit.Score).FirstOrDefault() is { } best) { chosen.Add(best.Hit); left.Remove(best); }
        return chosen;
    }

    private static bool Before(Candidate a, Candidate b)
    {
        if (a.Order != b.Order) return a.Order < b.Order;
        var miles = (a.Hit.Miles ?? double.MaxValue).CompareTo(b.Hit.Miles ?? double.MaxValue);
        return miles != 0 ? miles < 0 : string.CompareOrdinal(a.Hit.Service.Id, b.Hit.Service.Id) < 0;
    }

    private static MenuMissing Missing(string need, List<Candidate> beyond, MenuQuery query)
    {
        var nearest = beyond.Where(c => c.Hit.Meets.Contains(need) && c.Hit.LatelyChecked && c.Hit.Miles is not null)
            .OrderBy(c => c.Hit.Miles).ThenBy(c => c.Hit.Service.Id, StringComparer.Ordinal).FirstOrDefault()?.Hit;
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

    private static int DaysSince(DateOnly day, DateTime at) => LondonTime.DayOf(at).DayNumber - day.DayNumber;

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
