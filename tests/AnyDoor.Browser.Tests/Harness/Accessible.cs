using System.Text;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Harness;

/// <summary>What must hold for every page and every state of it. Each message says which element, and why.</summary>
public static class Accessible
{
    // Set as a constructed sheet, which the content security policy lets a test do and a page's visitor does too.
    private const string AddStyle = """
        css => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        }
        """;

    /// <summary>All of axe's rules: WCAG A and AA, and its best practice.</summary>
    public static async Task ShouldHaveNoAxeViolationsAsync(this IPage page)
    {
        await page.EvaluateAsync(Axe.Value);
        var result = await page.EvaluateAsync<Found[]>("async () => (await axe.run({ resultTypes: ['violations'] })).violations");

        if (result.Length > 0)
            Assert.Fail(Describe(page, result));
    }

    /// <summary>Nothing reaches past the side of the window. Call it as <see cref="Visitor.SmallPhone"/>.</summary>
    public static async Task ShouldNotScrollSidewaysAsync(this IPage page)
    {
        var wide = await page.EvaluateAsync<string[]>("""
            () => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              // A wide thing inside a box that scrolls or cuts by itself doesn't widen the page.
              const contained = e => {
                for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
                  if (getComputedStyle(p).overflowX !== 'visible') return true;
                return false;
              };
              const found = [...document.body.querySelectorAll('*')]
                .filter(e => !contained(e))
                .map(e => ({ e, box: e.getBoundingClientRect() }))
                .filter(({ box }) => box.width > 0 && (box.right > width + 0.5 || box.left < -0.5))
                .map(({ e, box }) => `${Math.round(box.left)} to ${Math.round(box.right)} px: ${e.cloneNode(false).outerHTML.slice(0, 160)}`);
              return [`the page is ${document.documentElement.scrollWidth} px wide in a window of ${width}`, ...found.slice(0, 8)];
            }
            """);

        FailOnAny(wide, $"{page.Url} scrolls sideways");
    }

