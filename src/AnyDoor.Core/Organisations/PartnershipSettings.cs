using AnyDoor.Common;

namespace AnyDoor.Organisations;

/// <summary>What a partnership sets about itself, as it stands on a day. Every part is dated and owned; nothing here needs a programmer.</summary>
public sealed record PartnershipSettings(PartnershipDetails Partnership, IReadOnlyList<AuthoritySetting> Authorities, OpeningHours Hours, IReadOnlyList<CrisisNumber> CrisisNumbers,
    IReadOnlyList<AccessPoint> AccessPoints, IReadOnlyList<LanguageSetting> Languages, MessageTexts Texts)
{
    /// <summary>The parts that are set one by one, each from a day of its own.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["partnership", "authorities", "hours", "crisis_numbers", "access_points", "languages", "texts"];

    /// <summary>Whoever is in danger can always be told this number.</summary>
    public const string Emergency = "999";

    public CrisisNumber? Crisis(string id) => CrisisNumbers.FirstOrDefault(n => n.Id == id);

    /// <summary>Where to ring or look in a district, by its name; the countywide one where it has none of its own or the district is not known.</summary>
    public AccessPoint? AccessPointFor(string? district) =>
        AccessPoints.FirstOrDefault(p => district is not null && p.Districts.Contains(district)) ?? AccessPoints.FirstOrDefault(p => p.Districts.Count == 0);

    /// <summary>Residents' pages open only when somebody owns every number that they show and has said when it is looked at again.</summary>
    public bool IsReadyForResidents => Problems(null).Count == 0;

    /// <summary>What is missing or past its review, each as a sentence.</summary>
    /// <param name="today">With a day: also what is due to be looked at again. That is a reminder and shuts nothing.</param>
    public IReadOnlyList<string> Problems(DateOnly? today)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(Partnership.Name)) problems.Add("The partnership has no name.");
        if (string.IsNullOrWhiteSpace(Partnership.Telephone)) problems.Add("There is no telephone number for the hub.");
        foreach (var id in NeededNumbers.Where(id => Crisis(id) is null)) problems.Add($"The crisis number “{id}” is missing.");
        foreach (var number in CrisisNumbers)
        {
            if (string.IsNullOrWhiteSpace(number.Number)) problems.Add($"“{number.For}” has no number.");
            if (string.IsNullOrWhiteSpace(number.Owner)) problems.Add($"“{number.For}” has no owner. Put the name of the person who checks this number.");
            if (number.ReviewOn is null) problems.Add($"“{number.For}” has no review date. Put the day when somebody rings it again.");
            else if (number.ReviewOn < today) problems.Add($"“{number.For}” was due to be checked on {LondonTime.Day(number.ReviewOn.Value)}.");
        }
        return problems;
    }

    /// <summary>Every number that the first page and the crisis page show.</summary>
    private static readonly string[] NeededNumbers = ["emergency", "domestic-abuse", "hub-food", "hub-heat", "losing-home", "cannot-cope"];
}

/// <summary>Who they are and how to reach them.</summary>
/// <param name="WebAddress">Where residents open AnyDoor, for links in messages.</param>
public sealed record PartnershipDetails(string? Name, string? ShortName, string? Logo, string? Telephone, string? HelpDesk, string? Email, string? Address,
    Complaints? Complaints, string? SecurityContact, string? PrivacyContact, string? WebAddress = null);

public sealed record Complaints(string? How, string? Telephone, string? Email);

public sealed record AuthoritySetting(string? Id, string? Name, IReadOnlyList<string> Districts);

/// <summary>When somebody answers.</summary>
public sealed record OpeningHours(IReadOnlyList<OpenHours> Telephone, IReadOnlyList<OpenHours> WorkingHours, string? OnBankHolidays);

public sealed record OpenHours(IReadOnlyList<string> Days, TimeOnly? Opens, TimeOnly? Closes);

/// <summary>A number to ring now, with the person who checks it and the day they do so next.</summary>
/// <param name="Press">The key to press on the hub's line.</param>
public sealed record CrisisNumber(string Id, string For, string? Number, string? Whose, string? Note, string? Press, string? Owner, DateOnly? ReviewOn, string? Source);

/// <summary>Where a district's people can ring or look, besides here.</summary>
/// <param name="Districts">By name; none: the whole county.</param>
public sealed record AccessPoint(string Id, string? Name, IReadOnlyList<string> Districts, string? Telephone, string? Web, string? Owner, DateOnly? ReviewOn);

public sealed record LanguageSetting(string Id, string Name, string OwnName, string Direction, bool Reviewed, bool Shown);

/// <summary>The texts of messages, by language.</summary>
public sealed record MessageTexts(string? Owner, DateOnly? ReviewOn, IReadOnlyList<MessageText> Messages);

/// <param name="Channels">text, email, letter.</param>
/// <param name="Placeholders">The only things that may be filled in.</param>
public sealed record MessageText(string Id, string When, IReadOnlyList<string> Channels, IReadOnlyList<string> Placeholders, IReadOnlyDictionary<string, MessageWords> Texts);

public sealed record MessageWords(string? Text, string? Subject, IReadOnlyList<string>? Letter, bool Reviewed);
