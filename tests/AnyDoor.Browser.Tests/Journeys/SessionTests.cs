using AnyDoor.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Journeys;

/// <summary>A visit that is about to end says so, and goes on with one press.</summary>
public sealed class SessionTests(Chromium chromium, DemoProduct demo)
{
    [Fact]
    public async Task Five_minutes_before_the_end_the_page_says_so_and_staying_is_one_press()
    {
        await using var visit = await chromium.VisitAsync(Visitor.SmallPhone, await demo.StartedAsync());
        var page = visit.Page;
        await page.Clock.InstallAsync();
        await page.SignInAsync("joy");
        var bar = page.Locator("[data-any-session]");
        (await bar.IsVisibleAsync()).ShouldBeFalse();

        await page.Clock.FastForwardAsync("01:56:00");

        await bar.WaitForAsync();
        (await bar.InnerTextAsync()).ShouldContain("You are signed out in 4 minutes");
        await page.ShouldHaveNoAxeViolationsAsync();
        await page.ShouldNotScrollSidewaysAsync();
        await bar.GetByRole(AriaRole.Button).ClickAsync();
        await bar.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.Clock.FastForwardAsync("02:01:00");
        (await bar.InnerTextAsync()).ShouldContain("You are signed out. What you wrote is still here");
    }
}
