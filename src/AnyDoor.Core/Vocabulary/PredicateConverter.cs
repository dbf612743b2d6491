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

    /// <summary>As its file has it.</summary>
    public override void Write(Utf8JsonWriter writer, Predicate value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case Predicate.Always: writer.WriteBoolean("always", true); break;
            case Predicate.LivesIn one: writer.WriteString("authority", one.Authority); break;
            case Predicate.AnyOf one: Fact(one.Fact); writer.WritePropertyName("any_of"); JsonSerializer.Serialize(writer, one.Wanted, options); break;
            case Predicate.AtLeast one: Fact(one.Fact); writer.WriteNumber("at_least", one.Number); break;
            case Predicate.Below one: Fact(one.Fact); writer.WriteNumber("below", one.Number); break;
            case Predicate.Known one: Fact(one.Fact); writer.WriteBoolean("known", true); break;
            case Predicate.AnyoneAged one: writer.WritePropertyName("anyone_aged"); JsonSerializer.Serialize(writer, new[] { one.From, one.To }, options); break;
            case Predicate.Any one: Parts("any", one.Parts); break;
            case Predicate.All one: Parts("all", one.Parts); break;
            default: throw new NotSupportedException($"{value.GetType().Name} has no form in a file.");
        }
        writer.WriteEndObject();

        void Fact(string fact) => writer.WriteString("fact", fact);
        void Parts(string name, IReadOnlyList<Predicate> parts)
        {
            writer.WriteStartArray(name);
            foreach (var part in parts) Write(writer, part, options);
            writer.WriteEndArray();
        }
    }
}
