using System.CommandLine;
using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Demo;

namespace AnyDoor.Cli.Verbs;

/// <summary>The verbs of whoever keeps the installation: backup, restore, migrate, and a fresh demo.</summary>
internal static class KeepingVerbs
{
    public static Command Backup()
    {
        var file = new Argument<string>("file") { Description = "Where to write the backup." };
        var backup = new Command("backup", "Write everything but the keys to one file. Work may go on meanwhile.") { file };
        backup.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            if (s.Made && File.Exists(parsed.GetValue(file)!)) throw new InvalidOperationException($"There is nothing to back up, and {parsed.GetValue(file)} holds an earlier backup, so it was left as it is.");
            await s.Get<Sealer>().SealNowAsync(s.Cancel); // so that what is in the backup is sealed in it
            var manifest = await s.Get<Backup>().WriteAsync(parsed.GetValue(file)!, s.Cancel);
            s.Print(new { file = parsed.GetValue(file), rows = manifest.Rows.Values.Sum(), write_seal = manifest.WriteSeal, read_seal = manifest.ReadSeal },
                $"{manifest.Rows.Values.Sum():N0} rows, to seal {manifest.WriteSeal:N0}. Keep the keys ({s.Get<Installation>().KeysFolder}) apart from it: without them the logs cannot be proved.");
            return 0;
        }, cancel, keeps: true));
        return backup;
    }

    public static Command Restore()
    {
        var file = new Argument<string>("file") { Description = "A backup." };
        var restore = new Command("restore", "Fill an empty database from a backup, with the keys of the one that it was made of. Uses ANYDOOR_OWNER_DATABASE where the app's role owns nothing.") { file };
        restore.SetAction((parsed, cancel) => Verb.GuardAsync(async () =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) throw new FileNotFoundException($"There is no file {path}.");
            var installation = Installation.From(parsed.GetValue(Verb.DatabaseOption), parsed.GetValue(Verb.PartnershipOption));
            var key = installation.OpenKey(make: !await Data.Backup.IsSealedAsync(path, cancel));
            await using var database = await Roles.OpenAsOwnerAsync(installation, cancel);
            var manifest = await new Backup(database, new Checkpoints(installation.CheckpointsFolder, key), TimeProvider.System).RestoreAsync(path, cancel);
            await Roles.GrantAsync(installation, database, cancel);
            Verb.Print(parsed, new { restored = true, rows = manifest.Rows.Values.Sum(), to_write_seal = manifest.WriteSeal, to_read_seal = manifest.ReadSeal, made_at = manifest.At },
                $"Restored {manifest.Rows.Values.Sum():N0} rows as they were on {manifest.At:yyyy-MM-dd HH:mm} UTC, to seal {manifest.WriteSeal:N0}. What was done after that is not in it.");
            return 0;
        }));
        return restore;
    }

    public static Command Migrate()
    {
        var migrate = new Command("migrate", "Bring the database to this version. Make a backup first. Uses ANYDOOR_OWNER_DATABASE where the app's role owns nothing.");
        migrate.SetAction((parsed, cancel) => Verb.GuardAsync(async () =>
        {
            var installation = Installation.From(parsed.GetValue(Verb.DatabaseOption), parsed.GetValue(Verb.PartnershipOption));
            var done = await Roles.MigrateAsync(installation, cancel);
            Verb.Print(parsed, new { migrated = done.Applied, app_role = done.AppRole },
                [done.Applied.Count == 0 ? "The database is at this version already." : $"Applied: {string.Join(", ", done.Applied)}.", .. done.Notes]);
            return 0;
        }));
        return migrate;
    }

    public static Command Demo()
    {
        var reset = new Command("reset", "Make the demo county anew: only on a demo database, which is emptied first.");
        reset.SetAction((parsed, cancel) => Verb.GuardAsync(async () =>
        {
            var installation = Installation.From(parsed.GetValue(Verb.DatabaseOption), parsed.GetValue(Verb.PartnershipOption));
            await using (var database = installation.OpenDatabase()) await DemoReset.EmptyAsync(database, cancel);
            return await Verb.RunAsync(parsed, async s =>
            {
                await s.Get<DemoCounty>().EnsureAsync(s.Who("demo reset", Purpose.Assurance), s.Cancel);
                s.Print(new { reset = true }, "The demo county is as new.");
                return 0;
            }, cancel, demo: true);
        }));
        return new Command("demo", "The demo county.") { reset };
    }
}
