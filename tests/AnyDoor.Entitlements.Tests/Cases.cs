using System.Text;
using System.Text.Json;
using AnyDoor.Entitlements.Annual;

namespace AnyDoor.Entitlements.Tests;

/// <summary>The batch interface in memory.</summary>
internal static class Cases
{
    public static List<JsonElement> Run(string lines)
    {
        using var output = new MemoryStream();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        AnnualCases.Run(input, output);
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement.Clone())];
    }

    public static JsonElement One(string line) => Run(line).ShouldHaveSingleItem();

    /// <summary>A whole case in a few words, with what differs in <paramref name="adult"/> and <paramref name="more"/>.</summary>
    public static string Single(string adult = "", string more = "", string year = "2025/26", string people = "") =>
        $$"""{"id": "x", "tax_year": "{{year}}", "region": "EAST_OF_ENGLAND", "tenure": "OWNED_OUTRIGHT", "savings": 0, "people": [{"id": "a1", "role": "adult", "age": 30{{adult}}}{{people}}]{{more}}}""";

    public static decimal Unit(this JsonElement result, string name) => result.GetProperty("benefit_unit").GetProperty(name).GetDecimal();

    public static decimal Person(this JsonElement result, string id, string name) => result.GetProperty("people").GetProperty(id).GetProperty(name).GetDecimal();

    public static string Error(this JsonElement result) => result.GetProperty("error").GetString()!;
}
