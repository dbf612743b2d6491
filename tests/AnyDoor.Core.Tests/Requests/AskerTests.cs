using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

/// <summary>Somebody asks for somebody else, who may not be safe from them: the asker learns that we have it, and nothing of what becomes of it.</summary>
public sealed class AskerTests
{
    private static async Task<SentForm> AskForAsync(Residents r, bool safeWay = true)
    {
        var (_, draft) = await r.Drafts.StartAsync(Residents.Page("needs"), new Dictionary<string, string[]> { ["needs"] = ["food"] }, true, "en", null, r.Who, default);
        await r.SaveAsync(draft.Id, "permission", ("knows", ["yes"]), ("you-are", ["Ines Calloway"]), ("reach-you", ["07700 900555"]));
        if (safeWay) await r.SaveAsync(draft.Id, "safe-contact", ("by", ["letter"]), ("letter-to", ["41 Teasel Way"]));
        await r.SaveAsync(draft.Id, "about-you", ("name", ["Leanne Harrowmere"]));
        return (await r.Drafts.SendAsync(draft.Id, "en", r.Who, default)).Value!;
    }

    private static AuditContext Nadia(Residents r) => r.Desk.Nadia.For(Purpose.RespondToRequest, "county-hub", r.Now);

    private static async Task SpeakAsync(Residents r, SentForm sent)
    {
        var desk = new RequestDesk(r.Desk.Test.Database, r.Desk.Commands);
        (await desk.ClaimAsync(Nadia(r), sent.Reference, default)).Done.ShouldBeTrue();
        (await desk.RecordContactAsync(Nadia(r), sent.Reference, new ContactTry("phone", "spoke"), default)).Done.ShouldBeTrue();
    }

