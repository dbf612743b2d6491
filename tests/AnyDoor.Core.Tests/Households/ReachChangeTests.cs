using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Households;

/// <summary>Safe contact changed in the sitting, and what that does to what waits to be sent.</summary>
[Requirement("R-DA-02")]
public sealed class ReachChangeTests
{
    private static readonly Reach Own = new(ContactWay.Text, DoNot.VoiceMessage, Phone: "07700900512", PhoneIsPrivate: true);

    private static async Task<(Residents Residents, Request Request)> SentAsync(Db kind)
    {
        var residents = await Residents.OpenAsync(kind);
        await residents.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));
        return (residents, (await residents.RequestsAsync()).Single());
    }

    private static async Task<Result<bool>> ChangeAsync(Residents r, Request request, Reach reach, string? shown = null, string how = "Gave date of birth and street", WhoIsWorking? worker = null) =>
        await r.Desk.Reader.ChangeReachAsync(Desk.As(worker ?? r.Desk.Nadia, page: "safe-contact"), request.HouseholdId, request.ApplicantId, new ReachChange(reach, shown ?? await MarkAsync(r, request), how), default);

    private static async Task<string> MarkAsync(Residents r, Request request) =>
        SafeContacts.Mark((await r.Desk.Reader.OpenAsync(Desk.As(r.Desk.Nadia), request.HouseholdId, default))!.Applicant!.Reach);

    [Theory, OnBothDatabases]
    public async Task Change_ANewNumber_CountsAtOnce_AndWhatWaitsForTheOldOneGoesToNeither(Db kind)
    {
        var (r, request) = await SentAsync(kind);
        await using var _ = r;

        (await ChangeAsync(r, request, Own)).Done.ShouldBeTrue();
        (await r.Postman().DeliverAsync(r.Now, default)).ShouldBe(0);

        r.Files().ShouldBeEmpty();
        var message = (await r.OutboxAsync()).Single();
        (message.State, message.Why).ShouldBe((MessageState.Withheld, "The number or address has changed since this was written: it was not sent to either."));
        message.SealedWords.ShouldBeNull();
        (await r.Desk.Reader.OpenAsync(Desk.As(r.Desk.Nadia), request.HouseholdId, default))!.Applicant!.Reach!.Phone.ShouldBe("07700900512");
        (await r.ReadAsync(db => db.Set<SafeContact>().CountAsync(s => s.PersonId == request.ApplicantId))).ShouldBe(2, "what was there before stays as history");
        var changed = await r.ReadAsync(db => db.Set<AuditEvent>().SingleAsync(e => e.Kind == "safe-contact.changed"));
        (await r.ReadAsync(db => db.Set<AuditContent>().SingleAsync(c => c.EventId == changed.Id))).Body.ShouldBe("Gave date of birth and street");
    }

    [Theory, OnBothDatabases]
    public async Task Change_OnlyTheTime_LetsWhatWaitsGoToTheSameNumber(Db kind)
    {
        var (r, request) = await SentAsync(kind);
        await using var _ = r;
        var now = (await r.Desk.Reader.OpenAsync(Desk.As(r.Desk.Nadia), request.HouseholdId, default))!.Applicant!.Reach!;

        (await ChangeAsync(r, request, now with { BestTime = "after 4pm" })).Done.ShouldBeTrue();

        (await r.Postman().DeliverAsync(r.Now, default)).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Change_SomebodyElseChangedItMeanwhile_IsRefusedAndTheirsStands(Db kind)
    {
        var (r, request) = await SentAsync(kind);
        await using var _ = r;
        var shown = await MarkAsync(r, request);
        (await ChangeAsync(r, request, Own, shown)).Done.ShouldBeTrue();

        var late = await ChangeAsync(r, request, Own with { Phone = "07700900999" }, shown);

        late.Refusal!.Code.ShouldBe(HouseholdReader.ReachMovedOn);
        (await r.Desk.Reader.OpenAsync(Desk.As(r.Desk.Nadia), request.HouseholdId, default))!.Applicant!.Reach!.Phone.ShouldBe("07700900512");
    }

    [Theory, OnBothDatabases]
    public async Task Change_WithoutKnowingWhoItIs_OrWithoutGrounds_ChangesNothing(Db kind)
    {
        var (r, request) = await SentAsync(kind);
        await using var _ = r;

        (await ChangeAsync(r, request, Own, how: " ")).Refusal!.Field.ShouldBe("how");
        (await ChangeAsync(r, request, Own with { Phone = null })).Refusal!.Field.ShouldBe("phone");
        (await ChangeAsync(r, request, Own with { DoNot = DoNot.Text })).Refusal!.Field.ShouldBe("doNot");
        (await ChangeAsync(r, request, Own, worker: r.Desk.Joy)).Refusal!.Code.ShouldBe("not-found");
        (await r.Desk.Reader.ChangeReachAsync(Desk.As(r.Desk.Nadia), Guid.NewGuid(), request.ApplicantId, new ReachChange(Own, "none", "Says so herself"), default)).Refusal!.Code.ShouldBe("not-found");
        (await r.ReadAsync(db => db.Set<SafeContact>().CountAsync())).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task ReadBack_GoesToAPrivatePhoneInTheirWords_AndOtherwiseIsPrintedAndSaysWhy(Db kind)
    {
        var (r, request) = await SentAsync(kind);
        await using var _ = r;
        await r.Postman().DeliverAsync(r.Now, default);
        Task<Result<PostDecision>> SendAsync(string words) => r.Desk.Commands.RunAsync(r.Desk.Nadia.For(Purpose.RespondToRequest, "phone-county-hub", Desk.Now), c => r.RequestPost.QueueReadBackAsync(c, request.Id, words), default);

        (await SendAsync(new string('a', RequestPost.LongestText + 1))).Refusal!.Field.ShouldBe("words");
        (await SendAsync("Powiedziała nam Pani, że na liczniku zostało 84p.")).Done.ShouldBeTrue();
        (await r.Postman().DeliverAsync(Desk.Now, default)).ShouldBe(1);
        r.Files().ShouldContain(f => f.Contains("Powiedziała nam Pani, że na liczniku zostało 84p.", StringComparison.Ordinal));

        (await ChangeAsync(r, request, Own with { PhoneIsPrivate = false })).Done.ShouldBeTrue();
        (await SendAsync("You told us there is 84p on the meter.")).Refusal!.Sentence.ShouldBe("Others may read that phone: nobody has said that it is private.");
        (await r.ReadAsync(db => RequestPost.MayTextAsync(db, request.Id, default))).Why.ShouldBe("Others may read that phone: nobody has said that it is private.");
        (await r.OutboxAsync()).Count(m => m.MessageId == "read-back").ShouldBe(1, "what was refused left nothing behind");
    }

    [Theory]
    [InlineData(ContactWay.Phone), InlineData(ContactWay.Letter), InlineData(ContactWay.ThroughSomeone), InlineData(ContactWay.DoNotContactFirst)]
    public void DecideWords_AnyOtherWay_IsNotTexted(ContactWay way) =>
        PostRules.DecideWords(new Addressee(Own with { By = way, To = "41 Teasel Way" }, false, "en", null)).Channel.ShouldBe(MessageChannel.None);

    [Fact]
    public void DecideWords_SomebodyMayBeLookingForThem_IsNotTexted() =>
        PostRules.DecideWords(new Addressee(Own, true, "en", null)).Why.ShouldStartWith("Somebody may be looking for them");
}
