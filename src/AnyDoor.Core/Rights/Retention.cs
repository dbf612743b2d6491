using System.Text.Json;
using System.Text.Json.Serialization;
using AnyDoor.Audit;
using AnyDoor.Common;

namespace AnyDoor.Rights;

/// <summary>What happens when the time is over.</summary>
public enum Disposal { Keep, EraseContent, Pseudonymise, Delete }

/// <summary>One line of the schedule.</summary>
/// <param name="From">The event that the time runs from, in words.</param>
/// <param name="By">The job that does it: <c>retention</c>, another chore's name, or nobody.</param>
/// <param name="Source">The law or guidance it rests on.</param>
/// <param name="OfWorkers">Of workers and systems, and of nobody who asks for help.</param>
public sealed record RetentionRule(string Id, string Record, Purpose Purpose, string From, Disposal What, string By, string Says, string Source, int? Years = null, int? Days = null, bool OfWorkers = false)
{
    public string Period => (Years, Days) switch { ({ } years, _) => years == 1 ? "1 year" : $"{years} years", (_, { } days) => days == 1 ? "1 day" : $"{days} days", _ => "For good" };

    /// <summary>What ended on this day or before is due on <paramref name="asOf"/>.</summary>
    public DateOnly Before(DateOnly asOf) => Years is { } years ? asOf.AddYears(-years) : asOf.AddDays(-(Days ?? throw new InvalidOperationException($"{Id} has no period.")));

    public static string InWords(Disposal what) => what switch { Disposal.Keep => "Kept", Disposal.EraseContent => "Its words are erased", Disposal.Pseudonymise => "It leads to nobody any more", _ => "Deleted" };
}

/// <summary>The retention schedule: dated data (<c>Content/retention.json</c>), by purpose.</summary>
public sealed record RetentionSchedule(string Owner, string Source, DateOnly Starts, IReadOnlyList<RetentionRule> Rules)
{
    private static readonly JsonSerializerOptions Json = new(ContentFiles.Json)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) }, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Lazy<RetentionSchedule> Shipped = new(() =>
    {
        using var file = ContentFiles.Open("retention.json");
        return JsonSerializer.Deserialize<RetentionSchedule>(file, Json)!;
    });

    public static RetentionSchedule Current => Shipped.Value;

    public RetentionRule this[string id] => Rules.Single(r => r.Id == id);

    /// <summary>The schedule as <c>docs/retention.md</c> has it.</summary>
    public string ToMarkdown()
    {
        static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
        return string.Join('\n',
        [
            "# How long we keep what", "",
            "This page is made from `src/AnyDoor.Core/Content/retention.json`, and a test fails when the two differ. The product disposes by the same file.", "",
            $"Owner: {Owner}. In force from {LondonTime.Day(Starts)}. {Source}", "",
            "| What | Why we have it | How long | From | Then | What goes and what stays | Rests on | Done by |", "|---|---|---|---|---|---|---|---|",
            .. Rules.Select(r => $"| {Cell(r.Record)} | {JsonNamingPolicy.KebabCaseLower.ConvertName(r.Purpose.ToString()).Replace('-', ' ')} | {r.Period} | {Cell(r.From)} | {RetentionRule.InWords(r.What)} | {Cell(r.Says)} | {Cell(r.Source)} | {r.By} |"),
            "", "## What is never disposed of on its day",
            "A household waits while any of these stands: an open request, a crisis that goes on, a handover that goes on, a worker who leads or is in contact, an award that is promised or not used yet, an open request about their own data, a restriction, a hold. Records that were joined wait for one another.", "",
            "## Holds",
            "The information-governance lead puts a hold on a household, or on every household that a scheme gave money to, with what for (safeguarding, a legal claim, the audit of public money), why, and until when. A hold that has ended holds nothing.", "",
            "## How it is done",
            "Every night the chore `dispose` looks. First it announces: a dry run, with counts and references by rule, that the lead sees at **Retention**. A week later it disposes of what was announced and is still due, and no more. `anydoor retention run --dry-run` shows, `anydoor retention run` does it at once, and the lead's page can do either. Every run is recorded. A run that was cut off is run again: what is done is not done twice, and the chain of the log stays whole, because each erasure of words is itself recorded and signed.", "",
        ]);
    }
}

public enum HoldFor { Safeguarding, LegalClaim, PublicMoney }

/// <summary>Nothing of a household, or of any that a scheme gave money to, is disposed of while this stands.</summary>
public sealed class Hold
{
    public required Guid Id { get; init; }
    /// <summary>One household; none when it is a scheme's.</summary>
    public Guid? HouseholdId { get; init; }
    public string? SchemeId { get; init; }
    public required HoldFor For { get; init; }
    public required string Why { get; init; }
    public required DateOnly From { get; init; }
    /// <summary>The last day; none: until it is lifted.</summary>
    public DateOnly? Until { get; init; }
    public required Guid PlacedBy { get; init; }
    public DateTime? LiftedAt { get; set; }
    public Guid? LiftedBy { get; set; }

    public static string InWords(HoldFor what) => what switch { HoldFor.Safeguarding => "Safeguarding", HoldFor.LegalClaim => "A legal claim", _ => "Audit of public money" };
}

/// <summary>One run: what was due by each rule, and what was done.</summary>
public sealed class DisposalRun
{
    public required Guid Id { get; init; }
    public required DateTime StartedAt { get; init; }
    /// <summary>What was due on this day.</summary>
    public required DateOnly AsOf { get; init; }
    /// <summary>It only showed what would go.</summary>
    public required bool Dry { get; init; }
    /// <summary>The announcement that this run carried out; none: somebody ran it by hand.</summary>
    public Guid? Announced { get; init; }
    public required string By { get; init; }
    /// <summary>None: it was cut off, or is going on.</summary>
    public DateTime? FinishedAt { get; set; }
}

public sealed class DisposalLine
{
    public required Guid RunId { get; init; }
    public required string RuleId { get; init; }
    /// <summary>Disposed of, or in a dry run: would be.</summary>
    public required int Count { get; init; }
    /// <summary>Their time is over and a hold keeps them.</summary>
    public required int Held { get; init; }
    /// <summary>Their time is over and something is still open.</summary>
    public required int Waiting { get; init; }
    /// <summary>The first few, as short marks or references that say nothing of anybody, comma-separated.</summary>
    public required string References { get; init; }
}
