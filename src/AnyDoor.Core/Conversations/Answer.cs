using System.Text.Json;

namespace AnyDoor.Conversations;

/// <summary>An answer, asked once and reused: by scheme rules, the entitlement check, the menu and handovers.</summary>
public sealed class Answer
{
    /// <summary>The value of "asked, and they would rather not say": it is not asked again today, and it is no answer.</summary>
    public const string RatherNot = "null";

    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    /// <summary>Who told it: it is theirs. Nobody else in the household is shown it.</summary>
    public Guid? PersonId { get; init; }
    /// <summary>Whom it is about, when that is another person than the one who told it.</summary>
    public Guid? About { get; init; }
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

    /// <summary>The same answer, with the records that are kept of whoever told it and whom it is about.</summary>
    public Answer ToldAs(Func<Guid, Guid> kept) => new()
    {
        Id = Id, HouseholdId = HouseholdId, PersonId = PersonId is { } teller ? kept(teller) : null, About = About is { } about ? kept(about) : null,
        Fact = Fact, Value = Value, Origin = Origin, At = At, ByWorker = ByWorker, ReplacedAt = ReplacedAt,
    };

    public bool IsGiven => Value != RatherNot;

    /// <summary>Old enough that a rule may ask again. A fact with no limit never is.</summary>
    public bool IsStale(DateTime at) => Vocabulary.Words.Current.Fact(Fact)?.StaleAfterDays is { } days && at - At > TimeSpan.FromDays(days);

    /// <summary>The same answer, however it is spaced and in whatever order options were ticked.</summary>
    public static bool Same(string a, string b) => a == b || Canonical(a) == Canonical(b);

    internal static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return root.ValueKind switch
        {
            JsonValueKind.Array => JsonSerializer.Serialize(root.EnumerateArray().Select(e => e.ToString()).Order(StringComparer.Ordinal)),
            JsonValueKind.String => JsonSerializer.Serialize(root.GetString()!.Trim().ReplaceLineEndings("\n")),
            JsonValueKind.True => "\"yes\"",
            JsonValueKind.False => "\"no\"",
            _ => root.GetRawText(),
        };
    }
}

/// <summary>A need coded behind the person's own words, confirmed by a worker.</summary>
public sealed class NeedSaid
{
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public Guid? PersonId { get; init; }
    public required string NeedId { get; init; }
    /// <summary>Their words that it was read from, like “84p on the meter”.</summary>
    public string? Phrase { get; init; }
    public required string Origin { get; init; }
    public required DateTime At { get; init; }
    public Guid? ByWorker { get; init; }
    /// <summary>When somebody took it off again.</summary>
    public DateTime? RemovedAt { get; set; }
}
