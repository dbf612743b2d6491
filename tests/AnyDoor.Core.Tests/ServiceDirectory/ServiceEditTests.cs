using System.Text.Json;
using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>Providers change their own entries, through review.</summary>
public sealed class ServiceEditTests
{
    private const string Pantry = "waterlees-community-pantry";
    private static readonly WhoIsWorking Joy = new(Guid.NewGuid(), "joy", "Joy", Role.PartnerWorker, Guid.NewGuid(), "Waterlees Community Pantry", OrganisationKind.FoodBank);
    private static readonly WhoIsWorking Piers = new(Guid.NewGuid(), "piers", "Piers", Role.PlaceCoordinator, Guid.NewGuid(), "County places", OrganisationKind.Council);

    private static AuditContext For(WhoIsWorking worker, int days = 0) => worker.For(Purpose.StatisticsAndPlanning, "test", Menu.Tuesday.AddDays(days));

    private sealed record Room(TestDatabase Test, MenuService Menu, MenuDirectory Directory, ServiceEdits Edits) : IAsyncDisposable
    {
        public static async Task<Room> OpenAsync(Db kind)
        {
            var test = await TestDatabase.CreateAsync(kind);
            var (menu, directory) = (new MenuService(test.Commands()), new MenuDirectory(test.Database));
            await menu.LoadDemoAsync(new AuditContext(Actor.Job("demo"), null, "test", Purpose.StatisticsAndPlanning, ServiceDirectory.Menu.Tuesday), default);
            return new Room(test, menu, directory, new ServiceEdits(test.Commands(), directory, new PostcodeDirectory(test.Database)));
        }

        public async Task<Service> FindAsync(string id) => (await Directory.RefreshAsync(default)).Find(id)!;

        public async Task<EditSent> SendAsync(WhoIsWorking worker, string id, params (string Field, string Text)[] fields)
        {
            var service = await FindAsync(id);
            // The whole form comes back, touched or not.
            var values = EntryFields.Of(service).ToDictionary(f => f.Id, f => f.Read(service));
            foreach (var (field, text) in fields) values[field] = text;
            return await Edits.ProposeAsync(For(worker), worker, service.Uuid, await Edits.VersionAsync(id, default), values, default);
        }

        public ValueTask DisposeAsync() => Test.DisposeAsync();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-MEN-01")]
    public async Task Edit_Approved_IsSeenInSearchOnEveryNodeAtOnce_AndIsACheckByItsProvider(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var otherNode = new MenuDirectory(room.Test.Database);
        await otherNode.RefreshAsync(default);

        var sent = await room.SendAsync(Joy, Pantry, ("description", "Zzquinces and a warm welcome."), ("phone", "01945 555 0100"));
        MenuMatch.Match(await otherNode.RefreshAsync(default), new MenuQuery { Text = "zzquinces", At = Menu.Tuesday }).Hits.ShouldBeEmpty("nobody looked at it yet");
        (await room.Edits.ApproveAsync(For(Piers, 1), sent.Id!.Value, 1, default)).Refusal.ShouldBeNull();

        MenuMatch.Match(await otherNode.RefreshAsync(default), new MenuQuery { Text = "zzquinces", At = Menu.Tuesday }).Hits[0].Service.Id.ShouldBe(Pantry);
        var now = await room.FindAsync(Pantry);
        (now.Phone, now.LastChecked, now.CheckedBy, now.NeverConfirmed).ShouldBe(("01945 555 0100", LondonTime.DayOf(Menu.Tuesday), CheckedBy.Provider, false));
        var history = (await room.Edits.HistoryAsync(Pantry, default)).ShouldHaveSingleItem();
        history.Fields.Select(f => f.Label).ShouldBe(["What it is, in plain words", "Telephone"]);
        history.Fields[1].After.ShouldBe("01945 555 0100");
        // The file it came from, again, does not undo it.
        await room.Menu.LoadDemoAsync(For(Piers), default);
        (await room.FindAsync(Pantry)).Phone.ShouldBe("01945 555 0100");
    }

