using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>A partner's own systems: keys and addresses on their page, and a handover that is answered there without typing anything twice.</summary>
[Requirement("R-ISA-04")]
public sealed class SystemsPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public async ValueTask InitializeAsync()
    {
        await office.InitializeAsync();
        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now.AddDays(-1));
        foreach (var (handle, organisation) in new[] { ("petra", "Waterlees Community Pantry"), ("silas", "Invented school") })
            (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync(handle, null, organisation, "partner-administrator", who, default)).Done.ShouldBeTrue();
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    private static async Task<string> MakeKeyAsync(HttpClient browser, string worker, params string[] scopes)
    {
        var made = await Office.PostAsync(browser, "/staff/systems/keys/new", "/staff/systems/keys/new", [("Label", "Case system"), ("For", worker), ("Days", "90"), .. scopes.Select(s => ("Scopes", s))]);
        made.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return (await Office.ReadAsync(made)).QuerySelector("#key")!.TextContent;
    }

    private async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Answer)> CallAsync(string key, HttpMethod method, string path, JsonNode? body = null, string? once = null)
    {
        using var message = new HttpRequestMessage(method, path);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (once is not null) message.Headers.Add("Idempotency-Key", once);
        if (body is not null) message.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        var answer = await office.Browser().SendAsync(message);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null, answer);
    }

    private async Task<string> HandOverAsync(string to = "Waterlees Community Pantry")
    {
        var request = await office.ReceiveAsync(change: r => r with { Needs = ["food", "rent-or-council-tax"] });
        var (nadia, organisation) = (await office.WorkerAsync("nadia"), await office.WorkerAsync(to == "Invented school" ? "silas" : "petra"));
        (await office.Get<RequestDesk>().PassOnAsync(nadia.For(Purpose.RespondToRequest, "test", office.Now), request.Reference, new PassOn(organisation.OrganisationId, to, "Somebody is a month behind with the rent.", ["rent-or-council-tax"], false), default)).Refusal.ShouldBeNull();
        await using var db = office.Database.Open();
        return await db.Set<Handover>().Where(h => h.HouseholdId == request.HouseholdId).Select(h => h.Reference).SingleAsync();
    }

    /// <summary>What is counted by door is true: a pantry's system cannot say that somebody came by the county's form or by an advice centre.</summary>
    [Fact]
    [Requirement("R-DOOR-01")]
    public async Task A_partners_key_brings_people_in_at_its_own_doors_only()
    {
        var key = await MakeKeyAsync(await office.SignedInAsync("petra"), "joy", "requests:write");
        static JsonObject At(string door) => JsonNode.Parse($$"""{ "door": "{{door}}", "for": "self", "people": [{ "name": "Invented Person" }], "needs": ["food"], "urgency": "soon" }""")!.AsObject();

        foreach (var door in new[] { "web-form", "phone-county-hub", "citizens-advice", "school", "housing-association", "councillor", "no-such-door" })
        {
            var (status, body, _) = await CallAsync(key, HttpMethod.Post, "/api/v1/requests", At(door), $"at-{door}");
            ((int)status, (string?)body!["code"], (string?)body["field"]).ShouldBe((422, "bad-door", "door"), door);
            ((string)body["sentence"]!).ShouldEndWith("Use one of: food-bank, partner-system.");
        }
        (await office.EventsAsync("request.received")).ShouldBe(0);

        foreach (var door in new[] { "food-bank", "partner-system" }) (await CallAsync(key, HttpMethod.Post, "/api/v1/requests", At(door), $"at-{door}")).Status.ShouldBe(HttpStatusCode.Created, door);
    }

    [Fact]
    public async Task A_partner_makes_a_key_renews_it_and_ends_it_and_sees_only_their_own()
    {
        var petra = await office.SignedInAsync("petra");
        var silas = await office.SignedInAsync("silas");
        var text = await MakeKeyAsync(petra, "joy", "handovers:read");
        (await CallAsync(text, HttpMethod.Get, "/api/v1/handovers")).Status.ShouldBe(HttpStatusCode.OK);
        var list = await Office.GetAsync(petra, "/staff/systems");
        list.Body!.TextContent.ShouldContain("Case system");
        list.Body.TextContent.ShouldNotContain(text);
        var path = list.QuerySelector("a[href^='/staff/systems/keys/']:not([href$=new])")!.GetAttribute("href")!;
        (await silas.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Office.GetAsync(silas, "/staff/systems")).Body!.TextContent.ShouldNotContain("Case system");
        (await Office.PostAsync(silas, "/staff/systems/keys/new", path + "?handler=Revoke")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var renewed = (await Office.ReadAsync(await Office.PostAsync(petra, path, path + "?handler=Renew", ("Overlap", "2")))).QuerySelector("#key")!.TextContent;
        (await CallAsync(text, HttpMethod.Get, "/api/v1/handovers")).Status.ShouldBe(HttpStatusCode.OK, "the old one works on");
        (await Office.PostAsync(petra, path, path + "?handler=Revoke")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await CallAsync(text, HttpMethod.Get, "/api/v1/handovers")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await CallAsync(renewed, HttpMethod.Get, "/api/v1/handovers")).Status.ShouldBe(HttpStatusCode.OK);
        (await Office.GetAsync(await office.SignedInAsync("edwin"), "/staff/systems")).Body!.TextContent.ShouldContain("Waterlees Community Pantry");
    }

    [Fact]
    public async Task A_partner_cannot_make_a_key_that_acts_for_somebody_elses_worker()
    {
        var silas = await office.SignedInAsync("silas");
        foreach (var worker in new[] { "joy", "nadia", "edwin" })
        {
            var answer = await Office.PostAsync(silas, "/staff/systems/keys/new", "/staff/systems/keys/new", ("Label", "x"), ("For", worker), ("Days", "90"), ("Scopes", "schemes:read"));
            var page = await Office.ReadAsync(answer);
            page.QuerySelector("#key").ShouldBeNull();
            page.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Choose whom it acts for");
        }
        (await office.EventsAsync("api-key.created")).ShouldBe(0);
    }

    /// <summary>The acceptance of the requirement: it arrives in the partner's own system, and its status is back here without double entry.</summary>
    [Fact]
    public async Task A_handover_is_fetched_answered_and_finished_from_the_partners_own_system()
    {
        var key = await MakeKeyAsync(await office.SignedInAsync("petra"), "joy", "handovers:read", "handovers:write");
        var reference = await HandOverAsync();

        var listed = (await CallAsync(key, HttpMethod.Get, "/api/v1/handovers?state=going-on")).Body!["handovers"]!.AsArray().ShouldHaveSingleItem()!;
        (listed["reference"]!.GetValue<string>(), listed["state"]!.GetValue<string>()).ShouldBe((reference, "sent"));
        listed.ToJsonString().ShouldNotContain("Harrowmere");
        var before = (await CallAsync(key, HttpMethod.Get, $"/api/v1/handovers/{reference}")).Body!;
        before["household"].ShouldBeNull();
        before["told"]!.GetValue<string>().ShouldContain("behind with the rent");

        (await CallAsync(key, HttpMethod.Post, $"/api/v1/handovers/{reference}/answer", new JsonObject { ["answer"] = "accepted" }, "a1")).Body!["state"]!.GetValue<string>().ShouldBe("accepted");
        (await CallAsync(key, HttpMethod.Post, $"/api/v1/handovers/{reference}/answer", new JsonObject { ["answer"] = "accepted" }, "a1")).Status.ShouldBe(HttpStatusCode.OK, "the same key is the same command");
        (await CallAsync(key, HttpMethod.Post, $"/api/v1/handovers/{reference}/answer", new JsonObject { ["answer"] = "helped" }, "a1")).Status.ShouldBe(HttpStatusCode.Conflict);
        var home = (await CallAsync(key, HttpMethod.Get, $"/api/v1/handovers/{reference}")).Body!["household"]!;
        home["people"]![0]!["name"]!.GetValue<string>().ShouldBe("Leanne Harrowmere");
        home["safe_contact"]!.GetValue<string>().ShouldStartWith("Reach Leanne by text");
        (await office.LooksAsync()).ShouldContain(l => l.Page == "handover" && l.ActorKind == ActorKind.System && l.Door == "api");
        (await CallAsync(key, HttpMethod.Post, $"/api/v1/handovers/{reference}/answer", new JsonObject { ["answer"] = "reached" }, "a2")).Status.ShouldBe(HttpStatusCode.OK);
        (await CallAsync(key, HttpMethod.Post, $"/api/v1/handovers/{reference}/answer", new JsonObject { ["answer"] = "helped" }, "a3")).Body!["state"]!.GetValue<string>().ShouldBe("helped");

        await using var db = office.Database.Open();
        (await db.Set<Handover>().SingleAsync()).State.ShouldBe(HandoverState.Helped);
        (await Office.GetAsync(await office.SignedInAsync("joy"), $"/staff/handovers/{reference}")).QuerySelector(".any-chain")!.TextContent.ShouldContain("Helped");
    }

    /// <summary>F15, the machine side: who looks through references is answered alike, and then has to wait.</summary>
    [Fact]
    public async Task A_key_that_looks_through_references_waits_and_learns_nothing()
    {
        var key = await MakeKeyAsync(await office.SignedInAsync("petra"), "joy", "handovers:read", "handovers:write");
        var theirs = await HandOverAsync("Invented school");
        var mine = await HandOverAsync();
        var others = await CallAsync(key, HttpMethod.Get, $"/api/v1/handovers/{theirs}");
        var nobodys = await CallAsync(key, HttpMethod.Get, "/api/v1/handovers/AAAABBBBC");
        (others.Status, nobodys.Status).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        others.Body!.ToJsonString().ShouldBe(nobodys.Body!.ToJsonString());
        (await CallAsync(key, HttpMethod.Post, $"/api/v1/handovers/{theirs}/answer", new JsonObject { ["answer"] = "accepted" }, "x")).Status.ShouldBe(HttpStatusCode.NotFound);

        for (var i = 3; i < Limits.Current.Misses.Most; i++) (await CallAsync(key, HttpMethod.Get, $"/api/v1/handovers/{AnyDoor.Common.Reference.New()}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var waits = await CallAsync(key, HttpMethod.Get, $"/api/v1/handovers/{AnyDoor.Common.Reference.New()}");
        waits.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        waits.Answer.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        (await CallAsync(key, HttpMethod.Get, $"/api/v1/handovers/{mine}")).Status.ShouldBe(HttpStatusCode.TooManyRequests, "one that is there waits as well");
        (await CallAsync(key, HttpMethod.Get, "/api/v1/handovers")).Status.ShouldBe(HttpStatusCode.OK, "its own list does not");
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        (await CallAsync(key, HttpMethod.Get, $"/api/v1/handovers/{mine}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_that_asks_for_too_much_is_told_when_to_try_again()
    {
        // Edwin’s role has the least: twenty calls a second.
        var key = (await office.Get<ApiKeys>().CreateAsync("edwin", new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now), default)).Value!;
        var other = (await office.Get<ApiKeys>().CreateAsync("hester", new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now), default)).Value!;
        var most = Limits.Current.PerMinute(Role.Administrator);
        var meter = office.Get<AnyDoor.Web.Api.CallMeter>();
        var caller = (await office.Get<ApiKeys>().FindAsync(key, default))!;
        for (var i = 0; i < most; i++) meter.Call(caller).ShouldBeNull();

        var waits = await CallAsync(key, HttpMethod.Get, "/api/v1/schemes");

        waits.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        waits.Body!["code"]!.GetValue<string>().ShouldBe("too-many");
        waits.Answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await CallAsync(other, HttpMethod.Get, "/api/v1/schemes")).Status.ShouldBe(HttpStatusCode.OK, "each key for itself");
        office.Clock.Advance(TimeSpan.FromSeconds(1));
        (await CallAsync(key, HttpMethod.Get, "/api/v1/schemes")).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Each endpoint with a key of each scope: it opens for its own and for no other. An endpoint that is not in the table fails.</summary>
    [Fact]
    public async Task Each_endpoint_opens_for_its_own_scope_and_no_other()
    {
        var table = new Dictionary<(string Method, string Pattern), string>
        {
            [("GET", "/api/v1/schemes")] = ApiKeys.ReadSchemes, [("GET", "/api/v1/schemes/{id}")] = ApiKeys.ReadSchemes, [("POST", "/api/v1/requests")] = ApiKeys.WriteRequests, [("POST", "/api/v1/awards")] = ApiKeys.WriteAwards,
            [("GET", "/api/v1/handovers")] = ApiKeys.ReadHandovers, [("GET", "/api/v1/handovers/{reference}")] = ApiKeys.ReadHandovers, [("POST", "/api/v1/handovers/{reference}/answer")] = ApiKeys.WriteHandovers,
        };
        var there = office.Get<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>().Where(e => e.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true)
            .SelectMany(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()!.HttpMethods.Select(method => (Method: method, Path: e.RoutePattern.RawText!))).ToLookup(e => e.Path.StartsWith("/api/oruk/", StringComparison.Ordinal));
        there[true].Select(e => e.Method).Distinct().ShouldBe(["GET", "HEAD", "OPTIONS"], ignoreOrder: true, "the open menu is read by anybody and written by nobody");
        there[false].Order().ShouldBe(table.Keys.Order(), "every other endpoint stands in this table");

        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now);
        (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync("nav", null, "County navigators", "navigator", who, default)).Done.ShouldBeTrue();
        foreach (var scope in table.Values.Distinct())
        {
            var key = (await office.Get<ApiKeys>().CreateAsync("nav", new NewKey(Scopes: [scope]), who, null, default)).Value!.Text;
            foreach (var ((method, pattern), needs) in table)
            {
                var path = pattern.Replace("{id}", "none", StringComparison.Ordinal).Replace("{reference}", "AAAABBBBC", StringComparison.Ordinal);
                var status = (await CallAsync(key, new HttpMethod(method), path, method == "POST" ? new JsonObject() : null, Guid.NewGuid().ToString())).Status;
                (status == HttpStatusCode.Forbidden).ShouldBe(scope != needs, $"{method} {pattern} with {scope}: {(int)status}");
                status.ShouldNotBe(HttpStatusCode.Unauthorized);
            }
        }
        foreach (var ((method, pattern), _) in table)
            (await CallAsync("ad_" + new string('x', 43), new HttpMethod(method), pattern.Replace("{id}", "none", StringComparison.Ordinal).Replace("{reference}", "AAAABBBBC", StringComparison.Ordinal), method == "POST" ? new JsonObject() : null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_address_is_added_tested_turned_off_and_taken_away_and_only_a_public_one()
    {
        var petra = await office.SignedInAsync("petra");
        var refused = await Office.ReadAsync(await Office.PostAsync(petra, "/staff/systems/addresses/new", "/staff/systems/addresses/new", ("Where", "https://192.168.1.7/in")));
        refused.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("private network");
        var made = await Office.ReadAsync(await Office.PostAsync(petra, "/staff/systems/addresses/new", "/staff/systems/addresses/new", ("Where", "https://case.example.org/in")));
        var secret = made.QuerySelector("#secret")!.TextContent;
        secret.ShouldStartWith("whs_");
        var path = made.QuerySelector("a[href^='/staff/systems/addresses/']")!.GetAttribute("href")!;
        (await Office.GetAsync(petra, path)).Body!.TextContent.ShouldNotContain(secret);

        await HandOverAsync();
        (await Office.GetAsync(petra, path)).Body!.TextContent.ShouldContain("A handover came");
        (await Office.PostAsync(petra, path, path + "?handler=Turn", ("on", "false"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await HandOverAsync();
        await using (var db = office.Database.Open()) (await db.Set<WebhookEvent>().CountAsync()).ShouldBe(1, "an address that is off has nothing put by");
        var silas = await office.SignedInAsync("silas");
        (await silas.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Office.PostAsync(silas, "/staff/systems/addresses/new", path + "?handler=Remove")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Office.PostAsync(petra, path, path + "?handler=Remove")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await petra.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await office.EventsAsync("webhook.removed")).ShouldBe(1);
    }

    /// <summary>F21 for this file: what goes out comes back as it was, and a formula stays text.</summary>
    [Fact]
    public async Task Handovers_go_out_as_a_file_and_their_answers_come_back()
    {
        var reference = await HandOverAsync();
        var joy = await office.SignedInAsync("joy");
        var csv = await joy.GetStringAsync("/staff/handovers/files?handler=csv");
        csv.ShouldContain(reference);
        csv.ShouldNotContain("Harrowmere");

        async Task<AngleSharp.Html.Dom.IHtmlDocument> SendAsync(string text)
        {
            var token = (await Office.GetAsync(joy, "/staff/handovers/files")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "Answers", "answers.csv" } };
            return await Office.ReadAsync(await joy.PostAsync("/staff/handovers/files", form));
        }
        var read = await SendAsync($"reference,answer,why\r\n{reference},accepted,\r\nAAAABBBBC,accepted,\r\n{reference},perhaps,\r\n{reference},,\r\n");
        read.QuerySelector(".any-note")!.TextContent.ShouldContain("1 answer taken of 3");
        read.QuerySelectorAll("tbody tr").Length.ShouldBe(2);
        (await SendAsync($"reference,answer,why\r\n{reference},accepted,\r\n")).QuerySelector(".any-note")!.TextContent.ShouldContain("1 were here already");
        (await SendAsync("name\r\nx\r\n")).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("needs the columns");
        await using var db = office.Database.Open();
        (await db.Set<Handover>().SingleAsync()).State.ShouldBe(HandoverState.Accepted);
    }
}
