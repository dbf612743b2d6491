using System.Text.Json.Serialization;
using AnyDoor.Common;
using AnyDoor.Vocabulary;

namespace AnyDoor.Conversations;

/// <param name="InTheirWords">Written down as the person says it; it answers the whole section's question.</param>
/// <param name="Per"><c>adult</c>: asked about each adult.</param>
/// <param name="AskOnlyWhen">Not asked by default, and never counted as left out.</param>
public sealed record GuideField(string Fact, string Label, string Input, bool InTheirWords = false, string? Per = null, string? Hint = null, string? AskOnlyWhen = null,
    [property: JsonConverter(typeof(PredicateConverter))] Predicate? ShowWhen = null);

/// <summary>One part of the conversation: how it is opened, what to listen for, and what is written down.</summary>
public sealed record GuideSection(string Id, string Title, string Spoken, IReadOnlyList<string> AlsoSay, IReadOnlyList<string> OpensWith, IReadOnlyList<string> ListenFor,
    IReadOnlyList<GuideField> Fields, string IfTheyWouldRatherNot,
    [property: JsonConverter(typeof(PredicateConverter))] Predicate? ShowWhen = null);

/// <summary>The one holistic conversation, as dated data: strengths first, everything may be skipped.</summary>
public sealed record Guide(string Owner, DateOnly Starts, IReadOnlyList<string> HowToUse, IReadOnlyList<GuideSection> Sections)
{
    private static readonly Lazy<Guide> Shipped = new(() => ContentFiles.Read<Guide>("conversation-guide.json"));

    public static Guide Current => Shipped.Value;
}
