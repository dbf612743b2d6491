using AnyDoor.Common;

namespace AnyDoor.Vocabulary;

/// <summary>A need in plain words, coded behind the scenes to capitals and inequalities (the papers' Table 2).</summary>
/// <param name="Plain">What a resident reads.</param>
/// <param name="Staff">What a worker reads.</param>
/// <param name="UrgentWords">Phrases in a person's own words that say why this is urgent.</param>
public sealed record Need(string Id, string Plain, string Staff, string Group, IReadOnlyList<string> Capitals, IReadOnlyList<string> Inequalities,
    IReadOnlyList<string>? UrgentWords = null, IReadOnlyList<string>? ImportWords = null, IReadOnlyList<string>? SearchWords = null);

/// <summary>A choice of an answer.</summary>
public sealed record FactOption(string Id, string Label);

/// <summary>Something that is asked once and reused.</summary>
/// <param name="Category">The data category the gate cuts by, like <c>money</c>.</param>
/// <param name="StaleAfterDays">After this many days a rule may ask again; none: never.</param>
/// <param name="Becomes"><c>permission</c>: kept as a permission, not as an answer.</param>
/// <param name="StoredApart">For statistics only: never beside the person.</param>
public sealed record Fact(string Id, string Type, string Subject, string Category, string Question, int? StaleAfterDays, IReadOnlyList<FactOption>? Options = null,
    int? MaxLength = null, string? Becomes = null, bool StoredApart = false);

/// <summary>A capital or an inequality of Table 2.</summary>
public sealed record GridLine(string Id, string Name);

/// <summary>The product's words as dated data: <c>vocabulary.json</c>.</summary>
public sealed record Words(DateOnly Starts, string Owner, string Source, IReadOnlyList<GridLine> Capitals, IReadOnlyList<GridLine> Inequalities,
    IReadOnlyList<Need> Needs, IReadOnlyList<Fact> Facts)
{
    private static readonly Lazy<Words> Shipped = new(() => ContentFiles.Read<Words>("vocabulary.json"));
    private Dictionary<string, Need>? needs;
    private Dictionary<string, Fact>? facts;

    public static Words Current => Shipped.Value;

    public Need? Need(string id) => (needs ??= Needs.ToDictionary(n => n.Id)).GetValueOrDefault(id);
    public Fact? Fact(string id) => (facts ??= Facts.ToDictionary(f => f.Id)).GetValueOrDefault(id);
}