    /// <summary>No table is wider than the frame around it, which would cut it off or make it scroll.</summary>
    public static async Task ShouldFitTablesAsync(this IPage page)
    {
        var cut = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.any-frame')]
              .filter(f => f.clientWidth > 2 && f.scrollWidth > f.clientWidth + 1)
              .map(f => `${f.scrollWidth} px in ${f.clientWidth}: ${f.textContent.trim().replace(/\s+/g, ' ').slice(0, 60)}`)
            """);

        FailOnAny(cut, $"{page.Url} has a table too wide for its frame at {page.ViewportSize!.Width} px");
    }

    /// <summary>The reader's own spacing, as far as WCAG 1.4.12 says it may go.</summary>
    public static Task ApplyTextSpacingAsync(this IPage page) => page.EvaluateAsync(AddStyle, """
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-bottom: 2em !important; }
        """);

    /// <summary>The reader's own larger letters: 200 for twice the size.</summary>
    public static Task EnlargeTextAsync(this IPage page, int percent) =>
        page.EvaluateAsync(AddStyle, $"html {{ font-size: {percent}% !important; }}");

    /// <summary>No words are cut off by a box that hides what runs over. Call it after a change of spacing or size.</summary>
    public static async Task ShouldNotCutTextAsync(this IPage page)
    {
        var cut = await page.EvaluateAsync<string[]>("""
            () => [...document.body.querySelectorAll('*')]
              .filter(e => [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.textContent.trim()))
              .filter(e => {
                const style = getComputedStyle(e);
                const box = e.getBoundingClientRect();
                // Words for screen readers only are hidden on purpose, in a box of a pixel.
                if (box.width <= 2 || box.height <= 2 || style.visibility === 'hidden') return false;
                const hides = v => v === 'hidden' || v === 'clip';
                return (hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1)
                  || (hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1);
              })
              .map(e => `"${e.textContent.trim().slice(0, 60)}" in ${e.cloneNode(false).outerHTML.slice(0, 120)}`)
            """);

        FailOnAny(cut, $"{page.Url} cuts off text");
    }

    /// <summary>
    /// In the reader's own colours a background disappears, so each button and field must keep an edge, or its words an underline.
    /// Call it as a visitor with <see cref="Visitor.ForcedColours"/>.
    /// </summary>
    public static async Task ShouldShowControlsInForcedColoursAsync(this IPage page)
    {
        var bare = await page.EvaluateAsync<string[]>("""
            () => {
              if (!matchMedia('(forced-colors: active)').matches) return ['the visitor has no forced colours'];
              const edge = s => ['Top', 'Right', 'Bottom', 'Left'].some(side =>
                s[`border${side}Style`] !== 'none' && parseFloat(s[`border${side}Width`]) > 0);
              const outline = s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0;
              return [...document.querySelectorAll('button, [role=button], select, textarea, input:not([type=hidden], [type=radio], [type=checkbox], [type=file])')] // the browser draws a file's own button, with an edge
                .filter(e => e.getBoundingClientRect().width > 2)
                .filter(e => { const s = getComputedStyle(e); return !edge(s) && !outline(s) && !s.textDecorationLine.includes('underline'); })
                .map(e => e.cloneNode(false).outerHTML.slice(0, 160));
            }
            """);

        FailOnAny(bare, $"{page.Url} has controls without an edge in forced colours");
    }

    /// <summary>Whatever the keyboard reaches shows that it is there. GOV.UK's boxes and radios show it on what stands for them.</summary>
    public static async Task ShouldShowFocusAsync(this IPage page)
    {
        await page.Keyboard.PressAsync("Tab"); // from here on the browser shows focus as to somebody with a keyboard
        var unseen = await page.EvaluateAsync<string[]>("""
            () => {
              const look = (e, pseudo) => { const s = getComputedStyle(e, pseudo); return [s.outline, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth].join('|'); };
              const all = e => [look(e), e.labels?.[0] ? look(e.labels[0]) + look(e.labels[0], '::before') : '', e.parentElement ? look(e.parentElement) : ''].join('~');
              const seen = e => { const b = e.getBoundingClientRect(); return b.width > 0 && b.height > 0 && getComputedStyle(e).visibility !== 'hidden'; };
              const reached = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(e => !e.disabled && seen(e));
              const bare = [];
              for (const e of reached) {
                document.activeElement.blur();
                const before = all(e);
                e.focus({ preventScroll: true });
                if (document.activeElement === e && all(e) === before) bare.push(e.cloneNode(false).outerHTML.slice(0, 160));
              }
              document.activeElement.blur();
              return bare.slice(0, 8);
            }
            """);

        FailOnAny(unseen, $"{page.Url} does not show where the keyboard is");
    }

    private static void FailOnAny(string[] found, string what)
    {
        if (found.Length > 0)
            Assert.Fail($"{what}:\n{string.Join('\n', found)}");
    }

    // axe is run in the page itself, which has no frames: carrying all that it found sound out of the page takes ten times as long as finding it.
    private static readonly Lazy<string> Axe = new(() =>
    {
        using var script = new StreamReader(typeof(AxeRunOptions).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!);
        return script.ReadToEnd();
    });

    private sealed record Found
    {
        public string Id { get; init; } = "";
        public string Impact { get; init; } = "";
        public string Help { get; init; } = "";
        public string HelpUrl { get; init; } = "";
        public FoundIn[] Nodes { get; init; } = [];
    }

    private sealed record FoundIn
    {
        public string[] Target { get; init; } = [];
        public string Html { get; init; } = "";
        public string FailureSummary { get; init; } = "";
    }

    private static string Describe(IPage page, Found[] violations)
    {
        var text = new StringBuilder().AppendLine($"axe found {violations.Length} on {page.Url}");
        foreach (var violation in violations)
        {
            text.AppendLine($"- {violation.Id} ({violation.Impact}): {violation.Help}. {violation.HelpUrl}");
            foreach (var node in violation.Nodes)
            {
                text.AppendLine($"    {string.Join(' ', node.Target)}: {node.Html}");
                text.AppendLine($"      {node.FailureSummary}");
            }
        }

        return text.ToString();
    }
}
