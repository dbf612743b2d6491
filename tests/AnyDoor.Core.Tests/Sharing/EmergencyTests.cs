using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Sharing;

/// <summary>Somebody is in danger: sharing proceeds without consent, with the reason and the seniority on record.</summary>
[Requirement("R-ISA-03")]
public sealed class EmergencyTests
{
    private static readonly DateTime Now = Desk.Now;
    private const string Why = "A teacher saw bruises and the child is afraid to go home";

    private sealed record Room(Hub Hub, EmergencyDesk Emergencies, InformationDesk Information, WhoIsWorking Bea, Received Request) : IAsyncDisposable
    {
        public static async Task<Room> OpenAsync(Db kind)
        {
            var hub = await Hub.OpenAsync(kind);
            var bea = Guid.CreateVersion7();
            await hub.Desk.Commands.RunAsync(Desk.Job(), c =>
            {
                c.Insert(new Worker { Id = bea, Handle = "bea", Name = "Bea Ormsley", Title = "Duty manager", Role = Role.Approver, OrganisationId = hub.Desk.Nadia.OrganisationId, Active = true, Invented = true });
                return Task.FromResult<Result<Nothing>>(Nothing.Value);
            }, default);
            var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
            (await new Permissions(hub.Desk.Test.Database, hub.Desk.Commands).SayAsync(hub.Nadia, new NewPermissionSaid(request.HouseholdId, request.ApplicantId, hub.Desk.Joy.OrganisationId, "food", false, "spoken"), default)).Done.ShouldBeTrue();
            return new Room(hub, new EmergencyDesk(hub.Desk.Test.Database, hub.Desk.Commands, hub.Desk.Reader), new InformationDesk(hub.Desk.Test.Database, hub.Desk.Commands),
                hub.Desk.Nadia with { WorkerId = bea, Handle = "bea", Name = "Bea Ormsley", Role = Role.Approver }, request);
        }

        public EmergencyAsk Ask => new(Request.Reference, "child", Bea.WorkerId, Why);
        public Task<Result<Guid>> OpenAsync(WhoIsWorking worker, EmergencyAsk ask, DateTime? at = null) => Emergencies.OpenAsync(Reading(worker, at), ask, default);
        public static ReadContext Reading(WhoIsWorking worker, DateTime? at = null) => Desk.As(worker, Purpose.SafeguardingOrEmergency, "emergency", at);
        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }

