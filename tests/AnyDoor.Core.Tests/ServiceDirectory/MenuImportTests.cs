using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>Feeds, files and tables into the menu (R-MEN-01).</summary>
public sealed class MenuImportTests
{
    private static readonly AuditContext Who = new(Actor.Job("menu import"), null, "command-line", Purpose.StatisticsAndPlanning, Menu.Tuesday);

    private static string Three(string id, string name, string more = "") => $$$"""{"id":"{{{id}}}","name":"{{{name}}}","status":"active","description":"Food parcels.","organization":{"id":"aaaaaaaa-0000-4000-8000-000000000001","name":"Fen Food","description":"x"},"service_at_locations":[{"id":"{{{id[..^1]}}}f","location":{"id":"bbbbbbbb-0000-4000-8000-000000000001","location_type":"physical","latitude":52.664,"longitude":0.16,"addresses":[{"id":"cccccccc-0000-4000-8000-000000000001","address_1":"High Street","city":"Wisbech","state_province":"Cambridgeshire","postal_code":"PE13 1AB","country":"GB","address_type":"physical"}]}}]{{{more}}}}""";

    private static async Task<string> WriteAsync(string name, string text)
    {
        var folder = Directory.CreateTempSubdirectory("menu-");
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    private static Task<MenuImported> ImportAsync(TestDatabase test, string source, string? mapping = null, params string[] allow) =>
        new MenuImporter(test.Database, test.Commands()).ImportAsync([source], mapping, allow, Who, null, default);

    [Theory, OnBothDatabases]
    [Requirement("R-MEN-01")]
    public async Task Import_FileTwice_ChangesNothingTheSecondTimeAndCountsAddUp(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        const string a = "11111111-1111-4111-8111-111111111110", b = "11111111-1111-4111-8111-111111111120";
        var path = await WriteAsync("feed.json", $$"""{"contents":[{{Three(a, "Food bank")}},{{Three(a, "Food bank")}},{{Three(b, "Pantry")}},{"id":"x"},{"name":"No id"},{"id":"y","name":"Odd","status":"bananas"},{"id":"z","name":"Ages","status":"active","minimum_age":9,"maximum_age":3}]}""");

        var first = await ImportAsync(test, path);
        var again = await ImportAsync(test, path);

        (first.Rows, first.Imported, first.AlreadyPresent, first.Repeated).ShouldBe((7, 2, 0, 1));
        first.Quarantined.Select(q => (q.Row, q.Column)).ShouldBe([(4, "name"), (5, "id"), (6, "status"), (7, "maximum_age")]);
        (again.Imported, again.AlreadyPresent).ShouldBe((0, 2));
        await using var db = test.Database.Open();
        (await db.Set<ServiceRow>().Select(s => s.Id).OrderBy(s => s).ToListAsync()).ShouldBe([a, b]);
        (await db.Set<ServiceDocument>().CountAsync()).ShouldBe(2);
        (await db.Set<FeedProblemRow>().CountAsync()).ShouldBe(4);
    }

    [Fact]
    [Requirement("R-MEN-01")]
    public async Task Import_ChangedAndClosed_AreBroughtUpToDate()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        const string a = "11111111-1111-4111-8111-111111111110";
        await ImportAsync(test, await WriteAsync("feed.json", $"[{Three(a, "Food bank")}]"));
        var directory = new MenuDirectory(test.Database);
        MenuMatch.Match(await directory.RefreshAsync(default), Menu.Near(Menu.Waterlees, "food")).Hits.Count.ShouldBe(1);

        (await ImportAsync(test, await WriteAsync("feed.json", $"[{Three(a, "Food bank").Replace("\"active\"", "\"temporarily closed\"")}]"))).Imported.ShouldBe(1);

        MenuMatch.Match(await directory.RefreshAsync(default), Menu.Near(Menu.Waterlees, "food") with { Reader = MenuReader.Hub }).Hits.ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_NoAssuranceDate_IsNotConfirmedAndNotHidden()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        await ImportAsync(test, await WriteAsync("feed.json", $"[{Three("11111111-1111-4111-8111-111111111110", "Food bank")}]"));
        var index = await new MenuDirectory(test.Database).RefreshAsync(default);

        var hit = MenuMatch.Match(index, Menu.Near(Menu.Waterlees, "food") with { At = Menu.Tuesday.AddDays(800) }).Hits.ShouldHaveSingleItem();
        hit.LatelyChecked.ShouldBeFalse();
        hit.Facts.ShouldContain("Not confirmed yet: ring first");
    }

