using AnyDoor.Common;

namespace AnyDoor.Requests;

/// <summary>Its moves through the queue. Each refuses a wrong one with a sentence that says what to do.</summary>
public sealed partial class Request
{
    /// <summary>How long a claim holds when nothing is done with it: a call that ended unnoticed blocks nobody.</summary>
    public static readonly TimeSpan ClaimHolds = TimeSpan.FromMinutes(30);
    /// <summary>Tries on record before somebody counts as not to be reached.</summary>
    public const int TriesBeforeUnableToReach = 3;

    public const string WrongState = "wrong-state";
    public const string SomebodyHasIt = "somebody-has-it";

    public DateTime? ClaimedUntil { get; set; }
    /// <summary>When somebody is to be in touch next, and how.</summary>
    public DateOnly? NextOn { get; set; }
    public string? NextTime { get; set; }
    public string? NextWay { get; set; }
    /// <summary>Who is to be in touch; none: whoever is free.</summary>
    public Guid? NextWho { get; set; }
    /// <summary>An organisation that it was passed to did nothing, or said no: back at the top.</summary>
    public DateTime? CameBackAt { get; set; }

    /// <summary>Its place in the queue: what came back, then by urgency. None once it has left. Stored, so that the queue is read by index.</summary>
    public int? QueueRank
    {
        get => IsOpen && !Held ? CameBackAt is not null ? 0 : 1 + (int)Urgency : null;
        private set => _ = value;
    }

    /// <summary>Somebody who is no partner's worker asked for them: the first code went to the asker, not to the person.</summary>
    public bool AskedByAnother => ForSomeoneElse && BroughtByOrganisation is null;

    public bool IsOpen => Status is RequestStatus.Waiting or RequestStatus.Claimed;

    public bool IsHeldBy(Guid worker, DateTime at) => Status == RequestStatus.Claimed && ClaimedBy == worker && at < ClaimedUntil;
    public bool IsHeld(DateTime at) => Status == RequestStatus.Claimed && at < ClaimedUntil;

    /// <summary>Takes it. Nobody takes what another has, until their claim has run out.</summary>
    public Refusal? Claim(Guid worker, DateTime at)
    {
        if (!IsOpen) return Left;
        if (IsHeld(at) && ClaimedBy != worker) return new Refusal(SomebodyHasIt, "Somebody else has this.");
        if (Status == RequestStatus.Claimed && ClaimedBy == worker) { ClaimedUntil = at + ClaimHolds; Version++; return null; }
        (Status, ClaimedBy, ClaimedAt, ClaimedUntil) = (RequestStatus.Claimed, worker, at, at + ClaimHolds);
        Version++;
        return null;
    }

    /// <summary>Kept out of the queue for a person to look at.</summary>
    public void Hold() { Held = true; Version++; }

    public void LetGo() { Held = false; Version++; }

    /// <summary>A person looked: it is no request of anybody's.</summary>
    public Refusal? SetAside(DateTime at)
    {
        if (Status != RequestStatus.Waiting) return Status == RequestStatus.Claimed ? new Refusal(SomebodyHasIt, "Somebody has taken this up.") : Left;
        (Status, ClosedAt) = (RequestStatus.SetAside, at);
        Version++;
        return null;
    }

    /// <summary>Setting it aside was a mistake.</summary>
    public void BringBack()
    {
        if (Status != RequestStatus.SetAside) return;
        (Status, ClosedAt, Held) = (RequestStatus.Waiting, null, false);
        Version++;
    }

    public Refusal? Release(Guid worker)
    {
        if (Status != RequestStatus.Claimed || ClaimedBy != worker) return new Refusal(WrongState, "You do not have this, so there is nothing to let go of.");
        (Status, ClaimedBy, ClaimedAt, ClaimedUntil) = (RequestStatus.Waiting, null, null, null);
        Version++;
        return null;
    }

    /// <summary>Work goes on: the claim runs anew.</summary>
    public void Worked(Guid worker, DateTime at)
    {
        if (IsHeldBy(worker, at)) { ClaimedUntil = at + ClaimHolds; Version++; }
    }

