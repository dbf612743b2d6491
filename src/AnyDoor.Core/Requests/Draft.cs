namespace AnyDoor.Requests;

/// <summary>A form that is being filled. Saved at every step, found only by its code or within a sitting, gone after its days.</summary>
internal sealed class Draft
{
    public required Guid Id { get; init; }
    /// <summary>A keyed hash of the code. The code itself follows from the id and the installation's key, so it is stored nowhere.</summary>
    public required byte[] CodeHash { get; init; }
    public required string DoorId { get; init; }
    public required bool ForSomeoneElse { get; init; }
    /// <summary>See <see cref="FormAnswers"/>. Emptied when the form is sent: the request has them then.</summary>
    public required string Answers { get; set; }
    /// <summary>Where the person was.</summary>
    public required string Page { get; set; }
    public string? Language { get; set; }
    /// <summary>The code of the leaflet or message that brought them.</summary>
    public string? Campaign { get; init; }
    public required DateTime StartedAt { get; init; }
    public required DateTime SavedAt { get; set; }
    public required DateTime ExpiresAt { get; set; }
    /// <summary>The request it became: at the first urgent answer, or when it was sent.</summary>
    public Guid? RequestId { get; set; }
    public DateTime? SentAt { get; set; }
    public required int Version { get; set; }
}

/// <summary>
/// One person at one screen: a random token in a cookie until the browser closes, an end that the server keeps.
/// "Leave quickly", an hour of nothing or a sent form end it; then only a code opens anything.
/// </summary>
internal sealed class Sitting
{
    public required Guid Id { get; init; }
    public required byte[] TokenHash { get; init; }
    public Guid? DraftId { get; set; }
    public Guid? RequestId { get; set; }
    public required DateTime SeenAt { get; set; }
    public DateTime? EndedAt { get; set; }
}

/// <summary>Who asked for somebody else, and whether that person knew: kept with the request, shown to the hub only.</summary>
internal sealed class Representation
{
    public required Guid RequestId { get; init; }
    public required string Name { get; set; }
    public string? Reach { get; set; }
    /// <summary><c>yes</c>: they said it is all right. <c>not-yet</c>, <c>cannot</c> or none: speak with them first, in their own safe way.</summary>
    public string? Knows { get; set; }
    /// <summary>Why they cannot say for themselves, as whoever asked told it.</summary>
    public string? Why { get; set; }
    public required DateTime At { get; init; }
}
