using System.Net;
using AnyDoor.Audit;
using AnyDoor.Requests;
using AnyDoor.Tests;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>A fund manager's pages: what can be awarded now, and each number open to what is behind it.</summary>
public sealed class FundPageTests : IAsyncLifetime
{
    private const string Page = "/staff/funds/crisis-and-resilience-fund";
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    [Requirement("R-HSF-01")]
    public async Task A_scheme_is_closed_at_an_instant_says_so_and_is_opened_again()
    {
        var ian = await office.SignedInAsync("ian");
        (string, string)[] when = [("On.Day", "24"), ("On.Month", "11"), ("On.Year", "2026"), ("Hour", "18:00"), ("Words", "The fund closed after heavy demand.")];
        (await Office.GetAsync(ian, Page)).QuerySelector(".any-sentence")!.TextContent.ShouldNotContain("closes");

        var bad = await Office.ReadAsync(await Office.PostAsync(ian, Page, Page + "?handler=Close", [.. when.Skip(3), ("On.Day", "31"), ("On.Month", "2"), ("On.Year", "2026")]));
        bad.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Put in the day it closes");
        foreach (var (part, value, says) in new[] { ("On.Day", "23", "That time has passed"), ("Words", " ", "Say what residents will read") })
        {
            var refused = await Office.ReadAsync(await Office.PostAsync(ian, Page, Page + "?handler=Close", [.. when.Where(w => w.Item1 != part), (part, value)]));
            refused.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain(says);
        }
        (await Office.PostAsync(ian, Page, Page + "?handler=Close", when)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await Office.GetAsync(ian, Page)).QuerySelector(".any-sentence")!.TextContent.ShouldContain("It closes 6pm. Residents read then: “The fund closed after heavy demand.”");
        office.Clock.Advance(TimeSpan.FromHours(9));
        ian = await office.SignedInAsync("ian");
        (await Office.GetAsync(ian, Page)).QuerySelector(".any-sentence")!.TextContent.ShouldContain("It was closed 6pm, and nothing more can be awarded.");
        (await Office.PostAsync(ian, Page, Page + "?handler=Reopen")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(ian, Page)).QuerySelector(".any-sentence")!.TextContent.ShouldNotContain("closed");
        (await office.EventsAsync("scheme.reopened")).ShouldBe(1);
        (await Office.PostAsync(await office.SignedInAsync("nadia"), "/staff/queue", Page + "?handler=Reopen")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Requirement("R-HSF-01"), Requirement("R-HUB-05")]
    public async Task A_round_that_has_ended_says_that_nothing_more_can_be_awarded()
    {
        var page = await Office.GetAsync(await office.SignedInAsync("ian"), "/staff/funds/winter-support-grant");

        page.QuerySelector(".any-sentence")!.TextContent.ShouldContain("The round ended on 31 March 2021, and nothing more can be awarded.");
        page.QuerySelectorAll("form[method=post]").ShouldNotContain(f => f.GetAttribute("action")!.Contains("Close", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("R-DOOR-01")]
    public async Task Doors_are_compared_for_one_need_and_each_number_opens_to_as_many_lines()
    {
        for (var i = 0; i < 6; i++) await office.ReceiveAsync($"Invented Person{(char)('a' + i)}", change: r => r with { District = "E07000010", Needs = ["food"] });
        await office.ReceiveAsync("Invented Other", change: r => r with { District = "E07000010", Needs = ["food"], DoorId = "food-bank" });
        var hester = await office.SignedInAsync("hester");

        var page = await Office.GetAsync(hester, "/staff/reports/crisis-and-resilience-fund/doors");

        page.QuerySelector(".any-sentence")!.TextContent.ShouldContain("7 requests");
        var opened = 0;
        foreach (var link in page.QuerySelectorAll("tbody a"))
        {
            var behind = await Office.GetAsync(hester, link.GetAttribute("href")!);
            behind.QuerySelectorAll("tbody tr").Length.ShouldBe(int.Parse(link.FirstChild!.TextContent, System.Globalization.CultureInfo.InvariantCulture));
            opened++;
        }
        opened.ShouldBe(2);
        page.QuerySelectorAll("tbody tr").Last().TextContent.ShouldContain("Too few to tell");
        (await hester.GetAsync("/staff/reports/crisis-and-resilience-fund/doors?need=gold")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await hester.GetAsync("/staff/reports/crisis-and-resilience-fund/doors?handler=csv")).Content.ReadAsStringAsync()).ShouldContain("same_need");
    }
}
