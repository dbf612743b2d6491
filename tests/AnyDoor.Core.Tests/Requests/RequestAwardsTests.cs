using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Core.Tests.Funds;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

/// <summary>An award asked for by a request's reference: who may, and what the rules are told.</summary>
public sealed class RequestAwardsTests
{
    private static async Task<(FundsRig Rig, RequestAwards Awards, Worker Hub, Worker Partner)> StartAsync(Db kind)
    {
        var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadShippedAsync("hsf-1-direct-award");
        var staff = new Staff(rig.Test.Database, rig.Commands);
        var hub = (await staff.CreateAsync("ada", null, "Invented county hub", "hub-adviser", rig.Who, default)).Value!;
        var partner = (await staff.CreateAsync("pat", null, "Invented pantry", "partner-worker", rig.Who, default)).Value!;
        return (rig, new RequestAwards(rig.Test.Database, rig.Awards), hub, partner);
    }

    private static Task<Received> RequestAsync(FundsRig rig, params NewAnswer[] answers) => RequestAsync(rig, r => r with { Answers = answers });

    private static async Task<Received> RequestAsync(FundsRig rig, Func<NewRequest, NewRequest> change)
    {
        var intake = new Intake(new PostcodeDirectory(rig.Test.Database));
        var received = await rig.Commands.RunAsync(rig.Who, c =>
        {
            c.Insert(new Door { Id = $"door-{Guid.NewGuid():N}"[..20], Label = "Invented door" });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        received.Done.ShouldBeTrue();
        await using var db = rig.Test.Database.Open();
        var door = db.Set<Door>().Select(d => d.Id).First();
        return (await rig.Commands.RunAsync(rig.Who, c => Task.FromResult<Result<Received>>(intake.Receive(c, change(new NewRequest
        {
            DoorId = door, People = [new NewPerson("Invented One", MemberRole.Applicant, new DateOnly(1985, 5, 4)), new NewPerson("Invented Two", MemberRole.Child, new DateOnly(2015, 5, 4))],
            Contact = new NewSafeContact(ContactWay.Letter), Urgency = Urgency.Today, SubmittedAt = rig.Who.At, Invented = true, District = "E07000010",
            PermissionGiven = true, Needs = ["heating-or-electricity"],
        }))), default)).Value!;
    }

    private static Task<Result<Awarded>> AwardAsync(FundsRig rig, RequestAwards awards, Worker worker, string reference) =>
        awards.AwardAsync(rig.Who with { Actor = new Actor(ActorKind.System, worker.Id, "by key"), OrganisationId = worker.OrganisationId }, worker,
            new RequestAward(reference, "hsf-1-direct-award", "fuel-voucher", 4900, AwardAsk.PrintedLetter, "No money on the meter.", null), null, default);

    [Theory, OnBothDatabases, Requirement("R-APP-03")]
    public async Task Award_PayToldOverTheLineAndNoBenefit_IsNotThisFund(Db kind)
    {
        var (rig, awards, hub, _) = await StartAsync(kind);
        await using var _1 = rig;
        var over = await RequestAsync(rig, new NewAnswer("income.pay_monthly_pence", "149500"), new NewAnswer("benefits.list", "[]"));
        var under = await RequestAsync(rig, new NewAnswer("income.pay_monthly_pence", "149499"), new NewAnswer("benefits.list", "[]"));

        (await AwardAsync(rig, awards, hub, over.Reference)).Refusal!.Code.ShouldBe("not-eligible");
        (await AwardAsync(rig, awards, hub, under.Reference)).Refusal.ShouldBeNull();
    }

    [Theory, OnBothDatabases, Requirement("R-APP-03")]
    public async Task Award_RatherNotSay_IsNeverARefusal(Db kind)
    {
        var (rig, awards, hub, _) = await StartAsync(kind);
        await using var _1 = rig;
        var request = await RequestAsync(rig, new NewAnswer("income.pay_monthly_pence", AnyDoor.Conversations.Answer.RatherNot), new NewAnswer("benefits.list", AnyDoor.Conversations.Answer.RatherNot));

        var made = await AwardAsync(rig, awards, hub, request.Reference);

        made.Refusal.ShouldBeNull();
        (await rig.Reports.TrailAsync(made.Value!.Reference, default))!.Decision.Unknown.ShouldBe("benefits.list,income.annual_pence");
    }

    [Theory, OnBothDatabases]
    public async Task Award_ByAWorkerWithoutGrounds_IsAnsweredLikeAnUnknownReference(Db kind)
    {
        var (rig, awards, hub, partner) = await StartAsync(kind);
        await using var _1 = rig;
        var request = await RequestAsync(rig);

        var notAllowed = await AwardAsync(rig, awards, partner, request.Reference);
        var unknown = await AwardAsync(rig, awards, hub, Reference.New());

        notAllowed.Refusal.ShouldBe(unknown.Refusal);
        notAllowed.Refusal!.Code.ShouldBe("not-found");
        (await rig.CountAsync<Award>()).ShouldBe(0);
    }

    /// <summary>Also where a record that the ledger's own service is asked about directly.</summary>
    [Theory, OnBothDatabases, Requirement("R-ISA-05")]
    public async Task Award_ByAWorkerWhoKnowsThem_IsAnsweredLikeAnUnknownReference(Db kind)
    {
        var (rig, awards, hub, _) = await StartAsync(kind);
        await using var _1 = rig;
        var request = await RequestAsync(rig);
        var ada = (await new StaffAccess(rig.Test.Database).FindAsync("ada", default))!;
        (await new TieDesk(rig.Test.Database, rig.Commands).DeclareAsync(ReadContext.ForWorker(ada, Purpose.Assurance, "tie", "test", rig.Who.At), request.HouseholdId, TieKind.Relative, null, default)).Value.ShouldBeTrue();

        (await AwardAsync(rig, awards, hub, request.Reference)).Refusal.ShouldBe(RequestAwards.NotThere);
        var direct = await rig.Awards.AwardAsync(rig.Who with { Actor = Actor.Worker(hub.Id, "ada"), OrganisationId = hub.OrganisationId },
            new AwardAsk { HouseholdId = request.HouseholdId, RequestId = request.RequestId, SchemeId = "hsf-1-direct-award", AwardType = "fuel-voucher", AmountPence = 4900, Delivery = AwardAsk.PrintedLetter, Reason = "No money on the meter." }, default);
        direct.Refusal!.Code.ShouldBe("not-found");
        (await rig.CountAsync<Award>()).ShouldBe(0);
    }

    [Theory, OnBothDatabases, Requirement("R-APP-02")]
    public async Task Award_SomebodyElseAskedAndTheyMayNotKnow_WaitsUntilSomebodySpokeWithThem(Db kind)
    {
        var (rig, awards, hub, _) = await StartAsync(kind);
        await using var _1 = rig;
        var told = await RequestAsync(rig, r => r with { ForSomeoneElse = true, PermissionGiven = true });
        var untold = await RequestAsync(rig, r => r with { ForSomeoneElse = true, PermissionGiven = false });

        (await AwardAsync(rig, awards, hub, told.Reference)).Refusal.ShouldBeNull();
        var refused = (await AwardAsync(rig, awards, hub, untold.Reference)).Refusal!;
        await rig.Commands.RunAsync(rig.Who, async c =>
        {
            var request = await c.Db.Set<Request>().AsTracking().SingleAsync(r => r.Id == untold.RequestId);
            request.Talk(c.Who.At);
            return (Result<Nothing>)Nothing.Value;
        }, default);

        refused.Code.ShouldBe("not-eligible");
        refused.Sentence.ShouldStartWith("Somebody else asked for them, and they may not know yet.");
        (await AwardAsync(rig, awards, hub, untold.Reference)).Refusal.ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HH-02")]
    public async Task HouseholdFile_HasItsRequestsAwardsAndEvents_TheNewestFirst(Db kind)
    {
        var (rig, awards, hub, _) = await StartAsync(kind);
        await using var __ = rig;
        var request = await RequestAsync(rig, new NewAnswer("shock.what_changed", "[\"lower-pay\"]"));
        var made = await AwardAsync(rig, awards, hub, request.Reference);
        made.Refusal.ShouldBeNull();
        var ada = (await new StaffAccess(rig.Test.Database).FindAsync("ada", default))! with { OrganisationKind = OrganisationKind.CountyHub };
        await using var log = new ReadLog(rig.Test.Database, rig.Test.Key);
        var reader = new HouseholdReader(rig.Test.Database, rig.Commands, log);
        var sittings = new HubSittings(rig.Test.Database, reader, rig.Book, null!, null!, null!, rig.Test.Key);

        var file = (await sittings.HouseholdAsync(AnyDoor.Sharing.ReadContext.ForWorker(ada, Purpose.RespondToRequest, "household", "staff", rig.Clock.GetUtcNow().UtcDateTime), request.HouseholdId, null, default))!;

        (file.Requests.ShouldHaveSingleItem().Reference, file.Requests[0].Door, file.Requests[0].Status).ShouldBe((request.Reference, "Invented door", RequestStatus.Waiting));
        var award = file.Awards.ShouldHaveSingleItem();
        (award.Reference, award.Label, award.Amount, award.RequestId, award.Status, award.On).ShouldBe((made.Value!.Reference, "Fuel voucher", new Money(4900), request.RequestId, AwardStatus.Issued, LondonTime.DayOf(FundsRig.Now)));
        file.Timeline.Select(t => t.Kind).Order().ShouldBe(["award.made", "request.received"]);
        file.Household.HasJoins.ShouldBeFalse();
    }
}
