using System.Net;
using AngleSharp.Html.Dom;
using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>Every page of the product, met by every role, by a stranger and by a form from elsewhere. A page that is not in the list below fails.</summary>
public sealed class SweepTests : IAsyncLifetime
{
    // Said here a second time on purpose: a change of Content/roles.json that opens a page must be made twice.
    private static readonly string[] All = [.. Organisations.Staff.RoleWords];
    private static readonly string[] Figures = ["fund-manager", "approver", "place-coordinator", "analyst", "report-author"];
    private static readonly string[] Places = ["hub-adviser", "navigator", "place-coordinator", "connector", "councillor", "analyst", "report-author"];
    private static readonly string[] OnTheMenu = ["hub-adviser", "navigator", "partner-worker", "partner-administrator", "place-coordinator", "connector", "councillor", "administrator", "parish-clerk"];
    private static readonly string[] KeepTheMenu = ["place-coordinator", "administrator"];
    private static readonly string[] Send = ["partner-worker", "partner-administrator", "councillor"];
    private static readonly string[] HandedTo = ["navigator", "partner-worker", "partner-administrator"];
    private static readonly string[] Systems = ["partner-administrator", "administrator"];
    // Each needs something of its own to be there: two records, a join, a handover to that organisation. Their refusals are in their own tests.
    private static readonly string[] OfItsOwn = ["staff/requests/{ref}/match/{id:guid}", "staff/households/{id:guid}/undo-join/{match:guid}", "staff/handovers/{ref}", "staff/kept/{id:guid}", "staff/here", "staff/emergency/{id:guid}", "staff/systems/keys/{id:guid}", "staff/systems/addresses/{id:guid}"];
    /// <summary>The ways in, for whoever is not in yet. Their own tests are SignIn/.</summary>
    private static readonly string[] WaysIn = ["staff/sign-in", "staff/sign-in/council", "staff/invitation/{code}"];
    private static readonly string[] LooksAfterWorkers = ["administrator", "partner-administrator"];
    private static readonly Dictionary<string, string[]> MayOpen = new()
    {
        ["staff"] = All,
        ["staff/sign-out"] = All,
        ["staff/places"] = Places,
        ["staff/places/{code}"] = Places,
        ["staff/places/{code}/team"] = Places,
        ["staff/places/{code}/plan"] = Places,
        ["staff/places/activities/{id:guid}"] = Places,
        ["staff/places/areas/{code}"] = ["place-coordinator", "connector"],
        ["staff/places/coverage"] = Places,
        ["staff/places/facts"] = Places,
        ["staff/places/notes"] = Places,
        ["staff/doorstep"] = All,
        ["staff/doorstep/{place}/{need?}/{kind?}"] = All,
        ["staff/gaps"] = Places,
        ["staff/gaps/{id:guid}"] = Places,
        ["staff/gaps/personas"] = Places,
        ["staff/gaps/said"] = OnTheMenu,
        ["staff/weights"] = Places,
        ["staff/menu"] = OnTheMenu,
        ["staff/menu/{id:guid}"] = All,
        ["staff/menu/{id:guid}/edit"] = KeepTheMenu,
        ["staff/menu/edits"] = ["partner-worker", "partner-administrator", "parish-clerk", .. KeepTheMenu],
        ["staff/parish"] = ["parish-clerk"],
        ["staff/parish/new"] = ["parish-clerk"],
        ["staff/menu/edits/{id:guid}"] = KeepTheMenu,
        ["staff/menu/due"] = KeepTheMenu,
        ["staff/menu/duplicates"] = KeepTheMenu,
        ["staff/menu/duplicates/{id:guid}"] = KeepTheMenu,
        ["staff/menu/reports"] = KeepTheMenu,
        ["staff/menu/reports/{id:guid}"] = KeepTheMenu,
        ["staff/reports/menu"] = Figures,
        ["staff/account"] = All,
        ["staff/asked"] = All,
        ["staff/information"] = ["information-lead"],
        ["staff/here"] = All,
        ["staff/kept/{id:guid}"] = All,
        ["staff/people"] = LooksAfterWorkers,
        ["staff/people/new"] = LooksAfterWorkers,
        ["staff/people/{handle}"] = LooksAfterWorkers,
        ["staff/queue"] = ["hub-adviser"],
        ["staff/requests/{ref}"] = ["hub-adviser"],
        ["staff/requests/{ref}/award/{type}"] = ["hub-adviser"],
        ["staff/requests/{ref}/match/{id:guid}"] = ["hub-adviser"],
        ["staff/requests/{ref}/pass-on"] = ["hub-adviser"],
        ["staff/requests/{ref}/read-back"] = ["hub-adviser"],
        ["staff/requests/{ref}/safe-contact"] = ["hub-adviser"],
        ["staff/requests/{ref}/code"] = ["hub-adviser"],
        ["staff/requests/{ref}/home"] = ["hub-adviser"],
        ["staff/requests/{ref}/permissions"] = ["hub-adviser"],
        ["staff/requests/{ref}/money"] = ["hub-adviser"],
        ["staff/requests/{ref}/money/months"] = ["hub-adviser"],
        ["staff/requests/{ref}/gains"] = ["hub-adviser"],
        ["staff/requests/{ref}/gains/{id:guid}"] = ["hub-adviser"],
        ["staff/requests/{ref}/budget"] = ["hub-adviser"],
        ["staff/requests/{ref}/second-look"] = ["hub-adviser"],
        ["staff/reviews"] = ["reviewer"],
        ["staff/reviews/{ref}"] = ["reviewer"],
        ["staff/samples"] = ["fund-manager"],
        ["staff/calls/new"] = ["hub-adviser"],
        ["staff/handovers"] = HandedTo,
        ["staff/handovers/{ref}"] = HandedTo,
        ["staff/households"] = ["hub-adviser", "navigator"],
        ["staff/households/{id:guid}"] = ["hub-adviser"],
        ["staff/households/{id:guid}/undo-join/{match:guid}"] = ["hub-adviser"],
        ["staff/send"] = Send,
        ["staff/sent"] = Send,
        ["staff/funds"] = ["fund-manager", "approver"],
        ["staff/funds/{id}"] = ["fund-manager", "approver"],
        ["staff/awards"] = ["fund-manager", "approver"],
        ["staff/awards/{id}"] = ["fund-manager", "approver"],
        ["staff/reports"] = Figures,
        ["staff/reports/{id}"] = Figures,
        ["staff/reports/gains"] = Figures,
        ["staff/reports/gains/behind"] = Figures,
        ["staff/reports/{id}/behind"] = Figures,
        ["staff/reports/{id}/doors"] = Figures,
        ["staff/imports"] = ["fund-manager", "administrator"],
        ["staff/imports/new"] = ["fund-manager", "administrator"],
        ["staff/imports/{id:guid}"] = ["fund-manager", "administrator"],
        ["staff/imports/rows/{id:guid}"] = ["fund-manager", "administrator"],
        ["staff/settings"] = ["administrator"],
        ["staff/settings/partnership"] = ["administrator"],
        ["staff/settings/logo"] = ["administrator"],
        ["staff/settings/hours"] = ["administrator"],
        ["staff/settings/numbers"] = ["administrator"],
        ["staff/settings/numbers/{id}"] = ["administrator"],
        ["staff/settings/access-points"] = ["administrator"],
        ["staff/settings/access-points/{id}"] = ["administrator"],
        ["staff/settings/texts"] = ["administrator"],
        ["staff/settings/texts/{id}"] = ["administrator"],
        ["staff/settings/notices"] = ["administrator"],
        ["staff/settings/history/{id}"] = ["administrator"],
        ["staff/editions"] = Figures,
        ["staff/editions/{id}"] = Figures,
        ["staff/extracts"] = ["analyst"],
        ["staff/take-up"] = ["analyst"],
        ["staff/take-up/new"] = ["analyst"],
        ["staff/take-up/{id:guid}"] = ["analyst"],
        ["staff/subject-requests"] = ["information-lead"],
        ["staff/subject-requests/new"] = ["information-lead", "hub-adviser", "navigator"],
        ["staff/subject-requests/{ref}"] = ["information-lead"],
        ["staff/subject-requests/{ref}/place/{n:int}"] = ["information-lead"],
        ["staff/subject-requests/{ref}/copy"] = ["information-lead"],
        ["staff/subject-requests/{ref}/looks"] = ["information-lead"],
        ["staff/retention"] = ["information-lead"],
        ["staff/held"] = ["hub-adviser", "administrator"],
        ["staff/handovers/files"] = HandedTo,
        ["staff/systems"] = Systems,
        ["staff/systems/keys/new"] = Systems,
        ["staff/systems/keys/{id:guid}"] = Systems,
        ["staff/systems/addresses/new"] = Systems,
        ["staff/systems/addresses/{id:guid}"] = Systems,
        ["staff/log"] = ["information-lead"],
        ["staff/log/unusual"] = ["information-lead"],
        ["staff/who-sees-what"] = ["information-lead"],
        ["staff/looks"] = ["information-lead"],
        ["staff/agreements"] = ["information-lead"],
        ["staff/agreements/new"] = ["information-lead"],
        ["staff/agreements/{id:guid}"] = ["information-lead"],
        ["staff/agreements/{id:guid}/change"] = ["information-lead"],
        ["staff/emergency"] = ["hub-adviser", "navigator", "partner-worker", "partner-administrator", "approver"],
        ["staff/emergency/{id:guid}"] = ["hub-adviser"],
        ["staff/ties"] = ["hub-adviser", "navigator", "partner-worker", "partner-administrator", "information-lead"],
        ["staff/households/{id:guid}/i-know-them"] = ["hub-adviser", "navigator", "partner-worker", "partner-administrator"],
    };

