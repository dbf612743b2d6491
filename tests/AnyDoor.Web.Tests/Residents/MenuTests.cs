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

    [Theory]
    [InlineData("/")]
    [InlineData("/menu")]
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
