using System.Text.Json;
using System.Text.Json.Serialization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;

namespace AnyDoor.Sharing;

/// <summary>Whose the ground must be for a rule to count.</summary>
public enum HeldBy
{
    /// <summary>No ground is needed: the rule's basis is the role itself.</summary>
    Nobody,
    /// <summary>This very worker's.</summary>
    Worker,
    /// <summary>The worker's organisation's.</summary>
    Organisation,
    /// <summary>The partnership's own, for workers of the host authority's hub.</summary>
    Hub,
    /// <summary>The household's permission for the worker's organisation, for the categories it names.</summary>
    Permission,
    /// <summary>The person themselves.</summary>
    Self,
}

/// <summary>One line of the default: who sees which categories for which purposes on which grounds.</summary>
public sealed record VisibilityRule
{
    public HashSet<Role> Roles { get; init; } = [];
    /// <summary>Those who are no worker: residents, jobs.</summary>
    public HashSet<ActorKind> Actors { get; init; } = [];
    public required HeldBy HeldBy { get; init; }
    public HashSet<string> Grounds { get; init; } = [];
    public string? Basis { get; init; }
    public required HashSet<Purpose> Purposes { get; init; }
    public required HashSet<DataCategory> Categories { get; init; }
    public HashSet<DataCategory> OnlyWhatTheyEntered { get; init; } = [];
    /// <summary>A person's no to this organisation, or a permission withdrawn, wins over the ground.</summary>
    public bool ANoStopsIt { get; init; }
    /// <summary>One organisation's look at what another holds: where the partnership said so, only under an agreement in force.</summary>
    public bool UnderAgreement { get; init; }
}

/// <summary>The default visibility: dated data (<c>Content/visibility.json</c>). What no rule gives, nobody sees.</summary>
public sealed record VisibilityTable(string Owner, string Source, DateOnly Starts, IReadOnlyList<VisibilityRule> Rules)
{
    // A rule with a misspelt line must not load as a wider one.
    private static readonly JsonSerializerOptions Json = new(ContentFiles.Json)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static VisibilityTable Default { get; } = Read(ContentFiles.Open("visibility.json"));

    public static VisibilityTable Read(Stream file)
    {
        using (file) return JsonSerializer.Deserialize<VisibilityTable>(file, Json)!;
    }
}
