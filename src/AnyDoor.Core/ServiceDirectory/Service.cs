using System.Text.Json;
using System.Text.Json.Serialization;
using AnyDoor.Places;
using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>Who sees a service on the menu.</summary>
[JsonConverter(typeof(KebabCase<Visibility>))]
public enum Visibility { Public, Partners, Internal }

[JsonConverter(typeof(KebabCase<CostKind>))]
public enum CostKind { Free, PayWhatYouCan, Fixed, Depends }

[JsonConverter(typeof(KebabCase<HowToUse>))]
public enum HowToUse { WalkIn, WalkInOrHandover, Referral, Handover, Book, Phone, RingFirst }

[JsonConverter(typeof(KebabCase<Delivery>))]
public enum Delivery { Place, Phone, Online, Home }

[JsonConverter(typeof(KebabCase<AreaKind>))]
public enum AreaKind { County, District, Ward }

[JsonConverter(typeof(KebabCase<CapacityState>))]
public enum CapacityState { Open, Waiting, Ask }

/// <summary>Help nearby, laid out after Open Referral UK. What people see as a line of the menu.</summary>
public sealed record Service
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    /// <summary>As the organisation calls itself; it need not be one of the partnership.</summary>
    public required string Organisation { get; init; }
    /// <summary>The needs it meets, the main one first.</summary>
    public required IReadOnlyList<string> Needs { get; init; }
    public required string Description { get; init; }
    public required ServiceCost Cost { get; init; }
    public required HowToUse HowToUse { get; init; }
    public required IReadOnlyList<Delivery> Delivered { get; init; }
    public required IReadOnlyList<ServiceLocation> Locations { get; init; }
    public required IReadOnlyList<ServiceArea> AreasServed { get; init; }
    public required Opening Opening { get; init; }
    public Eligibility? Eligibility { get; init; }
    public required IReadOnlyList<string> Languages { get; init; }
    public IReadOnlyList<string> Access { get; init; } = [];
    public string? Phone { get; init; }
    public string? Web { get; init; }
    public Capacity? Capacity { get; init; }
    /// <summary>What somebody may give in return, if they like. Never a condition.</summary>
    public Contribution? Contribution { get; init; }
    public required DateOnly LastChecked { get; init; }
    /// <summary>The role that keeps this right.</summary>
    public required string Owner { get; init; }
    public Visibility Visibility { get; init; } = Visibility.Public;
    public bool Invented { get; init; }

    public bool TakesHandovers => HowToUse is HowToUse.WalkInOrHandover or HowToUse.Referral or HowToUse.Handover;
}

public sealed record ServiceCost(CostKind Kind, string Words, long? Pence = null);

public sealed record ServiceLocation(string Name, string Address, string Postcode, double Lat, double Lon, string District, string? Ward = null)
{
    public GeoPoint Point => new(Lat, Lon);

    /// <summary>The town or village: the last part of the address.</summary>
    public string Town => Address[(Address.LastIndexOf(',') + 1)..].Trim();
}

public sealed record ServiceArea(AreaKind Kind, string Name);

/// <param name="Words">Who it is for, as the organisation says it.</param>
public sealed record Eligibility(string Words, [property: JsonConverter(typeof(PredicateConverter))] Predicate? When = null);

public sealed record Capacity(CapacityState State, int? Places = null, int? WaitingDays = null);

public sealed record Contribution(string Words);

/// <summary>Ids in files are lower case with hyphens.</summary>
internal sealed class KebabCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) where T : struct, Enum;
