using AnyDoor.Core.Tests.Households;
using AnyDoor.Offers;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

public sealed class OfferChoiceTests
{
    private static readonly OfferLine Pantry = new()
    {
        Id = "service:pantry", Title = "Waterlees Community Pantry", State = OfferState.Place, Worth = "Wisbech", Why = "food", Next = new OfferStep(StepKind.Go, "Go there"), Facts = ["Free", "Open until 4pm"],
    };

    [Theory, OnBothDatabases]
    public async Task Decline_Add_Undo_TheLastStands_AndNothingIsLost(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
        var desk = new OfferDesk(hub.Desk.Commands, hub.Requests);
        async Task<List<OfferChoice>> AllAsync(bool standing)
        {
            await using var db = hub.Desk.Test.Database.Open();
            return await db.Set<OfferChoice>().Where(x => !standing || x.UndoneAt == null).ToListAsync();
        }

        (await desk.DeclineAsync(hub.Nadia, request.Reference, Pantry, new string('x', 301), default)).Refusal!.Field.ShouldBe("reason");
        (await desk.DeclineAsync(hub.Nadia, request.Reference, Pantry, "Her neighbour helps there", default)).Done.ShouldBeTrue();
        (await desk.DeclineAsync(hub.Nadia, request.Reference, Pantry, "Her neighbour helps there", default)).Done.ShouldBeTrue();
        (await AllAsync(true)).ShouldHaveSingleItem().NoInWords.ShouldBe("They said no: Her neighbour helps there");

        (await desk.AddAsync(hub.Nadia, request.Reference, Pantry, default)).Done.ShouldBeTrue();
        var added = (await AllAsync(true)).ShouldHaveSingleItem();
        (added.Wanted, added.Detail).ShouldBe((true, "Free. Open until 4pm"));

        (await desk.UndoAsync(hub.Nadia, request.RequestId, Pantry.Id, default)).Value.ShouldBeTrue();
        (await desk.UndoAsync(hub.Nadia, request.RequestId, Pantry.Id, default)).Value.ShouldBeFalse();
        (await AllAsync(true)).ShouldBeEmpty();
        (await AllAsync(false)).Count.ShouldBe(2, "what was said stays as history");
        (await hub.EventsAsync("offer.declined")).ShouldBe(1);
        (await hub.EventsAsync("offer.choice-undone")).ShouldBe(1);
    }

    [Fact]
    public void Compose_WhatTheySaidNoTo_IsLookedAtAndNotOffered_WithWhy_AndCountsInNoSum()
    {
        var snapshot = new OfferSnapshot
        {
            At = Desk.Now, Hub = new HubLine("0808 157 0123", "8am to 8pm"),
            Entitlements = [new EntitlementLine("warm-home", "Warm Home Discount", "on a benefit", "the supplier", "Ring them")],
        };
        var before = Offer.Compose(snapshot);
        var line = before[OfferGroupKind.MoneyEveryMonth].Lines[0];

        var after = Offer.Compose(snapshot with { Declined = [new Declined(line.Id, line.Title, "They said no, thank you.")] });

        after[OfferGroupKind.MoneyEveryMonth].Lines.ShouldNotContain(l => l.Id == line.Id);
        after[OfferGroupKind.LookedAt].Lines.ShouldContain(l => l.Id == line.Id && l.Why == "They said no, thank you.");
        after.Sums.ToCheck.ShouldBe(before.Sums.ToCheck - 1);
    }
}
