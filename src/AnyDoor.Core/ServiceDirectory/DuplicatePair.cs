namespace AnyDoor.ServiceDirectory;

public enum DuplicateState
{
    /// <summary>Nobody has looked yet.</summary>
    Waiting,
    Merged,
    /// <summary>Somebody said that they are two: they are never asked about again.</summary>
    Different,
}

/// <summary>Two services that are likely one, and what somebody made of it. No person is in it.</summary>
public sealed class DuplicatePair
{
    public required Guid Id { get; init; }
    /// <summary>The one that was held first.</summary>
    public required string OlderId { get; init; }
    public required string NewerId { get; init; }
    /// <summary>How sure, in hundredths.</summary>
    public required int Percent { get; init; }
    /// <summary>What speaks for it.</summary>
    public required string Why { get; init; }
    /// <summary>Almost certain, and from another source: until somebody looks, the newer stands back where the older is shown.</summary>
    public required bool Held { get; init; }
    public required DateTime FoundAt { get; init; }
    public required DuplicateState State { get; set; }
    public DateTime? DecidedAt { get; set; }
    public Guid? DecidedBy { get; set; }
    /// <summary>Of a merge: the one that is kept. The other's id leads on to it.</summary>
    public string? KeptId { get; set; }
    /// <summary>Of a merge: the parts that are taken from the other, by their ids with commas between.</summary>
    public string? Taken { get; set; }
    /// <summary>Of a merge that hid the one that is kept from somebody: who could see it before. None: nobody lost sight of it, or somebody said since who may see it.</summary>
    public Visibility? SeenBefore { get; set; }
}
