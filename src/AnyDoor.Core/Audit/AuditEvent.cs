namespace AnyDoor.Audit;

/// <summary>What the two logs' events have in common: what a seal covers.</summary>
internal interface ILogged
{
    long Seq { get; }
    int Epoch { get; }
    long Position { get; }
    Guid Id { get; }
    DateTime At { get; }
    byte[] Mac { get; }
}

/// <summary>One write, as it happened. Inserted with its MAC, never updated, never deleted.</summary>
public sealed class AuditEvent : ILogged
{
    /// <summary>Given by the database: the order within one position.</summary>
    public long Seq { get; init; }
    /// <summary>Rises at every restore into a new database, so that positions never run backwards.</summary>
    public int Epoch { get; init; }
    /// <summary>What seals count by. PostgreSQL: the transaction's id; SQLite: the row's own number, set by the database.</summary>
    public long Position { get; init; }
    public required Guid Id { get; init; }
    public required DateTime At { get; init; }
    public required ActorKind ActorKind { get; init; }
    public Guid? ActorId { get; init; }
    public required string ActorLabel { get; init; }
    public Guid? OrganisationId { get; init; }
    public required string Door { get; init; }
    public required Purpose Purpose { get; init; }
    /// <summary>What happened, in the words of the room that wrote it, like <c>request.received</c>.</summary>
    public required string Kind { get; init; }
    public Guid? SubjectId { get; init; }
    public Guid? HouseholdId { get; init; }
    /// <summary>SHA-256 over the salt and the erasable content, so that a recorded erasure leaves the chain whole. Empty when there is no content.</summary>
    public required byte[] Commitment { get; init; }
    public required byte[] Mac { get; init; }
}

/// <summary>The erasable part of an event: a reason in somebody's words, what was changed. Stands apart so that it can be erased.</summary>
public sealed class AuditContent
{
    public required Guid EventId { get; init; }
    public required byte[] Salt { get; init; }
    public required string Body { get; init; }
}

/// <summary>One look at people, naming its whole set: a queue of fifty is one event.</summary>
public sealed class ReadEvent : ILogged
{
    public long Seq { get; init; }
    public int Epoch { get; init; }
    public long Position { get; init; }
    public required Guid Id { get; init; }
    public required DateTime At { get; init; }
    public required ActorKind ActorKind { get; init; }
    public Guid? ActorId { get; init; }
    public required string ActorLabel { get; init; }
    public Guid? OrganisationId { get; init; }
    public required string Door { get; init; }
    public required Purpose Purpose { get; init; }
    /// <summary>Where it was shown, like <c>queue</c> or <c>household</c>.</summary>
    public required string Page { get; init; }
    /// <summary>On what grounds: the causes of the grounds. A reason that was stated is erasable content of its own event.</summary>
    public required string Basis { get; init; }
    /// <summary>The ids of the households (or persons) shown, 16 bytes each.</summary>
    public required byte[] Subjects { get; init; }
    public required byte[] Mac { get; init; }
}

/// <summary>An index over read events, filled by the sealer and rebuildable: who looked at this household?</summary>
public sealed class ReadSubject
{
    public required Guid SubjectId { get; init; }
    public required Guid ReadEventId { get; init; }
}

public enum LogName { Write, Read }

/// <summary>Seals the events at positions from (included) to (excluded). One chain for each log.</summary>
public sealed class Seal
{
    public required LogName Log { get; init; }
    public required long Number { get; init; }
    public required int Epoch { get; init; }
    public required long FromPosition { get; init; }
    public required long ToPosition { get; init; }
    public required int Count { get; init; }
    public required DateTime At { get; init; }
    public required byte[] Hash { get; init; }
    public required byte[] PreviousHash { get; init; }
    public required byte[] Mac { get; init; }
}

/// <summary>Says that an event's content was erased on purpose, and why. Content missing without one is bad.</summary>
public sealed class Erasure
{
    public required Guid EventId { get; init; }
    public required DateTime At { get; init; }
    public required string Why { get; init; }
    public required byte[] Mac { get; init; }
}

/// <summary>One holder at a time; <see cref="Fence"/> rises at every take-over, so that a holder that lost its lease cannot write.</summary>
public sealed class Lease
{
    public required string Name { get; init; }
    public required string Holder { get; set; }
    public required long Fence { get; set; }
    public required DateTime ExpiresAt { get; set; }
}

/// <summary>A command's idempotency key with a hash of its content and, once done, its answer.</summary>
public sealed class CommandKey
{
    /// <summary>Whose key it is (a worker, an import), so that two callers cannot meet each other's keys.</summary>
    public required string Scope { get; init; }
    public required string Key { get; init; }
    public required byte[] ContentHash { get; init; }
    public required DateTime At { get; init; }
    public string? Answer { get; set; }
}

/// <summary>What this database is: made once, one row.</summary>
public sealed class DatabaseMark
{
    public required int Id { get; init; }
    public required Guid DatabaseId { get; init; }
    /// <summary>A demo database holds invented people only. Null until the first start, or the first real people, decide it.</summary>
    public required bool? IsDemo { get; set; }
    public required int Epoch { get; set; }
    public required DateTime CreatedAt { get; init; }
    /// <summary>Signs the id, whether it is a demo, and the epoch: checkpoints are found by the id, and a demo lets anybody in, so who can write rows must not be able to change either.</summary>
    public required byte[] Mac { get; set; }

    internal static DatabaseMark Make(LogKey key, bool? demo, int epoch, DateTime createdAt)
    {
        var mark = new DatabaseMark { Id = 1, DatabaseId = Guid.NewGuid(), IsDemo = demo, Epoch = epoch, CreatedAt = new DateTime(createdAt.Ticks / 10 * 10, DateTimeKind.Utc), Mac = [] };
        mark.Sign(key);
        return mark;
    }

    public void Sign(LogKey key) => Mac = key.Sign(CanonicalForm.Of(this));

    internal bool IsSignedWith(LogKey key) => key.Matches(CanonicalForm.Of(this), Mac);
}
