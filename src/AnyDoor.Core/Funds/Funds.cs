namespace AnyDoor.Funds;

/// <summary>Who pays, and which authority holds the money.</summary>
public sealed class Fund
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    /// <summary>The council in full, as scheme files name it.</summary>
    public required string Authority { get; init; }
}

/// <summary>A fund for some dates, with its own grant. Nothing is carried over to the next round by itself.</summary>
public sealed class FundRound
{
    public required Guid Id { get; init; }
    public required Guid FundId { get; init; }
    /// <summary>Like <c>hsf-1</c>; unique within its fund.</summary>
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Grantor { get; init; }
    public required DateOnly Opens { get; init; }
    public required DateOnly Closes { get; init; }
    /// <summary>The key of the round before, so that a household's history reads across rounds.</summary>
    public string? Predecessor { get; init; }
}

/// <summary>What kind of help a round's money is for. Its words, types and rules stand in its dated versions.</summary>
public sealed class Scheme
{
    /// <summary>Like <c>winter-support-grant</c>.</summary>
    public required string Id { get; init; }
    public required Guid RoundId { get; init; }
    public required DateTime AddedAt { get; init; }
    /// <summary>When a close notice was set: from this instant on nothing more is awarded.</summary>
    public DateTime? ClosesAt { get; set; }
    public string? CloseWords { get; set; }
}

/// <summary>A scheme file as it was loaded, from a day on. Never edited: another load makes another version.</summary>
public sealed class SchemeVersion
{
    public required string SchemeId { get; init; }
    public required int Number { get; init; }
    /// <summary>The first effective day it is used for. The first version covers every day before the second.</summary>
    public required DateOnly Starts { get; init; }
    public required DateTime LoadedAt { get; init; }
    public required string LoadedBy { get; init; }
    /// <summary>SHA-256 of the file's content, spaces aside: the same file again changes nothing.</summary>
    public required byte[] Fingerprint { get; init; }
    /// <summary>The scheme as JSON, with the earlier rules that still count before their successors start.</summary>
    public required string Body { get; init; }
}
