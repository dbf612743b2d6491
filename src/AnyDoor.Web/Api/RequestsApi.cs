using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Api;

/// <summary><c>POST /api/v1/requests</c>: a partner's system sends a request for a household. The same clock and the same offer as any door.</summary>
internal static class RequestsApi
{
    internal sealed record Body(string? Door, string? For, bool? Permission, IReadOnlyList<BodyPerson?>? People, string? Postcode, bool? NoFixedAddress,
        IReadOnlyList<string?>? Needs, string? Urgency, BodyContact? SafeContact, string? Words, bool? HideAddress);

    internal sealed record BodyPerson(string? Name, DateOnly? DateOfBirth, string? Role);

    internal sealed record BodyContact(string? By, string? To, IReadOnlyList<string?>? DoNot);

    internal sealed record Answer(string Reference);

    public static async Task<IResult> PostAsync(HttpContext http, Commands commands, Arrivals arrivals, PostcodeDirectory postcodes, Database database, DatabaseMark mark, TimeProvider clock)
    {
        var (caller, refused) = await ApiCall.CallerAsync(http, ApiKeys.WriteRequests);
        if (caller is null) return refused!;
        var (key, noKey) = ApiCall.IdempotencyKey(http);
        if (key is null) return noKey!;
        var (body, hash, bad) = await ApiCall.ReadAsync<Body>(http);
        if (body is null) return bad!;

        await postcodes.RefreshAsync(http.RequestAborted);
        await using var db = database.Open();
        var home = caller.Worker.OrganisationId;
        var kind = await db.Set<Organisation>().Where(o => o.Id == home).Select(o => o.Kind).SingleAsync(http.RequestAborted);
        List<string> doors = [.. (await db.Set<Door>().OrderBy(d => d.Id).ToListAsync(http.RequestAborted)).Where(d => Doors.IsOpenTo(d, caller.Worker.Role, kind, home)).Select(d => d.Id)];
        var read = Read(body, doors, caller.Worker, clock, mark.IsDemo == true);
        var once = new Once($"api-requests:{caller.Worker.Id}", key, hash);
        if (!read.Done)
        {
            return await commands.EarlierAsync<Answer>(once, http.RequestAborted) is { Done: false } reused ? ApiCall.Refuse(409, reused.Refusal) : ApiCall.Refuse(422, read.Refusal);
        }

        var who = ApiCall.Who(caller, read.Value.DoorId, Purpose.RespondToRequest, clock);
        var result = await commands.RunAsync(who, async c => (Result<Answer>)new Answer((await arrivals.ReceiveAsync(c, read.Value)).Reference),
            http.RequestAborted, once);
        if (result.Done) return Results.Json(result.Value, ApiCall.Json, statusCode: 201);
        return ApiCall.Refuse(result.Refusal.Code == Commands.KeyReused ? 409 : 422, result.Refusal);
    }

