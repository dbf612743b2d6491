using AnyDoor.Common;

namespace AnyDoor.Casework;

public enum HandoverState { Sent, Accepted, FirstContact, Helped, Declined, CameBack }

/// <summary>A warm referral: introduced, accepted, first contact, helped; or declined, or back because nobody answered. It cannot end in silence.</summary>
public sealed class Handover
{
    public const string WrongState = "wrong-state";

    public required Guid Id { get; init; }
    public required string Reference { get; init; }
    public required Guid HouseholdId { get; init; }
    /// <summary>What it came from: a request. Opaque here.</summary>
    public Guid? CauseId { get; init; }
    /// <summary>One of ours, when it is; otherwise only its name.</summary>
    public Guid? OrganisationId { get; init; }
    public required string Organisation { get; init; }
    /// <summary>What they are told, word for word as it was agreed with the household.</summary>
    public required string Told { get; init; }
    /// <summary>Comma-separated need ids.</summary>
    public required string Needs { get; init; }
    public required DateTime SentAt { get; init; }
    public required Guid SentBy { get; init; }
    public required DateTime AnswerBy { get; init; }
    public required HandoverState State { get; set; }
    public DateTime? AcceptedAt { get; set; }
    public DateTime? FirstContactAt { get; set; }
    public DateTime? HelpedAt { get; set; }
    /// <summary>When they said no, or when nobody had answered in time.</summary>
    public DateTime? BackAt { get; set; }
    public string? WhyBack { get; set; }
    public required int Version { get; set; }

    /// <summary>Still to be answered, and its time has passed.</summary>
    public bool IsLate(DateTime at) => State == HandoverState.Sent && at >= AnswerBy;

    public Refusal? Accept(DateTime at)
    {
        if (State != HandoverState.Sent) return Wrong();
        (State, AcceptedAt) = (HandoverState.Accepted, at);
        return Moved();
    }

    public Refusal? Decline(DateTime at, string? why)
    {
        if (State != HandoverState.Sent) return Wrong();
        if (string.IsNullOrWhiteSpace(why)) return new Refusal("why-needed", "Say why they cannot take it, so that the next choice is better.", "why");
        (State, BackAt, WhyBack) = (HandoverState.Declined, at, why.Trim());
        return Moved();
    }

    public Refusal? FirstContact(DateTime at)
    {
        if (State != HandoverState.Accepted) return Wrong();
        (State, FirstContactAt) = (HandoverState.FirstContact, at);
        return Moved();
    }

    public Refusal? Helped(DateTime at)
    {
        if (State is not (HandoverState.Accepted or HandoverState.FirstContact)) return Wrong();
        (State, HelpedAt) = (HandoverState.Helped, at);
        FirstContactAt ??= at;
        return Moved();
    }

    /// <summary>Nobody answered in time.</summary>
    public Refusal? ComeBack(DateTime at)
    {
        if (!IsLate(at)) return Wrong();
        (State, BackAt, WhyBack) = (HandoverState.CameBack, at, "They did not answer in time.");
        return Moved();
    }

    private Refusal? Moved() { Version++; return null; }

    private Refusal Wrong() => new(WrongState, State switch
    {
        HandoverState.Sent => $"{Organisation} has not answered yet.",
        HandoverState.Accepted or HandoverState.FirstContact => $"{Organisation} has accepted this already.",
        HandoverState.Helped => $"{Organisation} has helped already.",
        HandoverState.Declined => $"{Organisation} said no. Choose another organisation.",
        _ => "This came back because nobody answered. Choose another organisation.",
    });
}
