using System.Diagnostics;
using System.Text.Json;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Cli.Tests;

/// <summary>A council's form from the command line: whole, once, and the same after it was cut off.</summary>
public sealed class ImportTests
{
    private const string Scheme = "winter-support-grant";

    [Fact]
    [Requirement("R-HUB-01"), Requirement("R-HUB-05")]
    public async Task Import_TheCouncilsRealForm_GivesThePapersFigures()
    {
        await using var tool = await Tool.OnDemoAsync(Db.Sqlite);
        var expected = JsonDocument.Parse(File.ReadAllText(Shared.Path("demo/expected.json"))).RootElement;
        (await tool.RunAsync("places", "import", Shared.Path("places/postcodes/postcodes_cp_derived.csv.gz"))).Well();

        var import = (await tool.RunAsync("requests", "import", Shared.Path("demo/winter-support-requests.csv"), "--scheme", Scheme, "--json")).Well();
        var figures = (await tool.RunAsync("figures", Scheme, "--json")).Well();

        (Count(import, "rows"), Count(import, "imported"), Count(import, "already_present"), Count(import, "repeated"), import.Json.GetProperty("quarantined").GetArrayLength()).ShouldBe((3647, 3610, 0, 12, 25));
        import.Errors.ShouldBeEmpty("a pipe gets nothing but the answer");
        foreach (var property in expected.EnumerateObject())
            JsonElement.DeepEquals(property.Value, figures.Json.GetProperty(property.Name)).ShouldBeTrue($"{property.Name}: {figures.Json.GetProperty(property.Name)} instead of {property.Value}");
        (await tool.RunAsync("ledger", "verify", "--json")).Well().Json.GetProperty("differences").GetArrayLength().ShouldBe(0);
        (await tool.RunAsync("audit", "verify", "--json")).Well().Json.GetProperty("first_bad").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    /// <summary>Killed where it stands, again and again; the last run ends as if nothing had happened.</summary>
    [Theory, OnBothDatabases]
    [Requirement("R-SYS-03")]
    public async Task Import_KilledHalfWayAndRunAgain_EndsAsOneRunDoes(Db kind)
    {
        var rows = TestRun.IsSlow ? 20_000 : 900;
        await using var tool = await Tool.OnDemoAsync(kind);
        await using var untouched = await Tool.OnDemoAsync(kind);
        string[] Import(Tool of) => ["requests", "import", of.File("form.csv", CouncilForm.Of(rows)), "--scheme", Scheme, "--json"];
        (await untouched.RunAsync(Import(untouched))).Well();
        var wanted = (await untouched.RunAsync("figures", Scheme, "--json")).Well();

        var killed = 0;
        for (var aim = rows / 6; aim < rows; aim += rows / 3)
        {
            using var process = tool.Start(Import(tool));
            await UntilAsync(tool, kind, aim, process);
            if (process.HasExited) break;
            process.Kill();
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(137);
            killed++;
        }
        killed.ShouldBeGreaterThan(0, "it was killed at least once while it worked");

        var last = (await tool.RunAsync(Import(tool))).Well();

        var (imported, present, repeated, aside) = (Count(last, "imported"), Count(last, "already_present"), Count(last, "repeated"), last.Json.GetProperty("quarantined").GetArrayLength());
        (imported + present + repeated + aside, aside, present > 0).ShouldBe((rows, rows / 100, true));
        (await tool.RunAsync("figures", Scheme, "--json")).Well().Output.ShouldBe(wanted.Output);
        (await tool.RunAsync("ledger", "verify")).Well();
        (await tool.RunAsync("audit", "verify")).Well();
    }

    [Fact]
    public async Task Import_Strict_WithARowThatCannotBeRead_ChangesNothingAndSaysWhich()
    {
        await using var tool = await Tool.OnDemoAsync(Db.Sqlite);

        var refused = await tool.RunAsync("requests", "import", tool.File("form.csv", CouncilForm.Of(100)), "--scheme", Scheme, "--strict");

        refused.Code.ShouldBe(1);
        refused.Output.ShouldContain("Nothing was loaded: 1 of 100 rows would be set aside.");
        refused.Output.ShouldContain("Row 101, Date of birth");
        (await tool.RunAsync("figures", Scheme, "--json")).Well().Json.GetProperty("requests").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Import_Strict_WithAReferenceThatIsInWithOtherAnswers_LoadsNothingAndSaysSo()
    {
        await using var tool = await Tool.OnDemoAsync(Db.Sqlite);
        (await tool.RunAsync("requests", "import", tool.File("first.csv", CouncilForm.Of(1)), "--scheme", Scheme, "--strict")).Well();

        var refused = await tool.RunAsync("requests", "import", tool.File("second.csv", CouncilForm.Of(99).Replace("Underbarrow1,", "Overbarrow,", StringComparison.Ordinal)), "--scheme", Scheme, "--strict");

        refused.Code.ShouldBe(1);
        refused.Output.ShouldContain("Nothing was loaded: 1 of 99 rows would be set aside.");
        refused.Output.ShouldContain("Row 2, Reference: The reference W-1 came in before with other answers.");
        (await tool.RunAsync("figures", Scheme, "--json")).Well().Json.GetProperty("requests").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Import_IntoADemo_TakesOnlyWhatItsMappingMarksAsInvented()
    {
        await using var tool = await Tool.OnDemoAsync(Db.Sqlite);
        var shipped = File.ReadAllText(Path.Combine(TestRun.Root, "src", "AnyDoor.Core", "Content", "mappings", "winter-support-requests.json"));
        var real = tool.File("real.json", shipped.Replace("\"invented\": true", "\"invented\": false", StringComparison.Ordinal));

        var refused = await tool.RunAsync("requests", "import", tool.File("form.csv", CouncilForm.Of(3)), "--scheme", Scheme, "--mapping", real);

        refused.Code.ShouldBe(1);
        refused.Errors.ShouldContain("invented");
        (await tool.RunAsync("figures", Scheme, "--json")).Well().Json.GetProperty("requests").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("There is no file", "nowhere.csv", Scheme)]
    [InlineData("There is no scheme", "form.csv", "no-such-scheme")]
    public async Task Import_OfWhatIsNotThere_SaysSoInASentence(string said, string file, string scheme)
    {
        await using var tool = await Tool.OnDemoAsync(Db.Sqlite);
        tool.File("form.csv", CouncilForm.Of(1));

        var refused = await tool.RunAsync("requests", "import", tool.PathOf(file), "--scheme", scheme);

        (refused.Code, refused.Output).ShouldBe((1, ""));
        refused.Errors.ShouldContain(said);
        refused.Errors.ShouldNotContain("   at ");
    }

    [Theory, OnBothDatabases]
    public async Task Import_WhatTheDatabaseDoesNotTake_IsASentence_WithNobodyInIt(Db kind)
    {
        await using var tool = await Tool.OnDemoAsync(kind);
        (await tool.RunAsync("schemes", "list")).Well();
        await using (var database = AnyDoor.Data.Database.From(tool.Connection, null))
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync(kind == Db.Sqlite
                ? "CREATE TRIGGER refuse BEFORE INSERT ON request WHEN NEW.source_reference = 'W-3' BEGIN SELECT RAISE(ABORT, 'Underbarrow is refused'); END"
                : "ALTER TABLE request ADD CONSTRAINT \"Underbarrow is refused\" CHECK (source_reference <> 'W-3')");
        }

        var refused = await tool.RunAsync("requests", "import", tool.File("form.csv", CouncilForm.Of(3)), "--scheme", Scheme);

        (refused.Code, refused.Output).ShouldBe((1, ""));
        refused.Errors.Trim().ShouldBe($"The database did not take what was to be written{(kind == Db.Sqlite ? "" : " (its code is 23514)")}. What was finished before is kept; run the same again.");
    }

    private static int Count(Ran ran, string property) => ran.Json.GetProperty(property).GetInt32();

    /// <summary>Waits until the import has taken this many rows, or has ended.</summary>
    private static async Task UntilAsync(Tool tool, Db kind, int rows, Process process)
    {
        await using var database = AnyDoor.Data.Database.From(tool.Connection, null);
        var waited = Stopwatch.StartNew();
        while (!process.HasExited)
        {
            await using (var db = database.Open())
                if (db.Set<AnyDoor.Requests.Request>().Count() >= rows) return;
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(2), $"the import did not get going on {kind}");
            await Task.Delay(100);
        }
    }
}
