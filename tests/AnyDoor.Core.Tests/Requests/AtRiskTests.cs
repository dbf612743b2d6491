using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

/// <summary>Somebody may be looking for them: by whatever way it is said, where they live is hidden from that moment, and only a senior of the hub shows it again.</summary>
[Requirement("R-ISA-08")]
public sealed class AtRiskTests
{
    private static async Task<(Hub Hub, Home Home)> OpenAsync(Db kind)
    {
        var hub = await Hub.OpenAsync(kind);
        var home = await hub.Desk.HomeAsync(phone: "07700900418", people: [new Told("Vera Canaryworth", Born: "1988-04-04"), new Told("Kiddo Canaryworth", MemberRole.Child, "2019-05-05")]);
        await hub.Desk.GroundAsync(home, GroundCause.OpenRequest);
        return (hub, home);
    }

    private static async Task<HouseholdView> SeenAsync(Hub hub, Home home) => (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Nadia), home.Id, default))!;

    private static async Task<Result<bool>> SayAsync(Hub hub, Home home, string? words, bool tick = false)
    {
        var seen = await SeenAsync(hub, home);
        return await hub.Desk.Reader.ChangeReachAsync(Desk.As(hub.Desk.Nadia), home.Id, home.Applicant,
            new ReachChange(new Reach(ContactWay.Text, DoNot.Nothing, Phone: "07700900418", Words: words), SafeContacts.Mark(seen.Applicant!.Reach), "Gave date of birth", HideHome: tick), default);
    }

    private static async Task ShouldBeHiddenAsync(Hub hub, Home home, bool hidden = true)
    {
        var seen = await SeenAsync(hub, home);
        seen.Home.Withheld.ShouldBe(hidden);
        (seen.District is null).ShouldBe(hidden);
        (seen.Notices.Count > 0).ShouldBe(hidden);
        (await hub.Desk.Reader.SearchAsync(Desk.As(hub.Desk.Nadia), "PE13 9ZT", default)).Count.ShouldBe(hidden ? 0 : 2, "a search by postcode");
        var rows = await hub.Desk.Reader.ListAsync(Desk.As(hub.Desk.Nadia, page: "queue"), [(home.Id, home.Applicant)], default);
        rows[(home.Id, home.Applicant)].Withheld.ShouldBe(hidden, "the queue");
        var typed = await hub.Desk.Reader.WhileTypingAsync(Desk.As(hub.Desk.Nadia, page: "call"), new PersonFacts("Vera Canaryworth", new DateOnly(1988, 4, 4), null, [], ["PE139ZT"]), default);
        typed.ShouldAllBe(t => (t.Other.PostcodeSector == null) == hidden && (!hidden || !t.Agrees.Any(a => a.Code == "postcode-same")));
    }

    [Theory, OnBothDatabases]
    public async Task SafeContact_WordsThatSayIt_HideWhereTheyLive(Db kind)
    {
        var (hub, home) = await OpenAsync(kind);
        await using var _ = hub;
        (await SayAsync(hub, home, "After work only")).Done.ShouldBeTrue();
        await ShouldBeHiddenAsync(hub, home, hidden: false);

        (await SayAsync(hub, home, "I am in a refuge, I fled from him. Keep my address secret.")).Done.ShouldBeTrue();

        await ShouldBeHiddenAsync(hub, home);
        await using var db = hub.Desk.Test.Database.Open();
        (await db.Set<AuditEvent>().CountAsync(e => e.Kind == "safety.marked" && e.HouseholdId == home.Id)).ShouldBe(1);
        (await db.Set<Person>().CountAsync(p => home.People.Contains(p.Id) && p.AtRisk)).ShouldBe(2, "the children who live with them too");
    }

    [Theory, OnBothDatabases]
    public async Task SafeContact_TheTick_HidesWhereTheyLive(Db kind)
    {
        var (hub, home) = await OpenAsync(kind);
        await using var _ = hub;

        (await SayAsync(hub, home, null, tick: true)).Done.ShouldBeTrue();

        await ShouldBeHiddenAsync(hub, home);
    }

    [Theory, OnBothDatabases]
    public async Task Sitting_AnAnswerThatSaysIt_HidesWhereTheyLive(Db kind)
    {
        foreach (var (fact, value) in new[] { ("safety.not_safe_now", "\"yes\""), ("safety.hidden_address", "\"yes\""), ("shock.what_changed", "[\"fled\"]"), ("needs.own_words", "\"My ex partner must never find out my new address, please keep it confidential\"") })
        {
            var (hub, home) = await OpenAsync(kind);
            await using var _ = hub;
            var talk = new ConversationService(hub.Desk.Commands);
            (await talk.SaveAsync(hub.Nadia, home.Id, home.Applicant, [new AnswerChange("safety.not_safe_now", "\"no\""), new AnswerChange("needs.own_words", "\"Nothing to eat\"")], default)).Done.ShouldBeTrue();
            await ShouldBeHiddenAsync(hub, home, hidden: false);
            var standing = await StandingAsync(hub, fact);

            var saved = await talk.SaveAsync(hub.Nadia, home.Id, home.Applicant, [new AnswerChange(fact, value, standing)], default);

            saved.Value!.Saved.ShouldBe([fact]);
            await ShouldBeHiddenAsync(hub, home);
        }

        static async Task<Guid?> StandingAsync(Hub hub, string fact)
        {
            await using var db = hub.Desk.Test.Database.Open();
            return await db.Set<Answer>().Where(a => a.Fact == fact && a.ReplacedAt == null).Select(a => (Guid?)a.Id).SingleOrDefaultAsync();
        }
    }

    [Theory, OnBothDatabases]
    public async Task Sitting_TheNeedNotSafe_HidesWhereTheyLive(Db kind)
    {
        var (hub, home) = await OpenAsync(kind);
        await using var _ = hub;
        var talk = new ConversationService(hub.Desk.Commands);
        (await talk.ConfirmNeedAsync(hub.Nadia, home.Id, home.Applicant, "food", null, default)).Done.ShouldBeTrue();
        await ShouldBeHiddenAsync(hub, home, hidden: false);

        (await talk.ConfirmNeedAsync(hub.Nadia, home.Id, home.Applicant, "not-safe", null, default)).Done.ShouldBeTrue();

        await ShouldBeHiddenAsync(hub, home);
    }

    [Theory, OnBothDatabases]
    public async Task Request_WordsOrAnAnswerOrTheTick_HideWhereTheyLive_ByEveryDoor(Db kind)
    {
        var plain = new NewRequest
        {
            DoorId = "food-bank", People = [new NewPerson("Vera Canaryworth", MemberRole.Applicant, new DateOnly(1988, 4, 4))], Contact = new NewSafeContact(ContactWay.Text, Phone: "07700900418"), Urgency = Urgency.Today,
            SubmittedAt = Desk.Now, Invented = true, Needs = ["food"], Postcode = Postcode.TryParse("CB7 4AA", out var postcode) ? postcode : null, Words = "Need food",
        };
        await using var hub = await Hub.OpenAsync(kind);
        foreach (var (request, hidden) in new[]
        {
            (plain, false), (plain with { AddressHidden = true }, true), (plain with { Needs = ["not-safe"] }, true), (plain with { Answers = [new NewAnswer("shock.what_changed", "[\"fled\"]")] }, true),
            (plain with { Words = "domestic violence and he is looking for me" }, true), (plain with { Words = "I am hiding from my ex" }, true), (plain with { Words = "non molestation order against my ex" }, true),
            (plain with { Contact = plain.Contact with { Words = "He must not know where I live" } }, true), (plain with { Words = "Ukrywam się przed mężem" }, true),
        })
        {
            var received = (await hub.Desk.Commands.RunAsync(Desk.Job(), c => Task.FromResult<Result<Received>>(hub.Intake.Receive(c, request with { Id = Guid.CreateVersion7() })), default)).Value!;
            (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Nadia), received.HouseholdId, default))!.Home.Withheld.ShouldBe(hidden, request.Words);
        }
    }

    [Theory, OnBothDatabases]
    public async Task Caller_WhoIsKnownAndHasAnOpenRequest_SaysIt_IsHiddenToo(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var received = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today, district: "E07000010");
        NewRequest Call(string words) => new() { DoorId = "food-bank", People = [], Contact = new NewSafeContact(ContactWay.DoNotContactFirst), Urgency = Urgency.Soon, SubmittedAt = Desk.Now, Invented = true, Words = words };
        (await hub.Calls.TakeKnownAsync(Desk.As(hub.Desk.Nadia), received.HouseholdId, received.ApplicantId, "Gave her street", Call("The boiler broke"), new Once("call", "a", [1]), default)).Value.ShouldBe(received.Reference);
        (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Nadia), received.HouseholdId, default))!.Home.Withheld.ShouldBeFalse();

        (await hub.Calls.TakeKnownAsync(Desk.As(hub.Desk.Nadia), received.HouseholdId, received.ApplicantId, "Gave her street", Call("He is looking for me"), new Once("call", "b", [1]), default)).Value.ShouldBe(received.Reference);

        (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Nadia), received.HouseholdId, default))!.Home.Withheld.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    public async Task TakenOff_OnlyByTheHubsSenior_WhoDidNotAsk_AndTheLeadHearsOfIt(Db kind)
    {
        var (hub, home) = await OpenAsync(kind);
        await using var _ = hub;
        var (desk, reader) = (hub.Desk, hub.Desk.Reader);
        await SayAsync(hub, home, "I am in a refuge");
        var bea = desk.Other(Role.Approver);
        var partnerSenior = desk.Joy with { WorkerId = Guid.NewGuid(), Role = Role.PartnerAdministrator };
        const string why = "He has died: the refuge worker rang and said so, and she confirms it.";

        (await reader.AskLiftAsync(Desk.As(desk.Nadia), home.Id, "He died", default)).Refusal!.Field.ShouldBe("lift");
        (await reader.AskLiftAsync(Desk.As(desk.Joy), home.Id, why, default)).Refusal!.Code.ShouldBe("not-found");
        (await reader.AskLiftAsync(Desk.As(desk.Nadia), Guid.NewGuid(), why, default)).Refusal!.Code.ShouldBe("not-found");
        (await reader.AskLiftAsync(Desk.As(desk.Nadia), home.Id, why, default)).Done.ShouldBeTrue();
        (await reader.AskLiftAsync(Desk.As(desk.Nadia), home.Id, why, default)).Refusal!.Code.ShouldBe("asked-already");
        await ShouldBeHiddenAsync(hub, home);

        (await reader.LiftsAsync(partnerSenior, default)).ShouldBeEmpty();
        (await reader.LiftsAsync(desk.Nadia with { Role = Role.Approver }, default)).ShouldBeEmpty("nobody answers their own");
        var ask = (await reader.LiftsAsync(bea, default)).ShouldHaveSingleItem();
        (ask.Worker, ask.Reason).ShouldBe(("Nadia Wexcombe", why));
        foreach (var nobody in new[] { partnerSenior, desk.Nadia, desk.Nadia with { Role = Role.Approver }, desk.Joy })
            (await reader.AnswerLiftAsync(Desk.As(nobody), ask.Id, show: true, default)).Value.ShouldBeFalse();
        await ShouldBeHiddenAsync(hub, home);

        (await reader.AnswerLiftAsync(Desk.As(bea), ask.Id, show: false, default)).Value.ShouldBeTrue();
        await ShouldBeHiddenAsync(hub, home);
        (await reader.AnswerLiftAsync(Desk.As(bea), ask.Id, show: true, default)).Value.ShouldBeFalse("it is answered");
        (await reader.AskLiftAsync(Desk.As(desk.Nadia, at: Desk.Now.AddHours(1)), home.Id, why, default)).Done.ShouldBeTrue();
        (await reader.AnswerLiftAsync(Desk.As(bea, at: Desk.Now.AddHours(2)), (await reader.LiftsAsync(bea, default)).Single().Id, show: true, default)).Value.ShouldBeTrue();

        await ShouldBeHiddenAsync(hub, home, hidden: false);
        var raised = await new InformationDesk(desk.Test.Database, desk.Commands).RaisedAsync("safety-", default);
        raised.Select(r => (r.Kind, r.Reason)).ShouldBe([("safety-lift-asked", why), ("safety-lift-asked", why), ("safety-lifted", why)], ignoreOrder: true);
        await using (var db = desk.Test.Database.Open())
            (await db.Set<AuditEvent>().Where(e => e.HouseholdId == home.Id && e.Kind.StartsWith("safety.")).OrderBy(e => e.At).Select(e => e.Kind).ToListAsync()).ShouldBe(["safety.marked", "safety.lift-asked", "safety.kept", "safety.lift-asked", "safety.lifted"], ignoreOrder: true);

        // The same words saved again say nothing new; new ones do.
        (await SayAsync(hub, home, "I am in a refuge")).Done.ShouldBeTrue();
        await ShouldBeHiddenAsync(hub, home, hidden: false);
        (await SayAsync(hub, home, "He found me again, I am hiding from him")).Done.ShouldBeTrue();
        await ShouldBeHiddenAsync(hub, home);
    }
}
