using System.Globalization;
using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Vocabulary;

namespace AnyDoor.Requests;

/// <summary>Who asked for somebody else, and whether that person knows.</summary>
/// <param name="Knows"><c>yes</c>, <c>not-yet</c> or <c>cannot</c>; null: not said.</param>
/// <param name="Why">Why they cannot say for themselves.</param>
public sealed record NewRepresentation(string Name, string? Reach, string? Knows, string? Why = null);

/// <summary>One yes or no about one kind of organisation.</summary>
/// <param name="WhatFor">What it was asked for, in the words of the question.</param>
public sealed record NewPermission(string To, string? Named, bool Allowed, string Categories, string WhatFor);

/// <summary>A filled form, or as much of it as there is, read into a request.</summary>
public sealed record FormReading(NewRequest Request, IReadOnlyList<NewPermission> Permissions, NewRepresentation? Representation)
{
    /// <summary>What each share holds, and no more: as its question says.</summary>
    private static readonly (string Field, string To, string Categories, string WhatFor)[] Shares =
    [
        ("sharing.landlord", "landlord", "IdentityAndContact", "Only that they asked, and about the rent"),
        ("sharing.advice", "advice", "IdentityAndContact,NeedsAndAnswers", "Their name, how to reach them and what they need"),
        ("sharing.food-bank", "food-bank", "IdentityAndContact", "That they are coming"),
        ("sharing.school", "school", "IdentityAndContact,ChildrenAndEducation", "For uniform, meals or a laptop"),
        ("sharing.doctor", "doctor", "IdentityAndContact,HealthAndDisability", "Only what they need from their doctor"),
    ];

    /// <summary>These facts stand in rows of their own, not among the answers.</summary>
    private static readonly string[] OwnRows = ["contact.", "safety.", "permission.", "person.", "language", "needs.own_words", "household.people"];

    /// <summary>Reads what reads; what does not, or is not asked of this person, is left out.</summary>
    /// <param name="invented">On a demo database everybody is.</param>
    public static FormReading Of(ResidentForm form, FormAnswers answers, DateOnly today, DateTime at, string door, string? language, bool invented, string? code = null, string? campaign = null)
    {
        var check = new FormCheck(form, today);
        var good = Good(form, answers, check);
        string One(string key) => good.TryGetValue(key, out var v) ? v[0] : "";
        string? Words(string key) => One(key) is { Length: > 0 } text ? text : null;
        IReadOnlyList<string> Many(string key) => good.TryGetValue(key, out var v) ? v : [];

        var needs = form.Pages.SelectMany(p => p.Fields.Where(f => f.Fact == "needs").SelectMany(f => Many($"{p.Id}.{f.Id}").Select(v => f.Options!.First(o => o.Id == v).Need ?? v))).Distinct().ToList();
        var own = new[] { Words("needs.other-words"), Words("own-words.words") }.Where(w => w is not null).ToList();
        var words = own.Count == 0 ? null : string.Join("\n", own);
        var crisis = answers.IsCrisis(form);
        var ages = FormCheck.Ages(One("who-lives.ages")) ?? [];
        var adults = FormCheck.Number(One("who-lives.adults"));
        var children = FormCheck.Number(One("who-lives.children"));
        var urgency = crisis ? Urgency.Today : One("how-soon.urgency") switch { "today" => Urgency.Today, "soon" => Urgency.Soon, _ => Urgency.ThisWeek };
        var spoken = Words("time-and-language.language") ?? language;
        // What is not safe is looked for in English words only: others are read by a person before anything goes.
        var unread = words is not null && new[] { spoken, language }.Any(l => l is not (null or "en" or "bsl"));
        var outward = FormCheck.Outward(One("where.postcode"));
        var address = string.Join('\n', new[] { Words("where.address"), outward }.Where(l => l is not null));

        var contact = Contact(good);
        var request = OwnWords.Tighten(new NewRequest
        {
            DoorId = door, SubmittedAt = at, Invented = invented, Code = code, Campaign = campaign, Urgency = urgency, UrgencyWhy = Why(form, answers, good, children ?? ages.Count),
            People =
            [
                new NewPerson(One("about-you.name"), MemberRole.Applicant, good.TryGetValue("about-you.born", out var born) ? check.Date(born) : null),
                .. ages.Select(age => new NewPerson("", MemberRole.Child, BirthYear: today.Year - age)),
            ],
            Contact = unread ? contact with { CheckBeforeContact = true, Words = words } : contact, AddressHidden = AtRiskSigns.Current.InWords(Words("permission.why-cannot")) || AtRiskSigns.Current.InWords(Words("permission.you-are")),
            ForSomeoneElse = answers.ForSomeoneElse, PermissionGiven = !answers.ForSomeoneElse || One("permission.knows") == "yes",
            Address = address.Length == 0 ? null : address, Postcode = Postcode.TryParse(One("where.postcode"), out var postcode) ? postcode : null, Outward = outward,
            NoFixedAddress = Many("where.no-fixed-address").Contains("yes"), Needs = needs, Words = words, Language = spoken,
            HouseholdSize = adults is null ? null : adults + (children ?? ages.Count), Answers = [.. Answers(form, good, check)],
        });
        // Only they can say it: what somebody guesses for them is not theirs.
        var permissions = Shares.Where(s => request.PermissionGiven && One(s.Field) is "yes" or "no")
            .Select(s => new NewPermission(s.To, s.To == "landlord" ? Words("home.landlord") : null, One(s.Field) == "yes", s.Categories, s.WhatFor)).ToList();
        var representation = answers.ForSomeoneElse ? new NewRepresentation(One("permission.you-are"), Words("permission.reach-you"), Words("permission.knows"), Words("permission.why-cannot")) : null;
        return new FormReading(request, permissions, representation);
    }

