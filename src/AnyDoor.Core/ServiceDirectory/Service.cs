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
public enum AreaKind
{
    County, District, Ward,
    /// <summary>In the words of its source; the gazetteer says where that is.</summary>
    Named,
}

/// <summary>What kind of body said that an entry is right.</summary>
public enum CheckedBy { Provider, PlaceTeam, Hub }

/// <summary>As its own source says.</summary>
[JsonConverter(typeof(KebabCase<ServiceStatus>))]
public enum ServiceStatus { Active, Inactive, Defunct, TemporarilyClosed }

[JsonConverter(typeof(KebabCase<OnlyFor>))]
public enum OnlyFor { Everyone, Women, Men }

/// <summary>How far the help is for all: the papers' universal, near-universal, targeted (R-FRM-03).</summary>
[JsonConverter(typeof(KebabCase<ServiceLevel>))]
public enum ServiceLevel { Universal, NearUniversal, Targeted }

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
    /// <summary>Nobody has confirmed it yet: <see cref="LastChecked"/> is the day it came in. It is shown as not confirmed, and never hidden for that alone.</summary>
    public bool NeverConfirmed { get; init; }
    /// <summary>Who last said it is right, by role.</summary>
    public string? Assurer { get; init; }
    /// <summary>The kind of body that last confirmed it here; null: its source, or who wrote it here. Kept in the row, not in its body.</summary>
    [JsonIgnore] public CheckedBy? CheckedBy { get; init; }
    public Visibility Visibility { get; init; } = Visibility.Public;
    public bool Invented { get; init; }

    /// <summary>The feed or file it came from; none: it was written here.</summary>
    public string? Source { get; init; }
    /// <summary>Its id there.</summary>
    public string? SourceId { get; init; }
    /// <summary>The organisation as its source describes it.</summary>
    public Provider? Provider { get; init; }
    /// <summary>Terms of the source's taxonomies.</summary>
    public IReadOnlyList<ServiceTerm> Terms { get; init; } = [];
    public ServiceStatus Status { get; init; }
    /// <summary>The first and the last day it is given, where it has them.</summary>
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidTo { get; init; }
    /// <summary>Whole years; somebody in the household must be within them.</summary>
    public int? MinimumAge { get; init; }
    public int? MaximumAge { get; init; }
    public OnlyFor OnlyFor { get; init; }
    public ServiceLevel? Level { get; init; }
    /// <summary>Diets that its food serves, as its provider says: halal, kosher, vegetarian, vegan, gluten-free, allergies.</summary>
    public IReadOnlyList<string> Diets { get; init; } = [];
    public IReadOnlyList<CostOption> CostOptions { get; init; } = [];
    public string? Email { get; init; }
    public string? Alert { get; init; }
    public string? Accreditations { get; init; }
    /// <summary>When its source says it last changed.</summary>
    public DateTime? SourceChangedAt { get; init; }
    /// <summary>When it last changed here. Kept in the row, not in its body.</summary>
    [JsonIgnore] public DateTime ChangedAt { get; init; }

    /// <summary>Its own UUID: the source's where that is one and free, or made from its id.</summary>
    [JsonIgnore] public Guid Uuid => UuidOf(Id);

    public static Guid UuidOf(string id) => Guid.TryParse(id, out var own) ? own : NamedId.Of("service", id);

    /// <summary>What the source calls it.</summary>
    [JsonIgnore] public string IdAtSource => SourceId ?? Id;

    [JsonIgnore] public bool TakesHandovers => HowToUse is HowToUse.WalkInOrHandover or HowToUse.Referral or HowToUse.Handover;
}

public sealed record ServiceCost(CostKind Kind, string Words, long? Pence = null)
{
    /// <summary>What an entry says whose source says nothing of its cost.</summary>
    public const string NotSaid = "Ask about cost";
}

/// <param name="District">As the papers print it; empty: not known.</param>
public sealed record ServiceLocation(string Name, string Address, string Postcode, double? Lat, double? Lon, string District, string? Ward = null)
{
    /// <summary>Its id at the source.</summary>
    public string? Id { get; init; }
    /// <summary>Where this service at this location is named apart.</summary>
    public string? AtLocationId { get; init; }
    public string? City { get; init; }
    public string? County { get; init; }
    /// <summary>Nobody outside may learn where it is: no address, no point, no distance.</summary>
    public bool Hidden { get; init; }

    [JsonIgnore] public GeoPoint? Point => Lat is { } lat && Lon is { } lon ? new(lat, lon) : null;

    /// <summary>The town or village: the last part of the address.</summary>
    [JsonIgnore] public string Town => City ?? Address[(Address.LastIndexOf(',') + 1)..].Trim();
}

/// <param name="Code">ONS code, where the source gives one.</param>
/// <param name="Outline">The ring of an area drawn on a map, as latitude and longitude by turns.</param>
/// <param name="Only">False: a description speaks of it, so that it welcomes and does not refuse.</param>
public sealed record ServiceArea(AreaKind Kind, string Name, string? Code = null, IReadOnlyList<double>? Outline = null, bool Only = true)
{
    /// <summary>Its id at the source.</summary>
    public string? Id { get; init; }
}

/// <summary>An organisation of the directory; it may or may not be one of the partnership.</summary>
public sealed record Provider(string? Id = null, string? Description = null, string? Web = null, string? Email = null);

/// <param name="Id">As the source gives it, like <c>esdServiceTypes:1234</c> or a UUID.</param>
public sealed record ServiceTerm(string Name, string? Id = null, string? Taxonomy = null, string? Uri = null, string? ParentId = null);

/// <param name="Pence">None: the words say it.</param>
public sealed record CostOption(string? Words, long? Pence, string? Per = null);

/// <param name="Words">Who it is for, as the organisation says it.</param>
public sealed record Eligibility(string Words, [property: JsonConverter(typeof(PredicateConverter))] Predicate? When = null);

public sealed record Capacity(CapacityState State, int? Places = null, int? WaitingDays = null);

/// <param name="Support">What support somebody who gives time gets (R-VOL-02): training, fares, a meal, somebody beside them.</param>
public sealed record Contribution(string Words, string? Support = null);

/// <summary>UUIDs of things that have none: the same name always gives the same one (the first half of its SHA-256, marked version 8 of RFC 9562).</summary>
internal static class NamedId
{
    public static Guid Of(string kind, string name)
    {
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{kind}\n{name}"), hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>The source's own where it is a UUID.</summary>
    public static Guid OwnOr(string? own, string kind, string name) => Guid.TryParse(own, out var id) ? id : Of(kind, own is null ? name : $"{name}\n{own}");
}

/// <summary>Ids in files are lower case with hyphens.</summary>
internal sealed class KebabCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) where T : struct, Enum;
