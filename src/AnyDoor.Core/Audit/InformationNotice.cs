namespace AnyDoor.Audit;

/// <summary>Something only the information lead hears of, like a possible match that the worker at the desk had no grounds to see. Ids only.</summary>
public sealed class InformationNotice
{
    public required Guid Id { get; init; }
    /// <summary>Like <c>match-not-shown</c>, <c>agreement-ending</c>, <c>emergency-opened</c>, <c>safety-lifted</c>, <c>way-in-replaced</c>.</summary>
    public required string Kind { get; init; }
    public Guid? HouseholdId { get; init; }
    public Guid? OtherHouseholdId { get; init; }
    /// <summary>What it is about when that is no household: an agreement, an emergency opening, the link that a way in was made with.</summary>
    public Guid? SubjectId { get; init; }
    public Guid? WorkerId { get; init; }
    public required DateTime At { get; init; }
    public DateTime? SeenAt { get; set; }
    public Guid? SeenBy { get; set; }
}
