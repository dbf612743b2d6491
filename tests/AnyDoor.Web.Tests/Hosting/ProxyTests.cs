using System.Net;
using AnyDoor.Common;
using AnyDoor.Requests;
using AnyDoor.Web.Hosting;
using AnyDoor.Web.Tests.Staff;

namespace AnyDoor.Web.Tests.Hosting;

/// <summary>Behind a proxy that does TLS, which is how a live installation runs.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private readonly Office behind = new() { BehindProxy = TrustedProxies.Read(["127.0.0.1"], out _) };
    private readonly Office open = new();

    public async ValueTask InitializeAsync()
    {
        await behind.InitializeAsync();
        await open.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await behind.DisposeAsync();
        await open.DisposeAsync();
    }

    [Fact]
    public async Task Wrong_codes_of_one_resident_do_not_shut_out_another_behind_the_same_proxy()
    {
        for (var i = 0; i < 30; i++) await TryAsync(behind, $"198.51.100.{i}, 203.0.113.5");

        (await TryAsync(behind, "203.0.113.5")).ShouldContain("Please wait", Case.Sensitive, "what somebody puts before their own address counts for nothing");
        (await TryAsync(behind, "203.0.113.6")).ShouldNotContain("Please wait");
    }

    [Fact]
    public async Task Cookies_are_kept_to_https_and_the_browser_is_told_to_stay_there()
    {
        var answer = await AskAsync(behind, "/?lang=pl", ("X-Forwarded-For", "203.0.113.5"), ("X-Forwarded-Proto", "https"));

        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(c => c.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        answer.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000; includeSubDomains"]);
    }

    [Fact]
    public async Task Nobody_else_is_believed()
    {
        var answer = await AskAsync(open, "/?lang=pl", ("X-Forwarded-For", "203.0.113.5"), ("X-Forwarded-Proto", "https"));

        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(c => !c.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
        for (var i = 0; i < 30; i++) await TryAsync(open, $"203.0.113.{i}");
        (await TryAsync(open, "203.0.113.99")).ShouldContain("Please wait");
    }

    [Theory, InlineData("X-Forwarded-For", "127.0.0.1"), InlineData("X-Forwarded-For", "::1"), InlineData("X-Forwarded-Proto", "https"), InlineData("Via", "1.1 proxy")]
    public async Task Staff_pages_of_a_demo_stay_shut_through_a_proxy(string header, string value)
    {
        (await AskAsync(behind, "/staff/sign-in", (header, value))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(open, "/staff/sign-in", (header, value))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(behind, "/staff/sign-in")).StatusCode.ShouldBe(HttpStatusCode.OK, "nothing in between");
    }

    private static async Task<string> TryAsync(Office office, string from)
    {
        var browser = office.Browser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        var answer = await Office.PostAsync(browser, "/request", "/request", ("Reference", Reference.Show(Reference.New())), ("Code", "WRONGONE"));
        return (await Office.ReadAsync(answer)).QuerySelector(".govuk-error-summary__list")!.TextContent;
    }

    private static async Task<HttpResponseMessage> AskAsync(Office office, string path, params (string Name, string Value)[] headers)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "help.example.org" } };
        foreach (var (name, value) in headers) ask.Headers.Add(name, value);
        return await office.Browser().SendAsync(ask);
    }
}
