using AnyDoor.Organisations;
using AnyDoor.Web.Layout;

namespace AnyDoor.Web.Tests.Layout;

public class LayoutTests(WebApp app) : IClassFixture<WebApp>
{
    [Fact]
    public async Task Get_ResidentPage_HasTheWayOutTheNumberAndTheLandmarks()
    {
        var page = await WebApp.GetAsync(app.Browser(), "/test/form");

        page.QuerySelector(".any-brand b")!.TextContent.ShouldBe("AnyDoor");
        page.QuerySelector(".any-brand svg")!.GetAttribute("aria-hidden").ShouldBe("true");
        page.QuerySelector(".any-call")!.GetAttribute("href").ShouldBe("tel:08081570123");
        page.QuerySelector(".any-demo")!.TextContent.Trim().ShouldBe("Demo. Everyone here is invented.");
        page.QuerySelector("main .govuk-exit-this-page a")!.GetAttribute("href").ShouldBe("/leave");
        page.QuerySelector(".govuk-exit-this-page")!.ClassList.ShouldContain("any-exit--over");
        page.QuerySelectorAll(".any-lang li").Length.ShouldBe(5);
        page.QuerySelectorAll("h1").Length.ShouldBe(1);
        page.QuerySelectorAll("main").Length.ShouldBe(1);
        page.QuerySelector(".govuk-skip-link")!.GetAttribute("href").ShouldBe("#main");
    }

    [Fact]
    public async Task Get_Leave_EndsTheVisitAndGoesSomewhereThatSaysNothing()
    {
        var browser = app.Browser();
        await browser.GetAsync("/test/public?lang=pl");

        var response = await browser.GetAsync("/leave");

        response.Headers.Location!.ToString().ShouldBe("https://www.bbc.co.uk/weather");
        response.Headers.GetValues("Set-Cookie").Single().ShouldStartWith("anydoor-language=; expires=Thu, 01 Jan 1970");
        (await WebApp.GetAsync(browser, "/test/public")).DocumentElement.GetAttribute("lang").ShouldBe("en-GB");
    }

    [Fact]
    public async Task Get_StaffPage_SaysWhoTheWorkerIsAndWhatTheClockSays()
    {
        var page = await WebApp.GetAsync(app.Browser(role: Role.HubAdviser), "/test/staff");

        page.QuerySelector(".any-top__end a[href='/staff/account']")!.TextContent.ShouldBe("Nadia Wexcombe, county hub adviser");
        page.QuerySelector(".any-demo")!.TextContent.Trim().ShouldBe("Demo. Everyone here is invented. It is Tuesday 24 November 2026, 10:14am here.");
        page.QuerySelectorAll(".govuk-service-navigation__link").Select(a => a.TextContent).ShouldBe(["Queue", "Households", "Menu", "Places", "Doorstep", "In danger", "People you know"], "only links that lead somewhere");
        page.QuerySelector(".govuk-service-navigation__item--active a")!.GetAttribute("aria-current").ShouldBe("true");
        page.QuerySelector("form[action='/staff/sign-out'] input[name=__RequestVerificationToken]").ShouldNotBeNull("signing out is a command");
    }

    [Theory]
    [InlineData(Role.HubAdviser, "Find a person, household or reference")]
    [InlineData(Role.Navigator, "Find a person, household or reference")]
    [InlineData(Role.PlaceCoordinator, null)]
    [InlineData(Role.Councillor, null)]
    [InlineData(Role.FundManager, null)]
    [InlineData(Role.InformationLead, null)]
    public async Task Get_StaffPage_FindBoxIsForThoseWhoMayLookForPeople(Role role, string? label)
    {
        var page = await WebApp.GetAsync(app.Browser(role), "/test/staff");

        page.QuerySelector(".any-find label")?.TextContent.ShouldBe(label);
        (page.QuerySelector(".any-find") is not null).ShouldBe(label is not null);
        page.QuerySelector(".any-find")?.GetAttribute("method").ShouldBe("post", "a name is never in an address");
    }

    [Fact]
    public async Task Get_StaffPageNotSignedIn_HasNoFindBoxAndNoNavigation()
    {
        var page = await WebApp.GetAsync(app.Browser(), "/test/staff");

        page.QuerySelector(".any-find").ShouldBeNull();
        page.QuerySelector(".govuk-service-navigation").ShouldBeNull();
        page.QuerySelector(".any-call")!.TextContent.ShouldBe("Help desk 0808 157 0190");
    }

    [Fact]
    public void Roles_ThatMayNotLookForPeople_CannotFindThem() =>
        StaffRoles.All.Where(role => role.Find.Label.Contains("person", StringComparison.Ordinal)).Select(role => role.Role)
            .ShouldBe([Role.HubAdviser, Role.Navigator]);

    [Fact]
    public void Roles_EveryOne_HasItsHeader() => StaffRoles.All.Select(role => role.Role).Order().ShouldBe(Enum.GetValues<Role>().Order());
}