    [Theory, OnBothDatabases]
    public async Task Open_AlthoughPermissionWasRefused_ShowsTheRecordForHoursAndTellsTheInformationLead(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var joy = room.Hub.Desk.Joy;
        (await room.Hub.Desk.Reader.OpenAsync(Room.Reading(joy), room.Request.HouseholdId, default)).ShouldBeNull("they said no to the pantry");

        (await room.OpenAsync(joy, room.Ask)).Value.ShouldBe(room.Request.HouseholdId);

        (await room.Emergencies.ReadAsync(Room.Reading(joy, Now.AddHours(3)), room.Request.HouseholdId, default)).ShouldNotBeNull().Household.Name.ShouldBe("Harrowmere household");
        (await room.Hub.Desk.Reader.OpenAsync(Desk.As(joy, Purpose.Handover), room.Request.HouseholdId, default)).ShouldBeNull("for nothing but the danger");
        (await room.Hub.Desk.Reader.OpenAsync(Room.Reading(joy with { WorkerId = Guid.NewGuid() }), room.Request.HouseholdId, default)).ShouldBeNull("not for a colleague");
        (await room.Emergencies.ReadAsync(Room.Reading(joy, Now.AddHours(4)), room.Request.HouseholdId, default)).ShouldBeNull("the hours are over");
        (await room.Hub.Desk.LooksAsync()).ShouldContain(l => l.Basis == GroundCause.Emergency && l.ActorId == joy.WorkerId && l.Purpose == Purpose.SafeguardingOrEmergency);

        var notice = (await room.Information.RaisedAsync("emergency-", default)).ShouldHaveSingleItem();
        (notice.Kind, notice.Worker).ShouldBe(("emergency-opened", "Joy Petherwin"));
        var look = (await room.Information.MonthAsync(new DateOnly(2026, 11, 1), default)).Looks.ShouldHaveSingleItem();
        (look.Why, look.Law, look.Senior, look.Answer).ShouldBe((GroundCause.Emergency, "A child is at risk of harm", ("Bea Ormsley", SeniorAnswer.Waiting), LookAnswer.Open));
        look.Reason.ShouldBe(Why, "the law stands by itself");
        (await room.Hub.EventsAsync("emergency.opened")).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Senior_WhoSaysThatItIsNotSo_ShutsItAtOnce(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var joy = room.Hub.Desk.Joy;
        await room.OpenAsync(joy, room.Ask);
        var named = (await room.Emergencies.NamedAsync(room.Bea.WorkerId, default)).ShouldHaveSingleItem();
        (named.Worker, named.Reason).ShouldBe(("Joy Petherwin", Why));
        var bea = room.Bea.For(Purpose.SafeguardingOrEmergency, "phone-county-hub", Now.AddMinutes(5));

        (await room.Emergencies.AnswerAsync(bea with { Actor = Actor.Worker(joy.WorkerId, "joy") }, named.Id, true, default)).Value.ShouldBeFalse("only the one who was named");
        (await room.Emergencies.AnswerAsync(bea, named.Id, false, default)).Value.ShouldBeTrue();

        (await room.Emergencies.ReadAsync(Room.Reading(joy, Now.AddMinutes(6)), room.Request.HouseholdId, default)).ShouldBeNull();
        (await room.Hub.Desk.Reader.OpenAsync(Room.Reading(joy, Now.AddMinutes(6)), room.Request.HouseholdId, default)).ShouldBeNull();
        (await room.Emergencies.AnswerAsync(bea, named.Id, true, default)).Refusal!.Code.ShouldBe("already-answered");
        (await room.Information.RaisedAsync("emergency-", default)).Select(n => n.Kind).ShouldBe(["emergency-opened", "emergency-denied"], ignoreOrder: true);

        // Asking again, of the same senior or another, opens nothing until the information lead has looked at it.
        (await room.OpenAsync(joy, room.Ask, Now.AddMinutes(7))).Refusal!.Code.ShouldBe("denied");
        (await room.Emergencies.ReadAsync(Room.Reading(joy, Now.AddMinutes(8)), room.Request.HouseholdId, default)).ShouldBeNull();
        var look = (await room.Information.MonthAsync(new DateOnly(2026, 11, 1), default)).Looks.Single();
        (await room.Information.DecideAsync(new AuditContext(Actor.Worker(room.Bea.WorkerId, "maren"), null, "test", Purpose.Assurance, Now.AddMinutes(9)), look.Id, LookAnswer.Fine, default)).Value.ShouldBeTrue();
        (await room.OpenAsync(joy, room.Ask, Now.AddMinutes(10))).Done.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    public async Task Open_WithoutALawAReasonOrASenior_IsRefusedBesideItsField_AndOfNothingThereInOneSentence(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var joy = room.Hub.Desk.Joy;

        (await room.OpenAsync(joy, room.Ask with { Request = "nonsense" })).Refusal!.Field.ShouldBe("request");
        (await room.OpenAsync(joy, room.Ask with { Gateway = "curiosity" })).Refusal!.Field.ShouldBe("gateway");
        (await room.OpenAsync(joy, room.Ask with { Reason = "She said so" })).Refusal!.Field.ShouldBe("reason");
        (await room.OpenAsync(joy, room.Ask with { Senior = null })).Refusal!.Field.ShouldBe("senior");
        (await room.OpenAsync(joy, room.Ask with { Senior = joy.WorkerId })).Refusal!.Field.ShouldBe("senior", "nobody is senior to themselves");
        (await room.OpenAsync(joy, room.Ask with { Request = AnyDoor.Common.Reference.New() })).Refusal.ShouldBe(EmergencyDesk.NotThere);
        (await room.OpenAsync(joy with { Role = Role.Councillor }, room.Ask)).Refusal.ShouldBe(EmergencyDesk.NotThere);
        (await room.Hub.EventsAsync("emergency.not-there")).ShouldBe(1);
        (await room.Hub.EventsAsync("emergency.opened")).ShouldBe(0);
        (await room.OpenAsync(joy with { Role = Role.PartnerAdministrator }, room.Ask with { Senior = null })).Refusal!.Field.ShouldBe("senior", "outside the hub nobody agrees with themselves");
        // A senior of the hub who may open one may agree themselves.
        (await room.OpenAsync(room.Bea with { Role = Role.PartnerAdministrator }, room.Ask with { Senior = null })).Done.ShouldBeTrue();
        await using var db = room.Hub.Desk.Test.Database.Open();
        (await db.Set<EmergencyOpening>().SingleAsync()).Answer.ShouldBe(SeniorAnswer.Agreed);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-08")]
    public async Task Open_OfSomebodyAtRisk_ShowsTheAddressAndTheNumberOnlyOnAnotherHubSeniorsYes(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var (desk, joy) = (room.Hub.Desk, room.Hub.Desk.Joy);
        var partnerSenior = Guid.CreateVersion7();
        await desk.Commands.RunAsync(Desk.Job(), async c =>
        {
            c.Insert(new Worker { Id = partnerSenior, Handle = "pat", Name = "Pat Ruskin", Role = Role.PartnerAdministrator, OrganisationId = joy.OrganisationId, Active = true, Invented = true });
            c.Insert(new AnyDoor.Households.Address { Id = Guid.CreateVersion7(), HouseholdId = room.Request.HouseholdId, Lines = "12 High Street", Postcode = "CB74AA", NoFixedAddress = false, From = new DateOnly(2026, 11, 1) });
            c.Insert(new AnyDoor.Conversations.Answer { Id = Guid.CreateVersion7(), HouseholdId = room.Request.HouseholdId, PersonId = room.Request.ApplicantId, Fact = "needs.own_words", Value = "\"I am at 12 High Street\"", Origin = "conversation", At = Now });
            await AnyDoor.Households.AtRiskMark.SetAsync(c, room.Request.HouseholdId, room.Request.ApplicantId);
            return (AnyDoor.Common.Result<bool>)true;
        }, default);
        (await desk.Reader.ChangeReachAsync(Desk.As(desk.Nadia), room.Request.HouseholdId, room.Request.ApplicantId, new AnyDoor.Households.ReachChange(new(AnyDoor.Households.ContactWay.Phone, AnyDoor.Households.DoNot.VoiceMessage, Phone: "07700900418", Words: "At my sister's, 12 High Street"),
            AnyDoor.Households.SafeContacts.Mark((await desk.Reader.OpenAsync(Desk.As(desk.Nadia), room.Request.HouseholdId, default))!.Applicant!.Reach), "Gave date of birth"), default)).Done.ShouldBeTrue();

        // On a word of their own organisation: the record, and nothing of where she is.
        (await room.OpenAsync(joy, room.Ask with { Senior = partnerSenior })).Done.ShouldBeTrue();
        var first = (await room.Emergencies.NamedAsync(partnerSenior, default)).Single();
        await HiddenAsync(joy, null);
        (await room.Emergencies.AnswerAsync(joy.For(Purpose.SafeguardingOrEmergency, "test", Now) with { Actor = Actor.Worker(partnerSenior, "pat") }, first.Id, true, default)).Value.ShouldBeTrue();
        await HiddenAsync(joy, null);

        // The duty manager is named, and has not answered; then says yes.
        (await room.OpenAsync(joy, room.Ask, Now.AddMinutes(1))).Done.ShouldBeTrue();
        await HiddenAsync(joy, "Bea Ormsley");
        var second = (await room.Emergencies.NamedAsync(room.Bea.WorkerId, default)).Single();
        (await room.Emergencies.AnswerAsync(room.Bea.For(Purpose.SafeguardingOrEmergency, "phone-county-hub", Now.AddMinutes(2)), second.Id, true, default)).Value.ShouldBeTrue();
        var open = (await room.Emergencies.ReadAsync(Room.Reading(joy, Now.AddMinutes(3)), room.Request.HouseholdId, default))!;
        (open.IsHidden, open.Household.Home.ToString(), open.Household.Applicant!.Reach!.Phone).ShouldBe((false, "12 High Street, CB7 4AA", "07700900418"));

        // A senior of the hub opens the record on their own word, and the address only on another's.
        var alone = room.Bea with { Role = Role.PartnerAdministrator };
        (await room.OpenAsync(alone, room.Ask with { Senior = null }, Now.AddMinutes(4))).Done.ShouldBeTrue();
        await HiddenAsync(alone, null);

        async Task HiddenAsync(WhoIsWorking worker, string? waits)
        {
            var file = (await room.Emergencies.ReadAsync(Room.Reading(worker, Now.AddMinutes(5)), room.Request.HouseholdId, default)).ShouldNotBeNull();
            (file.IsHidden, file.WaitsFor, file.Household.District, file.Household.Name).ShouldBe((true, waits, null, "Harrowmere household"));
            file.Household.SafeContactStrip.ShouldStartWith("Reach Leanne by phone");
            var all = System.Text.Json.JsonSerializer.Serialize(new { file.Household.Members, file.Household.Home, file.Told, file.Household.SafeContactStrip });
            foreach (var leak in new[] { "High Street", "CB7", "900418", "sister" }) all.ShouldNotContain(leak);
        }
    }

    [Theory, OnBothDatabases]
    public async Task Open_OfATiedWorker_OrOneWhoWasStopped_FindsNothing(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var joy = room.Hub.Desk.Joy;
        await room.OpenAsync(joy, room.Ask);
        var look = (await room.Information.MonthAsync(new DateOnly(2026, 11, 1), default)).Looks.Single();
        (await room.Information.DecideAsync(new AuditContext(Actor.Worker(joy.WorkerId, "joy"), null, "test", Purpose.Assurance, Now), look.Id, LookAnswer.Fine, default)).Refusal!.Code.ShouldBe("own-look");
        (await room.Information.DecideAsync(new AuditContext(Actor.Worker(room.Bea.WorkerId, "maren"), null, "test", Purpose.Assurance, Now), look.Id, LookAnswer.Stopped, default)).Value.ShouldBeTrue();
        (await room.OpenAsync(joy, room.Ask)).Refusal.ShouldBe(EmergencyDesk.NotThere);

        var nadia = room.Hub.Desk.Nadia;
        (await new TieDesk(room.Hub.Desk.Test.Database, room.Hub.Desk.Commands).DeclareAsync(Room.Reading(nadia), room.Request.HouseholdId, TieKind.Neighbour, null, default)).Value.ShouldBeTrue();
        (await room.OpenAsync(nadia, room.Ask, Now.AddMinutes(1))).Refusal.ShouldBe(EmergencyDesk.NotThere);
    }
}
