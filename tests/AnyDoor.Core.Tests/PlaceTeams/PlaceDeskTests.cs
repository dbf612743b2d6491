using AnyDoor.Audit;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Tests;
using Microsoft.Extensions.Time.Testing;

namespace AnyDoor.Core.Tests.PlaceTeams;

/// <summary>Place teams, plans, events and local issues, on both databases.</summary>
public sealed class PlaceDeskTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 10, 14, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly AuditContext Who = new(Actor.Worker(Guid.NewGuid(), "piers"), null, "phone-county-hub", Purpose.StatisticsAndPlanning, Now);

    private static AreaDesk AreasOf(TestDatabase test) => new(test.Commands(new FakeTimeProvider(new DateTimeOffset(Now, TimeSpan.Zero))), new PlaceBook(test.Database));

    private static PlaceDesk DeskOf(TestDatabase test) => new(test.Commands(new FakeTimeProvider(new DateTimeOffset(Now, TimeSpan.Zero))), new PlaceBook(test.Database));

    [Theory, OnBothDatabases]
    [Requirement("R-PTM-01"), Requirement("R-PTM-02"), Requirement("R-PTM-03")]
    public async Task A_seat_passes_from_one_day_to_the_next_gaps_show_and_a_vacancy_has_its_cover(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = DeskOf(test);
        var seat = (await desk.AddSeatAsync(Who, "E07000010", "Place coordinator", default)).Value;
        var connector = (await desk.AddSeatAsync(Who, "E07000010", "Community connector", default)).Value;
        Task<AnyDoor.Common.Result<Guid>> PostAsync(string name, DateOnly? from, DateOnly? to, PostingKind how = PostingKind.Held, Guid? into = null) => desk.PostAsync(Who, into ?? seat, how, name, "County", from, to, default);

        (await PostAsync("Rowan", new DateOnly(2020, 12, 1), new DateOnly(2021, 3, 31))).Done.ShouldBeTrue();
        (await PostAsync("Piers", new DateOnly(2021, 4, 1), null)).Done.ShouldBeTrue();
        (await PostAsync("Wren", new DateOnly(2024, 1, 1), null)).Refusal!.Sentence.ShouldBe("Piers holds it from 1 April 2021. End that first, or take other days.");
        (await PostAsync("", Today, null)).Refusal!.Field.ShouldBe("name");
        (await PostAsync("Wren", Today, Today.AddDays(-1))).Refusal!.Field.ShouldBe("until");
        (await PostAsync("Fenland’s neighbour", Today.AddDays(-5), null, PostingKind.Cover, connector)).Done.ShouldBeTrue();

        var team = await desk.TeamAsync("E07000010", Today, default);
        var handover = PlaceDesk.LineOf(team[1].Seat, team.Single(t => t.Seat.Id == seat).History, new DateOnly(2021, 4, 1), 0);
        handover.Holder!.Name.ShouldBe("Piers");
        PlaceDesk.LineOf(team[1].Seat, team.Single(t => t.Seat.Id == seat).History, new DateOnly(2021, 3, 31), 0).Holder!.Name.ShouldBe("Rowan");
        team.Single(t => t.Seat.Id == seat).Gaps.ShouldBeEmpty();
        var vacant = team.Single(t => t.Seat.Id == connector);
        (vacant.Holder, vacant.VacantSince, vacant.Cover!.Name).ShouldBe((null, Today, "Fenland’s neighbour"));
        // A day between two holders is flagged.
        PlaceDesk.LineOf(team[0].Seat, [Held("a", new(2021, 1, 1), new(2021, 3, 30)), Held("b", new(2021, 4, 1), null)], Today, 0).Gaps.ShouldBe([(new DateOnly(2021, 3, 31), new DateOnly(2021, 3, 31))]);
    }

    private static Posting Held(string name, DateOnly from, DateOnly? to) => new() { Id = Guid.NewGuid(), SeatId = Guid.Empty, Kind = PostingKind.Held, Name = name, Organisation = "x", FirstDay = from, LastDay = to };

    [Theory, OnBothDatabases]
    [Requirement("R-PTM-02"), Requirement("R-PTM-04"), Requirement("R-PTM-05")]
    public async Task A_plan_sets_data_beside_people_and_its_actions_go_on_with_the_seat(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = DeskOf(test);
        var seat = (await desk.AddSeatAsync(Who, "E07000008", "Place coordinator", default)).Value;
        var posting = (await desk.PostAsync(Who, seat, PostingKind.Held, "Maud", "County", Today.AddYears(-1), null, default)).Value;

        var plan = (await desk.OpenAsync(Who, "E07000008", WorkKind.Plan, "City", null, null, null, null, default)).Value;
        (await desk.OpenAsync(Who, "E07000008", WorkKind.Plan, "Again", null, null, null, null, default)).Refusal!.Field.ShouldBe("title");
        (await desk.NoteAsync(Who, plan, PlaceNoteKind.DataSays, "Abbey is in tenth 2", null, null, default)).Refusal!.Field.ShouldBe("source");
        (await desk.NoteAsync(Who, plan, PlaceNoteKind.DataSays, "Abbey is in tenth 2", "IMD 2019", null, default)).Done.ShouldBeTrue();
        (await desk.NoteAsync(Who, plan, PlaceNoteKind.PeopleSay, "Nowhere is open late", "Drop-in, October", 9, default)).Done.ShouldBeTrue();
        (await desk.NoteAsync(Who, plan, PlaceNoteKind.HelpedWrite, "Residents of Abbey", null, 9, default)).Done.ShouldBeTrue();
        (await desk.ActAsync(Who, plan, "Open the library late", null, null, null, default)).Refusal!.Field.ShouldBe("owner");
        (await desk.ActAsync(Who, plan, "Open the library late", seat, null, Today.AddDays(30), default)).Done.ShouldBeTrue();

        (await desk.ViewAsync(plan, default))!.Actions[0].Owner.ShouldBe("Place coordinator: Maud");
        await desk.EndPostingAsync(Who, posting, Today.AddDays(-1), default);
        await desk.PostAsync(Who, seat, PostingKind.Held, "Corin", "County", Today, null, default);
        var view = (await desk.ViewAsync(plan, default))!;
        view.Actions[0].Owner.ShouldBe("Place coordinator: Corin");
        (await desk.TeamAsync("E07000008", Today, default))[0].OpenActions.ShouldBe(1);
        view.Work.Topic.ShouldBe("cambridge-city", "the city has a template of its own");
        (view.Of(PlaceNoteKind.DataSays).Count(), view.Of(PlaceNoteKind.PeopleSay).Single().People, view.Of(PlaceNoteKind.HelpedWrite).Count()).ShouldBe((1, 9, 1));
        (await desk.FinishAsync(Who, view.Actions[0].Action.Id, "", default)).Refusal!.Field.ShouldBe("result");
        (await desk.FinishAsync(Who, view.Actions[0].Action.Id, "Two evenings; few came", default)).Done.ShouldBeTrue();
        (await desk.CloseAsync(Who, plan, "Ask when, before you open", default)).Done.ShouldBeTrue();
        (await desk.NoteAsync(Who, plan, PlaceNoteKind.Need, "More", null, null, default)).Refusal!.Sentence.ShouldStartWith("It is closed.");
        (await desk.ViewAsync(plan, default))!.Of(PlaceNoteKind.Learned).Single().Words.ShouldBe("Ask when, before you open");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-PTM-06")]
    public async Task Six_reports_of_fly_tipping_at_one_spot_open_one_joint_plan_which_is_reported_back(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = DeskOf(test);
        var issue = (await desk.OpenAsync(Who, "E07000010", WorkKind.Issue, "Rubbish behind the garages", "fly-tipping", "The alley", null, "A mattress", default)).Value;

        for (var i = 2; i <= 5; i++) await desk.NoteAsync(Who, issue, PlaceNoteKind.Report, null, null, null, default);
        (await desk.ViewAsync(issue, default))!.Work.Joint.ShouldBeFalse();
        await desk.NoteAsync(Who, issue, PlaceNoteKind.Report, null, null, null, default);
        await desk.NoteAsync(Who, issue, PlaceNoteKind.Report, null, null, null, default);

        var view = (await desk.ViewAsync(issue, default))!;
        view.Work.Joint.ShouldBeTrue();
        view.Of(PlaceNoteKind.Partner).Select(p => p.Words).Order().ShouldBe(["District council", "Police", "Residents’ association"]);
        view.Actions.Count.ShouldBe(2);
        (await desk.CloseAsync(Who, issue, "", default)).Refusal!.Sentence.ShouldBe("Enter what residents were told, and how.");
        (await desk.CloseAsync(Who, issue, "A letter to every door", default)).Done.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-CLL-03")]
    public async Task A_councillors_note_is_due_in_ten_days_and_an_answer_closes_it(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = DeskOf(test);

        (await desk.OpenAsync(Who, "E07000010", WorkKind.MemberNote, "No bus on Sundays", "moan", null, null, "x", default)).Refusal!.Field.ShouldBe("topic");
        var note = (await desk.OpenAsync(Who, "E07000010", WorkKind.MemberNote, "No bus on Sundays", "risk", null, null, "People miss the food bank", default)).Value;

        var open = (await desk.WorkAsync(null, WorkKind.MemberNote, default)).ShouldHaveSingleItem();
        (open.DueOn, open.ClosedOn).ShouldBe((Today.AddDays(10), null));
        (await desk.NoteAsync(Who, note, PlaceNoteKind.Answer, "The pantry opens on Saturdays from May", null, null, default)).Done.ShouldBeTrue();
        (await desk.WorkAsync(null, WorkKind.MemberNote, default))[0].ClosedOn.ShouldBe(Today);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DAW-07")]
    public async Task Where_no_partner_serves_the_most_deprived_come_first_until_one_does(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = DeskOf(test);
        // March and Staithe and Peterborough's first tenth are served; Waterlees is not.
        var tenth = PlaceProfiles.Find(new PlaceBook(test.Database).Current, Place.All)!.Lines.Where(l => l.Decile == 1).ToList();
        foreach (var line in tenth.Where(l => l.Ward != "Waterlees Village")) await desk.SayReachAsync(Who, line.Code, "Fenland Advice Centre", null, default);

        var lines = await desk.NotServedAsync(null, default);
        lines.Take(2).Select(l => l.Line.Name).ShouldBe(["Fenland 002C", "Fenland 002D"]);

        var area = await AreasOf(test).MakeAsync(Who, "Waterlees", "Fenland 002C\nfenland 002D", null, default);
        area.Value.ShouldBe("area-waterlees");
        await desk.SayReachAsync(Who, "area-waterlees", "Pantry", "families with children under 5", default);
        (await desk.NotServedAsync(null, default))[0].Line.Name.ShouldBe("Fenland 002C", "the pantry serves some, not everybody");
        (await desk.NotServedAsync("families with children under 5", default))[0].Line.Ward.ShouldNotBe("Waterlees Village");
        (await AreasOf(test).MakeAsync(Who, "Waterlees", "Fenland 002C", null, default)).Refusal!.Field.ShouldBe("name");
        (await AreasOf(test).MakeAsync(Who, "Nowhere", "Fenland 999Z", null, default)).Refusal!.Sentence.ShouldContain("“Fenland 999Z” is no neighbourhood of 2011");
        (await desk.FindAsync("area-waterlees", null, default))!.Lines.Count.ShouldBe(2);
    }

    /// <summary>A link to an area leads to it whatever becomes of its name, what it is made of, and whether it is in use.</summary>
    [Theory, OnBothDatabases]
    [Requirement("R-PTM-04")]
    public async Task An_area_is_changed_and_put_away_and_keeps_its_address(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (areas, desk) = (AreasOf(test), DeskOf(test));
        var slug = (await areas.MakeAsync(Who, "Wisbech north", "Fenland 002C", "Staithe, Fenland", default)).Value!;
        (await areas.MakeAsync(Who, "Old town", "Fenland 002D", null, default)).Done.ShouldBeTrue();
        var made = (await desk.AreaAsync(slug, default))!;
        AreaDesk.Lines(new PlaceBook(test.Database).Current, made).ShouldBe(("Fenland 002C", "Staithe, Fenland"));

        (await areas.ChangeAsync(Who, slug, made.Version, "Old town", "Fenland 002C", null, default)).Refusal!.Field.ShouldBe("name");
        (await areas.ChangeAsync(Who, slug, made.Version, "Waterlees", "Fenland 002C\nFenland 999Z", null, default)).Refusal!.Field.ShouldBe("neighbourhoods");
        (await areas.ChangeAsync(Who, slug, made.Version, "Waterlees", "", "Nowhere, Fenland", default)).Refusal!.Field.ShouldBe("wards");
        (await areas.ChangeAsync(Who, slug, made.Version, "Waterlees", "", "", default)).Refusal!.Field.ShouldBe("neighbourhoods");
        (await areas.ChangeAsync(Who, slug, made.Version, "Waterlees", "Fenland 002D\nFenland 002C", "", default)).Done.ShouldBeTrue();
        (await areas.ChangeAsync(Who, slug, made.Version, "Lost", "Fenland 002C", null, default)).Refusal!.Code.ShouldBe("changed", "somebody else wrote from the same form");

        var place = (await desk.FindAsync(slug, null, default))!;
        (place.Name, place.Lines.Count).ShouldBe(("Waterlees", 2));
        (await areas.RetireAsync(Who, slug, true, default)).Done.ShouldBeTrue();
        (await desk.AreasAsync(default)).Select(a => a.Name).ShouldBe(["Old town"]);
        (await desk.AreasAsync(default, retired: true)).ShouldHaveSingleItem().RetiredAt.ShouldBe(Now);
        (await desk.FindAsync(slug, null, default)).ShouldNotBeNull("its page stays");
        (await areas.RetireAsync(Who, slug, false, default)).Done.ShouldBeTrue();
        (await desk.AreasAsync(default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_area_made_of_printed_names_and_of_wards_becomes_one_of_codes_when_codes_are_loaded()
    {
        await using var rig = await Places.PlaceRig.OpenAsync();
        var area = new NamedArea { Id = Guid.NewGuid(), Slug = "area-w", Name = "W", Year = 2011, Codes = "fenland-002c fenland-002d", Wards = "E07000010/Waterlees Village", MadeAt = Now, Version = 1 };

        area.CodesIn(await rig.Book.RefreshAsync(default)).ShouldBe(["fenland-002c", "fenland-002d"]);
        await rig.OfficialAsync("iod2019/File_7_format_composite_cp.csv");
        await rig.OfficialAsync("lookups/lsoa11_msoa11_wd19_lad19_cp.csv");

        var codes = area.CodesIn(await rig.Book.RefreshAsync(default));
        codes.Count.ShouldBe(3);
        codes.ShouldAllBe(c => c.StartsWith("E01"));
    }
}
