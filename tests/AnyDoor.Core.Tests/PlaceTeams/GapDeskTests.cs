using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Core.Tests.ServiceDirectory;
using AnyDoor.Households;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.PlaceTeams;

/// <summary>Gaps open from what is asked in vain, are worked at, and close when something appears. On both databases.</summary>
public sealed class GapDeskTests
{
    private static readonly AuditContext Piers = new(Actor.Worker(Guid.NewGuid(), "piers"), null, "phone-county-hub", Purpose.StatisticsAndPlanning, Desk.Now);
    private static readonly AuditContext Job = new(Actor.Job("gather-gaps"), null, "job", Purpose.Assurance, Desk.Now);
    private static readonly GapPlace Arbury = GapPlace.Find("arbury")!;

    private sealed record Rig(Hub Hub, GapDesk Gaps, MenuService Menu) : IAsyncDisposable
    {
        public static async Task<Rig> OpenAsync(Db kind, params Service[] services)
        {
            var hub = await Hub.OpenAsync(kind);
            var (database, commands) = (hub.Desk.Test.Database, hub.Desk.Commands);
            var rig = new Rig(hub, new GapDesk(commands, new MenuDirectory(database), new PostcodeDirectory(database)), new MenuService(commands));
            await rig.LoadAsync(services);
            return rig;
        }

        public async Task LoadAsync(params Service[] services) =>
            (await Menu.LoadAsync(Job with { At = Desk.Now.AddMinutes(1) }, JsonSerializer.Serialize(new { services }, ServiceJson.Options), default)).Done.ShouldBeTrue();

        public async Task AskAsync(int times, string need, DateTime? at = null)
        {
            for (var i = 0; i < times; i++)
                (await Hub.Desk.Commands.RunAsync(Desk.Job() with { At = at ?? Desk.Now.AddHours(-2) }, c => Task.FromResult<Result<Received>>(Hub.Intake.Receive(c, new NewRequest
                {
                    DoorId = "web-form", People = [new NewPerson($"Quenby {i}", MemberRole.Applicant, new DateOnly(1990, 3, 14))], Contact = new NewSafeContact(ContactWay.Text, Phone: $"0770090{i:0000}"), Urgency = Urgency.Soon,
                    SubmittedAt = at ?? Desk.Now.AddHours(-2), Invented = true, Needs = [need], Postcode = Postcode.TryParse("CB4 2ZZ", out var code) ? code : null, District = "E07000008",
                })), default)).Done.ShouldBeTrue();
        }

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }

    private static Service Esol(string id, CapacityState state) => Menu.Service(id, "english", 52.226, 0.123) with
    {
        Locations = [new("Hall", "Hall Road, Cambridge", "CB4 2ES", 52.226, 0.123, "Cambridge City")], AreasServed = [new(AreaKind.District, "Cambridge City")], Capacity = new(state, WaitingDays: state == CapacityState.Waiting ? 40 : null),
    };

