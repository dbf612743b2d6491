using System.Net;
using System.Text.Json;
using AnyDoor.Web.Tests.Staff;

namespace AnyDoor.Web.Tests.Api;

/// <summary>The menu for machines, open to anybody.</summary>
public sealed class OpenReferralTests : IAsyncLifetime
{
    private const string Base = "/api/oruk/v3";
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private async Task<JsonElement> GetAsync(string path)
    {
        var answer = await office.Browser().GetAsync(Base + path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    [Fact]
    public async Task EveryPath_AnswersAndLeadsToItsRecords()
    {
        (await GetAsync("/")).GetProperty("version").GetString().ShouldBe("HSDS-UK-3.0");
        (await GetAsync("/openapi.json")).GetProperty("paths").EnumerateObject().Count().ShouldBe(11);
        foreach (var list in new[] { "services", "taxonomies", "taxonomy_terms", "organizations", "service_at_locations" })
        {
            var page = await GetAsync($"/{list}?per_page=2");
            page.GetProperty("size").GetInt32().ShouldBe(page.GetProperty("contents").GetArrayLength(), list);
            page.GetProperty("empty").GetBoolean().ShouldBeFalse();
            page.GetProperty("first_page").GetBoolean().ShouldBeTrue();
            var id = page.GetProperty("contents")[0].GetProperty("id").GetString();
            (await GetAsync($"/{list}/{id}")).GetProperty("id").GetString().ShouldBe(id);
        }
    }

    [Fact]
    public async Task Head_IsGetWithoutABody_AndABrowserMayAskFirst()
    {
        var browser = office.Browser();
        var head = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, Base + "/services?per_page=1"));
        (head.StatusCode, head.Headers.ETag?.Tag).ShouldBe((HttpStatusCode.OK, (await browser.GetAsync(Base + "/services?per_page=1")).Headers.ETag!.Tag));
        (await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"{Base}/services/{Guid.NewGuid()}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var ask = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Options, Base + "/services") { Headers = { { "Origin", "https://example.org" }, { "Access-Control-Request-Method", "GET" }, { "Access-Control-Request-Headers", "if-none-match" } } });
        ask.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        ask.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        ask.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("If-None-Match");
        (await browser.GetAsync(Base + "/nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>What a developer is shown is called as it stands.</summary>
    [Fact]
    public async Task EveryExample_OfTheDevelopersPage_Answers()
    {
        var page = await Office.GetAsync(office.Browser(), "/developers");
        var examples = page.QuerySelectorAll("code[data-any-example]");

        examples.Length.ShouldBe(9);
        foreach (var example in examples)
        {
            var call = example.TextContent.Split('\'')[1];
            call.ShouldEndWith(Base + example.GetAttribute("data-any-example"));
            var answer = await office.Browser().GetAsync(call);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, call);
            var text = await answer.Content.ReadAsStringAsync();
            using var first = JsonDocument.Parse(call.Contains("ndjson", StringComparison.Ordinal) ? text.Split('\n')[0] : text);
            if (first.RootElement.TryGetProperty("empty", out var empty)) empty.GetBoolean().ShouldBeFalse(call);
        }
        (await office.Browser().GetAsync(page.QuerySelector("a[href$='openapi.json']")!.GetAttribute("href"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Services_Filters_AreAllApplied()
    {
        var all = (await GetAsync("/services?minimal=true")).GetProperty("contents").EnumerateArray().ToList();
        all[0].EnumerateObject().Select(p => p.Name).ShouldBe(["id", "name", "status", "last_modified"]);
        all.Count.ShouldBeGreaterThan(600);

        var lines = (await (await office.Browser().GetAsync($"{Base}/services?format=ndjson&full=true")).Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(all.Count);
        JsonDocument.Parse(lines[0]).RootElement.TryGetProperty("attributes", out _).ShouldBeTrue();

        var near = await GetAsync("/service_at_locations?postcode=PE13%203EQ&proximity=1500&search=food");
        near.GetProperty("contents").EnumerateArray().ShouldContain(p => p.GetProperty("service").GetProperty("name").GetString() == "Waterlees Community Pantry");
        (await GetAsync("/services?modified_after=2090-01-01T00:00:00Z")).GetProperty("empty").GetBoolean().ShouldBeTrue();

        var one = (await GetAsync($"/services/{all[0].GetProperty("id").GetString()}"));
        var owner = one.GetProperty("organization").GetProperty("id").GetString();
        var term = one.GetProperty("attributes")[0].GetProperty("taxonomy_term").GetProperty("id").GetString();
        var both = await GetAsync($"/services?organization_id={owner}&taxonomy_term_id={term}&full=true");
        both.GetProperty("contents").EnumerateArray().ShouldAllBe(s => s.GetProperty("organization").GetProperty("id").GetString() == owner && s.GetProperty("attributes").EnumerateArray().Any(a => a.GetProperty("taxonomy_term").GetProperty("id").GetString() == term));
    }

    [Theory]
    [InlineData("/services?page=0")]
    [InlineData("/services?page=x")]
    [InlineData("/services?per_page=-1")]
    [InlineData("/services?full=maybe")]
    [InlineData("/services?modified_after=yesterday")]
    [InlineData("/services?format=xml")]
    [InlineData("/services?taxonomy_id=nonsense")]
    [InlineData("/services?postcode=nonsense")]
    [InlineData("/services?proximity=500")]
    [InlineData("/service_at_locations?postcode=PE13%203EQ&proximity=-5")]
    public async Task MalformedInput_Is400WithASentence(string path)
    {
        var answer = await office.Browser().GetAsync(Base + path);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString()!.ShouldEndWith(".");
    }

    [Theory]
    [InlineData("services")]
    [InlineData("taxonomies")]
    [InlineData("taxonomy_terms")]
    [InlineData("organizations")]
    [InlineData("service_at_locations")]
    public async Task UnknownId_Is404(string list)
    {
        (await office.Browser().GetAsync($"{Base}/{list}/00000000-0000-4000-8000-000000000000")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await office.Browser().GetAsync($"{Base}/{list}/nonsense")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task AskedAgain_IsNotModified()
    {
        var browser = office.Browser();
        var first = await browser.GetAsync(Base + "/services");
        var again = new HttpRequestMessage(HttpMethod.Get, Base + "/services");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        first.Content.Headers.LastModified.ShouldNotBeNull();
        (await browser.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }
}
