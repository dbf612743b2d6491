using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Demo;

/// <summary>What waits in the queue today, and the weeks before it: Family 1 URBAN and her neighbours, all invented.</summary>
public sealed class DemoToday(Commands commands, Intake intake, AwardService awards)
{
    private sealed record Persona(PersonaPlace Place, PersonaHousehold Household, PersonaRequest Request, IReadOnlyList<PersonaAnswer> Answers);
    private sealed record PersonaPlace(string Postcode, string Lsoa11, string District);
    private sealed record PersonaHousehold(string Address, IReadOnlyList<PersonaPerson> People);
    private sealed record PersonaPerson(string Name, DateOnly DateOfBirth, string Role, bool Asker = false);
    private sealed record PersonaRequest(string Door, IReadOnlyList<string> Needs, string Words);
    private sealed record PersonaAnswer(string Fact, JsonElement Value, string Origin);

    private sealed record Told(string Name, int Age, int People, string[] Needs, Urgency Urgency, string Why, string Door, double HoursAgo, string District, string Language = "en", bool TextOnly = false, string? Organisation = null);

    // The people of the demo's screens. Hours ago, so that the queue is as fresh as the day it is made.
    private static readonly Told[] Known =
    [
        new("Callum Abernook", 81, 1, ["heating-or-electricity"], Urgency.Today, "Boiler broken, no other heat", "phone-county-hub", 1.1, "E07000010"),
        new("Xanthe Nettlefold-Ash", 29, 2, ["food"], Urgency.Today, "Nothing in for tea tonight", "food-bank", 0.8, "E07000010", TextOnly: true, Organisation: "waterlees-pantry"),
        new("Amara Wainfleet-Moor", 44, 4, ["rent-or-council-tax", "losing-home"], Urgency.ThisWeek, "Court letter, hearing on 3 December", "citizens-advice", 74, "E07000010", "ro", Organisation: "fenland-advice"),
        new("Samir Inkerfield", 33, 1, ["food", "benefits-check"], Urgency.ThisWeek, "Lost his job, first Universal Credit payment five weeks away", "web-form", 24, "E07000011"),
        new("Uzma Kettlebrook", 39, 3, ["heating-or-electricity", "someone-to-talk-to"], Urgency.ThisWeek, "Off work, nobody spoken to since Friday", "councillor", 18, "E07000009", "ur"),
        new("Yusuf Mossendale", 36, 3, ["food", "school-uniform-or-laptop"], Urgency.Soon, "Pay cut, managing until Friday", "school", 3, "E07000009", Organisation: "larkmere-primary"),
        new("Tamsin Okonjo-Vale", 27, 4, ["hygiene-and-cleaning", "baby-things"], Urgency.Soon, "New baby, nothing spare", "phone-county-hub", 5, "E07000011", "pl"),
    ];

    public async Task EnsureAsync(AuditContext who, CancellationToken cancel)
    {
        await commands.RunAsync(who, async c =>
        {
            var organisations = await c.Db.Set<Organisation>().ToDictionaryAsync(o => o.Handle, o => o.Id, c.Cancel);
            var requests = new List<NewRequest> { FamilyOne(who.At, organisations) };
            requests.AddRange(Known.Select((told, i) => Read(told, who.At, organisations, new InventedPeople(100 + i))));
            requests.AddRange(Others(who.At));
            intake.Receive(c, requests);
            return (Result<int>)requests.Count;
        }, cancel, new Once(DemoCounty.Scope, "queue", [1]));

        // The eight weeks before: people helped from the live fund, so that its pages have something to show.
        var weeks = await commands.RunAsync(who, async c =>
        {
            var people = new InventedPeople(77);
            var earlier = Enumerable.Range(0, 120).Select(_ => Earlier(people, who.At)).ToList();
            var received = intake.Receive(c, earlier);
            await c.FlushAsync();
            var asks = received.Select((r, i) => new AwardAsk
            {
                SchemeId = "crisis-and-resilience-fund", AwardType = "crisis-payment", AmountPence = Amount(earlier[i].HouseholdSize ?? 1), HouseholdId = r.HouseholdId, RequestId = r.RequestId,
                District = earlier[i].District, EffectiveAt = earlier[i].FirstContactAt, Delivery = AwardAsk.AsRecorded, Imported = true,
                State = i % 9 == 0 ? AwardStatus.Issued : AwardStatus.Redeemed, Reason = "A financial shock, and food or energy that could not be met.",
            }).ToList();
            var made = await awards.AwardAsync(c, asks);
            return made.Done ? made.Value.Count : (Result<int>)made.Refusal;
        }, cancel, new Once(DemoCounty.Scope, "weeks-before", [1]));
        if (!weeks.Done) throw new InvalidOperationException($"The demo county could not be made: {weeks.Refusal.Sentence}");
    }

    private static long Amount(int people) => people switch { <= 1 => 6500, 2 => 8500, 3 => 11500, 4 => 15500, 5 => 19000, _ => 22500 };

