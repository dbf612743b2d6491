using AnyDoor.Common;

namespace AnyDoor.Households;

/// <summary>A household as one reader may see it, already cut. Entities never leave this room.</summary>
/// <param name="HouseholdIds">This household and those joined into it: what upper rooms pull their facts by.</param>
/// <param name="Name">Like <c>Harrowmere household</c>.</param>
/// <param name="Members">Those this reader may see, the applicant first.</param>
/// <param name="SafeContactStrip">Always shown, never folded away. Empty only where safety is not for this reader.</param>
/// <param name="District">ONS code; null where the address is withheld or not known.</param>
public sealed record HouseholdView(Guid Id, IReadOnlyList<Guid> HouseholdIds, int Version, string Name, int Size, IReadOnlyList<MemberView> Members, HomeView Home,
    string SafeContactStrip, IReadOnlyList<string> Notices, string? District, string? Lsoa11, string? Lsoa21, Sight Sight)
{
    /// <summary>Whom this is opened for: who asked or rang, otherwise the household's own first.</summary>
    public MemberView? Applicant => Members.FirstOrDefault(m => m.PersonId == For) ?? Members.FirstOrDefault(m => m.Role == MemberRole.Applicant) ?? (Members.Count > 0 ? Members[0] : null);
    /// <summary>The person whose request it is; null: opened for nobody in particular.</summary>
    public Guid? For { get; init; }
    /// <summary>How many they said live here; null: nobody was asked.</summary>
    public int? ToldSize { get; init; }
    /// <summary>Records that are joined in another, by their own id.</summary>
    public IReadOnlyDictionary<Guid, Guid> JoinedIn { get; init; } = new Dictionary<Guid, Guid>();

    /// <summary>Somebody here has more than one record: there may be a join to take back.</summary>
    public bool HasJoins { get; init; }

    /// <summary>The record that is kept of this person.</summary>
    public Guid Kept(Guid person) => JoinedIn.GetValueOrDefault(person, person);
}

/// <param name="Reach">Null where safe contact is not for this reader or was not asked of this member.</param>
public sealed record MemberView(Guid PersonId, string Name, MemberRole Role, DateOnly? DateOfBirth, int? Age, string? Language, DateOnly From, DateOnly? To, Reach? Reach)
{
    /// <summary>Words in place of a name that was not given: children come in by their age.</summary>
    public string Shown => Names.Shown(Name, Role);
    /// <summary>Another grown-up who has not said yes to this reader themselves: only what they are to the household and about how old.</summary>
    public bool IsCut { get; init; }
    /// <summary>Of somebody who is cut: what is left of their age.</summary>
    public string? AgeBand { get; init; }
    /// <summary>Like <c>25 to 39</c>; null: not known.</summary>
    public string? InBand => AgeBand ?? Names.Band(Age);
    public string FirstName => Name.Length == 0 ? Shown : Names.First(Name);
}

/// <param name="Withheld">Someone may be looking for a person who lives here: not shown, and not to be asked for on the telephone.</param>
public sealed record HomeView(string? Lines, Postcode? Postcode, bool NoFixedAddress, bool Withheld, DateOnly? Since)
{
    public static HomeView NotKnown { get; } = new(null, null, false, false, null);
    public static HomeView Hidden { get; } = new(null, null, false, true, null);

    public override string ToString() =>
        Withheld ? "Address withheld"
        : NoFixedAddress ? "No fixed address"
        : (Lines, Postcode) switch { (null, null) => "Not known", (null, { } postcode) => postcode.ToString(), ({ } lines, null) => lines, ({ } lines, { } postcode) => $"{lines}, {postcode}" };
}

/// <summary>One line of a queue: the least that tells one household from another.</summary>
/// <param name="Size">Null: not known, or not for this reader.</param>
public sealed record HouseholdRow(Guid HouseholdId, string Name, int? Size, int? Age, string? Language, string SafeContact, bool Withheld = false);

/// <summary>A person found by searching: no more than this until the record is opened on grounds.</summary>
/// <param name="PostcodeSector">Like <c>PE13 9</c>; null where the address is withheld or not known.</param>
/// <param name="MayOpen">There are grounds to open it now; otherwise a reason is asked for.</param>
public sealed record FoundPerson(Guid HouseholdId, Guid PersonId, string Name, int? BirthYear, string? PostcodeSector, string SafeContactStrip, bool MayOpen);

internal static class Names
{
    public static string? Band(int? age) => age switch { null => null, < 18 => "under 18", < 25 => "18 to 24", < 40 => "25 to 39", < 65 => "40 to 64", _ => "65 or over" };

    public static string Shown(string name, MemberRole role) => name.Length > 0 ? name : role == MemberRole.Child ? "A child" : "Somebody";
    public static string First(string name) => name.Trim().Split(' ', 2)[0];
    public static string Last(string name) => name.Trim().Split(' ')[^1];

    public static int? Age(DateOnly? born, int? birthYear, DateOnly on)
    {
        if (born is { } day) return on.Year - day.Year - (on < Birthday(day, on.Year) ? 1 : 0);
        return birthYear is { } year ? on.Year - year : null;
    }

    // Somebody born on 29 February is a year older on 1 March where there is none.
    private static DateOnly Birthday(DateOnly born, int year) =>
        born is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new DateOnly(year, 3, 1) : new DateOnly(year, born.Month, born.Day);
}
