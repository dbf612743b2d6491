using AnyDoor.Audit;
using AnyDoor.Core.Tests.ServiceDirectory;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.PlaceTeams;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using Microsoft.Extensions.Time.Testing;

namespace AnyDoor.Core.Tests.PlaceTeams;

/// <summary>A parish's clerk posts for the parish only, through review.</summary>
public sealed class ParishDeskTests
{
    private const string Parish = "Littleport parish";
    private static readonly WhoIsWorking Parry = new(Guid.NewGuid(), "parry", "Parry", Role.ParishClerk, Guid.NewGuid(), Parish, OrganisationKind.Council);
    private static readonly WhoIsWorking Piers = new(Guid.NewGuid(), "piers", "Piers", Role.PlaceCoordinator, Guid.NewGuid(), "County places", OrganisationKind.Council);

    private static AuditContext For(WhoIsWorking worker) => worker.For(Purpose.StatisticsAndPlanning, "test", Menu.Tuesday);

    private sealed record Room(TestDatabase Test, PlaceDesk Places, AreaDesk Areas, ParishDesk Desk, ServiceEdits Edits, MenuDirectory Directory, PlaceBook Book) : IAsyncDisposable
    {
        public static async Task<Room> OpenAsync(Db kind)
        {
            var test = await TestDatabase.CreateAsync(kind);
            var commands = test.Commands(new FakeTimeProvider(new DateTimeOffset(Menu.Tuesday, TimeSpan.Zero)));
            var (book, directory, postcodes) = (new PlaceBook(test.Database), new MenuDirectory(test.Database), new PostcodeDirectory(test.Database));
            var places = new PlaceDesk(commands, book);
            return new Room(test, places, new AreaDesk(commands, book), new ParishDesk(places, book, new NewEntries(commands), directory, postcodes), new ServiceEdits(commands, directory, postcodes), directory, book);
        }

        public async Task LoadAsync(params string[] files)
        {
            foreach (var file in files) await new PlaceImport(Test.Database, Test.Commands(), Book).LoadAsync(Shared.Path("places/" + file), For(Piers), default);
        }

        public Task<EditSent> PostAsync(params (string Field, string Text)[] fields) => PostAsync(null, fields);

        public Task<EditSent> PostAsync(Guid? again, params (string Field, string Text)[] fields)
        {
            var values = new Dictionary<string, string> { ["name"] = "Soup and a chat", ["description"] = "Hot soup for everybody.", ["need"] = "food", ["given"] = "Place", ["place0_name"] = "Village hall", ["place0_postcode"] = "CB6 1AB" };
            foreach (var (field, text) in fields) values[field] = text;
            return Desk.PostAsync(For(Parry), Parry, values, again, default);
        }

