using System.Text;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Tests;
using Microsoft.Extensions.Time.Testing;

namespace AnyDoor.Core.Tests.Places;

/// <summary>Files as publishers and copyists bring them out, and what must not come of them.</summary>
public sealed class PlaceImportTests
{
    private const string File1 = "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),Local Authority District name (2019),Index of Multiple Deprivation (IMD) Rank,Index of Multiple Deprivation (IMD) Decile\n";

    [Theory]
    [InlineData("iod2019/File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz", "index", "iod2019-file-1", "IoD 2019", 2011, 32844)]
    [InlineData("iod2019/File_2_-_IoD2019_Domains_of_Deprivation.csv.gz", "index", "iod2019-file-2", "IoD 2019", 2011, 32844)]
    [InlineData("iod2019/File_6_-_IoD2019_Population_Denominators.csv.gz", "population", "iod2019-file-6", "IoD 2019", 2011, 32844)]
    [InlineData("iod2019/File_7_format_composite_cp.csv", "index", "iod2019-file-7", "IoD 2019", 2011, 487)]
    [InlineData("iod2019/imd2019_england_ltla19_summary.csv", "district-summary", "iod2019-file-10", "IoD 2019", 2019, 317)]
    [InlineData("iod2019/mysociety_income_employment_scores_england.csv.gz", "index", "iod2019-scores-mysociety", "IoD 2019", 2011, 32844)]
    [InlineData("iod2025/File_7_format_iod2025_england_lsoa21.csv.gz", "index", "iod2025-file-7", "IoD 2025", 2021, 33755)]
    [InlineData("iod2025/imd2025_england_ltla24_summary.csv", "district-summary", "iod2025-file-10", "IoD 2025", 2024, 296)]
    [InlineData("lookups/LSOA11_to_WD19_to_LAD19_EW_publisher_CR_only.csv.gz", "lookup", "lsoa2011-ward2019", "LSOA 2011 to ward 2019", 2011, 34753)]
    [InlineData("lookups/lsoa11_msoa11_wd19_lad19_cp.csv", "lookup", "lsoa2011-ward2019", "LSOA 2011 to ward 2019", 2011, 487)]
    [InlineData("lookups/lsoa21_wd24_lad24_cp.csv", "lookup", "lsoa2021-ward2024", "LSOA 2021 to ward 2024", 2021, 516)]
    [InlineData("lookups/lsoa11_lsoa21_lad22_cp.csv", "changes", "lsoa2011-lsoa2021", "LSOA 2011 to LSOA 2021", null, 520)]
    [InlineData("lookups/lsoa21_msoa21_hocl_names_cp.csv", "names", "lsoa2021-commons-names", "House of Commons Library MSOA names, 2021 boundaries", 2021, 516)]
    [InlineData("lookups/ceds_cambridgeshire_codes_names.csv", "names", "division-names", "Electoral divisions, codes and names", null, 53)]
    [InlineData("boundaries/lsoa11_cp.geojson", "boundaries", "boundaries-lsoa2011", "LSOA 2011 boundaries", 2011, 487)]
    [InlineData("boundaries/lsoa21_cp_bsc.geojson", "boundaries", "boundaries-lsoa2021", "LSOA 2021 boundaries", 2021, 516)]
    [InlineData("boundaries/wards22_cp.geojson", "boundaries", "boundaries-ward2022", "WARD 2022 boundaries", 2022, null)]
    [InlineData("boundaries/lad24_cp.geojson", "boundaries", "boundaries-district2024", "DISTRICT 2024 boundaries", 2024, 6)]
    [InlineData("postcodes/postcodes_cp_derived.csv.gz", "postcodes", "postcodes-placed", "Postcodes placed in neighbourhoods (derived, not the ONS assignment)", null, 38752)]
    [Requirement("R-PLC-01")]
    public async Task An_official_file_is_told_by_its_columns(string path, string kind, string series, string edition, int? year, int? rows)
    {
        await using var rig = await PlaceRig.OpenAsync();

        var loaded = await rig.OfficialAsync(path);

        (loaded.Kind, loaded.Series, loaded.Edition, loaded.BoundaryYear, loaded.Quarantined).ShouldBe((kind, series, edition, year, 0), string.Join("; ", loaded.SetAside));
        if (rows is { } all) loaded.Rows.ShouldBe(all);
        var dataset = (await rig.Import.ListAsync(default)).Single();
        (dataset.InUse, Licences.Of(dataset.Licence).Confirmed, dataset.Source.Length > 0, dataset.LoadedAt > DateTime.UnixEpoch).ShouldBe((true, true, true, true));
    }

