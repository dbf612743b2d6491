using AnyDoor.Tests;
using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Harness;

/// <summary>The one browser of the run: the machine's own Chromium, never one that Playwright downloads.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly Lazy<Task<IBrowser>> _browser;
    private IPlaywright? _playwright;

    public Chromium() => _browser = new Lazy<Task<IBrowser>>(LaunchAsync);

    /// <summary>Opens a browser context of its own (no cookies, no cache) as this visitor, and an empty page in it.</summary>
    public async Task<Visit> VisitAsync(Visitor visitor, ProductServer? product = null)
    {
        var executable = Executable;
        if (executable is null)
            TestRun.SkipOrFail("Needs a Chromium: run through ./anydoor test, or set ANYDOOR_TEST_CHROMIUM to its path.");

        var browser = await _browser.Value;
        var context = await browser.NewContextAsync(visitor.ToContextOptions(product?.Address));
        context.SetDefaultTimeout(30_000);
        context.SetDefaultNavigationTimeout(60_000);
        return new Visit(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated && _browser.Value.IsCompletedSuccessfully)
            await (await _browser.Value).CloseAsync();

        _playwright?.Dispose();
    }

    private static string? Executable
    {
        get
        {
            var configured = Environment.GetEnvironmentVariable("ANYDOOR_TEST_CHROMIUM");
            if (!string.IsNullOrEmpty(configured))
                return configured;

            return File.Exists("/usr/bin/chromium") ? "/usr/bin/chromium" : null;
        }
    }

    private async Task<IBrowser> LaunchAsync()
    {
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
                // The same letters on every machine: no subpixel smoothing, no hinting of the system's taste.
                "--font-render-hinting=none", "--disable-lcd-text", "--hide-scrollbars",
            ],
        });
    }
}
