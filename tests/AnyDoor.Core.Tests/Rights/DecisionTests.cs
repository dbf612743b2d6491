using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Rights;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Rights;

/// <summary>What is done about objections, complaints, restrictions and corrections, and that the person hears of it.</summary>
public sealed class DecisionTests
{
    private static readonly DateTime Now = SubjectRoom.Now;

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task Objection_ToOneOrganisation_StopsIt_AndEndsInWordsThatTheyRead(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        var joy = room.Hub.Desk.Joy;
        await room.WriteAsync(c =>
        {
            c.Insert(new Permission { Id = Guid.NewGuid(), HouseholdId = gethin.HouseholdId, PersonId = gethin.ApplicantId, OrganisationId = joy.OrganisationId, Purpose = Purpose.Handover, Categories = "IdentityAndContact", Allowed = true, GivenAt = Now.AddDays(-2), How = "spoken" });
            Grounds.Open(c, GroundCause.HandoverAccepted, gethin.HouseholdId, Purpose.Handover, Guid.NewGuid(), organisation: joy.OrganisationId);
            c.Insert(new Handover { Id = Guid.NewGuid(), Reference = Reference.New(), HouseholdId = gethin.HouseholdId, OrganisationId = joy.OrganisationId, Organisation = "waterlees-pantry", Whole = false, Told = "A parcel", Needs = "food", SentAt = Now.AddDays(-2), SentBy = room.Hub.Desk.Nadia.WorkerId, AnswerBy = Now.AddDays(1), State = HandoverState.Accepted, Version = 1 });
        });
        (await room.Hub.Desk.Reader.OpenAsync(Core.Tests.Households.Desk.As(joy, Purpose.Handover), gethin.HouseholdId, default)).ShouldNotBeNull();
        var reference = await room.AskedByAsync(gethin.ApplicantId, SubjectKind.Objection);

        (await room.Desk.AnswerAsync(room.Who, reference, "We noted it.", default)).Refusal.ShouldNotBeNull("nothing would have been done");
        (await room.Desk.DecideObjectionAsync(room.Maren, reference, new ObjectionDecision("", "We stopped it."), Now, default)).Refusal!.Field.ShouldBe("what");
        (await room.FileAsync(reference)).Sharing.ShouldHaveSingleItem().Id.ShouldBe(joy.OrganisationId);
        (await room.Desk.DecideObjectionAsync(room.Maren, reference, new ObjectionDecision(joy.OrganisationId.ToString(), "The pantry gets nothing of yours any more."), Now, default)).Refusal.ShouldBeNull();

        (await room.Hub.Desk.Reader.OpenAsync(Core.Tests.Households.Desk.As(joy, Purpose.Handover, at: Now.AddMinutes(1)), gethin.HouseholdId, default)).ShouldBeNull();
        await using var db = room.Database.Open();
        (await db.Set<Handover>().SingleAsync()).IsGoingOn.ShouldBeFalse();
        (await db.Set<Permission>().CountAsync(p => p.Allowed && p.WithdrawnAt == null)).ShouldBe(0);
        (await db.Set<Ground>().CountAsync(g => g.OrganisationId == joy.OrganisationId && g.To == null)).ShouldBe(0);
        // They hear of it on their own page, although they had asked by letter.
        var own = (await room.Desk.OwnAsync(gethin.RequestId, Now, default)).ShouldHaveSingleItem();
        (own.State, own.Outcome).ShouldBe((SubjectState.Answered, "The pantry gets nothing of yours any more."));
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task Objection_ToEverything_Restricts_AndToGoOnNeedsCompellingGrounds(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        var first = await room.AskedByAsync(gethin.ApplicantId, SubjectKind.Objection);
        (await room.Desk.DecideObjectionAsync(room.Maren, first, new ObjectionDecision(ObjectionDecision.GoOn, "We go on."), Now, default)).Refusal!.Field.ShouldBe("told");
        (await room.Desk.DecideObjectionAsync(room.Maren, first, new ObjectionDecision(ObjectionDecision.GoOn, "We go on, because the law has us account for the award for seven years."), Now, default)).Refusal.ShouldBeNull();
        (await room.Desk.OpenAsync(room.Maren, first, Now, default))!.Request.State.ShouldBe(SubjectState.Refused);
        var second = await room.AskedByAsync(gethin.ApplicantId, SubjectKind.Objection);

        (await room.Desk.DecideObjectionAsync(room.Maren, second, new ObjectionDecision(ObjectionDecision.Everything, "Nobody works with your record any more."), Now, default)).Refusal.ShouldBeNull();

        (await room.Hub.Desk.Reader.OpenAsync(Core.Tests.Households.Desk.As(room.Hub.Desk.Nadia, at: Now.AddMinutes(1)), gethin.HouseholdId, default)).ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task Complaint_IsNeverRefused_AndItsOutcomeIsTold(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        var reference = await room.AskedByAsync(gethin.ApplicantId, SubjectKind.Complaint);

        (await room.Desk.RefuseAsync(room.Who, reference, "It is manifestly unfounded, we think.", default)).Refusal!.Code.ShouldBe(SubjectRequest.WrongState);
        (await room.Desk.AnswerAsync(room.Who, reference, "We were wrong to ring your daughter. It is written on your record.", default)).Refusal.ShouldBeNull();

        (await room.Desk.OwnAsync(gethin.RequestId, Now, default)).ShouldHaveSingleItem().Outcome.ShouldBe("We were wrong to ring your daughter. It is written on your record.");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task Restriction_IsLiftedWhereItWasMade_ListedByMark_AndTheirPageSaysThatNobodyReadsIt(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        (await room.Hub.Requests.ClaimAsync(room.Hub.Nadia, gethin.Reference, default)).Refusal.ShouldBeNull();
        var (cause, other) = (await room.AskedByAsync(gethin.ApplicantId, SubjectKind.Restriction), await room.AskedByAsync(gethin.ApplicantId, SubjectKind.Rectification));
        var status = new RequestStatusDesk(room.Database, room.Hub.Desk.Commands, room.Hub.Desk.Test.Key, room.Hub.Desk.Reader, new AnyDoor.Places.PostcodeDirectory(room.Database), new AnyDoor.Funds.SchemeBook());
        (await status.ReadAsync(gethin.RequestId, Now, default))!.Worker.ShouldNotBeNull();

        (await room.Desk.RestrictAsync(room.Maren, cause, "He says that it is wrong and we check it.", Now, default)).Refusal.ShouldBeNull();

        var file = await room.FileAsync(other);
        (file.Restricted, file.LiftsHere, file.RestrictedBy.Single()).ShouldBe((true, false, cause));
        (await room.FileAsync(cause)).LiftsHere.ShouldBeTrue();
        var listed = (await room.Desk.RestrictedAsync(default)).ShouldHaveSingleItem();
        (listed.Reference, listed.Record, listed.Kind).ShouldBe((cause, Disposals.Short(gethin.HouseholdId), SubjectKind.Restriction));
        var own = (await status.ReadAsync(gethin.RequestId, Now.AddMinutes(1), default))!;
        (own.Restricted, own.Worker).ShouldBe((true, null));
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task Correction_OfWhereTheyLiveAndTheirNumber_GoesThroughTheDesksThatKeepThem_AndAStatementStandsBesideTheRecord(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        var reference = await room.AskedByAsync(gethin.ApplicantId, SubjectKind.Rectification);

        (await room.Desk.CorrectHomeAsync(room.Maren, reference, "14 Teasel Way", "nonsense", Now, default)).Refusal!.Field.ShouldBe("postcode");
        (await room.Desk.CorrectHomeAsync(room.Maren, reference, "14 Teasel Way", "PE13 9ZT", Now, default)).Refusal.ShouldBeNull();
        (await room.Desk.CorrectContactAsync(room.Maren, reference, "0770090", null, Now, default)).Refusal!.Field.ShouldBe("phone");
        (await room.Desk.CorrectContactAsync(room.Maren, reference, "07700 900 419", null, Now, default)).Refusal.ShouldBeNull();
        (await room.Desk.CorrectAsync(room.Who, reference, new NewCorrection("statement", "I was never off work ill."), default)).Refusal.ShouldBeNull();

        var file = await room.FileAsync(reference);
        file.Corrections.Select(c => c.What).ShouldBe(["address", "contact", "statement"]);
        (file.Corrections[1].Was, file.Corrections[1].Now).ShouldBe(("07700 900 418", "07700 900 419"));
        file.Homes[0].View.Home.Lines.ShouldBe("14 Teasel Way");
        (file.Homes[0].Who!.Reach!.Phone, file.Homes[0].Who!.Reach!.CheckBeforeContact).ShouldBe(("07700900419", true));
        var nadia = (await room.Hub.Desk.Reader.OpenAsync(Core.Tests.Households.Desk.As(room.Hub.Desk.Nadia), gethin.HouseholdId, default)).ShouldNotBeNull();
        (await room.Desk.StatementsAsync(nadia, default)).ShouldHaveSingleItem().Words.ShouldBe("I was never off work ill.");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task SecondAskOfTheSameKind_BelongsToTheOpenOne_AndIsNotLost(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        var resident = new AuditContext(Actor.Resident(null), null, "web-form", Purpose.RespondToRequest, Now);

        var first = (await room.Desk.FromOwnPageAsync(resident, gethin.RequestId, SubjectKind.Complaint, "You rang my daughter", default)).Value!;
        (await room.Desk.FromOwnPageAsync(resident, gethin.RequestId, SubjectKind.Complaint, "You rang my daughter", default)).Value.ShouldBe(first);
        (await room.Desk.FromOwnPageAsync(resident, gethin.RequestId, SubjectKind.Complaint, "And somebody looked on Sunday", default)).Value.ShouldBe(first);

        (await room.FileAsync(first)).Request.Asked.ShouldBe("You rang my daughter\nAnd somebody looked on Sunday");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-02")]
    public async Task YesOnTheForm_EndsAfterItsMonths(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var (_, draft) = await r.StartAsync(("needs", ["food"]));
        await r.SaveAsync(draft.Id, "safe-contact", ("by", ["phone"]), ("phone", ["07700 900418"]));
        await r.SaveAsync(draft.Id, "about-you", ("name", ["Leanne Harrowmere"]));
        await r.SaveAsync(draft.Id, "sharing", ("food-bank", ["yes"]), ("doctor", ["no"]));
        var sent = (await r.Drafts.SendAsync(draft.Id, "en", r.Who, default)).Value!;

        var said = await r.ReadAsync(db => db.Set<Permission>().ToListAsync());
        said.Single(p => p.Allowed).Until.ShouldBe(LondonTime.DayOf(r.Now).AddMonths(12));
        said.Single(p => !p.Allowed).Until.ShouldBeNull("a no does not run out");
        sent.ShouldNotBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Pause_WithNothingChosen_IsRefused(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var reference = await room.AskedAsync(identity: null);

        var refused = await room.Desk.PauseAsync(room.Who, reference, null, "We asked him to ring from his number.", default);

        refused.Refusal!.Field.ShouldBe("what");
        (await room.FileAsync(reference)).Pauses.ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task WhatWasCorrected_IsChosenAndKeptInWords(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        await room.WriteAsync(c => c.Insert(new AnyDoor.Conversations.Answer { Id = Guid.NewGuid(), HouseholdId = gethin.HouseholdId, PersonId = gethin.ApplicantId, Fact = "needs", Value = """["food","rent-or-council-tax"]""", Origin = "request", At = Now.AddDays(-40) }));
        var reference = await room.AskedByAsync(gethin.ApplicantId, SubjectKind.Rectification);

        (await room.Desk.AnswersAsync(await room.FileAsync(reference), default)).ShouldNotContain(a => a.Value.Contains('[') || a.Value.Contains("rent-or"));
    }
}
