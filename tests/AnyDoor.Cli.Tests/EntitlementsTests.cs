using AnyDoor.Tests;

namespace AnyDoor.Cli.Tests;

/// <summary>The two verbs on files: they make no database, and say in sentences what is wrong.</summary>
public sealed class EntitlementsTests
{
    private const string Case = """{"id": "x", "tax_year": "2025/26", "region": "EAST_OF_ENGLAND", "tenure": "OWNED_OUTRIGHT", "people": [{"id": "a1", "role": "adult", "age": 30}]}""";

    [Fact]
    public async Task Evaluate_ReadsAndWritesFilesAndStreams()
    {
        await using var tool = Tool.OnNothing();
        var input = tool.File("cases.jsonl", $"{Case}\nnonsense\n");

        var files = (await tool.RunAsync("entitlements", "evaluate", "--input", input, "--output", tool.PathOf("results.jsonl"), "--json")).Well();
        var streams = (await tool.RunSayingAsync(Case, "entitlements", "evaluate", "--input", "-", "--output", "-")).Well();

        (files.Json.GetProperty("evaluated").GetInt32(), files.Json.GetProperty("refused").GetInt32()).ShouldBe((1, 1));
        var lines = await File.ReadAllLinesAsync(tool.PathOf("results.jsonl"), TestContext.Current.CancellationToken);
        lines[0].ShouldStartWith("{\"id\":\"x\",\"benefit_unit\":{\"universal_credit\":4801.68,");
        lines[1].ShouldBe("{\"id\":null,\"error\":\"Line 2 is not JSON.\"}");
        streams.Output.Trim().ShouldBe(lines[0]);
        (await tool.RunAsync("entitlements", "evaluate", "--input", input, "--output", input)).Code.ShouldBe(1);
        (await File.ReadAllTextAsync(input, TestContext.Current.CancellationToken)).ShouldStartWith(Case);
        (await tool.RunAsync("entitlements", "evaluate", "--input", tool.PathOf("none"), "--output", tool.PathOf("out"))).Errors.ShouldContain("none");
        File.Exists(tool.Connection).ShouldBeFalse("households in a file are nobody’s in a database");
    }

    [Fact]
    [Requirement("R-INC-06")]
    public async Task Cohort_CountsWhoIsEntitledAndNotReceiving()
    {
        await using var tool = Tool.OnNothing();
        var rows = string.Concat(Enumerable.Range(1, 7).Select(i => $"=H{i},Northfield,Fenmarsh,OWNED_OUTRIGHT,1990-01-01,9000,2018-05-05,no,child_benefit\n")) + "S1,Southfield,Fenmarsh,OWNED_OUTRIGHT,1990-01-01,9000,2018-05-05,no,child_benefit\n";
        var file = tool.File("households.csv", $"reference,place,district,tenure,adult1_born,adult1_pay,children_born,free_school_meals,gets\n{rows}H9,N,F,CASTLE,1990-01-01,,,,\n");
        var rates = tool.File("rates.json", """{"rates": [{"id": "child_benefit.eldest", "values": [{"from": "2026-04-06", "value": 50}]}], "households": {"earnings_percent": -20}}""");

        var json = (await tool.RunAsync("entitlements", "cohort", file, "--rates", rates, "--letters", tool.PathOf("letters.csv"), "--json")).Well().Json;
        var text = (await tool.RunAsync("entitlements", "cohort", file, "--rates", rates)).Well().Output;

        (json.GetProperty("totals")[0].GetProperty("benefit").GetString(), json.GetProperty("totals")[0].GetProperty("households").GetInt32()).ShouldBe(("universal_credit", 10));
        json.GetProperty("lines").EnumerateArray().ShouldAllBe(l => l.GetProperty("place").GetString() == "Northfield", "one household is not shown by its place");
        json.GetProperty("refused")[0].GetProperty("column").GetString().ShouldBe("tenure");
        json.GetProperty("scenario").EnumerateArray().Single(s => s.GetProperty("what").GetString() == "child_benefit_after_charge").GetProperty("scenario_pence_a_year").GetInt64().ShouldBe(8 * 2_600_00);
        json.GetProperty("scenario_changes").EnumerateArray().Select(s => s.GetString()).ShouldBe(["Pay and profit of every household: 20% less", "child_benefit.eldest: £50 a week from 6 April 2026"]);
        text.ShouldContain("universal_credit, Fenmarsh, Northfield: 5 households, about £");
        text.ShouldContain("free_school_meals: 10 households\n", Shouldly.Case.Sensitive, "no sum is known");
        text.ShouldContain("Places with fewer than five are not listed.");
        text.ShouldContain("What if: Pay and profit of every household: 20% less");
        text.ShouldContain("earnings about £72,000 a year becomes about £57,600");
        text.ShouldNotContain("Southfield");
        (await File.ReadAllTextAsync(tool.PathOf("letters.csv"), TestContext.Current.CancellationToken)).ShouldContain("'=H1,Fenmarsh,Northfield,universal_credit free_school_meals,");
        (await tool.RunAsync("entitlements", "cohort", file, "--tax-year", "2031/32")).Errors.ShouldContain("2031/32 is not known");
        (await tool.RunAsync("entitlements", "cohort", file, "--tax-year", "soon")).Errors.ShouldContain("write it like 2026/27");
        (await tool.RunAsync("entitlements", "cohort", file, "--rates", file)).Errors.ShouldContain("not JSON");
    }

    /// <summary>Letters never take the place of what they were made from, under whatever path; they are there whole or not at all.</summary>
    [Fact]
    public async Task Letters_DoNotOverwriteWhatTheyWereMadeFrom()
    {
        await using var tool = Tool.OnNothing();
        const string rows = "reference,place,district,tenure,adult1_born\nH1,N,F,OWNED_OUTRIGHT,1990-01-01\n", law = "{\"rates\": [{\"id\": \"uc.taper\", \"values\": [{\"from\": \"2026-04-06\", \"value\": 0.5}]}]}";
        var (file, rates, link) = (tool.File("households.csv", rows), tool.File("rates.json", law), tool.PathOf("link.csv"));
        File.CreateSymbolicLink(link, file);

        foreach (var same in new[] { file, Path.Combine(Path.GetDirectoryName(file)!, ".", "households.csv"), link }) (await tool.RunAsync("entitlements", "cohort", file, "--letters", same)).Errors.ShouldContain("are the same file");
        (await tool.RunAsync("entitlements", "cohort", file, "--rates", rates, "--letters", rates)).Errors.ShouldContain("are the same file");
        (await tool.RunAsync("entitlements", "evaluate", "--input", link, "--output", file)).Errors.ShouldContain("are the same file");

        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe(rows);
        (await File.ReadAllTextAsync(rates, TestContext.Current.CancellationToken)).ShouldBe(law);
        (await tool.RunAsync("entitlements", "cohort", file, "--letters", tool.PathOf("letters.csv"))).Well();
        Directory.GetFiles(Path.GetDirectoryName(file)!, "*.part").ShouldBeEmpty();
    }
}
