using AnyDoor.Audit;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Sharing;

/// <summary>What a household allows, said in the sitting, and what the gate makes of it.</summary>
[Requirement("R-ISA-02")]
public sealed class PermissionTests
{
    private static readonly DateTime Now = Desk.Now;

    private sealed record Room(Hub Hub, Received Request, Permissions Permissions) : IAsyncDisposable
    {
        public static async Task<Room> OpenAsync(Db kind)
        {
            var hub = await Hub.OpenAsync(kind);
            return new Room(hub, await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today), new Permissions(hub.Desk.Test.Database, hub.Desk.Commands));
        }

        public Task<AnyDoor.Common.Result<Guid>> SayAsync(string ask, bool yes, DateOnly? until = null, bool withRequest = false, DateTime? at = null) => Permissions.SayAsync(Hub.Nadia with { At = at ?? Now },
            new NewPermissionSaid(Request.HouseholdId, Request.ApplicantId, Hub.Desk.Joy.OrganisationId, ask, yes, "spoken", until, withRequest ? Request.RequestId : null), default);

        public async Task<bool> JoySeesAsync(DateTime? at = null) => await Hub.Desk.Reader.OpenAsync(Desk.As(Hub.Desk.Joy, Purpose.Handover, at: at), Request.HouseholdId, default) is not null;
        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }

    [Theory, OnBothDatabases]
    public async Task Say_Yes_OpensWhatItNamesUntilTheDay_AndWithdrawnShutsItAtOnce(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        (await room.JoySeesAsync()).ShouldBeFalse();

        var given = await room.SayAsync("food", true, until: new DateOnly(2026, 12, 24));

        (await room.JoySeesAsync()).ShouldBeTrue();
        (await room.JoySeesAsync(new DateTime(2026, 12, 25, 9, 0, 0, DateTimeKind.Utc))).ShouldBeFalse("the day has passed");
        (await room.SayAsync("food", true, until: new DateOnly(2026, 12, 24))).Value.ShouldBe(given.Value, "the same again writes nothing");
        var line = (await room.Permissions.OfAsync([room.Request.HouseholdId], default)).ShouldHaveSingleItem();
        (line.To, line.WhatFor, line.ToldTo, line.How).ShouldBe(("waterlees-pantry", "Food, and that they are coming", "Nadia Wexcombe", "spoken"));

        (await room.Permissions.WithdrawAsync(room.Hub.Nadia with { At = Now.AddMinutes(1) }, [room.Request.HouseholdId], given.Value, default)).Value.ShouldBeTrue();
        (await room.JoySeesAsync(Now.AddMinutes(2))).ShouldBeFalse();
        (await room.Permissions.WithdrawAsync(room.Hub.Nadia, [room.Request.HouseholdId], given.Value, default)).Refusal!.Code.ShouldBe("not-standing");
        (await room.Permissions.WithdrawAsync(room.Hub.Nadia, [Guid.NewGuid()], given.Value, default)).Value.ShouldBeFalse("another household's is not there");
        (await room.Hub.EventsAsync("permission.given")).ShouldBe(1);
        (await room.Hub.EventsAsync("permission.withdrawn")).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Say_NoToOneThing_LeavesAYesToAnotherAlone(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        await room.SayAsync("rent", true);
        await room.SayAsync("repairs", false, at: Now.AddMinutes(1));

        (await room.JoySeesAsync(Now.AddMinutes(2))).ShouldBeTrue();
        await room.SayAsync("rent", false, at: Now.AddMinutes(3));
        (await room.JoySeesAsync(Now.AddMinutes(4))).ShouldBeFalse();
    }

    [Theory, OnBothDatabases]
    public async Task Say_UntilTheRequestIsClosed_EndsWithIt(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        await room.SayAsync("food", true, withRequest: true);
        await room.Hub.Requests.RecordContactAsync(room.Hub.Nadia, room.Request.Reference, new ContactTry("phone", "spoke"), default);
        (await room.JoySeesAsync(Now.AddDays(30))).ShouldBeTrue();

        (await room.Hub.Requests.FinishAsync(room.Hub.Nadia, room.Request.Reference, RequestStatus.Helped, default)).Done.ShouldBeTrue();

        (await room.JoySeesAsync(Now.AddDays(1))).ShouldBeFalse();
    }

    [Theory, OnBothDatabases]
    public async Task Say_WhatIsNotRight_IsRefusedBesideItsField(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);

        (await room.SayAsync("anything", true)).Refusal!.Field.ShouldBe("whatFor");
        (await room.SayAsync("food", true, until: new DateOnly(2026, 11, 23))).Refusal!.Field.ShouldBe("until");
        (await room.Permissions.SayAsync(room.Hub.Nadia, new NewPermissionSaid(room.Request.HouseholdId, room.Request.ApplicantId, Guid.NewGuid(), "food", true, "spoken"), default)).Refusal!.Field.ShouldBe("organisation");
        (await room.Permissions.OfAsync([room.Request.HouseholdId], default)).ShouldBeEmpty();
    }
}