    [Theory]
    [InlineData("\uFEFF", "\r\n")]
    [InlineData("", "\r")]
    [InlineData("\uFEFF", "\r")]
    [InlineData("", "\n")]
    public async Task A_mark_quoted_thousands_and_any_line_end_are_read(string mark, string end)
    {
        await using var rig = await PlaceRig.OpenAsync();

        var loaded = await rig.TextAsync("File_1.csv", mark + (File1 + "E01017957,Cambridge 006D,E07000008,Cambridge,\"5,123\",2\nE01017958,Cambridge 006E,E07000008,Cambridge,999,1\n,,,,,\n").Replace("\n", end, StringComparison.Ordinal));

        (loaded.Rows, loaded.Quarantined).ShouldBe((2, 0));
        (await rig.Book.RefreshAsync(default)).Find(PlaceSnapshot.Index2019, "imd_rank", "E01017957")!.Number.ShouldBe(5123);
    }

    [Theory]
    [InlineData("E01017957,A,E07000008,Cambridge,\"5,12\",2", "“5,12” is not a number")]
    [InlineData("E01017957,A,E07000008,Cambridge,5123,11", "11 is not a tenth from 1 to 10")]
    [InlineData("E01017957,A,E07000008,Cambridge,0,1", "0 is not a rank")]
    [InlineData("E01035518,A,E07000008,Cambridge,5123,2", "E01035518 exists only in the 2021 boundaries, and this is data of 2011. Editions are never mixed")]
    [InlineData("E05011563,A,E07000008,Cambridge,5123,2", "“E05011563” is not a code of neighbourhoods (LSOA)")]
    [InlineData("E01017900,A,E07000008,Cambridge,7,1", "E01017900 is in the file twice; the first one counts")]
    [InlineData("W01000001,A,W06000001,Isle of Anglesey,5123,2", "W01000001 is not in England, and IoD 2019 is data of England")]
    [InlineData("E01017957,A,E07000008,Cam", "the row ends after 4 of 6 columns: the file may have been cut off there")]
    [InlineData("E01017957,A,E07000008,Cambridge,,2", "it gives no Index of Multiple Deprivation, rank in England")]
    [InlineData("E01017957,A,E07000008,Cambridge,5123,", "it gives no Index of Multiple Deprivation, tenth in England")]
    [InlineData("E01017957,A,E07000008,Cambridge,\"99,999\",1", "rank 99,999 is none of the 32,844 that IoD 2019 has")]
    [InlineData("E01017957,A,E07000008,Cambridge,3,10", "rank 3 of 32,844 is in tenth 1, and the row says 10")]
    public async Task A_row_that_cannot_be_right_is_set_aside_with_its_reason_and_the_counts_add_up(string row, string reason)
    {
        await using var rig = await PlaceRig.OpenAsync();
        var text = File1 + "E01017900,Cambridge 001A,E07000008,Cambridge,1,1\n" + row + "\n";

        var loaded = await rig.TextAsync("File_1.csv", text);

        (loaded.Rows, loaded.Quarantined).ShouldBe((1, 1));
        (loaded.SetAside.Single().Row, loaded.SetAside.Single().Reason).ShouldBe((3, reason));
        (await Should.ThrowAsync<InvalidDataException>(() => rig.TextAsync("strict.csv", text + "\n", strict: true))).Message.ShouldStartWith("Nothing was loaded: 1 of 2 rows of strict.csv would be set aside. row 3, ");
    }

    [Fact]
    public async Task Rates_and_percentages_are_never_taken_for_each_other()
    {
        await using var rig = await PlaceRig.OpenAsync();
        const string rates = "LSOA code (2011),Index of Multiple Deprivation (IMD) Score,Income Score (rate),Employment Score (rate)\n";
        var percent = "nation,lsoa,overall_local_score,income_score,employment_score\nE,E01000001,6.2,56.89999999999999,1.0\n";

        var wrong = await rig.TextAsync("File_5.csv", rates + "E01017957,20.1,12.3,0.1\nE01017958,20.1,0.123,0.1\n");
        var right = await rig.TextAsync("percent.csv", percent);
        var hundredths = "nation,lsoa,overall_local_score,income_score,employment_score\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"E,E010000{i:00},6.2,0.56,0.4\n"));

        wrong.SetAside.Single().Reason.ShouldBe("12.3 is not a rate from 0 to 1. If it is a percentage, the column must say so");
        right.Quarantined.ShouldBe(0);
        (await rig.Book.RefreshAsync(default)).Find(PlaceSnapshot.Index2019, "income_rate", "E01000001")!.Number.ShouldBe(0.569);
        (await Should.ThrowAsync<InvalidDataException>(() => rig.TextAsync("rates.csv", hundredths))).Message.ShouldContain("They look like rates from 0 to 1. Nothing was loaded.");
    }

