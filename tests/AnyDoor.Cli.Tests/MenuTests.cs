using System.Text.Json;
using AnyDoor.Tests;

namespace AnyDoor.Cli.Tests;

/// <summary>The menu from the command line, in the shapes that scripts rely on (R-MEN-01, R-MEN-02). Few runs: each is a process of its own.</summary>
public sealed class MenuTests
{
    private static string Service(string id, string name, string more = "", string description = "Free food parcels for anyone who needs them. Just turn up.") =>
        $$$"""{"id":"{{{id}}}","name":"{{{name}}}","status":"active","description":"{{{description}}}","organization":{"id":"{{{id}}}-org","name":"Trust of {{{name}}}"},"service_at_locations":[{"id":"{{{id}}}-at","location":{"id":"{{{id}}}-place","location_type":"physical","latitude":52.6655,"longitude":0.1605,"addresses":[{"address_1":"High Street","city":"Wisbech","state_province":"Cambridgeshire","postal_code":"PE13 1AB","country":"GB"}]}}]{{{more}}}}""";

    private static string Page(int page, int pages, params string[] records) =>
        $$"""{"total_items":{{pages * 2}},"total_pages":{{pages}},"page_number":{{page}},"size":{{records.Length}},"first_page":{{(page == 1 ? "true" : "false")}},"last_page":{{(page >= pages ? "true" : "false")}},"empty":false,"contents":[{{string.Join(',', records)}}]}""";

