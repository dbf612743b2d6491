using AnyDoor.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Journeys;

/// <summary>R-PLC-03, R-CLL-02: a map can be looked at closely with keys, buttons and a finger; without script it is whole.</summary>
public sealed class MapTests(Chromium chromium, DemoProduct demo)
{
    [Fact]
    public async Task A_map_is_looked_at_closely_by_keyboard_and_comes_back_whole()
    {
        await using var visit = await chromium.VisitAsync(Visitor.SmallPhone, await demo.StartedAsync());
        var page = visit.Page;
        await page.SignInAsync("piers");
        await page.GotoAsync("/staff/places/E07000010");
        var map = page.Locator("svg.any-map");
        var whole = await ViewAsync(map);
        var closer = page.GetByRole(AriaRole.Button, new() { Name = "Look closer" });
        var left = page.GetByRole(AriaRole.Button, new() { Name = "Move left" });
        (await left.GetAttributeAsync("aria-disabled")).ShouldBe("true");

        await closer.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        var close = await ViewAsync(map);
        close[2].ShouldBe(whole[2] / 1.6, 0.01);
        close[0].ShouldBeGreaterThan(0);
        (await left.GetAttributeAsync("aria-disabled")).ShouldBe("false");
        await left.ClickAsync();
        (await ViewAsync(map))[0].ShouldBeLessThan(close[0]);
        await page.ShouldHaveNoAxeViolationsAsync();
        await page.ShouldNotScrollSidewaysAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Whole map" }).ClickAsync();
        (await ViewAsync(map)).ShouldBe(whole);
    }

    [Fact]
    public async Task A_close_map_is_dragged_and_an_area_that_is_pressed_says_its_name()
    {
        await using var visit = await chromium.VisitAsync(Visitor.Desk, await demo.StartedAsync());
        var page = visit.Page;
        await page.SignInAsync("piers");
        await page.GotoAsync("/staff/places/E07000010");
        var map = page.Locator("svg.any-map");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look closer" }).ClickAsync();
        await map.ScrollIntoViewIfNeededAsync();
        var (before, box) = (await ViewAsync(map), (await map.BoundingBoxAsync())!);

        await page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width / 2 - 60, box.Y + box.Height / 2, new() { Steps = 4 });
        await page.Mouse.UpAsync();

        (await ViewAsync(map))[0].ShouldBeGreaterThan(before[0]);
        var area = map.Locator(".any-map__c path").First;
        await area.DispatchEventAsync("click");
        (await page.Locator(".any-zoom__says").InnerTextAsync()).ShouldBe(await area.Locator("title").EvaluateAsync<string>("t => t.textContent"));
    }

    private static async Task<double[]> ViewAsync(ILocator map) => [.. (await map.GetAttributeAsync("viewBox"))!.Split(' ').Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];
}