    /// <summary>The values of the fields that are asked of this person and read.</summary>
    private static Dictionary<string, IReadOnlyList<string>> Good(ResidentForm form, FormAnswers answers, FormCheck check)
    {
        var good = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var page in new Journey(form, answers).Pages)
        {
            var wrong = check.Errors(page, answers).Select(e => e.Field).ToHashSet();
            foreach (var field in page.Fields.Where(f => (!wrong.Contains(f.Id) || f.Fact == FormAnswers.DoNotFact) && answers.Holds(f.ShowWhen, form)))
                if (answers.Of($"{page.Id}.{field.Id}") is { Count: > 0 } given) good[$"{page.Id}.{field.Id}"] = given;
        }
        return good;
    }

    private static NewSafeContact Contact(Dictionary<string, IReadOnlyList<string>> good)
    {
        var reach = ReachOf(key => good.GetValueOrDefault("safe-contact." + key) ?? []);
        var times = good.GetValueOrDefault("time-and-language.best-time")?.Select(id => ResidentForm.English($"time-and-language.best-time.options.{id}"));
        // What they chose and what they said not to do do not go together: nobody is contacted until it is known.
        return new NewSafeContact(SafeContacts.Clash(reach) ? ContactWay.DoNotContactFirst : reach.By, reach.DoNot, reach.To, reach.Phone, reach.Email, reach.PhoneIsPrivate,
            BestTime: times is null ? null : string.Join("; ", times));
    }

    /// <summary>How they may be reached, by what the page about it says.</summary>
    internal static Reach ReachOf(Func<string, IReadOnlyList<string>> given)
    {
        string? One(string key) => given(key) is [var one, ..] ? one : null;
        var by = DoNotWords.Way(One("by"));
        var phone = Phone.TryParse(One("phone"), out var number) ? number : null;
        // A way without its number or address is no way: nobody is contacted until it is known.
        if ((by is ContactWay.Text or ContactWay.Phone && phone is null) || (by == ContactWay.Email && One("email") is null)
            || (by == ContactWay.Letter && One("letter-to") is null) || (by == ContactWay.ThroughSomeone && One("through-whom") is null)) by = ContactWay.DoNotContactFirst;
        return new Reach(by, DoNotWords.Read(given("do-not").Select(id => id == "after-3pm" ? "after-three" : id)), To: One("letter-to") ?? One("through-whom"), Phone: phone, Email: One("email"),
            PhoneIsPrivate: One("phone-is-private") == "yes");
    }

    /// <summary>The cause in words, never a score: "No food today. 84p left on the meter. 3 children."</summary>
    private static string? Why(ResidentForm form, FormAnswers answers, Dictionary<string, IReadOnlyList<string>> good, int children)
    {
        var causes = form.Page(form.Crisis.AfterPage)!.Fields.SelectMany(f => (f.Options ?? []).Where(o => o.Crisis is not null && answers.Of($"{form.Crisis.AfterPage}.{f.Id}").Contains(o.Id)))
            .DistinctBy(o => o.Crisis).Select(o => ResidentForm.English(o.Label)).ToList();
        if (good.TryGetValue("meter.left", out var left) && Money.TryParse(left[0], out var money))
            causes.Add(money.Pence < 100 ? $"{money.Pence}p left on the meter" : $"{money} left on the meter");
        if (causes.Count == 0) return null;
        if (children > 0) causes.Add(children == 1 ? "1 child" : $"{children.ToString(CultureInfo.InvariantCulture)} children");
        return string.Join(". ", causes) + ".";
    }

    private static IEnumerable<NewAnswer> Answers(ResidentForm form, Dictionary<string, IReadOnlyList<string>> good, FormCheck check)
    {
        foreach (var group in form.Pages.SelectMany(p => p.Fields.Select(f => (Key: $"{p.Id}.{f.Id}", Field: f))).Where(x => good.ContainsKey(x.Key)).GroupBy(x => x.Field.Fact))
        {
            if (OwnRows.Any(o => group.Key.StartsWith(o, StringComparison.Ordinal)) && group.Key != "language.interpreter") continue;
            var field = group.First().Field;
            var values = group.SelectMany(x => good[x.Key].Select(v => x.Field.Options?.FirstOrDefault(o => o.Id == v)?.Need ?? v)).Distinct().ToList();
            object? value = Words.Current.Fact(group.Key)?.Type switch
            {
                "choices" => values,
                "number" => FormCheck.Number(values[0]),
                "money" => Money.TryParse(values[0], out var money) ? money.Pence * (field.Times ?? 1) : null,
                "date" => field.Input == "month" ? check.Month(values[0])?.ToString("yyyy-MM", CultureInfo.InvariantCulture) : check.Date(values),
                _ => values[0],
            };
            if (value is not null) yield return new NewAnswer(group.Key, JsonSerializer.Serialize(value, ContentFiles.Json));
        }
    }
}
