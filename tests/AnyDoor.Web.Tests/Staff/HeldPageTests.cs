using System.Net;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>The open form under a flood, and the page where a person looks at what a rule marked.</summary>
public sealed class HeldPageTests : IAsyncLifetime
{
    private const string Words = "Visit https://cheap.example and http://watches.example today";
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private async Task<HttpClient> SendAsync(string words)
    {
        var browser = office.Browser();
        var at = (await Office.PostAsync(browser, "/ask/needs", "/ask/needs", ("needs", "food"), ("go", "next"))).Headers.Location!.ToString();
        for (var i = 0; at != "/ask/check" && i < 25; i++)
            at = (await Office.PostAsync(browser, at, at, at.EndsWith("own-words", StringComparison.Ordinal) ? [("words", words), ("go", "next")] : [("go", "leave")])).Headers.Location!.ToString();
        (await Office.PostAsync(browser, "/ask/check", "/ask/check")).Headers.Location!.ToString().ShouldBe("/ask/sent");
        return browser;
    }

    [Fact]
    public async Task A_marked_form_is_answered_like_every_other_and_waits_for_a_person()
    {
        var marked = await Office.GetAsync(await SendAsync(Words), "/ask/sent");
        var honest = await Office.GetAsync(await SendAsync("My hours were cut and the meter is on its last pounds"), "/ask/sent");
        string Said(AngleSharp.Html.Dom.IHtmlDocument page) => page.QuerySelector("main")!.TextContent.Replace(page.QuerySelector("#reference")!.TextContent, "", StringComparison.Ordinal).Replace(page.QuerySelector("#code")!.TextContent, "", StringComparison.Ordinal);
        Said(marked).ShouldBe(Said(honest));

        var nadia = await office.SignedInAsync("nadia");
        var queue = await Office.GetAsync(nadia, "/staff/queue");
        queue.Body!.TextContent.ShouldNotContain("watches.example");
        queue.QuerySelector("a[href='/staff/held']")!.TextContent.ShouldBe("1 form waits to be looked at");
        var looks = (await office.LooksAsync()).Count;
        var held = await Office.GetAsync(nadia, "/staff/held");
        held.Body!.TextContent.ShouldContain("There are 2 web addresses in what they wrote");
        held.Body.TextContent.ShouldContain("watches.example");
        (await office.LooksAsync()).Skip(looks).ShouldContain(l => l.Page == "held-forms");

        var id = held.QuerySelector("input[name=Chosen]")!.GetAttribute("value")!;
        (await Office.PostAsync(nadia, "/staff/held", "/staff/held?handler=Release")).StatusCode.ShouldBe(HttpStatusCode.OK, "nothing chosen is said");
        (await Office.PostAsync(nadia, "/staff/held", "/staff/held?handler=Release", ("Chosen", id))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(nadia, "/staff/held")).QuerySelectorAll("input[name=Chosen]").ShouldBeEmpty();
        await using var db = office.Database.Open();
        (await db.Set<Request>().CountAsync(r => r.QueueRank != null)).ShouldBe(2);
    }

    [Fact]
    public async Task An_administrator_sees_which_rule_and_when_and_nobodys_words()
    {
        await SendAsync(Words);
        var edwin = await office.SignedInAsync("edwin");
        var page = await Office.GetAsync(edwin, "/staff/held");
        page.Body!.TextContent.ShouldContain("web addresses");
        page.Body.TextContent.ShouldNotContain("watches.example");
        (await office.LooksAsync()).ShouldBeEmpty();

        var id = page.QuerySelector("input[name=Chosen]")!.GetAttribute("value")!;
        (await Office.PostAsync(edwin, "/staff/held", "/staff/held?handler=Aside", ("Chosen", id))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(edwin, "/staff/held")).QuerySelector("caption.govuk-visually-hidden")!.TextContent.ShouldBe("Set aside");
        (await office.EventsAsync("request.set-aside")).ShouldBe(1);
    }

    /// <summary>Sixty people at one address at one moment: they wait for each other, and nobody is refused.</summary>
    [Fact]
    public async Task Many_people_at_one_address_wait_their_turn_and_none_is_refused()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Office.PostAsync(office.Browser(), "/ask/needs", "/ask/needs", ("needs", "food"), ("go", "next"))));

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Redirect);
    }
}
