using System.Net;
using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using AnyDoor.Web.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Residents;

/// <summary>One entry of the menu as everybody meets it.</summary>
public sealed class ServicePageTests : IAsyncLifetime
{
    private static readonly Guid Pantry = Service.UuidOf("waterlees-community-pantry");
    private readonly Office office = new();
    private AuditContext who = null!;

    public async ValueTask InitializeAsync()
    {
        await office.InitializeAsync();
        who = new AuditContext(Actor.Job("test"), null, "test", Purpose.StatisticsAndPlanning, office.Now);
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    private async Task<Service> FirstAsync(Func<Service, bool> which) => (await office.Get<MenuDirectory>().RefreshAsync(default)).Services.First(which);

    [Fact]
    [Requirement("R-MEN-01")]
    public async Task A_service_says_what_it_is_when_where_for_whom_what_it_costs_and_when_it_was_checked()
    {
        var list = await Office.ReadAsync(await Office.PostAsync(office.Browser(), "/menu", "/menu", ("Wanted", "no food in"), ("Near", "Wisbech")));
        var link = list.QuerySelector(".any-hits h3 a")!.GetAttribute("href")!;

        var page = await Office.GetAsync(office.Browser(), link);

        page.QuerySelector("h1")!.TextContent.ShouldBe(list.QuerySelector(".any-hits h3 a")!.TextContent);
        var keys = page.QuerySelectorAll(".govuk-summary-list__key").Select(k => k.TextContent.Trim()).ToList();
        foreach (var key in new[] { "When", "Where", "Who it is for", "What it costs", "How to use it", "Ring", "Languages", "What it helps with" }) keys.ShouldContain(key);
        page.QuerySelectorAll(".any-facts li").Length.ShouldBeGreaterThan(2);
        page.Body!.TextContent.ShouldContain("Last checked on");
        page.Body.TextContent.ShouldContain("by the place team");
        page.QuerySelectorAll(".any-week li").Length.ShouldBe(7);
    }

    [Fact]
    [Requirement("R-MEN-07"), Requirement("R-VOL-02")]
    public async Task What_somebody_may_give_and_what_they_get_for_it_is_said()
    {
        var garden = await FirstAsync(s => s.Contribution?.Support is not null && s.Locations.Count > 0);

        var page = await Office.GetAsync(office.Browser(), $"/menu/{garden.Uuid}");

        page.Body!.TextContent.ShouldContain("Give some time");
        page.Body.TextContent.ShouldContain(garden.Contribution!.Support!.TrimEnd('.'));
    }

    /// <summary>Closed, internal, for partners, a year unchecked, taken off: 404 for residents; workers see what is theirs to see, and why residents do not.</summary>
    [Fact]
    [Requirement("R-MEN-01")]
    public async Task What_must_not_be_shown_is_not_there_and_workers_see_why()
    {
        var menu = office.Get<MenuService>();
        async Task<HttpStatusCode> Anybody() => (await office.Browser().GetAsync($"/menu/{Pantry}")).StatusCode;
        async Task<HttpStatusCode> Worker(string handle) => (await (await office.SignedInAsync(handle)).GetAsync($"/staff/menu/{Pantry}")).StatusCode;
        async Task ChangeAsync(Action<ServiceRow> change)
        {
            await using var db = office.Database.Open();
            var row = await db.Set<ServiceRow>().AsTracking().SingleAsync(s => s.Id == "waterlees-community-pantry");
            change(row);
            await db.SaveChangesAsync();
            await menu.ShowToAsync(who, row.Id, row.Visibility, default);
        }

        (await Anybody()).ShouldBe(HttpStatusCode.OK);
        await menu.ShowToAsync(who, "waterlees-community-pantry", Visibility.Partners, default);
        (await Anybody(), await Worker("joy"), await Worker("nadia")).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.OK));
        (await Office.GetAsync(await office.SignedInAsync("joy"), $"/staff/menu/{Pantry}")).QuerySelector(".any-note--warn")!.TextContent.ShouldContain("for partners only");
        await menu.ShowToAsync(who, "waterlees-community-pantry", Visibility.Internal, default);
        (await Anybody(), await Worker("joy"), await Worker("nadia")).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK));
        await menu.ShowToAsync(who, "waterlees-community-pantry", Visibility.Public, default);
        await ChangeAsync(row => row.LastChecked = new DateOnly(2026, 11, 24).AddDays(-365));
        (await Anybody(), await Worker("joy")).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.OK));
        (await Office.GetAsync(await office.SignedInAsync("joy"), $"/staff/menu/{Pantry}")).QuerySelector(".any-note--warn")!.TextContent.ShouldContain("nobody has confirmed it for 365 days");
        // Never confirmed since it came in hides nothing, however long ago that was.
        await ChangeAsync(row => row.NeverConfirmed = true);
        (await Office.GetAsync(office.Browser(), $"/menu/{Pantry}")).Body!.TextContent.ShouldContain("Nobody has checked this yet");
        await ChangeAsync(row => row.Body = row.Body.Insert(row.Body.IndexOf('{') + 1, "\"status\":\"temporarily-closed\","));
        (await Anybody(), await Worker("joy")).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.OK));
        await menu.TakeOffAsync(who, "waterlees-community-pantry", default);
        (await Anybody(), await Worker("nadia")).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        (await office.Browser().GetAsync($"/menu/{Guid.NewGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>Neither residents nor workers read a hidden place off the page: no name, no address, no postcode, no point.</summary>
    [Fact]
    [Requirement("R-MEN-01")]
    public async Task A_hidden_address_is_on_no_page()
    {
        await using (var db = office.Database.Open())
        {
            var row = await db.Set<ServiceRow>().AsTracking().SingleAsync(s => s.Id == "waterlees-community-pantry");
            var node = System.Text.Json.Nodes.JsonNode.Parse(row.Body)!.AsObject();
            node["locations"] = System.Text.Json.Nodes.JsonNode.Parse("""[{"name":"Zzhidden House","address":"9 Zzhidden Drove, Wisbech","postcode":"PE13 9ZZ","lat":52.61234,"lon":0.15432,"district":"Fenland","hidden":true}]""");
            row.Body = node.ToJsonString();
            await db.SaveChangesAsync();
        }
        await office.Get<MenuService>().ShowToAsync(who, "waterlees-community-pantry", Visibility.Public, default);

        foreach (var html in new[] { await office.Browser().GetStringAsync($"/menu/{Pantry}"), await (await office.SignedInAsync("nadia")).GetStringAsync($"/staff/menu/{Pantry}") })
        {
            html.ShouldContain("The address is kept private");
            foreach (var secret in new[] { "Zzhidden", "PE13 9ZZ", "52.61", "0.154" }) html.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task The_food_page_the_handout_and_the_doorstep_lead_to_the_service()
    {
        var food = await Office.ReadAsync(await Office.PostAsync(office.Browser(), "/menu/food", "/menu/food", ("Near", "Wisbech"), ("Ahead", "0")));
        var sheet = await Office.GetAsync(office.Browser(), "/hand-out/march/food/older");
        var doorstep = await Office.GetAsync(await office.SignedInAsync("wyn"), "/staff/doorstep/march/food/family");

        foreach (var page in new[] { food, sheet, doorstep })
            (await office.Browser().GetAsync(page.QuerySelectorAll("ol li a").First(a => a.GetAttribute("href")!.StartsWith("/menu/", StringComparison.Ordinal)).GetAttribute("href"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
