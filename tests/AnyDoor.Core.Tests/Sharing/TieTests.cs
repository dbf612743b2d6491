using AnyDoor.Audit;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Sharing;

/// <summary>A worker says that they know a household, and it is not there for them any more.</summary>
[Requirement("R-ISA-05")]
public sealed class TieTests
{
    private static readonly DateTime Now = Desk.Now;

    [Theory, OnBothDatabases]
    public async Task Declare_ShutsTheRecordForThatWorkerEverywhere_AndFreesWhatTheyHadTakenUp(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var (desk, ties) = (hub.Desk, new TieDesk(hub.Desk.Test.Database, hub.Desk.Commands));
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
        (await hub.Requests.ClaimAsync(hub.Nadia, request.Reference, default)).Done.ShouldBeTrue();
        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), request.HouseholdId, default)).ShouldNotBeNull();

        (await ties.DeclareAsync(Desk.As(desk.Nadia), request.HouseholdId, null, null, default)).Refusal!.Field.ShouldBe("kind");
        (await ties.DeclareAsync(Desk.As(desk.Nadia), request.HouseholdId, TieKind.Neighbour, "Two doors down", default)).Value.ShouldBeTrue();
        (await ties.DeclareAsync(Desk.As(desk.Nadia), request.HouseholdId, TieKind.Neighbour, "Again", default)).Value.ShouldBeTrue();

        var later = Now.AddMinutes(1);
        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia, at: later), request.HouseholdId, default)).ShouldBeNull();
        (await desk.Reader.SearchAsync(Desk.As(desk.Nadia, at: later), "Harrowmere", default)).ShouldBeEmpty();
        (await desk.Reader.ListAsync(Desk.As(desk.Nadia, at: later), [(request.HouseholdId, request.ApplicantId)], default)).ShouldBeEmpty();
        (await desk.Reader.StatedReasonAsync(Desk.As(desk.Nadia, at: later), request.HouseholdId, "She rang me and I picked up", default)).Value.ShouldBeFalse();
        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia with { WorkerId = Guid.NewGuid() }, at: later), request.HouseholdId, default)).ShouldNotBeNull("a colleague helps them");
        (await hub.RequestAsync(request.Reference)).Status.ShouldBe(RequestStatus.Waiting);
        var line = (await ties.AllAsync(default)).ShouldHaveSingleItem();
        (line.Worker, line.Kind, line.Words, line.EndedAt).ShouldBe(("Nadia Wexcombe", TieKind.Neighbour, "Two doors down", null));
        (await hub.EventsAsync("tie.declared")).ShouldBe(1);

        var maren = new AuditContext(Actor.Worker(Guid.NewGuid(), "maren"), null, "test", Purpose.Assurance, Now.AddMinutes(2));
        (await ties.EndAsync(hub.Nadia, line.Id, default)).Refusal!.Code.ShouldBe("own-tie");
        (await ties.EndAsync(maren, line.Id, default)).Value.ShouldBeTrue();
        (await ties.EndAsync(maren, line.Id, default)).Refusal!.Code.ShouldBe("ended");
        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia, at: Now.AddMinutes(3)), request.HouseholdId, default)).ShouldNotBeNull("the hub's own ground stands");
    }

    [Theory, OnBothDatabases]
    public async Task Declare_OfWhatIsNotThere_AnswersAlike_AndOfARoleThatMayNot_IsNotThere(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var ties = new TieDesk(hub.Desk.Test.Database, hub.Desk.Commands);

        (await ties.DeclareAsync(Desk.As(hub.Desk.Nadia), Guid.NewGuid(), TieKind.Friend, null, default)).Value.ShouldBeTrue();
        (await ties.DeclareAsync(Desk.As(hub.Desk.Other(AnyDoor.Organisations.Role.Analyst)), Guid.NewGuid(), TieKind.Friend, null, default)).Value.ShouldBeFalse();
        (await ties.AllAsync(default)).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task Handover_OfATiedWorker_IsNotThereForThem_AndIsForAColleague(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var joy = hub.Desk.Joy;
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
        (await hub.Requests.PassOnAsync(hub.Nadia, request.Reference, new PassOn(joy.OrganisationId, "Waterlees Community Pantry", "A family of four needs food today.", ["food"]), default)).Done.ShouldBeTrue();
        var handover = (await hub.HandoversAsync(request.Reference))[0].Reference;

        await new TieDesk(hub.Desk.Test.Database, hub.Desk.Commands).DeclareAsync(Desk.As(joy), request.HouseholdId, TieKind.Relative, null, default);

        (await hub.Handovers.OpenAsync(Desk.As(joy, Purpose.Handover), handover, default)).ShouldBeNull();
        (await hub.Handovers.StateAsync(joy, handover, default)).ShouldBeNull();
        (await hub.Handovers.ForAsync(Desk.As(joy, Purpose.Handover), default)).ShouldBeEmpty();
        (await hub.Handovers.AnswerAsync(joy.For(Purpose.Handover, "food-bank", Now), joy, handover, HandoverAnswer.Accepted, null, default)).Refusal.ShouldBe(RequestDesk.NotThere);
        (await hub.Handovers.OpenAsync(Desk.As(joy with { WorkerId = Guid.NewGuid() }, Purpose.Handover), handover, default)).ShouldNotBeNull("a colleague sees it");
    }
}
