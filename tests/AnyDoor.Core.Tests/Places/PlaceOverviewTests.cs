using AnyDoor.Places;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Places;

/// <summary>What a place's profile says, against the publishers' own numbers.</summary>
public sealed class PlaceOverviewTests
{
    [Fact]
    [Requirement("R-PLC-02"), Requirement("R-PLC-04"), Requirement("R-PLC-05")]
    public async Task A_neighbourhood_a_ward_and_a_district_are_each_told_plainly_beside_others()
    {
        await using var rig = await PlaceRig.OpenAsync();
        foreach (var file in new[] { "iod2019/File_7_format_composite_cp.csv", "iod2019/imd2019_england_ltla19_summary.csv", "lookups/lsoa11_msoa11_wd19_lad19_cp.csv", "boundaries/lsoa11_cp.geojson" }) await rig.OfficialAsync(file);
        var data = await rig.Book.RefreshAsync(default);
        var lsoa = data.Areas("lsoa", 2011).Single(a => a.Name == "Fenland 002C").Code;
        PlaceOverview Told(string code) => PlaceOverview.Of(data, PlaceProfiles.Find(data, code)!);

        var (one, ward, district, all) = (Told(lsoa), Told(data.Ward(lsoa, 2011, 2019)!.Code), Told("E07000010"), Told(Place.All));

        one.StandsOut().ShouldStartWith("It is among the most deprived tenth in England. Here, it is among the most deprived tenth in Cambridgeshire and Peterborough.");
        one.IncomeShare!.Value.ShouldBe(0.302, 0.0005);
        one.Parts.Count.ShouldBe(7);
        one.Differs.ShouldNotBeNull();
        one.Beside[0].Here.ShouldBeTrue();
        one.Beside.Select(b => b.Name).ShouldContain("Fenland");
        one.Beside.Select(b => b.Name).ShouldContain("Cambridgeshire");
        one.Beside[^1].ShouldBe(new PlaceBeside(null, "England", false, null, null, 5.5, null, null));
        one.Beside.Count.ShouldBeGreaterThan(5, "its neighbours by their shared borders");
        (ward.Place.Kind, ward.Place.Name, ward.Place.Lines.Count).ShouldBe((PlaceKind.Ward, "Waterlees Village", 3));
        ward.StandsOut().ShouldStartWith("2 of its 3 neighbourhoods are among the most deprived tenth in England.");
        (district.Beside[0].IncomeShare, district.IncomeShare).ShouldBe((0.140, 0.140), "the published figure (File 10) everywhere");
        district.StandsOut().ShouldContain("14.0% of people are income deprived");
        PlaceProfiles.Of(data, lsoa, [], [])!.Editions.Single().Total.ShouldBe(32_844, "England's own total, whatever is loaded of it");
        PlaceProfiles.SearchWider(data, "waterlees").ShouldBe([new WiderPlace(ward.Place.Code, "Waterlees Village", "Ward of 2019", "Fenland")]);
        PlaceProfiles.SearchWider(data, "fenland").ShouldContain(new WiderPlace("E07000010", "Fenland", "District", "Cambridgeshire"));
        district.Place.Lines.Count.ShouldBe(55);
        district.StandsOut().ShouldContain("4 of its 55 neighbourhoods are among the most deprived tenth in England.");
        // 487 of both authorities, and the county’s own share from its people.
        all.Place.Lines.Count.ShouldBe(487);
        all.IncomeShare!.Value.ShouldBeInRange(0.08, 0.11);
    }

