namespace AnyDoor.Common;

/// <summary>Days from and to, both inclusive: people who say "until Friday" mean that Friday is part of it. No end means still running.</summary>
public readonly record struct DateRange
{
    public DateRange(DateOnly from, DateOnly? to)
    {
        if (to < from) throw new ArgumentException($"The range ends on {to:yyyy-MM-dd}, before it starts on {from:yyyy-MM-dd}.", nameof(to));
        (From, To) = (from, to);
    }

    public DateOnly From { get; }
    public DateOnly? To { get; }
    public bool Contains(DateOnly day) => day >= From && (To is null || day <= To);
}
