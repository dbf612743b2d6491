using System.Net;
using System.Text.RegularExpressions;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>
/// Words that stand in every sensitive field, and a walk of everything that each role, a stranger and residents can reach: pages, files, answers of the API, messages that went out,
/// what the server logs, addresses and headers. What a role may meet is taken from the table of who sees what; the address of somebody at risk, a secret code and a key are for nobody.
/// </summary>
[Requirement("R-ISA-02"), Requirement("R-ISA-05"), Requirement("R-DA-02"), Requirement("R-CLL-01"), Requirement("R-EDI-04")]
public sealed partial class CanaryTests : IAsyncLifetime
{
    private const string Xss = "<script>alert('zqx')</script>";

    /// <summary>Each word and the kind of fact it stands in; null: for nobody on any page.</summary>
    private static readonly Dictionary<string, DataCategory?> Canaries = new()
    {
        ["zqname"] = DataCategory.IdentityAndContact, ["zqstreet"] = DataCategory.IdentityAndContact, ["zqmail"] = DataCategory.Safety, ["zqsafe"] = DataCategory.Safety, ["zqpartner"] = DataCategory.HouseholdComposition, ["zqchild"] = DataCategory.HouseholdComposition,
        ["zqwords"] = DataCategory.NeedsAndAnswers, ["zqneeds"] = DataCategory.NeedsAndAnswers, ["zqmoney"] = DataCategory.Money, ["zqreason"] = DataCategory.Money, ["zqhealth"] = DataCategory.HealthAndDisability, ["zqschool"] = DataCategory.ChildrenAndEducation,
        ["zqplan"] = DataCategory.PlanAndCaseNotes, ["zqlook"] = DataCategory.NeedsAndAnswers, ["zqhidden"] = DataCategory.IdentityAndContact, ["zqrefuge"] = null, ["zqpast"] = null,
    };

    private readonly Office office = new();
    private readonly Lines lines = new();
    private readonly HashSet<string> secrets = [];
    private Received request = null!, hidden = null!, past = null!;
    private string award = null!, handover = null!, code = null!, key = null!, otherKey = null!;

    public async ValueTask InitializeAsync()
    {
        await office.InitializeAsync();
        office.Get<ILoggerFactory>().AddProvider(lines);
        var job = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now.AddDays(-1));
        foreach (var role in Organisations.Staff.RoleWords)
            (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync($"walk-{role}", $"Walk {role}", role is "hub-adviser" ? "County hub" : $"Walk {role} place", role, job, default)).Done.ShouldBeTrue();