    private static Result<NewRequest> Read(Body body, List<string> doors, Worker worker, TimeProvider clock, bool invented)
    {
        if (body.Door is null || !doors.Contains(body.Door)) return new Refusal("bad-door", $"“{body.Door}” is not a door of yours. Use one of: {string.Join(", ", doors)}.", "door");
        if (body.For is not ("self" or "someone-else")) return new Refusal("bad-for", "Say who it is for: “self” or “someone-else”.", "for");
        if (body.For == "someone-else" && body.Permission != true) return new Refusal("permission-needed", "Ask the person first. A request for someone else needs “permission”: true.", "permission");
        if (body.People is not { Count: > 0 and <= 30 }) return new Refusal("bad-people", "Name at least one person, the one who asks first, and at most 30.", "people");

        var people = new List<NewPerson>();
        foreach (var (person, index) in body.People.Select((p, i) => (p, i)))
        {
            if (person is null || string.IsNullOrWhiteSpace(person.Name) || person.Name.Length > 200) return new Refusal("bad-name", "Each person needs a name of at most 200 letters.", $"people[{index}].name");
            if (person.DateOfBirth is { } born && (born > clock.Today() || born < clock.Today().AddYears(-120))) return new Refusal("bad-date-of-birth", $"{born:yyyy-MM-dd} cannot be a date of birth.", $"people[{index}].date_of_birth");
            var role = index == 0 ? MemberRole.Applicant : person.Role?.ToLowerInvariant() switch { "partner" => MemberRole.Partner, "child" => MemberRole.Child, "adult" => MemberRole.Adult, _ => MemberRole.Other };
            people.Add(new NewPerson(person.Name.Trim(), role, person.DateOfBirth));
        }

        Postcode? postcode = null;
        if (!string.IsNullOrWhiteSpace(body.Postcode))
            postcode = Postcode.TryParse(body.Postcode, out var read) ? read : default(Postcode?);
        if (!string.IsNullOrWhiteSpace(body.Postcode) && postcode is null) return new Refusal("bad-postcode", $"“{body.Postcode}” is not a postcode. Write it like PE13 1AB, or leave it out.", "postcode");

        var needs = new List<string>();
        foreach (var word in body.Needs ?? [])
        {
            var need = word is null ? null : Words.Current.Need(word) ?? Words.Current.Needs.FirstOrDefault(n => string.Equals(n.Plain, word, StringComparison.OrdinalIgnoreCase) || (n.ImportWords ?? []).Contains(word, StringComparer.OrdinalIgnoreCase));
            if (need is null) return new Refusal("bad-need", $"“{word}” is not a need we know. Use ids like: {string.Join(", ", Words.Current.Needs.Take(6).Select(n => n.Id))}.", "needs");
            needs.Add(need.Id);
        }
        if (needs.Count == 0) return new Refusal("bad-need", "Say at least one need.", "needs");
        if (body.Urgency is not ("today" or "this-week" or "soon")) return new Refusal("bad-urgency", "Say how urgent it is: “today”, “this-week” or “soon”.", "urgency");
        if (body.Words is { Length: > 4000 }) return new Refusal("too-long", "The words are longer than 4,000 letters.", "words");

        var contact = ReadContact(body.SafeContact);
        if (!contact.Done) return contact.Refusal;
        var partner = worker.Role is Role.PartnerWorker or Role.PartnerAdministrator or Role.Councillor or Role.Connector;
        return new NewRequest
        {
            DoorId = body.Door, People = people, Contact = contact.Value, SubmittedAt = clock.UtcNow(), Invented = invented,
            Urgency = body.Urgency switch { "today" => Urgency.Today, "this-week" => Urgency.ThisWeek, _ => Urgency.Soon },
            ForSomeoneElse = body.For == "someone-else", PermissionGiven = body.For == "self" || body.Permission == true,
            BroughtByOrganisation = partner ? worker.OrganisationId : null, BroughtByWorker = partner ? worker.Id : null,
            Postcode = postcode, NoFixedAddress = body.NoFixedAddress == true, AddressHidden = body.HideAddress == true, Needs = needs, Words = body.Words, UrgencyWhy = body.Words,
        };
    }

    private static Result<NewSafeContact> ReadContact(BodyContact? body)
    {
        if (body is null) return new NewSafeContact(ContactWay.DoNotContactFirst);
        ContactWay by;
        DoNot doNot;
        try { (by, doNot) = (DoNotWords.Way(body.By), DoNotWords.Read(body.DoNot)); }
        catch (InvalidDataException error) { return new Refusal("bad-safe-contact", error.Message, "safe_contact"); }
        var to = string.IsNullOrWhiteSpace(body.To) ? null : body.To.Trim();
        string? phone = null;
        if (by is ContactWay.Text or ContactWay.Phone && to is not null)
            phone = Phone.TryParse(to, out var number) ? number : null;
        if (by is ContactWay.Text or ContactWay.Phone && to is not null && phone is null) return new Refusal("bad-safe-contact", "That is not a telephone number. Write it like 07700 900123.", "safe_contact.to");
        var email = by == ContactWay.Email ? to : null;
        if (email is not null && !email.Contains('@', StringComparison.Ordinal)) return new Refusal("bad-safe-contact", "That is not an email address.", "safe_contact.to");
        return new NewSafeContact(by, doNot, To: by is ContactWay.Letter or ContactWay.ThroughSomeone ? to : null, Phone: phone, Email: email);
    }
}
