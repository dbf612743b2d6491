using AnyDoor.Audit;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

/// <summary>A call to the hub: entered anew, or found; and straight into the sitting.</summary>
public sealed class CallTests
{
    private static readonly DateTime Now = Desk.Now;

    private static NewRequest Call(string name = "Leanne Harrowmere", NewSafeContact? contact = null) => new()
    {
        DoorId = "food-bank", People = [new NewPerson(name, MemberRole.Applicant, new DateOnly(1990, 3, 14))], Contact = contact ?? new NewSafeContact(ContactWay.Text, Phone: "07700900418", PhoneIsPrivate: true),
        Urgency = Urgency.Today, Words = "84p on the meter", SubmittedAt = Now, Invented = true,
    };

    private static Once Key(string key) => new("call:test", key, [1]);

    [Theory, OnBothDatabases]
    [Requirement("R-HUB-04")]
    public async Task Take_SomebodyNew_IsTheirsAndTalkedWith_OnceHoweverOftenPressed(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var request = Call();

        var taken = await hub.Calls.TakeAsync(Desk.As(hub.Desk.Nadia, page: "call"), request, Key("a"), default);
        var again = await hub.Calls.TakeAsync(Desk.As(hub.Desk.Nadia, page: "call"), request, Key("a"), default);

        again.Value.ShouldBe(taken.Value);
        var row = (await hub.ReadAsync(new QueueFilter { Tab = QueueTab.Yours })).Rows.ShouldHaveSingleItem();
        (row.Reference, row.Status).ShouldBe((taken.Value!, RequestStatus.Claimed));
        (await hub.RequestAsync(taken.Value!)).FirstContactAt.ShouldBe(Now);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DAW-08")]
    public async Task Take_TellsThemThatWeHaveIt_AsAFormDoes_UnderTheSameSafeContact(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);

        var private_ = (await hub.Calls.TakeAsync(Desk.As(hub.Desk.Nadia), Call(), Key("a"), default)).Value!;
        var notAsked = (await hub.Calls.TakeAsync(Desk.As(hub.Desk.Nadia), Call("Uzma Kettlebrook", new NewSafeContact(ContactWay.DoNotContactFirst, Phone: "07700900256")), Key("b"), default)).Value!;
        var unknowing = (await hub.Calls.TakeAsync(Desk.As(hub.Desk.Nadia), Call("Samir Inkerfield") with { ForSomeoneElse = true }, Key("c"), default)).Value!;

        async Task<OutboxMessage> MessageAsync(string reference)
        {
            var id = (await hub.RequestAsync(reference)).Id;
            await using var db = hub.Desk.Test.Database.Open();
            return await db.Set<OutboxMessage>().SingleAsync(m => m.CauseId == id);
        }
        var told = await MessageAsync(private_);
        (told.MessageId, told.State, told.HasContent).ShouldBe(("request-received", MessageState.Waiting, true));
        (await MessageAsync(notAsked)).Why.ShouldBe("How to reach them safely is not answered: do not contact first.");
        (await MessageAsync(unknowing)).Why.ShouldStartWith("They may not know yet that somebody asked for them");
        (await hub.RequestAsync(private_)).CodeHash.ShouldNotBeNull("they can see where it is with a code, like anybody else");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HUB-04"), Requirement("R-HH-04")]
    public async Task TakeKnown_TheHubHelpedBefore_IsANewRequestOfTheSameHousehold(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var before = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
        await hub.Requests.RecordContactAsync(hub.Nadia, before.Reference, new ContactTry("phone", "spoke"), default);
        await hub.Requests.FinishAsync(hub.Nadia, before.Reference, RequestStatus.Helped, default);
        var later = Desk.As(hub.Desk.Nadia, page: "call", at: Now.AddDays(200));
        (await hub.Desk.Reader.OpenAsync(later, before.HouseholdId, default)).ShouldBeNull("no grounds are left");

        (await hub.Calls.TakeKnownAsync(later, before.HouseholdId, before.ApplicantId, "no", Call() with { SubmittedAt = Now.AddDays(200) }, Key("a"), default)).Refusal!.Field.ShouldBe("how");
        var taken = await hub.Calls.TakeKnownAsync(later, before.HouseholdId, before.ApplicantId, "Gave date of birth and street", Call() with { SubmittedAt = Now.AddDays(200) }, Key("a"), default);

        taken.Done.ShouldBeTrue();
        var request = await hub.RequestAsync(taken.Value!);
        (request.HouseholdId, request.ApplicantId, request.ClaimedBy).ShouldBe((before.HouseholdId, before.ApplicantId, hub.Desk.Nadia.WorkerId));
        await using var db = hub.Desk.Test.Database.Open();
        (await db.Set<Person>().CountAsync()).ShouldBe(1, "nobody was entered twice");
        var known = await db.Set<AuditEvent>().SingleAsync(e => e.Kind == "caller.known");
        (await db.Set<AuditContent>().SingleAsync(c => c.EventId == known.Id)).Body.ShouldBe("Gave date of birth and street");
        (await hub.Desk.Reader.OpenAsync(later, before.HouseholdId, default)).ShouldNotBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task TakeKnown_WithAnOpenRequest_GoesThere_AndAColleagueKeepsTheirs(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var open = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
        await hub.Requests.ClaimAsync(await hub.ColleagueAsync("tom", "Tom Ellerholt"), open.Reference, default);

        var taken = await hub.Calls.TakeKnownAsync(Desk.As(hub.Desk.Nadia), open.HouseholdId, open.ApplicantId, "Gave her reference", Call(), Key("a"), default);

        taken.Value.ShouldBe(open.Reference);
        (await hub.RequestAsync(open.Reference)).ClaimedBy.ShouldNotBe(hub.Desk.Nadia.WorkerId);
        (await hub.ReadAsync(new QueueFilter())).Total.ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HH-02"), Requirement("R-CAS-04")]
    public async Task TakeKnown_AnotherMemberOfTheHome_GetsTheirOwnRequest_AndTheFirstOnesStaysAsItWas(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var hers = (await hub.Desk.Commands.RunAsync(Desk.Job(), c => Task.FromResult<AnyDoor.Common.Result<Received>>(hub.Intake.Receive(c, Call() with
        {
            People = [new NewPerson("Leanne Harrowmere", MemberRole.Applicant, new DateOnly(1990, 3, 14)), new NewPerson("Craig Harrowmere", MemberRole.Partner, new DateOnly(1988, 5, 2))],
            Contact = new NewSafeContact(ContactWay.Text, DoNot.Phone | DoNot.SpeakToOthers, Phone: "07700900418", PhoneIsPrivate: true),
        })), default)).Value!;
        Guid craig;
        await using (var db = hub.Desk.Test.Database.Open()) craig = (await db.Set<Person>().SingleAsync(p => p.Name == "Craig Harrowmere")).Id;

        var taken = await hub.Calls.TakeKnownAsync(Desk.As(hub.Desk.Nadia, page: "call"), hers.HouseholdId, craig, "Gave his date of birth", Call("Craig Harrowmere"), Key("a"), default);

        taken.Value.ShouldNotBe(hers.Reference);
        (await hub.RequestAsync(taken.Value!)).ApplicantId.ShouldBe(craig);
        var first = await hub.RequestAsync(hers.Reference);
        (first.FirstContactAt, first.ClaimedBy).ShouldBe((null, null), "nobody spoke with her");
        var his = (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Nadia), hers.HouseholdId, default, about: craig))!;
        his.Applicant!.PersonId.ShouldBe(craig);
        his.SafeContactStrip.ShouldStartWith("Do not contact Craig first");
        (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Nadia), hers.HouseholdId, default, about: hers.ApplicantId))!.SafeContactStrip.ShouldContain("Reach Leanne by text");
        var rows = (await hub.ReadAsync(new QueueFilter())).Rows;
        var people = await hub.Desk.Reader.ListAsync(Desk.As(hub.Desk.Nadia, page: "queue"), [.. rows.Select(r => (r.HouseholdId, r.ApplicantId))], default);
        people.Values.Select(p => p.Name).Order().ShouldBe(["Craig Harrowmere", "Leanne Harrowmere"]);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DA-02")]
    public async Task TakeKnown_WhomTheWorkerMayNotFind_IsNotThere(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var hidden = await hub.Desk.HomeAsync(people: [new Told("Rosheen Copperwhistle", AtRisk: true)]);
        var unknown = await hub.Desk.HomeAsync(people: [new Told("Dorian Mossendale")]);

        foreach (var (household, person) in new[] { (hidden.Id, hidden.Applicant), (unknown.Id, unknown.Applicant), (hidden.Id, unknown.Applicant), (Guid.NewGuid(), Guid.NewGuid()) })
            (await hub.Calls.TakeKnownAsync(Desk.As(hub.Desk.Nadia), household, person, "Says it is her", Call(), Key($"{household}"), default)).Refusal.ShouldBe(RequestDesk.NotThere);
        (await hub.Calls.TakeAsync(Desk.As(hub.Desk.Joy), Call(), Key("joy"), default)).Refusal.ShouldBe(RequestDesk.NotThere, "a partner sends; the hub takes calls");
        (await hub.ReadAsync(new QueueFilter())).Total.ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HUB-04")]
    public async Task WhileTyping_StartsLikeTheName_AndWhoseYearDiffersIsSomebodyElse(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var leanne = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);

        async Task<IReadOnlyList<MatchView>> TypeAsync(PersonFacts typed) => await hub.Desk.Reader.WhileTypingAsync(Desk.As(hub.Desk.Nadia, page: "caller-typed"), typed, default);

        (await TypeAsync(new PersonFacts("Harr"))).ShouldHaveSingleItem().Other.PersonId.ShouldBe(leanne.ApplicantId);
        (await TypeAsync(new PersonFacts("Ha"))).ShouldBeEmpty("two letters are anybody");
        var vowel = (await TypeAsync(new PersonFacts("Leanne Harrowmore", new DateOnly(1990, 3, 14)))).ShouldHaveSingleItem();
        (vowel.Likelihood, vowel.MatchId).ShouldBe((Likelihood.Possible, null));
        (await TypeAsync(new PersonFacts("Leanne Harrowmere", new DateOnly(1971, 8, 2)))).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HUB-04")]
    public async Task WhileTyping_SomebodyWhoMayNotBeShown_IsNotMentioned_AndTheLeadHearsOnce(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        await hub.Desk.HomeAsync(phone: "07700900418", people: [new Told("Rosheen Copperwhistle", Born: "1990-03-14", AtRisk: true)]);
        var typed = new PersonFacts("Rosheen Copperwhistle", new DateOnly(1990, 3, 14), Phones: ["07700900418"]);

        (await hub.Desk.Reader.WhileTypingAsync(Desk.As(hub.Desk.Nadia, page: "caller-typed"), typed, default)).ShouldBeEmpty();
        (await hub.Desk.Reader.WhileTypingAsync(Desk.As(hub.Desk.Nadia, page: "caller-typed"), typed, default)).ShouldBeEmpty();

        var notices = await new InformationDesk(hub.Desk.Test.Database, hub.Desk.Commands).MatchesNotShownAsync(default);
        notices.ShouldHaveSingleItem().Worker.ShouldBe("Nadia Wexcombe");
        (await hub.Desk.LooksAsync()).ShouldBeEmpty("nobody was shown");
    }

    [Theory, OnBothDatabases]
    public async Task Claim_OpensTheWorkersOwnGround_ThatEndsWhenTheyLetGo(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
        async Task<List<Ground>> InContactAsync()
        {
            await using var db = hub.Desk.Test.Database.Open();
            return await db.Set<Ground>().Where(g => g.Cause == GroundCause.InContact).ToListAsync();
        }

        await hub.Requests.ClaimAsync(hub.Nadia, request.Reference, default);
        var ground = (await InContactAsync()).ShouldHaveSingleItem();
        (ground.WorkerId, ground.To, ground.CauseId).ShouldBe((hub.Desk.Nadia.WorkerId, Now + Request.ClaimHolds, request.RequestId));
        await hub.Requests.ClaimAsync(hub.Nadia with { At = Now.AddMinutes(10) }, request.Reference, default);
        (await InContactAsync()).ShouldHaveSingleItem().To.ShouldBe(Now.AddMinutes(10) + Request.ClaimHolds, "it moves on with the claim");
        await hub.Requests.ReleaseAsync(hub.Nadia with { At = Now.AddMinutes(12) }, request.Reference, default);
        (await InContactAsync()).ShouldHaveSingleItem().To.ShouldBe(Now.AddMinutes(12));

        var tom = await hub.ColleagueAsync("tom", "Tom Ellerholt");
        await hub.Requests.ClaimAsync(tom with { At = Now.AddMinutes(15) }, request.Reference, default);
        (await InContactAsync()).Count(g => g.To > Now.AddMinutes(15)).ShouldBe(1);
        await hub.Requests.PassOnAsync(tom with { At = Now.AddMinutes(20) }, request.Reference, Hub.Advice, default);
        (await InContactAsync()).Count(g => g.To > Now.AddMinutes(20)).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task SetNext_WhoAndHow_ShowsInTheQueueOnTheDay(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);

        (await hub.Requests.SetNextAsync(hub.Nadia, request.Reference, new DateOnly(2026, 11, 26), "9am to 11am", "text", default, Guid.NewGuid())).Refusal!.Field.ShouldBe("nextWho");
        (await hub.Requests.SetNextAsync(hub.Nadia, request.Reference, new DateOnly(2026, 11, 26), "9am to 11am", "text", default, hub.Desk.Nadia.WorkerId)).Done.ShouldBeTrue();

        (await hub.ReadAsync(new QueueFilter { Tab = QueueTab.CallBack })).Total.ShouldBe(0);
        var due = (await hub.Queue.ReadAsync(hub.Desk.Nadia.WorkerId, new QueueFilter { Tab = QueueTab.CallBack }, Now.AddDays(2), default)).Rows.ShouldHaveSingleItem();
        (due.NextOn, due.NextWay, due.NextTime, due.NextWhoName).ShouldBe((new DateOnly(2026, 11, 26), "text", "9am to 11am", "Nadia Wexcombe"));
    }
}
