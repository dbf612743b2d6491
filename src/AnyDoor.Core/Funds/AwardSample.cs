using AnyDoor.Common;

namespace AnyDoor.Funds;

public enum SampleState { Drawn, Right, NotRight }

/// <summary>An award drawn at random to be looked at once more, with the name: was it given, was it for that, is there proof.</summary>
public sealed class AwardSample
{
    public required Guid Id { get; init; }
    /// <summary>The first day of the month that it was drawn from.</summary>
    public required DateOnly Month { get; init; }
    public required Guid AwardId { get; init; }
    public required Guid HouseholdId { get; init; }
    /// <summary>Who awarded; none: taken over with a file.</summary>
    public Guid? OrganisationId { get; init; }
    public required DateTime DrawnAt { get; init; }
    public required Guid DrawnBy { get; init; }
    public required SampleState State { get; set; }
    public DateTime? CheckedAt { get; set; }
    /// <summary>What was found, without names.</summary>
    public string? Found { get; set; }
    public required int Version { get; set; }

    public Refusal? Check(bool right, string? found, DateTime at)
    {
        if (State != SampleState.Drawn) return new Refusal("wrong-state", "This was checked before.");
        (State, Found, CheckedAt) = (right ? SampleState.Right : SampleState.NotRight, found, at);
        Version++;
        return null;
    }
}

/// <summary>How many awards are drawn, and how long they are open: dated data (<c>Content/sampling.json</c>).</summary>
/// <param name="Percent">Of what each organisation awarded in the month, rounded up.</param>
/// <param name="DaysOpen">The name is shown for so long, to whoever drew it.</param>
/// <param name="LateAfterDays">Proof that has not come by then is flagged.</param>
public sealed record Sampling(string Owner, string Source, DateOnly Starts, int Percent, int DaysOpen, int LateAfterDays, int MinutesToReconcile)
{
    private static readonly Lazy<Sampling> Shipped = new(() => ContentFiles.Read<Sampling>("sampling.json"));
    public static Sampling Current => Shipped.Value;

    public int Of(int awards) => (awards * Percent + 99) / 100;
}
