using AnyDoor.Tests;
using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Harness;

/// <summary>The pictures in docs/screens, taken by tests with the trait <c>Category=Screenshots</c>.</summary>
public static class Screens
{
    public static bool AreWanted => Environment.GetEnvironmentVariable("ANYDOOR_DOCS_SCREENSHOTS") == "1";

    /// <summary>Writes docs/screens/NAME.png under <c>./anydoor docs screenshots</c>; in an ordinary run only looks.</summary>
    public static async Task TakeAsync(this IPage page, string name, bool wholePage = true)
    {
        // A picture must not depend on how fast a font came.
        await page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
        var picture = await page.ScreenshotAsync(new PageScreenshotOptions
        {
            FullPage = wholePage,
            Animations = ScreenshotAnimations.Disabled,
            Caret = ScreenshotCaret.Hide,
            Scale = ScreenshotScale.Css,
        });
        if (!AreWanted)
            return;

        var folder = Directory.CreateDirectory(Path.Combine(TestRun.Root, "docs", "screens"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, $"{name}.png"), picture);
    }
}
