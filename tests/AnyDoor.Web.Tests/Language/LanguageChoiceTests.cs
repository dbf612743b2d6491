namespace AnyDoor.Web.Tests.Language;

public class LanguageChoiceTests(WebApp app) : IClassFixture<WebApp>
{
    [Fact]
    public async Task Get_LanguageChosen_ShowsItAndKeepsItForTheVisit()
    {
        var browser = app.Browser();

        var chosen = await WebApp.GetAsync(browser, "/test/public?lang=pl");
        var next = await WebApp.GetAsync(browser, "/test/public");

        chosen.QuerySelector("h1")!.TextContent.ShouldStartWith("Pieniądze");
        next.DocumentElement.GetAttribute("lang").ShouldBe("pl");
        next.QuerySelector("h1")!.TextContent.ShouldStartWith("Pieniądze");
    }

    [Fact]
    public async Task Get_UrduChosen_RunsFromTheRight()
    {
        var page = await WebApp.GetAsync(app.Browser(), "/test/public?lang=ur");

        page.DocumentElement.GetAttribute("dir").ShouldBe("rtl");
        page.QuerySelector(".any-lang [aria-current]")!.TextContent.ShouldBe("اردو");
    }

    [Fact]
    public async Task Get_TextNotTranslated_IsEnglishAndSaysSo()
    {
        var page = await WebApp.GetAsync(app.Browser(), "/test/public?lang=ur");

        var words = page.QuerySelector("#fallback > span")!;
        words.TextContent.ShouldBe("Ask a different person to look again");
        words.GetAttribute("lang").ShouldBe("en");
        words.GetAttribute("dir").ShouldBe("ltr");
    }

    [Fact]
    public async Task Get_LabelNotTranslated_IsMarkedAsEnglishToo()
    {
        var page = await WebApp.GetAsync(app.Browser(), "/test/form?lang=lt");

        page.QuerySelector("label[for=Plain] > span[lang=en]")!.TextContent.ShouldBe("Ask a different person to look again");
    }

    [Fact]
    public async Task Get_BrowserAsksForALanguageWeHave_GetsIt()
    {
        var page = await WebApp.GetAsync(app.Browser(language: "ro-RO"), "/test/public");

        page.DocumentElement.GetAttribute("lang").ShouldBe("ro");
    }

    [Fact]
    public async Task Get_LanguageLinks_KeepTheAddress()
    {
        var page = await WebApp.GetAsync(app.Browser(), "/test/public?near=PE13&lang=en");

        page.QuerySelectorAll(".any-lang a").Select(a => (a.GetAttribute("href"), a.GetAttribute("lang"))).ShouldBe([
            ("/test/public?near=PE13&lang=pl", "pl"), ("/test/public?near=PE13&lang=lt", "lt"),
            ("/test/public?near=PE13&lang=ro", "ro"), ("/test/public?near=PE13&lang=ur", "ur"),
        ]);
    }

    [Fact]
    public async Task Get_LiveInstallation_DoesNotOfferAnUnreviewedLanguage()
    {
        await using var live = new WebApp { Demo = false };
        await live.InitializeAsync();

        var page = await WebApp.GetAsync(live.Browser(language: "pl"), "/test/public?lang=pl");

        page.DocumentElement.GetAttribute("lang").ShouldBe("en-GB");
        page.QuerySelector(".any-lang").ShouldBeNull();
        page.QuerySelector(".any-demo").ShouldBeNull();
    }

    [Theory, InlineData("qps", "ltr"), InlineData("qps-rtl", "rtl")]
    public async Task Get_PseudoLanguage_LeavesNoEnglishInTheResidentLayout(string code, string direction)
    {
        var page = await WebApp.GetAsync(app.Browser(), "/test/public?lang=" + code);

        page.DocumentElement.GetAttribute("dir").ShouldBe(direction);
        Pseudo.NotTranslated(page).ShouldBeEmpty();
    }
}
