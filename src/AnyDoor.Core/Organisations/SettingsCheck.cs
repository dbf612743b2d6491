using AnyDoor.Common;
using AnyDoor.Places;

namespace AnyDoor.Organisations;

/// <summary>What is wrong with a part of the settings before it may count, each with its field as a path: <c>domestic-abuse/number</c>.</summary>
internal static class SettingsCheck
{
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <param name="starts">The day from which it would count: nothing may be due for a check before that.</param>
    public static IEnumerable<Refusal> Of(string key, PartnershipSettings settings, DateOnly starts) => key switch
    {
        "partnership" => Partnership(settings.Partnership),
        "hours" => Hours(settings.Hours),
        "crisis_numbers" => settings.CrisisNumbers.SelectMany(n => Number(n, starts)),
        "access_points" => AccessPoints(settings.AccessPoints, starts),
        "texts" => Texts(settings),
        "notices" => Notices(settings.Notices),
        "promises" => Promises(settings.Promised),
        _ => [],
    };

    private static IEnumerable<Refusal> Partnership(PartnershipDetails us)
    {
        if (Empty(us.Name)) yield return Say("name", "Put the partnership’s name. It stands on every page.");
        else if (us.Name!.Length > 80) yield return Say("name", "Make the name 80 letters or fewer: it stands in the head of every page.");
        if (Empty(us.Telephone)) yield return Say("telephone", "Put the hub’s telephone number. It stands on every resident page.");
        else if (!IsNumber(us.Telephone)) yield return Say("telephone", "Put a telephone number, like 01632 960 123.");
        if (!Empty(us.HelpDesk) && !IsNumber(us.HelpDesk)) yield return Say("help_desk", "Put a telephone number, like 01632 960 123.");
        if (!Empty(us.Email) && !IsEmail(us.Email)) yield return Say("email", "Put an email address, like hub@example.org.");
        if (!Empty(us.PrivacyContact) && !IsEmail(us.PrivacyContact)) yield return Say("privacy_contact", "Put an email address, like privacy@example.org.");
        if (us.Complaints is { } complaints)
        {
            if (!Empty(complaints.Telephone) && !IsNumber(complaints.Telephone)) yield return Say("complaints/telephone", "Put a telephone number, like 01632 960 123.");
            if (!Empty(complaints.Email) && !IsEmail(complaints.Email)) yield return Say("complaints/email", "Put an email address, like complaints@example.org.");
        }
        if (!Empty(us.SecurityContact) && !IsContact(us.SecurityContact!)) yield return Say("security_contact", "Put mailto: and an email address, or a web address that starts with https://.");
        if (Empty(us.WebAddress)) yield return Say("web_address", "Put the address where residents open this service. Links in messages start with it.");
        else if (!IsWebAddress(us.WebAddress!)) yield return Say("web_address", "Put the whole address, starting with https:// and with nothing after the name, like https://help.example.org.");
    }

    private static IEnumerable<Refusal> Hours(OpeningHours hours)
    {
        if (hours is not { Telephone.Count: > 0, WorkingHours.Count: > 0 })
        {
            yield return Say("telephone", "Put the days and hours when somebody answers.");
            yield break;
        }
        foreach (var (name, times) in new[] { ("telephone", hours.Telephone), ("working_hours", hours.WorkingHours) })
        {
            foreach (var open in times)
            {
                if (open.Days is not { Count: > 0 }) yield return Say($"{name}/days", "Choose at least one day.");
                else if (open.Days.Except(Days).FirstOrDefault() is { } day) yield return Say($"{name}/days", $"“{day}” is no day. Use: {string.Join(", ", Days)}.");
                if (open.Opens is not { } opens) yield return Say($"{name}/opens", "Put the time from which somebody answers, like 08:00.");
                else if (open.Closes is not { } closes) yield return Say($"{name}/closes", "Put the time until which somebody answers, like 20:00.");
                else if (closes <= opens) yield return Say($"{name}/closes", $"Put a time after {LondonTime.Time(opens)}.");
            }
        }
        if (hours.OnBankHolidays is not ("open" or "closed")) yield return Say("on_bank_holidays", "Choose whether somebody answers on bank holidays.");
    }

    private static IEnumerable<Refusal> Number(CrisisNumber number, DateOnly starts)
    {
        string At(string field) => $"{number.Id}/{field}";
        if (Empty(number.For)) yield return Say(At("for"), "Say what this number is for.");
        if (Empty(number.Number)) yield return Say(At("number"), $"Put the number for “{number.For}”.");
        else if (!IsNumber(number.Number)) yield return Say(At("number"), "Put a telephone number: digits and spaces.");
        if (Empty(number.Owner)) yield return Say(At("owner"), $"Put the name of the person who checks the number for “{number.For}”.");
        if (number.ReviewOn is not { } review) yield return Say(At("review_on"), $"Put the day when somebody rings the number for “{number.For}” again to check it.");
        else if (review < starts) yield return Say(At("review_on"), $"The check of the number for “{number.For}” would be due on {LondonTime.Day(review)}, which has passed. Ring it, then put the next day.");
    }

