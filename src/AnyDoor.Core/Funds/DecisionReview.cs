using AnyDoor.Common;

namespace AnyDoor.Funds;

/// <summary>Waiting for a reviewer, with one, or answered: the decision stands, or is to be made again.</summary>
public enum ReviewState { Waiting, Taken, Stands, ToDecideAgain }

/// <summary>
/// Somebody does not agree with what was decided, or with getting nothing: it is looked at once more, by a reviewer who did not make it.
/// The reviewer sees the facts and the reasons, and not whose they are.
/// </summary>
public sealed class DecisionReview
{
    public const string WrongState = "wrong-state";

    public required Guid Id { get; init; }
    /// <summary>Its own public reference: the request's would lead to the person.</summary>
    public required string Reference { get; init; }
    public required Guid HouseholdId { get; init; }
    public required Guid RequestId { get; init; }
    /// <summary>The award it is about; none: they were given nothing.</summary>
    public Guid? AwardId { get; init; }
    /// <summary>Why they do not agree, without names.</summary>
    public required string Asked { get; set; }
    public required DateTime AskedAt { get; init; }
    /// <summary>The worker who wrote it down for them; none: they asked themselves, on their own page.</summary>
    public required Guid? AskedBy { get; init; }
    public required DateOnly AnswerBy { get; init; }
    public required ReviewState State { get; set; }
    public Guid? TakenBy { get; set; }
    public DateTime? TakenAt { get; set; }
    /// <summary>What the reviewer found, for the person and for whoever decides again.</summary>
    public string? Answer { get; set; }
    public DateTime? AnsweredAt { get; set; }
    public required int Version { get; set; }

    public bool IsOpen => State is ReviewState.Waiting or ReviewState.Taken;

    public Refusal? Take(Guid worker, DateTime at)
    {
        if (State == ReviewState.Taken && TakenBy == worker) return null;
        if (State != ReviewState.Waiting) return new Refusal(WrongState, State == ReviewState.Taken ? "Another reviewer has taken this." : "This was answered before.");
        (State, TakenBy, TakenAt) = (ReviewState.Taken, worker, at);
        Version++;
        return null;
    }

    public Refusal? PutBack(Guid worker)
    {
        if (State != ReviewState.Taken || TakenBy != worker) return new Refusal(WrongState, "You do not have this, so there is nothing to put back.");
        (State, TakenBy, TakenAt) = (ReviewState.Waiting, null, null);
        Version++;
        return null;
    }

    public Refusal? Answered(Guid worker, bool stands, string why, DateTime at)
    {
        if (State != ReviewState.Taken || TakenBy != worker) return new Refusal(WrongState, "You do not have this, so it is not yours to answer.");
        (State, Answer, AnsweredAt) = (stands ? ReviewState.Stands : ReviewState.ToDecideAgain, why, at);
        Version++;
        return null;
    }

    public static string InWords(ReviewState state) => state switch { ReviewState.Waiting => "Waits for a reviewer", ReviewState.Taken => "With a reviewer", ReviewState.Stands => "The decision stands", _ => "To be decided again" };
}