    [Fact]
    public async Task A_column_of_percentages_in_place_of_rates_is_refused_whole_and_so_is_the_other_way_round_in_a_short_file()
    {
        await using var rig = await PlaceRig.OpenAsync();
        const string rates = "LSOA code (2011),Index of Multiple Deprivation (IMD) Score,Income Score (rate),Employment Score (rate)\n";

        (await Should.ThrowAsync<InvalidDataException>(() => rig.TextAsync("pct.csv", rates + "E01017957,20.1,12.3,0.1\nE01017958,20.1,4.4,0.1\nE01017959,20.1,0.9,0.1\n"))).Message
            .ShouldBe("The column Income Score (rate) should hold rates from 0 to 1, and 2 values in it are above 1. They look like percentages. Nothing was loaded.");
        (await Should.ThrowAsync<InvalidDataException>(() => rig.TextAsync("rates.csv", "nation,lsoa,overall_local_score,income_score,employment_score\nE,E01000001,6.2,0.56,0.4\nE,E01000002,6.2,0.46,0.4\nE,E01000003,6.2,0.36,0.4\n"))).Message
            .ShouldContain("should be in percent, and no value in it is above 1.");
        (await rig.StoredAsync()).ShouldBe((0, 0));
    }

    [Fact]
    [Requirement("R-PLC-01")]
    public async Task An_own_table_never_takes_an_official_numbers_place_whatever_it_calls_itself()
    {
        await using var rig = await PlaceRig.OpenAsync();
        await rig.TextAsync("File_1.csv", File1 + "E01017957,Cambridge 006D,E07000008,Cambridge,5,1\n");

        await rig.TextAsync("own.csv", "Area,D,R\nE01017957,10,32000\n", new OwnData("evil", "Parcels", PlaceSnapshot.Index2019, 2011, "lsoa", "Area", "Bank", "own", null, [new("D", "imd_decile", "P", "decile"), new("R", "imd_rank", "P", "rank")]));

        var data = await rig.Book.RefreshAsync(default);
        (data.Find(PlaceSnapshot.Index2019, "imd_decile", "E01017957")!.Number, data.Find(PlaceSnapshot.Index2019, "imd_rank", "E01017957")!.Number).ShouldBe((1, 5));
        data.Own.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_was_cut_off_or_is_an_extract_does_not_take_the_whole_ones_place()
    {
        await using var rig = await PlaceRig.OpenAsync();
        string Table(int rows) => File1 + string.Concat(Enumerable.Range(1, rows).Select(i => $"E010179{i:00},Cambridge 0{i:00}A,E07000008,Cambridge,{i},1\n"));
        await rig.TextAsync("whole.csv", Table(20));

        (await Should.ThrowAsync<FarFewerRowsException>(() => rig.TextAsync("cut.csv", Table(12)))).Message
            .ShouldBe("cut.csv holds 12 rows, and whole.csv, which is in use for iod2019-file-1, holds 20. It may have been cut off, or be a part of the country only. If it is to take the place of all of it: places import --replace. Nothing was loaded.");
        var packed = PlaceRig.Gzip(Encoding.UTF8.GetBytes(Table(90)));
        (await Should.ThrowAsync<InvalidDataException>(() => rig.Import.LoadAsync(rig.File("cut.csv.gz", packed[..(packed.Length * 3 / 4)]), rig.Who, default))).Message.ShouldStartWith("cut.csv.gz was cut off: the end of its gzip is missing.");
        var folder = Directory.CreateDirectory(Path.Combine(rig.Test.Folder, "data")).FullName;
        File.WriteAllText(Path.Combine(folder, "cut.csv"), Table(12));
        var said = new List<string>();
        (await new PlaceFolder(rig.Import).LoadAsync(folder, rig.Who, said.Add, default)).ShouldBe(0);
        said[^1].ShouldContain("cut.csv was not loaded. cut.csv holds 12 rows");
        (await rig.Import.ListAsync(default)).Single().Rows.ShouldBe(20);

        (await rig.TextAsync("cut.csv", Table(12), replace: true)).Rows.ShouldBe(12);
        (await rig.Import.ListAsync(default)).Single(d => d.InUse).Rows.ShouldBe(12);
    }

    [Theory, OnBothDatabases]
    public async Task A_load_waits_for_one_that_was_killed_and_says_so(Db kind)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
        await using var rig = await PlaceRig.OpenAsync(kind, clock);
        await Leases.TakeAsync(rig.Test.Database, "places-import", "killed", clock.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(15), default);
        var said = new List<string>();

        var loaded = await rig.Import.LoadAsync(rig.File("a.csv", Encoding.UTF8.GetBytes(File1 + "E01017957,Cambridge 006D,E07000008,Cambridge,5,1\n")), rig.Who, default, say: words =>
        {
            said.Add(words);
            clock.Advance(TimeSpan.FromSeconds(16)); // what was killed does not renew its lease
        });

        loaded.Rows.ShouldBe(1);
        said.ShouldBe(["Another load of place data is running, or was stopped less than 15 seconds ago. Waiting for it…"]);
    }

