using System.Globalization;
using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using AnyDoor.Vocabulary;
using AnyDoor.Web.Language;

namespace AnyDoor.Web.Residents;

/// <summary>
/// The facts and reasons of a line of the menu in the language that the reader chose. In English they are the match's own words; what a service says of itself
/// stays as it says it.
/// </summary>
public sealed class MenuLines(Texts texts)
{
    private bool InEnglish => texts.Current.Code == "en";
    private CultureInfo Culture => CultureInfo.GetCultureInfo(texts.Current.Code is "en" or { Length: not 2 } ? "en-GB" : texts.Current.Code);

    /// <summary>A need in plain words.</summary>
    public string Need(string id) => Words.Current.Need(id) is null ? id : texts.Plain($"need.{id}");

    public IReadOnlyList<string> Facts(MenuHit hit) => InEnglish ? hit.Facts : [.. Line(hit.Service, hit.Opening, hit.DaysSince, hit.IsFarAway && hit.Miles is { } miles ? Distance(miles, hit.WalkMinutes) : Reach(hit.Service, hit.Location))];

    /// <summary>Cost, opening, waiting, check.</summary>
    public IReadOnlyList<string> Facts(ServiceCard card) => InEnglish ? card.Line : [.. Line(card.Service, card.Now, card.DaysSince, null)];

    private IEnumerable<string> Line(Service service, OpeningNow opening, int daysSince, string? where)
    {
        yield return Cost(service);
        yield return Opening(service, opening);
        if (where is not null) yield return where;
        if (service.Capacity is { WaitingDays: { } waiting }) yield return Count("line.wait", waiting);
        yield return service.NeverConfirmed ? texts.Plain("line.not-confirmed") : daysSince switch
        {
            <= 0 => texts.Plain("line.checked-today"),
            1 => texts.Plain("line.checked-yesterday"),
            < MenuMatch.CheckAfterDays => Count("line.checked", daysSince),
            _ => texts.Plain("line.checked-old", ("days", daysSince)),
        };
    }

    public string Cost(Service service) => service.Cost switch
    {
        { Kind: CostKind.Free, Words: "Free" } => texts.Plain("line.free"),
        { Words: ServiceCost.NotSaid } => texts.Plain("line.ask-cost"),
        var cost => cost.Words,
    };

    public string Opening(Service service, OpeningNow now) => (now.IsOpen, now.DaysAhead, now.Time, now.Day) switch
    {
        (true, _, { } until, _) => texts.Plain("line.open-until", ("time", LondonTime.Time(until))),
        (_, 0, { } from, _) => texts.Plain("line.opens-today", ("time", LondonTime.Time(from))),
        (_, 1, { } from, _) => texts.Plain("line.opens-tomorrow", ("time", LondonTime.Time(from))),
        (_, { } ahead, { } from, { } day) => texts.Plain("line.next-open", ("day", ahead < 7 ? day.ToString("dddd", Culture) : day.ToString("dddd d MMMM", Culture)), ("time", LondonTime.Time(from))),
        _ when service.Opening is { SchoolTermsOnly: true, Weekly: [var first, ..] } => texts.Plain("line.school-days", ("from", LondonTime.Time(first.Opens)), ("to", LondonTime.Time(first.Closes))),
        _ => now.Words switch { ServiceDirectory.Opening.RingForTimes => texts.Plain("line.times-ring"), ServiceDirectory.Opening.ClosedNow => texts.Plain("line.closed"), var said => said },
    };

    private string Distance(double miles, int? walk) => walk is { } minutes ? $"{Miles(miles)}, {Count("line.walk", minutes)}" : Miles(miles);

    private string Miles(double miles)
    {
        var shown = miles < 10 ? Math.Round(miles, 1) : Math.Round(miles);
        return shown switch { < 0.1 => texts.Plain("line.under"), 1 => texts.Plain("line.mile"), _ => texts.Plain("line.miles", ("miles", shown.ToString("0.#", CultureInfo.InvariantCulture))) };
    }