    private static async Task<OpenSitting> SitAsync(Residents r, SentForm sent, string code)
    {
        var opened = await r.Status.OpenAsync(sent.Reference, code, "10.0.0.1", r.Who, default);
        return (await r.Sittings.FindAsync(opened.Token, r.Now, default)).ShouldNotBeNull();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-APP-02"), Requirement("R-APP-04")]
    public async Task AskersCode_OpensThatWeHaveIt_AndNothingElse(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await AskForAsync(r);
        await SpeakAsync(r, sent);

        var sitting = await SitAsync(r, sent, sent.Code);
        var seen = (await r.Status.ReadAsync(sitting.RequestId!.Value, r.Now, default, sitting.OfAsker))!;

        sitting.OfAsker.ShouldBeTrue();
        (seen.ToAsker, seen.Stage, seen.Worker, seen.ContactedAt, seen.District, seen.MayBeStopped, seen.NoSafeWay).ShouldBe((true, StatusStage.Received, null, null, null, false, false));
        (seen.Awards.Count, seen.Needs.Count, seen.Tries).ShouldBe((0, 0, 0));
    }

    [Theory, OnBothDatabases]
    [Requirement("R-APP-02")]
    public async Task Stop_ByTheAsker_IsRefusedWithASentence(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await AskForAsync(r);

        var stopped = await r.Status.StopAsync(sent.RequestId, r.Who with { Actor = new Actor(ActorKind.Representative, null, "asker") }, default);

        stopped.Refusal!.Sentence.ShouldStartWith("Only the person themselves can stop it.");
        (await r.RequestsAsync()).Single().Status.ShouldBe(RequestStatus.Waiting);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-APP-04")]
    public async Task OwnCode_ComesOnceTheyWereSpokenWith_OpensAllOfIt_AndTheAskersCodeTellsNothingOfIt(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await AskForAsync(r);
        (await r.Status.ReissueCodeAsync(sent.RequestId, "gave date of birth", Nadia(r), default)).Refusal!.Sentence.ShouldStartWith("Somebody else asked for them. Speak with them first");
        await SpeakAsync(r, sent);

        var own = (await r.Status.ReissueCodeAsync(sent.RequestId, "gave date of birth", Nadia(r), default)).Value!;

        var sitting = await SitAsync(r, sent, own);
        sitting.OfAsker.ShouldBeFalse();
        var seen = (await r.Status.ReadAsync(sent.RequestId, r.Now, default))!;
        (seen.ToAsker, seen.Worker!.Name, seen.MayBeStopped).ShouldBe((false, "Nadia W", true));
        (await SitAsync(r, sent, sent.Code)).OfAsker.ShouldBeTrue("the asker's code goes on as before");
        (await r.ReadAsync(db => db.Set<AuditEvent>().CountAsync(e => e.Kind == "request.opened-by-asker"))).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task AskersToken_CannotBeMadeIntoTheirs(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await AskForAsync(r);

        var token = (await r.Status.OpenAsync(sent.Reference, sent.Code, "10.0.0.1", r.Who, default)).Token!;

        (await r.Sittings.FindAsync(token, r.Now, default))!.OfAsker.ShouldBeTrue();
        (await r.Sittings.FindAsync(token["asker.".Length..], r.Now, default)).ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Asker_WhoToldNoSafeWay_ReadsSo_WhateverWasSaidSince(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await AskForAsync(r, safeWay: false);
        var request = (await r.RequestsAsync()).Single();
        await r.Desk.Commands.RunAsync(Nadia(r) with { At = r.Now.AddHours(1) }, c =>
        {
            c.Insert(new SafeContact { Id = Guid.CreateVersion7(), PersonId = request.ApplicantId, By = ContactWay.Text, Phone = "07700900418", DoNot = DoNot.Nothing, PhoneIsPrivate = true, CheckBeforeContact = false, At = c.Who.At, ToldTo = r.Desk.Nadia.WorkerId });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);

        (await r.Status.ReadAsync(sent.RequestId, r.Now, default, toAsker: true))!.NoSafeWay.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    public async Task Reissue_WithoutSayingHowTheyAreKnown_IsRefused_AndHowIsKept(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await r.SendAsync(("by", ["phone"]), ("phone", ["07700 900418"]));

        var refused = await r.Status.ReissueCodeAsync(sent.RequestId, " ", Nadia(r), default);
        (await r.Status.ReissueCodeAsync(sent.RequestId, "gave date of birth and address", Nadia(r), default)).Done.ShouldBeTrue();

        refused.Refusal!.Field.ShouldBe("how");
        var kept = await r.ReadAsync(db => db.Set<AuditEvent>().Where(e => e.Kind == "request.code-reissued").Join(db.Set<AuditContent>(), e => e.Id, c => c.EventId, (e, c) => c.Body).SingleAsync());
        kept.ShouldContain("gave date of birth and address");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-APP-04")]
    public async Task Stage_SaysWhatBecameOfIt(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await r.SendAsync(("by", ["phone"]), ("phone", ["07700 900418"]));
        async Task<StatusStage> AtAsync(RequestStatus status)
        {
            await r.Desk.Commands.RunAsync(r.Who, async c =>
            {
                await c.Db.Set<Request>().Where(x => x.Id == sent.RequestId).ExecuteUpdateAsync(x => x.SetProperty(y => y.Status, status));
                return (Result<Nothing>)Nothing.Value;
            }, default);
            return (await r.Status.ReadAsync(sent.RequestId, r.Now, default))!.Stage;
        }

        (await AtAsync(RequestStatus.UnableToReach)).ShouldBe(StatusStage.NotReached);
        (await AtAsync(RequestStatus.HandedOver)).ShouldBe(StatusStage.PassedOn);
        (await AtAsync(RequestStatus.HandedOverAndAccepted)).ShouldBe(StatusStage.TakenOn);
        (await AtAsync(RequestStatus.Helped)).ShouldBe(StatusStage.Finished);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-05")]
    public async Task Record_ListsEachLook_WithoutAName_AndWithAnotherAdultInTheHomeOnlyThoseOfThisRequest(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await r.SendAsync(("by", ["phone"]), ("phone", ["07700 900418"]));
        await SpeakAsync(r, sent);
        var request = (await r.RequestsAsync()).Single();
        await LookAsync(r, r.Desk.Nadia, request.HouseholdId);
        await LookAsync(r, r.Desk.Nadia, request.HouseholdId);
        await LookAsync(r, r.Desk.Joy, request.HouseholdId);

        var alone = (await r.Status.RecordAsync(sent.RequestId, r.Now, default))!;
        await r.Desk.Commands.RunAsync(r.Who, c =>
        {
            var other = Guid.CreateVersion7();
            c.Insert(new Person { Id = other, Name = "Dean Harrowmere", FoldedName = "dean harrowmere", AtRisk = false, Invented = true });
            c.Insert(new Membership { Id = Guid.CreateVersion7(), HouseholdId = request.HouseholdId, PersonId = other, Role = MemberRole.Partner, From = LondonTime.DayOf(r.Now) });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        var together = (await r.Status.RecordAsync(sent.RequestId, r.Now, default))!;

        var day = LondonTime.DayOf(r.Now);
        alone.Looks.ShouldBe([new LookShown(day, Role.HubAdviser, "county-hub", Purpose.RespondToRequest, Saw: "request", Times: 2), new LookShown(day, Role.PartnerWorker, "waterlees-pantry", Purpose.RespondToRequest, Saw: "request")], ignoreOrder: true);
        alone.OnlyOfThisRequest.ShouldBeFalse();
        together.Looks.ShouldHaveSingleItem().Organisation.ShouldBe("county-hub");
        together.OnlyOfThisRequest.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-05"), Requirement("R-DA-02")]
    public async Task Record_CountsSearches_ShowsJoinedRecordsAndLeavesOutWhatSaysTooMuch(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await r.SendAsync(("by", ["phone"]), ("phone", ["07700 900418"]));
        await SpeakAsync(r, sent);
        var request = (await r.RequestsAsync()).Single();
        var earlier = await r.Desk.HomeAsync(people: new Told("Leanne Harrowmere"));
        var (surgery, refuge) = (await OrganisationAsync(r, "fen-surgery", "Fen Road Practice", OrganisationKind.Health), await OrganisationAsync(r, "lantern", "Lantern Refuge", OrganisationKind.Voluntary));
        await r.Desk.Commands.RunAsync(r.Who, async c =>
        {
            (await c.Db.Set<Household>().AsTracking().SingleAsync(h => h.Id == earlier.Id)).JoinedTo = request.HouseholdId;
            (await c.Db.Set<Person>().AsTracking().SingleAsync(p => p.Id == earlier.Applicant)).SameAs = request.ApplicantId;
            return (Result<Nothing>)Nothing.Value;
        }, default);
        await LookAsync(r, r.Desk.Joy, earlier.Id);
        await LookAsync(r, r.Desk.Nadia, request.HouseholdId, HouseholdReader.AppearedInSearch);
        await LookAsync(r, r.Desk.Nadia, request.HouseholdId, HouseholdReader.AppearedInSearch);
        await LookAsync(r, r.Desk.Nadia with { WorkerId = Guid.NewGuid() }, request.HouseholdId, ReadLog.Refused);
        await LookAsync(r, r.Desk.Joy with { WorkerId = Guid.NewGuid(), OrganisationId = surgery }, request.HouseholdId);
        await LookAsync(r, r.Desk.Joy with { WorkerId = Guid.NewGuid(), OrganisationId = refuge }, request.HouseholdId);
        await LookAsync(r, r.Desk.Nadia with { WorkerId = Guid.NewGuid() }, request.HouseholdId, purpose: Purpose.SafeguardingOrEmergency);

        var own = (await r.Status.RecordAsync(sent.RequestId, r.Now, default))!;

        own.Looks.ShouldBe([new LookShown(LondonTime.DayOf(r.Now), Role.PartnerWorker, "waterlees-pantry", Purpose.RespondToRequest, Saw: "request")]);
        own.Searches.ShouldBe(2);
        own.OnlyOfThisRequest.ShouldBeFalse("the joined record is of the same person");
    }

    private static async Task<Guid> OrganisationAsync(Residents r, string handle, string name, OrganisationKind kind)
    {
        var id = Guid.CreateVersion7();
        await r.Desk.Commands.RunAsync(r.Who, c =>
        {
            c.Insert(new Organisation { Id = id, Handle = handle, Name = name, Kind = kind, Invented = true });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        return id;
    }

    private static async Task LookAsync(Residents r, WhoIsWorking worker, Guid household, string basis = "open-request", Purpose purpose = Purpose.RespondToRequest)
    {
        var who = worker.For(purpose, "county-hub", r.Now.AddMinutes(5));
        await r.Desk.Log.RecordAsync(who, "household", basis, [household], default);
        await r.Desk.Commands.RunAsync(who, async c =>
        {
            var look = await c.Db.Set<ReadEvent>().Where(e => e.ActorId == worker.WorkerId).OrderByDescending(e => e.Seq).FirstAsync();
            c.Insert(new ReadSubject { SubjectId = household, ReadEventId = look.Id }); // the sealer's index
            return (Result<Nothing>)Nothing.Value;
        }, default);
    }
}
