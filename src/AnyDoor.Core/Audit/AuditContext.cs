namespace AnyDoor.Audit;

/// <summary>Why a person's record is read or written. One of eight; there is no "other".</summary>
public enum Purpose
{
    RespondToRequest,
    AwardAndPay,
    Casework,
    Handover,
    CaseFinding,
    SafeguardingOrEmergency,
    Assurance,
    StatisticsAndPlanning,
}

public enum ActorKind { Worker, Resident, Representative, System, Job }

/// <summary>Who acts. <paramref name="Label"/> is a handle or a job's name, never a resident's name.</summary>
public sealed record Actor(ActorKind Kind, Guid? Id, string Label)
{
    public static Actor Job(string name) => new(ActorKind.Job, null, name);
    public static Actor Resident(Guid? personId) => new(ActorKind.Resident, personId, "resident");
    public static Actor Worker(Guid id, string handle) => new(ActorKind.Worker, id, handle);
}

/// <summary>Who, when and why: passed into every write and every read of a person.</summary>
/// <param name="Door">The id of the door it came through.</param>
/// <param name="Reason">In the actor's words, where one was asked for. Erasable content.</param>
/// <param name="At">UTC.</param>
public sealed record AuditContext(Actor Actor, Guid? OrganisationId, string Door, Purpose Purpose, DateTime At, string? Reason = null);
