using AnyDoor.Places;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Places;

/// <summary>The papers' printed tables beside the official data: every defect is found, and none that is not there.</summary>
public sealed class PapersCheckTests(PapersCheckTests.Official official) : IClassFixture<PapersCheckTests.Official>
{
    private readonly PlaceSnapshot data = official.OurPart;
    private readonly IReadOnlyList<PrintedRow> printed = PapersTables.Deciles();
    private readonly IReadOnlyList<PrintedDistrict> table1 = PapersTables.Table1();

    /// <summary>The files of all England once, and those of our districts alone, which say the same of them.</summary>
    public sealed class Official : IAsyncLifetime
    {
        private readonly List<PlaceRig> rigs = [];

        public PlaceSnapshot England { get; private set; } = null!;
        public PlaceSnapshot OurPart { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            const string ours = "iod2019/File_7_format_composite_cp.csv", districts = "iod2019/imd2019_england_ltla19_summary.csv";
            England = await LoadedAsync("iod2019/File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz", ours, districts, "lookups/LSOA11_to_WD19_to_LAD19_EW_publisher_CR_only.csv.gz");
            OurPart = await LoadedAsync(ours, districts, "lookups/lsoa11_msoa11_wd19_lad19_cp.csv");
        }

        private async Task<PlaceSnapshot> LoadedAsync(params string[] files)
        {
            var rig = await PlaceRig.OpenAsync();
            rigs.Add(rig);
            foreach (var file in files) await rig.OfficialAsync(file);
            return await rig.Book.RefreshAsync(default);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var rig in rigs) await rig.DisposeAsync();
        }
    }

    private PapersReport Run(IReadOnlyList<PrintedRow>? rows = null, IReadOnlyList<PrintedDistrict>? districts = null) => PapersCheck.Run(rows is null ? official.England : data, rows ?? printed, districts ?? table1);

    [Fact]
    [Requirement("R-PLC-03")]
    public void The_shipped_tables_are_the_papers_own()
    {
        var theirs = PapersTables.Deciles(Shared.Path("places/seed_tables.csv"));

        printed.ShouldBe(theirs);
        (printed.Count, printed.DistinctBy(p => p.Name).Count()).ShouldBe((92, 91));
        PapersTables.Table1(Shared.Path("places/seed_table1.csv")).Select(t => (t.Code, t.Name, t.AsPrinted, string.Join(',', t.Cells.Values))).ShouldBe(table1.Select(t => (t.Code, t.Name, t.AsPrinted, string.Join(',', t.Cells.Values))));
    }

    [Fact]
    public void Our_part_of_England_says_of_the_deciles_what_all_of_it_says()
    {
        var (all, part) = (Run(), Run(rows: printed));

        part.Differences.ShouldBe(all.Differences);
        part.Missing.ShouldBe(all.Missing);
        part.Wards.ShouldBe(all.Wards);
    }

    [Fact]
    [Requirement("R-PLC-03")]
    public void The_printed_tables_have_three_wrong_names_and_seven_wrong_local_deciles_and_leave_four_out()
    {
        var report = Run();

        (report.Rows, report.MatchedBoth, report.NotLoaded.Count).ShouldBe((92, 82, 0));
        report.Differences.Select(d => (d.Row, d.Kind, d.ActualNational, d.ActualLocal, d.Suggestion)).ShouldBe([
            (27, "name-misprint", 8, 7, "Huntingdonshire 016B"),
            (30, "name-misprint", 4, 2, "Huntingdonshire 009C"),
            (32, "name-misprint", 4, 2, "Huntingdonshire 006C"),
            .. Enumerable.Range(66, 7).Select(row => (row, "local-decile", (int?)10, (int?)9, (string?)null))]);
        report.Missing.Select(m => (m.LsoaName, m.List)).ShouldBe(new[] { "007A", "009A", "014B", "021A" }.Select(n => ("Peterborough " + n, "Peterborough, most deprived")));
        report.PrintedTwice.ShouldHaveSingleItem().Wards.ShouldBe(["Huntingdon East", "Somersham"]);
        report.Wards.Count.ShouldBe(22);
        report.Wards.Select(w => (w.Row, w.Printed, w.Actual)).ShouldContain((65, "Cambridge", "Cambourne"));
        report.Wards.ShouldNotContain(w => w.Row == 1);
    }

    [Fact]
    [Requirement("R-PLC-02")]
    public void Table_1_reproduces_whole_with_the_ranks_as_bands_and_the_Isles_of_Scilly_left_out()
    {
        var report = Run();

        report.Table1.Count.ShouldBe(20);
        report.Table1.ShouldAllBe(c => c.Agrees == true);
        report.Table1.Where(c => c.Column == "rank_of_316").Select(c => c.Actual).ShouldBe(["244 to 248", "265 to 267", "93 to 94", "252 to 253", "301 to 306"]);
        report.Table1.Where(c => c.Column == "rank_of_316").ShouldAllBe(c => c.Note.StartsWith("Out of 316: Isles of Scilly is left out of the 317."));
        var fenland = report.Table1.Where(c => c.District == "Fenland").ToDictionary(c => c.Column, c => c.Actual);
        (fenland[PapersTables.Population], fenland[PapersTables.Least], fenland[PapersTables.Most]).ShouldBe((14.0m, 6.2m, 30.2m));
    }

    [Theory]
    [InlineData("E07000010", PapersTables.Rank, "95")]
    [InlineData("E07000008", PapersTables.Rank, "243")]
    [InlineData("E07000012", PapersTables.Rank, "307")]
    [InlineData("E07000011", PapersTables.Population, "7.5")]
    [InlineData("E07000009", PapersTables.Least, "2.2")]
    [InlineData("E07000009", PapersTables.Most, "15.5")]
    public void A_changed_cell_of_Table_1_is_found_and_no_other(string district, string column, string cell)
    {
        var changed = table1.Select(t => t.Code == district ? t with { Cells = t.Cells.ToDictionary(c => c.Key, c => c.Key == column ? cell : c.Value) } : t).ToList();

        var wrong = Run(districts: changed).Table1.Where(c => c.Agrees != true).ToList();

        (wrong.Count, wrong[0].Column, table1.Single(t => t.Name == wrong[0].District).Code).ShouldBe((1, column, district));
    }

    /// <summary>Each good row in turn, with one number changed: that number is the defect, and nothing else is.</summary>
    [Fact]
    public void A_changed_number_in_any_row_is_that_numbers_misprint()
    {
        var before = Run().Differences;
        foreach (var row in printed.Where(p => before.All(d => d.Row != p.Row)))
            foreach (var by in new[] { -1, 1 })
            {
                if (row.National + by is >= 1 and <= 10) Alone(before, row, row with { National = row.National + by }, "national-decile");
                if (row.Local + by is >= 1 and <= 10) Alone(before, row, row with { Local = row.Local + by }, "local-decile");
            }
    }

    /// <summary>Two wrong numbers in a row of the right name and ward are two misprints, and neither hides the other.</summary>
    [Fact]
    [Requirement("R-PLC-03")]
    public void Two_changed_numbers_in_a_row_are_both_told()
    {
        var before = Run().Differences;

        var found = Run([.. printed.Select(p => p.Row == 74 ? p with { National = 9, Local = 9 } : p)]);

        found.Differences.Where(d => before.All(b => b.Row != d.Row)).Select(d => (d.Row, d.Kind, d.ActualNational, d.ActualLocal)).ShouldBe([(74, "national-decile", 1, 1), (74, "local-decile", 1, 1)]);
    }

    /// <summary>Each good row in turn, with the name of another neighbourhood: the name is the defect, and where its own fits it alone it is told.</summary>
    [Fact]
    public void A_changed_name_in_any_row_is_a_wrong_name()
    {
        var before = Run().Differences;
        var (told, all) = (0, 0);
        foreach (var row in printed.Where(p => before.All(d => d.Row != p.Row)))
        {
            var district = printed.Single(p => p.Row == row.Row).Name[..^5];
            foreach (var other in data.Areas("lsoa", 2011).Where(a => a.Name.StartsWith(district + " ", StringComparison.Ordinal) && a.Name != row.Name).OrderBy(a => a.Name, StringComparer.Ordinal).Where((_, i) => i % 29 == row.Row % 29))
            {
                var twice = printed.Any(p => p.Name == other.Name);
                if (!twice && data.Find(PlaceSnapshot.Index2019, "imd_decile", other.Code)!.Number == row.National && data.LocalDeciles.Decile(other.Code) == row.Local) continue; // the row is then right of itself
                var found = Run([.. printed.Select(p => p.Row == row.Row ? p with { Name = other.Name } : p)]);
                all++;
                // Of two rows that read the same, which is the wrong one cannot be told: the later is.
                var difference = found.Differences.FirstOrDefault(d => d.LsoaName == other.Name && before.All(b => b.Row != d.Row));
                // Where the other row of that name is a misprint itself, or one number differs and the ward is right, a number may be what is told.
                difference.ShouldNotBeNull($"row {row.Row}: {other.Name} for {row.Name}");
                if (difference.Kind == "name-misprint" && difference.Suggestion == row.Name) told++;
            }
        }
        all.ShouldBeGreaterThan(150);
        ((double)told / all).ShouldBeGreaterThan(0.9);
    }

    /// <summary>Without the wards it cannot be told whose the rows are; that both of their numbers are another's is clear all the same.</summary>
    [Fact]
    public async Task Without_a_lookup_of_wards_the_wrong_names_are_still_wrong_names()
    {
        await using var rig = await PlaceRig.OpenAsync();
        await rig.OfficialAsync("iod2019/File_7_format_composite_cp.csv");

        var report = PapersCheck.Run(await rig.Book.RefreshAsync(default), printed, table1);

        report.Differences.Select(d => (d.Row, d.Kind)).Take(4).ShouldBe([(27, "name-misprint"), (30, "name-misprint"), (32, "name-misprint"), (66, "local-decile")]);
        report.Differences[0].Note.ShouldContain("Huntingdonshire 016B");
        report.Wards.ShouldBeEmpty();
        report.NotLoaded.ShouldContain(n => n.For == "The wards");
    }

    [Fact]
    public void A_name_that_is_none_or_of_another_district_is_a_wrong_name()
    {
        var found = Run([.. printed.Select(p => p.Row switch { 4 => p with { Name = "Cambridge 099Z" }, 19 => p with { Name = "Cambridge 006D" }, _ => p })]);

        found.Differences.Where(d => d.Row is 4 or 19).Select(d => (d.Kind, d.Suggestion)).ShouldBe([("name-misprint", "Cambridge 005A"), ("name-misprint", "Fenland 007B")]);
        found.Missing.ShouldContain(m => m.LsoaName == "Fenland 007B");
        found.Differences.ShouldNotContain(d => d.Row == 1);
    }

    /// <summary>Two names that changed places are two wrong names, each with the other for what it should be, and not four wrong numbers.</summary>
    [Theory]
    [InlineData(9, 17), InlineData(11, 15), InlineData(81, 85), InlineData(3, 7), InlineData(38, 40)]
    [Requirement("R-PLC-03")]
    public void Two_rows_whose_names_changed_places_are_told_with_each_others_name(int one, int other)
    {
        var (first, second) = (printed.Single(p => p.Row == one), printed.Single(p => p.Row == other));
        var before = Run(printed).Differences.Select(d => d.Row).ToList();

        var found = Run([.. printed.Select(p => p.Row == one ? p with { Name = second.Name } : p.Row == other ? p with { Name = first.Name } : p)]).Differences;

        found.Select(d => d.Row).ShouldBe([.. before, one, other], ignoreOrder: true);
        found.Where(d => d.Row == one || d.Row == other).ShouldAllBe(d => d.Kind == "name-misprint");
    }

    [Fact]
    public void A_row_taken_out_of_a_list_of_the_most_deprived_is_missing_from_it()
    {
        foreach (var row in printed.Where(p => p.Section == "most deprived"))
        {
            var found = Run([.. printed.Where(p => p.Row != row.Row)]);
            var worst = printed.Where(p => p.Section == row.Section && p.District == row.District && p.Row != row.Row).Min(p => p.National);
            found.Missing.Any(m => m.LsoaName == row.Name).ShouldBe(row.National == worst, row.Name);
        }
    }

    [Fact]
    public void With_nothing_loaded_the_papers_stand_alone_and_what_is_missing_is_named()
    {
        var report = PapersCheck.Run(new PlaceSnapshot([], Enumerable.Empty<DatasetBlock>().ToLookup(b => b.DatasetId), _ => []), printed, table1);

        (report.Rows, report.MatchedBoth, report.Differences.Count, report.Missing.Count, report.Wards.Count).ShouldBe((92, 0, 0, 0, 0));
        report.Table1.ShouldAllBe(c => c.Agrees == null && c.Printed != null);
        report.PrintedTwice.ShouldHaveSingleItem().Rows.ShouldBe([30, 32]);
        report.NotLoaded.Select(n => n.From).ShouldAllBe(f => f.StartsWith("https://"));
        report.NotLoaded.Count.ShouldBe(4);
    }

    private void Alone(IReadOnlyList<PrintedDifference> before, PrintedRow row, PrintedRow changed, string kind)
    {
        var found = Run([.. printed.Select(p => p.Row == row.Row ? changed : p)]).Differences;
        found.Select(d => d.Row).ShouldBe([.. before.Select(d => d.Row), row.Row], ignoreOrder: true);
        found.Single(d => d.Row == row.Row).Kind.ShouldBe(kind, $"row {row.Row}: {changed}");
    }
}
