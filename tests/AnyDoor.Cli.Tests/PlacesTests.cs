using System.Text.Json;
using AnyDoor.Tests;

namespace AnyDoor.Cli.Tests;

/// <summary>Place data from the command line, in the shapes that scripts rely on.</summary>
public sealed class PlacesTests
{
    private const string File1 = "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),Local Authority District name (2019),Index of Multiple Deprivation (IMD) Rank,Index of Multiple Deprivation (IMD) Decile\r\n";

    /// <summary>Of several files each refusal begins with the name of its own, and the others are loaded.</summary>
    [Fact]
    [Requirement("R-PLC-01")]
    public async Task A_refusal_names_the_file_that_it_is_about()
    {
        await using var tool = Tool.OnNothing();
        const string rates = "LSOA code (2011),LSOA name (2011),Index of Multiple Deprivation (IMD) Score,Income Score (rate),Employment Score (rate)\r\n";
        var percent = tool.File("percent.csv", rates + string.Concat(Enumerable.Range(0, 9).Select(i => $"E0101795{i},Cambridge 00{i}A,20,1{i}.5,9.1\r\n")));
        var cut = tool.File("cut.csv.gz", "\u001f");
        var unknown = tool.File("unknown.csv", "a,b\r\n1,2\r\n");
        var good = tool.File("good.csv", File1 + "E01017957,Cambridge 006D,E07000008,Cambridge,5,1\r\n");

        var import = await tool.RunAsync("places", "import", percent, cut, unknown, good, tool.PathOf("nowhere.csv"), "--json");

        import.Code.ShouldBe(1);
        import.Json.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("file").GetString()).ShouldBe(["good.csv"]);
        var lines = import.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => !l.EndsWith('…')).ToList();
        foreach (var name in new[] { "percent.csv", "cut.csv.gz", "unknown.csv", "nowhere.csv" }) lines.Count(l => l.Contains(name, StringComparison.Ordinal)).ShouldBe(1, $"{name} in {import.Errors}");
        lines.ShouldContain(l => l.StartsWith("percent.csv: The column Income Score (rate) should hold rates from 0 to 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_official_files_answer_lookups_and_check_the_papers()
    {
        await using var tool = Tool.OnNothing();
        string[] files = [.. new[] { "iod2019/File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz", "iod2019/File_7_format_composite_cp.csv", "iod2019/imd2019_england_ltla19_summary.csv", "lookups/LSOA11_to_WD19_to_LAD19_EW_publisher_CR_only.csv.gz", "postcodes/postcodes_cp_derived.csv.gz" }.Select(f => Shared.Path("places/" + f))];
        tool.File("in.csv", "POSTCODE,x\r\ncb1 0aa,1\r\nnonsense,2\r\nLS6 1AA,3\r\n");

        var import = (await tool.RunAsync(["places", "import", .. files, "--json"])).Well();
        var again = (await tool.RunAsync(["places", "import", files[0], "--json"])).Well();
        var lookup = (await tool.RunAsync("places", "lookup", "--input", tool.PathOf("in.csv"), "--output", tool.PathOf("out.csv"), "--json")).Well();
        var check = (await tool.RunAsync("places", "check-papers", "--json")).Well().Json;
        var words = (await tool.RunAsync("places", "check-papers")).Well();

        var loaded = import.Json.GetProperty("files").EnumerateArray().ToList();
        loaded.ShouldAllBe(f => f.GetProperty("quarantined").GetInt32() == 0);
        loaded.Select(f => (f.GetProperty("kind").GetString(), f.GetProperty("rows").GetInt32())).ShouldContain(("index", 32844));
        loaded[0].EnumerateObject().Take(5).Select(p => p.Name).ShouldBe(["file", "kind", "edition", "rows", "quarantined"]);
        again.Json.GetProperty("files")[0].GetProperty("already_loaded").GetBoolean().ShouldBeTrue();

        (await File.ReadAllLinesAsync(tool.PathOf("out.csv"))).ShouldBe([
            "postcode,status,lsoa11,lsoa21,ward19,ward24,district,imd_decile,local_decile",
            "cb1 0aa,ok,E01017966,E01035518,E05002706,E05013054,E07000008,8,7",
            "nonsense,invalid,,,,,,,",
            "LS6 1AA,outside,,,,,,,"]);
        (lookup.Json.GetProperty("rows").GetInt32(), lookup.Json.GetProperty("refused")[0].GetProperty("row").GetInt32()).ShouldBe((3, 3));
        lookup.Output.ShouldContain("Contains Royal Mail data");

        check.EnumerateObject().Take(6).Select(p => p.Name).ShouldBe(["rows", "matched_both", "differences", "missing", "table1", "wards"]);
        (check.GetProperty("rows").GetInt32(), check.GetProperty("matched_both").GetInt32(), check.GetProperty("differences").GetArrayLength(), check.GetProperty("missing").GetArrayLength(), check.GetProperty("table1").GetArrayLength(), check.GetProperty("wards").GetArrayLength()).ShouldBe((92, 82, 10, 4, 20, 22));
        check.GetProperty("differences")[0].EnumerateObject().Select(p => p.Name).Take(8).ShouldBe(["row", "lsoa_name", "printed_national", "actual_national", "printed_local", "actual_local", "kind", "suggestion"]);
        check.GetProperty("table1")[0].EnumerateObject().Select(p => p.Name).ShouldBe(["district", "column", "printed", "actual", "agrees", "note"]);
        check.GetProperty("missing")[0].EnumerateObject().Select(p => p.Name).ShouldBe(["lsoa", "lsoa_name", "list"]);
        words.Output.ShouldContain("Isles of Scilly");
    }

    [Theory, OnBothDatabases]
    public async Task A_version_is_listed_and_rolled_back(Db kind)
    {
        await using var tool = await Tool.OnDemoAsync(kind);
        (await tool.RunAsync("places", "import", tool.File("a.csv", File1 + "E01017957,Cambridge 006D,E07000008,Cambridge,5,1\r\n"))).Well().Output.ShouldStartWith("a.csv: 1 rows of index, IoD 2019. 0 rows set aside. Series iod2019-file-1");
        (await tool.RunAsync("places", "import", tool.File("b.csv", File1 + "E01017957,Cambridge 006D,E07000008,Cambridge,6,1\r\nX,,,,,\r\n"))).Well().Output.ShouldContain("Row 3, LSOA code (2011): “X” is not a code of neighbourhoods (LSOA).");

        var back = (await tool.RunAsync("places", "rollback", "iod2019-file-1")).Well();
        var list = (await tool.RunAsync("places", "list", "--json")).Well().Json.GetProperty("datasets").EnumerateArray().ToList();
        var none = await tool.RunAsync("places", "rollback", "nonsense");

        back.Output.ShouldStartWith("In use again: a.csv");
        list.Select(d => (d.GetProperty("file").GetString(), d.GetProperty("in_use").GetBoolean())).ShouldBe([("a.csv", true), ("b.csv", false)]);
        (none.Code, none.Errors).ShouldBe((1, "Nothing of “nonsense” is in use. See what is with: anydoor places list\n"));
        (await tool.RunAsync("audit", "verify")).Well();
    }

    [Fact]
    public async Task With_nothing_loaded_the_verbs_answer_and_say_what_is_missing()
    {
        await using var tool = Tool.OnNothing();

        var lookup = (await tool.RunAsync("places", "lookup", "--input", tool.File("in.csv", "postcode\nCB1 0AA\n"), "--output", tool.PathOf("out.csv"))).Well();
        var check = (await tool.RunAsync("places", "check-papers", "--json")).Well().Json;
        var noColumn = await tool.RunAsync("places", "lookup", "--input", tool.File("in.csv", "post code,x\nCB1 0AA,1\n"), "--output", tool.PathOf("none.csv"));
        var noFile = await tool.RunAsync("places", "lookup", "--input", tool.PathOf("nowhere.csv"), "--output", tool.PathOf("none.csv"));
        var unknown = await tool.RunAsync("places", "import", tool.File("x.csv", "a,b\n1,2\n"), tool.File("c.csv", "CEDCD,CEDNM\nE58000050,Abbey\n"));

        lookup.Errors.ShouldContain("No list of postcodes is loaded");
        (await File.ReadAllTextAsync(tool.PathOf("out.csv"))).ShouldEndWith("CB1 0AA,outside,,,,,,,\r\n");
        check.GetProperty("not_loaded").EnumerateArray().ShouldAllBe(n => n.GetProperty("from").GetString()!.StartsWith("https://"));
        check.GetProperty("differences").GetArrayLength().ShouldBe(0);
        (noColumn.Code, noColumn.Errors).ShouldBe((2, "in.csv has no column “postcode”. It has: post code, x. See: anydoor places lookup --help\n"));
        noFile.Code.ShouldBe(1);
        unknown.Code.ShouldBe(1);
        unknown.Errors.ShouldContain("docs/places-data.md lists those we know");
        unknown.Output.ShouldContain("c.csv: 1 rows of names", Case.Sensitive, "one bad file keeps no good one out");
        File.Exists(tool.PathOf("none.csv")).ShouldBeFalse();
    }
}