    [Theory]
    [InlineData("\"Index of Multiple Deprivation (IMD)\nRank\",Index of Multiple Deprivation (IMD) Decile")]
    [InlineData("\"Index of Multiple Deprivation (IMD)\r\nRank \",\"Index of Multiple\r\nDeprivation (IMD) Decile\"")]
    public async Task A_line_break_within_a_columns_name_is_a_space(string columns)
    {
        await using var rig = await PlaceRig.OpenAsync();

        (await rig.TextAsync("File_1.csv", $"LSOA code (2011),LSOA name (2011),Local Authority District code (2019),Local Authority District name (2019),{columns}\nE01017957,Cambridge 006D,E07000008,Cambridge,5,1\n")).Series.ShouldBe("iod2019-file-1");
    }

    [Theory]
    [InlineData("Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,NHS_regional_HA_code,NHS_HA_code,Admin_county_code,Admin_district_code,Admin_ward_code\n", 1)]
    [InlineData("PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\n", 1)]
    [InlineData("PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\nPostcode,Positional_quality_indicator,Eastings,Northings,Country_code,NHS_regional_HA_code,NHS_HA_code,Admin_county_code,Admin_district_code,Admin_ward_code\n", 1)]
    [InlineData("\"CB1  ZZZZ\",10,0,0,\"E92000001\",\"\",\"\",\"\",\"\",\"\"\n", 2)]
    public async Task Code_Point_Open_is_told_with_a_row_of_names_and_with_a_bad_first_row(string first, int aside)
    {
        await using var rig = await PlaceRig.OpenAsync();

        var loaded = await rig.TextAsync("cb.csv", first + "\"CB1 0AH\",10,546881,258966,\"E92000001\",\"E19000001\",\"E18000006\",\"E10000003\",\"E07000008\",\"E05002702\"\n\"CB1 0AJ\",10,546881,258966,\"E92000001\",\"\",\"\",\"\",\"X1\",\"\"\n");

        (loaded.Series, loaded.Rows, loaded.Quarantined).ShouldBe(("postcodes-codepoint-open-cb", 1, aside));
        await rig.Lookup.RefreshAsync(default);
        rig.Lookup.Find("CB1 0AH").Facts!.District.ShouldBe("E07000008");
    }

    [Theory]
    [InlineData("ONSPD_NOV_2025_UK.csv", "", "postcodes-onspd")]
    [InlineData("list.csv", "parncp25cd,", "postcodes-onspd")]
    [InlineData("list.csv", "", "postcodes-nspl")]
    [InlineData("NSPL_NOV_2025_UK.csv", "", "postcodes-nspl")]
    public async Task The_two_directories_of_postcodes_are_told_apart_and_codes_of_no_area_or_wrong_shape_are_met(string name, string column, string series)
    {
        await using var rig = await PlaceRig.OpenAsync();
        var cell = column.Length > 0 ? "E04001234," : "";

        var loaded = await rig.TextAsync(name, $"pcd7,pcds,doterm,{column}lad25cd,lsoa11cd,lsoa21cd,wd24cd,lat,long\n" +
            $"CB1 0AA,CB1 0AA,,{cell}E07000008,E01017966,E01035518,E99999999,52.19226,0.13720\nCB1 0AB,CB1 0AB,,{cell}E07000008,E0101796,E01035518,,52.19226,0.13720\n" +
            $"CB1 0AD,CB1 0AD,,{cell}E07000008,E01017966,Cambridge,,52.19226,0.13720\nCB1 0AE,CB1 0AE,,{cell}E070000");

        (loaded.Series, loaded.Rows).ShouldBe((series, 1));
        loaded.SetAside.Select(a => a.Reason).ShouldBe(["“E0101796” is not a code of neighbourhoods (LSOA)", "“Cambridge” is not a code of neighbourhoods (LSOA)", $"the row ends after {(column.Length > 0 ? 5 : 4)} of {(column.Length > 0 ? 10 : 9)} columns: the file may have been cut off there"]);
        await rig.Lookup.RefreshAsync(default);
        rig.Lookup.Find("CB1 0AA").Facts!.Ward24.ShouldBeNull();
    }