    private static IEnumerable<Refusal> AccessPoints(IReadOnlyList<AccessPoint> points, DateOnly starts)
    {
        var names = District.All.Select(d => d.Name).ToHashSet();
        var taken = new Dictionary<string, string>();
        foreach (var point in points)
        {
            string At(string field) => $"{point.Id}/{field}";
            if (Empty(point.Id)) yield return Say("id", "Every access point needs a short name of its own.");
            if (Empty(point.Name)) yield return Say(At("name"), "Put its name, as residents know it.");
            if (Empty(point.Telephone) && Empty(point.Web)) yield return Say(At("telephone"), "Put a telephone number or a web address.");
            if (!Empty(point.Telephone) && !IsNumber(point.Telephone)) yield return Say(At("telephone"), "Put a telephone number, like 01632 960 123.");
            if (!Empty(point.Web) && !IsPage(point.Web!)) yield return Say(At("web"), "Put a web address, like www.example.org/help.");
            if (Empty(point.Owner)) yield return Say(At("owner"), "Put the name of the person who keeps this right.");
            if (point.ReviewOn is not { } review) yield return Say(At("review_on"), "Put the day when somebody checks it again.");
            else if (review < starts) yield return Say(At("review_on"), $"{LondonTime.Day(review)} has passed. Check it, then put the next day.");
            foreach (var district in point.Districts ?? [])
            {
                if (!names.Contains(district)) yield return Say(At("districts"), $"There is no district “{district}”.");
                else if (!taken.TryAdd(district, point.Name ?? point.Id)) yield return Say(At("districts"), $"{district} belongs to {taken[district]} already. Take it away there first.");
            }
        }
    }

    private static IEnumerable<Refusal> Texts(PartnershipSettings settings)
    {
        foreach (var message in settings.Texts.Messages)
        {
            var english = message.Texts.GetValueOrDefault("en");
            foreach (var (field, _) in message.Channels.Select(c => (Field: c == "letter" ? "letter" : "text", Channel: c)).Where(c => english?.Has(c.Channel) != true).DistinctBy(c => c.Field))
                yield return Say($"messages/{message.Id}/texts/en/{field}", $"The English {field} cannot be empty: it stands in for every other language.");
            foreach (var (language, words) in message.Texts)
            {
                string At(string field) => $"messages/{message.Id}/texts/{language}/{field}";
                if (words.Text is { Length: > 480 }) yield return Say(At("text"), "Make it 480 letters or fewer: it goes as a text message.");
                foreach (var (field, text) in new[] { ("text", words.Text), ("subject", words.Subject) }.Concat((words.Letter ?? []).Select(p => ("letter", (string?)p))))
                {
                    if (text is null) continue;
                    if (Fill.Names(text).FirstOrDefault(n => !message.Placeholders.Contains(n)) is { } name)
                        yield return Say(At(field), $"The message “{message.Id}” in “{language}” holds {{{name}}}, which nothing fills in. Use: {string.Join(", ", message.Placeholders)}.");
                    // Whoever else holds the phone must not read from whom it is.
                    if (field != "letter" && new[] { settings.Partnership.Name, settings.Partnership.ShortName }.FirstOrDefault(n => !Empty(n) && text.Contains(n!, StringComparison.OrdinalIgnoreCase)) is { } us)
                        yield return Say(At(field), $"Take out “{us}”: somebody else may read this phone.");
                }
            }
        }
    }

    private static IEnumerable<Refusal> Notices(Notices? notices)
    {
        foreach (var notice in notices?.Privacy ?? [])
        {
            if (!Organisations.Notices.Doors.Contains(notice.Id)) yield return Say($"privacy/{notice.Id}", $"There is no such door: “{notice.Id}”. Use: {string.Join(", ", Organisations.Notices.Doors)}.");
            foreach (var words in notice.Words ?? [])
                if (words.Length > 1200) yield return Say($"privacy/{notice.Id}/words", "Make each paragraph 1,200 letters or fewer, so that it is read.");
        }
    }

    private static IEnumerable<Refusal> Promises(Promises promised)
    {
        if (promised.Today is not { WorkingHours: >= 1 and <= 12 }) yield return Say("today/working_hours", "Put from 1 to 12 hours: whoever asks for today is answered within a day.");
        if (promised.ThisWeek is not { WorkingDays: >= 1 and <= 5 }) yield return Say("this-week/working_days", "Put from 1 to 5 working days.");
        if (promised.Soon is not { WorkingDays: >= 1 and <= 20 }) yield return Say("soon/working_days", "Put from 1 to 20 working days.");
        else if (promised.ThisWeek is { } week && promised.Soon.WorkingDays < week.WorkingDays) yield return Say("soon/working_days", "Who can wait is not answered before who cannot: put at least as many days.");
    }

    private static Refusal Say(string field, string sentence) => new("setting", sentence, field);

    private static bool Empty(string? text) => string.IsNullOrWhiteSpace(text);

    /// <summary>Also the short ones: 999, 105, 116 123.</summary>
    private static bool IsNumber(string? text) => text is { Length: <= 20 } && text.All(c => char.IsAsciiDigit(c) || c == ' ') && text.Count(char.IsAsciiDigit) is >= 3 and <= 11;

    private static bool IsEmail(string? text) =>
        text is { Length: <= 120 } && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && text.LastIndexOf('@') == at && text[(at + 1)..].Contains('.', StringComparison.Ordinal) && !text.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or ',');

    private static bool IsContact(string text) =>
        text.StartsWith("mailto:", StringComparison.Ordinal) ? IsEmail(text[7..]) : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == "https" && !text.Any(char.IsWhiteSpace);

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback)) && uri.PathAndQuery is "/" or "" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0;

    private static bool IsPage(string text) =>
        !text.Any(char.IsWhiteSpace) && Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Contains('.', StringComparison.Ordinal);
}
