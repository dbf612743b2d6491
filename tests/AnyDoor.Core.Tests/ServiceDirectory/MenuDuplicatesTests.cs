using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>What two sources list twice is offered once, looked at by somebody, and stays merged whatever is read later (R-MEN-01).</summary>
public sealed class MenuDuplicatesTests
{
    private static readonly AuditContext Who = new(Actor.Job("menu import"), null, "command-line", Purpose.StatisticsAndPlanning, Menu.Tuesday);
    private static readonly string Folder = Directory.CreateTempSubdirectory("menu-").FullName;

    private static string Record(string id, string name, string phone, string more = "", string description = "Free food parcels for three days. Bring a voucher if you have one.", string postcode = "PE13 1AB", double lat = 52.6655) =>
        $$$"""{"id":"{{{id}}}","name":"{{{name}}}","status":"active","description":"{{{description}}}","email":"hello@wisbechfoodbank.example.org","organization":{"id":"{{{id}}}o","name":"Wisbech Churches Together"},"phones":[{"number":"{{{phone}}}"}],"service_at_locations":[{"location":{"name":"Church Hall","location_type":"physical","latitude":{{{lat}}},"longitude":0.1605,"addresses":[{"address_1":"High Street","city":"Wisbech","postal_code":"{{{postcode}}}","country":"GB"}]}}]{{{more}}}}""";

    private static async Task<MenuImported> ImportAsync(TestDatabase test, string file, params string[] records)
    {
        var path = Path.Combine(Folder, file);
        await File.WriteAllTextAsync(path, $"[{string.Join(',', records)}]");
        return await new MenuImporter(test.Database, test.Commands()).ImportAsync([path], null, [], Who, null, default);
    }

    private static List<string> Offered(MenuIndex index) => [.. MenuMatch.Match(index, new MenuQuery { Text = "food parcel", Place = Menu.Waterlees, At = Menu.Tuesday, WithinMiles = 20 }).Hits.Select(h => h.Service.IdAtSource).Order()];

    [Theory, OnBothDatabases]
    [Requirement("R-MEN-01")]
    public async Task TwoSources_OneHelp_IsOfferedOnce_AndAMergeLasts(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (directory, duplicates) = (new MenuDirectory(test.Database), new MenuDuplicates(test.Commands()));
        var file = $"{kind}-";
        await ImportAsync(test, file + "a.json", Record("a1", "Wisbech Food Bank", "01945 555 010"));
        await ImportAsync(test, file + "b.json", Record("b1", "Wisbech Foodbank", "+44 1945 555010", description: "Free food parcels for three days."), Record("b2", "March Food Bank", "01354 555 020", postcode: "PE15 8AA", lat: 52.55));

        var index = await directory.RefreshAsync(default);
        Offered(index).ShouldBe(["a1", "b2"], "once, and the branch stays");
        var pair = (await duplicates.WaitingAsync(default)).ShouldHaveSingleItem();
        (pair.Older.IdAtSource, pair.Newer.IdAtSource, pair.Pair.Held).ShouldBe(("a1", "b1", true));
        new OpenReferralBook(index, new(2026, 11, 24)).Services.Select(s => s.IdAtSource).Order().ShouldBe(["a1", "b2"]);

        // Never both away: when the older closes, the newer is there.
        await ImportAsync(test, file + "a.json", Record("a1", "Wisbech Food Bank", "01945 555 010").Replace("\"active\"", "\"temporarily closed\""));
        Offered(await directory.RefreshAsync(default)).ShouldBe(["b1", "b2"]);
        await ImportAsync(test, file + "a.json", Record("a1", "Wisbech Food Bank", "01945 555 010"));

        (await duplicates.MergeAsync(Who, pair.Pair.Id, pair.Older.Id, ["phone"], default)).Done.ShouldBeTrue();
        (await duplicates.MergeAsync(Who, pair.Pair.Id, pair.Older.Id, [], default)).Refusal!.Code.ShouldBe("not-found", "it was looked at already");
        index = await directory.RefreshAsync(default);
        Offered(index).ShouldBe(["a1", "b2"]);
        index.Find(pair.Newer.Id)!.Id.ShouldBe(pair.Older.Id, "the other's id leads on");
        index.Find(pair.Newer.Uuid)!.Id.ShouldBe(pair.Older.Id);
        var book = new OpenReferralBook(index, new(2026, 11, 24));
        (book.Services.Count, book.ById[pair.Newer.Uuid].Id, book.ById[pair.Older.Uuid].Phone).ShouldBe((2, pair.Older.Id, "+44 1945 555010"));

        // Both sources are read again: the same changes nothing, and what is new in either goes through the merge.
        (await ImportAsync(test, file + "a.json", Record("a1", "Wisbech Food Bank", "01945 555 010"))).Imported.ShouldBe(0);
        (await ImportAsync(test, file + "b.json", Record("b1", "Wisbech Foodbank", "+44 1945 555010", description: "Free food parcels for three days."), Record("b2", "March Food Bank", "01354 555 020", postcode: "PE15 8AA", lat: 52.55))).Imported.ShouldBe(0);
        (await ImportAsync(test, file + "a.json", Record("a1", "Wisbech Food Bank", "01945 555 999", description: "Food parcels and a hot meal for all."))).Imported.ShouldBe(1);
        (await ImportAsync(test, file + "b.json", Record("b1", "Wisbech Foodbank", "01945 555 011"))).Imported.ShouldBe(1);
        index = await directory.RefreshAsync(default);
        Offered(index).ShouldBe(["a1", "b2"]);
        (index.Find(pair.Older.Id)!.Phone, index.Find(pair.Older.Id)!.Description, index.Find(pair.Older.Id)!.Name).ShouldBe(("01945 555 011", "Food parcels and a hot meal for all.", "Wisbech Food Bank"));
        (await duplicates.WaitingAsync(default)).ShouldBeEmpty("they are not asked about again");
        await using var db = test.Database.Open();
        (await db.Set<AuditEvent>().CountAsync(e => e.Kind == "menu.duplicate-merged")).ShouldBe(1);
        (await db.Set<ServiceRow>().CountAsync()).ShouldBe(3, "nothing is lost");

        // Taken apart, each is what its own source says by now, and the pair waits as before.
        var merge = (await duplicates.MergedAsync(default)).ShouldHaveSingleItem();
        (merge.Kept.Id, merge.Other.Id).ShouldBe((pair.Older.Id, pair.Newer.Id));
        (await duplicates.FindAsync(pair.Pair.Id, default))!.Pair.Taken.ShouldBe("phone");
        (await duplicates.UndoAsync(Who, pair.Pair.Id, default)).Done.ShouldBeTrue();
        (await duplicates.UndoAsync(Who, pair.Pair.Id, default)).Refusal!.Code.ShouldBe("not-found");
        index = await directory.RefreshAsync(default);
        (index.Find(pair.Older.Id)!.Phone, index.Find(pair.Newer.Id)!.Id, index.Find(pair.Newer.Id)!.Phone).ShouldBe(("01945 555 999", pair.Newer.Id, "01945 555 011"));
        (await duplicates.WaitingAsync(default)).ShouldHaveSingleItem().Pair.Held.ShouldBeTrue();
        (await duplicates.DifferAsync(Who, pair.Pair.Id, default)).Done.ShouldBeTrue();
        Offered(await directory.RefreshAsync(default)).ShouldBe(["a1", "b1", "b2"]);
        (await db.Set<AuditEvent>().CountAsync(e => e.Kind == "menu.merge-undone")).ShouldBe(1);
    }

