using System.Net;

namespace AnyDoor.Web.Tests.Layout;

public class StateTests(WebApp app) : IClassFixture<WebApp>
{
    [Theory, InlineData(403), InlineData(404), InlineData(401), InlineData(405)]
    public async Task Get_NotThereOrNotAllowed_IsTheSamePageAndStatus(int code)
    {
        var browser = app.Browser();
        await browser.GetAsync("/test/public");

        var refused = await browser.GetAsync("/test/answer/" + code);
        var missing = await browser.GetAsync("/test/nowhere");

        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var text = await refused.Content.ReadAsStringAsync();
        text.Replace($"/test/answer/{code}", "/test/nowhere", StringComparison.Ordinal).ShouldBe(await missing.Content.ReadAsStringAsync());
        text.ShouldContain("Either there is nothing here, or it is not yours to open.");
        refused.Headers.Select(h => h.Key).Order().ShouldBe(missing.Headers.Select(h => h.Key).Order());
    }

    [Fact]
    public async Task Get_TooManyTries_SaysHowLongAndThatNothingIsLost()
    {
        var response = await app.Browser().GetAsync("/test/answer/429");

        var page = await WebApp.ReadAsync(response);

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        page.QuerySelector("h1")!.TextContent.ShouldBe("Please wait 3 minutes");
        page.QuerySelector("main")!.TextContent.ShouldContain("What you typed is kept.");
        page.QuerySelector("main a[href='tel:08081570123']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Get_OurError_IsOursAndHasACodeToSay()
    {
        var response = await app.Browser().GetAsync("/test/answer/500");

        var page = await WebApp.ReadAsync(response);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        page.QuerySelector(".any-note--stop")!.TextContent.Trim().ShouldBe("It is our fault, not yours.");
        page.QuerySelector(".any-code")!.TextContent.ShouldMatch("^[2-9B-Y]{6}$");
        page.QuerySelector("main form").ShouldBeNull();
        page.Body!.TextContent.ShouldNotContain("Made to fail");
    }

    [Fact]
    public async Task Post_OurError_KeepsTheAnswersAndSendsThemAgain()
    {
        var browser = app.Browser();

        var page = await WebApp.ReadAsync(await WebApp.PostAsync(browser, "/test/form", ("Way", "call"), ("Phone", "fail"), ("Words", "It is \"cold\"")));

        var form = page.QuerySelector("main form")!;
        form.GetAttribute("action").ShouldBe("/test/form");
        form.QuerySelector("input[name=Words]")!.GetAttribute("value").ShouldBe("It is \"cold\"");
        form.QuerySelectorAll("input[name=__RequestVerificationToken]").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Post_OurErrorWithAPassword_DoesNotPutItInAPage()
    {
        var page = await WebApp.ReadAsync(await WebApp.PostAsync(app.Browser(), "/test/form", ("Phone", "fail"), ("Password", "a secret one")));

        page.QuerySelector("main form").ShouldBeNull();
        page.Source.Text.ShouldNotContain("a secret one");
    }

    [Fact]
    public async Task Post_WithoutAToken_AsksToSendAgainAndKeepsNothingFromElsewhere()
    {
        using var content = new FormUrlEncodedContent([new("Way", "call")]);

        var response = await app.Browser().PostAsync("/test/form", content);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await WebApp.ReadAsync(response);
        page.QuerySelector("h1")!.TextContent.ShouldBe("Please send that again");
        page.QuerySelector("main form").ShouldBeNull();
    }
}
