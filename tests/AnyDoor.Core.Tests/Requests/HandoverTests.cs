using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

/// <summary>Warm handovers: accepted or declined by the receiving side, its clock running, never ending in silence.</summary>
public sealed class HandoverTests
{
    private static readonly DateTime Now = Desk.Now;
    private static readonly PassOn Debt = new(null, "Waterlees Community Pantry", "Leanne is one month behind with the rent and wants a plan.", ["debt-or-budgeting"], Whole: false);

    private static async Task<(Hub Hub, Received Request, Handover Handover)> SentAsync(Db kind)
    {
        var hub = await Hub.OpenAsync(kind);
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
        (await hub.Requests.PassOnAsync(hub.Nadia, request.Reference, Debt with { OrganisationId = hub.Desk.Joy.OrganisationId }, default)).Done.ShouldBeTrue();
        return (hub, request, (await hub.HandoversAsync(request.Reference)).Single());
    }

    private static Task<AnyDoor.Common.Result<string>> JoyAsync(Hub hub, Handover handover, HandoverAnswer answer, string? why = null, DateTime? at = null) =>
        hub.Handovers.AnswerAsync(hub.Desk.Joy.For(Purpose.Handover, "staff", at ?? Now), hub.Desk.Joy, handover.Reference, answer, why, default);

