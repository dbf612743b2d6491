using System.IO.Compression;
using System.Text;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Places;

public sealed class PostcodeLookupTests
{
    private static readonly string[] Columns = ["postcode", "status", "lsoa11", "lsoa21", "ward19", "ward24", "district", "imd_decile", "local_decile"];

    private static async Task<PlaceRig> LoadedAsync()
    {
        var rig = await PlaceRig.OpenAsync();
        await rig.OfficialAsync("postcodes/postcodes_cp_derived.csv.gz");
        await rig.OfficialAsync("iod2019/File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz");
        return rig;
    }

    private static async Task<(LookupDone Done, List<string[]> Rows)> RunAsync(PlaceRig rig, byte[] input, string output = "out.csv")
    {
        var target = Path.Combine(rig.Test.Folder, output);
        var done = await new LookupFile(rig.Lookup, rig.Postcodes, rig.Book).RunAsync(rig.File("in.csv", input), target, default);
        using var file = DelimitedFile.Open(target);
        var rows = new List<string[]> { file.Header };
        while (file.Next()) rows.Add(file.Cells());
        return (done, rows);
    }

    [Fact]
    public async Task Every_postcode_of_the_two_authorities_resolves_with_both_deciles()
    {
        await using var rig = await LoadedAsync();
        using var all = new StreamReader(new GZipStream(File.OpenRead(Shared.Path("places/postcodes/postcodes_cp_derived.csv.gz")), CompressionMode.Decompress));
        var lines = (await all.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')).ToList();

        var (done, rows) = await RunAsync(rig, PlaceRig.Gzip(Encoding.UTF8.GetBytes("Postcode\n" + string.Join('\n', lines.Select(l => l[0])))));

        rows[0].ShouldBe(Columns);
        (done.Rows, done.Ok, done.Attribution.Count).ShouldBe((lines.Count, lines.Count, 4));
        for (var i = 0; i < lines.Count; i++)
        {
            var (got, want) = (rows[i + 1], lines[i]);
            (got[0], got[1], got[2], got[3], got[4], got[5], got[6]).ShouldBe((want[0], "ok", want[4], want[7], want[6], want[8].Trim(), want[3]));
            int.Parse(got[7], null).ShouldBeInRange(1, 10);
            int.Parse(got[8], null).ShouldBeInRange(1, 10);
        }
        // R-PLC-03: the local decile of each of the 487, worked out here by itself.
        var data = rig.Book.Current;
        var ours = data.Areas("lsoa", 2011).Where(a => District.Find(a.District) is not null).OrderBy(a => data.Find(PlaceSnapshot.Index2019, "imd_rank", a.Code)!.Number).ToList();
        ours.Count.ShouldBe(487);
        for (var i = 0; i < 487; i++) data.LocalDeciles.Decile(ours[i].Code).ShouldBe((int)Math.Ceiling((i + 1) / 48.7), ours[i].Name);
    }

    [Fact]
    public async Task A_file_as_people_make_them_is_answered_row_by_row_and_in_order()
    {
        await using var rig = await LoadedAsync();
        var typed = new[] { "cb1 0aa", "CB10AA", " CB1  0AA ", "CB1\u00a00AA", "\tCB1 0AA.", "\"CB1 0AA\"", "CBI OAA", "CB1 0AA;", "LS6 1AA", "CB1", "", "=1+1", "CB1 0AC", "СВ1 0AA" };
        var text = "\uFEFFName, POSTCODE ,Note\r\n" + string.Concat(typed.Select((t, i) => $"n{i},\"{t.Replace("\"", "\"\"", StringComparison.Ordinal)}\",\"a, b\"\r\n"));

        var (done, rows) = await RunAsync(rig, Encoding.UTF8.GetBytes(text));

