using AnyDoor.Audit;

namespace AnyDoor.Sharing;

/// <summary>The nine kinds of fact about a person that the gate cuts by.</summary>
public enum DataCategory
{
    IdentityAndContact, Safety, HouseholdComposition, NeedsAndAnswers, Money, HealthAndDisability, ChildrenAndEducation, PlanAndCaseNotes, EqualityMonitoring,
}

/// <summary>
/// Why somebody may look (or, for a tie, may not): a dated row that an upper room writes when a request opens, a case is led, a handover is accepted or a permission given.
/// The gate reads these and never the rooms above.
/// </summary>
public sealed class Ground
{
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    /// <summary>One worker, or none when the ground is the organisation's.</summary>
    public Guid? WorkerId { get; init; }
    public Guid? OrganisationId { get; init; }
    public required Purpose Purpose { get; init; }
    public required DateTime From { get; init; }
    public DateTime? To { get; set; }
    /// <summary>Like <c>open-request</c>, <c>brought</c>, <c>in-contact</c>, <c>stated-reason</c>.</summary>
    public required string Cause { get; init; }
    public Guid? CauseId { get; init; }
}

/// <summary>What a household allowed: one organisation, one purpose, some categories, until a day.</summary>
public sealed class Permission
{
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public required Guid PersonId { get; init; }
    /// <summary>None while it was only said which kind: a worker puts the organisation's name to it.</summary>
    public Guid? OrganisationId { get; init; }
    /// <summary>Which kind it was asked about, like <c>landlord</c> or <c>doctor</c>.</summary>
    public string? ToKind { get; init; }
    /// <summary>The organisation as the person named it.</summary>
    public string? ToNamed { get; init; }
    public required Purpose Purpose { get; init; }
    /// <summary>Comma-separated <see cref="DataCategory"/> names.</summary>
    public required string Categories { get; init; }
    public required bool Allowed { get; init; }
    public required DateTime GivenAt { get; init; }
    /// <summary>Like <c>spoken</c>, <c>web-form</c>, <c>written</c>.</summary>
    public required string How { get; init; }
    public DateOnly? Until { get; set; }
    /// <summary>It ends with this (a request), whenever that ends.</summary>
    public Guid? EndsWith { get; init; }
    /// <summary>What it is for, as it was said to them, like "Sort out the rent".</summary>
    public string? WhatFor { get; init; }
    /// <summary>The worker who wrote it down; none: the person did it themselves.</summary>
    public Guid? RecordedBy { get; init; }
    public DateTime? WithdrawnAt { get; set; }
}
