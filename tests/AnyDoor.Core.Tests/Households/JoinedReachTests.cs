using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Households;

/// <summary>After a join there is one safe contact: the kept record's. What the joined one said before reaches nobody.</summary>
[Requirement("R-DA-02"), Requirement("R-HUB-04")]
public sealed class JoinedReachTests
{
    /// <summary>Leanne, who asked by the web form to be texted, is the one who said before that she wants no texts.</summary>
    private static async Task JoinAsync(Desk desk, bool atRisk = false)
    {
        var kept = await desk.HomeAsync(phone: "07700900418", reach: new NewReach(ContactWay.Phone, DoNot.Text), people: [new("Leanne Harrowmere", AtRisk: atRisk)]);
        await desk.GroundAsync(kept, GroundCause.OpenRequest);
        var match = (await desk.Reader.MatchesAsync(Desk.As(desk.Nadia), kept.Id, default)).ShouldHaveSingleItem();
        (await desk.Reader.AnswerMatchAsync(Desk.As(desk.Nadia), match.MatchId!.Value, MatchAnswer.Same, "She told me on the call", new(JoinHouseholds: !atRisk), default)).Value.ShouldBeTrue();
        if (!atRisk) (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), match.Other.HouseholdId, default))!.Id.ShouldBe(kept.Id);
    }

    [Theory, OnBothDatabases]
    public async Task Join_OfARecordWithALooserContact_SendsNothingByIt(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));
        var request = (await r.RequestsAsync()).Single();
        (await r.ReadAsync(db => RequestPost.MayTextAsync(db, request.Id, default))).Why.ShouldBeNull();

        await JoinAsync(r.Desk);

        (await r.ReadAsync(db => RequestPost.MayTextAsync(db, request.Id, default))).Channel.ShouldBe(MessageChannel.None);
        var readBack = await r.Desk.Commands.RunAsync(r.Desk.Nadia.For(Purpose.RespondToRequest, "phone-county-hub", Desk.Now), c => r.RequestPost.QueueReadBackAsync(c, request.Id, "There is 84p on the meter."), default);
        readBack.Refusal!.Code.ShouldBe("print-only");
        (await r.Postman().DeliverAsync(Desk.Now, default)).ShouldBe(0);
        r.Files().ShouldBeEmpty();
        (await r.OutboxAsync()).Single().State.ShouldBe(MessageState.Withheld);
        var reach = (await r.Desk.Reader.ReachOfAsync(Desk.As(r.Desk.Nadia), request.HouseholdId, request.ApplicantId, default))!.Value.Reach;
        (reach.By, reach.DoNot.HasFlag(DoNot.Text)).ShouldBe((ContactWay.Phone, true));
    }

    [Theory, OnBothDatabases]
    public async Task Join_OfARecordWhoseKeptOneIsAtRisk_TellsAMessageSo(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));
        await JoinAsync(r.Desk, atRisk: true);
        var request = (await r.RequestsAsync()).Single();

        (await r.ReadAsync(db => Post.AddresseeAsync(db, request.ApplicantId, null, default))).AtRisk.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    public async Task Revise_AFormWhoseRecordWasJoinedMeanwhile_MakesTheKeptContactStricter_AndNeverLooser(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var form = new NewRequest
        {
            DoorId = "web-form", People = [new NewPerson("Leanne Harrowmere", MemberRole.Applicant)], Contact = new NewSafeContact(ContactWay.Text, Phone: "07700900418", PhoneIsPrivate: true), Urgency = Urgency.Soon,
            SubmittedAt = Desk.Now.AddHours(-1), Invented = true, Needs = ["food"], PartFilled = true,
        };
        var received = (await hub.Desk.Commands.RunAsync(Desk.Job(), c => Task.FromResult<Result<Received>>(hub.Intake.Receive(c, form)), default)).Value!;
        await JoinAsync(hub.Desk);

        var more = form with { Contact = form.Contact with { DoNot = DoNot.Letter }, AddressHidden = true, SubmittedAt = Desk.Now.AddMinutes(5) };
        await hub.Desk.Commands.RunAsync(Desk.Job() with { At = Desk.Now.AddMinutes(5) }, async c => (Result<Received>)await hub.Intake.ReviseAsync(c, received.RequestId, more, finish: true), default);

        await using var db = hub.Desk.Test.Database.Open();
        var to = await Post.AddresseeAsync(db, received.ApplicantId, null, default);
        to.Reach.By.ShouldBe(ContactWay.Phone);
        to.Reach.DoNot.ShouldBe(DoNot.Text | DoNot.Letter);
        to.AtRisk.ShouldBeTrue();
        (await db.Set<Person>().CountAsync(p => p.AtRisk)).ShouldBe(2, "the kept record knows it too");
    }
}
