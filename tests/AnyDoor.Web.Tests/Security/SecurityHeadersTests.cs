using System.Net;
using System.Text.RegularExpressions;

namespace AnyDoor.Web.Tests.Security;

public partial class SecurityHeadersTests(WebApp app) : IClassFixture<WebApp>
{
    [Theory, InlineData("/test/form"), InlineData("/test/public"), InlineData("/test/nowhere"), InlineData("/test/answer/500"), InlineData("/css/anydoor.css"), InlineData("/leave")]
    public async Task Get_AnyAnswer_HasTheSecurityHeaders(string path)
    {
        var response = await app.Browser().GetAsync(path);

        Header(response, "Content-Security-Policy").ShouldBe(
            "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
        Header(response, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(response, "Referrer-Policy").ShouldBe("no-referrer");
        Header(response, "Permissions-Policy").ShouldContain("camera=()");
        Header(response, "Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Header(response, "Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        response.Headers.Contains("Server").ShouldBeFalse();
        response.Headers.Contains("X-Powered-By").ShouldBeFalse();
        Header(response, "Strict-Transport-Security").ShouldBe("max-age=31536000; includeSubDomains");
    }

    [Theory, InlineData("/test/form"), InlineData("/test/nowhere"), InlineData("/test/answer/500"), InlineData("/leave"), InlineData("/test/public?lang=pl")]
    public async Task Get_PageAboutSomebodyOrWithACookie_IsNotKept(string path)
    {
        var response = await app.Browser().GetAsync(path);

        Header(response, "Cache-Control").ShouldBe("no-store");
    }

    [Fact]
    public async Task Get_PublicPage_MayBeFound()
    {
        var response = await app.Browser().GetAsync("/test/public");

        response.Headers.Contains("X-Robots-Tag").ShouldBeFalse();
        Header(response, "Cache-Control").ShouldBe("no-cache, private");
    }

    [Fact]
    public async Task Get_OtherPage_IsNotIndexed() =>
        Header(await app.Browser().GetAsync("/test/form"), "X-Robots-Tag").ShouldBe("noindex");

    [Fact]
    public async Task Get_OverPlainHttp_DoesNotPromiseHttps()
    {
        using var client = app.Browser(address: "http://anydoor.example.org");

        (await client.GetAsync("/test/public")).Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    /// <summary>What the policy would block must not be there: a page that needs it would be broken without anybody noticing in a test.</summary>
    [Theory, InlineData("/test/form"), InlineData("/test/public"), InlineData("/test/staff"), InlineData("/test/nowhere"), InlineData("/test/answer/500")]
    public async Task Get_AnyPage_HasNothingInline(string path)
    {
        var page = await WebApp.GetAsync(app.Browser(role: path == "/test/staff" ? Organisations.Role.HubAdviser : null), path);

        page.All.Where(e => e.HasAttribute("style")).ShouldBeEmpty();
        page.QuerySelectorAll("style").ShouldBeEmpty();
        page.QuerySelectorAll("script:not([src])").ShouldBeEmpty();
        page.All.SelectMany(e => e.Attributes).Where(a => a.Name.StartsWith("on", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Sources_HaveNothingInline()
    {
        var wrong = Directory.EnumerateFiles(WebProject.PathTo("Pages"), "*.cshtml", SearchOption.AllDirectories)
            .Where(file => Inline().IsMatch(File.ReadAllText(file)));

        wrong.ShouldBeEmpty("the content security policy blocks inline styles, scripts and handlers");
    }

    [Fact]
    public async Task Get_EveryFileAPageLoads_IsThereAndLoadsNothingThatIsNot()
    {
        var browser = app.Browser();
        var page = await WebApp.GetAsync(browser, "/test/form");
        var asked = page.QuerySelectorAll("link[rel=stylesheet], link[rel=icon]").Select(l => l.GetAttribute("href")!)
            .Concat(page.QuerySelectorAll("script").Select(s => s.GetAttribute("src")!)).ToList();
        asked.Count.ShouldBe(4);

        for (var i = 0; i < asked.Count; i++)
        {
            var response = await browser.GetAsync(asked[i]);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, asked[i]);
            var text = await response.Content.ReadAsStringAsync();
            text.Length.ShouldBeGreaterThan(100, asked[i]);
            if (asked[i].EndsWith(".woff2", StringComparison.Ordinal))
                Header(response, "Cache-Control").ShouldBe("public, max-age=31536000, immutable");
            else
                asked.AddRange(Loads().Matches(text).Select(m => new Uri(new Uri(browser.BaseAddress!, asked[i]), m.Groups[1].Value).PathAndQuery).Except(asked));
        }

        asked.ShouldContain("/assets/govuk-frontend.min.js");
        asked.Count(a => a.EndsWith(".woff2", StringComparison.Ordinal)).ShouldBe(3);
    }

    /// <summary>The typeface and the crest are GOV.UK's own; a council may not use them.</summary>
    [Fact]
    public async Task Stylesheets_HaveNothingOfGovUkOnly()
    {
        var browser = app.Browser();
        foreach (var path in new[] { "/assets/base.css", "/css/anydoor.css", "/assets/govuk-frontend.min.js" })
        {
            var text = await browser.GetStringAsync(path);
            text.ShouldNotContain("GDS Transport");
            text.ShouldNotContain("crest.svg");
            text.ShouldNotContain("/assets/images");
        }
        (await browser.GetAsync("/assets/fonts/light-94a07e06a1-v2.woff2")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Directory.EnumerateFiles(WebProject.PathTo("wwwroot"), "*", SearchOption.AllDirectories)
            .Where(f => f.Contains("crest", StringComparison.OrdinalIgnoreCase) || f.Contains("crown", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "(none)";

    [GeneratedRegex("""(?:url\(["']?|from\s*["'])([^"')\s]+)["')]""")]
    private static partial Regex Loads();

    [GeneratedRegex("""\sstyle="|<style|<script(?![^>]*\ssrc=)|\son[a-z]+="|javascript:""")]
    private static partial Regex Inline();
}
