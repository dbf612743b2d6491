namespace AnyDoor.Organisations;

public enum OrganisationKind { CountyHub, Council, FoodBank, AdviceAgency, School, HousingAssociation, Health, Voluntary, Business, Other }

public sealed class Organisation
{
    public required Guid Id { get; init; }
    /// <summary>A stable short name, like <c>waterlees-community-pantry</c>.</summary>
    public required string Handle { get; init; }
    public required string Name { get; set; }
    public required OrganisationKind Kind { get; set; }
    public required bool Invented { get; init; }
}

/// <summary>What somebody works as. What a role may do is data (<c>roles.json</c>), checked on page folders and in the gate.</summary>
public enum Role
{
    HubAdviser, Navigator, PartnerWorker, PartnerAdministrator, FundManager, Approver, PlaceCoordinator, Connector,
    Councillor, Analyst, ReportAuthor, InformationLead, Administrator, Reviewer,
}

public sealed class Worker
{
    public required Guid Id { get; init; }
    public required string Handle { get; init; }
    public required string Name { get; set; }
    /// <summary>As other workers read it, like <c>county hub adviser</c>.</summary>
    public string? Title { get; set; }
    public required Role Role { get; set; }
    public required Guid OrganisationId { get; init; }
    /// <summary>The most this worker may award at once, pence. None: the scheme's own limit.</summary>
    public long? AwardLimitPence { get; set; }
    public required bool Active { get; set; }
    public required bool Invented { get; init; }
}

/// <summary>Where requests come in: an organisation, a place or a channel.</summary>
public sealed class Door
{
    /// <summary>Like <c>web-form</c> or <c>food-bank</c>.</summary>
    public required string Id { get; init; }
    public required string Label { get; set; }
    public Guid? OrganisationId { get; init; }
}

/// <summary>A partner's system. Only a keyed hash of the key is kept.</summary>
public sealed class ApiKey
{
    public required Guid Id { get; init; }
    public required byte[] Hash { get; init; }
    public required Guid WorkerId { get; init; }
    /// <summary>Comma-separated scopes, like <c>requests:write,awards:write,schemes:read</c>.</summary>
    public required string Scopes { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? RevokedAt { get; set; }
}

/// <summary>One version of a partnership setting, from a date. The newest that has started counts.</summary>
public sealed class Setting
{
    public required Guid Id { get; init; }
    /// <summary>Like <c>partnership</c>, <c>crisis-numbers</c>, <c>access-points</c>.</summary>
    public required string Key { get; init; }
    /// <summary>Counts up for each key, so that two who save at once cannot both be the next.</summary>
    public required int Version { get; init; }
    public required DateOnly Starts { get; init; }
    public required string Body { get; init; }
    public required DateTime SavedAt { get; init; }
    public required string SavedBy { get; init; }
    /// <summary>Taken back before it began.</summary>
    public DateTime? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }
}

/// <summary>The partnership's logo, as it is served. A new one is a new row: its address may be kept for ever.</summary>
public sealed class PartnershipPicture
{
    public required Guid Id { get; init; }
    public required string ContentType { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }
    public required byte[] Bytes { get; init; }
    public required DateTime SavedAt { get; init; }
    public required string SavedBy { get; init; }
}
