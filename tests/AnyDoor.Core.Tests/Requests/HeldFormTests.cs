using AnyDoor.Audit;
using AnyDoor.Messages;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

/// <summary>Suspicious forms of the open door: held for a person, never refused, never dropped, and the sender is answered alike.</summary>
public sealed class HeldFormTests
{
    private const string Spam = "Buy the very best cheap watches from our famous shop";

    private static HeldForms Held(Residents r) => new(r.Desk.Test.Database, r.Desk.Commands, r.Desk.Test.Key, new RequestPost(new Post(r.Settings)));

    private static async Task<SentForm> SendAsync(Residents r, string words, string soon = "soon", string? phone = null, string name = "Leanne Harrowmere")
    {
        var (_, draft) = await r.StartAsync(("needs", ["food"]));
        if (phone is not null) await r.SaveAsync(draft.Id, "safe-contact", ("by", ["text"]), ("phone", [phone]));
        await r.SaveAsync(draft.Id, "about-you", ("name", [name]));
        await r.SaveAsync(draft.Id, "how-soon", ("urgency", [soon]));
        await r.SaveAsync(draft.Id, "own-words", ("words", [words]));
        var sent = await r.Drafts.SendAsync(draft.Id, "en", r.Who, default);
        sent.Refusal.ShouldBeNull();
        return sent.Value!;
    }

    private static Task<Request> RequestAsync(Residents r, SentForm sent) => r.ReadAsync(db => db.Set<Request>().SingleAsync(x => x.Id == sent.RequestId));

    [Theory, OnBothDatabases]
    public async Task SameWordsManyTimes_AreHeldFromTheSixthOn_AndAnsweredAlike(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = new List<SentForm>();
        for (var i = 0; i < 8; i++) sent.Add(await SendAsync(r, Spam));

        foreach (var (form, i) in sent.Select((f, i) => (f, i))) (await RequestAsync(r, form)).QueueRank.HasValue.ShouldBe(i < 5, $"form {i + 1}");
        var waiting = await Held(r).ListAsync(default);
        waiting.Count.ShouldBe(3);
        waiting[0].Why.ShouldHaveSingleItem().ShouldContain("The same words came with");
        sent.ShouldAllBe(s => s.Reference.Length > 0 && s.Code.Length > 0);
        var shown = await r.Status.ReadAsync(sent[7].RequestId, r.Now, default);
        shown!.Stage.ShouldBe((await r.Status.ReadAsync(sent[0].RequestId, r.Now, default))!.Stage, "whoever sent it sees no difference");
    }

    [Theory, OnBothDatabases]
    public async Task AFormForToday_IsMarkedAndNeverHeld(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        SentForm last = null!;
        for (var i = 0; i < 7; i++) last = await SendAsync(r, Spam, "today");

        (await RequestAsync(r, last)).QueueRank.ShouldNotBeNull();
        (await Held(r).ListAsync(default)).ShouldAllBe(h => h.InQueue);
        (await Held(r).ListAsync(default)).Count.ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task OneForm_WithWebAddresses_IsHeld_AndAnHonestOneIsNot(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);

        var spam = await SendAsync(r, "see https://a.example and http://b.example/x");
        var named = await SendAsync(r, "hello", name: "www.cheap.example");
        var one = await SendAsync(r, "The flat is at https://homes.example/1");
        var honest = await SendAsync(r, "My pay was halved and the meter is nearly out");

        (await RequestAsync(r, spam)).QueueRank.ShouldBeNull();
        (await RequestAsync(r, named)).QueueRank.ShouldBeNull();
        (await RequestAsync(r, one)).QueueRank.ShouldNotBeNull();
        (await RequestAsync(r, honest)).QueueRank.ShouldNotBeNull();
    }