    [Fact]
    public async Task Import_TableWithMapping_ReadsItsColumns()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        var table = await WriteAsync("t.csv", "Ref,What is it called,Kind of help,PC,Who,Open to the public\nA1,Debt help,Money advice,PE13 1AB,over 18s,yes\nA2,Staff line,Money advice,PE13 1AB,,no\nA3,,x,,,\n");
        var mapping = await WriteAsync("m.json", """{"columns":{"id":"Ref","name":"What is it called","category":"Kind of help","postcode":"PC","eligibility":"Who","visibility":"Open to the public"},"always":{"area":"Fenland"}}""");

        var done = await ImportAsync(test, table, mapping);

        (done.Rows, done.Imported).ShouldBe((3, 2));
        done.Quarantined.ShouldHaveSingleItem().Column.ShouldBe("What is it called");
        var services = (await new MenuDirectory(test.Database).RefreshAsync(default)).Services.OrderBy(s => s.IdAtSource).ToList();
        (services[0].IdAtSource, services[0].MinimumAge, services[0].AreasServed[0].Name, services[0].Visibility).ShouldBe(("A1", 18, "Fenland", Visibility.Public));
        services[1].Visibility.ShouldBe(Visibility.Internal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/services")]
    [InlineData("http://[::1]:9/services")]
    [InlineData("http://localhost:9/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("ftp://example.org/x")]
    [InlineData("http://user:pass@example.org/x")]
    public async Task Import_FromThisNetwork_IsRefused(string address)
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);

        (await ImportAsync(test, address)).Stopped.ShouldHaveSingleItem();
    }

    [Fact]
    [Requirement("R-MEN-01")]
    public async Task Import_FeedThatFailsOnTheWay_KeepsWhatCameAndGoesOnThere()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        using var feed = new FeedServer(page => page switch
        {
            1 or 3 => Page(page, 3, [.. Enumerable.Range(0, 2).Select(i => Three($"11111111-1111-4111-8111-1111111111{page}{i}", $"Food bank {page}{i}"))]),
            2 => null,
            _ => Page(page, 3, []),
        });

        var first = await ImportAsync(test, feed.Address, null, "127.0.0.1");
        first.Stopped.ShouldHaveSingleItem().ShouldContain("503");
        (first.Imported, first.TakenOff).ShouldBe((2, 0));

        feed.Answer = page => Page(page, 3, [.. Enumerable.Range(0, 2).Select(i => Three($"11111111-1111-4111-8111-1111111111{page}{i}", $"Food bank {page}{i}"))]);
        feed.Asked.Clear();
        var second = await ImportAsync(test, feed.Address, null, "127.0.0.1");
        feed.Asked.ShouldBe([2, 3]);
        (second.Imported, second.AlreadyPresent, second.Stopped.Count).ShouldBe((4, 0, 0));

        var third = await ImportAsync(test, feed.Address, null, "127.0.0.1");
        (third.Rows, third.Imported, third.AlreadyPresent, third.TakenOff).ShouldBe((6, 0, 6, 0));

        feed.Answer = page => Page(page, 1, [.. Enumerable.Range(0, 5).Select(i => Three($"11111111-1111-4111-8111-1111111111{1 + i / 2}{i % 2}", $"Food bank {1 + i / 2}{i % 2}"))]);
        (await ImportAsync(test, feed.Address, null, "127.0.0.1")).TakenOff.ShouldBe(1);
        (await new MenuDirectory(test.Database).RefreshAsync(default)).Count.ShouldBe(5);
    }

    private static string Page(int page, int pages, string[] records) =>
        $$"""{"total_items":6,"total_pages":{{pages}},"page_number":{{page}},"size":{{records.Length}},"first_page":{{(page == 1 ? "true" : "false")}},"last_page":{{(page >= pages ? "true" : "false")}},"empty":false,"contents":[{{string.Join(',', records)}}]}""";
}
