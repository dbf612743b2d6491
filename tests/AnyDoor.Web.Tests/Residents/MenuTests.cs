using System.Net;
using AnyDoor.Tests;
using AnyDoor.Web.Tests.Staff;

namespace AnyDoor.Web.Tests.Residents;

/// <summary>Help nearby without telling us anything.</summary>
public sealed class MenuTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Theory]
    [InlineData("Wisbech")]
    [InlineData("PE13 1AB")]
    [InlineData("Fenland")]
    [Requirement("R-DOOR-06")]
    public async Task Search_InAPlaceWithHelp_ListsItWithItsReasons(string near)
    {
        var page = await Office.ReadAsync(await Office.PostAsync(office.Browser(), "/menu", "/menu", ("Wanted", "no food in"), ("Near", near)));

        page.QuerySelectorAll(".any-hits > li").Length.ShouldBeGreaterThan(1);
        page.QuerySelectorAll(".any-hits > li").ShouldAllBe(hit => hit.QuerySelectorAll(".any-facts li").Length > 1);
        page.Body!.TextContent.ShouldNotContain("Nothing for you");
    }

    [Fact]
    [Requirement("R-MEN-02")]
    public async Task Where_a_browser_says_that_somebody_is_counts_as_a_place_and_is_kept_nowhere()
    {
        var page = await Office.ReadAsync(await Office.PostAsync(office.Browser(), "/menu", "/menu", ("Wanted", "food"), ("Near", "52.675, 0.165")));

        page.QuerySelector(".any-hits .any-facts")!.TextContent.ShouldContain("walk");
        page.QuerySelector(".any-note--warn").ShouldBeNull("the place is known");
        page.QuerySelector("button[data-any-here]")!.HasAttribute("hidden").ShouldBeTrue("only script can ask");
    }

    [Fact]
    [Requirement("R-DIG-03")]
    public async Task Search_InPolish_FindsHelpAndSaysWhyInPolish()
    {
        var browser = office.Browser();
        await Office.GetAsync(browser, "/menu?lang=pl");
        var page = await Office.ReadAsync(await Office.PostAsync(browser, "/menu", "/menu", ("Wanted", "nie mam jedzenia"), ("Near", "Wisbech")));

        var hit = page.QuerySelectorAll(".any-hits > li")[0].TextContent;
        hit.ShouldContain("Jedzenie");
        hit.ShouldContain("Sprawdzone");
        hit.ShouldNotContain("Checked");
        var food = await Office.ReadAsync(await Office.PostAsync(browser, "/menu/food", "/menu/food", ("Near", "Wisbech"), ("Ahead", "0")));
        food.QuerySelector("h1")!.TextContent.ShouldBe("Jedzenie blisko Ciebie w wybranym dniu");
    }

    [Fact]
    public async Task Search_NowhereNamed_StillGivesHelp()
    {
        var page = await Office.ReadAsync(await Office.PostAsync(office.Browser(), "/menu", "/menu", ("Wanted", "heating"), ("Near", "Narnia")));

        page.Body!.TextContent.ShouldContain("We do not know that place");
        page.QuerySelectorAll(".any-hits > li").Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Search_NothingSaid_NamesTheField()
    {
        var page = await Office.ReadAsync(await Office.PostAsync(office.Browser(), "/menu", "/menu", ("Wanted", ""), ("Near", "Wisbech")));

        page.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href").ShouldBe("#Wanted");
        page.QuerySelector("#Near")!.GetAttribute("value").ShouldBe("Wisbech");
    }

    [Fact]
    [Requirement("R-FPA-03")]
    public async Task Food_HalalInWisbechOnTuesday_SaysWhatIsOpenAndWhetherAReferralIsNeeded()
    {
        var page = await Office.ReadAsync(await Office.PostAsync(office.Browser(), "/menu/food", "/menu/food", ("Near", "Wisbech"), ("Ahead", "0"), ("Diet", "halal")));

        page.QuerySelectorAll("h2")[0].TextContent.ShouldBe("Open on Tuesday 24 November");
        var open = page.QuerySelectorAll("ol.any-hits")[0];
        open.QuerySelectorAll(":scope > li").ShouldAllBe(li => li.TextContent.Contains("Halal", StringComparison.OrdinalIgnoreCase) && (li.TextContent.Contains("No referral", StringComparison.Ordinal) || li.TextContent.Contains("sent by somebody", StringComparison.Ordinal) || li.TextContent.Contains("Ring them first", StringComparison.Ordinal)));
        open.TextContent.ShouldContain("Wisbech Food Bank");
        (await Office.ReadAsync(await Office.PostAsync(office.Browser(), "/menu/food", "/menu/food", ("Near", "Narnia")))).QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href").ShouldBe("#Near");
    }

    [Fact]
    [Requirement("R-VOL-02"), Requirement("R-FRM-03")]
    public async Task Search_ToGiveTime_SaysWhatSupportYouGetAndForWhomEachIs()
    {
        var page = await Office.ReadAsync(await Office.PostAsync(office.Browser(), "/menu", "/menu", ("Wanted", "volunteer at a playgroup"), ("Near", "PE13 3EQ")));

        var role = page.QuerySelectorAll(".any-hits > li").First(li => li.TextContent.Contains("Set up, or help at the tea table", StringComparison.Ordinal));
        role.TextContent.ShouldContain("What you get: We show you how");
        role.TextContent.ShouldContain("walk");
        page.QuerySelectorAll(".any-hits > li").ShouldAllBe(li => li.TextContent.Contains("For everybody", StringComparison.Ordinal) || li.TextContent.Contains("For most people here", StringComparison.Ordinal) || li.TextContent.Contains("For some people", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/menu")]
    [InlineData("/menu/food")]
    [InlineData("/menu/quality")]
    [InlineData("/developers")]
    [InlineData("/hand-out/march/food/older")]
    [InlineData("/request")]
    [InlineData("/contact")]
    [InlineData("/staff/sign-in")]
    public async Task EveryLink_LeadsSomewhere(string path)
    {
        var browser = office.Browser();
        var page = await Office.GetAsync(browser, path);

        foreach (var href in page.QuerySelectorAll("a[href^='/']").Select(a => a.GetAttribute("href")!.Split('#')[0]).Where(h => h.Length > 0).Distinct())
            (await browser.GetAsync(href)).StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.Redirect], href);
    }
}
