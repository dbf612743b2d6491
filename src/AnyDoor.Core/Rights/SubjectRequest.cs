using AnyDoor.Common;

namespace AnyDoor.Rights;

/// <summary>What somebody asks of their own data: a copy, a correction, a stop, a pause, or to be heard about what we did wrong.</summary>
public enum SubjectKind { Access, Rectification, Objection, Restriction, Complaint }

public enum SubjectState { Open, Answered, Refused, Withdrawn }

/// <summary>How it came in.</summary>
public enum SubjectWay { OwnPage, Phone, Letter, Email, InPerson }

/// <summary>How a copy is given. Safe contact decides which of them may be chosen.</summary>
public enum GiveBy { NotChosen, OwnPage, InPerson, Letter, Email }

/// <summary>Why the clock stands still: who they are, or what they want, is not clear yet.</summary>
public enum PauseFor { Identity, Scope }

/// <summary>One ask about somebody's own data (UK GDPR Articles 15, 16, 18 and 21; Data Protection Act 2018 section 164A for complaints). Its state changes only by the methods below.</summary>
public sealed class SubjectRequest
{
    public const string WrongState = "wrong-state";

    public required Guid Id { get; init; }
    public required string Reference { get; init; }
    public required SubjectKind Kind { get; init; }
    public required SubjectState State { get; set; }
    public required SubjectWay Way { get; init; }
    /// <summary>The day it came to us, whoever opened it: the clock runs from here.</summary>
    public required DateOnly ReceivedOn { get; init; }
    public required DateTime RecordedAt { get; init; }
    /// <summary>Who wrote it down; none: the person did it on their own page.</summary>
    public Guid? RecordedBy { get; init; }
    /// <summary>As they named themselves; none on their own page, which knows who they are.</summary>
    public string? AskerName { get; set; }
    public DateOnly? AskerBorn { get; set; }
    /// <summary>Who asks for them, and on what authority.</summary>
    public string? Representative { get; set; }
    /// <summary>What they asked for, in their words.</summary>
    public required string Asked { get; set; }
    /// <summary>How we know that it is them, and since when.</summary>
    public string? IdentityHow { get; set; }
    public DateOnly? IdentityOn { get; set; }
    public required GiveBy GiveBy { get; set; }
    public DateOnly? AcknowledgedOn { get; set; }
    public DateOnly? ExtendedOn { get; set; }
    public string? ExtendedWhy { get; set; }
    public DateTime? GatheredAt { get; set; }
    public DateTime? EndedAt { get; set; }
    /// <summary>What came of it, in words that were told to them.</summary>
    public string? Outcome { get; set; }
    public required int Version { get; set; }

    public bool IsOpen => State == SubjectState.Open;

    public static string InWords(SubjectKind kind) => kind switch { SubjectKind.Access => "A copy", SubjectKind.Rectification => "A correction", SubjectKind.Objection => "An objection", SubjectKind.Restriction => "A restriction", _ => "A complaint" };

    public Refusal? Acknowledge(DateOnly on)
    {
        if (!IsOpen) return Ended();
        if (on < ReceivedOn) return new Refusal("day", "It cannot be acknowledged before it came. Choose another day.", "day");
        if (AcknowledgedOn is not null) return new Refusal(WrongState, $"It was acknowledged on {LondonTime.Day(AcknowledgedOn.Value)}.");
        AcknowledgedOn = on;
        return Moved();
    }

    public Refusal? KnowIdentity(DateOnly on, string how)
    {
        if (!IsOpen) return Ended();
        if (how.Trim().Length is < 5 or > 500) return new Refusal("how", "Say in a few words how you know that it is them. Ask for no more than you need.", "how");
        (IdentityOn, IdentityHow) = (on, how.Trim());
        return Moved();
    }

