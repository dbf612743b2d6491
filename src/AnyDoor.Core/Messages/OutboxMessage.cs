namespace AnyDoor.Messages;

/// <summary>Waiting: not sent. Nothing says "sent" before a sender has taken it.</summary>
public enum MessageState { Waiting, Sent, Withheld, Failed }

public enum MessageChannel { None, Text, Email, Letter }

/// <summary>
/// A message to one person, committed with the row it is about. Its words are sealed with the installation's key and are gone once it went;
/// the number or address is not here at all: it is read, and judged again, at the moment it goes.
/// </summary>
public sealed class OutboxMessage
{
    public required Guid Id { get; init; }
    /// <summary>The message in the settings, like <c>request-received</c>.</summary>
    public required string MessageId { get; init; }
    /// <summary>What it is about: a request, an award.</summary>
    public required Guid CauseId { get; init; }
    public required Guid HouseholdId { get; init; }
    public required Guid PersonId { get; init; }
    public required MessageChannel Channel { get; init; }
    /// <summary>Says what it is about; otherwise only that there is something to read, and where.</summary>
    public required bool HasContent { get; init; }
    public required string Language { get; init; }
    public byte[]? SealedWords { get; set; }
    /// <summary>A keyed mark of the number or address it was written for, which cannot be read back: to another one it does not go.</summary>
    public byte[]? AddressMark { get; init; }
    public required MessageState State { get; set; }
    /// <summary>Why it did not go, for staff.</summary>
    public string? Why { get; set; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? SentAt { get; set; }
    public required int Attempts { get; set; }
    /// <summary>Not before; moves on after a failure.</summary>
    public required DateTime DueAt { get; set; }
    /// <summary>Who is sending it now, until when. An expired lease may be taken over.</summary>
    public Guid? LeasedBy { get; set; }
    public DateTime? LeasedUntil { get; set; }
}
