using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

public sealed class DraftTests
{
    [Theory, OnBothDatabases]
    [Requirement("R-APP-01")]
    public async Task Draft_SavedAtAStep_OpensOnlyWithItsCode(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var (_, draft) = await r.StartAsync(("needs", ["food"]));
        await r.SaveAsync(draft.Id, "about-you", ("name", ["Leanne Harrowmere"]));

        var wrong = await r.Drafts.OpenAsync("7K4Q 2MXR C", "10.0.0.1", r.Who, default);
        var right = await r.Drafts.OpenAsync(Reference.Show(draft.Code).ToLowerInvariant(), "10.0.0.1", r.Who, default);

        wrong.ShouldBe(new CodeTried(null));
        var sitting = await r.Sittings.FindAsync(right.Token, r.Now, default);
        (await r.Drafts.FindAsync(sitting!.DraftId!.Value, r.Now, default))!.Answers.One("about-you.name").ShouldBe("Leanne Harrowmere");
        (await r.ReadAsync(db => db.Set<Draft>().SingleAsync())).Answers.ShouldNotContain(draft.Code);
    }

    [Theory, OnBothDatabases]
    public async Task Sitting_LeftQuicklyOrQuietForAnHour_OpensNothing(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var (left, _) = await r.StartAsync(("needs", ["food"]));
        var (quiet, _) = await r.StartAsync(("needs", ["food"]));

        await r.Sittings.EndAsync(left, r.Who, default);

        (await r.Sittings.FindAsync(left, r.Now, default)).ShouldBeNull();
        (await r.Sittings.FindAsync(quiet, r.Now.AddMinutes(59), default)).ShouldNotBeNull();
        (await r.Sittings.FindAsync(quiet, r.Now.AddMinutes(59 + 61), default)).ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Draft_PastItsDays_IsGone(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var (_, draft) = await r.StartAsync(("needs", ["food"]));

        r.Now = r.Now.AddDays(28).AddMinutes(1);

        (await r.Drafts.OpenAsync(draft.Code, "10.0.0.1", r.Who, default)).Token.ShouldBeNull();
        (await r.Drafts.PurgeAsync(r.Who, default)).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Leave_AfterAWrongAnswer_LetsTheFormGo(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var (_, draft) = await r.StartAsync(("needs", ["food"]));
        await r.SaveAsync(draft.Id, "where", ("postcode", ["nowhere"]));
        (await r.Drafts.SendAsync(draft.Id, "en", r.Who, default)).Refusal!.Field.ShouldBe("where");

        await r.Drafts.LeaveAsync(draft.Id, Residents.Page("where"), new Dictionary<string, string[]>(), "en", r.Who, default);

        (await r.Drafts.SendAsync(draft.Id, "en", r.Who, default)).Done.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-APP-02")]
    public async Task Send_ForSomebodyWhoCannotSay_KeepsWhyAndNoPermissionOfTheirs(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var (_, draft) = await r.Drafts.StartAsync(Residents.Page("needs"), new Dictionary<string, string[]> { ["needs"] = ["food"] }, true, "en", "WIS-LIB", r.Who, default);
        await r.SaveAsync(draft.Id, "permission", ("knows", ["cannot"]), ("why-cannot", ["She is in hospital"]), ("you-are", ["Ines Calloway"]));
        await r.SaveAsync(draft.Id, "sharing", ("advice", ["yes"]), ("doctor", ["no"]));

        (await r.Drafts.SendAsync(draft.Id, "en", r.Who, default)).Done.ShouldBeTrue();

        (await r.ReadAsync(db => db.Set<Permission>().CountAsync())).ShouldBe(0);
        var kept = await r.ReadAsync(db => db.Set<Representation>().SingleAsync());
        (kept.Knows, kept.Why).ShouldBe(("cannot", "She is in hospital"));
        new AskedBy(kept.Name, kept.Reach, kept.Knows, kept.Why).KnowsInWords.ShouldBe("They cannot say for themselves: “She is in hospital”");
        (await r.RequestsAsync()).Single().Campaign.ShouldBe("WIS-LIB");
    }

    [Theory, OnBothDatabases]
    public async Task Send_WhatWasSaidOfALandlord_IsReadByStaffAsItWasAsked(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var (_, draft) = await r.StartAsync(("needs", ["food"]));
        await r.SaveAsync(draft.Id, "home", ("tenure", ["housing-association"]), ("landlord", ["Fen Reach Homes"]));
        await r.SaveAsync(draft.Id, "sharing", ("landlord", ["yes"]));

        await r.Drafts.SendAsync(draft.Id, "en", r.Who, default);

        var household = (await r.RequestsAsync()).Single().HouseholdId;
        var line = (await new Permissions(r.Desk.Test.Database, r.Desk.Commands).OfAsync([household], default)).ShouldHaveSingleItem();
        (line.To, line.WhatFor, line.WouldSee).ShouldBe(("Fen Reach Homes", "Only that they asked, and about the rent", "Just that, as the form asked it"));
    }

    [Theory, OnBothDatabases]
    public async Task Send_IsAnsweredByWhenThePartnershipPromises(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        await r.Settings.SaveAsync("promises", """{"today":{"working_hours":4},"this-week":{"working_days":1},"soon":{"working_days":5}}""", LondonTime.DayOf(r.Now), r.Who, default);

        await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]));

        LondonTime.FromUtc((await r.RequestsAsync()).Single().AnswerBy).ShouldBe(new DateTime(2026, 11, 25, 17, 0, 0));
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DA-02")]
    public async Task Letters_ToAnAddressElsewhere_Go_AndToTheHomeThatIsToldLaterDoNot(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        await r.SendAsync(("by", ["letter"]), ("letter-to", ["Ruth, 3 Sedge Lane, March"]), ("do-not", ["letter"]));
        (await r.OutboxAsync()).Single().Channel.ShouldBe(AnyDoor.Messages.MessageChannel.Letter);

        var (_, draft) = await r.StartAsync(("needs", ["food"]));
        await r.SaveAsync(draft.Id, "safe-contact", ("by", ["letter"]), ("letter-to", ["41 Teasel Way, Wisbech"]), ("do-not", ["letter"]));
        await r.SaveAsync(draft.Id, "where", ("address", ["41 Teasel Way"]), ("postcode", ["PE13 9ZT"]));
        await r.Drafts.SendAsync(draft.Id, "en", r.Who, default);

        (await r.OutboxAsync()).Count(m => m.Channel == AnyDoor.Messages.MessageChannel.None).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Save_WhatDoesNotRead_IsKeptAsTyped_AndSendingNamesThePage(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var (_, draft) = await r.StartAsync(("needs", ["food"]));

        var saved = await r.SaveAsync(draft.Id, "who-lives", ("adults", ["two"]));
        var sent = await r.Drafts.SendAsync(draft.Id, "en", r.Who, default);

        saved.Answers.One("who-lives.adults").ShouldBe("two");
        sent.Refusal.ShouldBe(new Refusal("not-finished", "There is something to put right.", "who-lives"));
        (await r.RequestsAsync()).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-APP-05")]
    public async Task Crisis_IsInTheQueueAtOnce_AndIsNotContactedUntilSafeContactIsAnswered(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);

        var (_, draft) = await r.StartAsync(("right-now", ["no-heat"]));

        var request = (await r.RequestsAsync()).ShouldHaveSingleItem();
        (request.Urgency, request.PartFilled, request.AnswerBy).ShouldBe((Urgency.Today, true, r.Now.AddHours(4)));
        (await ContactsAsync(r)).ShouldHaveSingleItem().By.ShouldBe(ContactWay.DoNotContactFirst);

        await r.SaveAsync(draft.Id, "safe-contact", ("by", ["text"]), ("phone", ["07700 900418"]));

        (await ContactsAsync(r)).OrderBy(c => c.At).ThenBy(c => c.Id).Last().By.ShouldBe(ContactWay.Text);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-APP-05")]
    public async Task Crisis_FinishedAndPressedTwice_IsOneRequestWithEverythingOnce(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var (_, draft) = await r.StartAsync(("right-now", ["no-heat"]), ("needs", ["food"]));
        await r.SaveAsync(draft.Id, "safe-contact", ("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));
        await r.SaveAsync(draft.Id, "about-you", ("name", ["Leanne Harrowmere"]), ("born", ["14", "3", "1990"]));
        await r.SaveAsync(draft.Id, "who-lives", ("adults", ["2"]), ("children", ["2"]), ("ages", ["7, 9"]));
        await r.SaveAsync(draft.Id, "sharing", ("advice", ["yes"]));

        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => r.Drafts.SendAsync(draft.Id, "en", r.Who, default)));

        sent.Select(s => s.Value).Distinct().Count().ShouldBe(1);
        var request = (await r.RequestsAsync()).ShouldHaveSingleItem();
        (request.PartFilled, request.Reference).ShouldBe((false, sent[0].Value!.Reference));
        var people = await r.ReadAsync(db => db.Set<Person>().ToListAsync());
        people.Select(p => p.Name).Order().ShouldBe(["", "", "Leanne Harrowmere"]);
        (await r.ReadAsync(db => db.Set<RequestNeed>().Select(n => n.NeedId).ToListAsync())).Order().ShouldBe(["food", "heating-or-electricity"]);
        (await r.ReadAsync(db => db.Set<Permission>().ToListAsync())).ShouldHaveSingleItem().Allowed.ShouldBeTrue();
        (await r.OutboxAsync()).Count.ShouldBe(1);
        (await r.ReadAsync(db => db.Set<Draft>().SingleAsync())).Answers.ShouldNotContain("Leanne");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-APP-05")]
    public async Task Crisis_SaidAfterTheChildren_EntersThemOnce(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var (_, draft) = await r.StartAsync(("needs", ["food"]));
        await r.SaveAsync(draft.Id, "safe-contact", ("by", ["phone"]), ("phone", ["07700 900418"]));
        await r.SaveAsync(draft.Id, "about-you", ("name", ["Leanne Harrowmere"]), ("born", ["14", "3", "1990"]));
        await r.SaveAsync(draft.Id, "who-lives", ("adults", ["1"]), ("children", ["2"]), ("ages", ["7, 9"]));
        await r.SaveAsync(draft.Id, "needs", ("right-now", ["no-food"]), ("needs", ["food"]));

        (await r.Drafts.SendAsync(draft.Id, "en", r.Who, default)).Done.ShouldBeTrue();

        (await r.ReadAsync(db => db.Set<Person>().CountAsync())).ShouldBe(3);
        (await r.ReadAsync(db => db.Set<Household>().SingleAsync())).Size.ShouldBe(3);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-APP-05"), Requirement("R-CAS-04")]
    public async Task Crisis_SafeContactThatAWorkerWroteMeanwhile_Stays_AndTheFormOnlyMakesItStricter(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var (_, draft) = await r.StartAsync(("right-now", ["no-heat"]));
        await r.SaveAsync(draft.Id, "safe-contact", ("by", ["text"]), ("phone", ["07700 900418"]));
        var request = (await r.RequestsAsync()).Single();
        var before = (await ContactsAsync(r)).OrderBy(c => c.At).ThenBy(c => c.Id).Last();
        r.Now = r.Now.AddMinutes(5);
        var told = new Reach(ContactWay.Phone, DoNot.Text, Phone: "07700900418", BestTime: "9am to 11am");
        (await r.Desk.Reader.ChangeReachAsync(AnyDoor.Core.Tests.Households.Desk.As(r.Desk.Nadia, page: "safe-contact", at: r.Now), request.HouseholdId, request.ApplicantId,
            new ReachChange(told, SafeContacts.Mark(HouseholdReader.ToReach(before)), "She rang, and gave her date of birth"), default)).Done.ShouldBeTrue();

        r.Now = r.Now.AddMinutes(5);
        await r.SaveAsync(draft.Id, "about-you", ("name", ["Leanne Harrowmere"]));
        (await LastAsync()).ShouldBe(told);
        await r.SaveAsync(draft.Id, "safe-contact", ("by", ["phone"]), ("phone", ["07700 900418"]), ("do-not", ["voice-message"]));
        var both = await LastAsync();
        (both.By, both.DoNot, both.CheckBeforeContact).ShouldBe((ContactWay.Phone, DoNot.Text | DoNot.VoiceMessage, true));
        await r.Drafts.SendAsync(draft.Id, "en", r.Who, default);
        (await LastAsync()).ShouldBe(both);
        (await r.OutboxAsync()).ShouldNotContain(m => m.State == AnyDoor.Messages.MessageState.Waiting);

        async Task<Reach> LastAsync() => HouseholdReader.ToReach((await ContactsAsync(r)).OrderBy(c => c.At).ThenBy(c => c.Id).Last());
    }

    [Theory, OnBothDatabases]
    [Requirement("R-APP-02")]
    public async Task SomeoneElse_WhoDoesNotKnowYet_IsTakenAndNobodyIsMessaged(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var (_, draft) = await r.Drafts.StartAsync(Residents.Page("needs"), new Dictionary<string, string[]> { ["needs"] = ["food"] }, true, "en", null, r.Who, default);
        await r.SaveAsync(draft.Id, "safe-contact", ("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));
        await r.SaveAsync(draft.Id, "permission", ("knows", ["not-yet"]), ("you-are", ["Ines Calloway"]));

        await r.Drafts.SendAsync(draft.Id, "en", r.Who, default);

        (await r.RequestsAsync()).Single().PermissionGiven.ShouldBeFalse();
        (await r.ReadAsync(db => db.Set<Representation>().SingleAsync())).Knows.ShouldBe("not-yet");
        (await r.OutboxAsync()).Single().State.ShouldBe(AnyDoor.Messages.MessageState.Withheld);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DOOR-02")]
    public async Task RepeatAsk_IsAnsweredLikeTheFirst(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);

        var first = await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));
        var second = await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));

        second.Reference.ShouldNotBe(first.Reference);
        (await r.RequestsAsync()).Count.ShouldBe(2);
        (await r.OutboxAsync()).Select(m => (m.MessageId, m.State)).Distinct().Count().ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Codes_GuessedFromOneAddress_AreSlowedDown_AndOthersAreNot(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var (_, draft) = await r.StartAsync(("needs", ["food"]));

        for (var i = 0; i < 30; i++) (await r.Drafts.OpenAsync(Reference.New(), "10.0.0.1", r.Who, default)).Wait.ShouldBeNull();

        (await r.Drafts.OpenAsync(draft.Code, "10.0.0.1", r.Who, default)).ShouldBe(new CodeTried(null, 15));
        (await r.Drafts.OpenAsync(draft.Code, "10.0.0.2", r.Who, default)).Token.ShouldNotBeNull();
        r.Now = r.Now.AddMinutes(15);
        (await r.Drafts.OpenAsync(draft.Code, "10.0.0.1", r.Who, default)).Token.ShouldNotBeNull();
    }

    private static Task<List<SafeContact>> ContactsAsync(Residents r) => r.ReadAsync(db => db.Set<SafeContact>().ToListAsync());
}
