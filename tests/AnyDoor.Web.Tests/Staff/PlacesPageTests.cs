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
    public async Task With_nothing_loaded_the_papers_own_tables_are_there_and_what_is_missing_is_said()
    {
        var wyn = await office.SignedInAsync("wyn");

        var page = await Office.ReadAsync(await wyn.GetAsync("/staff/places"));

        page.QuerySelectorAll("details tbody tr").Length.ShouldBe(92);
        page.Body!.TextContent.ShouldContain("They are not checked: the official data is not loaded.");
        page.Body.TextContent.ShouldContain("Not loaded yet:");
        page.QuerySelectorAll("a[href^='https://www.gov.uk/']").ShouldNotBeEmpty();
        (await wyn.GetAsync("/staff/places/E01018083")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Requirement("R-PLC-04"), Requirement("R-PLC-05")]
    public async Task A_place_says_plainly_where_it_stands_and_from_which_data()
    {
        await LoadAsync("iod2019/File_2_-_IoD2019_Domains_of_Deprivation.csv.gz", "iod2019/File_7_format_composite_cp.csv", "iod2019/imd2019_england_ltla19_summary.csv", "lookups/lsoa11_msoa11_wd19_lad19_cp.csv", "lookups/lsoa21_msoa21_hocl_names_cp.csv", "postcodes/postcodes_cp_derived.csv.gz");
        var wyn = await office.SignedInAsync("wyn");
        var waterlees = office.Get<PlaceBook>().Current.Areas("lsoa", 2011).Single(a => a.Name == "Fenland 002C").Code;

        var index = await Office.ReadAsync(await wyn.GetAsync("/staff/places"));
        var page = await Office.ReadAsync(await wyn.GetAsync($"/staff/places/{waterlees}"));
        var district = await Office.ReadAsync(await wyn.GetAsync("/staff/places/E07000010"));
        var misprint = await Office.ReadAsync(await wyn.GetAsync($"/staff/places/{office.Get<PlaceBook>().Current.Areas("lsoa", 2011).Single(a => a.Name == "Huntingdonshire 016B").Code}"));
        var csv = await wyn.GetStringAsync($"/staff/places/{waterlees}?handler=csv");

        index.QuerySelectorAll("strong").Count(s => s.TextContent == "Misprint.").ShouldBe(10);
        page.QuerySelector(".any-sentence")!.TextContent.ShouldStartWith("By the IoD 2019 it is among the most deprived tenth in England: number ");
        page.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr").Length.ShouldBe(7);
        page.QuerySelectorAll("tr.is-here").Length.ShouldBeLessThanOrEqualTo(1);
        var shares = page.QuerySelectorAll("table")[1].QuerySelectorAll("tbody tr").Select(r => (r.Children[0].TextContent, r.Children[1].TextContent)).ToList();
        shares.Count.ShouldBe(3);
        shares[1].ShouldBe(("Fenland", "14.0%"));
        page.Body!.TextContent.ShouldContain("Row 21: Fenland 002C, Waterlees Village, England 1, local 1.");
        page.Body.TextContent.ShouldContain("Contains National Statistics data © Crown copyright and database right.");
        page.Body.TextContent.ShouldContain("Contains Parliamentary information licensed under the Open Parliament Licence v3.0.");
        district.QuerySelectorAll("tbody tr").Length.ShouldBe(55);
        district.QuerySelector(".any-sentence")!.TextContent.ShouldBe("4 of its neighbourhoods are among the most deprived tenth in England.");
        misprint.Body!.TextContent.ShouldContain("Misprint. The row is that of Huntingdonshire 016B");
        csv.ShouldContain($"{waterlees},Fenland 002C,IoD 2019,2011,local_decile,1");
        csv.ShouldContain("Open Government Licence");
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