    [Theory, OnBothDatabases]
    [Requirement("R-MEN-04")]
    public async Task Eleven_requests_and_no_free_place_open_a_gap_that_closes_when_something_appears(Db kind)
    {
        await using var rig = await Rig.OpenAsync(kind, Esol("full-class", CapacityState.Waiting), Menu.Service("food-there", "food", 52.23, 0.12));
        await rig.AskAsync(4, "english");
        (await rig.Gaps.GatherAsync(Job, default)).ShouldBe((0, 0), "four are too few");
        await rig.AskAsync(7, "english");
        await rig.AskAsync(3, "transport");

        (await rig.Gaps.GatherAsync(Job, default)).ShouldBe((1, 0));
        (await rig.Gaps.GatherAsync(Job, default)).ShouldBe((0, 0), "a second round does nothing more");

        var gap = (await rig.Gaps.BoardAsync(default)).ShouldHaveSingleItem();
        (gap.NeedId, gap.Where, gap.Requests, gap.Status).ShouldBe(("english", Arbury, 11, GapStatus.Open));
        var view = (await rig.Gaps.ViewAsync(gap.Id, default))!;
        view.Demand.Requests.Count.ShouldBe(11);
        view.Steps.Single().Words.ShouldBe("No free place: full-class has about 40 days to wait.");
        await using (var db = rig.Hub.Desk.Test.Database.Open())
            (await db.Set<RequestNeed>().Where(n => view.Demand.Requests.Contains(n.RequestId)).Select(n => n.NeedId).Distinct().ToListAsync()).ShouldBe(["english"]);

        await rig.LoadAsync(Esol("full-class", CapacityState.Waiting), Menu.Service("food-there", "food", 52.23, 0.12), Esol("speak-in-the-community", CapacityState.Open) with { Name = "Speak in the Community" });
        (await rig.Gaps.GatherAsync(Job with { At = Desk.Now.AddMinutes(5) }, default)).ShouldBe((0, 1));

        var closed = (await rig.Gaps.BoardAsync(default)).ShouldHaveSingleItem();
        (closed.Status, closed.ServiceId, closed.Requests).ShouldBe((GapStatus.Closed, "speak-in-the-community", 11));
        (await rig.Gaps.ViewAsync(gap.Id, default))!.Steps[0].Words.ShouldBe("Closed: Speak in the Community is on the menu.");
        (await rig.Gaps.GatherAsync(Job with { At = Desk.Now.AddMinutes(6) }, default)).ShouldBe((0, 0), "what closed it is still there");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-MEN-04")]
    public async Task A_gap_has_an_owner_before_it_is_worked_at_and_every_step_stays(Db kind)
    {
        await using var rig = await Rig.OpenAsync(kind, Menu.Service("food-there", "food"));
        var march = GapPlace.Find("march");
        var id = (await rig.Gaps.OpenAsync(Piers, "transport", march, "No bus after six", Piers.Actor.Id, null, default)).Value;
        (await rig.Gaps.OpenAsync(Piers, "transport", march, "Again", Piers.Actor.Id, null, default)).Refusal!.Sentence.ShouldBe("This gap is on the board already.");
        (await rig.Gaps.OpenAsync(Piers, "transport", GapPlace.NotKnown, "Where?", Piers.Actor.Id, null, default)).Refusal!.Field.ShouldBe("place");

        (await rig.Gaps.MoveAsync(Piers, id, 1, GapStatus.Commissioned, "Asked the county", null, default)).Refusal!.Field.ShouldBe("owner");
        (await rig.Gaps.TakeOnAsync(Piers, id, 1, "Transport team", default)).Done.ShouldBeTrue();
        (await rig.Gaps.TakeOnAsync(Piers, id, 1, "Somebody else", default)).Refusal!.Code.ShouldBe("busy");
        (await rig.Gaps.MoveAsync(Piers, id, 2, GapStatus.Commissioned, "Asked the county for a minibus", null, default)).Done.ShouldBeTrue();
        (await rig.Gaps.MoveAsync(Piers, id, 3, GapStatus.PartnerFilled, "By", "no-such", default)).Refusal!.Field.ShouldBe("service");
        (await rig.Gaps.MoveAsync(Piers, id, 3, GapStatus.PartnerFilled, "Leanne Harrowmere drives", null, default)).Refusal!.Sentence.ShouldContain("looks like somebody’s name");
        (await rig.Gaps.MoveAsync(Piers, id, 3, GapStatus.Closed, "A minibus runs until nine", null, default)).Done.ShouldBeTrue();
        (await rig.Gaps.TakeOnAsync(Piers, id, 4, "Late", default)).Refusal!.Sentence.ShouldBe("It is closed. Open it again first.");
        (await rig.Gaps.MoveAsync(Piers, id, 4, GapStatus.Open, "It stopped", null, default)).Done.ShouldBeTrue();

        var view = (await rig.Gaps.ViewAsync(id, default))!;
        view.Steps.Select(s => s.Words).ShouldBe(["It stopped", "A minibus runs until nine", "Asked the county for a minibus", "Owner: Transport team.", "No bus after six"]);
        (await rig.Gaps.GatherAsync(Job, default)).ShouldBe((0, 0), "what somebody opened is for them to close");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-CAS-06")]
    public async Task Six_families_need_winter_coats_is_demand_there_without_anybody(Db kind)
    {
        await using var rig = await Rig.OpenAsync(kind, Menu.Service("food-there", "food"));
        var says = new GroupSays("6", "families", "Winter coats", null, "Littleport", "Littleport mums’ group");

        var said = (await rig.Gaps.SayAsync(Piers, says, default)).Value!;

        said.Sentence.ShouldBe("6 families need winter coats, Littleport");
        said.NeedId.ShouldBe("clothes");
        var gap = (await rig.Gaps.BoardAsync(default)).ShouldHaveSingleItem();
        (gap.NeedId, gap.Where.Words, gap.People, gap.Requests).ShouldBe(("clothes", "Littleport", 6, 0));
        async Task Refused(GroupSays other, string field, string words)
        {
            var refusal = (await rig.Gaps.SayAsync(Piers, other, default)).Refusal!;
            (refusal.Field, refusal.Sentence.Contains(words, StringComparison.Ordinal)).ShouldBe((field, true), refusal.Sentence);
        }
        await Refused(says with { What = "a coat for Leanne" }, "what", "“Leanne” looks like somebody’s name");
        await Refused(says with { What = "coats, ring 07700 900418" }, "what", "telephone number");
        await Refused(says with { From = "leanne@example.org" }, "from", "e-mail");
        await Refused(says with { Place = "CB6 1PW" }, "place", "not a postcode");
        await Refused(says with { Place = "Narnia" }, "place", "like Littleport");
        await Refused(says with { Count = "many" }, "count", "in figures");
        (await rig.Gaps.SaidAsync(default)).Count.ShouldBe(1);

        (await rig.Gaps.TakeBackAsync(Piers with { Actor = Actor.Worker(Guid.NewGuid(), "other") }, said.Id, default)).Refusal.ShouldNotBeNull();
        (await rig.Gaps.TakeBackAsync(Piers, said.Id, default)).Done.ShouldBeTrue();
        (await rig.Gaps.SaidAsync(default)).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-MEN-08")]
    public async Task Persona_one_has_five_rows_each_met_part_met_or_a_gap_in_the_chosen_place(Db kind)
    {
        await using var rig = await Rig.OpenAsync(kind, Menu.Service("pantry", "food"), Menu.Service("heat", "heating-or-electricity"));
        var persona = Persona.All.Single(p => p.Id == "family-1-urban");

        var here = await rig.Gaps.WantsAsync(persona, GapPlace.Find("waterlees")!, default);
        var there = await rig.Gaps.WantsAsync(persona, GapPlace.Find("E06000031")!, default);

        here.Select(w => (w.Want.Row, w.State)).ShouldBe([(1, CoverState.Met), (2, CoverState.Gap), (3, CoverState.Gap), (4, CoverState.PartMet), (5, CoverState.Gap)]);
        here[0].Covers[0].Words.ShouldBe("pantry.");
        there.ShouldAllBe(w => w.State == CoverState.Gap);
    }

    [Fact]
    public void A_need_that_says_much_of_somebody_is_counted_by_district_alone()
    {
        var waterlees = GapPlace.At(new GeoPoint(52.67506, 0.16523), "E07000010");

        waterlees.ShouldBe(new GapPlace("E07000010", "Waterlees"));
        waterlees.For("food").ShouldBe(waterlees);
        waterlees.For("not-safe").ShouldBe(new GapPlace("E07000010", ""));
        GapPlace.Of(new MenuPlace("E07000010")).Words.ShouldBe("Fenland");
        GapPlace.Of(MenuPlace.NotKnown).ShouldBe(GapPlace.NotKnown);
    }
}