    /// <summary>Every entry of the demo, and one with every field there is: after an edit of its telephone number nothing else is different, in the row or in its stored words.</summary>
    [Theory, OnBothDatabases]
    [Requirement("R-MEN-01"), Requirement("R-VOL-02")]
    public async Task Edit_OfOneField_LeavesEverythingElseWordForWord(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var rich = Menu.Service("rich") with
        {
            Contribution = new("An hour at the table", "Training, fares and a meal"), Eligibility = new("Families", null), Capacity = new(CapacityState.Waiting, 3, 9), Diets = ["halal"], Terms = [new("Food banks", "esd:1", "ESD", "https://example.org/1", "esd:0")], Level = ServiceLevel.Targeted,
            CostOptions = [new("A bag", 350, "bag")], Accreditations = "A quality mark", Alert = "Closed at Christmas", Email = "help@example.org", MinimumAge = 5, MaximumAge = 11, OnlyFor = OnlyFor.Women, ValidFrom = new(2026, 1, 1), ValidTo = new(2027, 1, 1), SourceChangedAt = Menu.Tuesday, Assurer = "A role",
            Provider = new("p1", "Who they are", "https://example.org", "p@example.org"), Locations = [new("Hall", "Main Street, March", "PE15 8AA", 52.5, 0.1, "Fenland", "March East") { Id = "l1", AtLocationId = "a1", City = "March", County = "Cambridgeshire" }, new("Secret", "9 Secret Lane", "PE15 9ZZ", 52.6, 0.2, "Fenland") { Hidden = true }],
            Opening = new([new(["mon"], new(9, 0), new(11, 30))], [new(new(2026, 12, 24), new(2026, 12, 28), Closed: true, Note: "Christmas")], OnBankHolidays: "open") { Rules = [new OpeningRule { Frequency = OpeningFrequency.Monthly, ByDay = ["1TU"], Opens = new(14, 0), Closes = new(16, 0) }], InWords = "Mondays, and the first Tuesday" },
        };
        await room.Menu.LoadAsync(For(Piers), $$"""{"services":[{{JsonSerializer.Serialize(rich, ServiceJsonForTests).Insert(1, "\"a_field_of_tomorrow\":{\"kept\":true},")}}]}""", default);
        var ids = (await room.Directory.RefreshAsync(default)).Services.Where((_, i) => i % 40 == 0).Select(s => s.Id).Append("rich").Append(Pantry).Distinct().ToList();

        foreach (var id in ids)
        {
            var (before, body) = (await room.FindAsync(id), await BodyAsync(id));
            var sent = await room.SendAsync(Piers, id, ("phone", "01945 555 0199"));
            sent.Problems.ShouldBeEmpty(id);
            (await room.Edits.ApproveAsync(For(Joy), sent.Id!.Value, 1, default)).Refusal.ShouldBeNull(id);
            var (after, stored) = (await room.FindAsync(id), await BodyAsync(id));

            after.Phone.ShouldBe("01945 555 0199");
            Text(after with { Phone = before.Phone, LastChecked = before.LastChecked, NeverConfirmed = before.NeverConfirmed }).ShouldBe(Text(before), id);
            stored.Remove("phone");
            body.Remove("phone");
            JsonNode.DeepEquals(stored, body).ShouldBeTrue(id);
        }
        (await BodyAsync("rich"))["a_field_of_tomorrow"]!["kept"]!.GetValue<bool>().ShouldBeTrue();
        (await room.FindAsync("rich")).Contribution.ShouldBe(new Contribution("An hour at the table", "Training, fares and a meal"));

        async Task<JsonObject> BodyAsync(string id)
        {
            await using var db = room.Test.Database.Open();
            return JsonNode.Parse(await db.Set<ServiceRow>().Where(s => s.Id == id).Select(s => s.Body).SingleAsync())!.AsObject();
        }
        static string Text(Service s) => JsonSerializer.Serialize(s, ServiceJsonForTests);
    }

    private static readonly JsonSerializerOptions ServiceJsonForTests = new(ContentFiles.Json) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    [Theory, OnBothDatabases]
    public async Task Edit_Mistakes_AreAllNamedAtOnce_AndNothingIsKept(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);

        var sent = await room.SendAsync(Joy, Pantry, ("name", " "), ("phone", "ring me"), ("web", "javascript:alert(1)"), ("email", "x"), ("from_age", "old"), ("languages", "Klingon"), ("how", "Teleport"), ("place0_postcode", "PE13"), ("support", ""));

