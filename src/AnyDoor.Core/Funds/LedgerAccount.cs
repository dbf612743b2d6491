using AnyDoor.Common;

namespace AnyDoor.Funds;

/// <summary>Where money can be. The first two are a round's; the rest are a scheme's.</summary>
public enum AccountKind
{
    /// <summary>What the grantor gave, as a negative: every transaction sums to zero.</summary>
    Grantor,
    /// <summary>Granted, and not yet allotted to a scheme.</summary>
    Unallotted,
    Available,
    Committed,
    Issued,
    Redeemed,
    /// <summary>Running total of what expired and went back to <see cref="Available"/>.</summary>
    Expired,
    /// <summary>Running total of what was cancelled after it was issued.</summary>
    Cancelled,
    /// <summary>Running total of what was cancelled before it was issued.</summary>
    Withdrawn,
    /// <summary>Running total of what was used and came back.</summary>
    Returned,
    /// <summary>The other side of the four running totals, as a negative.</summary>
    CameBack,
}

/// <summary>A stored balance, never on the wrong side of its sign. Changed only by the ledger's guarded update.</summary>
public sealed class LedgerAccount
{
    public required Guid Id { get; init; }
    public required AccountKind Kind { get; init; }
    public required Guid RoundId { get; init; }
    public string? SchemeId { get; init; }
    /// <summary>1: never below zero. -1: never above.</summary>
    public required int Sign { get; init; }
    public required Money Balance { get; init; }
    /// <summary>Awards are effective from this instant (the decision, and the round's first day) …</summary>
    public DateTime? OpenFrom { get; init; }
    /// <summary>… and before this one (the round's end, or a close notice). The guard itself checks, so a close holds for what is under way.</summary>
    public DateTime? OpenUntil { get; init; }
}

/// <summary>What a transaction did.</summary>
public enum MoveKind { Granted, Allotted, Committed, Issued, Redeemed, Expired, Cancelled, Returned, Reversed }

/// <summary>One line of a transaction. Append-only; the lines of one transaction sum to zero.</summary>
public sealed class LedgerEntry
{
    public required Guid TransactionId { get; init; }
    public required int Line { get; init; }
    public required Guid AccountId { get; init; }
    public required Money Amount { get; init; }
    public required MoveKind Kind { get; init; }
    public Guid? AwardId { get; init; }
    /// <summary>The day it counts for, which may be long before it was recorded.</summary>
    public required DateOnly EffectiveOn { get; init; }
    public required DateTime RecordedAt { get; init; }
    /// <summary>The transaction that this one takes back, once at most.</summary>
    public Guid? Reverses { get; init; }
}
