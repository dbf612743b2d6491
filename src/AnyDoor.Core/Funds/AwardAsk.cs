using System.Text.Json.Serialization;
using AnyDoor.Vocabulary;

namespace AnyDoor.Funds;

/// <summary>What is asked of <see cref="AwardService"/>: one award to one household.</summary>
public sealed record AwardAsk
{
    public const string PrintedLetter = "printed-letter";
    public const string AsRecorded = "as-recorded";

    public required Guid HouseholdId { get; init; }
    public required string SchemeId { get; init; }
    public required string AwardType { get; init; }
    public required long AmountPence { get; init; }
    public string Delivery { get; init; } = PrintedLetter;
    /// <summary>In the worker's words.</summary>
    public required string Reason { get; init; }
    public string? RecentHelpReason { get; init; }
    public Guid? RequestId { get; init; }
    /// <summary>An application that waits for this decision; without one, the award makes its own.</summary>
    public Guid? ApplicationId { get; init; }
    /// <summary>The crisis it belongs to; without one, the household's open episode, or a new one where the rules count episodes.</summary>
    public Guid? EpisodeId { get; init; }
    /// <summary>What is known about the household. The area follows from the household itself when it is not in here.</summary>
    public Facts Facts { get; init; } = Facts.None;
    /// <summary>Somebody in the household is at risk: no notice of recent help crosses a door. A person's own mark counts too.</summary>
    public bool AtRisk { get; init; }
    /// <summary><see cref="AwardStatus.Committed"/> to promise only, <see cref="AwardStatus.Issued"/> to print a letter at once, <see cref="AwardStatus.Redeemed"/> for history.</summary>
    public AwardStatus State { get; init; } = AwardStatus.Issued;
    /// <summary>Given and decided elsewhere, and taken over from a file: see <see cref="AwardService"/>.</summary>
    public bool Imported { get; init; }
    /// <summary>The instant it counts for; now, when there is none.</summary>
    public DateTime? EffectiveAt { get; init; }
    /// <summary>The district of an imported award's household; otherwise it is the household's own today.</summary>
    public string? District { get; init; }
    /// <summary>The public reference, where an import makes the same one each time.</summary>
    public string? Reference { get; init; }
}

/// <summary>An award that was made. The letter's code is here once, for printing: it is in no row and in no stored answer.</summary>
public sealed record Awarded(Guid AwardId, string Reference, AwardStatus Status, string? LetterNumber = null, DateOnly? ExpiresOn = null)
{
    [JsonIgnore]
    public string? Code { get; init; }
}
