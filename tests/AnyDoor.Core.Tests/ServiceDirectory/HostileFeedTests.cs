using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Places;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>Feeds that are odd, spoilt or meant ill: what can be read is, what cannot is set aside with a reason, and nothing brings the menu down (R-MEN-01).</summary>
public sealed class HostileFeedTests
{
    private static readonly AuditContext Who = new(Actor.Job("menu import"), null, "command-line", Purpose.StatisticsAndPlanning, Menu.Tuesday);
    private static readonly string Folder = Directory.CreateTempSubdirectory("menu-").FullName;

    private static string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("menu-").FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private static Task<MenuImported> ImportAsync(TestDatabase test, params string[] sources) => new MenuImporter(test.Database, test.Commands()).ImportAsync(sources, null, [], Who, null, default);

    [Theory, OnBothDatabases]
    [Requirement("R-MEN-01")]
    public async Task OddRecords_AreTakenOrSetAside_AndTheMenuStands(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var huge = string.Concat(Enumerable.Repeat("Only for people living in Aaa and Bbb, closed on closing address is ", 4000));
        string[] lines =
        [
            "\uFEFF{\"id\":\"good\",\"name\":\"Food bank\",\"status\":\"active\",\"description\":\"Food parcels.\"}",
            "{\"id\":\"half\",\"name\":\"Half a letter \\ud800\"}",
            "{\"id\":\"nul\\u0000l\",\"name\":\"Null in its id\"}",
            "{\"id\":\"nul2\",\"name\":\"Null\\u0000 in its name\",\"description\":\"x\\u0000y\"}",
            $"{{\"id\":\"huge\",\"name\":\"{new string('n', 100_000)}\",\"description\":\"{huge}\"}}",
            $"{{\"id\":\"{new string('i', 5_000)}\",\"name\":\"Long id\"}}",
            "{\"id\":\"script\",\"name\":\"<script>alert(1)</script>Warm space<img src=x onerror=alert(2)>\",\"description\":\"&lt;script&gt;alert(3)&lt;/script&gt;Tea <b>and</b> toast\",\"url\":\"javascript:alert(4)\",\"email\":\"<x@y.org>\"}",
            "{\"id\":\"dates\",\"name\":\"Far dates\",\"valid_from\":\"0001-01-01\",\"valid_to\":\"9999-12-31\",\"assured_date\":\"9999-12-31\",\"description\":\"Runs until December 9999.\",\"schedules\":[{\"freq\":\"DAILY\",\"dtstart\":\"0001-01-01\",\"count\":9999999,\"opens_at\":\"10:00\",\"closes_at\":\"11:00\"},{\"freq\":\"MONTHLY\",\"bymonthday\":\"31\",\"dtstart\":\"9999-12-31\",\"count\":5}]}",
            "{\"id\":\"ours\",\"name\":\"Not ours\",\"anydoor\":{\"needs\":null,\"opening\":{\"weekly\":null},\"locations\":[null],\"languages\":[null]}}",
            "{\"id\":\"ours2\",\"name\":\"Not ours either\",\"anydoor\":{\"needs\":[\"food\"],\"cost\":{\"kind\":\"free\",\"words\":\"<b>Free</b>\"},\"how_to_use\":\"walk-in\",\"delivered\":[\"phone\"],\"locations\":[],\"areas_served\":[],\"opening\":{\"weekly\":[]},\"languages\":[\"en\"],\"last_checked\":\"2026-11-01\",\"eligibility\":{\"words\":\"x\",\"when\":{\"bananas\":[]}}}}",
            "{\"id\":\"numbers\",\"name\":\"Numbers\",\"minimum_age\":1e300}",
            "{\"id\":\"numbers2\",\"name\":\"Numbers\",\"maximum_age\":1e300,\"capacities\":[{\"available\":1e300}],\"cost_options\":[{\"amount\":1e300},{\"amount\":-1}],\"locations\":[{\"latitude\":1e300,\"longitude\":\"NaN\"}]}",
            "{\"id\":7,\"name\":\"A number for an id\"}",
            "{\"id\":\"good\",\"name\":\"Twice\"}",
            "{\"name\":\"None\"}",
            "{\"id\":\"  \",\"name\":\"Blank\"}",
            "[1,2,3]",
            "{\"id\":\"broken\",\"name\":",
            "{\"id\":{\"a\":1},\"name\":\"An object for an id\"}",
            "{\"id\":\"list\",\"name\":[\"a\"]}",
        ];
        var path = Write("feed.ndjson", string.Join("\r\n", lines));

        var clock = Stopwatch.StartNew();
        var done = await ImportAsync(test, path);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), "no text is worth minutes");

        done.Stopped.ShouldBeEmpty();
        (done.Rows, done.Imported + done.AlreadyPresent + done.Repeated + done.Quarantined.Count).ShouldBe((20, 20));
        done.Quarantined.Select(q => q.Row).ShouldBe([2, 3, 6, 11, 15, 16, 17, 18, 19, 20]);
        done.Quarantined.ShouldAllBe(q => q.Reason.EndsWith('.') && q.Column.Length > 0);
        done.Repeated.ShouldBe(1);
        (await ImportAsync(test, path)).Imported.ShouldBe(0, "again changes nothing");

        var index = await new MenuDirectory(test.Database).RefreshAsync(default);
        var script = index.Services.Single(s => s.IdAtSource == "script");
        (script.Name, script.Description, script.Web, script.Email).ShouldBe(("Warm space", "Tea and toast", null, null));
        var dates = index.Services.Single(s => s.IdAtSource == "dates");
        (dates.NeverConfirmed, dates.Status).ShouldBe((true, ServiceStatus.Active));
        index.Services.Single(s => s.IdAtSource == "huge").Name.Length.ShouldBeLessThanOrEqualTo(301);
        foreach (var text in new[] { "food", "warm space", "numbers", "far dates", "not ours", "half a letter" })
            MenuMatch.Match(index, new MenuQuery { Text = text, At = Menu.Tuesday, Place = Menu.Waterlees }).Hits.ShouldAllBe(h => h.Facts.Count >= 0);
        foreach (var service in new OpenReferralBook(index, new(2026, 11, 24)).Services) OpenReferral.Full(service).ToJsonString().ShouldNotContain("<script");
    }

    [Fact]
    public async Task OddFiles_AreReadOrSaidNoTo_AndTheNextIsStillRead()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        const string one = """[{"id":"NAME","name":"Café","status":"active"}]""";
        var utf16 = Write("utf16.json", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(one.Replace("NAME", "utf16"))]);
        var latin = Write("latin.json", Encoding.Latin1.GetBytes(one.Replace("NAME", "latin")));
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) await gzip.WriteAsync(Encoding.UTF8.GetBytes(one.Replace("NAME", "gzip")));
        string[] files =
        [
            utf16, latin, Write("feed.json.gz", packed.ToArray()), Write("empty.json", ""), Write("cut.json", "{\"contents\":[\n{\"id\":\"cut\",\"name\":\"Cut\"},\n{\"id\":"), Write("page.html", "<html><body>Not a feed</body></html>"),
            Path.Combine(Folder, "nowhere.json"), Write("bytes.json", [0, 1, 2, 3, 255]), Write("table.csv", "Service name,Postcode\nCafé table,PE13 1AB\n"),
        ];

        var done = await ImportAsync(test, files);

        (await new MenuDirectory(test.Database).RefreshAsync(default)).Services.Select(s => s.Name).Order(StringComparer.Ordinal).ShouldBe(["Café", "Café", "Café", "Café table"]);
        done.Imported.ShouldBe(4);
        done.Stopped.Count.ShouldBe(5, string.Join("\n", done.Stopped));
    }

    [Fact]
    public async Task Needs_ThatAreOdd_GetAnAnswerOnTheirOwnLine()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        await ImportAsync(test, Write("a.json", """[{"id":"a","name":"Food bank","status":"active"}]"""));
        var output = Path.Combine(Folder, "out.jsonl");
        var match = new MatchFile(new MenuDirectory(test.Database), new PostcodeDirectory(test.Database), TimeProvider.System);

        var (lines, bad) = await match.RunAsync(Write("in.jsonl", "{\"id\":1,\"need\":\"food\",\"at\":\"9999-12-31T23:00\"}\n{\"id\":\"b\",\"need\":\"food\",\"at\":\"0001-01-01\"}\nnonsense\n{\"id\":\"c\",\"need\":\"\\ud800\"}\n{\"id\":2,\"need\":\"food bank\",\"household\":{\"people\":[{\"age\":1e300},{\"age\":-4}]},\"postcode\":\"'; DROP TABLE\"}\n"), output, default);

        (lines, bad).ShouldBe((5, 4));
        var answers = await File.ReadAllLinesAsync(output);
        answers[0].ShouldStartWith("{\"id\":1,\"error\":");
        answers[4].ShouldStartWith("{\"id\":2,\"results\":[{\"service_id\":\"a\"");
    }
}