    [Fact]
    public async Task A_neighbourhood_of_no_electoral_division_is_no_fault()
    {
        await using var rig = await PlaceRig.OpenAsync();

        var loaded = await rig.TextAsync("ced.csv", "LSOA21CD,LSOA21NM,CED25CD,CED25NM\nE01018066,Fenland 004A,E58000051,Alconbury\nE01015589,Peterborough 004A,E99999999,\n");

        (loaded.Rows, loaded.Quarantined).ShouldBe((2, 0));
        var data = await rig.Book.RefreshAsync(default);
        (data.Division("E01018066", 2021)!.Name, data.Division("E01015589", 2021)).ShouldBe(("Alconbury", null));
    }

    [Fact]
    public async Task Postcodes_of_seven_letters_twice_elsewhere_and_without_a_place_are_each_met()
    {
        await using var rig = await PlaceRig.OpenAsync();

        var loaded = await rig.TextAsync("NSPL_MAY_2025_UK.csv", """
            "pcd7","pcd8","pcds","dointr","doterm","lad25cd","wd25cd","lsoa11cd","lsoa21cd","lat","long"
            "CB101QY","CB10 1QY","CB10 1QY","198001","","E07000077","E05001234","E01021999","E01021999","52.02","0.24"
            "CB1 2QY","CB1  2QY","CB1 2QY","198001","201804","E07000008","E05013050","E01017966","E01035518","52.19","0.13"
            "CB1 2QY","CB1  2QY","cb12qy","198001","","E07000008","E05013050","E01017966","E01035518","52.19","0.13"
            "CB1 2QZ","CB1  2QZ","CB1 2QZ","198001","","E07000008","E05013050","E01035518","E01035518","52.19","0.13"
            "GY1 1AA","GY1  1AA","GY1 1AA","198001","","L99999999","L99999999","L99999999","L99999999","99.999999","0.000000"
            "CB1","CB1","CB1","198001","","E07000008","E05013050","E01017966","E01035518","52.19","0.13"
            """);

        (loaded.Kind, loaded.Series, loaded.Edition, loaded.Rows, loaded.Quarantined).ShouldBe(("postcodes", "postcodes-nspl", "NSPL May 2025", 2, 4));
        loaded.SetAside.Select(a => a.Reason).ShouldBe([
            "this postcode is in the file twice; the first one counts",
            "E01035518 exists only in the 2021 boundaries, and this is data of 2011. Editions are never mixed",
            "it has no place: the list gives no coordinates in the United Kingdom",
            "“CB1” is not a postcode: it is too short: the second half, a figure and two letters, is missing or cut off"]);
        await rig.Lookup.RefreshAsync(default);
        rig.Lookup.Find("cb12qy").Status.ShouldBe(LookupStatus.Terminated);
        rig.Lookup.Find("CB10 1QY").Facts!.District.ShouldBe("E07000077");
        rig.Lookup.Find("CB10 1QY").Ward24.ShouldBeNull("wards of 2025 are not wards of 2024");
    }

    [Fact]
    public async Task Code_Point_Open_has_no_header_and_finds_its_neighbourhoods_by_their_outlines()
    {
        await using var rig = await PlaceRig.OpenAsync();
        await rig.OfficialAsync("boundaries/lsoa11_cp.geojson");

        var loaded = await rig.OfficialAsync("postcodes/codepo_gb_2014_cb.csv.gz");
        await rig.OfficialAsync("postcodes/codepo_gb_2014_pe.csv.gz");
        var derived = await rig.OfficialAsync("postcodes/NSPL_May2025_pcd_lat_long_CB.csv.gz");

        (loaded.Series, loaded.Rows + loaded.Quarantined, derived.Series, derived.Edition).ShouldBe(("postcodes-codepoint-open-cb", 10250, "postcodes-coordinates-cb", "NSPL May 2025"));
        await rig.Lookup.RefreshAsync(default);
        rig.Postcodes.From.Count.ShouldBe(3, "each area's file stands beside the others");
        rig.Lookup.Find("CB1 0AH").Facts!.District.ShouldBe("E07000008");
        rig.Lookup.Find("PE1 1AB").Facts!.Lsoa11.ShouldStartWith("E01");
    }

    [Fact]
    public void The_national_grid_agrees_with_the_surveys_own_coordinates()
    {
        // Ordnance Survey's worked example, Framingham: E 651409.903, N 313177.270 is 52°39′28.8″ N, 1°42′57.8″ E in ETRS89.
        (NationalGrid.ToPoint(651409.903, 313177.270).MilesTo(new GeoPoint(52.657977, 1.716053)) * 1609).ShouldBeLessThan(10);
    }

    [Fact]
    public async Task Coordinates_alone_are_refused_until_there_are_outlines()
    {
        await using var rig = await PlaceRig.OpenAsync();

        (await Should.ThrowAsync<InvalidDataException>(() => rig.OfficialAsync("postcodes/NSPL_May2025_pcd_lat_long_CB.csv.gz"))).Message.ShouldContain("Load the boundaries of neighbourhoods first");
    }

