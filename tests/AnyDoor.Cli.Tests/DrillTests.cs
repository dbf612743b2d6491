using System.IO.Compression;
using AnyDoor.Tests;

namespace AnyDoor.Cli.Tests;

/// <summary>Fault case F37, with the very commands of docs/operations.md: the last backup into an empty host, proved there, its RPO and RTO told.</summary>
public sealed class DrillTests
{
    [Theory, OnBothDatabases]
    public async Task Drill_OfTheLastBackup_ProvesItInAnEmptyPlaceAndTellsRpoAndRto(Db kind)
    {
        await using var tool = await WorkedOnAsync(kind);
        var backup = tool.PathOf("last.zip");
        (await tool.RunAsync("backup", backup)).Well();
        (await tool.RunAsync("workers", "create", "--handle", "after", "--organisation", "Invented school", "--role", "partner-worker")).Well();

        var drill = (await tool.RunAsync(["drill", backup, .. Into(tool, kind), "--json"])).Well().Json;

        drill.GetProperty("good").GetBoolean().ShouldBeTrue();
        drill.GetProperty("events_proved").GetInt64().ShouldBeGreaterThan(5);
        drill.GetProperty("ledger_entries").GetInt64().ShouldBeGreaterThan(0);
        drill.GetProperty("rpo_s").GetDouble().ShouldBeInRange(0, 300);
        drill.GetProperty("rto_s").GetDouble().ShouldBeInRange(0.1, 300);
        TestContext.Current.SendDiagnosticMessage($"F37 on {kind}: {drill.GetProperty("rows").GetInt64():N0} rows, RPO {drill.GetProperty("rpo_s").GetDouble():N1} s, RTO {drill.GetProperty("rto_s").GetDouble():N1} s");
        // The live one is as it was: whole, and its own checkpoints untouched.
        (await tool.RunAsync("audit", "verify")).Well();
        (await tool.RunAsync("ledger", "verify")).Well();
    }

    /// <summary>The host is lost for real: only the backup and the keys are left, and work goes on from there.</summary>
    [Fact]
    public async Task ALostHost_IsBuiltAnewFromTheBackupAndTheKeys_AndWorkGoesOn()
    {
        await using var tool = await WorkedOnAsync(Db.Sqlite);
        var backup = tool.PathOf("last.zip");
        (await tool.RunAsync("backup", backup)).Well();
        File.Delete(tool.Connection);
        Directory.Delete(tool.PathOf("checkpoints"), recursive: true);

        (await tool.RunAsync("restore", backup)).Well();
        (await tool.RunAsync("ledger", "verify")).Well();
        (await tool.RunAsync("audit", "verify")).Well();
        (await tool.RunAsync("keys", "create", "--worker", "pat")).Well();
        (await tool.RunAsync("audit", "verify")).Well();
    }

    [Fact]
    public async Task Drill_OfADamagedBackup_EndsWithOneAndSaysWhy()
    {
        await using var tool = await WorkedOnAsync(Db.Sqlite);
        var backup = tool.PathOf("last.zip");
        (await tool.RunAsync("backup", backup)).Well();
        using (var zip = ZipFile.Open(backup, ZipArchiveMode.Update))
        {
            var entry = zip.GetEntry("tables/audit_event.jsonl")!;
            string text;
            using (var reader = new StreamReader(entry.Open())) text = await reader.ReadToEndAsync();
            entry.Delete();
            await using var writer = new StreamWriter(zip.CreateEntry("tables/audit_event.jsonl").Open());
            await writer.WriteAsync(text.Replace("worker.added", "worker.edited", StringComparison.Ordinal));
        }

        var drill = await tool.RunAsync("drill", backup);

        drill.Code.ShouldBe(1);
        (drill.Output + drill.Errors).ShouldContain("BAD");
    }

    private static string[] Into(Tool tool, Db kind) => kind == Db.Sqlite ? [] : ["--into", tool.Connection, "--partnership", "drill"];

    private static async Task<Tool> WorkedOnAsync(Db kind)
    {
        var tool = await Tool.OnDemoAsync(kind);
        (await tool.RunAsync("workers", "create", "--handle", "pat", "--organisation", "Invented pantry", "--role", "partner-worker")).Well();
        (await tool.RunAsync("keys", "create", "--worker", "pat")).Well();
        return tool;
    }
}
