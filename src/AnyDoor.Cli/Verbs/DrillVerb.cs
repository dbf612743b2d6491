using System.CommandLine;
using System.Diagnostics;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using Microsoft.Extensions.DependencyInjection;

namespace AnyDoor.Cli.Verbs;

/// <summary>The restore drill: the last backup goes into an empty place as it would on the day that the machine is lost, and is proved there. The live database is not touched.</summary>
internal static class DrillVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("backup") { Description = "The last backup." };
        var into = new Option<string?>("--into") { Description = "An empty database, which is filled and left: a file path, a postgres:// URI or an Npgsql connection string (with --partnership for its schema). Default: a file that is taken away afterwards." };
        var drill = new Command("drill", "Restore a backup into an empty place, prove its ledger and its logs, and say how long that took and how old it is. The live database is not touched.") { file, into };
        drill.SetAction((parsed, cancel) => Verb.GuardAsync(async () =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) throw new FileNotFoundException($"There is no file {path}.");
            var scratch = Directory.CreateTempSubdirectory("anydoor-drill-").FullName;
            try
            {
                var live = Installation.From(parsed.GetValue(into) is null ? Path.Combine(scratch, "drill.db") : parsed.GetValue(into), parsed.GetValue(into) is null ? null : parsed.GetValue(Verb.PartnershipOption));
                // The key that belongs to it, and a folder of its own for the checkpoints: those of the live logs say what is true of them.
                return await RunAsync(parsed, live with { CheckpointsFolder = Path.Combine(scratch, "checkpoints") }, path, cancel);
            }
            finally
            {
                Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
                Directory.Delete(scratch, recursive: true);
            }
        }));
        return drill;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Installation place, string path, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var started = TimeProvider.System.UtcNow();
        var key = place.OpenKey(make: !await Backup.IsSealedAsync(path, cancel));
        await using var database = await Roles.OpenAsOwnerAsync(place, cancel);
        var manifest = await new Backup(database, new Checkpoints(place.CheckpointsFolder, key), TimeProvider.System).RestoreAsync(path, cancel);
        await Roles.GrantAsync(place, database, cancel);
        var restored = watch.Elapsed;

        await using var services = new ServiceCollection().AddAnyDoor(place, database, key, TimeProvider.System).BuildServiceProvider();
        var ledger = await services.GetRequiredService<LedgerVerifier>().VerifyAsync(cancel);
        var audit = await services.GetRequiredService<AuditVerifier>().VerifyAsync(cancel);
        var took = watch.Elapsed;
        var age = started - manifest.At;
        var good = ledger.Differences.Count == 0 && audit.FirstBad is null;
        Verb.Print(parsed, new
        {
            good, rows = manifest.Rows.Values.Sum(), made_at = manifest.At, rpo_s = Math.Round(age.TotalSeconds, 1), restore_s = Math.Round(restored.TotalSeconds, 1), rto_s = Math.Round(took.TotalSeconds, 1),
            events_proved = audit.Sealed, audit_first_bad = audit.FirstBad, ledger_entries = ledger.Entries, ledger_differences = ledger.Differences,
        },
            $"Restored {manifest.Rows.Values.Sum():N0} rows in {restored.TotalSeconds:N1} seconds; proved {audit.Sealed:N0} events and {ledger.Entries:N0} ledger entries after {took.TotalSeconds:N1} seconds in all (RTO, without the time to get a machine).",
            $"The backup is of {manifest.At:yyyy-MM-dd HH:mm} UTC: what was done in the {Lasting(age)} since would be lost (RPO).",
            audit.FirstBad is { } bad ? $"BAD: the {bad.Log} log, row {bad.Row}: {bad.Why}" : "The logs are whole.",
            ledger.Differences.Count == 0 ? "Every balance agrees, to the penny." : $"BAD: {ledger.Differences.Count:N0} differences in the ledger.");
        return good ? 0 : 1;
    }

    private static string Lasting(TimeSpan time) => time.TotalMinutes < 2 ? $"{time.TotalSeconds:N0} seconds" : time.TotalHours < 2 ? $"{time.TotalMinutes:N0} minutes" : $"{time.TotalHours:N0} hours";
}
