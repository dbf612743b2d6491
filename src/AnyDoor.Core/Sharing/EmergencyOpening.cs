using AnyDoor.Common;

namespace AnyDoor.Sharing;

/// <summary>The law that lets a record be opened when somebody is in danger, in words and by name.</summary>
public sealed record Gateway(string Id, string Name, string Law);

/// <summary>For how long and by which law: dated data (<c>Content/safeguarding.json</c>).</summary>
public sealed record EmergencyRules(int Hours, IReadOnlyList<Gateway> Gateways)
{
    public static EmergencyRules Current { get; } = ContentFiles.Read<EmergencyRules>("safeguarding.json");

    public Gateway? Find(string? id) => Gateways.FirstOrDefault(g => g.Id == id);
}

/// <summary>What the senior person said who was named.</summary>
public enum SeniorAnswer { Waiting, Agreed, Denied }

/// <summary>
/// A record opened because somebody may be in danger: without consent, and although a permission was refused. It has the id of its <see cref="LookReview"/>;
/// the reason is erasable content of that look's event.
/// </summary>
public sealed class EmergencyOpening
{
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public required Guid WorkerId { get; init; }
    /// <summary>As <c>safeguarding.json</c> names it.</summary>
    public required string Gateway { get; init; }
    /// <summary>Who agreed, as the worker says; the worker themselves where they are senior enough.</summary>
    public required Guid AgreedBy { get; init; }
    public required DateTime At { get; init; }
    public required DateTime Until { get; init; }
    public required SeniorAnswer Answer { get; set; }
    public DateTime? AnsweredAt { get; set; }

    /// <summary>What the worker wrote, of the event's content: the law stands on a line of its own behind it.</summary>
    public static string? ReasonIn(string? content) => content is { } all && all.LastIndexOf('\n') is > 0 and var end ? all[..end] : content;

    /// <summary>The one who was named says that it is so, or that it is not.</summary>
    public Refusal? Say(bool agreed, DateTime at)
    {
        if (Answer != SeniorAnswer.Waiting) return new Refusal("already-answered", "You have answered this already.");
        (Answer, AnsweredAt) = (agreed ? SeniorAnswer.Agreed : SeniorAnswer.Denied, at);
        return null;
    }
}
