using System.Globalization;
using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Vocabulary;

namespace AnyDoor.Conversations;

/// <summary>Whether a value fits its fact. What does not is refused in a sentence, beside the field.</summary>
internal static class AnswerCheck
{
    private const long MostPence = 100_000_000;
    // These live where they are honoured: as safe contact, people, permissions and plans. A second copy here would be one that nobody obeys.
    private static readonly string[] KeptElsewhere = ["safety.contact_by", "safety.do_not", "safety.through_whom", "safety.phone_is_private", "contact.phone", "contact.email", "contact.address", "contact.postcode", "contact.best_time", "person.name", "person.date_of_birth", "household.people", "plan.next_contact", "needs"];

    public static Refusal? Problem(string factId, string value)
    {
        if (Words.Current.Fact(factId) is not { } fact) return new Refusal("unknown-fact", $"There is no question called “{factId}”.", factId);
        if (KeptElsewhere.Contains(factId)) return new Refusal("kept-elsewhere", $"“{fact.Question}” is kept in its own place, not among the answers: change it there.", factId);
        if (fact.Becomes is not null) return new Refusal("kept-elsewhere", $"“{fact.Question}” is a permission: record it as one.", factId);
        if (fact.StoredApart) return new Refusal("kept-elsewhere", $"“{fact.Question}” is for statistics only and is stored apart from the person.", factId);
        if (value == Answer.RatherNot) return null;
        JsonElement json;
        try { json = JsonSerializer.Deserialize<JsonElement>(value); }
        catch (JsonException) { return Bad(fact, "That cannot be read. Write the answer again."); }
        return fact.Type switch
        {
            "money" => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var pence) && pence is >= 0 and <= MostPence ? null : Bad(fact, "Write an amount in pounds and pence, like 42.50."),
            "number" => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var number) && number is >= 0 and <= 1000 ? null : Bad(fact, "Write a whole number, like 3."),
            "yes-no" => json.ValueKind is JsonValueKind.True or JsonValueKind.False || Text(json) is "yes" or "no" or "not-sure" ? null : Bad(fact, "Choose yes, no or not sure."),
            "choice" => Text(json) is { } chosen && IsOption(fact, chosen) ? null : Bad(fact, "Choose one of the answers in the list."),
            "choices" => json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(e => Text(e) is { } one && IsOption(fact, one)) ? null : Bad(fact, "Choose from the answers in the list."),
            "date" => Text(json) is { } day && (DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) || DateOnly.TryParseExact(day, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) ? null : Bad(fact, "Write a day, like 24 November 2026, or a month."),
            _ => Text(json) is { } text ? text.Length <= (fact.MaxLength ?? 2000) ? null : Bad(fact, $"That is longer than {fact.MaxLength ?? 2000} letters. Keep what matters most.") : Bad(fact, "Write it in words."),
        };
    }

    private static bool IsOption(Fact fact, string option) => option == "not-sure" || fact.Options?.Any(o => o.Id == option) == true;
    private static string? Text(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString() : null;
    private static Refusal Bad(Fact fact, string sentence) => new("bad-answer", sentence, fact.Id);
}
