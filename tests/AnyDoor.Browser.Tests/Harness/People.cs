using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Harness;

/// <summary>What people do on the pages, in their own words.</summary>
public static class People
{
    /// <summary>Chooses an invented worker of the demo, such as <c>nadia</c>.</summary>
    public static async Task SignInAsync(this IPage page, string handle)
    {
        await page.GotoAsync("/staff/sign-in");
        await page.Locator($"input[name=As][value={handle}]").CheckAsync(new() { Force = true });
        await page.Locator("main button[type=submit], main form button:not([type])").First.ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith("/staff/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Ticks a box or chooses a radio by its name and value; GOV.UK draws its own over the real one.</summary>
    public static Task ChooseAsync(this IPage page, string name, string value) =>
        page.Locator($"main input[name='{name}'][value='{value}']").CheckAsync(new() { Force = true });

    /// <summary>Presses a button of the page by its words.</summary>
    public static async Task PressAsync(this IPage page, string words) =>
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = words }).First.ClickAsync();

    public static Task<string> HeadingAsync(this IPage page) => page.Locator("h1").First.InnerTextAsync();
}
