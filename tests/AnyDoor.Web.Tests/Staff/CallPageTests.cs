using System.Net;
using AngleSharp.Html.Dom;
using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>A call to the hub over HTTP, script off: look, and begin, or open who is calling.</summary>
public sealed class CallPageTests : IAsyncLifetime
{
    private const string Path = "/staff/calls/new";
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Theory]
    [InlineData("joy"), InlineData("ian"), InlineData("wyn"), InlineData("maren")]
    public async Task For_other_roles_it_is_not_there(string handle)
    {
        await office.ReceiveAsync();
        var browser = await office.SignedInAsync(handle);

        (await browser.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var home = handle == "maren" ? "/staff/looks" : handle == "ian" ? "/staff/funds" : "/staff/send";
        foreach (var handler in new[] { "", "?handler=Look", "?handler=Matches", "?handler=Known" })
            (await Office.PostAsync(browser, home, Path + handler, ("Name", "Leanne Harrowmere"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await office.LooksAsync()).ShouldBeEmpty();
    }

    [Fact]
    [Requirement("R-HUB-04")]
    public async Task Begin_lands_in_the_sitting_of_a_new_household_that_is_theirs()
    {
        var browser = await office.SignedInAsync("nadia");
        (string, string)[] typed =
        [
            ("FormKey", Guid.NewGuid().ToString()), ("Name", "Xanthe Nettlefold-Ash"), ("Born.Day", "2"), ("Born.Month", "9"), ("Born.Year", "1997"), ("PostcodeText", "PE13 9ZS"), ("Number", "07700 900256"), ("By", "text"), ("Private", "true"),
            ("HowSoon", "today"), ("InTheirWords", "Nothing in for tea tonight."), ("Language", "lt"), ("For", "self"),
        ];

        var first = await Office.PostAsync(browser, Path, Path, typed);
        var second = await Office.PostAsync(browser, Path, Path, typed);

        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        second.Headers.Location.ShouldBe(first.Headers.Location, "pressed twice, taken once");
        var page = await Office.GetAsync(browser, first.Headers.Location!.ToString());
        page.QuerySelector("h1")!.TextContent.ShouldBe("Nettlefold-Ash household");
        page.QuerySelector(".any-house")!.TextContent.ShouldContain("You have this until");
        page.QuerySelector(".any-house")!.TextContent.ShouldContain("Lithuanian");
        page.QuerySelector(".any-said")!.TextContent.ShouldContain("Nothing in for tea tonight.");
        page.QuerySelector("#contact")!.TextContent.ShouldContain("Spoke");
        page.QuerySelector("#read-back")!.TextContent.ShouldContain("We have your request");
        await using var db = office.Database.Open();
        (await db.Set<Request>().CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_right_is_said_beside_its_field_and_what_was_typed_stays()
    {
        var browser = await office.SignedInAsync("nadia");

        var page = await Office.ReadAsync(await Office.PostAsync(browser, Path, Path, ("FormKey", Guid.NewGuid().ToString()), ("Name", "Xanthe Nettlefold-Ash"), ("PostcodeText", "nowhere"), ("Born.Day", "31"), ("Born.Month", "2"), ("Born.Year", "1997"), ("Number", "01632 960123"), ("By", "text")));

        var errors = page.QuerySelector(".govuk-error-summary")!.TextContent;
        foreach (var sentence in new[] { "“nowhere” is not a postcode", "Put in a date of birth", "Texts need a mobile number", "Choose how soon" }) errors.ShouldContain(sentence);
        ((IHtmlInputElement)page.QuerySelector("#Name")!).Value.ShouldBe("Xanthe Nettlefold-Ash");
        page.Title.ShouldStartWith("Error:");
        await using var db = office.Database.Open();
        (await db.Set<Request>().CountAsync()).ShouldBe(0);
    }

    [Fact]
    [Requirement("R-HUB-04")]
    public async Task Look_shows_the_least_and_opening_needs_how_they_know()
    {
        var before = await office.ReceiveAsync("Leann Harrowmere", change: r => r with { Postcode = Common.Postcode.FromStored("PE139ZT") });
        var browser = await office.SignedInAsync("nadia");
        (string, string)[] typed = [("FormKey", Guid.NewGuid().ToString()), ("Name", "Leanne Harrowmere"), ("Born.Day", "14"), ("Born.Month", "3"), ("Born.Year", "1990"), ("Number", "07700 900418")];

        var looked = await Office.PostAsync(browser, Path, Path + "?handler=Look", typed);
        var found = (await Office.ReadAsync(looked)).QuerySelector(".any-known")!;

        looked.RequestMessage!.RequestUri!.ToString().ShouldNotContain("Harrowmere");
        found.TextContent.ShouldContain("Leann Harrowmere");
        found.TextContent.ShouldContain("Very likely");
        found.TextContent.ShouldContain("Born 1990. PE13 9.");
        found.TextContent.ShouldContain("name (one letter off), date of birth, phone number");
        found.TextContent.ShouldNotContain("PE13 9ZT");
        var known = found.QuerySelector("button[name=Known]")!.GetAttribute("value")!;
        var refused = await Office.ReadAsync(await Office.PostAsync(browser, Path, Path + "?handler=Known", [.. typed, ("Known", known)]));
        refused.QuerySelector(".any-known .govuk-error-message")!.TextContent.ShouldContain("Say how you know that it is them");
        var opened = await Office.PostAsync(browser, Path, Path + "?handler=Known", [.. typed, ("Known", known), ($"how.{before.ApplicantId}", "Gave the street and her youngest’s name")]);
        opened.Headers.Location!.ToString().ShouldBe($"/staff/requests/{before.Reference}");
        (await office.EventsAsync("caller.known", before.ApplicantId)).ShouldBe(1);
    }

    [Fact]
    [Requirement("R-HUB-04"), Requirement("R-DA-02")]
    public async Task Somebody_who_may_not_be_shown_is_answered_as_nobody_and_the_lead_hears_of_it()
    {
        await office.ReceiveAsync("Rosheen Copperwhistle", change: r => r with { AddressHidden = true });
        await using (var db = office.Database.Open()) await db.Set<Sharing.Ground>().ExecuteUpdateAsync(g => g.SetProperty(x => x.To, office.Now.AddHours(-1)));
        var browser = await office.SignedInAsync("nadia");

        async Task<string> LookAsync(string name) => (await Office.ReadAsync(await Office.PostAsync(browser, Path, Path + "?handler=Matches", ("Name", name), ("Born.Day", "14"), ("Born.Month", "3"), ("Born.Year", "1990"), ("Number", "07700 900418")))).Body!.TextContent;

        (await LookAsync("Rosheen Copperwhistle")).ShouldBe(await LookAsync("Nobody Atall"));
        var lead = await Office.GetAsync(await office.SignedInAsync("maren"), "/staff/looks");
        lead.Body!.TextContent.ShouldContain("Nadia Wexcombe");
    }

    [Fact]
    public async Task Opening_whom_nobody_found_is_not_there()
    {
        var request = await office.ReceiveAsync();
        var browser = await office.SignedInAsync("nadia");

        foreach (var known in new[] { "", "x|y", $"{Guid.NewGuid()}|{request.ApplicantId}", $"{request.HouseholdId}|{Guid.NewGuid()}" })
            (await Office.PostAsync(browser, Path, Path + "?handler=Known", ("FormKey", Guid.NewGuid().ToString()), ("Known", known), ($"how.{known.Split('|')[^1]}", "Says it is her"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
