using AnyDoor.Places;
using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>Who looks at the menu: a resident (or anybody), a partner's worker, the hub.</summary>
public enum MenuReader { Resident, Partner, Hub }

/// <summary>Where somebody is, as far as it is known. Nothing here is needed.</summary>
/// <param name="District">ONS code.</param>
/// <param name="Ward">The ward's 2024 name.</param>
public sealed record MenuPlace(string? District = null, string? Ward = null, GeoPoint? Point = null)
{
    public static readonly MenuPlace NotKnown = new();

    /// <summary>What the place and what is around it is called, folded.</summary>
    public IReadOnlyCollection<string> Names { get; init; } = [];
    /// <summary>The first part of the postcode.</summary>
    public string? Outward { get; init; }
    /// <summary>Where only the county is known.</summary>
    public string? County { get; init; }
    /// <summary>In one of our districts.</summary>
    public bool IsOurs { get; init; } = District is not null;
    /// <summary>Where our gazetteer knows the districts, so that another name is another place.</summary>
    public bool IsCovered { get; init; } = District is not null;
    /// <summary>Towns that the menu's own services are in.</summary>
    internal Func<string, GeoPoint?>? TownPoint { get; init; }
}

/// <summary>What is asked of the menu. The answer follows from this and the index alone.</summary>
public sealed record MenuQuery
{
    /// <summary>Need ids, the most pressing first.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
    /// <summary>What somebody typed, with its slips.</summary>
    public string? Text { get; init; }
    public MenuPlace Place { get; init; } = MenuPlace.NotKnown;
    public Facts Facts { get; init; } = Facts.None;
    public required DateTime At { get; init; }
    public MenuReader Reader { get; init; } = MenuReader.Resident;
    /// <summary>Their language, as its code; a service that speaks it comes up.</summary>
    public string? Language { get; init; }
    /// <summary>They have a car: a place farther off counts less against it.</summary>
    public bool? Car { get; init; }
    /// <summary>Somebody of them is disabled: a place that says how it is got into without steps comes up. What says nothing is not put back.</summary>
    public bool StepFree { get; init; }
    /// <summary>Every adult of the household, where it is known to be one and the same.</summary>
    public OnlyFor Gender { get; init; }
    /// <summary>Farther than this a place is only named when there is nothing nearer.</summary>
    public double WithinMiles { get; init; } = 5;
    public int Most { get; init; } = 20;
    /// <summary>The hub's number, given when nothing is found.</summary>
    public string? HubTelephone { get; init; }
}

/// <summary>One line of the menu with its reasons.</summary>
public sealed record MenuHit
{
    public required Service Service { get; init; }
    /// <summary>The nearest of its places; none when it comes to people or is by telephone.</summary>
    public ServiceLocation? Location { get; init; }
    public double? Miles { get; init; }
    /// <summary>Only when it is near enough to walk.</summary>
    public int? WalkMinutes { get; init; }
    /// <summary>Of the needs asked about, those it meets.</summary>
    public required IReadOnlyList<string> Meets { get; init; }
    public required OpeningNow Opening { get; init; }
    public required int Score { get; init; }
    /// <summary>Confirmed in the last half year.</summary>
    public required bool LatelyChecked { get; init; }
    /// <summary>What to ask before it is sure: fact names.</summary>
    public required IReadOnlyList<string> Ask { get; init; }
    /// <summary>Cost, opening, distance, when it was checked: the line of facts.</summary>
    public required IReadOnlyList<string> Facts { get; init; }
    /// <summary>Why it is here, in a sentence.</summary>
    public required string Why { get; init; }
    /// <summary>The next step.</summary>
    public required string NextStep { get; init; }

    /// <summary>Days since it was confirmed.</summary>
    public required int DaysSince { get; init; }
    /// <summary>Its distance is one of the facts: it is gone to, not rung or waited for.</summary>
    public required bool IsFarAway { get; init; }
    /// <summary>Whom it is for, where that is not everybody; and whether that has to be asked.</summary>
    public string? WhoFor { get; init; }
    public bool AskWhoFor { get; init; }
    /// <summary>Areas it is for, where it is not sure that they live there.</summary>
    public string? Areas { get; init; }
    /// <summary>It is known where they live.</summary>
    public bool PlaceKnown { get; init; }
    /// <summary>Most households that were offered it said yes.</summary>
    public bool OftenTaken { get; init; }
    /// <summary>It meets none of the needs, and has a word of those they searched for.</summary>
    public bool HasTheirWords { get; init; }
    /// <summary>The language of theirs that is spoken there, as its code.</summary>
    public string? Spoken { get; init; }

    /// <summary>Metres as the crow flies; none: not known, or nobody may learn where it is.</summary>
    public int? Metres => Miles is { } miles ? (int)Math.Round(miles * 1609.344) : null;

    public bool ComesToThem => Service.Delivered.Contains(Delivery.Home);
}

/// <summary>Something that would fit the need and is not for them, and why.</summary>
public sealed record MenuLeftOut(Service Service, string Why);

/// <summary>A need that nothing within reach meets: what is nearest, whom to ring, and the gap that is noted.</summary>
/// <param name="WithinMiles">How far was looked.</param>
public sealed record MenuMissing(string NeedId, MenuHit? NearestBeyond, string Words, double WithinMiles);

/// <param name="Understood">Needs that were read out of the words typed, with those words.</param>
/// <param name="Found">How many there are; <paramref name="Hits"/> may hold fewer.</param>
public sealed record MenuResult(IReadOnlyList<MenuHit> Hits, int Found, IReadOnlyList<NeedRead> Understood, IReadOnlyList<MenuLeftOut> LeftOut, IReadOnlyList<MenuMissing> Missing)
{
    /// <summary>When there is nothing within reach: the nearest that is farther.</summary>
    public IReadOnlyList<MenuHit> NearestBeyond { get; init; } = [];
}