        public ValueTask DisposeAsync() => Test.DisposeAsync();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-PTM-07")]
    public async Task A_clerk_posts_for_the_parish_only_and_somebody_else_puts_it_on_the_menu(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        await room.LoadAsync("iod2019/File_2_-_IoD2019_Domains_of_Deprivation.csv.gz", "lookups/lsoa11_msoa11_wd19_lad19_cp.csv", "postcodes/postcodes_cp_derived.csv.gz");
        (await room.PostAsync()).Problems[""].ShouldContain("Nobody has written down yet");
        await room.Places.SayReachAsync(For(Piers), "E07000009", Parish, null, default);
        (await room.PostAsync()).Problems[""].ShouldContain("Nobody has written down yet", customMessage: "a district as a whole is no parish");
        var area = (await room.Areas.MakeAsync(For(Piers), "Littleport", null, "Littleport, East Cambridgeshire", default)).Value!;
        await room.Places.SayReachAsync(For(Piers), area, Parish, null, default);

        (await room.PostAsync(("place0_postcode", "CB7 5BQ"))).Problems["place0_postcode"].ShouldBe("CB7 5BQ is not in Littleport. A parish clerk posts what is in the parish.");
        (await room.PostAsync(("place0_postcode", "CB6 9ZZ"))).Problems["place0_postcode"].ShouldStartWith("CB6 9ZZ is not in the list");
        (await room.PostAsync(("place0_postcode", ""))).Problems["place0_postcode"].ShouldStartWith("Enter its postcode");
        (await room.PostAsync(("name", ""), ("need", ""))).Problems.Keys.Order().ShouldBe(["name", "need"]);
        (await room.PostAsync(("place0_name", ""), ("place0_postcode", ""))).Problems.Keys.ShouldContain("place0_name");
        (await room.Edits.WaitingAsync(default)).ShouldBe(0, "nothing that is refused is kept");

        var sent = (await room.PostAsync()).Id!.Value;
        (await room.Directory.RefreshAsync(default)).Count.ShouldBe(0, "nobody looked at it yet");
        (await room.Edits.ApproveAsync(For(Parry), sent, 1, default)).Refusal!.Code.ShouldBe("own");
        (await room.Edits.SendBackAsync(For(Piers), sent, 1, "On which day?", default)).Done.ShouldBeTrue();
        var again = (await room.PostAsync(sent, ("opening", "Tuesday 12 noon to 2pm"))).Id!.Value;
        (await room.PostAsync(sent)).Problems[""].ShouldContain("Somebody decided", customMessage: "one that was replaced is not replaced again");
        var shown = (await room.Edits.FindAsync(again, default))!;
        (shown.IsProposal, shown.Service!.Name, shown.Service.AreasServed.Single().Name).ShouldBe((true, "Soup and a chat", "Littleport"));
        shown.Fields.Select(f => f.Label).ShouldContain("Where people must live");
        (await room.Edits.ApproveAsync(For(Piers), again, 1, default)).Refusal.ShouldBeNull();

        var entry = (await room.Directory.RefreshAsync(default)).Services.Single();
        (entry.Name, entry.Organisation, entry.Visibility, entry.NeverConfirmed, entry.CheckedBy).ShouldBe(("Soup and a chat", Parish, Visibility.Public, false, CheckedBy.Provider));
        (entry.Locations.Single().Postcode, entry.Locations[0].District, entry.Locations[0].Point is not null).ShouldBe(("CB6 1AB", "East Cambridgeshire", true));
        MenuMatch.Match(room.Directory.Index, new MenuQuery { Text = "soup", At = Menu.Tuesday }).Hits.ShouldHaveSingleItem();
        // They keep it, within the parish.
        var (mine, now) = (await room.Desk.AreaAsync(Parry, default), await room.Edits.VersionAsync(entry.Id, default));
        Task<EditSent> ChangeAsync(string field, string text) => room.Edits.ProposeAsync(For(Parry), Parry, entry.Uuid, now, new Dictionary<string, string> { [field] = text }, default, e => room.Desk.Outside(e, mine));
        (await ChangeAsync("areas", "Fenland")).Problems.Keys.ShouldBe(["areas"]);
        (await ChangeAsync("areas", "")).Problems.Keys.ShouldBe(["areas"]);
        (await ChangeAsync("place0_postcode", "CB7 5BQ")).Problems.Keys.ShouldBe(["place0_postcode"]);
        (await ChangeAsync("phone", "01353 555 0100")).Id.ShouldNotBeNull();
    }

    /// <summary>What is in the parish or for its people is listed, what nobody confirmed lately first; another village's is not.</summary>
    [Theory, OnBothDatabases]
    [Requirement("R-PTM-07")]
    public async Task A_clerk_sees_what_the_menu_says_of_the_parish_and_what_is_to_be_confirmed(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        await new MenuService(room.Test.Commands()).LoadDemoAsync(new AuditContext(Actor.Job("demo"), null, "test", Purpose.StatisticsAndPlanning, Menu.Tuesday), default);
        (await room.Desk.EntriesAsync(Parry, await room.Desk.AreaAsync(Parry, default), Menu.Tuesday, default)).ShouldBeEmpty();
        var area = (await room.Areas.MakeAsync(For(Piers), "Littleport", null, "Littleport East, East Cambridgeshire", default)).Value!;
        await room.Places.SayReachAsync(For(Piers), area, Parish, null, default);

        var found = await room.Desk.EntriesAsync(Parry, await room.Desk.AreaAsync(Parry, default), Menu.Tuesday, default);

        found.ShouldNotBeEmpty();
        found.ShouldAllBe(e => e.Card.Service.Locations.Any(l => l.Town == "Littleport") || e.Card.Service.AreasServed.Any(a => a.Name == "Littleport"));
        found.SkipWhile(e => e.Card.Assurance != AssuranceState.Checked).ShouldAllBe(e => e.Card.Assurance == AssuranceState.Checked);
        // Without an official file no postcode can be placed: whoever looks at it decides.
        (await room.PostAsync()).Id.ShouldNotBeNull();
    }
}