        rows.Skip(1).Select(r => r[1]).ShouldBe([.. Enumerable.Repeat("ok", 8), "outside", "invalid", "invalid", "invalid", "invalid", "invalid"]);
        rows.Skip(1).Select(r => r[0]).ShouldBe(typed, "a row is found again by what was typed");
        rows.Skip(1).Take(8).Select(r => r[2]).Distinct().Count().ShouldBe(1);
        rows.Skip(9).SelectMany(r => r[2..]).ShouldAllBe(c => c == "");
        (done.Rows, done.Ok, done.Outside, done.Invalid, done.Refused.Count).ShouldBe((14, 8, 1, 5, 5));
        done.Refused[0].ShouldBe(new RefusedRow(11, "it is too short: the second half, a figure and two letters, is missing or cut off"));
        done.Refused.ShouldAllBe(r => !r.Reason.Contains("CB1"), "what was typed is in the output and nowhere else");
    }

    [Fact]
    public async Task The_index_of_2025_has_its_own_column_where_it_is_loaded_and_wards_come_from_lookups()
    {
        await using var rig = await PlaceRig.OpenAsync();
        await rig.TextAsync("few.csv", "pcds,lat,long,laua,lsoa11\nCB1 0AA,52.19,0.13,E07000008,E01017966\nPE13 1AA,52.66,0.16,E07000010,E01018083\n");
        await rig.OfficialAsync("iod2025/File_7_format_iod2025_england_lsoa21.csv.gz");
        await rig.OfficialAsync("lookups/lsoa11_lsoa21_lad22_cp.csv");
        await rig.OfficialAsync("lookups/lsoa11_msoa11_wd19_lad19_cp.csv");
        await rig.OfficialAsync("lookups/lsoa21_wd24_lad24_cp.csv");

        var (done, rows) = await RunAsync(rig, Encoding.UTF8.GetBytes("postcode\nCB1 0AA\nPE13 1AA\n"), "out.csv.gz");

        rows[0].ShouldBe([.. Columns, "imd2025_decile"]);
        rows[1][2..].ShouldBe(["E01017966", "", "E05002706", "", "E07000008", "", "", ""], "E01017966 was split: which part it lies in is not known");
        var fenland = rows[2];
        (fenland[3], fenland[4].Length, fenland[5].Length, fenland[7], fenland[9].Length).ShouldBe(("E01018083", 9, 9, "", 1));
        done.Notes.ShouldHaveSingleItem().ShouldStartWith("The Indices of Deprivation 2019 are not loaded");
    }

    [Fact]
    public async Task A_local_decile_is_given_only_where_every_neighbourhood_is_loaded()
    {
        await using var rig = await PlaceRig.OpenAsync();
        await rig.TextAsync("few.csv", "pcds,lat,long,laua,lsoa11\nCB1 0AA,52.19,0.13,E07000008,E01017966\n");
        await rig.TextAsync("File_1.csv", "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),Local Authority District name (2019),Index of Multiple Deprivation (IMD) Rank,Index of Multiple Deprivation (IMD) Decile\nE01017966,Cambridge 006D,E07000008,Cambridge,5,1\n");

        var (done, rows) = await RunAsync(rig, Encoding.UTF8.GetBytes("postcode\nCB1 0AA\n"));

        rows[1][7..].ShouldBe(["1", ""]);
        done.Notes.ShouldHaveSingleItem().ShouldStartWith("1 of the partnership’s 487 neighbourhoods are loaded");
    }

    [Fact]
    public async Task Postcodes_of_all_sizes_of_table_are_found_again()
    {
        await using var rig = await PlaceRig.OpenAsync();
        var many = Enumerable.Range(0, 30_000).Select(i => $"CB{i / 4000 + 1} {i / 400 % 10}{(char)('A' + i / 20 % 2)}{"ABDEFGHJLNPQRSTUWXYZ"[i % 20]}").Distinct().ToList();

        await rig.TextAsync("many.csv", "pcds,lat,long,laua,lsoa11\n" + string.Join('\n', many.Select((p, i) => $"{p},{52 + i / 1e6:0.000000},0.13,E07000008,E010179{i % 60 + 10}")));
        await rig.Lookup.RefreshAsync(default);

        for (var i = 0; i < many.Count; i++) (rig.Lookup.Find(many[i]).Facts!.Latitude, rig.Lookup.Find(many[i]).Facts!.Lsoa11).ShouldBe((52 + Math.Round(i / 1e6, 6), $"E010179{i % 60 + 10}"));
        rig.Lookup.Find("CB25 9ZZ").Status.ShouldBe(LookupStatus.Outside);
    }
}
