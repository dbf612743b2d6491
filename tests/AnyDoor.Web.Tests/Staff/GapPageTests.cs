using System.Net;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>The doorstep, the gap board, what groups say and the weights, as people meet them.</summary>
public sealed class GapPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public async ValueTask InitializeAsync()
    {
        await office.InitializeAsync();
        var job = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now.AddDays(-1));
        (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync("piers", "Piers Quillmoor", "County places", "place-coordinator", job, default)).Done.ShouldBeTrue();
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    private async Task<List<MenuGap>> NotedAsync()
    {
        await using var db = office.Database.Open();
        return await db.Set<MenuGap>().ToListAsync();
    }

    [Fact]
    [Requirement("R-MEN-05")]
    public async Task A_councillor_in_March_has_a_handout_after_three_taps()
    {
        var wyn = await office.SignedInAsync("wyn");

        var first = await Office.GetAsync(wyn, "/staff/doorstep");
        first.QuerySelectorAll("a").Select(a => a.GetAttribute("href")).ShouldContain("doorstep/march");
        var second = await Office.GetAsync(wyn, "/staff/doorstep/march");
        second.QuerySelectorAll("a").Select(a => a.GetAttribute("href")).ShouldContain("march/food");
        var third = await Office.PostAsync(wyn, "/staff/doorstep/march/food", "/staff/doorstep/march/food", ("Kind", "family"));
        third.Headers.Location!.OriginalString.ShouldBe("/staff/doorstep/march/food/family");
        var offers = await Office.GetAsync(wyn, "/staff/doorstep/march/food/family");
        offers.QuerySelectorAll("ol.list > li").Length.ShouldBeGreaterThan(2);
        var sheet = await Office.GetAsync(office.Browser(), offers.QuerySelector("a.go")!.GetAttribute("href")!);

        sheet.QuerySelectorAll("ol.list > li").Length.ShouldBeInRange(3, 8);
        sheet.QuerySelector(".ring")!.TextContent.ShouldContain("0808 157 0123");
        sheet.QuerySelector("a[href^='sms:']")!.GetAttribute("href")!.ShouldContain("/hand-out/march/food/family".Replace("/", "%2F", StringComparison.Ordinal));
        sheet.QuerySelector("textarea")!.TextContent.ShouldContain("Help near March");
        (await NotedAsync()).ShouldBeEmpty("there was help, so nothing was missing");
        (await office.LooksAsync()).ShouldBeEmpty("nobody's record was read");
    }

    [Fact]
    [Requirement("R-MEN-05")]
    public async Task The_handout_is_in_the_residents_language_where_it_is_held()
    {
        var sheet = await Office.GetAsync(office.Browser(), "/hand-out/wisbech/english/anybody?lang=pl");

        sheet.DocumentElement.GetAttribute("lang").ShouldBe("pl");
        sheet.QuerySelector("h1")!.TextContent.ShouldBe("Pomoc blisko: Wisbech");
        sheet.QuerySelector("ol.list")!.TextContent.ShouldContain("wtorek");
        (await office.Browser().GetAsync("/hand-out/wisbech/not-safe/anybody")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "paper lies about in a home");
        (await office.Browser().GetAsync("/hand-out/narnia/food/anybody")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>One bar of signal: what a phone fetches, the stylesheet with it.</summary>
    [Fact]
    [Requirement("R-MEN-05")]
    public async Task The_doorsteps_pages_are_small()
    {
        var wyn = await office.SignedInAsync("wyn");
        async Task<int> Weight(string path) => (await wyn.GetByteArrayAsync(path)).Length;

        (await Weight("/staff/doorstep")).ShouldBeLessThan(20_000);
        (await Weight("/staff/doorstep/march")).ShouldBeLessThan(6_000);
        (await Weight("/staff/doorstep/march/food")).ShouldBeLessThan(3_500);
        (await Weight("/staff/doorstep/march/food/family")).ShouldBeLessThan(9_000);
        (await Weight("/hand-out/march/food/family")).ShouldBeLessThan(12_000);
        var page = await Office.GetAsync(wyn, "/staff/doorstep/march/food/family");
        page.QuerySelectorAll("script, img, link[rel=preload]").ShouldBeEmpty();
        page.QuerySelectorAll("link[rel=stylesheet]").Length.ShouldBe(1);
    }

    [Fact]
    [Requirement("R-DOOR-04"), Requirement("R-MEN-04")]
    public async Task Nothing_found_on_the_doorstep_names_the_nearest_and_is_noted_by_place_and_day_without_anybody()
    {
        var (wyn, menu) = (await office.SignedInAsync("wyn"), office.Get<MenuService>());
        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.StatisticsAndPlanning, office.Now);
        foreach (var service in (await office.Get<MenuDirectory>().RefreshAsync(default)).Services.Where(s => s.Needs.Contains("english") && !s.Id.Contains("millfield", StringComparison.Ordinal)).ToList()) await menu.TakeOffAsync(who, service.Id, default);

        for (var i = 0; i < 5; i++) await Office.PostAsync(wyn, "/staff/doorstep/march/english", "/staff/doorstep/march/english", ("Kind", "anybody"));
        var page = await Office.GetAsync(wyn, "/staff/doorstep/march/english/anybody");

        page.QuerySelector(".ring")!.TextContent.ShouldContain("a person will look with you");
        var noted = (await NotedAsync()).ShouldHaveSingleItem();
        (noted.NeedId, noted.Place, noted.Door, noted.Times).ShouldBe(("english", "March", "doorstep", 5));
        await office.Get<GapDesk>().GatherAsync(who, default);
        (await office.Get<GapDesk>().BoardAsync(default)).Single().Searches.ShouldBe(5);
        (await Office.GetAsync(wyn, "/staff/gaps")).Body!.TextContent.ShouldContain($"{AnyDoor.Vocabulary.Words.Current.Need("english")!.Staff}, March");
    }

    [Fact]
    [Requirement("R-MEN-04"), Requirement("R-ISA-07")]
    public async Task Eleven_requests_for_ESOL_in_Arbury_open_to_who_works_with_them_and_are_a_count_to_others()
    {
        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.StatisticsAndPlanning, office.Now);
        await office.Get<PlaceImport>().LoadAsync(Shared.Path("places/postcodes/postcodes_cp_derived.csv.gz"), who, default);
        foreach (var service in (await office.Get<MenuDirectory>().RefreshAsync(default)).Services.Where(s => s.Needs.Contains("english")).ToList()) await office.Get<MenuService>().TakeOffAsync(who, service.Id, default);
        for (var i = 0; i < 11; i++)
            await office.ReceiveAsync($"Quenby Number{i}", change: r => r with { Needs = ["english"], Postcode = Postcode.TryParse("CB4 2ES", out var code) ? code : null, District = "E07000008" });

        (await office.Get<GapDesk>().GatherAsync(who, default)).ShouldBe((1, 0));
        var gap = (await office.Get<GapDesk>().BoardAsync(default)).Single();
        gap.Where.Words.ShouldBe("Arbury");

        var before = (await office.LooksAsync()).Count;
        var coordinator = await Office.GetAsync(await office.SignedInAsync("piers"), $"/staff/gaps/{gap.Id}");
        coordinator.QuerySelector(".any-sentence")!.TextContent.ShouldStartWith("about 10 requests");
        coordinator.QuerySelectorAll("a[href^='/staff/requests/']").ShouldBeEmpty();
        (await office.LooksAsync()).Count.ShouldBe(before);
        var adviser = await Office.GetAsync(await office.SignedInAsync("nadia"), $"/staff/gaps/{gap.Id}");
        adviser.QuerySelector(".any-sentence")!.TextContent.ShouldStartWith("11 requests");
        adviser.QuerySelectorAll("a[href^='/staff/requests/']").Length.ShouldBe(11);
        adviser.Body!.TextContent.ShouldNotContain("Quenby");
        Office.Named((await office.LooksAsync())[^1]).Count().ShouldBe(11, "one look names them all");

        var esol = JsonSerializer.Deserialize<JsonElement>(ContentFiles.Open("services/demo-services.json")).GetProperty("services").EnumerateArray().First(s => s.GetProperty("needs")[0].GetString() == "english" && s.GetProperty("cost").GetProperty("kind").GetString() == "free");
        var added = System.Text.Json.Nodes.JsonNode.Parse(esol.GetRawText())!.AsObject();
        (added["id"], added["name"], added["capacity"]) = ("speak-in-the-community", "Speak in the Community", System.Text.Json.Nodes.JsonNode.Parse("""{"state":"open"}"""));
        added["locations"] = System.Text.Json.Nodes.JsonNode.Parse("""[{"name":"Arbury hall","address":"Hall Road, Cambridge","postcode":"CB4 2ES","lat":52.2258,"lon":0.1214,"district":"Cambridge City"}]""");
        added["areas_served"] = System.Text.Json.Nodes.JsonNode.Parse("""[{"kind":"district","name":"Cambridge City"}]""");
        (added["delivered"], added["languages"]) = (new System.Text.Json.Nodes.JsonArray("place"), new System.Text.Json.Nodes.JsonArray("en"));
        (await office.Get<MenuService>().LoadAsync(who, $$"""{"services":[{{added.ToJsonString()}}]}""", default)).Refusal.ShouldBeNull();
        (await office.Get<GapDesk>().GatherAsync(who, default)).ShouldBe((0, 1));
        (await Office.GetAsync(await office.SignedInAsync("piers"), $"/staff/gaps/{gap.Id}")).QuerySelector(".any-head")!.TextContent.ShouldContain("Speak in the Community");
    }

    [Fact]
    [Requirement("R-CAS-06")]
    public async Task A_partner_writes_down_what_a_group_needs_and_no_name_gets_in()
    {
        var joy = await office.SignedInAsync("joy");
        (string, string)[] Says(string what) => [("Count", "6"), ("Whom", "families"), ("What", what), ("Place", "Littleport"), ("From", "The Tuesday drop-in")];

        var refused = await Office.ReadAsync(await Office.PostAsync(joy, "/staff/gaps/said", "/staff/gaps/said", Says("a coat for Leanne Harrowmere")));
        refused.QuerySelector("#What-error")!.TextContent.ShouldContain("looks like somebody’s name");
        refused.QuerySelector("#What")!.GetAttribute("value").ShouldBe("a coat for Leanne Harrowmere", "what was typed stays");
        var done = await Office.PostAsync(joy, "/staff/gaps/said", "/staff/gaps/said", Says("winter coats"));

        var page = await Office.GetAsync(joy, done.Headers.Location!.OriginalString);
        page.Body!.TextContent.ShouldContain("Written down: 6 families need winter coats, Littleport.");
        (await joy.GetAsync("/staff/gaps")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Requirement("R-MEN-03")]
    public async Task A_coordinator_tries_a_weight_sets_it_and_undoes_it()
    {
        var piers = await office.SignedInAsync("piers");
        (string, string)[] ask = [("Place", "waterlees"), ("NeedId", "food"), ("For", "Families"), ("Points", "15"), ("Evidence", "IDACI 2019: most deprived tenth")];

        var tried = await Office.ReadAsync(await Office.PostAsync(piers, "/staff/weights", "/staff/weights?handler=Try", ask));
        tried.Body!.TextContent.ShouldContain("What it would change");
        tried.QuerySelectorAll("tbody tr").Length.ShouldBe(1, "nothing is set yet");
        (await Office.PostAsync(piers, "/staff/weights", "/staff/weights?handler=Set", ask)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var set = await Office.GetAsync(piers, "/staff/weights");
        set.QuerySelector("tbody")!.TextContent.ShouldContain("IDACI 2019");
        (await office.EventsAsync("menu.weight-set")).ShouldBe(1);
        await Office.PostAsync(piers, "/staff/weights", "/staff/weights?handler=Undo", ("id", set.QuerySelector("input[name=id]")!.GetAttribute("value")!));
        (await office.EventsAsync("menu.weight-undone")).ShouldBe(1);

        var wyn = await office.SignedInAsync("wyn");
        (await Office.GetAsync(wyn, "/staff/weights")).QuerySelectorAll("form[method=post]").Count(f => f.TextContent.Contains("weight", StringComparison.OrdinalIgnoreCase)).ShouldBe(0);
        (await Office.PostAsync(wyn, "/staff/gaps/said", "/staff/weights?handler=Set", ask)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Requirement("R-MEN-04"), Requirement("R-MEN-08")]
    public async Task A_coordinator_opens_a_gap_gives_it_an_owner_and_moves_it_on()
    {
        var piers = await office.SignedInAsync("piers");
        var opened = await Office.PostAsync(piers, "/staff/gaps", "/staff/gaps", ("NeedId", "transport"), ("Place", "march"), ("Missing", "No bus after six"));
        var at = opened.Headers.Location!.OriginalString;

        (await Office.ReadAsync(await Office.PostAsync(piers, at, $"{at}?handler=Move", ("Version", "1"), ("To", "Commissioned"), ("Words", "Asked the county")))).Body!.TextContent.ShouldContain("Say first whose it is.");
        await Office.PostAsync(piers, at, $"{at}?handler=Owner", ("Version", "1"), ("Owner", "Transport team"));
        await Office.PostAsync(piers, at, $"{at}?handler=Move", ("Version", "2"), ("To", "Commissioned"), ("Words", "Asked the county"));

        (await Office.GetAsync(piers, "/staff/gaps")).QuerySelector("tbody tr")!.TextContent.ShouldContain("Commissioned");
        var wants = await Office.GetAsync(piers, "/staff/gaps/personas?place=waterlees");
        wants.QuerySelectorAll("tbody tr").Length.ShouldBe(5);
        wants.QuerySelectorAll("tbody .govuk-tag").ShouldAllBe(t => t.TextContent.Trim() == "Met" || t.TextContent.Trim() == "Part met" || t.TextContent.Trim() == "Gap");
    }

    [Fact]
    [Requirement("R-FRM-03")]
    public async Task The_report_splits_the_menu_by_level()
    {
        var page = await Office.GetAsync(await office.SignedInAsync("hester"), "/staff/reports/menu");

        var counts = page.QuerySelectorAll("tbody")[0].QuerySelectorAll("td[data-l=All]").Select(c => int.Parse(c.TextContent.Trim(), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        counts.Sum().ShouldBeGreaterThan(600);
        counts.ShouldAllBe(c => c > 20);
    }
}
