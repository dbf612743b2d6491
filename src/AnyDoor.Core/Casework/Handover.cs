using AnyDoor.Common;

namespace AnyDoor.Casework;

public enum HandoverState { Sent, Accepted, FirstContact, Helped, Declined, CameBack, TakenBack }

/// <summary>A warm referral: introduced, accepted, first contact, helped; or declined, or back because nobody answered. It cannot end in silence.</summary>
public sealed class Handover
{
    public const string WrongState = "wrong-state";
    /// <summary>Why it came back, when the household shares nothing with them any more: what they were told is not shown to them again.</summary>
    public const string NoLongerShared = "They no longer share this with you.";

    public required Guid Id { get; init; }
    public required string Reference { get; init; }
    public required Guid HouseholdId { get; init; }
    /// <summary>What it came from: a request. Opaque here.</summary>
    public Guid? CauseId { get; init; }
    /// <summary>One of ours, when it is; otherwise only its name.</summary>
    public Guid? OrganisationId { get; init; }
    public required string Organisation { get; init; }
    /// <summary>The whole request went to them; otherwise only these needs did, and the hub goes on with the rest.</summary>
    public required bool Whole { get; init; }
    /// <summary>What they are told, word for word as it was agreed with the household.</summary>
    public required string Told { get; init; }
    /// <summary>Comma-separated need ids.</summary>
    public required string Needs { get; init; }
    public required DateTime SentAt { get; init; }
    public required Guid SentBy { get; init; }
    public required DateTime AnswerBy { get; init; }
    public required HandoverState State { get; set; }
    public DateTime? AcceptedAt { get; set; }
    /// <summary>By when they are in touch, once they have accepted.</summary>
    public DateTime? ContactBy { get; set; }
    /// <summary>Who answered and holds it now: a worker of theirs, or the hub's who wrote down what they said.</summary>
    public Guid? HeldBy { get; set; }
    public DateTime? FirstContactAt { get; set; }
    public DateTime? HelpedAt { get; set; }
    /// <summary>When they said no, or when nobody had answered in time.</summary>
    public DateTime? BackAt { get; set; }
    public string? WhyBack { get; set; }
    public required int Version { get; set; }

    /// <summary>Whose clock runs, and until when: to answer, then to be in touch. None once they are.</summary>
    public DateTime? DueBy => State switch { HandoverState.Sent => AnswerBy, HandoverState.Accepted => ContactBy, _ => null };

    /// <summary>Its clock has run out: it is on its way back to the hub.</summary>
    public bool IsLate(DateTime at) => DueBy is { } due && at >= due;

    public bool IsGoingOn => State is HandoverState.Sent or HandoverState.Accepted or HandoverState.FirstContact;

    public Refusal? Accept(DateTime at, DateTime contactBy, Guid? holder = null)
    {
        if (State != HandoverState.Sent) return Wrong();
        (State, AcceptedAt, ContactBy, HeldBy) = (HandoverState.Accepted, at, contactBy, holder);
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
        (State, BackAt, WhyBack) = (HandoverState.CameBack, at, State == HandoverState.Sent ? "They did not answer in time." : "They accepted, and were not in touch in time.");
        return Moved();
    }

    /// <summary>The hub takes it back before they have answered: another way was found, or the household thought better of it.</summary>
    public Refusal? TakeBack(DateTime at, string? why)
    {
        if (State != HandoverState.Sent) return Wrong();
        if (string.IsNullOrWhiteSpace(why)) return new Refusal("why-needed", "Say why you take it back: the organisation reads it.", "why");
        (State, BackAt, WhyBack) = (HandoverState.TakenBack, at, why.Trim());
        return Moved();
    }

    /// <summary>The household stopped what they asked for: it ends here, whoever had it.</summary>
    public void Stop(DateTime at)
    {
        if (!IsGoingOn) return;
        (State, BackAt, WhyBack) = (HandoverState.TakenBack, at, "They stopped what they asked for.");
        Moved();
    }

    /// <summary>The household shares nothing with them any more: it is the hub's again, whatever had become of it.</summary>
    public bool StopSharing(DateTime at)
    {
        if (!IsGoingOn) return false;
        (State, BackAt, WhyBack) = (HandoverState.TakenBack, at, NoLongerShared);
        Moved();
        return true;
    }

    private Refusal? Moved() { Version++; return null; }

    private Refusal Wrong() => new(WrongState, State switch
    {
        HandoverState.Sent => $"{Organisation} has not answered yet.",
        HandoverState.Accepted or HandoverState.FirstContact => $"{Organisation} has accepted this already.",
        HandoverState.Helped => $"{Organisation} has helped already.",
        HandoverState.Declined => $"{Organisation} said no. Choose another organisation.",
        HandoverState.TakenBack => "The hub took this back.",
        _ => "This came back because nobody answered. Choose another organisation.",
    });
}
