using System.Globalization;
using System.Text.Json;

namespace AnyDoor.Vocabulary;

/// <summary>Reads a data file strictly: every problem becomes a sentence that names the field, and a field nobody knows is a problem too.</summary>
public sealed class JsonFields
{
    private readonly JsonElement element;
    private readonly string path;
    private readonly List<string> problems;
    private readonly HashSet<string> asked = [];

    public JsonFields(JsonElement element, string path, List<string> problems)
    {
        (this.element, this.path, this.problems) = (element, path, problems);
        if (element.ValueKind != JsonValueKind.Object) problems.Add($"{(path.Length == 0 ? "The file" : path)} must be an object in braces.");
    }

    public string Path => path;

    public void Problem(string field, string what) => problems.Add($"{At(field)} {what}");

    public bool Has(string field) => TryGet(field, out _);

    public string Text(string field, int most = 2000)
    {
        if (OptionalText(field, most) is { } text) return text;
        if (!TryGet(field, out _)) Problem(field, "is missing.");
        return "";
    }

    public string? OptionalText(string field, int most = 2000)
    {
        if (!TryGet(field, out var value)) return null;
        if (value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetString())) { Problem(field, "must be words in quotation marks."); return null; }
        if (value.GetString()!.Length > most) { Problem(field, $"is longer than {most} characters."); return null; }
        return value.GetString()!.Trim();
    }

    /// <summary>An id: small letters, digits and hyphens.</summary>
    public string Id(string field)
    {
        var text = Text(field, 60);
        if (text.Length > 0 && !text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) Problem(field, $"“{text}” may only have small letters, digits and hyphens.");
        return text;
    }

    public long Number(string field, long from, long to)
    {
        if (OptionalNumber(field, from, to) is { } number) return number;
        if (!TryGet(field, out _)) Problem(field, "is missing.");
        return from;
    }

    public long? OptionalNumber(string field, long from, long to)
    {
        if (!TryGet(field, out var value)) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number)) { Problem(field, "must be a whole number (pence, days or people), without quotation marks."); return null; }
        if (number < from || number > to) { Problem(field, string.Create(CultureInfo.InvariantCulture, $"must be from {from} to {to}, and is {number}.")); return null; }
        return number;
    }

    public IReadOnlyList<long> Numbers(string field, long from, long to)
    {
        if (TryGet(field, out var value) && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number && v.TryGetInt64(out var n) && n >= from && n <= to))
            return [.. value.EnumerateArray().Select(v => v.GetInt64())];
        Problem(field, "must be a list of whole numbers with at least one in it.");
        return [];
    }

    public bool Flag(string field)
    {
        if (!TryGet(field, out var value)) return false;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Problem(field, "must be true or false.");
        return false;
    }

    public DateOnly Day(string field)
    {
        if (OptionalDay(field) is { } day) return day;
        if (!TryGet(field, out _)) Problem(field, "is missing.");
        return default;
    }

    public DateOnly? OptionalDay(string field)
    {
        if (!TryGet(field, out var value)) return null;
        if (value.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Problem(field, "must be a day written like 2026-10-01.");
        return null;
    }

    public IReadOnlyList<string>? OptionalTexts(string field)
    {
        if (!TryGet(field, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String && v.GetString()!.Length > 0))
            return [.. value.EnumerateArray().Select(v => v.GetString()!)];
        Problem(field, "must be a list of words with at least one in it.");
        return null;
    }

    public JsonFields? OptionalObject(string field) => TryGet(field, out var value) ? new JsonFields(value, At(field), problems) : null;

    public JsonFields Part(string field)
    {
        if (OptionalObject(field) is { } fields) return fields;
        Problem(field, "is missing.");
        return new JsonFields(JsonDocument.Parse("{}").RootElement, At(field), []);
    }

    public IReadOnlyList<JsonFields> Objects(string field, bool required)
    {
        if (!TryGet(field, out var value))
        {
            if (required) Problem(field, "is missing.");
            return [];
        }
        if (value.ValueKind == JsonValueKind.Array)
            return [.. value.EnumerateArray().Select((v, i) => new JsonFields(v, $"{At(field)}[{(v.ValueKind == JsonValueKind.Object && v.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : (i + 1).ToString(CultureInfo.InvariantCulture))}]", problems))];
        Problem(field, "must be a list in square brackets.");
        return [];
    }

    public Predicate? OptionalPredicate(string field) => TryGet(field, out var value) ? ReadPredicate(new JsonFields(value, At(field), problems)) : null;

    /// <summary>Fields that are kept in the file and read by nobody here.</summary>
    public void Ignore(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields) asked.Add(field);
    }

    /// <summary>To be called last: a misspelt field would otherwise be a rule that silently does nothing.</summary>
    public void RefuseOthers()
    {
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var property in element.EnumerateObject())
            if (!asked.Contains(property.Name)) Problem(property.Name, "is not a field that this file can have. Is it misspelt?");
    }

    private static Predicate ReadPredicate(JsonFields fields)
    {
        Predicate? read = null;
        if (fields.Has("authority")) read = new Predicate.LivesIn(fields.Text("authority"));
        else if (fields.Has("always")) { if (fields.Flag("always")) read = new Predicate.Always(); else fields.Problem("always", "can only be true."); }
        else if (fields.Has("any")) read = new Predicate.Any(Parts(fields, "any"));
        else if (fields.Has("all")) read = new Predicate.All(Parts(fields, "all"));
        else if (fields.Has("anyone_aged")) read = Aged(fields);
        else if (fields.Has("fact"))
        {
            var fact = fields.Text("fact");
            if (fields.Has("any_of")) read = new Predicate.AnyOf(fact, fields.OptionalTexts("any_of") ?? []);
            else if (fields.Has("at_least")) read = new Predicate.AtLeast(fact, fields.Number("at_least", 0, long.MaxValue));
            else if (fields.Has("below")) read = new Predicate.Below(fact, fields.Number("below", 0, long.MaxValue));
            else if (fields.Has("known")) { if (fields.Flag("known")) read = new Predicate.Known(fact); else fields.Problem("known", "can only be true."); }
            else fields.Problem("fact", $"“{fact}” needs one of any_of, at_least, below or known.");
        }
        else fields.problems.Add($"{fields.path} must be one of authority, fact, anyone_aged, any, all or always.");
        fields.RefuseOthers();
        return read ?? new Predicate.Always();
    }

    private static List<Predicate> Parts(JsonFields fields, string field)
    {
        var parts = fields.Objects(field, required: true).Select(ReadPredicate).ToList();
        if (parts.Count == 0) fields.Problem(field, "must hold at least one condition.");
        return parts;
    }

    private static Predicate.AnyoneAged? Aged(JsonFields fields)
    {
        fields.TryGet("anyone_aged", out var value);
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2 && value[0].TryGetInt32(out var from) && value[1].TryGetInt32(out var to) && from <= to)
            return new Predicate.AnyoneAged(from, to);
        fields.Problem("anyone_aged", "must be two ages, like [0, 4].");
        return null;
    }

    private bool TryGet(string field, out JsonElement value)
    {
        asked.Add(field);
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private string At(string field) => path.Length == 0 ? field : $"{path}.{field}";
}