    [Fact]
    [Requirement("R-PLC-01")]
    public async Task Editions_are_never_joined_and_the_refusal_names_the_place()
    {
        await using var rig = await PlaceRig.OpenAsync();
        await rig.OfficialAsync("iod2019/File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz");
        await rig.OfficialAsync("iod2025/File_7_format_iod2025_england_lsoa21.csv.gz");
        await rig.OfficialAsync("lookups/lsoa11_lsoa21_lad22_cp.csv");
        var data = await rig.Book.RefreshAsync(default);
        var gone = data.Areas("lsoa", 2011).First(a => a.District == "E07000008" && data.Area(a.Code, 2021) is null);

        var old = data.Join(PlaceSnapshot.Index2019, "imd_decile", "E01035518");
        var later = data.Join(PlaceSnapshot.Index2025, "imd_decile", gone.Code);

        old.Refusal!.Sentence.ShouldBe($"E01035518 ({data.Area("E01035518", 2021)!.Name}) exists only in the 2021 boundaries. IoD 2019 is data of the 2011 boundaries, so it has no figure there, and one is never taken from a neighbour.");
        later.Refusal!.Sentence.ShouldStartWith($"{gone.Code} ({gone.Name}) exists only in the 2011 boundaries. IoD 2025 is data of the 2021 boundaries");
        data.Join(PlaceSnapshot.Index2019, "imd_decile", gone.Code).Value!.From.Edition.ShouldBe("IoD 2019");
    }

    [Theory, OnBothDatabases]
    public async Task A_later_version_takes_over_whole_and_a_rollback_puts_the_earlier_one_back(Db kind)
    {
        await using var rig = await PlaceRig.OpenAsync(kind);
        async Task<double?> RankAsync() => (await rig.Book.RefreshAsync(default)).Find(PlaceSnapshot.Index2019, "imd_rank", "E01017957")?.Number;
        var (first, second) = (File1 + "E01017957,Cambridge 006D,E07000008,Cambridge,5,1\n", File1 + "E01017957,Cambridge 006D,E07000008,Cambridge,6,1\n");

        await rig.TextAsync("a.csv", first);
        (await rig.TextAsync("a.csv", first)).AlreadyLoaded.ShouldBeTrue();
        (await rig.StoredAsync()).ShouldBe((1, 1));
        await rig.TextAsync("b.csv", second);
        (await RankAsync()).ShouldBe(6);

        (await rig.Import.RollBackAsync("iod2019-file-1", rig.Who, default)).Value!.File.ShouldBe("a.csv");
        (await RankAsync()).ShouldBe(5);
        (await rig.TextAsync("b.csv", second, again: LoadAgain.Leave)).AlreadyLoaded.ShouldBeTrue();
        (await RankAsync()).ShouldBe(5, "a folder does not bring back what somebody took out");
        (await rig.Import.RollBackAsync("iod2019-file-1", rig.Who, default)).Value.ShouldBeNull();
        (await RankAsync()).ShouldBeNull();
        (await rig.Import.RollBackAsync("iod2019-file-1", rig.Who, default)).Refusal!.Code.ShouldBe("not-in-use");
        await rig.TextAsync("b.csv", second);
        (await RankAsync()).ShouldBe(6);
        (await rig.StoredAsync()).ShouldBe((2, 2), "it was all there");
    }

