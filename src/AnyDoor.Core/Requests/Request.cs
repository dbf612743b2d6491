namespace AnyDoor.Requests;

public enum Urgency { Today, ThisWeek, Soon }

/// <summary>Set aside: a person looked at it and it is no request of anybody's. Otherwise waiting, or one of the four ways a request may leave the queue (no dead ends).</summary>
public enum RequestStatus { Waiting, Claimed, HandedOver, Helped, HandedOverAndAccepted, DeclinedByResident, UnableToReach, Stopped, SetAside }

/// <summary>Somebody asks for help for a household, at a door.</summary>
public sealed partial class Request
{
    public required Guid Id { get; init; }
    /// <summary>The public reference: nine characters, see <see cref="Common.Reference"/>.</summary>
    public required string Reference { get; init; }
    public required string DoorId { get; init; }
    public required Guid HouseholdId { get; init; }
    public required Guid ApplicantId { get; init; }
    /// <summary>The scheme a council's own form was for; none for a request that only asks for help.</summary>
    public string? SchemeId { get; init; }
    public required bool ForSomeoneElse { get; init; }
    public required bool PermissionGiven { get; set; }
    /// <summary>The organisation and worker who sent it for the person, when a partner did.</summary>
    public Guid? BroughtByOrganisation { get; init; }
    public Guid? BroughtByWorker { get; init; }
    public required DateTime SubmittedAt { get; init; }
    public required Urgency Urgency { get; set; }
    /// <summary>Why it is urgent, in words (the need's cause), never a score.</summary>
    public string? UrgencyWhy { get; set; }
    /// <summary>When somebody must have answered: the clock is the same for every door.</summary>
    public required DateTime AnswerBy { get; set; }
    /// <summary>Its queue: <c>support</c>, or another kind of task, added as data.</summary>
    public required string TaskType { get; init; }
    public required RequestStatus Status { get; set; }
    public Guid? ClaimedBy { get; set; }
    public DateTime? ClaimedAt { get; set; }
    public string? District { get; set; }
    /// <summary>Compact postcode, kept so that "area not known" is resolved when postcodes are loaded.</summary>
    public string? Postcode { get; set; }
    public string? Language { get; set; }
    public string? Words { get; set; }
    /// <summary>A keyed hash of the resident's secret code.</summary>
    public byte[]? CodeHash { get; set; }
    /// <summary>An urgent form that is still being filled, or was left part-filled: it waits in the queue already.</summary>
    public bool PartFilled { get; set; }
    /// <summary>The code of the leaflet, text or radio spot that brought them, so that each can be compared.</summary>
    public string? Campaign { get; init; }
    /// <summary>Where an imported request came from: the import and its own reference.</summary>
    public Guid? ImportId { get; init; }
    public string? SourceReference { get; init; }
    /// <summary>A hash of the imported row: the same reference with other content is not the same row.</summary>
    public string? SourceFingerprint { get; init; }
    public DateTime? FirstContactAt { get; set; }
    public string? PassedTo { get; set; }
    public DateTime? ClosedAt { get; set; }
    /// <summary>A rule marked it: it is in no queue until a person has looked.</summary>
    public bool Held { get; private set; }
    public required int Version { get; set; }
}

/// <summary>A need as the household said it; <see cref="NeedId"/> is coded in the vocabulary.</summary>
public sealed class RequestNeed
{
    public required Guid RequestId { get; init; }
    public required string NeedId { get; init; }
    /// <summary>Where it was said: <c>request</c> or <c>conversation</c>.</summary>
    public required string Origin { get; init; }
}

/// <summary>One try to reach somebody, and what came of it.</summary>
public sealed class Contact
{
    public required Guid Id { get; init; }
    public required Guid RequestId { get; init; }
    public required DateTime At { get; init; }
    public Guid? WorkerId { get; init; }
    public required string Way { get; init; }
    /// <summary><c>spoke</c>, <c>no-answer</c>, <c>dropped</c>, <c>declined</c>.</summary>
    public required string Outcome { get; init; }
    /// <summary>When to try or talk next.</summary>
    public DateOnly? NextOn { get; init; }
    public string? NextTime { get; init; }
    public string? NextWay { get; init; }
}

/// <summary>
/// One file for one scheme, however often it was run. Rows = requests that came in by it (those of rows mended since with them) + repeated
/// + set aside or left out + rows that an earlier file had brought.
/// </summary>
public sealed class RequestImport
{
    public required Guid Id { get; init; }
    public required string FileName { get; init; }
    public required byte[] Fingerprint { get; init; }
    public required string SchemeId { get; init; }
    /// <summary>What it was last read with.</summary>
    public required string MappingId { get; set; }
    /// <summary>The mapping itself, when it was given and is not the one that ships with the product: a row set aside is mended by it.</summary>
    public string? MappingBody { get; set; }
    public required DateTime StartedAt { get; init; }
    public DateTime? FinishedAt { get; set; }
    public int Rows { get; set; }
    public int Repeated { get; set; }
    public required string By { get; init; }
}

public enum QuarantineState { SetAside, Mended, LeftOut }

/// <summary>A row that was not taken: the row as it came, what is wrong and how to mend it.</summary>
public sealed class QuarantinedRow
{
    public required Guid Id { get; init; }
    public required Guid ImportId { get; init; }
    /// <summary>The row's number in the file, the header being row 1.</summary>
    public required int Row { get; init; }
    /// <summary>The whole row, as JSON: personal data, read through the gate's import page only.</summary>
    public required string Cells { get; init; }
    public required string Fingerprint { get; init; }
    public required string Column { get; set; }
    public required string Problem { get; set; }
    public required string Reason { get; set; }
    public required QuarantineState State { get; set; }
    public string? Why { get; set; }
    public Guid? RequestId { get; set; }
}
