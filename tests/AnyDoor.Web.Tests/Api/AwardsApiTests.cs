using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Tests;
using AnyDoor.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnyDoor.Web.Tests.Api;

/// <summary>The money part of the HTTP API, over real HTTP.</summary>
public sealed class AwardsApiTests
{
    private const string Scheme = """
        {
          "id": "api-fund", "name": "API fund", "fund": "API fund (invented)", "authority": "Cambridgeshire County Council",
          "round": { "opens": "2020-01-01", "closes": "2199-12-31", "allocation_pence": 14700 },
          "decision": { "body": "Test committee (invented)", "date": "2019-12-15", "minute": "1" }, "owner": "Tests", "source": "written for tests",
          "award_types": [
            { "id": "fuel-voucher", "label": "Fuel voucher", "min_pence": 100, "max_pence": 4900, "category": "energy-and-water" },
            { "id": "crisis-payment", "label": "Crisis payment", "min_pence": 100, "max_pence": 30000, "category": "crisis" }
          ],
          "rules": [ { "id": "recent-help", "starts": "2020-01-01", "words": "A reason within 7 days.", "notice": { "days": 7, "same_type": true } } ]
        }
        """;

    private sealed class Rig : IAsyncDisposable
    {
        private readonly TestDatabase test;
        private readonly WebApplication app;
        private readonly HttpClient client = new();

        private Rig(TestDatabase test, WebApplication app) => (this.test, this.app) = (test, app);

        public string Key { get; set; } = "";
        public string PartnerKey { get; private set; } = "";

        public static async Task<Rig> StartAsync(Db kind)
        {
            var test = await TestDatabase.CreateAsync(kind);
            var installation = new Installation(test.Connection, null, Path.Combine(test.Folder, "keys"), Path.Combine(test.Folder, "checkpoints"));
            var app = await WebHost.BuildAsync(new StartOptions(installation, 0, "127.0.0.1", Demo: true, County: false), default, TimeProvider.System);
            await app.StartAsync();
            var rig = new Rig(test, app);
            rig.client.BaseAddress = new Uri(app.Urls.First());
            var who = new AuditContext(Actor.Job("test"), null, "command-line", Purpose.Assurance, TimeProvider.System.GetUtcNow().UtcDateTime);
            (await app.Services.GetRequiredService<SchemeService>().LoadAsync(who, Scheme, default)).Refusal.ShouldBeNull();
            var staff = app.Services.GetRequiredService<AnyDoor.Organisations.Staff>();
            var keys = app.Services.GetRequiredService<ApiKeys>();
            await staff.CreateAsync("ada-api", null, "Invented county hub", "hub-adviser", who, default);
            await staff.CreateAsync("pat-api", null, "Invented pantry", "partner-worker", who, default);
            rig.Key = (await keys.CreateAsync("ada-api", who, default)).Value!;
            rig.PartnerKey = (await keys.CreateAsync("pat-api", who, default)).Value!;
            return rig;
        }