        request = await office.ReceiveAsync("Quenby Zqname", why: $"zqwords {Xss}", change: r => r with
        {
            People = [new NewPerson("Quenby Zqname", MemberRole.Applicant, new DateOnly(1990, 3, 14)), new NewPerson("Dean Zqpartner", MemberRole.Partner), new NewPerson("Poppy Zqchild", MemberRole.Child, new DateOnly(2019, 2, 1))],
            Address = $"7 Zqstreet Drove {Xss}", Postcode = AnyDoor.Common.Postcode.FromStored("PE132AB"), District = "E07000010", Needs = ["food", "rent-or-council-tax"], Code = "ZQCODE23",
            Contact = new NewSafeContact(ContactWay.Text, DoNot.VoiceMessage, Phone: "07700900418", Email: "zqmail@example.org", BestTime: "9am", Words: $"zqsafe {Xss}"),
            Answers = [new NewAnswer("needs.matters_most", System.Text.Json.JsonSerializer.Serialize($"zqneeds {Xss}")), new NewAnswer("health.who", System.Text.Json.JsonSerializer.Serialize($"zqhealth {Xss}")), new NewAnswer("children.school", System.Text.Json.JsonSerializer.Serialize($"zqschool {Xss}")), new NewAnswer("home.landlord", System.Text.Json.JsonSerializer.Serialize($"zqmoney {Xss}")), new NewAnswer("plan.step_down_when", System.Text.Json.JsonSerializer.Serialize($"zqplan {Xss}"))],
        });
        hidden = await office.ReceiveAsync("Ottoline Zqhidden", why: "Somebody is looking for her", change: r => r with { Address = $"9 Zqrefuge Lane {Xss}", Postcode = AnyDoor.Common.Postcode.FromStored("PE139ZR"), AddressHidden = true, District = "E07000010" });
        past = await office.ReceiveAsync("Edmund Zqpast", why: "zqpast", change: r => r with { Address = "1 Zqpast Row", AddressHidden = true, Contact = new NewSafeContact(ContactWay.DoNotContactFirst, Words: "zqpast") });
        await using (var db = office.Database.Open())
        {
            var (id, cause) = (past.RequestId, office.Now.AddMinutes(-10));
            await db.Set<Ground>().Where(g => g.CauseId == id).ExecuteUpdateAsync(g => g.SetProperty(x => x.To, cause));
            await db.Set<Request>().Where(r => r.Id == id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, RequestStatus.Helped));
        }

        var nadia = (await office.Get<AnyDoor.Organisations.Staff>().FindAsync("nadia", default))!;
        var made = await office.Get<RequestAwards>().AwardAsync(new AuditContext(new Actor(ActorKind.System, nadia.Id, "nadia by key"), nadia.OrganisationId, "api", Purpose.AwardAndPay, office.Now), nadia,
            new RequestAward(request.Reference, "crisis-and-resilience-fund", "crisis-payment", 4900, "printed-letter", $"zqreason {Xss}", null), new Once("test", "canary", [1]), default);
        made.Refusal.ShouldBeNull();
        award = made.Value!.Reference;

        var desk = await office.SignedInAsync("nadia");
        var pass = $"/staff/requests/{request.Reference}/pass-on";
        (await Office.PostAsync(desk, pass, pass, ("FormKey", Guid.NewGuid().ToString()), ("What", "rent-or-council-tax"), ("Organisation", "Waterlees Community Pantry"), ("Told", "She is behind with the rent"), ("TheyAgreed", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await using (var db = office.Database.Open()) handover = await db.Set<AnyDoor.Casework.Handover>().Select(h => h.Reference).SingleAsync();
        (await Office.PostAsync(await office.SignedInAsync("joy"), $"/staff/handovers/{handover}", $"/staff/handovers/{handover}", ("answer", "Accepted"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(await office.SignedInAsync("joy"), $"/staff/handovers/{handover}")).Body!.TextContent.ShouldContain("Zqname", customMessage: "the walk below meets what a partner may see");

        (await office.Get<ReviewDesk>().AskOwnAsync(new AuditContext(Actor.Resident(null), null, Drafts.Door, Purpose.RespondToRequest, office.Now), request.RequestId, award, $"zqlook {Xss}", default)).Refusal.ShouldBeNull();

        secrets.Add("ZQCODE23");
        code = "ZQCODE23";
        var made2 = await office.Get<ApiKeys>().CreateAsync("joy", job, default);
        secrets.Add(key = made2.Value!);
        secrets.Add(otherKey = (await office.Get<ApiKeys>().CreateAsync("walk-partner-worker", job, default)).Value!);
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task No_page_file_or_header_that_a_role_reaches_holds_what_the_table_refuses()
    {
        var wrong = new List<string>();
        var met = new HashSet<string>();
        // The two who hold grounds: the hub's adviser (an open request) and the partner who accepted a handover. Everybody else has only their role.
        foreach (var (handle, who, grounds) in Organisations.Staff.RoleWords.Select(r => ($"walk-{r}", r, r == "hub-adviser" ? new[] { "none", "open-request" } : ["none"])).Append(("joy", "partner-worker", ["none", "handover-accepted"])))
        {
            var may = WhoSeesWhat.Current.Seen.Where(l => l.Who.Contains(who) && l.On.Any(grounds.Contains)).SelectMany(l => l.Sees).ToHashSet();
            var browser = await office.SignedInAsync(handle);
            await foreach (var (path, text) in WalkAsync(browser))
            {
                foreach (var (canary, category) in Canaries)
                    if (text.Contains(canary, StringComparison.OrdinalIgnoreCase))
                    {
                        met.Add(canary);
                        if (category is not { } kind || !may.Contains(kind)) wrong.Add($"{handle} meets {canary} at {path}");
                        if (path.Contains(canary, StringComparison.OrdinalIgnoreCase)) wrong.Add($"{canary} is in the address {path}");
                    }
                foreach (var secret in secrets.Where(s => text.Contains(s, StringComparison.OrdinalIgnoreCase))) wrong.Add($"{handle} meets a secret at {path}");
                if (text.Contains("<script>alert", StringComparison.OrdinalIgnoreCase)) wrong.Add($"{handle} meets markup at {path}");
            }
        }

        wrong.ShouldBeEmpty();
        // What nobody may see apart, a walk that meets nothing would prove nothing.
        met.ShouldBeSubsetOf(Canaries.Keys);
        foreach (var seen in new[] { "zqname", "zqwords", "zqsafe", "zqstreet", "zqhidden", "zqreason", "zqlook" }) met.ShouldContain(seen);
    }

    /// <summary>What machines are given: each address of the API by the key of a partner who accepted a handover, and by a key of another organisation.</summary>
    [Fact]
    public async Task No_answer_of_the_api_holds_what_the_table_refuses()
    {
        var may = WhoSeesWhat.Current.Seen.Where(l => l.Who.Contains("partner-worker") && l.On.Contains("handover-accepted")).SelectMany(l => l.Sees).ToHashSet();
        var paths = office.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true).Select(e => "/" + e.RoutePattern.RawText!.Trim('/'))
            .Where(p => p.StartsWith("/api/v1/", StringComparison.Ordinal)).SelectMany(p => p.Contains('{', StringComparison.Ordinal) ? new[] { handover, request.Reference, hidden.Reference, award, "crisis-and-resilience-fund" }.Select(id => Parameter().Replace(p, id)) : [p, p + "?state=all"]).Distinct().ToList();
        paths.Count.ShouldBeGreaterThan(5);
        var met = new HashSet<string>();
        var wrong = new List<string>();
        foreach (var (with, sees) in new[] { (key, may), (otherKey, new HashSet<DataCategory>()) })
            foreach (var path in paths)
            {
                using var ask = new HttpRequestMessage(HttpMethod.Get, path);
                ask.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", with);
                var answer = await office.Browser().SendAsync(ask);
                ((int)answer.StatusCode).ShouldBeLessThan(500, path);
                var text = $"{answer.Headers}\n{answer.Content.Headers}\n{await answer.Content.ReadAsStringAsync()}";
                foreach (var (canary, category) in Canaries.Where(c => text.Contains(c.Key, StringComparison.OrdinalIgnoreCase)))
                {
                    met.Add(canary);
                    if (category is not { } kind || !sees.Contains(kind)) wrong.Add($"{canary} at {path} by {(with == key ? "the key it was handed to" : "another's key")}");
                }
                if (secrets.Any(s => text.Contains(s, StringComparison.OrdinalIgnoreCase))) wrong.Add($"a secret at {path}");
            }
        wrong.ShouldBeEmpty();
        met.ShouldContain("zqname", "a walk that meets nothing would prove nothing");
        met.ShouldNotContain("zqpartner", "another grown-up has their own yes");
    }

    [Fact]
    public async Task A_stranger_and_another_resident_meet_nothing_and_the_person_only_their_own()
    {
        var stranger = office.Browser();
        await foreach (var (path, text) in WalkAsync(stranger)) Nothing(path, text, Canaries.Keys);

        var own = office.Browser();
        await Office.PostAsync(own, "/request", "/request", ("Reference", request.Reference), ("Code", code));
        await foreach (var (path, text) in WalkAsync(own, "/request/where", "/request/record"))
            Nothing(path, text, ["zqpartner", "zqchild", "zqstreet", "zqhidden", "zqrefuge", "zqpast", "zqreason", "zqsafe", "zqmail"]);

        static void Nothing(string path, string text, IEnumerable<string> canaries)
        {
            foreach (var canary in canaries) text.Contains(canary, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{canary} at {path}");
        }
    }

    [Fact]
    public async Task What_was_sent_and_what_the_server_logs_hold_none_of_it()
    {
        foreach (var about in new[] { request.RequestId, hidden.RequestId })
            await office.Get<Commands>().RunAsync(new AuditContext(Actor.Job("test"), null, "test", Purpose.RespondToRequest, office.Now), async c =>
            {
                await office.Get<RequestPost>().QueueAsync(c, about, "something-to-read", new Dictionary<string, string>());
                return (Result<Nothing>)Nothing.Value;
            }, default);
        await office.Get<Postman>().DeliverAsync(office.Now.AddMinutes(1), default);
        var browser = await office.SignedInAsync("walk-hub-adviser");
        await foreach (var _ in WalkAsync(browser)) { }
        await browser.GetAsync($"/staff/requests/{request.Reference}?q=%00&on=not-a-day");
        var sent = Directory.EnumerateFiles(office.Get<FolderSender>().Folder, "*.txt").ToList();
        sent.ShouldNotBeEmpty("a walk that meets nothing would prove nothing");
        foreach (var file in sent)
            foreach (var canary in Canaries.Keys.Append("zqcode").Where(c => c != "zqmail")) File.ReadAllText(file).Contains(canary, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{canary} in a message");
        foreach (var line in lines.All)
            foreach (var canary in Canaries.Keys.Append("zqcode")) line.Contains(canary, StringComparison.OrdinalIgnoreCase).ShouldBeFalse(line);
    }

    /// <summary>The table of who may open a household holds over HTTP too: another's id and one that nobody has are one answer, for reading and for every form.</summary>
    [Fact]
    public async Task Every_role_meets_one_answer_for_an_id_of_somebody_elses_and_one_that_nobody_has()
    {
        var wrong = new List<string>();
        string[] posts = ["staff/requests/{ref}", "staff/requests/{ref}/pass-on", "staff/requests/{ref}/read-back", "staff/requests/{ref}/safe-contact", "staff/requests/{ref}/code", "staff/requests/{ref}/home", "staff/requests/{ref}/permissions", "staff/households/{id}", "staff/handovers/{ref}"];
        foreach (var role in Organisations.Staff.RoleWords)
        {
            var browser = await office.SignedInAsync($"walk-{role}");
            var home = await browser.GetAsync("/staff");
            while (home.StatusCode == HttpStatusCode.Redirect) home = await browser.GetAsync(home.Headers.Location);
            var token = (await Office.ReadAsync(home)).QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value");
            foreach (var page in posts)
            {
                var (theirs, nobodys) = (page.Replace("{ref}", page.Contains("handovers") ? handover : past.Reference).Replace("{id}", past.HouseholdId.ToString()), page.Replace("{ref}", "22222222C").Replace("{id}", Guid.NewGuid().ToString()));
                await CompareAsync(await browser.GetAsync("/" + theirs), await browser.GetAsync("/" + nobodys), $"{role} reads {page}");
                if (token is null) continue;
                async Task<HttpResponseMessage> PostAsync(string path) => await browser.PostAsync("/" + path, new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("answer", "Helped")]));
                await CompareAsync(await PostAsync(theirs), await PostAsync(nobodys), $"{role} posts to {page}");
            }
        }
        wrong.ShouldBeEmpty();

        async Task CompareAsync(HttpResponseMessage one, HttpResponseMessage other, string what)
        {
            if (one.StatusCode != other.StatusCode) wrong.Add($"{what}: {(int)one.StatusCode} and {(int)other.StatusCode}");
            else if ((await Office.ReadAsync(one)).QuerySelector("main")?.TextContent != (await Office.ReadAsync(other)).QuerySelector("main")?.TextContent) wrong.Add($"{what}: other words");
            else if (one.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.BadRequest)) wrong.Add($"{what}: {(int)one.StatusCode}");
        }
    }

    /// <summary>Fault case F27: what a database or a search could read as an operator is only letters here.</summary>
    [Fact]
    public async Task Every_search_takes_operators_as_letters()
    {
        string[] typed = ["'; DROP TABLE person;--", "%", "%%%%%%", "____", "a' OR '1'='1", "NEAR(a b)", "\"a\" AND *", "a*b*c*", "(((((", "\\", "[a-z]+", "zq%", "a:b", "^", new string('%', 99), "\u0000abc", "🦊🦊🦊", "ﷺﷺﷺ", new string('a', 5000)];
        var (nadia, maren, ian) = (await office.SignedInAsync("nadia"), await office.SignedInAsync("maren"), await office.SignedInAsync("ian"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        foreach (var text in typed)
        {
            var q = Uri.EscapeDataString(text);
            Fine(await Office.PostAsync(nadia, "/staff/households", "/staff/households", ("Q", text)), text);
            Fine(await Office.PostAsync(nadia, "/staff/calls/new", "/staff/calls/new?handler=Look", ("Name", text), ("PostcodeText", text), ("Number", text)), text);
            foreach (var path in new[] { $"/staff/queue?door={q}&district={q}&language={q}&order={q}&p={q}", $"/menu?q={q}&need={q}&place={q}" }) Fine(await nadia.GetAsync(path), path);
            foreach (var path in new[] { $"/staff/log?ref={q}&by={q}&day={q}&before={q}&show={q}", $"/staff/log/unusual?to={q}" }) Fine(await maren.GetAsync(path), path);
            foreach (var path in new[] { $"/staff/awards?scheme={q}&type={q}&category={q}&district={q}&state={q}&p={q}", $"/staff/reports/crisis-and-resilience-fund/behind?district={q}&door={q}&help={q}&same={q}" }) Fine(await ian.GetAsync(path), path);
        }
        (await office.EventsAsync("request.received")).ShouldBe(3, "nothing was dropped");

        void Fine(HttpResponseMessage answer, string what)
        {
            ((int)answer.StatusCode).ShouldBeLessThan(500, what);
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(15));
        }
    }

    /// <summary>Fault case F25: the API knows keys only. A worker's cookie opens nothing there.</summary>
    [Fact]
    public async Task The_api_does_not_know_a_cookie()
    {
        var nadia = await office.SignedInAsync("nadia");

        (await nadia.PostAsync("/api/v1/awards", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"))).StatusCode.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.NotFound);
        // The open menu is read by anybody, with a cookie or without.
        var paths = office.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Where(p => p.StartsWith("/api", StringComparison.Ordinal) && !p.StartsWith("/api/oruk/", StringComparison.Ordinal)).Distinct().ToList();
        paths.Count.ShouldBeGreaterThan(2);
        foreach (var path in paths.Select(p => Parameter().Replace(p, "crisis-and-resilience-fund")))
        {
            var answers = new[] { await nadia.GetAsync(path), await nadia.PostAsync(path, new StringContent("{}", System.Text.Encoding.UTF8, "application/json")) };
            answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Unauthorized || a.StatusCode == HttpStatusCode.NotFound || a.StatusCode == HttpStatusCode.MethodNotAllowed, path);
        }
    }

    /// <summary>Every page with an id that is there, and what its links lead to; no more than a few of each kind. The text is the answer with its headers and where it leads.</summary>
    private async IAsyncEnumerable<(string Path, string Text)> WalkAsync(HttpClient browser, params string[] starts)
    {
        var templates = office.Get<EndpointDataSource>().Endpoints.Select(e => e.Metadata.GetMetadata<PageActionDescriptor>()).OfType<PageActionDescriptor>().Select(p => p.AttributeRouteInfo!.Template!).Distinct();
        var waiting = new Queue<string>(starts);
        if (starts.Length == 0)
            foreach (var template in templates.Where(t => !t.Contains("sign-out", StringComparison.Ordinal) && !t.Contains("leave", StringComparison.Ordinal)))
                foreach (var path in Filled(template)) waiting.Enqueue(path);
        var seen = new HashSet<string>();
        var kinds = new Dictionary<string, int>();
        while (waiting.TryDequeue(out var path))
        {
            var kind = Parameter2().Replace(path.Split('?')[0], "*");
            if (!seen.Add(path) || (kinds[kind] = kinds.GetValueOrDefault(kind) + 1) > 8) continue;
            var answer = await browser.GetAsync(path);
            if (!path.StartsWith("/states/", StringComparison.Ordinal)) ((int)answer.StatusCode).ShouldBeLessThan(500, path);
            var body = await answer.Content.ReadAsStringAsync();
            yield return (path, $"{answer.RequestMessage!.RequestUri}\n{answer.Headers}\n{answer.Content.Headers}\n{body}");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            foreach (var link in (await Office.ReadAsync(answer)).QuerySelectorAll("a[href], link[href], form[action]").Select(a => a.GetAttribute("href") ?? a.GetAttribute("action")!))
                if (link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal) && !link.Contains("sign-out", StringComparison.Ordinal) && !link.Contains("/leave", StringComparison.Ordinal) && !link.Contains("/css/", StringComparison.Ordinal) && !link.Contains("/js/", StringComparison.Ordinal))
                    waiting.Enqueue(link.Split('#')[0]);
        }
    }

    private IEnumerable<string> Filled(string template)
    {
        if (!template.Contains('{', StringComparison.Ordinal)) { yield return "/" + template; yield break; }
        string[] ids = template.Contains("awards", StringComparison.Ordinal) ? [award] : template.Contains("households", StringComparison.Ordinal) ? [request.HouseholdId.ToString(), hidden.HouseholdId.ToString(), past.HouseholdId.ToString()]
            : template.Contains("handovers", StringComparison.Ordinal) ? [handover] : template.Contains("requests", StringComparison.Ordinal) ? [request.Reference, hidden.Reference, past.Reference]
            : template.Contains("funds", StringComparison.Ordinal) || template.Contains("reports", StringComparison.Ordinal) ? ["crisis-and-resilience-fund"] : [Guid.Empty.ToString(), "gas", "next-contact"];
        foreach (var id in ids)
            yield return "/" + Parameter().Replace(template.Replace("{type}", "crisis-payment?scheme=crisis-and-resilience-fund", StringComparison.Ordinal).Replace("{step}", "needs", StringComparison.Ordinal), id);
    }

    [GeneratedRegex(@"\{[^{}]*(\{[^{}]*\}[^{}]*)*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[0-9A-Z]{9}(?=/|$)")]
    private static partial Regex Parameter2();

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> All { get; } = new();
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Enqueue($"{formatter(state, exception)} {exception}");
        public void Dispose() { }
    }
}
