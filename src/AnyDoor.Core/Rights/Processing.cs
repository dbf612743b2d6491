using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Sharing;

namespace AnyDoor.Rights;

/// <summary>One purpose in the record of processing (UK GDPR Article 30).</summary>
/// <param name="Basis">The lawful basis, as shipped.</param>
/// <param name="Shut">Nothing is done for it: no law that allows it is named yet.</param>
public sealed record ProcessingRow(Purpose Purpose, string Whose, string Kinds, string Receives, string Basis, bool Shut = false);

/// <summary>The record of processing as shipped: dated data (<c>Content/processing.json</c>). Its lawful bases stand beside each look in the log.</summary>
public sealed record Processing(string Owner, string Source, DateOnly Starts, IReadOnlyList<ProcessingRow> Rows)
{
    private static readonly JsonSerializerOptions Json = new(ContentFiles.Json) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) }, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static Processing Current { get; } = Load();

    /// <summary>The law that lets something be done for this purpose.</summary>
    public string BasisOf(Purpose purpose) => Rows.Single(r => r.Purpose == purpose).Basis;

    /// <summary>The table of <c>docs/papers/record-of-processing.md</c>.</summary>
    public string ToMarkdown()
    {
        var table = new StringBuilder("| purpose | whose data | kinds of data | who receives it | lawful basis, as shipped |\n|---|---|---|---|---|\n");
        foreach (var row in Rows) table.Append($"| {Name(row.Purpose)} | {row.Whose} | {row.Kinds} | {row.Receives} | {row.Basis} |\n".Replace("|  |", "| |", StringComparison.Ordinal).Replace("|  |", "| |", StringComparison.Ordinal));
        return table.ToString();
    }

    private static string Name(Purpose purpose) => LookWords.Of(purpose) is var words && words.StartsWith("To ", StringComparison.Ordinal) ? char.ToUpperInvariant(words[3]) + words[4..] : words;

    private static Processing Load()
    {
        using var file = ContentFiles.Open("processing.json");
        return JsonSerializer.Deserialize<Processing>(file, Json)!;
    }
}
