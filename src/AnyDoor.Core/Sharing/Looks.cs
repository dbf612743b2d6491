using AnyDoor.Audit;
using AnyDoor.Organisations;

namespace AnyDoor.Sharing;

/// <summary>Who looks, for which purpose, on which page, through which door: what every read of a person is given.</summary>
public sealed record ReadContext(AuditContext Audit, WhoIsWorking? Worker, string Page)
{
    public Looker Looker => new(Audit.Actor.Kind, Audit.Actor.Id, Worker?.Role, Worker?.OrganisationId, Worker?.IsHub ?? false, Worker is { } worker ? Permissions.KindOf(worker.OrganisationKind) : null);

    public static ReadContext ForWorker(WhoIsWorking worker, Purpose purpose, string page, string door, DateTime at) =>
        new(worker.For(purpose, door, at), worker, page);

    /// <summary>A partner's system, which sees what the worker of its key sees.</summary>
    public static ReadContext ForSystem(WhoIsWorking worker, Purpose purpose, string page, string door, DateTime at) =>
        new(worker.For(purpose, door, at) with { Actor = new Actor(ActorKind.System, worker.WorkerId, worker.Handle) }, worker, page);

    public static ReadContext ForResident(Guid personId, Purpose purpose, string page, string door, DateTime at) =>
        new(new AuditContext(Actor.Resident(personId), null, door, purpose, at), null, page);

    public static ReadContext ForJob(string job, Purpose purpose, DateTime at) =>
        new(new AuditContext(Actor.Job(job), null, "job", purpose, at), null, job);
}

public enum LookAnswer { Open, Fine, Asked, Stopped }

/// <summary>A look on a stated reason, for the information lead's review. The reason itself is erasable content of <see cref="EventId"/>.</summary>
public sealed class LookReview
{
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public required Guid WorkerId { get; init; }
    public required Guid OrganisationId { get; init; }
    public required Purpose Purpose { get; init; }
    public required Guid EventId { get; init; }
    public required DateTime At { get; init; }
    public required LookAnswer Answer { get; set; }
    /// <summary>Why it is here: <see cref="GroundCause.StatedReason"/> or <see cref="GroundCause.Emergency"/>.</summary>
    public required string Why { get; init; }
    public Guid? AnsweredBy { get; set; }
    public DateTime? AnsweredAt { get; set; }
    /// <summary>When the worker who was asked said why. Their words are erasable content of <see cref="ReplyEventId"/>.</summary>
    public DateTime? RepliedAt { get; set; }
    public Guid? ReplyEventId { get; set; }
}
