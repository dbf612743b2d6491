using AnyDoor.Audit;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

/// <summary>The hub's queue: order, counts, claims, and the only ways out of it.</summary>
public sealed class QueueTests
{
    private static readonly DateTime Now = Desk.Now;

    [Theory, OnBothDatabases]
    [Requirement("R-HUB-01")]
    public async Task Read_Waiting_ComesByUrgencyThenAge_AndWhatCameBackIsFirst(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var soon = await hub.ReceiveAsync("Tamsin Okonjo-Vale", Urgency.Soon, hoursAgo: 40);
        var older = await hub.ReceiveAsync("Callum Abernook", Urgency.Today, hoursAgo: 3);
        var newer = await hub.ReceiveAsync("Xanthe Nettlefold-Ash", Urgency.Today, hoursAgo: 1);
        var back = await hub.ReceiveAsync("Samir Inkerfield", Urgency.Soon, hoursAgo: 2);
        (await hub.Requests.PassOnAsync(hub.Nadia, back.Reference, Hub.Advice, default)).Done.ShouldBeTrue();
        (await hub.AnswerAsync(back.Reference, HandoverAnswer.Declined, "Full until January")).Done.ShouldBeTrue();

        var page = await hub.ReadAsync(new QueueFilter());

        page.Rows.Select(r => r.Reference).ShouldBe([back.Reference, older.Reference, newer.Reference, soon.Reference]);
        page.Tabs[QueueTab.Waiting].ShouldBe(4);
        page.Today.ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task Read_Filtered_CountsBesideEachChoiceFollowTheOtherFilters(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today, district: "E07000010");
        await hub.ReceiveAsync("Uzma Kettlebrook", Urgency.Soon, district: "E07000009", language: "ur", door: "food-bank");
        await hub.ReceiveAsync("Yusuf Mossendale", Urgency.Today, district: "E07000009");

        var page = await hub.ReadAsync(new QueueFilter { Districts = ["E07000009"] });

        page.Total.ShouldBe(2);
        page.Districts.Single(d => d.Id == "E07000010").Count.ShouldBe(1);
        page.HowSoon.Single(d => d.Id == "Today").Count.ShouldBe(1);
        page.Languages.Select(l => l.Label).ShouldContain("Urdu");
        (await hub.ReadAsync(new QueueFilter { Languages = [QueueFilter.NotKnown] })).Total.ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HUB-01")]
    public async Task Claim_TwoAdvisersAtOnce_OneHasIt_TheSecondIsToldWho(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var tom = await hub.ColleagueAsync("tom", "Tom Ellerholt");
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);

        var both = await Task.WhenAll(hub.Requests.ClaimAsync(hub.Nadia, request.Reference, default), hub.Requests.ClaimAsync(tom, request.Reference, default));

        both.Count(r => r.Done).ShouldBe(1);
        var winner = both[0].Done ? "Nadia Wexcombe" : "Tom Ellerholt";
        both.Single(r => !r.Done).Refusal!.Sentence.ShouldBe($"{winner} has this until 10:44am.");
    }

