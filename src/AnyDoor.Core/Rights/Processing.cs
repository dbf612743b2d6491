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

/// <summary>The record of processing as shipped: dated data (<c>Content/processing.json</c>). Whoever asks for their copy is told from it what Article 15(1)(a) to (h) and (2) ask for; its lawful bases stand beside each line of the log.</summary>
public sealed record Processing(string Owner, string Source, DateOnly Starts, IReadOnlyList<ProcessingRow> Rows, string CameFrom, string Automated, string Abroad)
{
    private static readonly JsonSerializerOptions Json = new(ContentFiles.Json) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) }, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static Processing Current { get; } = Load();

    /// <summary>The law that lets something be done for this purpose.</summary>
    public string BasisOf(Purpose purpose) => Rows.Single(r => r.Purpose == purpose).Basis;

    /// <summary>The table of <c>docs/papers/record-of-processing.md</c>.</summary>
    public string ToMarkdown() => "| purpose | whose data | kinds of data | who receives it | lawful basis, as shipped |\n|---|---|---|---|---|\n"
        + string.Concat(Rows.Select(r => $"| {Name(r.Purpose)} | {r.Whose} | {r.Kinds} | {r.Receives} | {r.Basis} |\n"));

    private static string Name(Purpose purpose) => LookWords.Of(purpose) is var words && words.StartsWith("To ", StringComparison.Ordinal) ? char.ToUpperInvariant(words[3]) + words[4..] : words;

    private IEnumerable<ProcessingRow> Open => Rows.Where(r => !r.Shut);

    /// <summary>What stands before the items of a copy.</summary>
    public IReadOnlyList<CopyFact> Facts() =>
    [
        new("What we use it for, and the law that lets us", [.. Open.Select(r => $"{LookWords.Of(r.Purpose)}: {r.Basis}")]),
        new("What kinds of data we use for it", [.. Open.Select(r => $"{LookWords.Of(r.Purpose)}: {r.Kinds}")]),
        new("Who gets it", [.. Open.Select(r => $"{LookWords.Of(r.Purpose)}: {r.Receives}"), $"Who has had yours stands below, under “{SubjectPlaces.Handovers}”, “{SubjectPlaces.Permissions}” and “{SubjectPlaces.Looks}”."]),
        new("How long we keep it", [.. RetentionSchedule.Current.Rules.Where(r => !r.OfWorkers).Select(r => r.What == Disposal.Keep ? $"{r.Record}: {r.Says}" : $"{r.Record}: {r.Period} from {r.From}")]),
        new("Where it came from", [CameFrom]),
        new("Decisions by a computer alone", [Automated]),
        new("Sent abroad", [Abroad]),
    ];

    private static Processing Load()
    {
        using var file = ContentFiles.Open("processing.json");
        return JsonSerializer.Deserialize<Processing>(file, Json)!;
    }
}
