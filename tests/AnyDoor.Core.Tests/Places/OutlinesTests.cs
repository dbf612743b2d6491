using AnyDoor.Places;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Places;

/// <summary>Outlines of the two authorities, made simpler together.</summary>
public sealed class OutlinesTests
{
    [Fact]
    [Requirement("R-PLC-01")]
    public async Task Borders_stay_shared_neighbours_are_known_and_every_place_keeps_its_number()
    {
        await using var rig = await PlaceRig.OpenAsync();
        await rig.OfficialAsync("boundaries/lsoa11_cp.geojson");
        await rig.OfficialAsync("lookups/lsoa11_msoa11_wd19_lad19_cp.csv");
        var data = await rig.Book.RefreshAsync(default);
        var outlines = data.OutlinesOf("lsoa", 2011);
        string Code(string name) => data.Areas("lsoa", 2011).Single(a => a.Name == name).Code;

        var county = outlines.Draw([.. outlines.Codes], 1440, 2.2);
        var one = outlines.Draw([Code("Fenland 002C")], 1440, 1);

        outlines.Codes.Count().ShouldBe(487);
        county.Shapes.Count.ShouldBe(487);
        county.Height.ShouldBeLessThanOrEqualTo(1440);
        outlines.Neighbours(Code("Fenland 002C")).ShouldContain(Code("Fenland 002D"));
        outlines.Neighbours(Code("Fenland 002C")).ShouldNotContain(Code("Cambridge 001C"));
        foreach (var code in outlines.Codes) foreach (var other in outlines.Neighbours(code)) outlines.Neighbours(other).ShouldContain(code);
        // Every border between two places is drawn once, and the same for both: what both have is a border of two.
        county.Borders.Count(b => b.Other is not null).ShouldBeGreaterThan(1000);
        county.Shapes.Sum(s => s.Path.Length).ShouldBeLessThan(120_000);
        one.Shapes.ShouldHaveSingleItem().Room.ShouldBeGreaterThan(50);
        one.At(new GeoPoint(52.2, 0.12)).ShouldBeNull();
    }

    [Fact]
    public async Task A_neighbourhood_lies_in_an_electoral_division_where_a_lookup_is_loaded()
    {
        await using var rig = await PlaceRig.OpenAsync();
        await rig.OfficialAsync("iod2025/File_7_format_iod2025_england_lsoa21.csv.gz");
        await rig.OfficialAsync("lookups/ceds_cambridgeshire_codes_names.csv");
        var file = await rig.TextAsync("divisions.csv", "LSOA21CD,LSOA21NM,CED25CD\nE01018083,Fenland 002C,E58000050\nE01018084,Fenland 002D,E58000050\nE01018085,Fenland 002E,\nE01033769x,,E58000050\n");
        var data = await rig.Book.RefreshAsync(default);

        (file.Kind, file.Series, file.Rows, file.Quarantined).ShouldBe(("divisions", "lsoa2021-divisions", 3, 1));
        data.Division("E01018083", 2021)!.Name.ShouldBe("Abbey");
        var place = PlaceProfiles.Find(data, "E58000050")!;
        (place.Kind, place.Name, place.Lines.Count, place.Edition).ShouldBe((PlaceKind.Division, "Abbey", 2, "IoD 2025"));
        PlaceProfiles.Find(data, "E58000051").ShouldBeNull();
    }
}
