using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Sweep;

/// <summary>The pages that a visitor reaches by following links: one address for each kind of page, so that a new page is met without being listed.</summary>
/// <param name="within">Only links that begin so are followed: what everybody meets is looked at once.</param>
internal sealed partial class Site(IPage page, string within = "/")
{
    private static readonly string[] Elsewhere = ["/ask", "csv", "lang=", "/leave", "/sign-out", "handler=file", "handler=Csv"];
    private readonly Queue<string> waiting = new();
    private readonly HashSet<string> kinds = [];

    /// <summary>Kinds of pages that were met, such as <c>/staff/requests/*/award/*</c>.</summary>
    public IReadOnlyCollection<string> Kinds => kinds;

    /// <summary>Goes to each page in turn; the caller looks at it while it is open.</summary>
    public async IAsyncEnumerable<string> PagesAsync(params string[] starts)
    {
        foreach (var start in starts) Add(start);
        while (waiting.TryDequeue(out var path))
        {
            var answer = await page.GotoAsync(path);
            if (answer is null || !(answer.Headers.GetValueOrDefault("content-type") ?? "").StartsWith("text/html", StringComparison.Ordinal)) continue;
            if (answer.Status >= 400) throw new InvalidOperationException($"A link leads to {path}, which answers {answer.Status}.");
            yield return path;
            foreach (var link in await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]:not([download])')].map(a => a.getAttribute('href'))"))
                if (link.StartsWith(within, StringComparison.Ordinal)) Add(link.Split('#')[0]);
        }
    }

    private void Add(string link)
    {
        // The form is walked by the journeys; a download is no page; leaving goes elsewhere.
        if (Elsewhere.Any(part => link.Contains(part, StringComparison.Ordinal))) return;
        if (kinds.Add(KindOf(link))) waiting.Enqueue(link);
    }

    // What follows a question mark filters or fills in: its names make a page of another kind, once. Another order, or the next few, is the same page.
    private static string KindOf(string link)
    {
        var parts = link.Split('?');
        var path = string.Join('/', parts[0].Split('/').Select((piece, i) => Guid.TryParse(piece, out _) || (i >= 3 && parts[0].StartsWith("/staff/", StringComparison.Ordinal) && Varies().IsMatch(piece)) ? "*" : piece));
        return parts.Length == 1 ? path : $"{path}?{string.Join('&', parts[1].Split('&').Select(p => p.Split('=')[0]).Except(["order", "p", "before"]).Distinct().Order(StringComparer.Ordinal))}";
    }

    [GeneratedRegex("^(?!new$|council$|change$|i-know-them$|files$|keys$|addresses$|rows$|match$|award$|pass-on$|permissions$|read-back$|safe-contact$|code$|home$|undo-join$|numbers$|access-points$|texts$|history$|partnership$|logo$|hours$|notices$|requests$|behind$|doors$|place$|copy$|looks$|unusual$|money$|months$|gains$|budget$|cohorts$|team$|plan$|work$|areas$|coverage$|facts$|notes$|said$|personas$|second-look$|duplicates$|due$|reports$|edit$|edits$).+$")]
    private static partial Regex Varies();
}
