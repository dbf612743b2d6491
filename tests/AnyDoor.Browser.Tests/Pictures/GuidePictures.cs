using AnyDoor.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Pictures;

/// <summary>The pictures of the README and the guides, of the demo county on a fixed morning. In an ordinary run the pages are only looked at.</summary>
[Trait("Category", "Screenshots")]
public sealed class GuidePictures(Chromium chromium, DemoProduct demo)
{
    [Theory]
    [InlineData("resident-start", "/")]
    [InlineData("resident-needs", "/ask/needs")]
    [InlineData("resident-safe-contact", "/ask/safe-contact")]
    [InlineData("resident-menu", "/menu")]
    [InlineData("resident-privacy", "/privacy/web")]
    public async Task Of_what_a_resident_sees_on_a_phone(string name, string path)
    {
        await using var visit = await chromium.VisitAsync(Visitor.Phone, await demo.StartedAsync());
        await visit.Page.GotoAsync("/ask");
        if (path == "/ask/safe-contact")
        {
            await visit.Page.GotoAsync("/ask/needs");
            await visit.Page.ChooseAsync("needs", "food");
            await visit.Page.PressAsync("Continue");
        }
        await visit.Page.GotoAsync(path);

        await visit.Page.TakeAsync(name, wholePage: false);
    }

    [Theory]
    [InlineData("joy", "partner-send", "/staff/send")]
    [InlineData("farrah", "partner-handovers", "/staff/handovers")]
    [InlineData("nadia", "adviser-queue", "/staff/queue")]
    [InlineData("nadia", "adviser-call", "/staff/calls/new")]
    [InlineData("ian", "fund-manager-funds", "/staff/funds")]
    [InlineData("ian", "fund-manager-scheme", "/staff/funds/winter-support-grant")]
    [InlineData("hester", "report-author-figures", "/staff/reports/winter-support-grant")]
    [InlineData("edwin", "administrator-settings", "/staff/settings")]
    [InlineData("edwin", "administrator-import", "/staff/imports")]
    [InlineData("maren", "information-lead-looks", "/staff/looks")]
    public async Task Of_what_staff_see_at_a_desk(string worker, string name, string path)
    {
        await using var visit = await chromium.VisitAsync(Visitor.Desk, await demo.StartedAsync());
        await visit.Page.SignInAsync(worker);
        var answer = await visit.Page.GotoAsync(path);
        answer!.Status.ShouldBe(200);

        await visit.Page.TakeAsync(name, wholePage: false);
    }

    [Fact]
    public async Task Of_a_sitting_with_the_offer_beside_it()
    {
        await using var visit = await chromium.VisitAsync(Visitor.Desk, await demo.StartedAsync());
        var page = visit.Page;
        await page.SignInAsync("nadia");
        await page.GotoAsync("/staff/queue");
        // Family 1 URBAN of the county’s own paper, under an invented name.
        var family = page.Locator("tr", new() { HasText = "Leanne Harrowmere" });
        var reference = await family.Locator("button[form=claim]").GetAttributeAsync("value");

        await page.GotoAsync($"/staff/requests/{reference}");
        await page.TakeAsync("adviser-sitting", wholePage: false);
        await page.Locator(".any-offer a[href*='/award/']").First.ClickAsync();
        await page.TakeAsync("adviser-award", wholePage: false);
    }
}