        public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, JsonNode? body = null, string? once = null, string? key = null)
        {
            using var message = new HttpRequestMessage(method, path);
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? Key);
            if (once is not null) message.Headers.Add("Idempotency-Key", once);
            if (body is not null) message.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await client.SendAsync(message);
            var text = await answer.Content.ReadAsStringAsync();
            return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
        }

        public async Task<string> RequestAsync()
        {
            var (status, body) = await SendAsync(HttpMethod.Post, "/api/v1/requests", Request(), Guid.NewGuid().ToString());
            status.ShouldBe(HttpStatusCode.Created, body?.ToJsonString());
            return body!["reference"]!.GetValue<string>();
        }

        public static JsonObject Request() => JsonNode.Parse("""
            { "door": "web-form", "for": "self", "permission": true, "people": [{ "name": "Invented Person", "role": "applicant" }], "needs": ["food"], "urgency": "today",
              "safe_contact": { "by": "phone", "to": "07700 900123", "do_not": [] } }
            """)!.AsObject();

        /// <summary>What became of a request with this safe contact, need and words: as it is stored, and how many messages wait to go.</summary>
        public async Task<(Households.Reach Contact, bool AtRisk, int Waiting)> ReceivedAsync(string contact, string need, string words)
        {
            var body = Request();
            (body["safe_contact"], body["needs"], body["words"]) = (JsonNode.Parse(contact), new JsonArray(need), words);
            var (status, answer) = await SendAsync(HttpMethod.Post, "/api/v1/requests", body, Guid.NewGuid().ToString());
            status.ShouldBe(HttpStatusCode.Created, answer?.ToJsonString());
            var reference = answer!["reference"]!.GetValue<string>();
            await using var db = test.Database.Open();
            var request = await db.Set<Requests.Request>().SingleAsync(r => r.Reference == reference);
            var ada = (await app.Services.GetRequiredService<StaffAccess>().FindAsync("ada-api", default))! with { OrganisationKind = OrganisationKind.CountyHub };
            var seen = (await app.Services.GetRequiredService<Households.HouseholdReader>().OpenAsync(
                Sharing.ReadContext.ForWorker(ada, Purpose.RespondToRequest, "household", "county-hub", TimeProvider.System.GetUtcNow().UtcDateTime), request.HouseholdId, default))!;
            return (seen.Applicant!.Reach!, seen.Home.Withheld,
                await db.Set<Messages.OutboxMessage>().CountAsync(m => m.CauseId == request.Id && m.State == Messages.MessageState.Waiting));
        }

        public async Task StopAsync(string reference)
        {
            await using var db = test.Database.Open();
            var id = await db.Set<Requests.Request>().Where(r => r.Reference == reference).Select(r => r.Id).SingleAsync();
            var who = new AuditContext(Actor.Resident(null), null, "web-form", Purpose.RespondToRequest, TimeProvider.System.GetUtcNow().UtcDateTime);
            (await app.Services.GetRequiredService<Requests.RequestStatusDesk>().StopAsync(id, who, default)).Done.ShouldBeTrue();
        }

        public static JsonObject Ask(string reference, long pence = 4900, string type = "fuel-voucher") => new()
        {
            ["request_reference"] = reference, ["scheme"] = "api-fund", ["award_type"] = type, ["amount_pence"] = pence, ["delivery"] = "printed-letter", ["reason"] = "No money on the meter.",
        };

        public Task<(HttpStatusCode Status, JsonNode? Body)> AwardAsync(JsonObject ask, string? once = null, string? key = null) =>
            SendAsync(HttpMethod.Post, "/api/v1/awards", ask, once ?? Guid.NewGuid().ToString(), key);

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            await app.DisposeAsync();
            await test.DisposeAsync();
        }
    }

    [Theory, OnBothDatabases]
    public async Task Post_Award_IsMadeOnceForItsKeyAndShowsInTheScheme(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var ask = Rig.Ask(await rig.RequestAsync());

        var (status, first) = await rig.AwardAsync(ask, "k1");
        var again = await rig.AwardAsync(JsonNode.Parse(ask.ToJsonString(new JsonSerializerOptions { WriteIndented = true }))!.AsObject(), "k1");
        ask["amount_pence"] = 4800;
        var other = await rig.AwardAsync(ask, "k1");
        var (_, scheme) = await rig.SendAsync(HttpMethod.Get, "/api/v1/schemes/api-fund");
        var (_, all) = await rig.SendAsync(HttpMethod.Get, "/api/v1/schemes");

        status.ShouldBe(HttpStatusCode.Created, first?.ToJsonString());
        first!.AsObject().Select(p => p.Key).ShouldBe(["award_id", "reference", "status"]);
        first["status"]!.GetValue<string>().ShouldBe("issued");
        (again.Status, again.Body!.ToJsonString()).ShouldBe((HttpStatusCode.Created, first.ToJsonString()));
        (other.Status, other.Body!["code"]!.GetValue<string>()).ShouldBe((HttpStatusCode.Conflict, "key-reused"));
        long Pence(string field) => scheme![field + "_pence"]!.GetValue<long>();
        (Pence("allocation"), Pence("available"), Pence("committed"), Pence("issued"), Pence("redeemed"), Pence("expired"), Pence("cancelled"), Pence("returned"))
            .ShouldBe((14700, 9800, 0, 4900, 0, 0, 0, 0));
        all!["schemes"]!.AsArray().Select(s => s!["id"]!.GetValue<string>()).ShouldContain("api-fund");
    }

    [Theory, OnBothDatabases]
    public async Task Post_Award_RefusesWithTheContractsCodes(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var reference = await rig.RequestAsync();
        async Task<(HttpStatusCode, string)> Try(Action<JsonObject> change, long pence = 4900, string type = "fuel-voucher")
        {
            var ask = Rig.Ask(reference, pence, type);
            change(ask);
            var (status, body) = await rig.AwardAsync(ask);
            if (status != HttpStatusCode.Created) body!["sentence"]!.GetValue<string>().Length.ShouldBeGreaterThan(10);
            return (status, body!["code"]?.GetValue<string>() ?? "made");
        }

        (await Try(_ => { }, 4901)).ShouldBe((HttpStatusCode.UnprocessableEntity, "over-limit"));
        (await Try(_ => { }, 14701, "crisis-payment")).ShouldBe((HttpStatusCode.UnprocessableEntity, "not-enough-money"));
        (await Try(a => a["award_type"] = "gold")).ShouldBe((HttpStatusCode.UnprocessableEntity, "not-eligible"));
        (await Try(a => a["scheme"] = "winter-support-grant")).ShouldBe((HttpStatusCode.UnprocessableEntity, "scheme-closed"));
        foreach (var bad in new[] { "-1", "0", "9223372036854775808", "9223372036854775807", "49.005", "4900.5", "\"4900\"", "null" })
            (await Try(a => a["amount_pence"] = JsonNode.Parse(bad))).ShouldBe((HttpStatusCode.UnprocessableEntity, "bad-amount"), bad);
        (await Try(_ => { })).ShouldBe((HttpStatusCode.Created, "made"));
        (await Try(_ => { })).ShouldBe((HttpStatusCode.UnprocessableEntity, "recent-help-reason-needed"));
        (await Try(a => a["recent_help_reason"] = "The first was lost.")).ShouldBe((HttpStatusCode.Created, "made"));
    }

    [Theory, OnBothDatabases]
    public async Task Post_Award_UnknownAndNotAllowed_AreAnsweredAlike(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var reference = await rig.RequestAsync();

        var unknown = await rig.AwardAsync(Rig.Ask(Common.Reference.New()));
        var nonsense = await rig.AwardAsync(Rig.Ask("nonsense"));
        var partner = await rig.AwardAsync(Rig.Ask(reference), key: rig.PartnerKey);
        var noKey = await rig.AwardAsync(Rig.Ask(reference), key: "ad_this-is-a-key-that-nobody-ever-made");
        var noOnce = await rig.SendAsync(HttpMethod.Post, "/api/v1/awards", Rig.Ask(reference));

        unknown.Status.ShouldBe(HttpStatusCode.NotFound);
        (nonsense.Status, nonsense.Body!.ToJsonString()).ShouldBe((unknown.Status, unknown.Body!.ToJsonString()));
        partner.Status.ShouldBe(HttpStatusCode.Forbidden);
        noKey.Status.ShouldBe(HttpStatusCode.Unauthorized);
        noOnce.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DAW-08")]
    public async Task Post_TheSameKeyAgain_GetsTheFirstAnswer_WhateverHasChangedSince(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var ask = Rig.Ask(await rig.RequestAsync());
        var (_, first) = await rig.AwardAsync(ask, "k1");
        await rig.StopAsync(ask["request_reference"]!.GetValue<string>());

        var again = await rig.AwardAsync(ask, "k1");
        var gone = await rig.AwardAsync(ask, "k2");
        ask["request_reference"] = Common.Reference.New();
        var other = await rig.AwardAsync(ask, "k1");
        ask["amount_pence"] = 49.5;
        var malformed = await rig.AwardAsync(ask, "k1");

        (again.Status, again.Body!.ToJsonString()).ShouldBe((HttpStatusCode.Created, first!.ToJsonString()));
        gone.Status.ShouldBe(HttpStatusCode.NotFound);
        (other.Status, malformed.Status).ShouldBe((HttpStatusCode.Conflict, HttpStatusCode.Conflict));
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DAW-08"), Requirement("R-CAS-04")]
    public async Task Post_Request_WhatIsNotSafe_CountsHoweverItIsSaid(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);

        var letter = await rig.ReceivedAsync("""{ "by": "letter", "to": "12 High Street, March", "do_not": [] }""", "food", "");
        var words = await rig.ReceivedAsync("""{ "by": "text", "to": "07700 900123", "do_not": [] }""", "food", "Please don’t text me, he reads my phone.");
        var unsafeHome = await rig.ReceivedAsync("""{ "by": "phone", "to": "07700 900123", "do_not": [] }""", "not-safe", "");

        (letter.Contact.By, letter.Contact.To).ShouldBe((Households.ContactWay.Letter, "12 High Street, March"));
        words.Contact.DoNot.HasFlag(Households.DoNot.Text).ShouldBeTrue();
        words.Waiting.ShouldBe(0, "nothing goes to a phone that he reads");
        unsafeHome.AtRisk.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    public async Task Post_Request_HostileJson_IsASentenceAndNeverAnErrorOfOurs(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        foreach (var (name, value, status) in new[]
        {
            ("people", "[null]", 422), ("needs", "[null]", 422), ("safe_contact", """{ "by": "text", "to": "07700 900123", "do_not": [null] }""", 422),
            ("words", """ "a\u0000b" """, 400), ("people", """[{ "name": "Nul\u0000" }]""", 400), ("people", "{}", 400), ("needs", "\"food\"", 400),
        })
        {
            var body = Rig.Request();
            body[name] = JsonNode.Parse(value);
            var (got, answer) = await rig.SendAsync(HttpMethod.Post, "/api/v1/requests", body, Guid.NewGuid().ToString());
            ((int)got).ShouldBe(status, $"{name} {value}");
            answer!["sentence"]!.GetValue<string>().Length.ShouldBeGreaterThan(10);
        }
    }

    /// <summary>Fault case F1, over HTTP.</summary>
    [Theory, OnBothDatabases]
    public async Task Post_SixtyFourAtOnce_MakesWhatTheMoneyCovers(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var references = new List<string>();
        for (var i = 0; i < 64; i++) references.Add(await rig.RequestAsync());

        var all = await Task.WhenAll(references.Select(r => rig.AwardAsync(Rig.Ask(r, 1470))));

        all.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(10);
        all.Count(a => a.Status == HttpStatusCode.UnprocessableEntity && a.Body!["code"]!.GetValue<string>() == "not-enough-money").ShouldBe(54);
    }
}
