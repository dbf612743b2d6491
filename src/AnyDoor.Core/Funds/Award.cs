using AnyDoor.Common;

namespace AnyDoor.Funds;

public enum ApplicationStatus { Undecided, Decided, Withdrawn }

/// <summary>A household's ask to a scheme.</summary>
public sealed class Application
{
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public Guid? RequestId { get; init; }
    public required string SchemeId { get; init; }
    public required string AwardType { get; init; }
    /// <summary>What was asked for, or what is usual: an undecided application's part of the pipeline.</summary>
    public required Money Asked { get; init; }
    public required string Door { get; init; }
    public required DateTime ReceivedAt { get; init; }
    public required ApplicationStatus Status { get; set; }

    public Refusal? Decide() => Leave(ApplicationStatus.Decided);
    public Refusal? Withdraw() => Leave(ApplicationStatus.Withdrawn);

    private Refusal? Leave(ApplicationStatus next)
    {
        if (Status != ApplicationStatus.Undecided)
            return new Refusal("already-decided", "This application was decided or withdrawn before. Ask for a review to have it looked at again.");
        Status = next;
        return null;
    }
}

public enum DecisionOutcome { Awarded, Refused }

/// <summary>What was decided, by which rule and why. Names nobody but the worker.</summary>
public sealed class Decision
{
    public required Guid Id { get; init; }
    public required Guid ApplicationId { get; init; }
    public required DecisionOutcome Outcome { get; init; }
    public required int SchemeVersion { get; init; }
    /// <summary>The rule cited, with its words as they stood that day.</summary>
    public string? RuleId { get; init; }
    public string? RuleNumber { get; init; }
    public string? RuleWords { get; init; }
    /// <summary>Facts that nobody knew yet, comma-separated: the worker decided without them.</summary>
    public string? Unknown { get; init; }
    /// <summary>In the decider's words.</summary>
    public required string Reason { get; init; }
    /// <summary>Why help of the same kind was given again so soon.</summary>
    public string? RecentHelpReason { get; init; }
    public Guid? WorkerId { get; init; }
    public Guid? OrganisationId { get; init; }
    public required DateTime At { get; init; }
    /// <summary>Decided elsewhere, and taken over with a file.</summary>
    public required bool Imported { get; init; }
}

public enum AwardStatus { Committed, Issued, Redeemed, Expired, Cancelled, Returned }

/// <summary>Money or goods granted from a scheme. Its state changes only by the methods below, each with its move in the ledger.</summary>
public sealed class Award
{
    public const string WrongState = "wrong-state";

    public required Guid Id { get; init; }
    /// <summary>The public reference.</summary>
    public required string Reference { get; init; }
    public required Guid ApplicationId { get; init; }
    public required Guid HouseholdId { get; init; }
    public Guid? RequestId { get; init; }
    public Guid? EpisodeId { get; init; }
    public required string SchemeId { get; init; }
    public required string AwardType { get; init; }
    /// <summary>The category it falls under in the return, as the scheme stood that day.</summary>
    public required string Category { get; init; }
    public required Money Amount { get; init; }
    /// <summary>Like <c>printed-letter</c>; <c>as-recorded</c> when the way is another system's.</summary>
    public required string Delivery { get; init; }
    public required AwardStatus Status { get; set; }
    /// <summary>The instant it counts for. Guards use it; an imported award's lies in the past.</summary>
    public required DateTime EffectiveAt { get; init; }
    /// <summary>That instant's day in London.</summary>
    public required DateOnly EffectiveOn { get; init; }
    public required DateTime RecordedAt { get; init; }
    /// <summary>The district the household lived in that day.</summary>
    public string? District { get; init; }
    public required string Door { get; init; }
    public Guid? OrganisationId { get; init; }
    public Guid? WorkerId { get; init; }
    public required bool Imported { get; init; }
    /// <summary>Limits that do not count this award (a fire, a flood), comma-separated rule ids.</summary>
    public string? NotCountedBy { get; init; }
    /// <summary>The last day it can be used, known once it is issued.</summary>
    public DateOnly? ExpiresOn { get; set; }
    public required int Version { get; set; }

    public Refusal? Issue(DateOnly? lastDay)
    {
        if (Move(AwardStatus.Issued, "issued", AwardStatus.Committed) is { } refused) return refused;
        ExpiresOn = lastDay;
        return null;
    }

    public Refusal? Redeem() => Move(AwardStatus.Redeemed, "marked as used", AwardStatus.Issued);
    public Refusal? Cancel() => Move(AwardStatus.Cancelled, "cancelled", AwardStatus.Committed, AwardStatus.Issued);
    public Refusal? Return() => Move(AwardStatus.Returned, "returned", AwardStatus.Redeemed);

    public Refusal? Expire(DateOnly today)
    {
        if (ExpiresOn is null || today <= ExpiresOn)
            return new Refusal(WrongState, ExpiresOn is { } last ? $"This award can still be used until {LondonTime.Day(last)}." : "This award does not run out.");
        return Move(AwardStatus.Expired, "expired", AwardStatus.Issued);
    }

    /// <summary>A move was made in error: back to where the award was.</summary>
    internal void TakeBackTo(AwardStatus earlier)
    {
        Status = earlier;
        Version++;
    }

    private Refusal? Move(AwardStatus next, string deed, params ReadOnlySpan<AwardStatus> from)
    {
        if (!from.Contains(Status)) return new Refusal(WrongState, $"This award is {InWords(Status)}, so it cannot be {deed}.");
        Status = next;
        Version++;
        return null;
    }

    public static string InWords(AwardStatus status) => status switch
    {
        AwardStatus.Committed => "promised and not yet issued",
        AwardStatus.Issued => "issued and not yet used",
        AwardStatus.Redeemed => "used",
        AwardStatus.Expired => "expired",
        AwardStatus.Cancelled => "cancelled",
        _ => "returned",
    };
}

/// <summary>A printed letter that stands for an award. Its secret code is printed once; only a keyed hash is kept.</summary>
public sealed class Voucher
{
    public required Guid Id { get; init; }
    public required Guid AwardId { get; init; }
    /// <summary>Printed on the letter and read out at the counter; worth nothing without the code.</summary>
    public required string LetterNumber { get; init; }
    public required byte[] CodeHash { get; set; }
    public required DateTime PrintedAt { get; init; }
    /// <summary>Wrong codes in a row. At five the letter is held until a new code is printed.</summary>
    public required int CodeTries { get; set; }
    public DateTime? RedeemedAt { get; set; }
    public Guid? RedeemedBy { get; set; }
    public required int Version { get; set; }

    internal static Voucher Print(Award award, byte[] codeHash, DateTime at) => new()
    {
        Id = Guid.CreateVersion7(new DateTimeOffset(at, TimeSpan.Zero)), AwardId = award.Id, LetterNumber = Reference.New(), CodeHash = codeHash, PrintedAt = at, CodeTries = 0, Version = 1,
    };

    /// <summary>A new code for the same letter: the old one stops working.</summary>
    internal void PrintAgain(byte[] codeHash)
    {
        (CodeHash, CodeTries) = (codeHash, 0);
        Version++;
    }

    internal void Use(DateTime at, Guid? by)
    {
        (RedeemedAt, RedeemedBy) = (at, by);
        Version++;
    }

    internal void Unuse()
    {
        (RedeemedAt, RedeemedBy) = (null, null);
        Version++;
    }
}