    /// <summary>A library, a school, a hostel: forty people at one address in an hour, each with words of their own, are forty requests in the queue.</summary>
    [Theory, OnBothDatabases]
    public async Task FortyPeopleAtOneAddress_AreFortyRequests(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        for (var i = 0; i < 40; i++) await SendAsync(r, $"Number {i}: we have no money for food until Friday", phone: $"07700900{i:000}");

        (await r.RequestsAsync()).ShouldAllBe(x => x.QueueRank != null);
        (await Held(r).WaitingAsync(default)).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task Released_ItIsARequestLikeEveryOther_AndItsMessageGoes(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await SendAsync(r, "see https://a.example and http://b.example/x", phone: "07700 900123");
        (await r.OutboxAsync()).ShouldBeEmpty("to a number that may be somebody else's nothing goes unlooked at");

        (await Held(r).ReleaseAsync(r.Who, [sent.RequestId], default)).Value.ShouldBe(1);
        (await Held(r).ReleaseAsync(r.Who, [sent.RequestId], default)).Value.ShouldBe(0, "once");

        (await RequestAsync(r, sent)).QueueRank.ShouldNotBeNull();
        (await r.OutboxAsync()).ShouldHaveSingleItem().MessageId.ShouldBe("request-received");
        (await Held(r).WaitingAsync(default)).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task SetAside_NothingIsThrownAway_AndItCanBePutBack(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await SendAsync(r, "see https://a.example and http://b.example/x");

        (await Held(r).SetAsideAsync(r.Who, [sent.RequestId], default)).Value.ShouldBe(1);

        var aside = await RequestAsync(r, sent);
        (aside.Status, aside.QueueRank).ShouldBe((RequestStatus.SetAside, null));
        aside.Words.ShouldNotBeNull();
        (await r.Status.ReadAsync(sent.RequestId, r.Now, default))!.Stage.ShouldBe(StatusStage.SetAside, "and it says so to whoever sent it");
        (await Held(r).SetAsideAsync(r.Now, default)).ShouldHaveSingleItem();
        (await Held(r).ReleaseAsync(r.Who, [sent.RequestId], default)).Value.ShouldBe(1);
        (await RequestAsync(r, sent)).QueueRank.ShouldNotBeNull();
        (await r.ReadAsync(db => db.Set<Ground>().Where(g => g.CauseId == sent.RequestId && g.Cause == GroundCause.OpenRequest).Select(g => g.To).SingleAsync())).ShouldBeNull();
        (await r.ReadAsync(db => db.Set<AuditEvent>().Where(e => e.Kind == "request.held" || e.Kind == "request.set-aside" || e.Kind == "request.released").CountAsync())).ShouldBe(3);
    }

    [Theory, OnBothDatabases]
    public async Task NobodyLooks_AndHalfTheTimeHasGone_ItGoesIntoTheQueueByItself(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await SendAsync(r, "see https://a.example and http://b.example/x");
        var request = await RequestAsync(r, sent);

        r.Now = request.SubmittedAt + ((request.AnswerBy - request.SubmittedAt) / 2) - TimeSpan.FromMinutes(1);
        (await Held(r).ReleaseDueAsync(r.Who, default)).ShouldBe(0);
        r.Now = r.Now.AddMinutes(2);
        (await Held(r).ReleaseDueAsync(r.Who, default)).ShouldBe(1);

        (await RequestAsync(r, sent)).QueueRank.ShouldNotBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task WhatIsKeptToCount_SaysNothingAndGoesAfterADay(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        await SendAsync(r, Spam, phone: "07700 900123");
        var marks = await r.ReadAsync(db => db.Set<FormMark>().ToListAsync());
        marks.Count.ShouldBe(3);
        marks.ShouldAllBe(m => m.Mark.Length == 0 || m.Mark.Length == 32);

        r.Now = r.Now.AddDays(2);
        await r.Drafts.PurgeAsync(r.Who, default);

        (await r.ReadAsync(db => db.Set<FormMark>().CountAsync())).ShouldBe(0);
    }
}
