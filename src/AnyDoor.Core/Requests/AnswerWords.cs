using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Conversations;

namespace AnyDoor.Requests;

/// <summary>A given answer as people read it.</summary>
public static class AnswerWords
{
    public static string Of(Answer answer)
    {
        using var json = JsonDocument.Parse(answer.Value);
        var fact = Vocabulary.Words.Current.Fact(answer.Fact);
        string One(string? option) => fact?.Options?.FirstOrDefault(o => o.Id == option)?.Label ?? (answer.Fact == "language" ? Queue.LanguageName(option ?? "") : Vocabulary.Words.Current.Need(option ?? "")?.Plain ?? (fact is { Type: "choice" or "choices" or "yes-no" } ? Plain(option ?? "") : option ?? ""));
        return json.RootElement.ValueKind switch
        {
            JsonValueKind.Array => string.Join(", ", json.RootElement.EnumerateArray().Select(e => One(e.ToString()))),
            JsonValueKind.String => One(json.RootElement.GetString()),
            JsonValueKind.True => "Yes",
            JsonValueKind.False => "No",
            JsonValueKind.Number when fact?.Type == "money" && json.RootElement.TryGetInt64(out var pence) => new Money(pence).ToString(),
            _ => json.RootElement.ToString(),
        };
    }

    /// <summary>An id in small words, for what has no label.</summary>
    public static string Plain(string name)
    {
        var text = string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 && char.IsLower(name[i - 1]) ? $" {char.ToLowerInvariant(c)}" : c is '-' or '.' or '_' ? " " : c.ToString()));
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }
}
