namespace AnyDoor.Offers;

/// <summary>
/// What somebody said to one line of a request's offer. What they said no to stays under "Looked at and not offered" with why, and can be put back;
/// the row stays as history either way.
/// </summary>
public sealed class OfferChoice
{
    public required Guid Id { get; init; }
    /// <summary>The request. Opaque here.</summary>
    public required Guid RequestId { get; init; }
    public required Guid HouseholdId { get; init; }
    /// <summary>The offer's line, like <c>award:crisis-and-resilience-fund:crisis-payment</c>.</summary>
    public required string LineId { get; init; }
    /// <summary>As the line was called then.</summary>
    public required string Title { get; init; }
    /// <summary>They want it; otherwise they said no.</summary>
    public required bool Wanted { get; init; }
    /// <summary>What they were told of it: when it is open, and where.</summary>
    public string? Detail { get; init; }
    /// <summary>About safety at home: never in a text or on paper.</summary>
    public required bool Quiet { get; init; }
    public string? Reason { get; init; }
    public required DateTime At { get; init; }
    public required Guid By { get; init; }
    public DateTime? UndoneAt { get; set; }
    public Guid? UndoneBy { get; set; }

    /// <summary>Why it is not offered, in words.</summary>
    public string NoInWords => Reason is null ? "They said no, thank you." : $"They said no: {Reason}";
}