    [Theory, OnBothDatabases]
    public async Task What_was_cut_off_is_never_shown_and_goes_with_the_next_load(Db kind)
    {
        await using var rig = await PlaceRig.OpenAsync(kind);
        var half = new Dataset
        {
            Id = Guid.CreateVersion7(), Kind = "index", Series = "iod2019-file-1", Title = "t", Edition = "IoD 2019", BoundaryYear = 2011, Source = "s", Licence = "ogl-3", File = "f", Fingerprint = [1], Columns = "code",
            Rows = 9, Quarantined = 1, LoadedAt = rig.Who.At, Complete = false, InUse = false,
        };
        await rig.Commands.RunAsync(rig.Who, c =>
        {
            c.Insert(half);
            c.Insert(new DatasetBlock { DatasetId = half.Id, Key = "000000", Content = [1, 2, 3] });
            c.Insert(new DatasetProblem { DatasetId = half.Id, Row = 2, Column = "x", Reason = "y" });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        (await rig.Import.ListAsync(default)).ShouldBeEmpty();

        await rig.TextAsync("a.csv", File1 + "E01017957,Cambridge 006D,E07000008,Cambridge,5,1\n");

        (await rig.StoredAsync()).ShouldBe((1, 1));
        (await rig.Import.ListAsync(default)).Single().InUse.ShouldBeTrue();
    }

    [Fact]
    public async Task Our_own_table_comes_in_by_its_mapping_and_shows_only_under_a_confirmed_licence()
    {
        await using var rig = await PlaceRig.OpenAsync();
        OwnData Mapping(string licence) => new("parcels", "Food parcels", "2026", 2011, "lsoa", "Area", "Wisbech food bank", licence, null, [new("Parcels", "parcels", "Food parcels", "count"), new("Share", "share", "Share of homes", "percentage")]);
        const string table = "Area,Parcels,Share\nE01017957,\"1,204\",12.5%\nE01035518,3,1\n";

        var loaded = await rig.TextAsync("own.csv", table, Mapping("own"));
        var data = await rig.Book.RefreshAsync(default);
        (loaded.Kind, loaded.Series, loaded.Rows, loaded.SetAside.Single().Reason).ShouldBe(("own", "own-parcels", 1, "E01035518 exists only in the 2021 boundaries, and this is data of 2011. Editions are never mixed"));
        data.Own.Select(o => (o.Key, o.Title, o.Unit, o.Area, o.Find("E01017957"))).ShouldBe([("own-parcels.parcels", "Food parcels", "count", "lsoa", 1204), ("own-parcels.share", "Share of homes", "percentage", "lsoa", 12.5)]);

        await rig.TextAsync("own.csv", table, Mapping("somebody said it was fine"));
        data = await rig.Book.RefreshAsync(default);
        data.Own.ShouldBeEmpty();
        data.InUse.Single().Series.ShouldBe("own-parcels");
        Licences.Attribution(data.InUse).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"id":"A B","title":"t","edition":"e","boundary_year":2011,"area":"lsoa","code":"c","source":"s","licence":"own","measures":[{"column":"x","id":"x","title":"x","unit":"count"}]}""", "its id has small letters, figures and hyphens only.")]
    [InlineData("""{"id":"a","title":"t","edition":"e","boundary_year":2015,"area":"lsoa","code":"c","source":"s","licence":"own","measures":[{"column":"x","id":"x","title":"x","unit":"count"}]}""", "its boundary_year is 2011 or 2021: neighbourhoods have no other boundaries.")]
    [InlineData("""{"id":"a","title":"t","edition":"e","boundary_year":2011,"area":"lsoa","code":"c","source":"s","licence":"own","measures":[{"column":"x","id":"x","title":"x","unit":"things"}]}""", "each measure has column, id, title and a unit of count, rate, percentage, score, rank, decile; see “x”.")]
    [InlineData("""{"id":"a","title":"t","edition":"IoD 2019","boundary_year":2011,"area":"lsoa","code":"c","source":"s","licence":"own","measures":[{"column":"x","id":"x","title":"x","unit":"count"}]}""", "“IoD 2019” is the name of an official edition.")]
    [InlineData("""{"id":"a","title":"t","edition":"Indices of Deprivation 2025","boundary_year":2011,"area":"lsoa","code":"c","source":"s","licence":"own","measures":[{"column":"x","id":"x","title":"x","unit":"count"}]}""", "is the name of an official edition.")]
    [InlineData("""{"id":"a","title":"t","edition":"2026","boundary_year":2011,"area":"lsoa","code":"c","source":"s","licence":"own","measures":[{"column":"x","id":"imd_decile","title":"x","unit":"decile"}]}""", "“imd_decile” is an official measure’s id. Give your own another, like a-imd-decile.")]
    [InlineData("{}", "a mapping has id, title, edition, boundary_year, area, code, source, licence and measures.")]
    [InlineData("[", "is not a mapping")]
    public async Task A_mapping_that_is_none_says_what_it_lacks(string json, string said)
    {
        await using var rig = await PlaceRig.OpenAsync();

        Should.Throw<InvalidDataException>(() => OwnData.ReadFile(rig.File("mapping.json", Encoding.UTF8.GetBytes(json)))).Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "has columns that no known file of place data has (a, b)")]
    [InlineData("", "is empty: the first row must hold the columns' names.")]
    [InlineData("LSOA code (2011);LSOA name (2011);Index of Multiple Deprivation (IMD) Rank;x,y\nE01017957;a;5;1\n", "has semicolons between its columns. Save it as CSV with commas")]
    [InlineData("LSOA code (2011)\tLSOA name (2011)\tRank\nE01017957\ta\t5\n", "has tabs between its columns.")]
    [InlineData("E01017957,Cambridge 006D,E07000008,Cambridge,5123,2\n", "has no row of column names: its first row begins with E01017957.")]
    [InlineData("Local Authority District code (2019),Local Authority District name (2019),IMD - Average rank ,IMD - Average score ,IMD 2019 - Extent \nE06000001,x,1000.5,35.0,0.49\n", "is the sheet IMD of File 10. AnyDoor takes the sheet Income")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[]}", "holds no features")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"NAME\":\"x\"}}]}", "has no property that names its areas")]
    [InlineData("{\"features\":[{\"properties\":{\"LSOA11CD\":\"E01017957\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[546881,258966],[546882,258966],[546882,258967],[546881,258966]]]}}]}", "Download it in WGS84")]
    [InlineData("{\"features\":[{\"properties\":{\"LSOA11CD\":\"E01017957\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[0.1,52.1]}}]}", "it is neither a polygon nor several")]
    [InlineData("{\"features\":", "is not JSON that can be read")]
    [InlineData("LSOA code (2011),LSOA name (2011),Local Authority District code (2019),Local Authority District name (2019),Index of Multiple Deprivation (IMD) Rank,Index of Multiple Deprivation (IMD) Decile\nX,,,,,\n", "holds no row that can be taken")]
    public async Task A_file_that_is_none_of_ours_loads_nothing_and_says_why(string text, string said)
    {
        await using var rig = await PlaceRig.OpenAsync();

        (await Should.ThrowAsync<InvalidDataException>(() => rig.TextAsync("file.csv", text))).Message.ShouldContain(said);
        (await rig.StoredAsync()).ShouldBe((0, 0));
    }

    /// <summary>The sizes of all England; how long it takes and how much memory is the bench's to say.</summary>
    [Theory, OnBothDatabases]
    public async Task All_England_comes_in_whole(Db kind)
    {
        Slow.Only();
        await using var rig = await PlaceRig.OpenAsync(kind);
        string Path(string name) => System.IO.Path.Combine(rig.Test.Folder, name);
        AllEngland.WriteIndex(Path("2019.csv"), 2019);
        AllEngland.WriteIndex(Path("2025.csv"), 2025);
        AllEngland.WriteNspl(Path("NSPL_MAY_2025_UK.csv"));

        foreach (var (file, rows) in new[] { ("2019.csv", AllEngland.Neighbourhoods2011), ("2025.csv", AllEngland.Neighbourhoods2021), ("NSPL_MAY_2025_UK.csv", AllEngland.Postcodes) })
        {
            var loaded = await rig.Import.LoadAsync(Path(file), rig.Who, default);
            (loaded.Rows, loaded.Quarantined).ShouldBe((rows, 0), file);
        }

        await rig.Lookup.RefreshAsync(default);
        for (var i = 1; i < AllEngland.Postcodes; i += 997)
        {
            var found = rig.Lookup.Find(AllEngland.Postcode(i));
            (found.Status, found.Facts!.Lsoa11).ShouldBe((i % 30 == 0 ? LookupStatus.Terminated : LookupStatus.Ok, AllEngland.Neighbourhood(i % AllEngland.Neighbourhoods2011)));
            found.Decile2019.ShouldNotBeNull();
            found.Decile2025.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_folders_new_files_come_in_once_and_what_is_none_of_ours_is_left_alone()
    {
        await using var rig = await PlaceRig.OpenAsync();
        var folder = Directory.CreateDirectory(Path.Combine(rig.Test.Folder, "data")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "places", "deep"));
        File.WriteAllText(Path.Combine(folder, "places", "deep", "index.csv"), File1 + "E01017957,Cambridge 006D,E07000008,Cambridge,5,1\n");
        File.WriteAllText(Path.Combine(folder, "broken.csv"), File1 + "X,,,,,\n");
        File.WriteAllText(Path.Combine(folder, "other.csv"), "a,b\n1,2\n");
        File.WriteAllBytes(Path.Combine(folder, "empty.csv"), []);
        var said = new List<string>();
        Task<int> LoadAsync() => new PlaceFolder(rig.Import).LoadAsync(folder, rig.Who, said.Add, default);

        (await LoadAsync()).ShouldBe(1);
        said.Count.ShouldBe(4, string.Join("; ", said));
        said[^1].ShouldBe("index.csv: 1 rows of index, IoD 2019; 0 set aside");
        said.ShouldContain(s => s.StartsWith("broken.csv was not loaded. broken.csv holds no row that can be taken"));
        await rig.Import.RollBackAsync("iod2019-file-1", rig.Who, default);
        (await LoadAsync()).ShouldBe(0);
        (await rig.Import.ListAsync(default)).Single().InUse.ShouldBeFalse("what was taken out stays out");
        (await new PlaceFolder(rig.Import).LoadAsync(Path.Combine(folder, "nowhere"), rig.Who, said.Add, default)).ShouldBe(0);
    }
}
