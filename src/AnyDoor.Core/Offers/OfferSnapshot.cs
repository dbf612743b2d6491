using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using AnyDoor.Vocabulary;

namespace AnyDoor.Offers;

/// <summary>
/// Everything an offer follows from, as of one moment, already cut by what the reader may see. There is no door in it:
/// the offer cannot depend on where somebody asked (R-DOOR-01).
/// </summary>
public sealed record OfferSnapshot
{
    public required DateTime At { get; init; }
    public MenuPlace Place { get; init; } = MenuPlace.NotKnown;
    public bool NoFixedAddress { get; init; }
    /// <summary>What is known on the day, with the ages of the household.</summary>
    public Facts Facts { get; init; } = Facts.None;
    /// <summary>How many answers that is.</summary>
    public int Answers { get; init; }
    /// <summary>Need ids, the most pressing first.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
    public string? Language { get; init; }
    public IReadOnlyList<AwardCandidate> Awards { get; init; } = [];
    public IReadOnlyList<ComingAward> OnTheWay { get; init; } = [];
    /// <summary>What the entitlement engine worked out; a line here takes the place of the check of the same id.</summary>
    public IReadOnlyList<EntitlementLine> Entitlements { get; init; } = [];
    public MenuIndex Menu { get; init; } = MenuIndex.Empty;
    public MenuReader Reader { get; init; } = MenuReader.Hub;
    /// <summary>Who leads for this household already.</summary>
    public Alongside? Lead { get; init; }
    /// <summary>Workers who are in touch with them, and may be named here by a permission.</summary>
    public IReadOnlyList<Alongside> InTouch { get; init; } = [];
    public IReadOnlyList<Alongside> Navigators { get; init; } = [];
    public required HubLine Hub { get; init; }
    public IReadOnlyList<CrisisLine> CrisisLines { get; init; } = [];
    /// <summary>What the household said no to.</summary>
    public IReadOnlyList<Declined> Declined { get; init; } = [];
}

/// <summary>An award already made that has yet to arrive.</summary>
public sealed record ComingAward(string Id, string Label, Money Amount, string Words);

/// <summary>A person who may come alongside.</summary>
public sealed record Alongside(string Id, string Name, string Role, string Organisation, DateOnly? Since = null);

public sealed record HubLine(string Telephone, string Hours);

/// <param name="For">The id of a crisis number in the settings: <c>emergency</c>, <c>domestic-abuse</c>, <c>cannot-cope</c>.</param>
public sealed record CrisisLine(string For, string Number, string Whose);

/// <summary>A line the household does not want.</summary>
public sealed record Declined(string LineId, string Title, string Words);

/// <summary>A regular entitlement. A figure is only there when a rule is held for it.</summary>
public sealed record EntitlementLine(string Id, string Title, string Why, string Who, string WayIn, Money? FromMonthly = null, Money? ToMonthly = null, string? RestsOn = null, IReadOnlyList<string>? Ask = null)
{
    /// <summary>Worked out, and nothing is due: told with its reason under what was looked at.</summary>
    public bool NotDue { get; init; }
    /// <summary>Nothing of this year was worked out: the check of the same id stands, for whom it is for, with these words.</summary>
    public bool Hint { get; init; }
    /// <summary>Its working can be opened.</summary>
    public bool Working { get; init; }
}
