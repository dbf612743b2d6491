using AnyDoor.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Sweep;

/// <summary>Everything that must hold of a page, looked at once while it is open.</summary>
internal static class PageChecks
{
    private const int Tablet = 768;

    /// <summary>Gives what is wrong, and leaves the page as wide as it was.</summary>
    public static async Task<IReadOnlyList<string>> WrongAsync(this IPage page, bool script = true)
    {
        var wrong = new List<string>();
        async Task LookAsync(Func<Task> look)
        {
            try { await look(); }
            catch (Xunit.Sdk.FailException found) { wrong.Add(found.Message); }
        }
        var wide = page.ViewportSize!;
        if (script) await LookAsync(page.ShouldHaveNoAxeViolationsAsync);
        await LookAsync(page.ShouldShowFocusAsync);
        await page.SetViewportSizeAsync(Tablet, wide.Height);
        await LookAsync(page.ShouldNotScrollSidewaysAsync);
        await LookAsync(page.ShouldFitTablesAsync);
        await page.SetViewportSizeAsync(Visitor.SmallPhone.Width, Visitor.SmallPhone.Height);
        await LookAsync(page.ShouldNotScrollSidewaysAsync);
        await LookAsync(page.ShouldFitTablesAsync);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await LookAsync(page.ShouldShowControlsInForcedColoursAsync);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
        await page.ApplyTextSpacingAsync();
        await LookAsync(page.ShouldNotCutTextAsync);
        await LookAsync(page.ShouldNotScrollSidewaysAsync);
        await page.SetViewportSizeAsync(wide.Width, wide.Height);
        return wrong;
    }
}
