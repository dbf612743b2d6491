using System.Net;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

public sealed class QueuePageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task Nobody_signed_in_is_sent_to_sign_in_and_nobody_else_is_listed_there()
    {
        var answer = await office.Browser().GetAsync("/staff/queue");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldContain("/staff/sign-in");
        var page = await Office.GetAsync(office.Browser(), "/staff/sign-in");
        page.QuerySelectorAll("input[name=As]").Length.ShouldBe(8);
        page.QuerySelector("h1")!.TextContent.ShouldBe("Sign in");
    }

    [Fact]
    public async Task What_no_text_holds_is_a_malformed_address_or_form_and_gets_the_page_that_says_so()
    {
        var browser = await office.SignedInAsync("nadia");

        foreach (var answer in new[]
        {
            await browser.GetAsync("/staff/queue?district=a%00b"),
            await Office.PostAsync(browser, "/staff/queue", "/staff/households", ("q", "Leanne\0")),
            await Office.PostAsync(office.Browser(), "/ask/needs", "/ask/needs", ("needs", "food\0")),
        })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await Office.ReadAsync(answer)).QuerySelectorAll("h1").ShouldHaveSingleItem();
        }
    }

    [Theory, InlineData("一"), InlineData("😀"), InlineData("x")]
    public async Task A_reason_of_one_long_word_is_cut_and_takes_no_page_down(string letter)
    {
        var words = string.Concat(Enumerable.Repeat(letter, 200));
        await office.ReceiveAsync(why: words);

        var page = await Office.GetAsync(await office.SignedInAsync("nadia"), "/staff/queue");

        page.QuerySelector("tbody tr")!.TextContent.ShouldContain(letter + " …");
    }

    [Fact]
    public async Task Signing_in_goes_to_ones_work_and_out_ends_it()
    {
        var browser = office.Browser();
        var answer = await Office.PostAsync(browser, "/staff/sign-in", "/staff/sign-in", ("As", "nadia"));
        answer.Headers.Location!.ToString().ShouldBe("/staff/queue");
        (await office.EventsAsync("worker.signed-in")).ShouldBe(1);

        (await Office.PostAsync(browser, "/staff/queue", "/staff/sign-out")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await browser.GetAsync("/staff/queue")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.PostAsync(office.Browser(), "/staff/sign-in", "/staff/sign-in", ("As", "nobody"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Office.PostAsync(office.Browser(), "/staff/sign-in", "/staff/sign-in?ReturnUrl=https://example.org/", ("As", "nadia"), ("ReturnUrl", "https://example.org/"))).Headers.Location!.ToString().ShouldBe("/staff/queue");
    }

    [Fact]
    [Requirement("R-HUB-01")]
    public async Task The_queue_names_who_waits_in_one_look_and_says_how_soon_and_why()
    {
        var first = await office.ReceiveAsync();
        await office.ReceiveAsync("Yusuf Mossendale", Urgency.Soon, "Pay cut, managing until Friday");
        var browser = await office.SignedInAsync("nadia");

        var page = await Office.GetAsync(browser, "/staff/queue");

        page.QuerySelectorAll("tbody tr .any-who").Select(e => e.TextContent).ShouldBe(["Leanne Harrowmere", "Yusuf Mossendale"]);
        var row = page.QuerySelector("tbody tr")!.TextContent;
        row.ShouldContain("84p left on the meter, three children");
        row.ShouldContain("Answer by 12:14pm");
        row.ShouldContain("Text only");
        row.ShouldContain("2 hours");
        page.QuerySelector(".any-head p")!.TextContent.ShouldBe("2 waiting. 1 for today. 0 past their time.");
        var look = (await office.LooksAsync()).ShouldHaveSingleItem();
        (look.Page, look.Subjects.Length / 16).ShouldBe(("queue", 2));
        look.Subjects.Length.ShouldBe(32);
        page.QuerySelector("a[href*='Leanne']").ShouldBeNull("no name is ever in an address");
        (await office.EventsAsync("request.received", first.RequestId)).ShouldBe(1);
    }

    [Fact]
    public async Task Claim_takes_it_and_the_second_adviser_is_told_who_has_it()
    {
        var request = await office.ReceiveAsync();
        var (nadia, tom) = (await office.SignedInAsync("nadia"), await office.SignedInAsync("tom"));
        await Office.GetAsync(tom, "/staff/queue");

        var claimed = await Office.PostAsync(nadia, "/staff/queue", "/staff/queue?handler=Claim", ("reference", request.Reference));
        var second = await Office.PostAsync(tom, "/staff/queue", "/staff/queue?handler=Claim", ("reference", request.Reference));

        claimed.Headers.Location!.ToString().ShouldBe($"/staff/requests/{request.Reference}");
        var page = await Office.ReadAsync(second);
        page.QuerySelector(".any-note")!.TextContent.ShouldContain("Nadia Wexcombe has this until 10:44am.");
        page.QuerySelector("tbody tr")!.TextContent.ShouldContain("Nadia Wexcombe has this");
        await using var db = office.Database.Open();
        (await db.Set<Request>().SingleAsync(r => r.Id == request.RequestId)).ClaimedBy.ShouldBe((await office.WorkerAsync("nadia")).WorkerId);
        (await office.EventsAsync("request.claimed", request.RequestId)).ShouldBe(1);
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_say_how_many()
    {
        await office.ReceiveAsync(change: r => r with { District = "E07000010", Language = "en" });
        await office.ReceiveAsync("Uzma Kettlebrook", Urgency.Soon, change: r => r with { District = "E07000009", Language = "ur", DoorId = "food-bank" });
        var browser = await office.SignedInAsync("nadia");

        var page = await Office.GetAsync(browser, "/staff/queue?district=E07000009&language=ur&nonsense=1&soon=Whenever&p=-4");

        page.QuerySelectorAll("tbody .any-who").Single().TextContent.ShouldBe("Uzma Kettlebrook");
        page.QuerySelector("#district-E07000009")!.HasAttribute("checked").ShouldBeTrue();
        (await Office.GetAsync(browser, "/staff/queue?district=E07000010&language=ur")).QuerySelector("h2 + p")!.TextContent.ShouldContain("Take something out of the filter");
    }

    [Theory]
    [InlineData("joy"), InlineData("ian"), InlineData("wyn"), InlineData("maren")]
    public async Task For_other_roles_the_queue_is_not_there_and_shows_no_name(string handle)
    {
        await office.ReceiveAsync();
        var browser = await office.SignedInAsync(handle);

        var (queue, nothing) = (await browser.GetAsync("/staff/queue"), await browser.GetAsync("/staff/no-such-page"));

        queue.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var body = await queue.Content.ReadAsStringAsync();
        body.ShouldNotContain("Harrowmere");
        (await Office.ReadAsync(queue)).QuerySelector("main")!.TextContent.ShouldBe((await Office.ReadAsync(nothing)).QuerySelector("main")!.TextContent);
        (await office.LooksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Links_in_the_navigation_lead_somewhere()
    {
        foreach (var handle in new[] { "nadia", "joy", "ian", "wyn", "maren" })
        {
            var browser = await office.SignedInAsync(handle);
            var home = await Office.GetAsync(browser, (await browser.GetAsync("/staff")) is { StatusCode: HttpStatusCode.Redirect } moved ? moved.Headers.Location!.ToString() : "/staff");
            foreach (var link in home.QuerySelectorAll(".govuk-service-navigation__link").Select(a => a.GetAttribute("href")!))
                (await browser.GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.OK, $"{handle}: {link}");
        }
    }

    [Fact]
    [Requirement("R-ISA-08")]
    public async Task Whom_a_worker_said_they_know_has_no_row_and_no_claim()
    {
        var request = await office.ReceiveAsync(why: "They may lose their home");
        var nadia = await office.SignedInAsync("nadia");
        (await Office.GetAsync(nadia, "/staff/queue")).QuerySelector("tbody")!.TextContent.ShouldContain("Leanne Harrowmere");
        await Office.PostAsync(nadia, $"/staff/households/{request.HouseholdId}/i-know-them", $"/staff/households/{request.HouseholdId}/i-know-them", ("How", "Relative"));

        var queue = await Office.GetAsync(nadia, "/staff/queue");

        foreach (var gone in new[] { "Harrowmere", Common.Reference.Show(request.Reference), "lose their home" }) queue.QuerySelector("main")!.TextContent.ShouldNotContain(gone);
        queue.QuerySelector("main")!.TextContent.ShouldContain("One more of this page is not shown");
        (await Office.PostAsync(nadia, "/staff/queue", "/staff/queue?handler=Claim", ("reference", request.Reference))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Office.GetAsync(await office.SignedInAsync("tom"), "/staff/queue")).QuerySelector("tbody")!.TextContent.ShouldContain("Leanne Harrowmere");
    }
}
