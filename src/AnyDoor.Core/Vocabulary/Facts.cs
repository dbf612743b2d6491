using System.Text.Json;

namespace AnyDoor.Vocabulary;

/// <summary>
/// What is known about one household on one day, by fact name: a snapshot that rules read. A fact that is missing, answered
/// <c>not-sure</c> or stale is unknown, and an unknown fact never refuses anybody.
/// </summary>
public sealed class Facts
{
    private readonly Dictionary<string, JsonElement> values;

    private Facts(Dictionary<string, JsonElement> values) => this.values = values;

    public static readonly Facts None = new([]);

    /// <summary>The council whose area the household lives in, in full; none when that is not known.</summary>
    public string? Authority { get; private init; }

    /// <summary>Ages of the people in the household on the day; none when they are not known.</summary>
    public IReadOnlyList<int>? Ages { get; private init; }

    /// <summary>Each value as JSON: a number, a text, a list of option ids, or true or false.</summary>
    public static Facts FromJson(IEnumerable<KeyValuePair<string, string>> answers, string? authority = null, IReadOnlyList<int>? ages = null) =>
        new(answers.ToDictionary(a => a.Key, a => JsonSerializer.Deserialize<JsonElement>(a.Value))) { Authority = authority, Ages = ages };

    public static Facts Of(string? authority, params ReadOnlySpan<(string Fact, object Value)> answers)
    {
        var values = new Dictionary<string, JsonElement>(answers.Length);
        foreach (var (fact, value) in answers) values[fact] = JsonSerializer.SerializeToElement(value);
        return new Facts(values) { Authority = authority };
    }

    public Facts In(string? authority) => new(values) { Authority = authority, Ages = Ages };

    /// <summary>The same with some answers put in.</summary>
    internal Facts With(IEnumerable<(string Fact, JsonElement Value)> more)
    {
        var all = new Dictionary<string, JsonElement>(values);
        foreach (var (fact, value) in more) all[fact] = value;
        return new Facts(all) { Authority = Authority, Ages = Ages };
    }

    /// <summary>The number (or pence) answered; none when it is unknown or no number.</summary>
    public long? Number(string fact) =>
        values.TryGetValue(fact, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && Math.Abs(number) < 1_000_000_000_000_000m
            ? (long)Math.Floor(number) : null;

    /// <summary>The options answered; none when unknown. An empty list is an answer.</summary>
    public IReadOnlyList<string>? Options(string fact)
    {
        if (!values.TryGetValue(fact, out var value)) return null;
        IReadOnlyList<string>? options = value.ValueKind switch
        {
            JsonValueKind.True => ["yes"],
            JsonValueKind.False => ["no"],
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)],
            _ => null,
        };
        return options is null || options.Contains("not-sure") ? null : options;
    }

    /// <summary>Whether there is any answer; none when it is unknown.</summary>
    public bool? Known(string fact)
    {
        if (Number(fact) is not null) return true;
        return Options(fact) is { } options ? options.Any(o => o is not ("none" or "")) : null;
    }
}