    /// <summary>
    /// Why nothing may be awarded on it yet: somebody else asked, and nobody has spoken with the person it is for, who may not know (R-APP-02).
    /// </summary>
    public static Refusal? AwardWaits(bool forSomeoneElse, bool permissionGiven, DateTime? firstContactAt) => forSomeoneElse && !permissionGiven && firstContactAt is null
        ? new Refusal(Funds.AwardService.NotEligible, "Somebody else asked for them, and they may not know yet. Speak with them first, in the way that is safe for them, and record that you spoke. Then it can be awarded.")
        : null;

    public void Talk(DateTime at) { FirstContactAt ??= at; Version++; }

    public void SetNext(DateOnly? on, string? time, string? way, Guid? who = null) { (NextOn, NextTime, NextWay, NextWho) = (on, time, way, who); Version++; }

    /// <summary>Leaves the queue for an organisation, which answers by a day; until it accepts, the hub still answers for it.</summary>
    public Refusal? PassTo(string organisation)
    {
        if (!IsOpen) return Left;
        (Status, PassedTo, CameBackAt, ClaimedUntil) = (RequestStatus.HandedOver, organisation, null, null);
        Version++;
        return null;
    }

    public Refusal? ComeBack(DateTime at)
    {
        if (Status != RequestStatus.HandedOver) return new Refusal(WrongState, "This is not with another organisation.");
        (Status, ClaimedBy, ClaimedAt, CameBackAt) = (RequestStatus.Waiting, null, null, at);
        Version++;
        return null;
    }

    /// <summary>A part of it came back, or they accepted and did nothing: it is the hub's again, at the top, whether it had left the queue or not.</summary>
    public void PartCameBack(DateTime at)
    {
        if (!IsOpen) (Status, ClaimedBy, ClaimedAt, ClaimedUntil, ClosedAt) = (RequestStatus.Waiting, null, null, null, null);
        CameBackAt = at;
        Version++;
    }

    public Refusal? TheyAccepted(DateTime at)
    {
        if (Status != RequestStatus.HandedOver) return new Refusal(WrongState, "This is not with another organisation.");
        (Status, ClosedAt) = (RequestStatus.HandedOverAndAccepted, at);
        Version++;
        return null;
    }

    /// <summary>The three other ways out of the queue. There is no "closed".</summary>
    public Refusal? Finish(RequestStatus how, int tries, bool spoke, DateTime at)
    {
        if (!IsOpen) return Left;
        switch (how)
        {
            case RequestStatus.Helped when !spoke:
                return new Refusal("speak-first", "Nobody has spoken with them yet. Record the contact first, then say that they were helped.", "how");
            case RequestStatus.DeclinedByResident when !spoke:
                return new Refusal("speak-first", "Only they can say no. Record the contact in which they did, then end it.", "how");
            case RequestStatus.UnableToReach when spoke:
                return new Refusal("was-reached", "They were reached: there is a contact on record. Say how it ended: helped, or declined.", "how");
            case RequestStatus.UnableToReach when tries < TriesBeforeUnableToReach:
                return new Refusal("try-again", $"Try at least {TriesBeforeUnableToReach} times, at different times of day, and record each. {tries switch { 0 => "None is", 1 => "1 is", _ => $"{tries} are" }} on record.", "how");
            case RequestStatus.Helped or RequestStatus.DeclinedByResident or RequestStatus.UnableToReach:
                (Status, ClosedAt, ClaimedUntil) = (how, at, null);
                Version++;
                return null;
            default:
                return new Refusal("how", "Choose how it ended: they were helped, they said no, or they could not be reached. To hand it over, choose the organisation first.", "how");
        }
    }

    private Refusal Left => new(WrongState, Status switch
    {
        RequestStatus.HandedOver => $"This is with {PassedTo ?? "another organisation"}.",
        RequestStatus.Stopped => "They stopped this request themselves.",
        RequestStatus.SetAside => "This was set aside as nobody’s request. Put it back first, at Held forms.",
        _ => "This request has left the queue.",
    });
}