    /// <summary>Words that stand for what must not leak: they are in every field a person or a council can fill.</summary>
    private const string Name = "Quenby Zzcanary";
    private const string Words = "zzcanary-words <script>alert('zzcanary')</script>";
    private const string Street = "7 Zzcanary Drove";

    private readonly Office office = new();
    private readonly Dictionary<string, string> samples = [];
    private Received request = null!;

    public async ValueTask InitializeAsync()
    {
        await office.InitializeAsync();
        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now.AddDays(-1));
        foreach (var role in All)
            (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync($"sweep-{role}", $"Sweep {role}", role is "hub-adviser" ? "County hub" : $"Sweep {role} place", role, who, default)).Done.ShouldBeTrue();

        request = await office.ReceiveAsync(Name, why: Words, change: r => r with { Address = Street, District = "E07000010", HouseholdSize = 2 });
        var nadia = (await office.Get<AnyDoor.Organisations.Staff>().FindAsync("nadia", default))!;
        var award = await office.Get<RequestAwards>().AwardAsync(
            new AuditContext(new Actor(ActorKind.System, nadia.Id, "nadia by key"), nadia.OrganisationId, "api", Purpose.AwardAndPay, office.Now), nadia,
            new RequestAward(request.Reference, "crisis-and-resilience-fund", "crisis-payment", 4900, "printed-letter", "Pay halved <script>alert('reason')</script>", null), new Once("test", "sweep", [1]), default);
        award.Refusal.ShouldBeNull();
        var import = await ImportAsync();
        var lead = await office.WorkerAsync("sweep-information-lead");
        samples["staff/agreements/{id:guid}"] = samples["staff/agreements/{id:guid}/change"] = (await office.Get<Agreements>().SaveAsync(lead.For(Purpose.Assurance, "test", office.Now), null, AgreementTerms.Empty with { Name = "Hub and food banks" }, null, default)).Value.ToString();
        samples["staff/places/areas/{code}"] = "new";
        samples["staff/places/{code}"] = samples["staff/places/{code}/team"] = samples["staff/places/{code}/plan"] = "E07000010";
        samples["staff/places/activities/{id:guid}"] = (await office.Get<AnyDoor.PlaceTeams.PlaceDesk>().OpenAsync(who, "E07000010", AnyDoor.PlaceTeams.WorkKind.Event, "Sweep", null, null, null, null, default)).Value.ToString();
        samples["staff/gaps/{id:guid}"] = (await office.Get<AnyDoor.PlaceTeams.GapDesk>().OpenAsync(who, "transport", AnyDoor.ServiceDirectory.GapPlace.Find("march"), "Nothing after six", null, null, default)).Value.ToString();
        samples["staff/menu/{id:guid}"] = samples["menu/{id:guid}"] = AnyDoor.ServiceDirectory.Service.UuidOf("waterlees-community-pantry").ToString();
        var pantry = (await office.Get<AnyDoor.ServiceDirectory.MenuDirectory>().RefreshAsync(default)).Find("waterlees-community-pantry")!;
        samples["menu/check/{token}"] = office.Get<AnyDoor.ServiceDirectory.CheckLinks>().TokenFor(pantry, new DateOnly(2026, 11, 24));
        (await office.Get<AnyDoor.ServiceDirectory.ServiceReports>().ReportAsync(who, pantry.Id, AnyDoor.ServiceDirectory.ReportKind.Details, "Opens at ten", default)).Done.ShouldBeTrue();
        await using (var db = office.Database.Open()) samples["staff/menu/reports/{id:guid}"] = (await db.Set<AnyDoor.ServiceDirectory.ServiceReport>().Select(r => r.Id).SingleAsync()).ToString();
        var twice = new AnyDoor.ServiceDirectory.DuplicatePair { Id = Guid.CreateVersion7(), OlderId = pantry.Id, NewerId = "wisbech-work-club", Percent = 70, Why = "<script>alert('why')</script>", Held = false, FoundAt = office.Now, State = AnyDoor.ServiceDirectory.DuplicateState.Waiting };
        samples["staff/menu/duplicates/{id:guid}"] = twice.Id.ToString();
        await office.Get<Commands>().RunAsync<AnyDoor.Common.Nothing>(who, c => { c.Insert(twice); return Task.FromResult<AnyDoor.Common.Result<AnyDoor.Common.Nothing>>(AnyDoor.Common.Nothing.Value); }, default);
        samples["staff/menu/{id:guid}/edit"] = pantry.Uuid.ToString();
        var edits = office.Get<AnyDoor.ServiceDirectory.ServiceEdits>();
        var joy = await office.WorkerAsync("joy");
        samples["staff/menu/edits/{id:guid}"] = (await edits.ProposeAsync(joy.For(Purpose.StatisticsAndPlanning, "staff", office.Now), joy, pantry.Uuid, await edits.VersionAsync(pantry.Id, default), new Dictionary<string, string> { ["phone"] = "01945 555 0100" }, default)).Id!.Value.ToString();
        samples["ref"] = request.Reference;
        (await office.Get<GainDesk>().PredictAsync((await office.WorkerAsync("nadia")).For(Purpose.RespondToRequest, "phone-county-hub", office.Now), request.Reference, "universal-credit", 100_00, 200_00, default)).Done.ShouldBeTrue();
        await using (var db = office.Database.Open()) samples["staff/requests/{ref}/gains/{id:guid}"] = (await db.Set<AnyDoor.Offers.Gain>().Select(g => g.Id).SingleAsync()).ToString();
        var ada = (await office.WorkerAsync("sweep-analyst")).For(Purpose.CaseFinding, "staff", office.Now);
        samples["staff/take-up/{id:guid}"] = (await office.Get<AnyDoor.Reporting.TakeUp>().WorkAsync(ada, "Pensioners", "The data agreement of the county", null, new DateOnly(2026, 12, 31), 2026, new StringReader("reference,place,district,tenure,adult1_born\nA1,March,Fenland,RENT_FROM_COUNCIL,1950-04-06\n"), null, default)).Value.ToString();
        samples["staff/reports/gains/behind"] = "?stage=Predicted";
        samples["type"] = "crisis-payment?scheme=crisis-and-resilience-fund";
        samples["staff/awards/{id}"] = award.Value!.Reference;
        samples["staff/households/{id:guid}"] = request.HouseholdId.ToString();
        samples["staff/imports/{id:guid}"] = import.Import.ToString();
        samples["staff/imports/rows/{id:guid}"] = import.Row.ToString();
        (samples["staff/settings/numbers/{id}"], samples["staff/settings/access-points/{id}"]) = ("gas", "fenland");
        (samples["staff/settings/texts/{id}"], samples["staff/settings/history/{id}"]) = ("next-contact", "hours");
        samples["staff/reports/{id}"] = samples["staff/reports/{id}/behind"] = samples["staff/reports/{id}/doors"] = samples["staff/funds/{id}"] = samples["staff/editions/{id}"] = "crisis-and-resilience-fund";
        (await office.Get<ReviewDesk>().AskAsync((await office.WorkerAsync("nadia")).For(Purpose.RespondToRequest, "phone-county-hub", office.Now), request.Reference, award.Value!.Reference, "It does not last until the next pay <script>alert('ask')</script>", default)).Refusal.ShouldBeNull();
        await using (var db = office.Database.Open()) samples["staff/reviews/{ref}"] = await db.Set<DecisionReview>().Select(r => r.Reference).SingleAsync();
        var subject = await SubjectAsync();
        samples["staff/subject-requests/{ref}"] = samples["staff/subject-requests/{ref}/copy"] = samples["staff/subject-requests/{ref}/looks"] = subject;
        samples["staff/subject-requests/{ref}/place/{n:int}"] = subject;
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    [Requirement("R-ISA-01")]
    public async Task Every_page_opens_for_the_roles_that_need_it_and_is_not_there_for_the_others()
    {
        var wrong = new List<string>();
        foreach (var role in All)
        {
            var browser = await office.SignedInAsync($"sweep-{role}");
            foreach (var (page, roles) in MayOpen)
            {
                // Leaving signs out: it is met last, by strangers.
                if (OfItsOwn.Contains(page) || page == "staff/sign-out") continue;
                var answer = await browser.GetAsync(Path(page));
                var opened = answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect;
                if (opened != roles.Contains(role)) wrong.Add($"{role} met {(int)answer.StatusCode} at {Path(page)}");
                if (!opened && answer.StatusCode != HttpStatusCode.NotFound) wrong.Add($"{role} met {(int)answer.StatusCode} at {Path(page)}, where nothing should be");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_of_the_product_is_in_the_sweep()
    {
        var pages = Pages().Select(p => p.AttributeRouteInfo!.Template!).Where(t => t.StartsWith("staff", StringComparison.Ordinal) && !WaysIn.Contains(t)).Distinct();

        pages.Order(StringComparer.Ordinal).ShouldBe(MayOpen.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_stranger_is_led_to_sign_in_and_sees_nothing_of_anybody()
    {
        var before = (await office.LooksAsync()).Count;
        foreach (var page in MayOpen.Keys)
        {
            var answer = await office.Browser().GetAsync(Path(page));
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, page);
            answer.Headers.Location!.AbsolutePath.ShouldBe("/staff/sign-in", page);
        }
        (await office.LooksAsync()).Count.ShouldBe(before);
    }

    [Fact]
    public async Task Through_a_proxy_no_staff_page_is_there()
    {
        var browser = await office.SignedInAsync("nadia");
        foreach (var header in new[] { "X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via" })
            foreach (var page in MayOpen.Keys.Append("staff/sign-in"))
            {
                using var message = new HttpRequestMessage(HttpMethod.Get, Path(page));
                message.Headers.TryAddWithoutValidation(header, "1.1 192.0.2.1");
                (await browser.SendAsync(message)).StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{header} {page}");
            }
    }

    /// <summary>What is only opened changes nothing: each page of each role, and no event but those that say that it was opened.</summary>
    [Fact]
    public async Task Opening_a_page_changes_nothing()
    {
        // To work on somebody's own ask, the lead's ground is opened with the page, and the log says so.
        string[] openings = ["subject.opened"];
        async Task<List<string>> EventsAsync()
        {
            await using var db = office.Database.Open();
            return await db.Set<AuditEvent>().OrderBy(e => e.Seq).Select(e => e.Kind).ToListAsync();
        }
        var wrong = new List<string>();
        foreach (var role in All)
        {
            var browser = await office.SignedInAsync($"sweep-{role}");
            foreach (var page in MayOpen.Where(p => p.Value.Contains(role) && !OfItsOwn.Contains(p.Key)).Select(p => p.Key))
            {
                var before = (await EventsAsync()).Count;
                await browser.GetAsync(Path(page));
                wrong.AddRange((await EventsAsync()).Skip(before).Except(openings).Select(kind => $"{role}: {kind} by opening {Path(page)}"));
            }
        }
        wrong.ShouldBeEmpty();
    }

    /// <summary>Fault cases F25 and F29.</summary>
    [Fact]
    public async Task Every_change_needs_the_forms_own_token_and_every_answer_has_its_headers()
    {
        var wrong = new List<string>();
        var forms = 0;
        foreach (var page in Pages())
        {
            var template = page.AttributeRouteInfo!.Template!;
            if (template.StartsWith("states", StringComparison.Ordinal)) continue;
            var staff = template.StartsWith("staff", StringComparison.Ordinal) && !WaysIn.Contains(template);
            var browser = staff ? await office.SignedInAsync($"sweep-{MayOpen[template].First()}") : office.Browser();

            var answer = await browser.GetAsync(Path(template));
            foreach (var header in new[] { "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy" })
                if (!answer.Headers.Contains(header)) wrong.Add($"{template}: no {header}");
            if (staff && answer.Headers.CacheControl?.NoStore != true) wrong.Add($"{template}: may be kept");
            if (staff && !answer.Headers.Contains("X-Robots-Tag")) wrong.Add($"{template}: may be indexed");

            foreach (var handler in Posts(page))
            {
                var to = Path(template);
                forms++;
                if (handler.Length > 0) to += (to.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "handler=" + handler;
                var bare = await browser.PostAsync(to, new FormUrlEncodedContent([]));
                if (bare.StatusCode != HttpStatusCode.BadRequest) wrong.Add($"{to}: {(int)bare.StatusCode} without a token");
                if (!staff) continue;
                var others = (await Office.GetAsync(await office.SignedInAsync("tom"), "/staff/queue")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
                var foreign = await browser.PostAsync(to, new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", others)]));
                if (foreign.StatusCode != HttpStatusCode.BadRequest) wrong.Add($"{to}: {(int)foreign.StatusCode} with somebody else's token");
            }
        }
        wrong.ShouldBeEmpty();
        forms.ShouldBeGreaterThan(20, "each page's handlers were found");
    }

    /// <summary>Fault case F23, and the canaries: a person's name, words and street stay with those who work with them, and out of every address.</summary>
    [Fact]
    [Requirement("R-ISA-05")]
    public async Task What_a_person_said_is_seen_only_where_it_is_needed_and_is_never_markup()
    {
        var wrong = new List<string>();
        foreach (var role in All)
        {
            var browser = await office.SignedInAsync($"sweep-{role}");
            foreach (var page in MayOpen.Where(p => p.Value.Contains(role) && !OfItsOwn.Contains(p.Key) && p.Key != "staff/sign-out").Select(p => p.Key))
            {
                var answer = await browser.GetAsync(Path(page));
                if (answer.StatusCode != HttpStatusCode.OK) continue;
                var text = await answer.Content.ReadAsStringAsync();
                if (text.Contains("<script>alert", StringComparison.OrdinalIgnoreCase)) wrong.Add($"{role} at {page}: markup came through");
                var works = role is "hub-adviser";
                // Who mends a row sees that row; nobody else outside the hub meets a person's words or name.
                var mends = page.StartsWith("staff/imports/", StringComparison.Ordinal);
                if (!works && !mends && text.Contains("zzcanary", StringComparison.OrdinalIgnoreCase)) wrong.Add($"{role} at {page}: sees what is not theirs to see");
                var document = await Office.ReadAsync(answer);
                foreach (var link in document.QuerySelectorAll("a[href], form[action]"))
                    if ((link.GetAttribute("href") ?? link.GetAttribute("action"))!.Contains("canary", StringComparison.OrdinalIgnoreCase)) wrong.Add($"{role} at {page}: a name in an address");
            }
        }
        wrong.ShouldBeEmpty();
    }

    /// <summary>Fault case F11: another household's or a made-up id, one answer.</summary>
    [Fact]
    public async Task An_id_of_somebody_elses_is_answered_as_one_that_is_not_there()
    {
        var closed = await office.ReceiveAsync("Ottoline Zzcanary");
        await CloseAsync(closed);
        foreach (var role in All)
        {
            var browser = await office.SignedInAsync($"sweep-{role}");
            var others = await browser.GetAsync($"/staff/households/{closed.HouseholdId}");
            var nobodys = await browser.GetAsync($"/staff/households/{Guid.NewGuid()}");
            (others.StatusCode, nobodys.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound), role);
            var (one, other) = (await Office.ReadAsync(others), await Office.ReadAsync(nobodys));
            Main(one).ShouldBe(Main(other), role);
        }

        static string Main(IHtmlDocument page) => page.QuerySelector("main")!.TextContent;
    }

    private static IEnumerable<string> Posts(PageActionDescriptor page) =>
        ((page as CompiledPageActionDescriptor)?.HandlerMethods ?? []).Where(h => h.HttpMethod == "Post").Select(h => h.Name ?? "");

    /// <summary>Every page, with its handlers.</summary>
    private List<PageActionDescriptor> Pages()
    {
        var loader = office.Get<Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure.PageLoader>();
        return [.. office.Get<EndpointDataSource>().Endpoints.Select(e => e.Metadata.GetMetadata<PageActionDescriptor>()).OfType<PageActionDescriptor>()
            .DistinctBy(p => p.AttributeRouteInfo!.Template)
            .Select(p => loader.LoadAsync(p, EndpointMetadataCollection.Empty).GetAwaiter().GetResult())];
    }

    private string Path(string template)
    {
        if (samples.TryGetValue(template, out var own) && own.StartsWith('?')) return $"/{template}{own}";
        if (template.Contains('{', StringComparison.Ordinal) && own is not null)
            return "/" + template.Replace("{id:guid}", own, StringComparison.Ordinal).Replace("{id}", own, StringComparison.Ordinal).Replace("{ref}", template.Contains("{id", StringComparison.Ordinal) ? samples["ref"] : own, StringComparison.Ordinal).Replace("{code}", own, StringComparison.Ordinal).Replace("{n:int}", "1", StringComparison.Ordinal).Replace("{token}", own, StringComparison.Ordinal);
        return "/" + template.Replace("{ref}", samples["ref"], StringComparison.Ordinal).Replace("{type}", samples["type"], StringComparison.Ordinal)
            .Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal).Replace("{match:guid}", Guid.Empty.ToString(), StringComparison.Ordinal).Replace("{place}/{need?}/{kind?}", "march/food/family", StringComparison.Ordinal).Replace("{place}/{need}/{kind}", "march/food/family", StringComparison.Ordinal).Replace("{step}", "needs", StringComparison.Ordinal)
            .Replace("{handle}", "sweep-partner-administrator", StringComparison.Ordinal).Replace("{code}", "never-made", StringComparison.Ordinal)
            .Replace("{name:regex(^(accessibility|privacy|cookies|complaints|contact)$)}", "privacy", StringComparison.Ordinal);
    }

    /// <summary>Somebody else's ask for a copy, gathered: pages about it name whom it is about, and only the lead opens them.</summary>
    private async Task<string> SubjectAsync()
    {
        var other = await office.ReceiveAsync("Ambrose Tallantire", change: r => r with { Words = "Nothing in the house" });
        var lead = await office.WorkerAsync("maren");
        var (desk, who) = (office.Get<AnyDoor.Rights.SubjectDesk>(), lead.For(Purpose.Assurance, "test", office.Now));
        var reference = (await desk.TakeInAsync(who, new AnyDoor.Rights.NewSubjectRequest(AnyDoor.Rights.SubjectKind.Access, AnyDoor.Rights.SubjectWay.Letter, new DateOnly(2026, 11, 20), "Ambrose Tallantire", "Everything"), default)).Value!;
        (await desk.LinkAsync(who, reference, other.ApplicantId, default)).Refusal.ShouldBeNull();
        (await desk.GatherAsync(lead, reference, office.Now, default)).Refusal.ShouldBeNull();
        return reference;
    }

    /// <summary>A council's form of two rows, of which one is set aside.</summary>
    private async Task<(Guid Import, Guid Row)> ImportAsync()
    {
        const string header = "Reference,Submitted at,Door,Applying for,Permission given,First name,Last name,Date of birth,Address,Postcode,Area,Phone,Email,Contact me by,Language,Adults,Children,Ages of children,What do you need?,Meter,How urgent,In your own words,Contacted at,Support given,Value,Passed to";
        static string Row(string reference, string born) => $"{reference},04/12/2020 05:22,Web form,Myself,,Quenby,Zzcanary,{born},{Street},CB2 1QY,Fenland,07700 900319,,Phone,English,1,0,,Food,Prepayment,Today,{Words},06/12/2020 21:22,,,";
        var path = System.IO.Path.Combine(office.Folder, "form.csv");
        await File.WriteAllTextAsync(path, string.Join("\r\n", header, Row("Z-1", "08/08/1992"), Row("Z-2", "31/02/1980")));
        var who = new AuditContext(Actor.Job("test"), null, "command-line", Purpose.RespondToRequest, office.Now);
        var summary = await office.Get<RequestImporter>().ImportAsync(path, "winter-support-grant", null, who, strict: false, progress: null, default);
        (summary.Imported, summary.Quarantined.Count).ShouldBe((1, 1));
        await using var db = office.Database.Open();
        return await db.Set<QuarantinedRow>().Select(r => ValueTuple.Create(r.ImportId, r.Id)).SingleAsync();
    }

    private async Task CloseAsync(Received received)
    {
        await using var db = office.Database.Open();
        await db.Set<Ground>().Where(g => g.CauseId == received.RequestId).ExecuteUpdateAsync(g => g.SetProperty(x => x.To, office.Now.AddMinutes(-10)));
        await db.Set<Request>().Where(r => r.Id == received.RequestId).ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, RequestStatus.Helped));
    }
}
