using System.Text.Json.Serialization;
using AnyDoor.Common;

namespace AnyDoor.Organisations;

/// <summary>What a partnership sets about itself, as it stands on a day. Every part is dated and owned; nothing here needs a programmer.</summary>
public sealed record PartnershipSettings(PartnershipDetails Partnership, IReadOnlyList<AuthoritySetting> Authorities, OpeningHours Hours, IReadOnlyList<CrisisNumber> CrisisNumbers,
    IReadOnlyList<AccessPoint> AccessPoints, IReadOnlyList<LanguageSetting> Languages, MessageTexts Texts, Notices? Notices = null, Promises? Promises = null)
{
    /// <summary>The parts that are set one by one, each from a day of its own.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["partnership", "authorities", "hours", "crisis_numbers", "access_points", "languages", "texts", "notices", "promises"];

    /// <summary>Whoever is in danger can always be told this number.</summary>
    public const string Emergency = "999";

    public CrisisNumber? Crisis(string id) => CrisisNumbers.FirstOrDefault(n => n.Id == id);

    /// <summary>Where to ring or look in a district, by its name; the countywide one where it has none of its own or the district is not known.</summary>
    public AccessPoint? AccessPointFor(string? district) =>
        AccessPoints.FirstOrDefault(p => district is not null && p.Districts.Contains(district)) ?? AccessPoints.FirstOrDefault(p => p.Districts.Count == 0);

    /// <summary>By when somebody answers, as they promise it.</summary>
    public Promises Promised => Promises ?? Promises.Usual;

    /// <summary>Residents' pages open only when their privacy notice says what only the partnership knows, and somebody owns every number that they show and has said when it is looked at again.
    /// What falls due later is a reminder: whoever needs a number finds it.</summary>
    public bool IsReadyForResidents => Missing().Count == 0;

    /// <summary>What keeps residents' pages shut, each as a sentence.</summary>
    public IReadOnlyList<string> Missing()
    {
        var missing = new List<string>();
        if (string.IsNullOrWhiteSpace(Partnership.Name)) missing.Add("The partnership has no name.");
        if (string.IsNullOrWhiteSpace(Partnership.Telephone)) missing.Add("There is no telephone number for the hub.");
        if (string.IsNullOrWhiteSpace(Partnership.WebAddress)) missing.Add("There is no web address. Links in messages start with it.");
        if (Notices is not { } notices || notices.For("web").All(string.IsNullOrWhiteSpace)) missing.Add("The privacy notice of these pages has no words of yours. Put who is responsible for what people tell, under which law, and for how long it is kept.");
        missing.AddRange(NeededNumbers.Where(id => Crisis(id) is null).Select(id => $"The crisis number “{id}” is missing."));
        foreach (var number in CrisisNumbers)
        {
            if (string.IsNullOrWhiteSpace(number.Number)) missing.Add($"“{number.For}” has no number.");
            if (string.IsNullOrWhiteSpace(number.Owner)) missing.Add($"“{number.For}” has no owner. Put the name of the person who checks this number.");
            if (number.ReviewOn is null) missing.Add($"“{number.For}” has no review date. Put the day when somebody rings it again.");
        }
        return missing;
    }

    /// <summary>What was to be looked at again before this day and was not. It stays up for residents.</summary>
    public IReadOnlyList<ReviewDue> Overdue(DateOnly today) =>
    [
        .. from number in CrisisNumbers where number.ReviewOn < today select new ReviewDue("crisis_numbers", number.Id, number.For, number.Owner, number.ReviewOn!.Value),
        .. from point in AccessPoints where point.ReviewOn < today select new ReviewDue("access_points", point.Id, point.Name ?? point.Id, point.Owner, point.ReviewOn!.Value),
        .. Texts.ReviewOn < today ? [new ReviewDue("texts", "texts", "The texts of messages", Texts.Owner, Texts.ReviewOn.Value)] : Array.Empty<ReviewDue>(),
        .. Notices?.ReviewOn < today ? [new ReviewDue("notices", "notices", "The privacy notices", Notices!.Owner, Notices.ReviewOn!.Value)] : Array.Empty<ReviewDue>(),
    ];

    /// <summary>Every number that the first page and the crisis page show.</summary>
    private static readonly string[] NeededNumbers = ["emergency", "domestic-abuse", "hub-food", "hub-heat", "losing-home", "cannot-cope"];
}

/// <summary>Something that was to be looked at again on a day that has passed.</summary>
public sealed record ReviewDue(string Key, string Id, string What, string? Owner, DateOnly On)
{
    public string Sentence => $"“{What}” was due to be checked on {LondonTime.Day(On)}{(string.IsNullOrWhiteSpace(Owner) ? "" : $", by {Owner}")}.";
}

/// <summary>Who they are and how to reach them.</summary>
/// <param name="Logo">The id of its picture.</param>
/// <param name="WebAddress">Where residents open AnyDoor, for links in messages.</param>
public sealed record PartnershipDetails(string? Name, string? ShortName, string? Logo, string? Telephone, string? HelpDesk, string? Email, string? Address,
    Complaints? Complaints, string? SecurityContact, string? PrivacyContact, string? WebAddress = null);

public sealed record Complaints(string? How, string? Telephone, string? Email);

public sealed record AuthoritySetting(string? Id, string? Name, IReadOnlyList<string> Districts);

/// <summary>When somebody answers.</summary>
public sealed record OpeningHours(IReadOnlyList<OpenHours> Telephone, IReadOnlyList<OpenHours> WorkingHours, string? OnBankHolidays);

public sealed record OpenHours(IReadOnlyList<string> Days, TimeOnly? Opens, TimeOnly? Closes);

/// <summary>By when somebody answers, at the latest, by how soon help is needed.</summary>
public sealed record Promises(PromisedHours Today, [property: JsonPropertyName("this-week")] PromisedDays ThisWeek, PromisedDays Soon)
{
    public static Promises Usual { get; } = new(new(4), new(3), new(5));
}

/// <param name="WorkingHours">Hours of the hub's day, 8am to 8pm.</param>
public sealed record PromisedHours(int WorkingHours);

public sealed record PromisedDays(int WorkingDays);

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

public sealed record MessageWords(string? Text, string? Subject, IReadOnlyList<string>? Letter, bool Reviewed)
{
    /// <param name="channel">text, email or letter.</param>
    public bool Has(string channel) => channel == "letter" ? Letter?.Any(p => !string.IsNullOrWhiteSpace(p)) == true : !string.IsNullOrWhiteSpace(Text);
}

/// <summary>What the partnership adds to the privacy notice of each door.</summary>
public sealed record Notices(string? Owner, DateOnly? ReviewOn, IReadOnlyList<PrivacyWords> Privacy)
{
    /// <summary>How a request came: on these pages, through a partner, by telephone, or from a council's own form.</summary>
    public static IReadOnlyList<string> Doors { get; } = ["web", "partner", "telephone", "form-export"];

    public IReadOnlyList<string> For(string door) => Privacy?.FirstOrDefault(p => p.Id == door)?.Words ?? [];
}

/// <param name="Words">Paragraphs.</param>
public sealed record PrivacyWords(string Id, IReadOnlyList<string> Words);
