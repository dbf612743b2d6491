namespace AnyDoor.Conversations;

/// <summary>An answer, asked once and reused: by scheme rules, the entitlement check, the menu and handovers.</summary>
public sealed class Answer
{
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    /// <summary>Whose answer it is: nobody else in the household is shown it.</summary>
    public Guid? PersonId { get; init; }
    /// <summary>A fact's name in the vocabulary, like <c>income.pay_monthly_pence</c>.</summary>
    public required string Fact { get; init; }
    /// <summary>The value as JSON: a number, a text, a list of option ids, or true or false.</summary>
    public required string Value { get; init; }
    /// <summary>Where it was said: <c>request</c>, <c>conversation</c>, <c>import</c>.</summary>
    public required string Origin { get; init; }
    public required DateTime At { get; init; }
    public Guid? ByWorker { get; init; }
    /// <summary>When a later answer took its place; the history stays.</summary>
    public DateTime? ReplacedAt { get; set; }
}