    [Fact]
    [Requirement("R-MEN-01"), Requirement("R-MEN-02")]
    public async Task Import_ThenMatch_AFeedThatBreaksOff_ADocument_Lines_AndATable()
    {
        await using var tool = Tool.OnNothing();
        var pages = new Dictionary<int, string?>();
        using var feed = new FeedServer(page => pages.TryGetValue(page, out var text) ? text : FeedServer.NotThere);
        pages[1] = Page(1, 3, Service("open", "Wisbech food bank"), """{"id":"odd","name":"Odd","status":"bananas"}""");
        pages[2] = null;
        pages[3] = Page(3, 3, Service("later", "Wisbech larder"), Service("third", "Wisbech pantry"));
        var document = tool.File("document.json", $$"""
            {"contents":[
              {{Service("closed", "Closed food bank").Replace("\"active\"", "\"temporarily closed\"")}},
              {{Service("ended", "Ended food bank", ",\"valid_to\":\"2026-10-31\"")}},
              {{Service("not-begun", "Coming food bank", ",\"valid_from\":\"2027-03-01\"")}},
              {{Service("words", "Gone food bank", description: "This food bank has now closed permanently. Food parcels.")}},
              {{Service("children", "Toddlers food club", ",\"minimum_age\":0,\"maximum_age\":4")}},
              {{Service("leeds", "Leeds food bank", ",\"service_areas\":[{\"id\":\"l\",\"name\":\"Leeds\"}]")}}
            ]}
            """);
        var lines = tool.File("lines.ndjson", string.Join('\n',
            Service("internal", "Staff food store", ",\"visibility\":\"internal\""),
            Service("refuge", "Safe place with food", description: "Free food and a bed. The address is confidential. Just ring."),
            """{"id":"no-name"}""",
            "{ this is no record }"));
        var table = tool.File("table.csv", "Ref,What is it called,Kind of help,PC,Who,Open to the public\r\nT1,Café food share,Food,PE13 1AB,over 18s,yes\r\nT2,Back office food,Food,PE13 1AB,,no\r\nT3,,Food,,,\r\nT1,Café food share,Food,PE13 1AB,over 18s,yes\r\n");
        var mapping = tool.File("mapping.json", """{"columns":{"id":"Ref","name":"What is it called","category":"Kind of help","postcode":"PC","eligibility":"Who","visibility":"Open to the public"},"always":{"area":"Fenland"}}""");
        string[] import = ["menu", "import", feed.Address, document, lines, table, "--mapping", mapping, "--allow-host", "127.0.0.1", "--json"];

        var first = await tool.RunAsync(import);
        pages[2] = Page(2, 3, Service("second", "Wisbech community fridge"), """{"id":"second-odd","name":"Ages","minimum_age":9,"maximum_age":3}""");
        var asked = feed.Asked.Count;
        var second = await tool.RunAsync(import);
        var resumed = feed.Asked.Skip(asked).ToList();
        var third = await tool.RunAsync(import);

        first.Code.ShouldBe(1, "a page failed");
        first.Errors.ShouldContain("503");
        first.Errors.ShouldContain("run the same again to go on");
        first.Json.EnumerateObject().Select(p => p.Name).ShouldBe(["rows", "imported", "already_present", "repeated", "quarantined", "taken_off"]);
        Counts(first).ShouldBe((16, 11, 0, 1, 4, 0));
        first.Json.GetProperty("quarantined").EnumerateArray().Select(q => (q.GetProperty("row").GetInt32(), q.GetProperty("column").GetString())).ShouldBe([(2, "status"), (3, "name"), (4, "record"), (4, "What is it called")], ignoreOrder: true, customMessage: first.Output);
        first.Json.GetProperty("quarantined").EnumerateArray().ShouldAllBe(q => q.GetProperty("reason").GetString()!.EndsWith('.') && q.GetProperty("source").GetString()!.Length > 0);

        second.Code.ShouldBe(0, second.Errors);
        resumed.ShouldBe([2, 3], "it goes on at the page that failed");
        Counts(second).ShouldBe((18, 3, 10, 1, 4, 0));
        third.Code.ShouldBe(0, third.Errors);
        Counts(third).ShouldBe((20, 0, 14, 1, 5, 0));

        var input = tool.File("needs.jsonl", string.Join('\n',
            """{"id":1,"need":"no food in the house","postcode":"PE13 1AB","at":"2026-11-24T10:00","household":{"people":[{"age":34,"role":"mother"},{"age":12,"role":"child"}]}}""",
            """{"id":"misspelt","need":"fodbank","place":"Wisbech","at":"2026-11-24T10:00"}""",
            """{"id":"toddler","need":"food","place":"Wisbech","at":"2026-11-24T10:00","household":{"people":[{"age":28,"role":"father"},{"age":2,"role":"child"}],"car":false}}""",
            """{"id":"bad"}""",
            ""));
        var match = (await tool.RunAsync("menu", "match", "--input", input, "--output", tool.PathOf("results.jsonl"), "--json")).Well();
        (match.Json.GetProperty("lines").GetInt32(), match.Json.GetProperty("bad").GetInt32()).ShouldBe((4, 1));
        var results = (await File.ReadAllLinesAsync(tool.PathOf("results.jsonl"))).Select(l => JsonDocument.Parse(l).RootElement).ToList();

        results.Select(r => r.GetProperty("id").ToString()).ShouldBe(["1", "misspelt", "toddler", "bad"]);
        results[0].GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Number, "an id comes back as it was");
        results[3].GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
        foreach (var result in results.Take(3))
        {
            var found = result.GetProperty("results").EnumerateArray().ToList();
            var ids = found.Select(f => f.GetProperty("service_id").GetString()).ToList();
            ids.ShouldBeUnique();
            ids.ShouldContain("open");
            ids.Count.ShouldBeLessThanOrEqualTo(20);
            foreach (var never in new[] { "closed", "ended", "not-begun", "words", "leeds", "internal", "T2" }) ids.ShouldNotContain(never);
            found.Select(f => f.GetProperty("score").GetInt32()).ShouldBeInOrder(SortDirection.Descending);
            found.ShouldAllBe(f => f.GetProperty("reasons").GetArrayLength() > 0);
            found.Any(f => f.TryGetProperty("distance_m", out var metres) && metres.GetInt32() >= 0).ShouldBeTrue();
            foreach (var hidden in found.Where(f => f.GetProperty("service_id").GetString() == "refuge"))
            {
                hidden.TryGetProperty("distance_m", out _).ShouldBeFalse();
                hidden.GetProperty("reasons").ToString().ShouldNotContain("High Street");
                hidden.GetProperty("reasons").ToString().ShouldNotContain("mile");
            }
        }
        Ids(results[0]).ShouldNotContain("children", "nobody there is under five");
        Ids(results[2]).ShouldContain("children");
        Ids(results[2]).ShouldContain("T1");
    }

    [Fact]
    public async Task Import_FromThisNetwork_IsRefused_AndWhatStandsBesideItIsTaken()
    {
        await using var tool = Tool.OnNothing();

        var refused = await tool.RunAsync("menu", "import", "http://169.254.169.254/latest/meta-data", tool.PathOf("nowhere.json"), tool.File("one.json", Service("one", "Wisbech food bank")), "--json");

        refused.Code.ShouldBe(1);
        Counts(refused).ShouldBe((1, 1, 0, 0, 0, 0));
        refused.Errors.ShouldContain("169.254.169.254 is not on the public internet");
        refused.Errors.ShouldContain("There is no file");
        refused.Errors.ShouldNotContain("   at ");
    }

    private static List<string?> Ids(JsonElement result) => [.. result.GetProperty("results").EnumerateArray().Select(f => f.GetProperty("service_id").GetString())];

    private static (int Rows, int Imported, int Already, int Repeated, int Aside, int TakenOff) Counts(Ran ran) =>
        (ran.Json.GetProperty("rows").GetInt32(), ran.Json.GetProperty("imported").GetInt32(), ran.Json.GetProperty("already_present").GetInt32(), ran.Json.GetProperty("repeated").GetInt32(), ran.Json.GetProperty("quarantined").GetArrayLength(), ran.Json.GetProperty("taken_off").GetInt32());
}