    [Fact]
    public async Task TwoServices_SaidToBeTwo_AreBothShownAndNeverAskedAboutAgain()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        var (directory, duplicates) = (new MenuDirectory(test.Database), new MenuDuplicates(test.Commands()));
        await ImportAsync(test, "two-a.json", Record("a1", "Wisbech Food Bank", "01945 555 010"));
        await ImportAsync(test, "two-b.json", Record("b1", "Wisbech Food Bank", "01945 555 010"));
        var pair = (await duplicates.WaitingAsync(default)).Single();

        (await duplicates.DifferAsync(Who, pair.Pair.Id, default)).Done.ShouldBeTrue();
        await ImportAsync(test, "two-b.json", Record("b1", "Wisbech Food Bank", "01945 555 010", description: "Free food parcels, and more."));

        Offered(await directory.RefreshAsync(default)).ShouldBe(["a1", "b1"]);
        (await duplicates.WaitingAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task TwoOfOneSource_AreAskedAbout_AndNeverHeld()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        await ImportAsync(test, "one.json", Record("a1", "Wisbech Food Bank", "01945 555 010"), Record("a2", "Wisbech Food Bank", "01945 555 010"));

        (await new MenuDuplicates(test.Commands()).WaitingAsync(default)).ShouldHaveSingleItem().Pair.Held.ShouldBeFalse();
        Offered(await new MenuDirectory(test.Database).RefreshAsync(default)).ShouldBe(["a1", "a2"]);
    }

    [Theory]
    [InlineData(false, Visibility.Public)]
    [InlineData(true, Visibility.Internal)]
    [Requirement("R-MEN-01")]
    public async Task MergeTakenApart_IsSeenByThoseWhoSawItBefore_UnlessSomebodySaidOtherwiseSince(bool said, Visibility after)
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        var (directory, duplicates) = (new MenuDirectory(test.Database), new MenuDuplicates(test.Commands()));
        await ImportAsync(test, $"seen-{said}-a.json", Record("a1", "Wisbech Food Bank", "01945 555 010"));
        await ImportAsync(test, $"seen-{said}-b.json", Record("b1", "Wisbech Food Bank", "01945 555 010", more: ",\"visibility\":\"partners\""));
        var pair = (await duplicates.WaitingAsync(default)).Single();
        (await duplicates.MergeAsync(Who, pair.Pair.Id, pair.Older.Id, [], default)).Done.ShouldBeTrue();
        (await directory.RefreshAsync(default)).Find(pair.Older.Id)!.Visibility.ShouldBe(Visibility.Partners, "what either hides stays hidden");
        if (said) await new MenuService(test.Commands()).ShowToAsync(Who, pair.Older.Id, Visibility.Internal, default);

        (await duplicates.UndoAsync(Who, pair.Pair.Id, default)).Done.ShouldBeTrue();

        var index = await directory.RefreshAsync(default);
        (index.Find(pair.Older.Id)!.Visibility, index.Find(pair.Newer.Id)!.Visibility).ShouldBe((after, Visibility.Partners));
    }

    [Fact]
    public void Join_KeepsHiddenWhatEitherHides_AndHasTheNeedsOfBoth()
    {
        var (kept, other) = (Menu.Service("kept"), Menu.Service("other", "rent") with { Visibility = Visibility.Partners, Locations = [Menu.Service("x").Locations[0] with { Hidden = true }] });

        var joined = ServiceParts.Join(kept, other, ["name"]);

        (joined.Id, joined.Name, joined.Visibility).ShouldBe(("kept", "other", Visibility.Partners));
        joined.Needs.ShouldBe(["food", "rent"]);
        joined.Locations.ShouldAllBe(l => l.Hidden);
    }
}
