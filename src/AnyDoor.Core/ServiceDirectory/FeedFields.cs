using System.Globalization;
using System.Text.Json;

namespace AnyDoor.ServiceDirectory;

/// <summary>Reads a feed's JSON as it comes: numbers in quotation marks, one thing where a list belongs, names in another case.</summary>
internal static class FeedFields
{
    public static JsonElement? Get(this JsonElement e, params ReadOnlySpan<string> names)
    {
        if (e.ValueKind != JsonValueKind.Object) return null;
        foreach (var name in names)
            if (e.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)) return value;
        return null;
    }

    public static string? Text(this JsonElement e, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (e.Get(name) is not { } value) continue;
            var text = value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) => string.Join(", ", value.EnumerateArray().Select(v => v.GetString())),
                _ => null,
            };
            if (!string.IsNullOrWhiteSpace(text)) return text;
        }
        return null;
    }

    /// <summary>The things of a list; of one thing, itself. What is no object is left out.</summary>
    public static IEnumerable<JsonElement> Many(this JsonElement e, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (e.Get(name) is not { } value) continue;
            if (value.ValueKind == JsonValueKind.Array) return value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.Object).ToList();
            if (value.ValueKind == JsonValueKind.Object) return [value];
        }
        return [];
    }

    public static IEnumerable<string> Texts(this JsonElement e, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (e.Get(name) is not { } value) continue;
            if (value.ValueKind == JsonValueKind.String) return [value.GetString()!];
            if (value.ValueKind == JsonValueKind.Array) return value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? v.GetString() : v.Text("name", "term", "label", "text", "description")).OfType<string>().ToList();
        }
        return [];
    }

    public static double? Number(this JsonElement e, params ReadOnlySpan<string> names) =>
        e.Text(names) is { } text && double.TryParse(text.Replace("£", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public static bool? Flag(this JsonElement e, params ReadOnlySpan<string> names) => YesNo(e.Text(names));

    public static bool? YesNo(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "true" or "yes" or "y" or "1" or "t" => true,
        "false" or "no" or "n" or "0" or "f" => false,
        _ => null,
    };

    public static DateOnly? Day(this JsonElement e, params ReadOnlySpan<string> names) => SourceWords.Day(e.Text(names));

    public static DateTime? Moment(this JsonElement e, params ReadOnlySpan<string> names) =>
        e.Text(names) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year is > 1900 and < 2200 ? at.UtcDateTime : null;
}