    /// <summary>Two months more, told with the reason within the first (Article 12(3)).</summary>
    public Refusal? Extend(DateOnly on, string why, IReadOnlyList<ClockPause> pauses)
    {
        if (!IsOpen) return Ended();
        if (Kind == SubjectKind.Complaint) return new Refusal(WrongState, "A complaint has no second clock. Tell them how it stands instead.");
        if (ExtendedOn is not null) return new Refusal(WrongState, "It was extended before. There is no second extension.");
        if (why.Trim().Length is < 10 or > 500) return new Refusal("why", "Say why it is complex, or how many they asked at once. They are told this reason.", "why");
        if (on > SubjectClock.DueOn(ReceivedOn, pauses, false, on)) return new Refusal("too-late", "The first month is over, so it cannot be extended any more. Answer it now, and say that it is late.");
        (ExtendedOn, ExtendedWhy) = (on, why.Trim());
        return Moved();
    }

    public Refusal? Answer(DateTime at, string outcome)
    {
        if (!IsOpen) return Ended();
        if (outcome.Trim().Length is < 5 or > 2000) return new Refusal("outcome", "Say what came of it, as they were told.", "outcome");
        if (IdentityOn is null && Kind != SubjectKind.Complaint) return new Refusal("identity", "Write down first how you know that it is them.");
        if (Kind == SubjectKind.Complaint && AcknowledgedOn is null) AcknowledgedOn = LondonTime.DayOf(at);
        (State, EndedAt, Outcome) = (SubjectState.Answered, at, outcome.Trim());
        return Moved();
    }

    public Refusal? Refuse(DateTime at, string why)
    {
        if (!IsOpen) return Ended();
        if (Kind == SubjectKind.Complaint) return new Refusal(WrongState, "A complaint is never refused. Look into it without delay, and tell them what came of it (Data Protection Act 2018 section 164A).");
        if (why.Trim().Length is < 10 or > 2000) return new Refusal("outcome", "Say why, in the words they were told, and that they may complain to us and to the Information Commissioner.", "outcome");
        (State, EndedAt, Outcome) = (SubjectState.Refused, at, why.Trim());
        return Moved();
    }

    public Refusal? Withdraw(DateTime at)
    {
        if (!IsOpen) return Ended();
        (State, EndedAt, Outcome) = (SubjectState.Withdrawn, at, "They took it back.");
        return Moved();
    }

    internal Refusal? Moved()
    {
        Version++;
        return null;
    }

    private static Refusal Ended() => new(WrongState, "This has ended. A new ask is a new one.");
}

/// <summary>The clock stood still from one day to another.</summary>
public sealed class ClockPause
{
    public required Guid Id { get; init; }
    public required Guid SubjectRequestId { get; init; }
    public required DateOnly From { get; init; }
    /// <summary>The day their answer came; none while we wait for it.</summary>
    public DateOnly? To { get; set; }
    public required PauseFor For { get; init; }
    public required string Why { get; init; }
}

/// <summary>A record of ours that is this person's: one person may have several.</summary>
public sealed class SubjectRecord
{
    public required Guid SubjectRequestId { get; init; }
    public required Guid HouseholdId { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTime At { get; init; }
}

/// <summary>Something that was gathered for a copy, as it stood then.</summary>
public sealed class SubjectItem
{
    public required Guid Id { get; init; }
    public required Guid SubjectRequestId { get; init; }
    public required int Number { get; init; }
    /// <summary>Where it was found, as <see cref="SubjectPlaces"/> names it.</summary>
    public required string Place { get; init; }
    public required string Title { get; init; }
    public DateTime? At { get; init; }
    public required string Body { get; set; }
    /// <summary>JSON: each <see cref="ItemField"/> of the body.</summary>
    public required string Fields { get; init; }
    /// <summary>Why the whole of it is left out, as a code of <see cref="LeftOut"/>; none: it is in the copy.</summary>
    public string? LeftOutFor { get; set; }
    public string? LeftOutWhy { get; set; }
    /// <summary>Held back by us, or words that nobody has read yet: somebody decides before it may go in.</summary>
    public required bool ToDecide { get; set; }
}

/// <summary>A named value in the body of an item.</summary>
/// <param name="Name">Empty: a sentence that speaks for itself.</param>
/// <param name="Start">Where the value stands in the body, in letters.</param>
public sealed record ItemField(string Name, int Start, int Length);

public enum MarkChoice { Undecided, Keep, Hide, Reword }

/// <summary>A passage about somebody else. Until it is decided it is hidden.</summary>
public sealed class SubjectMark
{
    public required Guid Id { get; init; }
    public required Guid ItemId { get; init; }
    public required Guid SubjectRequestId { get; init; }
    public required int Start { get; init; }
    public required int Length { get; init; }
    /// <summary>Like <c>household-member</c>, <c>worker</c>, <c>who-told-us</c>.</summary>
    public required string What { get; init; }
    public required MarkChoice Suggested { get; init; }
    public required MarkChoice Choice { get; set; }
    public string? Instead { get; set; }
    public string? Reason { get; set; }
    public Guid? DecidedBy { get; set; }

