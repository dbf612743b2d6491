using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Harness;

/// <summary>Who comes, and with what: the screen, the settings of their machine, script or none.</summary>
public sealed record Visitor(int Width, int Height)
{
    /// <summary>The narrowest phone that must work; also a 1280 px screen at 400% zoom.</summary>
    public static readonly Visitor SmallPhone = new(320, 640) { Touch = true };

    public static readonly Visitor Phone = new(360, 740) { Touch = true };

    public static readonly Visitor Desk = new(1280, 900);

    public bool Script { get; init; } = true;

    public bool Touch { get; init; }

    public bool ForcedColours { get; init; }

    public bool ReducedMotion { get; init; }

    public string Language { get; init; } = "en-GB";

    internal BrowserNewContextOptions ToContextOptions(Uri? address) => new()
    {
        BaseURL = address?.ToString(),
        ViewportSize = new ViewportSize { Width = Width, Height = Height },
        JavaScriptEnabled = Script,
        HasTouch = Touch,
        ForcedColors = ForcedColours ? ForcedColors.Active : ForcedColors.None,
        ReducedMotion = ReducedMotion ? Microsoft.Playwright.ReducedMotion.Reduce : Microsoft.Playwright.ReducedMotion.NoPreference,
        Locale = Language,
        TimezoneId = "Europe/London",
    };
}