    [Fact]
    [Requirement("R-PLC-01"), Requirement("R-PLC-03")]
    public async Task With_nothing_loaded_the_papers_91_neighbourhoods_stand_and_the_name_in_two_wards_is_set_aside()
    {
        await using var rig = await PlaceRig.OpenAsync();
        var data = await rig.Book.RefreshAsync(default);

        var all = PlaceProfiles.Find(data, Place.All)!;
        var twice = PlaceProfiles.Find(data, "huntingdonshire-008c")!;

        all.Lines.Count.ShouldBe(91);
        District.All.Sum(d => PlaceProfiles.Find(data, d.Code)!.Lines.Count).ShouldBe(91);
        (twice.Lines[0].Decile, twice.Lines[0].Ward).ShouldBe((null, null));
        twice.Lines[0].Note!.ShouldContain("Huntingdon East and in Somersham");
        PlaceOverview.Of(data, PlaceProfiles.Find(data, "fenland-002c")!).StandsOut().ShouldStartWith("It is among the most deprived tenth in England.");
        PlaceProfiles.Find(data, "fenland-099z").ShouldBeNull();
        var fenland = PlaceOverview.Of(data, PlaceProfiles.Find(data, "E07000010")!);
        fenland.StandsOut().ShouldStartWith("6 of Fenland’s 55 neighbourhoods are printed in the paper, which lists only the most and the least deprived; what the others are is not known here. 4 of these are among the most deprived tenth in England");
        fenland.StandsOut().ShouldNotContain("%");
        (fenland.Index.Tenth, fenland.Beside[0].Tenth, fenland.Beside[0].Of, fenland.People).ShouldBe((null, null, 55, null));
    }

    [Fact]
    [Requirement("R-PLC-03")]
    public async Task Every_fault_of_a_printed_row_is_told_with_it()
    {
        await using var rig = await PlaceRig.OpenAsync();
        var bare = PapersCheck.Run(await rig.Book.RefreshAsync(default), PapersTables.Deciles(), PapersTables.Table1());

        var twice = bare.PrintedTwice.Single();
        twice.Rows.ShouldAllBe(r => bare.Faults(r).Single().What == "Printed twice.");
        foreach (var file in new[] { "iod2019/File_7_format_composite_cp.csv", "lookups/lsoa11_msoa11_wd19_lad19_cp.csv" }) await rig.OfficialAsync(file);
        var report = PapersCheck.Run(await rig.Book.RefreshAsync(default), PapersTables.Deciles(), PapersTables.Table1());
        report.Wards.Count.ShouldBeGreaterThan(10);
        report.Wards.ShouldAllBe(w => report.Faults(w.Row).Any(f => f.What == "The ward differs." && f.Why.Contains(w.Actual)));
    }

    [Fact]
    [Requirement("R-PLC-01")]
    public async Task The_two_editions_are_two_profiles_each_with_its_own_neighbourhoods()
    {
        await using var rig = await PlaceRig.OpenAsync();
        foreach (var file in new[] { "iod2019/File_7_format_composite_cp.csv", "iod2025/File_7_format_iod2025_england_lsoa21.csv.gz", "lookups/lsoa21_wd24_lad24_cp.csv" }) await rig.OfficialAsync(file);
        var data = await rig.Book.RefreshAsync(default);

        var (old, now) = (PlaceProfiles.Find(data, "E07000008")!, PlaceProfiles.Find(data, "E07000008", edition: PlaceSnapshot.Index2025)!);

        (old.Edition, old.Year, old.Lines.Count).ShouldBe(("IoD 2019", 2011, 69));
        (now.Edition, now.Year).ShouldBe(("IoD 2025", 2021));
        now.Lines.Count.ShouldNotBe(old.Lines.Count);
        old.Lines.ShouldAllBe(l => string.CompareOrdinal(l.Code, "E01033768") <= 0);
        now.Lines.ShouldAllBe(l => l.LocalDecile == null);
    }

    [Fact]
    [Requirement("R-PLC-07")]
    public void The_line_of_a_median_of_600_pounds_is_360() => NationalFacts.Threshold(600_00).ShouldBe(360_00);

    [Fact]
    [Requirement("R-PLC-08")]
    public void Every_national_fact_has_a_source_a_year_and_a_caveat()
    {
        var facts = NationalFacts.Current.Facts;

        facts.ShouldAllBe(f => f.Source.Length > 10 && f.Year.Length == 4 && f.Caveat.Length > 10);
        facts.Single(f => f.Figure == "68%").YearInWords.ShouldBe("Year of the figure: 2020");
        facts.Single(f => f.Figure == "60% and 34%").YearInWords.ShouldBe("Printed in 2021; the figure’s own year is not stated");
        facts.Single(f => f.Figure == "60% and 34%").Caveat.ShouldContain("add up to 94%, not 100");
    }
}
