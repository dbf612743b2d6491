using System.Text.Json;
using Answer = AnyDoor.Conversations.Answer;

namespace AnyDoor.Offers;

/// <summary>The newest fresh answer to each fact, about the home or about one person.</summary>
internal sealed class Told(IReadOnlyList<Answer> answers, DateTime at)
{
    private readonly Dictionary<(string Fact, Guid? About), JsonElement> _values = answers.Where(a => a is { ReplacedAt: null, IsGiven: true } && !a.IsStale(at))
        .GroupBy(a => (a.Fact, About: Vocabulary.Words.Current.Fact(a.Fact)?.Subject == "household" ? null : a.About ?? a.PersonId))
        .ToDictionary(g => g.Key, g => JsonSerializer.Deserialize<JsonElement>(g.OrderBy(a => a.At).ThenBy(a => a.Id).Last().Value));

    public long? Number(string fact, Guid? about = null) => _values.TryGetValue((fact, about), out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number is >= 0 and < 100_000_000 ? (long)number : null;

    /// <summary>Money is kept in pence.</summary>
    public long? Pence(string fact, Guid? about = null) => Number(fact, about);

    public IReadOnlyList<string>? Options(string fact, Guid? about = null) => !_values.TryGetValue((fact, about), out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.True => ["yes"],
        JsonValueKind.False => ["no"],
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)],
        _ => null,
    };

    /// <summary>The one option chosen; none when it is unknown or they are not sure. Of a person's fact with nobody named, anybody's.</summary>
    public string? Option(string fact, Guid? about = null)
    {
        if (about is null && Vocabulary.Words.Current.Fact(fact)?.Subject == "person") return _values.Keys.Where(k => k.Fact == fact).Select(k => Option(fact, k.About)).FirstOrDefault(o => o == "yes");
        return Options(fact, about) is [var one] && one is not ("not-sure" or "rather-not") ? one : null;
    }
}