    /// <summary>The part of it in a stretch of the text, counted from there; null: none.</summary>
    internal SubjectMark? Within(int start, int length)
    {
        var (from, to) = (Math.Max(Start, start), Math.Min(Start + Length, start + length));
        return from >= to ? null : new() { Id = Id, ItemId = ItemId, SubjectRequestId = SubjectRequestId, Start = from - start, Length = to - from, What = What, Suggested = Suggested, Choice = Choice, Instead = Instead };
    }
}

/// <summary>A copy as it was given: frozen, with the hash that says so after its words are gone.</summary>
public sealed class SubjectPack
{
    public required Guid Id { get; init; }
    public required Guid SubjectRequestId { get; init; }
    public required DateTime MadeAt { get; init; }
    public required Guid MadeBy { get; init; }
    public required GiveBy GivenBy { get; init; }
    /// <summary>SHA-256 of the body, hexadecimal.</summary>
    public required string Hash { get; init; }
    /// <summary>JSON. Erased when its time is over.</summary>
    public string? Body { get; set; }
}

/// <summary>What was wrong, and what it says now.</summary>
public sealed class Correction
{
    public required Guid Id { get; init; }
    public required Guid SubjectRequestId { get; init; }
    /// <summary>Like <c>name</c>, <c>date-of-birth</c>, <c>address</c>, <c>contact</c>, <c>answer</c>, <c>statement</c>.</summary>
    public required string What { get; init; }
    public required string Was { get; init; }
    public required string Now { get; init; }
    public required DateTime At { get; init; }
    public required Guid By { get; init; }
}

/// <summary>An organisation that had the data, and when it was told of a change (Article 19).</summary>
public sealed class RecipientTold
{
    public required Guid SubjectRequestId { get; init; }
    public required string Organisation { get; init; }
    public required DateOnly ToldOn { get; init; }
    public required string How { get; init; }
}

/// <summary>Why something is left out of a copy.</summary>
public static class LeftOut
{
    public const string AnotherPerson = "another-person";
    public const string HiddenAddress = "hidden-address";
    public const string Harm = "serious-harm";
    public const string Legal = "legal-advice";
    public const string Crime = "crime";
    public const string InPerson = "told-in-person";

    /// <summary>Code, what it is, and the rule it rests on.</summary>
    public static IReadOnlyList<(string Code, string Words, string Rule)> All { get; } =
    [
        (AnotherPerson, "About another person", "Data Protection Act 2018, Schedule 2 paragraph 16"),
        (HiddenAddress, "An address that must not be found", "Data Protection Act 2018, Schedule 2 paragraph 16; kept apart for somebody's safety"),
        (Harm, "Telling it could do serious harm (health, social work, education, child abuse)", "Data Protection Act 2018, Schedule 3"),
        (Legal, "Legal advice, or a claim", "Data Protection Act 2018, Schedule 2 paragraphs 5 and 19"),
        (Crime, "It would harm the prevention of crime or the protection of the public", "Data Protection Act 2018, Schedule 2 paragraphs 2 and 7"),
        (InPerson, "Left to a person: told to them face to face", "Kept off paper and screens for their safety; not refused"),
    ];

    public static string Words(string code) => All.FirstOrDefault(l => l.Code == code).Words ?? code;
}
