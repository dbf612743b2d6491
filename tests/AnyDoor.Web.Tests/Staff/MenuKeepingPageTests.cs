using System.Net;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>How the menu is kept right, as people meet it: a report from anybody, the due list, the link with one tap.</summary>
public sealed class MenuKeepingPageTests : MenuPageTests
{
    [Fact]
    [Requirement("R-MEN-01")]
    public async Task Anybody_says_that_something_is_wrong_and_a_coordinator_answers_where_everybody_reads_it()
    {
        var (anybody, piers) = (office.Browser(), await office.SignedInAsync("piers"));

        var refused = await Office.ReadAsync(await Office.PostAsync(anybody, $"/menu/{Pantry}", $"/menu/{Pantry}", ("Words", "They open at 9")));
        refused.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href")!.ShouldStartWith("#Kind");
        refused.QuerySelector("#Words")!.TextContent.Trim().ShouldBe("They open at 9", "what was typed stays");
        var sent = await Office.PostAsync(anybody, $"/menu/{Pantry}", $"/menu/{Pantry}", ("Kind", "Details"), ("Words", "They open at 9 <script>"));
        sent.Headers.Location!.OriginalString.ShouldBe($"/menu/{Pantry}?said=1");
        (await Office.GetAsync(anybody, sent.Headers.Location.OriginalString)).QuerySelector(".any-note--done")!.TextContent.ShouldContain("within 5 days");
        (await Office.GetAsync(office.Browser(), $"/menu/{Pantry}")).QuerySelector("#wrong")!.TextContent.ShouldContain("We are looking at it");

        var list = await Office.GetAsync(piers, "/staff/menu/reports");
        list.QuerySelector("tbody tr")!.TextContent.ShouldContain("Waterlees Community Pantry");
        list.QuerySelector("tbody tr")!.TextContent.ShouldContain("Since today");
        var report = list.QuerySelector("tbody a")!.GetAttribute("href")!;
        office.Clock.Advance(TimeSpan.FromDays(6));
        piers = await office.SignedInAsync("piers");
        (await Office.GetAsync(piers, "/staff/menu/reports")).QuerySelector("tbody tr")!.TextContent.ShouldContain("Late");
        var empty = await Office.ReadAsync(await Office.PostAsync(piers, report, report, ("Version", "1"), ("Answer", "")));
        empty.QuerySelector("#Answer-error").ShouldNotBeNull();
        (await Office.PostAsync(piers, report, report, ("Version", "1"), ("Answer", "We rang them: it is ten."), ("Outcome", "RightAsItIs"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await Office.GetAsync(office.Browser(), $"/menu/{Pantry}")).QuerySelector("#wrong")!.TextContent.ShouldContain("Our answer: We rang them: it is ten.");
        (await Office.GetAsync(piers, "/staff/menu/reports")).QuerySelectorAll("tbody")[1].TextContent.ShouldContain("It was right");
        (await office.EventsAsync("menu.report-closed")).ShouldBe(1);
        (await (await office.SignedInAsync("nadia")).GetAsync("/staff/menu/reports")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "who keeps the menu answers");
    }

    [Fact]
    [Requirement("R-MEN-01")]
    public async Task The_due_list_gives_a_link_and_one_tap_on_it_confirms_the_entry()
    {
        var (piers, provider) = (await office.SignedInAsync("piers"), office.Browser());
        var due = await Office.GetAsync(piers, "/staff/menu/due");
        var row = due.QuerySelectorAll("tbody tr").First(r => r.TextContent.Contains("Larkmere Breakfast Club", StringComparison.Ordinal));
        var link = new Uri(row.QuerySelector("input")!.GetAttribute("value")!).AbsolutePath;
        row.QuerySelector("a[href^='mailto:']")!.GetAttribute("href")!.ShouldContain(Uri.EscapeDataString(link));

        var asks = await Office.GetAsync(provider, link);
        asks.QuerySelectorAll("main button").Length.ShouldBe(1);
        asks.Body!.TextContent.ShouldContain("Larkmere Breakfast Club");
        (await Office.GetAsync(piers, "/staff/menu/due")).Body!.TextContent.ShouldContain("Larkmere Breakfast Club", Case.Sensitive, "looking confirmed nothing");
        (await Office.PostAsync(provider, link, link)).Headers.Location!.OriginalString.ShouldBe(link);

        (await Office.GetAsync(provider, link)).QuerySelector(".any-note--done")!.TextContent.ShouldContain("checked on 24 November 2026");
        (await Office.GetAsync(piers, "/staff/menu/due")).Body!.TextContent.ShouldNotContain("Larkmere Breakfast Club");
        (await Office.GetAsync(provider, $"/menu/{Service.UuidOf("larkmere-breakfast-club")}")).Body!.TextContent.ShouldContain("by the people who run it");
        (await provider.GetAsync(link[..^2] + "xx")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await office.EventsAsync("menu.confirmed")).ShouldBe(1);
        var csv = await piers.GetStringAsync("/staff/menu/due?handler=Csv");
        csv.ShouldContain("/menu/check/");
    }

    [Fact]
    public async Task An_entry_is_found_by_a_part_of_its_name_and_confirmed_on_its_page()
    {
        var piers = await office.SignedInAsync("piers");
        var found = await Office.ReadAsync(await Office.PostAsync(piers, "/staff/menu", "/staff/menu", ("Name", "larkmere breakf")));
        var page = found.QuerySelector("tbody a")!.GetAttribute("href")!;

        (await Office.PostAsync(piers, page, $"{page}?handler=Checked")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await Office.GetAsync(office.Browser(), $"/menu/{Service.UuidOf("larkmere-breakfast-club")}")).Body!.TextContent.ShouldContain("24 November 2026, by the place team");
        (await Office.PostAsync(await office.SignedInAsync("joy"), "/staff/menu", $"{page}?handler=Checked")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
