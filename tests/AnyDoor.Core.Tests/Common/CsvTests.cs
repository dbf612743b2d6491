using System.Text;
using AnyDoor.Common;
using AnyDoor.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AnyDoor.Core.Tests.Common;

/// <summary>Fault case F21: what a spreadsheet would run is made harmless, and what is written is read back as it was, cell by cell.</summary>
public sealed class CsvTests
{
    private static readonly string[] Nasty =
    [
        "=1+1", "+44 7700 900123", "-5", "@here", "\tx", "\rx", "\nx", "\0x", "'=1", "''+2", "'", "''", "it's", " =1", "a,b", "\"q\"", "two\r\nlines", "two\nlines", " padded ", "", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\",\"y\")", "’", "ÀÉ", "😀=1", "‮abc",
    ];

    [Fact]
    public void EveryNastyCell_IsHarmlessOutside_AndComesBackAsItWas()
    {
        foreach (var cell in Nasty)
        {
            var bytes = CsvText.Write(["first", "cell", "last"], [["x", cell, "y"]]);
            Back(bytes)[0].ShouldBe(["x", cell, "y"]);
            if (cell.TrimStart('\'') is [var first, ..] && "=+-@\t\r\n\0".Contains(first)) Outside(bytes).ShouldStartWith("'", Case.Sensitive, cell);
        }
    }

    [Fact]
    public void AnyCells_ComeBackAsTheyWere()
    {
        var letters = Gen.Elements("=+-@'\"\t\r\n ,;abÉ😀".EnumerateRunes().Select(r => r.ToString()).ToArray());
        var cells = from pieces in Gen.ListOf(letters) select string.Concat(pieces);
        Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.ArrayOf(cells, 3))), rows =>
        {
            var written = rows.Select(r => (IEnumerable<object?>)["x", .. r]).ToList();
            return Back(CsvText.Write(["id", "a", "b", "c"], written)).Select(r => string.Join('|', r)).SequenceEqual(rows.Select(r => "x|" + string.Join('|', r)));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Every file that the product gives is written by the one writer: there is no second way that forgets the apostrophe.</summary>
    [Fact]
    public void EveryCsvOfTheProduct_IsWrittenByTheOneWriter()
    {
        var source = Path.Combine(TestRun.Root, "src");
        var gives = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(f => File.ReadAllText(f).Contains("\"text/csv", StringComparison.Ordinal)).Select(f => Path.GetRelativePath(source, f).Replace('\\', '/')).Order().ToList();
        // Written in the service that the page asks; the first only says what may be compressed.
        string[] elsewhere = ["AnyDoor.Web/Hosting/PagesSetup.cs", "AnyDoor.Web/Pages/Staff/Handovers/Files.cshtml.cs", "AnyDoor.Web/Pages/Staff/Imports/Detail.cshtml.cs", "AnyDoor.Web/Pages/Staff/Editions/Edition.cshtml.cs", "AnyDoor.Web/Pages/Staff/Extracts/Index.cshtml.cs", "AnyDoor.Web/Pages/Staff/TakeUp/Run.cshtml.cs"];

        gives.Count.ShouldBeGreaterThan(3);
        gives.Except(elsewhere).Where(f => !File.ReadAllText(Path.Combine(source, f)).Contains("CsvText.Write(", StringComparison.Ordinal)).ShouldBeEmpty();
        foreach (var writer in new[] { "Requests/HandoverFiles", "Requests/ImportReports", "Reporting/Editions", "Reporting/Extracts", "Reporting/TakeUp" }) File.ReadAllText(Path.Combine(source, "AnyDoor.Core", writer + ".cs")).ShouldContain("CsvText.Write(");
    }

    private static List<string[]> Back(byte[] bytes)
    {
        using var file = DelimitedFile.Read(new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true), "test.csv");
        var rows = new List<string[]>();
        while (file.Next()) rows.Add(file.Cells());
        return rows;
    }

    private static string Outside(byte[] bytes)
    {
        using var csv = new CsvHelper.CsvParser(new StreamReader(new MemoryStream(bytes), Encoding.UTF8), System.Globalization.CultureInfo.InvariantCulture);
        csv.Read();
        csv.Read();
        return csv[1];
    }
}
