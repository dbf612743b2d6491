using AnyDoor.Core.Tests.Households;
using AnyDoor.Households;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

/// <summary>Where a household lives, told in the sitting: the record and its open requests go together, whatever happens beside it.</summary>
public sealed class HomeTests
{
    private const string Fenland = "E07000010", EastCambridgeshire = "E07000009";

    [Theory, OnBothDatabases]
    [Requirement("R-HH-01")]
    public async Task Change_WhileAColleagueClaims_BothStand(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var tom = await hub.ColleagueAsync("tom", "Tom Ellerholt");
        var homes = Homes(hub);
        for (var i = 0; i < 8; i++)
        {
            var request = await hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today, district: Fenland);
            var ctx = Desk.As(hub.Desk.Nadia);
            var shown = (await hub.Desk.Reader.OpenAsync(ctx, request.HouseholdId, default))!;

            var changed = homes.ChangeAsync(ctx, shown, new HomeTold("7 Osier Lane", null, false, EastCambridgeshire, HouseholdReader.MarkOf(shown)), default);
            var claimed = hub.Requests.ClaimAsync(tom, request.Reference, default);
            await Task.WhenAll(changed, claimed);

            ((await changed).Done, (await claimed).Done).ShouldBe((true, true));
            var after = await hub.RequestAsync(request.Reference);
            (after.District, after.Status, after.ClaimedBy).ShouldBe((EastCambridgeshire, RequestStatus.Claimed, (Guid?)tom.Actor.Id));
        }
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HH-01")]
    public async Task Change_WhereTheAddressIsWithheld_TakesWhatWasTold_AndShowsNothingOfWhatStood(Db kind)
    {
        await using var hub = await Hub.OpenAsync(kind);
        var home = await hub.Desk.HomeAsync(people: [new Told("Leanne Harrowmere", AtRisk: true)]);
        await hub.Desk.GroundAsync(home, GroundCause.OpenRequest);
        var homes = Homes(hub);
        var ctx = Desk.As(hub.Desk.Nadia);

        await ChangeAsync(new HomeTold(null, null, false, "", ""));
        (await DistrictAsync()).ShouldBe(Fenland, "an empty choice says nothing of an area that was not shown");
        await ChangeAsync(new HomeTold(null, null, false, HomeDesk.Outside, ""));
        (await DistrictAsync()).ShouldBeNull("they moved away");
        await using (var first = hub.Desk.Test.Database.Open()) (await first.Set<Address>().SingleAsync(a => a.HouseholdId == home.Id && a.To == null)).Lines.ShouldBe("41 Teasel Way", "what was left empty stays as it was");

        await ChangeAsync(new HomeTold("1 Elsewhere", "PE13 3EQ", false, "", ""));

        await using var db = hub.Desk.Test.Database.Open();
        var addresses = await db.Set<Address>().Where(a => a.HouseholdId == home.Id).OrderBy(a => a.From).ToListAsync();
        addresses.Select(a => (a.Lines, a.Postcode, a.To is null)).ShouldBe([("41 Teasel Way", "PE139ZT", false), ("1 Elsewhere", "PE133EQ", true)], "the new one takes the place of the old, which stays as history");
        (await hub.Desk.Reader.OpenAsync(ctx, home.Id, default))!.Home.ShouldBe(HomeView.Hidden);

        async Task ChangeAsync(HomeTold told)
        {
            var shown = (await hub.Desk.Reader.OpenAsync(ctx, home.Id, default))!;
            shown.Home.Withheld.ShouldBeTrue();
            (await homes.ChangeAsync(ctx, shown, told, default)).Done.ShouldBeTrue();
        }

        async Task<string?> DistrictAsync()
        {
            await using var read = hub.Desk.Test.Database.Open();
            return (await read.Set<Household>().SingleAsync(h => h.Id == home.Id)).District;
        }
    }

    private static HomeDesk Homes(Hub hub) => new(hub.Desk.Commands, hub.Desk.Reader, new PostcodeDirectory(hub.Desk.Test.Database));
}
