using System.Net;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Requests;
using AnyDoor.Tests;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>The log as the information lead reads it: in words, by request, worker and day.</summary>
[Requirement("R-ISA-05")]
public sealed class LogPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task Looks_are_in_words_with_the_workers_name_and_never_the_residents()
    {
        var request = await office.ReceiveAsync();
        await LookAsync(request);
        var maren = await office.SignedInAsync("maren");

        var page = await Office.GetAsync(maren, "/staff/log");

        var row = page.QuerySelectorAll("tbody tr").Select(r => r.TextContent).First(t => t.Contains("A request", StringComparison.Ordinal));
        foreach (var words in new[] { "Today", "10:14am", "Nadia Wexcombe", "County hub", "To respond to a request", "By law: public task", "An open request", Reference.Show(request.Reference) }) row.ShouldContain(words);
        row.Split("10:14am").Length.ShouldBe(2, "the time stands once");
        page.Body!.TextContent.ShouldNotContain("Harrowmere");
        page.Body.TextContent.ShouldNotContain("open-request");
        page.Body.TextContent.ShouldNotContain("sitting");
    }

    [Fact]
    public async Task What_was_written_is_in_words_too()
    {
        var request = await office.ReceiveAsync();
        await LookAsync(request);
        var maren = await office.SignedInAsync("maren");

        var page = await Office.GetAsync(maren, $"/staff/log?show=changes&ref={request.Reference}");

        var text = page.QuerySelector("tbody")!.TextContent;
        text.ShouldContain("Asked for help");
        text.ShouldContain("AnyDoor itself (test)");
        text.ShouldNotContain("request.received");
        page.Body!.TextContent.ShouldNotContain("Harrowmere");
    }

    [Fact]
    public async Task The_log_of_one_request_one_worker_or_one_day_is_found_and_looking_it_up_is_in_the_log()
    {
        var (one, two) = (await office.ReceiveAsync(), await office.ReceiveAsync("Quenby Elverstone"));
        await LookAsync(one);
        await LookAsync(two);
        await office.Get<Sealer>().SealNowAsync(default);
        var maren = await office.SignedInAsync("maren");

        var found = await Office.GetAsync(maren, $"/staff/log?ref={Reference.Show(one.Reference).Replace(' ', '+')}");
        found.QuerySelectorAll("tbody tr").ShouldAllBe(r => r.TextContent.Contains(Reference.Show(one.Reference)));
        found.QuerySelectorAll("tbody tr").Length.ShouldBeGreaterThan(0);
        (await office.LooksAsync()).ShouldContain(l => l.Page == "log" && l.Basis == "log-by-reference");

        (await Office.GetAsync(maren, $"/staff/log?by={(await office.WorkerAsync("tom")).WorkerId}")).Body!.TextContent.ShouldContain("Nothing by that");
        (await Office.GetAsync(maren, "/staff/log?day=2026-11-23")).Body!.TextContent.ShouldContain("Nothing by that");
        (await Office.GetAsync(maren, "/staff/log?day=2026-11-24")).QuerySelectorAll("tbody tr").Length.ShouldBeGreaterThan(1);
        (await Office.GetAsync(maren, "/staff/log?ref=AAAA+AAAA+A")).Body!.TextContent.ShouldContain("Nothing has that reference");
    }

    [Fact]
    public async Task The_file_holds_the_same_lines_and_no_formula()
    {
        await LookAsync(await office.ReceiveAsync());
        var maren = await office.SignedInAsync("maren");

        var file = await maren.GetAsync("/staff/log?handler=Csv");

        file.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = (await file.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldContain("who,organisation,where,for_what");
        lines[0].ShouldEndWith(",references,lawful_basis");
        lines.ShouldContain(l => l.EndsWith(",public task", StringComparison.Ordinal));
        lines.ShouldContain(l => l.Contains("Nadia Wexcombe") && l.Contains("An open request"));
        lines.SelectMany(l => l.Split(',')).ShouldAllBe(cell => !cell.TrimStart('"').StartsWith('=') && !cell.TrimStart('"').StartsWith('@'));
        (await office.EveryLineAsync()).ShouldContain(l => l.Page == "log-download");
    }

    /// <summary>Fault case F11, F15: what is refused is one line, and many of them stand out.</summary>
    [Fact]
    public async Task Many_refused_stand_out_without_a_record_and_are_seen_to()
    {
        var closed = await office.ReceiveAsync("Ottoline Wexcombe");
        await using (var db = office.Database.Open())
            await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ExecuteUpdateAsync(db.Set<AnyDoor.Sharing.Ground>(), g => g.SetProperty(x => x.To, office.Now.AddMinutes(-10)));
        var (nadia, maren) = (await office.SignedInAsync("nadia"), await office.SignedInAsync("maren"));
        for (var i = 0; i < 6; i++) (await nadia.GetAsync($"/staff/households/{(i % 2 == 0 ? closed.HouseholdId : Guid.NewGuid())}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var page = await Office.GetAsync(maren, "/staff/log/unusual");
        page.QuerySelector("tbody tr")!.TextContent.ShouldContain("Nadia Wexcombe");
        page.QuerySelector("tbody tr")!.TextContent.ShouldContain("Asked for 6 records that they may not see");
        page.Body!.TextContent.ShouldNotContain("Ottoline");
        var form = page.QuerySelector("tbody form")!;
        var fields = form.QuerySelectorAll("input[type=hidden]").Where(i => i.GetAttribute("name") is "rule" or "worker" or "day").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!)).ToArray();
        (await Office.PostAsync(maren, "/staff/log/unusual", "/staff/log/unusual?handler=Seen", fields)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await Office.GetAsync(maren, "/staff/log/unusual")).QuerySelector("tbody tr")!.TextContent.ShouldContain("Seen to");
        (await office.EventsAsync("unusual.seen")).ShouldBe(1);
    }

    [Fact]
    public async Task Who_sees_what_is_on_a_page()
    {
        var page = await Office.GetAsync(await office.SignedInAsync("maren"), "/staff/who-sees-what");

        page.QuerySelectorAll("caption").Select(c => c.TextContent).ShouldContain("Navigator");
        page.Body!.TextContent.ShouldContain("Councillor");
        page.Body.TextContent.ShouldContain("What is not listed is refused");
        page.QuerySelectorAll("table").ShouldAllBe(t => t.Closest("details") != null, "each role is folded");
        page.Body.TextContent.ShouldNotMatch(@"\bJ\d+(\.\d+)?\b");
        page.QuerySelectorAll("details").Single(d => d.QuerySelector("summary")!.TextContent.Trim() == "Navigator").TextContent.ShouldContain("A hub adviser takes a call");
    }

    private async Task LookAsync(Received request) => (await (await office.SignedInAsync("nadia")).GetAsync($"/staff/requests/{request.Reference}")).StatusCode.ShouldBe(HttpStatusCode.OK);
}
