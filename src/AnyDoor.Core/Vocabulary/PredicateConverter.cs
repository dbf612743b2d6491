using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnyDoor.Vocabulary;

/// <summary>Reads a predicate in a data file by the one strict reader; a misspelt one fails the file.</summary>
public sealed class PredicateConverter : JsonConverter<Predicate>
{
    public override Predicate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var problems = new List<string>();
        var holder = JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["when"] = JsonElement.ParseValue(ref reader) });
        var predicate = new JsonFields(holder, "", problems).OptionalPredicate("when");
        return problems.Count == 0 && predicate is not null ? predicate : throw new JsonException(string.Join(' ', problems));
    }

    public override void Write(Utf8JsonWriter writer, Predicate value, JsonSerializerOptions options) =>
        throw new NotSupportedException("A predicate is kept as it was written in its file.");
}
