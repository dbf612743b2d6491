using System.Net;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Places;
using AnyDoor.Tests;

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
        page.QuerySelectorAll("#same td[data-l='Requests']").Count(c => c.TextContent == "fewer than 5").ShouldBe(54);
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
        (await FindAsync("Fenland 002C")).Headers.Location!.OriginalString.ShouldStartWith("/staff/places/E01");
        (await Office.ReadAsync(await FindAsync("Waterlees"))).QuerySelectorAll("caption").ShouldContain(c => c.TextContent == "Places with “Waterlees” in their name");
        (await Office.ReadAsync(await FindAsync("LS6 1AA"))).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("That postcode is not in the lists that are loaded.");
        (await Office.ReadAsync(await FindAsync("<script>"))).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("No place that is loaded has that in its name.");
        (await Office.ReadAsync(await FindAsync(""))).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Enter the name of a place, a ward or a postcode.");
    }
}