    private static NewRequest FamilyOne(DateTime now, Dictionary<string, Guid> organisations)
    {
        var persona = ContentFiles.Read<Persona>("personas/family-1-urban.json");
        return new NewRequest
        {
            DoorId = persona.Request.Door,
            People = [.. persona.Household.People.OrderByDescending(p => p.Asker).Select((p, i) =>
                new NewPerson(p.Name, i == 0 ? MemberRole.Applicant : p.Role == "child" ? MemberRole.Child : MemberRole.Partner, p.DateOfBirth))],
            Contact = new NewSafeContact(ContactWay.Text, DoNot.VoiceMessage, Phone: "07700900418", PhoneIsPrivate: true, BestTime: "9am to 2:30pm"),
            Urgency = Urgency.Today, UrgencyWhy = "84p left on the meter, three children", SubmittedAt = now.AddHours(-2), Invented = true,
            PermissionGiven = true, BroughtByOrganisation = organisations["fen-reach-homes"], Address = persona.Household.Address,
            Postcode = Postcode.TryParse(persona.Place.Postcode, out var postcode) ? postcode : null, District = "E07000010", Lsoa11 = persona.Place.Lsoa11,
            Needs = persona.Request.Needs, Words = persona.Request.Words, Language = "en", HouseholdSize = persona.Household.People.Count,
            // What she said on the form; what she will say on the call is for the call.
            Answers = [.. persona.Answers.Where(a => a.Origin == "request").Select(a => new NewAnswer(a.Fact, a.Value.GetRawText()))],
        };
    }

    private static NewRequest Read(Told told, DateTime now, Dictionary<string, Guid> organisations, InventedPeople people) => new()
    {
        DoorId = told.Door,
        People = [new NewPerson(told.Name, MemberRole.Applicant, LondonTime.DayOf(now).AddYears(-told.Age).AddDays(-40))],
        Contact = told.TextOnly ? new NewSafeContact(ContactWay.Text, DoNot.Phone | DoNot.VoiceMessage, Phone: Digits(people.Phone())) : new NewSafeContact(ContactWay.Phone, Phone: Digits(people.Phone())),
        Urgency = told.Urgency, UrgencyWhy = told.Why, SubmittedAt = now.AddHours(-told.HoursAgo), Invented = true, PermissionGiven = true, ForSomeoneElse = told.Organisation is not null,
        BroughtByOrganisation = told.Organisation is { } handle ? organisations[handle] : null, Address = people.Address(), District = told.District, Needs = told.Needs, Words = told.Why + ".",
        Language = told.Language, HouseholdSize = told.People,
    };

    private static IEnumerable<NewRequest> Others(DateTime now)
    {
        var people = new InventedPeople(26);
        string[] whys = ["Pay is late again", "Meter on emergency credit", "Benefit stopped without a letter", "Fridge has gone", "New in the area, no cot", "Bills came together", "Cannot get to work until payday"];
        string[] doors = ["web-form", "web-form", "phone-county-hub", "phone-county-hub", "food-bank", "school", "housing-association"];
        string[] needs = ["food", "heating-or-electricity", "debt-or-budgeting", "appliance", "baby-things", "work", "transport"];
        string[] districts = ["E07000008", "E07000009", "E07000010", "E07000011", "E07000012", "E06000031"];
        for (var i = 0; i < 26; i++)
        {
            var size = people.Next(1, 6);
            var urgency = i < 3 ? Urgency.Today : i < 10 ? Urgency.ThisWeek : Urgency.Soon;
            yield return new NewRequest
            {
                DoorId = people.Pick(doors), People = [new NewPerson($"{people.FirstName()} {people.LastName()}", MemberRole.Applicant, people.Born(18, 80, LondonTime.DayOf(now)))],
                Contact = new NewSafeContact(people.Pick([ContactWay.Phone, ContactWay.Text]), Phone: Digits(people.Phone())), Urgency = urgency, UrgencyWhy = people.Pick(whys),
                SubmittedAt = now.AddMinutes(-people.Next(20, urgency == Urgency.Today ? 170 : 60 * 30)), Invented = true, PermissionGiven = true, Address = people.Address(), District = people.Pick(districts),
                Needs = [people.Pick(needs)], Language = people.Pick(["en", "en", "en", "lt", "pl", "ro"]), HouseholdSize = size,
            };
        }
    }

    private static NewRequest Earlier(InventedPeople people, DateTime now)
    {
        var asked = now.AddDays(-people.Next(3, 56)).AddMinutes(-people.Next(0, 600));
        var size = people.Next(1, 7);
        return new NewRequest
        {
            DoorId = people.Pick(["web-form", "phone-county-hub", "food-bank", "school", "housing-association", "citizens-advice"]),
            People = [new NewPerson($"{people.FirstName()} {people.LastName()}", MemberRole.Applicant, people.Born(18, 80, LondonTime.DayOf(now)))],
            Contact = new NewSafeContact(ContactWay.Phone, Phone: Digits(people.Phone())), Urgency = people.Pick([Urgency.Today, Urgency.ThisWeek]), UrgencyWhy = "Nothing left until payday",
            SubmittedAt = asked, FirstContactAt = asked.AddHours(people.Next(1, 30)), Status = RequestStatus.Helped, Invented = true, PermissionGiven = true, Address = people.Address(),
            District = people.Pick(["E07000008", "E07000009", "E07000010", "E07000011", "E07000012"]), Needs = [people.Pick(["food", "heating-or-electricity"])], Language = "en", HouseholdSize = size,
        };
    }

    private static string Digits(string phone) => Phone.TryParse(phone, out var number) ? number : phone;
}