    [Theory, OnBothDatabases]
    public async Task Claim_RunOut_IsForAnybodyAgain_AndWorkKeepsItAlive(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var tom = await hub.ColleagueAsync("tom", "Tom Ellerholt");
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
        await hub.Requests.ClaimAsync(hub.Nadia, request.Reference, default);
        await hub.Requests.RecordContactAsync(hub.Nadia with { At = Now.AddMinutes(20) }, request.Reference, new ContactTry("phone", "spoke"), default);

        (await hub.Requests.ClaimAsync(tom with { At = Now.AddMinutes(40) }, request.Reference, default)).Done.ShouldBeFalse();
        (await hub.Requests.ClaimAsync(tom with { At = Now.AddMinutes(51) }, request.Reference, default)).Done.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DOOR-04")]
    public async Task PassOn_NobodyAnswersInThreeWorkingDays_ComesBackToTheTop(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        await hub.ReceiveAsync("Callum Abernook", Urgency.Today, hoursAgo: 5);
        var passed = await hub.ReceiveAsync("Samir Inkerfield", Urgency.Soon);
        await hub.Requests.PassOnAsync(hub.Nadia, passed.Reference, Hub.Advice, default);
        (await hub.ReadAsync(new QueueFilter())).Total.ShouldBe(1);
        (await hub.ReadAsync(new QueueFilter { Tab = QueueTab.PassedOn })).Rows.Single().PassedAnswerBy.ShouldBe(new DateTime(2026, 11, 27, 17, 0, 0));

        (await hub.Handovers.BringBackAsync(new DateTime(2026, 11, 27, 16, 59, 0, DateTimeKind.Utc), default)).ShouldBe(0);
        (await hub.Handovers.BringBackAsync(new DateTime(2026, 11, 27, 17, 0, 0, DateTimeKind.Utc), default)).ShouldBe(1);
        (await hub.Handovers.BringBackAsync(new DateTime(2026, 11, 27, 17, 0, 0, DateTimeKind.Utc), default)).ShouldBe(0);

        (await hub.ReadAsync(new QueueFilter())).Rows[0].Reference.ShouldBe(passed.Reference);
        (await hub.EventsAsync("handover.came-back")).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DOOR-04")]
    public async Task Finish_OnlyTheFourWays_EachWithWhatItNeeds(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
        async Task<string?> TryAsync(RequestStatus how) => (await hub.Requests.FinishAsync(hub.Nadia, request.Reference, how, default)).Refusal?.Sentence;

        (await TryAsync(RequestStatus.Helped)).ShouldStartWith("Nobody has spoken with them yet.");
        (await TryAsync(RequestStatus.UnableToReach)).ShouldBe("Try at least 3 times, at different times of day, and record each. None is on record.");
        (await TryAsync(RequestStatus.HandedOverAndAccepted)).ShouldStartWith("Choose how it ended");
        (await TryAsync(RequestStatus.Stopped)).ShouldStartWith("Choose how it ended");
        await hub.Requests.RecordContactAsync(hub.Nadia, request.Reference, new ContactTry("phone", "spoke"), default);
        (await TryAsync(RequestStatus.UnableToReach)).ShouldStartWith("They were reached");
        (await TryAsync(RequestStatus.Helped)).ShouldBeNull();

        (await hub.ReadAsync(new QueueFilter())).Total.ShouldBe(0);
        (await hub.EventsAsync("request.helped")).ShouldBe(1);
        (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Nadia, at: Now.AddDays(91)), request.HouseholdId, default)).ShouldBeNull("after 90 days the hub has no more reason to look");
        (await hub.Desk.Reader.OpenAsync(Desk.As(hub.Desk.Nadia, at: Now.AddDays(89)), request.HouseholdId, default)).ShouldNotBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task RecordContact_CallDropped_LeavesACallBackForToday(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);

        (await hub.Requests.RecordContactAsync(hub.Nadia, request.Reference, new ContactTry("phone", "dropped"), default)).Done.ShouldBeTrue();

        var due = await hub.ReadAsync(new QueueFilter { Tab = QueueTab.CallBack });
        due.Rows.Single().NextOn.ShouldBe(new DateOnly(2026, 11, 24));
        (await hub.Requests.RecordContactAsync(hub.Nadia, request.Reference, new ContactTry("phone", "spoke", new DateOnly(2026, 11, 23)), default)).Refusal!.Field.ShouldBe("nextOn");
    }

    [Theory, OnBothDatabases]
    public async Task Answer_Accepted_ClosesItAndOpensThePartnersGround(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Soon);
        var joy = hub.Desk.Joy;
        await hub.Requests.PassOnAsync(hub.Nadia, request.Reference, Hub.Advice with { OrganisationId = joy.OrganisationId }, default);
        (await hub.Desk.Reader.OpenAsync(Desk.As(joy, Purpose.Handover), request.HouseholdId, default)).ShouldBeNull("until they accept they see nobody");

        (await hub.AnswerAsync(request.Reference, HandoverAnswer.Helped, null)).Refusal!.Sentence.ShouldBe("Fenland Advice Centre has not answered yet.");
        (await hub.AnswerAsync(request.Reference, HandoverAnswer.Accepted, null)).Done.ShouldBeTrue();

        (await hub.Desk.Reader.OpenAsync(Desk.As(joy, Purpose.Handover), request.HouseholdId, default)).ShouldNotBeNull();
        await using var db = hub.Desk.Test.Database.Open();
        (await db.Set<Request>().SingleAsync(r => r.Id == request.RequestId)).Status.ShouldBe(RequestStatus.HandedOverAndAccepted);
    }
}
