namespace AnyDoor.ServiceDirectory;

/// <summary>What is wrong with an entry.</summary>
public enum ReportKind
{
    /// <summary>A time, a place, a number, a cost.</summary>
    Details,
    /// <summary>It is not there any more.</summary>
    Closed,
    /// <summary>It was not as it says: turned away, another welcome.</summary>
    NotAsItSays,
}

/// <summary>What came of it.</summary>
public enum ReportOutcome { Mended, RightAsItIs, TakenOff }

/// <summary>Somebody says that an entry is wrong. Nobody is asked who they are.</summary>
public sealed class ServiceReport
{
    public required Guid Id { get; init; }
    public required string ServiceId { get; init; }
    public required ReportKind Kind { get; init; }
    /// <summary>In their words. Erased some time after it is closed, for people write more than they are asked for.</summary>
    public string? Words { get; set; }
    public required DateTime ReportedAt { get; init; }
    /// <summary>When a worker first answered.</summary>
    public DateTime? AnsweredAt { get; set; }
    /// <summary>What is being done, or was done: everybody may read it.</summary>
    public string? Answer { get; set; }
    public DateTime? ClosedAt { get; set; }
    public Guid? ClosedBy { get; set; }
    public ReportOutcome? Outcome { get; set; }
    public required int Version { get; set; }

    public bool IsOpen => ClosedAt is null;

    /// <summary>Whole days that it waited, or waits.</summary>
    public int DaysWaiting(DateTime now) => Math.Max(0, LondonTimeDay(ClosedAt ?? now) - LondonTimeDay(ReportedAt));

    private static int LondonTimeDay(DateTime utc) => Common.LondonTime.DayOf(utc).DayNumber;
}
