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
        var (ian, hester) = (await office.SignedInAsync("ian"), await office.SignedInAsync("hester"));

        var page = await Office.GetAsync(hester, "/staff/reports/crisis-and-resilience-fund/doors");

        page.QuerySelector(".any-sentence")!.TextContent.ShouldContain("7 requests");
        var opened = 0;
        foreach (var link in page.QuerySelectorAll("tbody a"))
        {
            var behind = await Office.GetAsync(ian, link.GetAttribute("href")!);
            behind.QuerySelectorAll("tbody tr").Length.ShouldBe(int.Parse(link.FirstChild!.TextContent, System.Globalization.CultureInfo.InvariantCulture));
            opened++;
        }
        opened.ShouldBe(2);
        page.QuerySelectorAll("tbody tr").Last().TextContent.ShouldContain("Too few to tell");
        (await hester.GetAsync("/staff/reports/crisis-and-resilience-fund/doors?need=gold")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await hester.GetAsync("/staff/reports/crisis-and-resilience-fund/doors?handler=csv")).Content.ReadAsStringAsync()).ShouldContain("same_need");
    }

    /// <summary>F17: references are for those who look after the money; whoever else opens a figure learns of nobody by it, nor by the difference of two.</summary>
    [Fact]
    public async Task Behind_a_figure_are_references_for_the_fund_manager_with_one_look_and_for_others_counts_with_small_numbers_hidden()
    {
        const string Report = "/staff/reports/crisis-and-resilience-fund";
        async Task<Received> AskAsync(string name, bool hidden = false, string door = "web-form") => await office.ReceiveAsync(name, change: r => r with { SchemeId = "crisis-and-resilience-fund", District = "E07000010", Needs = ["food"], AddressHidden = hidden, DoorId = door });
        var seen = new List<Received>();
        for (var i = 0; i < 6; i++) seen.Add(await AskAsync($"Invented Person{(char)('a' + i)}"));
        var atRisk = await AskAsync("Invented Hidden", hidden: true);
        seen.Add(await AskAsync("Invented Pantry", door: "food-bank"));
        var (ian, hester) = (await office.SignedInAsync("ian"), await office.SignedInAsync("hester"));

        var listed = (await Office.GetAsync(ian, Report + "/behind?district=E07000010")).QuerySelector("main")!.TextContent;
        var counted = (await Office.GetAsync(hester, Report + "/behind?district=E07000010")).QuerySelector("main")!.TextContent;
        var few = (await Office.GetAsync(hester, Report + "/behind?door=food-bank")).QuerySelector("main")!.TextContent;

        foreach (var one in seen) listed.ShouldContain(AnyDoor.Common.Reference.Show(one.Reference));
        listed.ShouldNotContain(AnyDoor.Common.Reference.Show(atRisk.Reference));
        listed.ShouldContain("8 requests");
        var look = (await office.LooksAsync()).ShouldHaveSingleItem();
        (look.Page, look.Basis).ShouldBe(("figure", "by-reference"));
        Office.Named(look).ShouldBe(seen.Select(s => s.HouseholdId), ignoreOrder: true);
        counted.ShouldContain("About 10 requests");
        few.ShouldContain("Fewer than 5 requests");
        foreach (var one in seen.Append(atRisk)) (counted + few).ShouldNotContain(AnyDoor.Common.Reference.Show(one.Reference));
        // What no page shows together is not a figure: two of them would show whoever is the difference.
        foreach (var query in new[] { "district=E07000010&door=food-bank", "door=web-form&door=food-bank", "given=true", "same=yes&need=food&district=E07000010", "same=yes&need=food&given=true", "same=yes&need=food&door=web-form&door=food-bank", "help=fuel-voucher&door=web-form" })
            foreach (var browser in new[] { ian, hester }) (await browser.GetAsync($"{Report}/behind?{query}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, query);
        (await office.LooksAsync()).Count.ShouldBe(1);
    }
}
