using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>The words of a line of the menu: its facts, why it is here, what to do next, and what there is where nothing is.</summary>
internal static class MenuWords
{
    public static MenuHit Explain(MenuMatch.Candidate candidate, MenuQuery query)
    {
        var (service, miles, location) = (candidate.Service, candidate.Miles, candidate.Location);
        // A tenth of a mile is two minutes at an easy pace.
        int? walk = miles <= 1.5 ? Math.Max(1, (int)Math.Round(miles.Value * 20)) : null;
        var facts = new List<string> { service.Cost.Words, candidate.Opening.Words };
        var far = miles is { } distance && !(candidate.Area == Verdict.Yes && ReachesOut(service) && distance > query.WithinMiles);
        var theirs = candidate.Meets.Count == 0 && HasTheirWords(service, query.Text);
        facts.Add(far ? Distance(miles!.Value, walk) : Reach(service, location));
        AddWaitAndCheck(facts, service, candidate.DaysSince);
        return new MenuHit
        {
            Service = service, Location = location, Miles = miles, WalkMinutes = walk, Meets = candidate.Meets, Opening = candidate.Opening, Score = candidate.Score, LatelyChecked = candidate.LatelyChecked,
            Ask = candidate.Ask, Facts = facts, HasTheirWords = theirs, Why = Why(service, candidate.Meets, theirs, walk, IsSpoken(service, query.Language), query.Language, candidate.Eligible, candidate.AreaWords, candidate.OftenTaken), OftenTaken = candidate.OftenTaken,
            DaysSince = candidate.DaysSince, IsFarAway = far, WhoFor = MenuGate.Words(service), AskWhoFor = candidate.Eligible.Verdict == Verdict.Maybe, Areas = candidate.AreaWords is null ? null : Names(service), PlaceKnown = query.Place.District is not null, Spoken = IsSpoken(service, query.Language) ? query.Language : null,
            NextStep = Next(service, candidate.LatelyChecked, location),
        };
    }

    /// <summary>Where nobody has said where they are: cost, opening, waiting, check.</summary>
    public static IReadOnlyList<string> Line(Service service, OpeningNow opening, int daysSince)
    {
        var facts = new List<string> { service.Cost.Words, opening.Words };
        AddWaitAndCheck(facts, service, daysSince);
        return facts;
    }

    private static void AddWaitAndCheck(List<string> facts, Service service, int daysSince)
    {
        if (service.Capacity is { WaitingDays: { } waiting }) facts.Add(waiting == 1 ? "About 1 day to wait" : $"About {waiting} days to wait");
        facts.Add(service.NeverConfirmed ? "Not confirmed yet: ring first" : Checked(daysSince));
    }

    public static MenuMissing Missing(string need, List<MenuMatch.Candidate> beyond, MenuQuery query)
    {
        var nearest = beyond.Where(c => c.Meets.Contains(need) && c.LatelyChecked && c.Miles is not null)
            .OrderBy(c => c.Miles).ThenBy(c => c.Service.Id, StringComparer.Ordinal).FirstOrDefault() is { } found ? Explain(found, query) : null;
        var words = nearest is { Miles: { } miles, Location: { } location }
            ? $"Nothing for you within {query.WithinMiles:0.#} miles. Nearest is {location.Town}, {Miles(miles)}: ring before you go."
            : "Nothing on the menu near you for this.";
        if (query.HubTelephone is { } telephone) words += $" Ring {telephone} and a person will look with you.";
        return new MenuMissing(need, nearest, words + " We have noted that this is missing here.", query.WithinMiles);
    }

    public static bool IsSpoken(Service service, string? language) => language is not null and not "en" && service.Languages.Contains(language);

    /// <summary>Which area it is for, where it is not sure that they are in it.</summary>
    public static string AreaWords(Service service, MenuPlace place) => place.District is null ? $"Serves {Names(service)}." : $"For people living in {Names(service)}.";

    private static bool HasTheirWords(Service service, string? text)
    {
        var own = Tokens.Split($"{service.Name} {service.Organisation} {service.Description}").ToHashSet();
        return Tokens.Split(text).Exists(w => w.Length > 1 && !Tokens.IsFiller(w) && own.Contains(w));
    }

    private static bool ReachesOut(Service service) => service.Delivered.Any(d => d != Delivery.Place);

    private static string Names(Service service) => string.Join(" and ", service.AreasServed.Select(a => a.Name).Distinct().Take(3));

    private static string Checked(int days) => days switch
    {
        <= 0 => "Checked today",
        1 => "Checked yesterday",
        < MenuMatch.CheckAfterDays => $"Checked {days} days ago",
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
        : location is not null ? location.Town : service.Locations.Any(l => l.Hidden) ? "Its address is kept private" : "Ring for the place";

    private static string Why(Service service, List<string> meets, bool theirs, int? walk, bool spoken, string? language, Finding? eligible, string? area, bool often)
    {
        var what = meets.Count == 0 ? theirs ? "It has the words you searched for" : "It may help with what you say" : Joined([.. meets.Select(n => Words.Current.Need(n)?.Plain ?? n)]);
        var why = what + (walk is not null ? ", and you can walk there." : service.Delivered.Contains(Delivery.Home) ? ", and they come to you." : service.Delivered.Contains(Delivery.Phone) ? ", and you can do it by phone." : ".");
        if (service.HowToUse == HowToUse.WalkIn) why += " No referral.";
        if (spoken) why += $" {Languages.NameOf(language!)} spoken.";
        if (MenuGate.Words(service) is { } who) why += $" {who}.{(eligible?.Verdict == Verdict.Maybe ? " Ask first." : "")}";
        if (often) why += " Most people who were offered it said yes.";
        return area is null ? why : $"{why} {area}";
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