        sent.Id.ShouldBeNull();
        sent.Problems.Keys.ShouldBe(["name", "phone", "web", "email", "from_age", "languages", "how", "place0_postcode"], ignoreOrder: true);
        (await room.Edits.ListAsync(null, default)).ShouldBeEmpty();
        (await room.SendAsync(Joy, Pantry)).Problems[""].ShouldContain("Nothing is different");
        (await room.SendAsync(Joy, Pantry, ("description", "<script>alert(1)</script>Food <b>today</b>."))).Id.ShouldNotBeNull();
        (await room.Edits.ListAsync(null, default)).Single().Fields.Single().After.ShouldBe("Food today.");
    }

    [Theory, OnBothDatabases]
    public async Task Edit_IsTheirsAlone_AndNobodyApprovesTheirOwn(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);

        (await room.SendAsync(Joy, "fen-food-van", ("phone", "01945 555 0100"))).Problems[""].ShouldContain("no such entry that you may change");
        (await room.SendAsync(Joy with { Role = Role.HubAdviser }, Pantry, ("phone", "01945 555 0100"))).Id.ShouldBeNull();
        var own = await room.SendAsync(Piers, Pantry, ("phone", "01945 555 0100"));
        (await room.Edits.ApproveAsync(For(Piers), own.Id!.Value, 1, default)).Refusal!.Code.ShouldBe("own");
        (await room.Edits.SendBackAsync(For(Piers), own.Id.Value, 1, "No", default)).Refusal!.Code.ShouldBe("own");
        (await room.Edits.ApproveAsync(For(Joy), own.Id.Value, 1, default)).Done.ShouldBeTrue();
        (await room.Edits.ApproveAsync(For(Joy), own.Id.Value, 2, default)).Refusal!.Code.ShouldBe("busy", "it was decided");
        (await room.FindAsync(Pantry)).CheckedBy.ShouldBe(CheckedBy.PlaceTeam, "it was no provider who sent it");
    }

    [Theory, OnBothDatabases]
    public async Task Edit_SentBackWithAReason_ComesBackWithWhatWasTyped_AndANewOneTakesTheOldOnesPlace(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var sent = await room.SendAsync(Joy, Pantry, ("phone", "01945 555 0100"));

        (await room.Edits.SendBackAsync(For(Piers), sent.Id!.Value, 1, " ", default)).Refusal!.Field.ShouldBe("reason");
        (await room.Edits.SendBackAsync(For(Piers), sent.Id.Value, 1, "That is the hall’s number.", default)).Done.ShouldBeTrue();

        var own = (await room.Edits.OwnAsync(Pantry, Joy.WorkerId, default))!;
        (own.Edit.State, own.Edit.Reason, ServiceEdits.TypedIn(own.Edit)["phone"]).ShouldBe((EditState.SentBack, "That is the hall’s number.", "01945 555 0100"));
        var second = await room.SendAsync(Joy, Pantry, ("phone", "01945 555 0101"));
        var third = await room.SendAsync(Joy, Pantry, ("phone", "01945 555 0102"));
        (await room.Edits.FindAsync(second.Id!.Value, default))!.Edit.State.ShouldBe(EditState.Withdrawn);
        (await room.Edits.WaitingAsync(default)).ShouldBe(1);
        (await room.Edits.ListAsync(Joy.OrganisationId, default)).Select(e => e.Edit.Id).ShouldBe([third.Id!.Value, sent.Id.Value]);
        (await room.Edits.ListAsync(Piers.OrganisationId, default)).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task Edit_OfWhatChangedMeanwhile_IsNeverWrittenOverUnseen(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var (joys, piers) = (await room.SendAsync(Joy, Pantry, ("phone", "01945 555 0100")), await room.SendAsync(Piers, Pantry, ("phone", "01945 555 0200"), ("cost_words", "Free of charge")));
        (await room.Edits.ApproveAsync(For(Joy), piers.Id!.Value, 1, default)).Done.ShouldBeTrue();

        (await room.Edits.FindAsync(joys.Id!.Value, default))!.Fields.Single().Now.ShouldBe("01945 555 0200");
        (await room.Edits.ApproveAsync(For(Piers), joys.Id.Value, 1, default)).Refusal!.Code.ShouldBe("changed");

        var service = await room.FindAsync(Pantry);
        service.Phone.ShouldBe("01945 555 0200");
        var old = await room.Edits.ProposeAsync(For(Joy), Joy, service.Uuid, await room.Edits.VersionAsync(Pantry, default) - 1, new Dictionary<string, string> { ["phone"] = "01945 555 0100" }, default);
        old.Problems[""].ShouldContain("changed while you wrote");
    }

    /// <summary>A source that says something else than what was approved overwrites nothing unseen: both wait side by side, and a person decides.</summary>
    [Theory, OnBothDatabases]
    [Requirement("R-MEN-01")]
    public async Task Edit_Approved_StandsAgainstItsSource_UntilSomebodyDecides(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var file = Path.Combine(Directory.CreateTempSubdirectory("menu-").FullName, "feed.json");
        async Task<Service> ReadAsync(string phone, string name = "Fen Supper")
        {
            await File.WriteAllTextAsync(file, $$"""[{"id":"s1","name":"{{name}}","status":"active","description":"Supper for all.","organization":{"id":"o1","name":"Fen Supper Club"},"phones":[{"number":"{{phone}}"}]}]""");
            await new MenuImporter(room.Test.Database, room.Test.Commands()).ImportAsync([file], null, [], For(Piers, 1), null, default);
            return (await room.Directory.RefreshAsync(default)).Services.Single(s => s.SourceId == "s1");
        }
        async Task<IReadOnlyList<EditShown>> AskedAsync() => [.. (await room.Edits.ListAsync(null, default)).Where(e => e.Edit.IsFromSource && e.Edit.State == EditState.Waiting)];
        var id = (await ReadAsync("01945 555 001")).Id;
        var cook = Joy with { OrganisationName = "Fen Supper Club" };
        var sent = await room.SendAsync(cook, id, ("phone", "01945 555 002"), ("visibility", "Partners"), ("need", "food"));
        (await room.Edits.ApproveAsync(For(Piers, 1), sent.Id!.Value, 1, default)).Refusal.ShouldBeNull();

        var same = await ReadAsync("01945 555 001", "Fen Supper, Tuesdays");
        (same.Name, same.Phone, same.Visibility, same.Needs[0]).ShouldBe(("Fen Supper, Tuesdays", "01945 555 002", Visibility.Partners, "food"), "what it changed elsewhere comes in, what was approved stands");
        (await AskedAsync()).ShouldBeEmpty("it says what it said before");

        (await ReadAsync("01945 555 003")).Phone.ShouldBe("01945 555 002");
        var asked = (await AskedAsync()).ShouldHaveSingleItem();
        (asked.Edit.From, asked.Fields.Single().Label, asked.Fields[0].Before, asked.Fields[0].After).ShouldBe(("feed.json", "Telephone", "01945 555 002", "01945 555 003"));
        (await ReadAsync("01945 555 003", "Fen Supper, Fridays")).Phone.ShouldBe("01945 555 002");
        (await AskedAsync()).ShouldHaveSingleItem().Edit.Id.ShouldBe(asked.Edit.Id, "asked once");
        (await room.Edits.SendBackAsync(For(Piers, 2), asked.Edit.Id, 1, "I rang: 002 is right.", default)).Done.ShouldBeTrue();
        (await ReadAsync("01945 555 003", "Fen Supper")).Phone.ShouldBe("01945 555 002");
        (await AskedAsync()).ShouldBeEmpty("somebody said no to that");

        (await ReadAsync("01945 555 004")).Phone.ShouldBe("01945 555 002");
        (await room.Edits.ApproveAsync(For(Piers, 3), (await AskedAsync()).Single().Edit.Id, 1, default)).Refusal.ShouldBeNull();
        (await room.FindAsync(id)).Phone.ShouldBe("01945 555 004");
        (await ReadAsync("01945 555 005")).Phone.ShouldBe("01945 555 005", "it is the source’s own again");
        (await AskedAsync()).ShouldBeEmpty();
        (await room.FindAsync(id)).Visibility.ShouldBe(Visibility.Partners, "a source opens nothing that was closed here");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-MEN-01")]
    public async Task Edit_OfEveryPart_IsReadAndWritten(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);

        var sent = await room.SendAsync(Piers, Pantry, ("need", "debt-or-budgeting"), ("also", "food,baby-things"), ("areas", "Fenland\nPeterborough\nUpwell"), ("given", "Place,Home"), ("visibility", "Internal"), ("address_told", "no"), ("level", "Targeted"), ("diets", "halal,vegan"),
            ("only_for", "Women"), ("first_day", "1 January 2026"), ("last_day", "2027-01-31"), ("other_days", "25 December 2026 to 28 December 2026: closed\n24 December 2026: 10am to 12 noon"));
        sent.Problems.ShouldBeEmpty();
        (await room.Edits.ApproveAsync(For(Joy), sent.Id!.Value, 1, default)).Refusal.ShouldBeNull();

        var now = await room.FindAsync(Pantry);
        (string.Join(' ', now.Needs), now.Visibility, now.OnlyFor, now.Level, now.ValidFrom, now.ValidTo).ShouldBe(("debt-or-budgeting food baby-things", Visibility.Internal, OnlyFor.Women, ServiceLevel.Targeted, new DateOnly(2026, 1, 1), new DateOnly(2027, 1, 31)));
        now.AreasServed.Select(a => (a.Kind, a.Name)).ShouldBe([(AreaKind.District, "Fenland"), (AreaKind.District, "Peterborough"), (AreaKind.Named, "Upwell")]);
        now.Delivered.ShouldBe([Delivery.Place, Delivery.Home]);
        now.Diets.ShouldBe(["halal", "vegan"]);
        now.Locations.ShouldAllBe(l => l.Hidden);
        (now.Opening.On(new(2026, 12, 26)).Any(), now.Opening.On(new(2026, 12, 24)).Single()).ShouldBe((false, (new TimeOnly(10, 0), new TimeOnly(12, 0))));
        (await room.SendAsync(Piers, Pantry, ("address_told", "yes"), ("need", "bananas"), ("also", "x"), ("given", ""), ("last_day", "soon"), ("other_days", "Christmas: closed"))).Problems.Keys.ShouldBe(["address_told", "need", "also", "given", "last_day", "other_days"], ignoreOrder: true);
    }

    [Fact]
    public void EveryField_ReadAndWrittenBack_ChangesNothing_AndOpeningTimesMeanTheSameDays()
    {
        foreach (var service in Menu.Shipped.Services)
            foreach (var field in EntryFields.Of(service))
            {
                var written = field.Write(service, field.Read(service));
                if (field.Id.EndsWith("_name", StringComparison.Ordinal) && field.Read(service).Length == 0) continue;
                written.Refusal.ShouldBeNull($"{service.Id}: {field.Id}");
                field.Read(written.Value!).ShouldBe(field.Read(service), $"{service.Id}: {field.Id}");
                if (field.Id != "opening") continue;
                for (var day = new DateOnly(2026, 11, 24); day < new DateOnly(2027, 1, 31); day = day.AddDays(1))
                    written.Value!.Opening.On(day).ShouldBe(service.Opening.On(day), $"{service.Id} on {day}");
            }
    }

    [Fact]
    public void Opening_InWordsThatCannotBeRead_StaysWords_AndAMonthlyOneIsARule()
    {
        var service = Menu.Service("pantry");
        var field = EntryFields.Find(service, "opening")!;

        var said = field.Write(service, "Whenever the lamp is lit").Value!;
        (said.Opening.InWords, said.Opening.Weekly.Count).ShouldBe(("Whenever the lamp is lit", 0));
        var monthly = field.Write(service, "First Tuesday of the month 2pm to 4pm").Value!;
        monthly.Opening.On(new DateOnly(2026, 12, 1)).ShouldBe([(new TimeOnly(14, 0), new TimeOnly(16, 0))]);
        monthly.Opening.On(new DateOnly(2026, 12, 8)).ShouldBeEmpty();
    }

    [Fact]
    public void AHiddenPlace_IsInNoField()
    {
        var service = Menu.Service("refuge") with { Locations = [new("Secret House", "9 Secret Lane", "PE15 9ZZ", 52.6, 0.2, "Fenland") { Hidden = true }] };

        EntryFields.Of(service).ShouldNotContain(f => f.Id.StartsWith("place", StringComparison.Ordinal) || f.Read(service).Contains("Secret", StringComparison.Ordinal));
        EntryFields.Find(service, "place0_address").ShouldBeNull();
    }
}
