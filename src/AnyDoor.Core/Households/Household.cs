

namespace AnyDoor.Households;

/// <summary>People who share a home, with dates. One person may be in several over time.</summary>
internal sealed class Household
{
    public required Guid Id { get; init; }
    public required DateTime CreatedAt { get; init; }
    /// <summary>ONS district code, or null: area not known yet.</summary>
    public string? District { get; set; }
    public string? Lsoa11 { get; set; }
    public string? Lsoa21 { get; set; }
    /// <summary>How many people live here, as last told; null: not said.</summary>
    public int? Size { get; set; }
    /// <summary>Rises with every change: two workers in one record see the clash.</summary>
    public required int Version { get; set; }
    /// <summary>Joined into another household by a worker, field by field; this one's history stays.</summary>
    public Guid? JoinedTo { get; set; }
    /// <summary>Its time was over: nothing here leads to anybody any more.</summary>
    public DateTime? ErasedAt { get; set; }
}

internal sealed class Person
{
    public required Guid Id { get; init; }
    /// <summary>As the person spells it.</summary>
    public required string Name { get; set; }
    public required string FoldedName { get; set; }
    /// <summary>The surname, folded (a double-barrelled one whole), so that a search by it finds it by index.</summary>
    public string FoldedLast { get => Common.Folding.Fold(Names.Last(Name)); private set => _ = value; }
    public DateOnly? DateOfBirth { get; set; }
    /// <summary>When only an age was given: the year it points to.</summary>
    public int? BirthYear { get; set; }
    /// <summary>Someone may be looking for this person: address and whereabouts are never shown where they could leak, and no notice crosses a door.</summary>
    public bool AtRisk { get; set; }
    public string? Language { get; set; }
    public required bool Invented { get; init; }
    /// <summary>A worker found that this record and that one are the same person. Its history stays; see <see cref="PersonJoin"/>.</summary>
    public Guid? SameAs { get; set; }
}

public enum MemberRole { Applicant, Partner, Child, Adult, Other }

/// <summary>A person's time in a household.</summary>
internal sealed class Membership
{
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public required Guid PersonId { get; init; }
    public required MemberRole Role { get; set; }
    public required DateOnly From { get; init; }
    public DateOnly? To { get; set; }
}

internal sealed class Address
{
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public string? Lines { get; init; }
    /// <summary>Compact postcode.</summary>
    public string? Postcode { get; init; }
    public required bool NoFixedAddress { get; init; }
    public required DateOnly From { get; init; }
    public DateOnly? To { get; set; }
}

public enum ContactWay { DoNotContactFirst, Text, Phone, Email, Letter, ThroughSomeone }

/// <summary>What we must not do. Whichever two records say, the stricter is kept: the union of both.</summary>
[Flags]
public enum DoNot
{
    Nothing = 0,
    Phone = 1,
    VoiceMessage = 2,
    Letter = 4,
    Text = 8,
    Email = 16,
    /// <summary>Do not ring the landline; a mobile may be rung.</summary>
    Landline = 32,
    AfterThree = 64,
    Visit = 128,
    /// <summary>Speak to nobody else in the home about it.</summary>
    SpeakToOthers = 256,
}

/// <summary>How one person may be reached. The newest row counts; earlier ones stay as history.</summary>
internal sealed class SafeContact
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required ContactWay By { get; init; }
    /// <summary>A telephone number (digits), an e-mail address, or the name of a trusted person.</summary>
    public string? To { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public required DoNot DoNot { get; init; }
    /// <summary>Nobody else reads this phone: content may go by text.</summary>
    public required bool PhoneIsPrivate { get; init; }
    /// <summary>The person's own words were stricter than the box that was ticked: a worker checks before the first contact.</summary>
    public required bool CheckBeforeContact { get; init; }
    public string? BestTime { get; init; }
    /// <summary>What was said about it, in the person's own words.</summary>
    public string? Words { get; init; }
    public required DateTime At { get; init; }
    /// <summary>The worker it was told to; none: it came with a request.</summary>
    public Guid? ToldTo { get; init; }
}

/// <summary>One crisis, which may hold several applications; limits count episodes.</summary>
internal sealed class CrisisEpisode
{
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public required DateOnly OpenedOn { get; init; }
    public DateOnly? ClosedOn { get; set; }
    /// <summary>The worker who closed it; none while it is open, or when its days had run out.</summary>
    public Guid? ClosedBy { get; set; }
    public required string Why { get; init; }
}

public enum MatchAnswer { Open, Same, NotSame, NotSure }

/// <summary>Two people who may be one. Never merged unasked; an answer is kept so that nobody is asked twice.</summary>
internal sealed class PossibleMatch
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required Guid OtherPersonId { get; init; }
    /// <summary>What agrees, as codes: <c>dob,name-one-letter,phone</c>.</summary>
    public required string Agrees { get; init; }
    public required MatchAnswer Answer { get; set; }
    public DateTime? AnsweredAt { get; set; }
    public Guid? AnsweredBy { get; set; }
    public string? How { get; set; }
    public required DateTime FoundAt { get; init; }
}

/// <summary>Two records of one person, joined field by field by a worker who said how they knew. Can be undone.</summary>
internal sealed class PersonJoin
{
    public required Guid Id { get; init; }
    public required Guid MatchId { get; init; }
    public required Guid KeptPersonId { get; init; }
    public required Guid JoinedPersonId { get; init; }
    public required Guid KeptHouseholdId { get; init; }
    public required Guid JoinedHouseholdId { get; init; }
    /// <summary>What the kept record said before.</summary>
    public required string NameBefore { get; init; }
    public DateOnly? DateOfBirthBefore { get; init; }
    public int? BirthYearBefore { get; init; }
    public required bool HouseholdsJoined { get; init; }
    public required DateTime At { get; init; }
    public required Guid By { get; init; }
    public required string How { get; init; }
    public DateTime? UndoneAt { get; set; }
    public Guid? UndoneBy { get; set; }
}
