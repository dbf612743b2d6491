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
    Councillor, Analyst, ReportAuthor, InformationLead, Administrator, Reviewer, ParishClerk,
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
    /// <summary>The system it is for, as its people know it.</summary>
    public string? Label { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? RevokedAt { get; set; }
    /// <summary>From then on it works no more: its own last day, or the end of the overlap with the key that took its place.</summary>
    public DateTime? ExpiresAt { get; set; }
    public Guid? FollowedBy { get; set; }
    /// <summary>To within five minutes.</summary>
    public DateTime? LastUsedAt { get; set; }
}

public enum WebhookState { On, Off, Failed }

/// <summary>Where a partner's own system wants to be told that something moved. It is told which and what, never who.</summary>
public sealed class Webhook
{
    public required Guid Id { get; init; }
    public required Guid OrganisationId { get; init; }
    public required string Url { get; init; }
    /// <summary>Sealed with the installation's key. Its text was shown once.</summary>
    public required byte[] Secret { get; set; }
    /// <summary>The secret before it, which still signs until then, so that a receiver can change over.</summary>
    public byte[]? OldSecret { get; set; }
    public DateTime? OldSecretUntil { get; set; }
    public required WebhookState State { get; set; }
    public required DateTime CreatedAt { get; init; }
    /// <summary>When the failures began that go on now.</summary>
    public DateTime? FailingSince { get; set; }
    public DateTime? LastOkAt { get; set; }
    /// <summary>What came of the last try, in words.</summary>
    public string? LastAnswer { get; set; }
    public DateTime? EndedAt { get; set; }
}

public enum WebhookEventState { Waiting, Delivered, GivenUp }

/// <summary>One thing to tell one address, committed with the row it is about. Told at least once, always under the same id.</summary>
public sealed class WebhookEvent
{
    public required Guid Id { get; init; }
    public required Guid WebhookId { get; init; }
    /// <summary>Like <c>handover.sent</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>A public reference, which the system fetches with its key: the gate decides then.</summary>
    public required string Reference { get; init; }
    public required DateTime At { get; init; }
    public required WebhookEventState State { get; set; }
    public required int Attempts { get; set; }
    public required DateTime DueAt { get; set; }
    public DateTime? DoneAt { get; set; }
    public Guid? LeasedBy { get; set; }
    public DateTime? LeasedUntil { get; set; }
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