    private string Reach(Service service, ServiceLocation? location) =>
        service.Delivered.Contains(Delivery.Home) ? texts.Plain("line.comes")
        : service.Delivered.Contains(Delivery.Phone) ? texts.Plain("line.phone")
        : service.Delivered.Contains(Delivery.Online) ? texts.Plain("line.online")
        : location is not null ? location.Town : texts.Plain(service.Locations.Any(l => l.Hidden) ? "line.private" : "line.ring-place");

    public string Why(MenuHit hit)
    {
        if (InEnglish) return hit.Why;
        var service = hit.Service;
        var what = hit.Meets.Count == 0 ? texts.Plain(hit.HasTheirWords ? "line.why.words" : "line.why.may") : Joined([.. hit.Meets.Select(Need)]);
        var parts = new List<string>
        {
            texts.Plain(hit.WalkMinutes is not null ? "line.why.walk" : service.Delivered.Contains(Delivery.Home) ? "line.why.comes" : service.Delivered.Contains(Delivery.Phone) ? "line.why.phone" : "line.why", ("what", what)),
        };
        if (service.HowToUse == HowToUse.WalkIn) parts.Add(texts.Plain("line.why.no-referral"));
        if (hit.Spoken is { } spoken) parts.Add(texts.Plain("line.why.spoken", ("language", Languages.NameOf(spoken))));
        if (hit.WhoFor is { } who) parts.Add($"{who}.");
        if (hit is { WhoFor: not null, AskWhoFor: true }) parts.Add(texts.Plain("line.why.ask"));
        if (hit.OftenTaken) parts.Add(texts.Plain("line.why.taken"));
        if (hit.Areas is { } areas) parts.Add(texts.Plain(hit.PlaceKnown ? "line.why.live" : "line.why.serves", ("areas", areas)));
        return string.Join(' ', parts);
    }

    private string Joined(IReadOnlyList<string> needs)
    {
        var names = needs.Select((n, i) => i == 0 ? n : char.ToLower(n[0], Culture) + n[1..]).ToList();
        return names.Count == 1 ? names[0] : texts.Plain("line.why.and", ("first", string.Join(", ", names[..^1])), ("last", names[^1]));
    }

    public string Next(MenuHit hit)
    {
        if (InEnglish) return hit.NextStep;
        var service = hit.Service;
        string Ring(string key) => service.Phone is { } phone ? texts.Plain($"line.next.{key}", ("phone", phone)) : texts.Plain("line.next.hub");
        if (!hit.LatelyChecked && service.HowToUse is HowToUse.WalkIn or HowToUse.WalkInOrHandover) return Ring("ring-before");
        var place = hit.Location is { } at ? $"{at.Name}, {at.Address}" : null;
        return service.HowToUse switch
        {
            HowToUse.WalkIn => place is null ? Ring("ring") : texts.Plain("line.next.go", ("place", place)),
            HowToUse.WalkInOrHandover => place is null ? Ring("ring-or") : texts.Plain("line.next.go-or", ("place", place)),
            HowToUse.Referral => texts.Plain("line.next.referral"),
            HowToUse.Handover => texts.Plain("line.next.handover"),
            HowToUse.Book => Ring("book"),
            HowToUse.Phone => Ring("ring"),
            _ => Ring("ring-first"),
        };
    }

    /// <summary>What there is where nothing is: the nearest beyond, a person, and that it was noted.</summary>
    public string Missing(MenuMissing missing, string? hub) => InEnglish ? missing.Words : string.Join(' ', ((string?[])
    [
        missing.NearestBeyond is { Miles: { } miles, Location: { } at } ? texts.Plain("line.missing.near", ("miles", missing.WithinMiles.ToString("0.#", CultureInfo.InvariantCulture)), ("town", at.Town), ("far", Miles(miles))) : texts.Plain("line.missing"),
        hub is null ? null : texts.Plain("line.missing.ring", ("phone", hub)), texts.Plain("line.missing.noted"),
    ]).OfType<string>());

    private string Count(string key, int count) => texts.Count(key, count).ToString();
}
