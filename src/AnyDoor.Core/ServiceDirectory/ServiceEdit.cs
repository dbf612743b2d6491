namespace AnyDoor.ServiceDirectory;

public enum EditState { Waiting, Approved, SentBack, Withdrawn }

/// <summary>What somebody wants to change on an entry: looked at by another person before anybody sees it, and kept afterwards as the entry's history.</summary>
public sealed class ServiceEdit
{
    /// <summary>Nobody’s id: the source itself says something else than what was approved here.</summary>
    public static readonly Guid Source = Guid.Empty;

    public required Guid Id { get; init; }
    public required string ServiceId { get; init; }
    public required Guid ProposedBy { get; init; }
    /// <summary>The entry was not on the menu before: it comes onto it when this is approved.</summary>
    public bool IsNew { get; init; }
    public Guid? OrganisationId { get; init; }
    /// <summary>Their organisation, as it was called then.</summary>
    public required string From { get; init; }
    /// <summary>They work for whoever runs the service.</summary>
    public required bool OfProvider { get; init; }
    public required DateTime ProposedAt { get; init; }
    /// <summary>Fields with what they said before and what they are to say, as JSON.</summary>
    public required string Changes { get; init; }
    public required EditState State { get; set; }
    public DateTime? DecidedAt { get; set; }
    public Guid? DecidedBy { get; set; }
    /// <summary>Why it was sent back.</summary>
    public string? Reason { get; set; }
    public required int Version { get; set; }

    public bool IsFromSource => ProposedBy == Source;
}

/// <summary>One field of an edit.</summary>
/// <param name="Field">As <see cref="EntryField.Id"/> has it.</param>
public sealed record FieldChange(string Field, string Before, string After);

/// <summary>One field as a reviewer sees it.</summary>
/// <param name="Now">What it says now, where that is not what it said when the edit was made.</param>
public sealed record FieldDiff(string Label, string Before, string After, string? Now);

/// <param name="Service">None: it was taken off since. Of a new one that is not approved: the entry as it would be.</param>
public sealed record EditShown(ServiceEdit Edit, Service? Service, IReadOnlyList<FieldDiff> Fields)
{
    /// <summary>It is on no list, and has no page.</summary>
    public bool IsProposal => Edit is { IsNew: true, State: not EditState.Approved };
}

/// <summary>What came of sending an edit: its id, or what is wrong with which field.</summary>
public sealed record EditSent(Guid? Id, IReadOnlyDictionary<string, string> Problems);
