using System.Net;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Places;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

public sealed class PlacesPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();

    public ValueTask DisposeAsync() => office.DisposeAsync();

    private async Task LoadAsync(params string[] files)
    {
        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.StatisticsAndPlanning, office.Now);
        foreach (var file in files) await office.Get<PlaceImport>().LoadAsync(Shared.Path("places/" + file), who, default);
        await office.Get<PostcodeLookup>().RefreshAsync(default);
    }

    [Fact]
    [Requirement("R-PLC-03")]
    public async Task With_nothing_loaded_the_papers_own_neighbourhoods_are_there_and_what_is_missing_is_said()
    {
        var wyn = await office.SignedInAsync("wyn");

        var page = await Office.ReadAsync(await wyn.GetAsync("/staff/places"));
        var all = await Office.ReadAsync(await wyn.GetAsync("/staff/places/all"));
        var one = await Office.ReadAsync(await wyn.GetAsync("/staff/places/fenland-002c"));
        var twice = await Office.ReadAsync(await wyn.GetAsync("/staff/places/huntingdonshire-008c"));

        page.QuerySelectorAll("details tbody tr").Length.ShouldBe(92);
        page.Body!.TextContent.ShouldContain("They are not checked: the official data is not loaded.");
        page.Body.TextContent.ShouldContain("Not loaded yet:");
        page.QuerySelectorAll("a[href^='https://www.gov.uk/']").ShouldNotBeEmpty();
        all.QuerySelectorAll("#same tbody tr").Length.ShouldBe(91);
        all.QuerySelectorAll("svg.any-map--hexes g.any-map__c path").Length.ShouldBe(91);
        all.Body!.TextContent.ShouldContain("No outlines are loaded, so each neighbourhood is a hexagon");
        one.QuerySelector(".any-sentence")!.TextContent.ShouldStartWith("It is among the most deprived tenth in England.");
        one.Body!.TextContent.ShouldContain("No official file is loaded.");
        twice.Body!.TextContent.ShouldContain("Both cannot be right, so its numbers are set aside.");
        var fenland = await Office.ReadAsync(await wyn.GetAsync("/staff/places/E07000010"));
        fenland.QuerySelector(".any-head")!.TextContent.ShouldContain("District. 6 of Fenland’s 55 neighbourhoods are printed in the paper");
        fenland.QuerySelector(".any-figs dd")!.TextContent.ShouldStartWith("4 printed");
        fenland.QuerySelector("tr.is-here")!.TextContent.ShouldNotContain("%");
        page.Body.TextContent.ShouldContain("6 of 55 printed");
        page.QuerySelectorAll("#table-1 tbody tr").Length.ShouldBe(20);
        page.Body.TextContent.ShouldContain("Printed twice. Huntingdonshire 008C stands in rows");
        (await wyn.GetAsync("/staff/places/E01018083")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Requirement("R-PLC-04"), Requirement("R-PLC-05")]
    public async Task A_place_says_plainly_where_it_stands_beside_others_and_from_which_data()
    {
        await LoadAsync("iod2019/File_2_-_IoD2019_Domains_of_Deprivation.csv.gz", "iod2019/File_7_format_composite_cp.csv", "iod2019/imd2019_england_ltla19_summary.csv", "lookups/lsoa11_msoa11_wd19_lad19_cp.csv", "lookups/lsoa21_msoa21_hocl_names_cp.csv", "postcodes/postcodes_cp_derived.csv.gz", "boundaries/lsoa11_cp.geojson");
        var wyn = await office.SignedInAsync("wyn");
        var waterlees = office.Get<PlaceBook>().Current.Areas("lsoa", 2011).Single(a => a.Name == "Fenland 002C").Code;

        var index = await Office.ReadAsync(await wyn.GetAsync("/staff/places"));
        var page = await Office.ReadAsync(await wyn.GetAsync($"/staff/places/{waterlees}"));
        var district = await Office.ReadAsync(await wyn.GetAsync("/staff/places/E07000010?order=income&show=crime"));
        var misprint = await Office.ReadAsync(await wyn.GetAsync($"/staff/places/{office.Get<PlaceBook>().Current.Areas("lsoa", 2011).Single(a => a.Name == "Huntingdonshire 016B").Code}"));
        var csv = await wyn.GetStringAsync($"/staff/places/{waterlees}?handler=csv");

        index.QuerySelectorAll("strong").Count(s => s.TextContent == "Misprint.").ShouldBe(10);
        page.QuerySelector(".any-sentence")!.TextContent.ShouldStartWith("It is among the most deprived tenth in England. Here, it is among the most deprived tenth in Cambridgeshire and Peterborough.");
        index.QuerySelectorAll("strong").Count(s => s.TextContent == "The ward differs.").ShouldBeGreaterThan(10, "none of these rows is said to agree");
        index.QuerySelectorAll("#table-1 td[data-l='Checked']").ShouldContain(c => c.TextContent.StartsWith("Agrees. "));
        page.QuerySelector("table")!.QuerySelectorAll("tbody tr").Length.ShouldBe(8, "the whole index and its seven parts");
        page.QuerySelector("table")!.QuerySelectorAll("tr.is-here").Length.ShouldBe(1);
        page.QuerySelector("svg.any-map--outlines")!.GetAttribute("aria-label")!.ShouldContain("The same facts are in the table.");
        page.QuerySelectorAll("svg.any-map g.any-map__c path").Length.ShouldBe(page.QuerySelectorAll("#same tbody tr").Length);
        page.QuerySelectorAll("#same tr.is-here").Length.ShouldBe(1);
        page.Body!.TextContent.ShouldContain("Row 21: Fenland 002C, Waterlees Village, England 1, local 1.");
        page.Body.TextContent.ShouldContain("Contains National Statistics data © Crown copyright and database right.");
        page.Body.TextContent.ShouldContain("Contains OS data © Crown copyright and database right.");
        page.Body.TextContent.ShouldContain("Contains Parliamentary information licensed under the Open Parliament Licence v3.0.");
        district.QuerySelectorAll("#same tbody tr").Length.ShouldBe(55);
        district.QuerySelector(".any-sentence")!.TextContent.ShouldStartWith("4 of its 55 neighbourhoods are among the most deprived tenth in England");
        district.QuerySelectorAll(".any-key li").Length.ShouldBeInRange(3, 8);
        var incomes = district.QuerySelectorAll("#same tbody tr td[data-l='Income deprived']").Select(c => decimal.Parse(c.TextContent.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        incomes.ShouldBe(incomes.OrderDescending());
        incomes[0].ShouldBe(30.2m);
        misprint.Body!.TextContent.ShouldContain("Misprint. The row is that of Huntingdonshire 016B");
        csv.ShouldContain($"{waterlees},Fenland 002C,IoD 2019,2011,local_decile,1");
        csv.ShouldContain("Open Government Licence");
        (await wyn.GetAsync("/staff/places/fenland-002c")).Headers.Location!.OriginalString.ShouldBe($"/staff/places/{waterlees}", "the address that stood before any code was loaded");
    }

    /// <summary>Three households ask from one neighbourhood, eleven from another: the page says fewer than five, and neither the ward nor an area made for it says more.</summary>
    [Fact]
    [Requirement("R-PLC-06"), Requirement("R-ISA-07"), Requirement("R-CLL-02")]
    public async Task Counts_stand_beside_need_with_rates_and_small_ones_hidden()
    {
        await LoadAsync("iod2019/File_7_format_composite_cp.csv", "lookups/lsoa11_msoa11_wd19_lad19_cp.csv", "postcodes/postcodes_cp_derived.csv.gz");
        var data = office.Get<PlaceBook>().Current;
        string Code(string name) => data.Areas("lsoa", 2011).Single(a => a.Name == name).Code;
        async Task AskAsync(string name, int households)
        {
            var postcode = (await File.ReadAllTextAsync(Plain(), TestContext.Current.CancellationToken)).Split('\n').Select(l => l.Split(',')).First(c => c.Length > 4 && c[4] == Code(name))[0];
            for (var i = 0; i < households; i++)
                await office.ReceiveAsync($"Quenby {name.Replace(" ", "", StringComparison.Ordinal)}{i}", change: r => r with { Postcode = AnyDoor.Common.Postcode.FromStored(postcode.Replace(" ", "", StringComparison.Ordinal)), District = "E07000010", SubmittedAt = new DateTime(2026, 6, 1, 9, 0, 0, DateTimeKind.Utc) });
        }
        await AskAsync("Fenland 002C", 11);
        await AskAsync("Fenland 002D", 3);
        var wyn = await office.SignedInAsync("wyn");

        async Task<string> FigureAsync(string code) => (await Office.ReadAsync(await wyn.GetAsync($"/staff/places/{code}"))).QuerySelectorAll(".any-figs div").Single(d => d.TextContent.StartsWith("Requests", StringComparison.Ordinal)).TextContent;

        (await FigureAsync(Code("Fenland 002C"))).ShouldContain("10About ");
        (await FigureAsync(Code("Fenland 002C"))).ShouldContain("for every 100 who are income deprived");
        (await FigureAsync(Code("Fenland 002D"))).ShouldContain("fewer than 5No rate: the count is too small to show.");
        (await FigureAsync(data.Ward(Code("Fenland 002C"), 2011, 2019)!.Code)).ShouldContain("8 to 20");
        (await FigureAsync("E07000010")).ShouldContain("15");
        var page = await Office.ReadAsync(await wyn.GetAsync("/staff/places/E07000010?show=requests"));
        page.Body!.TextContent.ShouldNotContain("Quenby");
        page.QuerySelectorAll(".any-key li").Select(l => l.TextContent.Trim()).ShouldBe(["10 requests", "fewer than 5, or not shown"], ignoreOrder: true);
        page.QuerySelector("#map h2")!.TextContent.ShouldStartWith("Requests, ");
        page.QuerySelectorAll("#same td[data-l='Requests']").Count(c => c.TextContent == "fewer than 5").ShouldBe(54);
    }

    [Fact]
    [Requirement("R-PLC-01"), Requirement("R-PLC-04")]
    public async Task Our_own_figures_stand_on_the_map_in_the_table_in_the_CSV_and_on_a_wards_page()
    {
        await LoadAsync("iod2019/File_7_format_composite_cp.csv", "lookups/lsoa11_msoa11_wd19_lad19_cp.csv", "boundaries/lsoa11_cp.geojson");
        var data = office.Get<PlaceBook>().Current;
        var lsoa = data.Areas("lsoa", 2011).Single(a => a.Name == "Fenland 002C").Code;
        var ward = data.Ward(lsoa, 2011, 2019)!.Code;
        var folder = Directory.CreateTempSubdirectory("anydoor-own").FullName;
        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.StatisticsAndPlanning, office.Now);
        async Task OwnAsync(string id, string licence, string area, int year, string code)
        {
            var file = Path.Combine(folder, $"{id}.csv");
            await File.WriteAllTextAsync(file, $"Area,Parcels\n{code},42\n", TestContext.Current.CancellationToken);
            await office.Get<PlaceImport>().LoadAsync(file, who, default, new OwnData(id, $"Food {id}", "2026", year, area, "Area", "Food bank", licence, null, [new("Parcels", "parcels", $"Parcels {id}", "count")]));
        }
        await OwnAsync("near", "own", "lsoa", 2011, lsoa);
        await OwnAsync("later", "own", "lsoa", 2021, lsoa);
        await OwnAsync("secret", "nobody said", "lsoa", 2011, lsoa);
        await OwnAsync("wards", "own", "ward", 2019, ward);
        var wyn = await office.SignedInAsync("wyn");

        var page = await Office.ReadAsync(await wyn.GetAsync("/staff/places/E07000010?show=own-near.parcels"));
        var wardPage = await Office.ReadAsync(await wyn.GetAsync($"/staff/places/{ward}"));
        var csv = await wyn.GetStringAsync("/staff/places/E07000010?handler=csv");

        page.QuerySelector("#show option[selected]")!.TextContent.ShouldBe("Parcels near (2026)");
        page.QuerySelectorAll("#show option").ShouldNotContain(o => o.TextContent.Contains("later") || o.TextContent.Contains("secret"));
        page.QuerySelectorAll("#same td[data-l='Parcels near (2026)']").Count(c => c.TextContent == "42").ShouldBe(1);
        page.Body!.TextContent.ShouldContain("Food near, 2026. Food bank.");
        page.Body.TextContent.ShouldNotContain("secret");
        wardPage.Body!.TextContent.ShouldContain("Our own figures of Waterlees Village");
        wardPage.Body.TextContent.ShouldContain("Food wards, 2026. Food bank, boundaries of 2019");
        csv.ShouldContain($"{lsoa},Fenland 002C,2026,2011,own-near.parcels,42,Waterlees Village");
        csv.ShouldNotContain("secret");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Requirement("R-PLC-05")]
    public async Task Services_on_the_map_stand_in_a_table_and_a_CSV_and_are_left_out_where_they_would_hide_it()
    {
        await LoadAsync("iod2019/File_7_format_composite_cp.csv", "lookups/lsoa11_msoa11_wd19_lad19_cp.csv", "boundaries/lsoa11_cp.geojson");
        var wyn = await office.SignedInAsync("wyn");

        var city = await Office.ReadAsync(await wyn.GetAsync("/staff/places/E07000008"));
        var asked = await Office.ReadAsync(await wyn.GetAsync("/staff/places/E07000008?services=yes"));
        var csv = await wyn.GetStringAsync("/staff/places/E07000008?handler=services");

        city.QuerySelectorAll("svg.any-map .any-map__d").ShouldBeEmpty();
        city.Body!.TextContent.ShouldContain("Services and doors are left out");
        asked.QuerySelectorAll("svg.any-map .any-map__d").Length.ShouldBeLessThanOrEqualTo(asked.QuerySelectorAll("#services-here tbody tr").Length);
        (asked.QuerySelectorAll("svg.any-map .any-map__d").Length > 0).ShouldBe(asked.QuerySelectorAll("#services-here tbody tr").Length > 0);
        csv.ShouldStartWith("service,organisation,kind,door,place,address,postcode,code,neighbourhood,ward");
        foreach (var name in asked.QuerySelectorAll("#services-here tbody th").Select(t => t.FirstChild!.TextContent)) csv.ShouldContain(name);
    }

    [Fact]
    [Requirement("R-PLC-01")]
    public async Task A_neighbourhood_asked_for_in_the_other_edition_says_why_it_is_not_there()
    {
        await LoadAsync("iod2019/File_7_format_composite_cp.csv", "iod2025/File_7_format_iod2025_england_lsoa21.csv.gz", "lookups/lsoa21_wd24_lad24_cp.csv");
        var wyn = await office.SignedInAsync("wyn");

        var page = await Office.ReadAsync(await wyn.GetAsync("/staff/places/E01035518?edition=IoD%202019"));

        page.Body!.TextContent.ShouldContain("This is IoD 2025.");
        page.Body.TextContent.ShouldContain("exists only in the 2021 boundaries. IoD 2019 is data of the 2011 boundaries, so it has no figure there, and one is never taken from a neighbour.");
        page.QuerySelector(".any-figs dd small")!.TextContent.ShouldContain("of 33,755 in England");
    }

    private static string Plain()
    {
        var path = Path.Combine(Path.GetTempPath(), $"anydoor-postcodes-{Environment.ProcessId}.csv");
        if (!File.Exists(path))
        {
            using var packed = new System.IO.Compression.GZipStream(File.OpenRead(Shared.Path("places/postcodes/postcodes_cp_derived.csv.gz")), System.IO.Compression.CompressionMode.Decompress);
            using var plain = File.Create(path);
            packed.CopyTo(plain);
        }
        return path;
    }

    [Fact]
    [Requirement("R-PTM-01"), Requirement("R-PTM-04"), Requirement("R-CLL-03")]
    public async Task A_coordinator_keeps_a_team_and_a_plan_and_a_councillor_puts_a_note_but_changes_neither()
    {
        var job = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now);
        (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync("pia", "Pia Coldmarsh", "County hub", "place-coordinator", job, default)).Done.ShouldBeTrue();
        var piers = await office.SignedInAsync("pia");
        var wyn = await office.SignedInAsync("wyn");

        (await Office.PostAsync(piers, "/staff/places/E07000010/team", "/staff/places/E07000010/team?handler=Seat", ("Role", "Place coordinator"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.ReadAsync(await piers.GetAsync("/staff/places/E07000010/team"))).Body!.TextContent.ShouldContain("Vacant");
        var begun = await Office.PostAsync(piers, "/staff/places/E07000008/plan", "/staff/places/E07000008/plan", ("Kind", "Plan"));
        var plan = begun.Headers.Location!.OriginalString;
        (await Office.PostAsync(piers, plan, plan + "?handler=Note", ("Kind", "DataSays"), ("Words", "Abbey is in tenth 2"), ("Source", "IMD 2019"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.PostAsync(piers, plan, plan + "?handler=Act", ("What", "Open late"), ("Owner", "Library"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var seen = await Office.ReadAsync(await wyn.GetAsync(plan));
        seen.Body!.TextContent.ShouldContain("Cambridge City’s own arrangements");
        seen.Body.TextContent.ShouldContain("Abbey is in tenth 2");
        seen.QuerySelectorAll("main form").ShouldBeEmpty();
        (await wyn.GetAsync("/staff/places/areas/new")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var note = (await Office.PostAsync(wyn, "/staff/places/notes", "/staff/places/notes", ("Place", "E07000010"), ("Topic", "risk"), ("Title", "No bus"), ("Words", "On Sundays"))).Headers.Location!.OriginalString;
        (await Office.PostAsync(piers, note, note + "?handler=Note", ("Kind", "Answer"), ("Words", "From May there is one"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.ReadAsync(await wyn.GetAsync("/staff/places/notes"))).Body!.TextContent.ShouldContain("Answered");
    }

    /// <summary>With files and without: the plan's first half is read from them, each figure opens where it stands, and nobody typed it.</summary>
    [Theory]
    [InlineData(false), InlineData(true)]
    [Requirement("R-PTM-04"), Requirement("R-PTM-05")]
    public async Task What_data_says_in_a_plan_is_read_from_what_is_loaded_and_opens_to_its_source(bool loaded)
    {
        if (loaded) await LoadAsync("iod2019/File_7_format_composite_cp.csv", "lookups/lsoa11_msoa11_wd19_lad19_cp.csv", "iod2019/File_6_-_IoD2019_Population_Denominators.csv.gz");
        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now);
        var plan = (await office.Get<AnyDoor.PlaceTeams.PlaceDesk>().OpenAsync(who, "E07000010", AnyDoor.PlaceTeams.WorkKind.Plan, "Plan", null, null, null, null, default)).Value;
        var wyn = await office.SignedInAsync("wyn");

        var page = await Office.ReadAsync(await wyn.GetAsync($"/staff/places/activities/{plan}"));

        var said = page.QuerySelectorAll("h2").Single(h => h.TextContent == "What data says").ParentElement!.QuerySelectorAll("li").ToList();
        said.Count.ShouldBeGreaterThan(2);
        if (loaded)
        {
            said[0].TextContent.ShouldStartWith("4 of its 55 neighbourhoods are among the most deprived tenth in England: ");
            said.ShouldContain(l => l.TextContent.Contains("% of people are income deprived, about 13,", StringComparison.Ordinal));
        }
        else said[0].TextContent.ShouldContain("as printed.");
        said.ShouldAllBe(l => l.QuerySelector("span.any-small")!.TextContent.Length > 10);
        foreach (var link in said.Select(l => l.QuerySelector("a")!.GetAttribute("href")!)) (await wyn.GetAsync(link.Split('#')[0])).StatusCode.ShouldBe(HttpStatusCode.OK, link);
    }

    [Fact]
    [Requirement("R-DAW-07")]
    public async Task Where_no_partner_is_stands_on_the_map_over_need_and_Waterlees_comes_first_once_the_rest_is_served()
    {
        await LoadAsync("iod2019/File_7_format_composite_cp.csv", "lookups/lsoa11_msoa11_wd19_lad19_cp.csv", "boundaries/lsoa11_cp.geojson");
        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now);
        var desk = office.Get<AnyDoor.PlaceTeams.PlaceDesk>();
        foreach (var line in PlaceProfiles.Find(office.Get<PlaceBook>().Current, "E07000010")!.Lines.Where(l => l is { Decile: 1, Ward: not "Waterlees Village" })) (await desk.SayReachAsync(who, line.Code, "Fenland Advice Centre", null, default)).Done.ShouldBeTrue();
        var wyn = await office.SignedInAsync("wyn");

        var page = await Office.ReadAsync(await wyn.GetAsync("/staff/places/coverage?in=E07000010"));

        page.QuerySelectorAll("tbody th").Take(2).ShouldAllBe(t => t.TextContent.Contains("Fenland 002", StringComparison.Ordinal));
        page.QuerySelectorAll("#map path title").Length.ShouldBe(55);
        page.QuerySelectorAll("#map .any-key li").ShouldContain(l => l.TextContent.Trim() == "no partner serves it");
        page.QuerySelector("#map .any-map__here path").ShouldNotBeNull();
        page.QuerySelector("#map figcaption")!.TextContent.ShouldContain("2 neighbourhoods of the most deprived tenth in England have no partner");
        page.QuerySelectorAll("#map .any-map__d title").Length.ShouldBeGreaterThan(0, "doors and services stand on it");
        (await Office.ReadAsync(await wyn.GetAsync("/staff/places/coverage"))).QuerySelectorAll("#map path title").Length.ShouldBe(487);
    }

    [Fact]
    [Requirement("R-PTM-04")]
    public async Task An_area_is_made_changed_and_put_away_by_those_who_keep_places_and_its_address_stays()
    {
        var job = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now);
        (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync("pia", "Pia Coldmarsh", "County hub", "place-coordinator", job, default)).Done.ShouldBeTrue();
        var pia = await office.SignedInAsync("pia");
        var wyn = await office.SignedInAsync("wyn");
        const string Change = "/staff/places/areas/area-waterlees";

        (await Office.PostAsync(pia, "/staff/places/areas/new", "/staff/places/areas/new", ("Name", "Waterlees"), ("Neighbourhoods", "Fenland 002C"))).Headers.Location!.OriginalString.ShouldBe("/staff/places/area-waterlees");
        var form = await Office.ReadAsync(await pia.GetAsync(Change));
        form.QuerySelector("textarea[name=Neighbourhoods]")!.TextContent.Trim().ShouldBe("Fenland 002C");
        var wrong = await Office.ReadAsync(await Office.PostAsync(pia, Change, Change, ("Version", "1"), ("Name", "Waterlees and Staithe"), ("Neighbourhoods", "Fenland 999Z"), ("Wards", "Staithe, Fenland")));
        wrong.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("“Fenland 999Z” is no neighbourhood");
        wrong.QuerySelector("textarea[name=Wards]")!.TextContent.Trim().ShouldBe("Staithe, Fenland");
        (await Office.PostAsync(pia, Change, Change, ("Version", "1"), ("Name", "Waterlees and the river"), ("Neighbourhoods", "Fenland 002C\nFenland 002D"))).Headers.Location!.OriginalString.ShouldBe("/staff/places/area-waterlees");
        (await Office.ReadAsync(await wyn.GetAsync("/staff/places/area-waterlees"))).QuerySelector("h1")!.TextContent.ShouldBe("Waterlees and the river");
        (await wyn.GetAsync(Change)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await Office.PostAsync(pia, Change, Change + "?handler=Retire")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.ReadAsync(await wyn.GetAsync("/staff/places"))).Body!.TextContent.ShouldNotContain("Waterlees and the river");
        (await Office.ReadAsync(await wyn.GetAsync("/staff/places/area-waterlees"))).Body!.TextContent.ShouldContain("This area was put away on");
    }

    /// <summary>A request set aside after somebody saw the page, and another that comes in late: the number that was seen stands.</summary>
    [Fact]
    [Requirement("R-ISA-07")]
    public async Task Two_views_of_one_page_cannot_be_taken_from_each_other()
    {
        await LoadAsync("iod2019/File_7_format_composite_cp.csv", "lookups/lsoa11_msoa11_wd19_lad19_cp.csv", "postcodes/postcodes_cp_derived.csv.gz");
        var code = office.Get<PlaceBook>().Current.Areas("lsoa", 2011).Single(a => a.Name == "Fenland 002C").Code;
        var postcode = (await File.ReadAllTextAsync(Plain(), TestContext.Current.CancellationToken)).Split('\n').Select(l => l.Split(',')).First(c => c.Length > 4 && c[4] == code)[0];
        async Task AskAsync(int from, int to)
        {
            for (var i = from; i < to; i++)
                await office.ReceiveAsync($"Quenby Late{i}", change: r => r with { Postcode = AnyDoor.Common.Postcode.FromStored(postcode.Replace(" ", "", StringComparison.Ordinal)), District = "E07000010", SubmittedAt = new DateTime(2026, 6, 1, 9, 0, 0, DateTimeKind.Utc) });
        }
        async Task<string> SeenAsync() => (await Office.ReadAsync(await (await office.SignedInAsync("wyn")).GetAsync($"/staff/places/{code}"))).QuerySelectorAll(".any-figs div").Single(d => d.TextContent.StartsWith("Requests", StringComparison.Ordinal)).QuerySelector("dd")!.FirstChild!.TextContent;

        await AskAsync(0, 12);
        (await SeenAsync()).ShouldBe("10");
        await AskAsync(12, 13);
        office.Clock.Advance(TimeSpan.FromDays(1));
        (await SeenAsync()).ShouldBe("10", "13 rounds to 15, and the one that came in between would be known");
        await using var db = office.Database.Open();
        (await db.Set<AnyDoor.Reporting.PublishedEdition>().CountAsync(e => e.Series == "places-requests-2026", TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    [Requirement("R-PLC-07"), Requirement("R-PLC-08")]
    public async Task The_line_of_a_median_names_its_measure_and_every_fact_its_source()
    {
        var wyn = await office.SignedInAsync("wyn");

        (await Office.ReadAsync(await wyn.GetAsync("/staff/places/facts?median=600&costs=relative-after"))).QuerySelector("form .any-sentence")!.TextContent.ShouldStartWith("£360.00 a week, after housing costs (AHC)");
        (await Office.ReadAsync(await wyn.GetAsync("/staff/places/facts?median=600"))).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("before or after housing costs");
    }

    [Fact]
    public async Task A_place_is_found_by_what_people_call_it_and_no_postcode_stands_in_an_address()
    {
        await LoadAsync("iod2019/File_7_format_composite_cp.csv", "lookups/lsoa11_msoa11_wd19_lad19_cp.csv", "postcodes/postcodes_cp_derived.csv.gz");
        var wyn = await office.SignedInAsync("wyn");
        Task<HttpResponseMessage> FindAsync(string words) => Office.PostAsync(wyn, "/staff/places", "/staff/places", ("Q", words));

        (await FindAsync("cb1 0aa")).Headers.Location!.OriginalString.ShouldBe("/staff/places/E01017966");
        (await FindAsync("Huntingdonshire")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Office.ReadAsync(await FindAsync("Waterlees"))).QuerySelectorAll("caption").ShouldContain(c => c.TextContent == "Districts, wards and electoral divisions with “Waterlees” in their name");
        (await FindAsync("Fenland 002C")).Headers.Location!.OriginalString.ShouldStartWith("/staff/places/E01");
        (await Office.ReadAsync(await FindAsync("Waterlees"))).QuerySelectorAll("caption").ShouldContain(c => c.TextContent == "Places with “Waterlees” in their name");
        (await Office.ReadAsync(await FindAsync("LS6 1AA"))).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("That postcode is not in the lists that are loaded.");
        (await Office.ReadAsync(await FindAsync("<script>"))).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("No place that is loaded has that in its name.");
        (await Office.ReadAsync(await FindAsync(""))).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Enter the name of a place, a ward or a postcode.");
    }
}