    [Theory, OnBothDatabases]
    [Requirement("R-DOOR-04"), Requirement("R-APP-06")]
    public async Task Stop_ByTheResident_EndsWhateverWasPassedOn_AndNothingBringsItBack(Db kind)
    {
        var (hub, request, handover) = await SentAsync(kind);
        await using var _ = hub;
        (await JoyAsync(hub, handover, HandoverAnswer.Accepted)).Done.ShouldBeTrue();
        await hub.Requests.ClaimAsync(hub.Nadia, request.Reference, default);
        var status = new RequestStatusDesk(hub.Desk.Test.Database, hub.Desk.Commands, hub.Desk.Test.Key, hub.Desk.Reader, new PostcodeDirectory(hub.Desk.Test.Database), new AnyDoor.Funds.SchemeBook());

        (await status.StopAsync(request.RequestId, new AuditContext(Actor.Resident(request.ApplicantId), null, Drafts.Door, Purpose.RespondToRequest, Now), default)).Done.ShouldBeTrue();
        (await hub.Handovers.BringBackAsync(Now.AddDays(30), default)).ShouldBe(0);

        (await hub.RequestAsync(request.Reference)).Status.ShouldBe(RequestStatus.DeclinedByResident);
        var ended = (await hub.HandoversAsync(request.Reference)).Single();
        (ended.State, ended.WhyBack).ShouldBe((HandoverState.TakenBack, "They stopped what they asked for."));
        (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Joy, Purpose.Handover, at: Now.AddMinutes(1)), request.HouseholdId, default)).ShouldBeNull();
        (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Nadia, at: Now.AddMinutes(1)), request.HouseholdId, default)).ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DOOR-04")]
    public async Task BringBack_APartOfWhatTheyHaveDeclined_LeavesTheRequestEnded(Db kind)
    {
        var (hub, request, handover) = await SentAsync(kind);
        await using var _ = hub;
        await hub.Requests.ClaimAsync(hub.Nadia, request.Reference, default);
        await hub.Requests.RecordContactAsync(hub.Nadia, request.Reference, new ContactTry("phone", "declined"), default);
        (await hub.Requests.FinishAsync(hub.Nadia, request.Reference, RequestStatus.DeclinedByResident, default)).Done.ShouldBeTrue();

        (await hub.Handovers.BringBackAsync(Now.AddDays(30), default)).ShouldBe(1);

        (await hub.RequestAsync(request.Reference)).Status.ShouldBe(RequestStatus.DeclinedByResident);
        (await hub.HandoversAsync(request.Reference)).Single().State.ShouldBe(HandoverState.CameBack);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HUB-03"), Requirement("R-CASE-01")]
    public async Task PassOn_OneNeed_LeavesTheRequestWithTheHub_AndTheReceiversSeeItWithItsClock(Db kind)
    {
        var (hub, request, handover) = await SentAsync(kind);
        await using var _ = hub;

        (await hub.RequestAsync(request.Reference)).Status.ShouldBe(RequestStatus.Waiting);
        var line = (await hub.Handovers.ForAsync(Desk.As(hub.Desk.Joy, Purpose.Handover, "handovers"), default)).ShouldHaveSingleItem();
        (line.State, line.Told, line.SentBy, line.DueBy).ShouldBe((HandoverState.Sent, Debt.Told, "Nadia Wexcombe", new DateTime(2026, 11, 27, 17, 0, 0)));
        (await hub.Handovers.ForAsync(Desk.As(hub.Desk.Nadia, Purpose.Handover, "handovers"), default)).ShouldBeEmpty();
        (await hub.Handovers.OpenAsync(Desk.As(hub.Desk.Nadia, Purpose.Handover), handover.Reference, default)).ShouldBeNull("another organisation's is not there");
        (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Joy, Purpose.Handover), request.HouseholdId, default)).ShouldBeNull("until they accept they see nobody");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-CASE-01")]
    public async Task Answer_Accepted_OpensTheHousehold_IsHeldBySomebody_AndTheClockOfContactRuns(Db kind)
    {
        var (hub, request, handover) = await SentAsync(kind);
        await using var _ = hub;

        (await JoyAsync(hub, handover, HandoverAnswer.Accepted)).Done.ShouldBeTrue();

        var line = (await hub.Handovers.ForAsync(Desk.As(hub.Desk.Joy, Purpose.Handover, "handovers"), default)).Single();
        (line.State, line.Holder, line.DueBy).ShouldBe((HandoverState.Accepted, "Joy Petherwin", new DateTime(2026, 11, 27, 17, 0, 0)));
        (await hub.RequestAsync(request.Reference)).Status.ShouldBe(RequestStatus.Waiting, "the rest of it is still the hub's");
        (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Joy, Purpose.Handover), request.HouseholdId, default)).ShouldNotBeNull();
        (await JoyAsync(hub, handover, HandoverAnswer.Accepted)).Refusal!.Code.ShouldBe(Handover.WrongState);
        (await JoyAsync(hub, handover, HandoverAnswer.FirstContact)).Done.ShouldBeTrue();
        (await JoyAsync(hub, handover, HandoverAnswer.Helped)).Done.ShouldBeTrue();
        (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Joy, Purpose.Handover, at: Now.AddDays(91)), request.HouseholdId, default)).ShouldBeNull("helped, and ninety days have passed");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-CASE-01")]
    public async Task Answer_Declined_NeedsAReason_AndIsTheHubsAgainAtTheTop(Db kind)
    {
        var (hub, request, handover) = await SentAsync(kind);
        await using var _ = hub;

        (await JoyAsync(hub, handover, HandoverAnswer.Declined)).Refusal!.Field.ShouldBe("why");
        (await JoyAsync(hub, handover, HandoverAnswer.Declined, "No debt adviser until January")).Done.ShouldBeTrue();

        var row = (await hub.ReadAsync(new QueueFilter())).Rows[0];
        (row.Reference, row.CameBackAt).ShouldBe((request.Reference, Now));
        var back = (await hub.HandoversAsync(request.Reference)).Single();
        (back.State, back.WhyBack, back.BackAt).ShouldBe((HandoverState.Declined, "No debt adviser until January", Now));
        (await hub.EventsAsync("handover.declined")).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-CASE-01")]
    public async Task BringBack_AcceptedAndNeverInTouch_ReopensEvenARequestThatWasHelped(Db kind)
    {
        var (hub, request, handover) = await SentAsync(kind);
        await using var _ = hub;
        await JoyAsync(hub, handover, HandoverAnswer.Accepted);
        await hub.Requests.RecordContactAsync(hub.Nadia, request.Reference, new ContactTry("phone", "spoke"), default);
        (await hub.Requests.FinishAsync(hub.Nadia, request.Reference, RequestStatus.Helped, default)).Done.ShouldBeTrue();
        var due = new DateTime(2026, 11, 27, 17, 0, 0, DateTimeKind.Utc);

        (await hub.Handovers.BringBackAsync(due.AddSeconds(-1), default)).ShouldBe(0);
        (await hub.Handovers.BringBackAsync(due, default)).ShouldBe(1);
        (await hub.Handovers.BringBackAsync(due, default)).ShouldBe(0);

        var again = await hub.RequestAsync(request.Reference);
        (again.Status, again.CameBackAt, again.ClosedAt).ShouldBe((RequestStatus.Waiting, due, null));
        (await hub.HandoversAsync(request.Reference)).Single().WhyBack.ShouldBe("They accepted, and were not in touch in time.");
        (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Joy, Purpose.Handover, at: due), request.HouseholdId, default)).ShouldBeNull();
        (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Nadia, at: due.AddDays(120)), request.HouseholdId, default)).ShouldNotBeNull("it is open again, so the hub has its grounds");
    }

    [Theory, OnBothDatabases]
    public async Task Answer_BySomebodyElse_IsForSomethingThatIsNotThere(Db kind)
    {
        var (hub, request, handover) = await SentAsync(kind);
        await using var _ = hub;
        var stranger = hub.Desk.Other(Role.PartnerWorker) with { OrganisationId = Guid.NewGuid(), OrganisationKind = OrganisationKind.School };
        var manager = hub.Desk.Other(Role.FundManager);

        foreach (var worker in new[] { stranger, manager })
        {
            (await hub.Handovers.AnswerAsync(worker.For(Purpose.Handover, "staff", Now), worker, handover.Reference, HandoverAnswer.Accepted, null, default)).Refusal.ShouldBe(RequestDesk.NotThere);
            (await hub.Handovers.TakeBackAsync(worker.For(Purpose.Handover, "staff", Now), worker, handover.Reference, "Not theirs", default)).Refusal.ShouldBe(RequestDesk.NotThere);
        }
        (await hub.Handovers.TakeBackAsync(hub.Desk.Joy.For(Purpose.Handover, "staff", Now), hub.Desk.Joy, handover.Reference, "Not hers", default)).Refusal.ShouldBe(RequestDesk.NotThere);
        (await hub.HandoversAsync(request.Reference)).Single().State.ShouldBe(HandoverState.Sent);
    }

    [Theory, OnBothDatabases]
    public async Task PassOn_ANeedThatSomebodyHas_IsRefused_UntilItIsTakenBack(Db kind)
    {
        var (hub, request, handover) = await SentAsync(kind);
        await using var _ = hub;
        var other = Debt with { Organisation = "Fenland Advice Centre" };

        (await hub.Requests.PassOnAsync(hub.Nadia, request.Reference, other, default)).Refusal!.Sentence.ShouldStartWith("Waterlees Community Pantry has this already.");
        (await hub.Requests.PassOnAsync(hub.Nadia, request.Reference, other with { Needs = [] }, default)).Refusal!.Field.ShouldBe("needs");
        (await hub.Handovers.TakeBackAsync(hub.Nadia, hub.Desk.Nadia, handover.Reference, "", default)).Refusal!.Field.ShouldBe("why");
        (await hub.Handovers.TakeBackAsync(hub.Nadia, hub.Desk.Nadia, handover.Reference, "She would rather go to Fenland", default)).Done.ShouldBeTrue();
        (await hub.Requests.PassOnAsync(hub.Nadia, request.Reference, other, default)).Done.ShouldBeTrue();

        (await JoyAsync(hub, handover, HandoverAnswer.Accepted)).Refusal!.Sentence.ShouldBe("The hub took this back.");
        (await hub.HandoversAsync(request.Reference)).Select(h => h.State).ShouldBe([HandoverState.Sent, HandoverState.TakenBack], ignoreOrder: true);
    }

    [Theory, OnBothDatabases]
    public async Task TakeBack_TheWhole_BringsTheRequestBackToTheQueue(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var request = await hub.ReceiveAsync("Samir Inkerfield", Urgency.Soon);
        await hub.Requests.PassOnAsync(hub.Nadia, request.Reference, Hub.Advice, default);
        var handover = (await hub.HandoversAsync(request.Reference)).Single();

        (await hub.Handovers.TakeBackAsync(hub.Nadia, hub.Desk.Nadia, handover.Reference, "He would rather not", default)).Done.ShouldBeTrue();

        (await hub.RequestAsync(request.Reference)).Status.ShouldBe(RequestStatus.Waiting);
        (await hub.ReadAsync(new QueueFilter { Tab = QueueTab.PassedOn })).Total.ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task Answer_FourAtOnce_ExactlyOneIsKept(Db kind)
    {
        var (hub, request, handover) = await SentAsync(kind);
        await using var _ = hub;

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => JoyAsync(hub, handover, i % 2 == 0 ? HandoverAnswer.Accepted : HandoverAnswer.Declined, "Full")));

        answers.Count(a => a.Done).ShouldBe(1);
        await using var db = hub.Desk.Test.Database.Open();
        var state = (await hub.HandoversAsync(request.Reference)).Single().State;
        (await db.Set<Ground>().CountAsync(g => g.Cause == GroundCause.HandoverAccepted && g.To == null)).ShouldBe(state == HandoverState.Accepted ? 1 : 0);
    }

    /// <summary>A no is a no to the hub's pen as well: nothing is sent, whatever the worker ticks.</summary>
    [Theory, OnBothDatabases]
    [Requirement("R-ISA-02")]
    public async Task PassOn_AfterANo_IsRefused_UntilTheySayYes(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
        var permissions = new Permissions(hub.Desk.Test.Database, hub.Desk.Commands);
        async Task SayAsync(bool yes, DateTime at) => (await permissions.SayAsync(hub.Nadia with { At = at }, new NewPermissionSaid(request.HouseholdId, request.ApplicantId, hub.Desk.Joy.OrganisationId, "food", yes, "spoken"), default)).Done.ShouldBeTrue();
        await SayAsync(false, Now.AddMinutes(-2));

        var sent = await hub.Requests.PassOnAsync(hub.Nadia, request.Reference, Debt with { OrganisationId = hub.Desk.Joy.OrganisationId }, default);

        sent.Refusal!.Code.ShouldBe(HandoverDesk.SharingStopped);
        (await hub.HandoversAsync(request.Reference)).ShouldBeEmpty();
        await SayAsync(true, Now.AddMinutes(-1));
        (await hub.Requests.PassOnAsync(hub.Nadia, request.Reference, Debt with { OrganisationId = hub.Desk.Joy.OrganisationId }, default)).Done.ShouldBeTrue();
    }

    /// <summary>What was told is about a person: each reading of it is one line of the log that names them, and it goes with what allowed it.</summary>
    [Theory, OnBothDatabases]
    [Requirement("R-ISA-02"), Requirement("R-ISA-08")]
    public async Task WhatWasTold_IsLoggedWhenItIsRead_AndGoesWithThePermission(Db kind)
    {
        var (hub, request, handover) = await SentAsync(kind);
        await using var _ = hub;
        var reading = Desk.As(hub.Desk.Joy, Purpose.Handover, "handovers", Now.AddMinutes(2));
        async Task<int> LooksAsync()
        {
            await using var db = hub.Desk.Test.Database.Open();
            return (await db.Set<ReadEvent>().Where(e => e.Basis == "handed-over").ToListAsync()).Count(e => e.Subjects.Length > 0);
        }

        (await hub.Handovers.ForAsync(reading, default)).Single().Told.ShouldBe(Debt.Told);
        (await hub.Handovers.OpenAsync(reading, handover.Reference, default))!.Value.Line.Told.ShouldBe(Debt.Told);
        (await LooksAsync()).ShouldBe(2, "the list, and the one");
        await JoyAsync(hub, handover, HandoverAnswer.Accepted);
        await JoyAsync(hub, handover, HandoverAnswer.FirstContact);
        await JoyAsync(hub, handover, HandoverAnswer.Helped);
        (await hub.Handovers.OpenAsync(reading, handover.Reference, default))!.Value.Line.Shared.ShouldBeTrue();
        (await hub.Handovers.OpenAsync(Desk.As(hub.Desk.Joy, Purpose.Handover, at: Now.AddDays(91)), handover.Reference, default))!.Value.Line.Told.ShouldBe("", "it is long over");

        await new Permissions(hub.Desk.Test.Database, hub.Desk.Commands).SayAsync(hub.Nadia with { At = Now.AddMinutes(1) }, new NewPermissionSaid(request.HouseholdId, request.ApplicantId, hub.Desk.Joy.OrganisationId, "food", false, "spoken"), default);

        var (line, household) = (await hub.Handovers.OpenAsync(reading, handover.Reference, default))!.Value;
        (line.Shared, line.Told, line.Needs.Count, household).ShouldBe((false, "", 0, null));
        (await hub.Handovers.ForAsync(reading, default)).Single().Told.ShouldBe("");
    }

    /// <summary>Asked about the repairs only, a landlord does not read the children's names and days of birth.</summary>
    [Theory, OnBothDatabases]
    [Requirement("R-ISA-02")]
    public async Task Accepted_WithoutAYesToWhoLivesThere_ShowsThePersonAlone(Db kind)
    {
        var (hub, request, handover) = await SentAsync(kind);
        await using var _ = hub;
        await JoyAsync(hub, handover, HandoverAnswer.Accepted);
        var reading = Desk.As(hub.Desk.Joy, Purpose.Handover);

        (await hub.Desk.Reader.OpenAsync(reading, request.HouseholdId, default))!.Sight.Allows(DataCategory.HouseholdComposition, null).ShouldBeFalse();

        await new Permissions(hub.Desk.Test.Database, hub.Desk.Commands).SayAsync(hub.Nadia, new NewPermissionSaid(request.HouseholdId, request.ApplicantId, hub.Desk.Joy.OrganisationId, "food", true, "spoken"), default);
        (await hub.Desk.Reader.OpenAsync(reading, request.HouseholdId, default))!.Sight.Allows(DataCategory.HouseholdComposition, null).ShouldBeTrue();
    }

    /// <summary>Whoever knows the person neither claims their request nor hears that somebody did.</summary>
    [Theory, OnBothDatabases]
    [Requirement("R-ISA-08")]
    public async Task Claim_OfSomebodyTheWorkerKnows_IsNotThere(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
        (await new TieDesk(hub.Desk.Test.Database, hub.Desk.Commands).DeclareAsync(Desk.As(hub.Desk.Nadia), request.HouseholdId, TieKind.Relative, null, default)).Done.ShouldBeTrue();

        (await hub.Requests.ClaimAsync(hub.Nadia with { At = Now.AddMinutes(1) }, request.Reference, default)).Refusal.ShouldBe(RequestDesk.NotThere);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-08")]
    public async Task PassOn_OfSomebodyAtRisk_TakesNoWordOfWhereTheyLive(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var received = (await hub.Desk.Commands.RunAsync(Desk.Job(), c => Task.FromResult<AnyDoor.Common.Result<Received>>(hub.Intake.Receive(c, new NewRequest
        {
            DoorId = "food-bank", People = [new NewPerson("Risky Canaryhide", AnyDoor.Households.MemberRole.Applicant)], Contact = new NewSafeContact(AnyDoor.Households.ContactWay.Text, Phone: "07700900779", Email: "risky@example.org"), Urgency = Urgency.Today,
            SubmittedAt = Now, Invented = true, Needs = ["food"], Address = "Flat 2, 12 Osier Drove\nLittleport", Postcode = AnyDoor.Common.Postcode.FromStored("CB74AA"), AddressHidden = true,
        })), default)).Value!;
        Task<AnyDoor.Common.Result<string>> TellAsync(string told) => hub.Requests.PassOnAsync(hub.Nadia, received.Reference, new PassOn(hub.Desk.Joy.OrganisationId, "Waterlees Community Pantry", told, ["food"], Whole: false), default);

        foreach (var told in new[]
        {
            "She lives at CB7 4AA, number 12 High Street", "Her postcode is cb74aa.", "It is C B 7 4 A A", "PE13 1AB is where she is", "She lives at 9 Mill Lane and needs food", "The blue house in Osier Drove", "In flat 2 in LITTLEPORT", "Ring 07700900779", "Ring +44 7700 900 779", "Write to Risky@example.org",
        })
        {
            var refused = await TellAsync(told);
            (refused.Refusal?.Code, refused.Refusal?.Field).ShouldBe(("hidden-home", "told"), told);
        }
        var done = await TellAsync("Needs a parcel for one for three days, ring the hub on 01223 555 0100 at 9am.");

        done.Done.ShouldBeTrue();
        await using var db = hub.Desk.Test.Database.Open();
        var handover = await db.Set<Handover>().SingleAsync();
        (await hub.Handovers.TakeBackAsync(hub.Nadia, hub.Desk.Nadia, handover.Reference, "She moved to CB7 4AA", default)).Refusal!.Field.ShouldBe("why");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-08")]
    public async Task WhatWasTold_BeforeSomebodyWasAtRisk_IsShownNoMoreWhereItSaysWhereTheyLive(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
        (await hub.Requests.PassOnAsync(hub.Nadia, request.Reference, Debt with { OrganisationId = hub.Desk.Joy.OrganisationId, Told = "She lives at CB7 4AA and is behind with the rent." }, default)).Done.ShouldBeTrue("nobody was known to be at risk");
        async Task<HandoverLine> SeenAsync() => (await hub.Handovers.ForAsync(Desk.As(hub.Desk.Joy, Purpose.Handover), default)).Single();
        (await SeenAsync()).Told.ShouldContain("CB7 4AA");

        await hub.Desk.Commands.RunAsync(hub.Nadia, async c =>
        {
            await AnyDoor.Households.AtRiskMark.SetAsync(c, request.HouseholdId, request.ApplicantId);
            return (AnyDoor.Common.Result<bool>)true;
        }, default);

        (await SeenAsync()).Told.ShouldBe(HandoverDesk.NotToldAnyMore);
        (await hub.Handovers.OpenAsync(Desk.As(hub.Desk.Joy, Purpose.Handover), (await SeenAsync()).Reference, default))!.Value.Line.Told.ShouldBe(HandoverDesk.NotToldAnyMore);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-02")]
    public async Task Accepted_AnotherGrownUp_IsShownOnlyWithTheirOwnYes(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var (desk, joy) = (hub.Desk, hub.Desk.Joy);
        var received = (await desk.Commands.RunAsync(Desk.Job(), c => Task.FromResult<AnyDoor.Common.Result<Received>>(hub.Intake.Receive(c, new NewRequest
        {
            DoorId = "web-form", People = [new NewPerson("Alma Canarypair", AnyDoor.Households.MemberRole.Applicant, new DateOnly(1980, 2, 2)), new NewPerson("Bert Canarypair", AnyDoor.Households.MemberRole.Partner, new DateOnly(1979, 2, 3))],
            Contact = new NewSafeContact(AnyDoor.Households.ContactWay.Text, Phone: "07700900779"), Urgency = Urgency.Today, SubmittedAt = Now, Invented = true, Needs = ["food"],
        })), default)).Value!;
        var permissions = new Permissions(desk.Test.Database, desk.Commands);
        (await permissions.SayAsync(hub.Nadia, new NewPermissionSaid(received.HouseholdId, received.ApplicantId, joy.OrganisationId, "food", true, "spoken"), default)).Done.ShouldBeTrue();
        (await hub.Requests.PassOnAsync(hub.Nadia, received.Reference, new PassOn(joy.OrganisationId, "Waterlees Community Pantry", "A household of two needs food.", ["food"], Whole: false), default)).Done.ShouldBeTrue();
        var handover = (await hub.HandoversAsync(received.Reference)).Single();
        (await JoyAsync(hub, handover, HandoverAnswer.Accepted)).Done.ShouldBeTrue();
        var bert = (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), received.HouseholdId, default))!.Members.Single(m => m.Name == "Bert Canarypair").PersonId;

        var household = await SeenAsync();
        household.Members[0].Name.ShouldBe("Alma Canarypair");
        var other = household.Members[1];
        (other.Name, other.DateOfBirth, other.Age, other.Reach, other.AgeBand, other.Role, other.IsCut).ShouldBe(("", null, null, null, "40 to 64", AnyDoor.Households.MemberRole.Partner, true));

        (await permissions.SayAsync(hub.Nadia, new NewPermissionSaid(received.HouseholdId, bert, joy.OrganisationId, "food", true, "spoken"), default)).Done.ShouldBeTrue();
        (await SeenAsync()).Members[1].Name.ShouldBe("Bert Canarypair", "he says yes himself");
        (await permissions.SayAsync(hub.Nadia with { At = Now.AddMinutes(1) }, new NewPermissionSaid(received.HouseholdId, bert, joy.OrganisationId, "food", false, "spoken"), default)).Done.ShouldBeTrue();
        (await SeenAsync()).Members.ShouldAllBe(m => m.Name != "Bert Canarypair");
        (await SeenAsync()).Members[0].Name.ShouldBe("Alma Canarypair", "his no is not hers");

        async Task<AnyDoor.Households.HouseholdView> SeenAsync() => (await hub.Handovers.OpenAsync(Desk.As(joy, Purpose.Handover, at: Now.AddMinutes(2)), handover.Reference, default))!.Value.Household.ShouldNotBeNull();
    }
}
