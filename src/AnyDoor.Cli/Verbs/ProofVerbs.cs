using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;

namespace AnyDoor.Cli.Verbs;

/// <summary>The verbs that prove: the ledger closes, the logs are whole. Both only read.</summary>
internal static class ProofVerbs
{
    public static Command Ledger()
    {
        var verify = new Command("verify", "Prove that every balance is the sum of its entries and every transaction sums to zero.");
        verify.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var found = await s.Get<LedgerVerifier>().VerifyAsync(s.Cancel);
            s.Print(found,
                [$"{found.Accounts:N0} accounts, {found.Entries:N0} entries. {(found.Differences.Count == 0 ? "Every balance agrees, to the penny." : $"{found.Differences.Count:N0} differences:")}", .. found.Differences.Select(d => "  " + d.Sentence)]);
            return found.Differences.Count == 0 ? 0 : 1;
        }, cancel, keeps: true));
        return new Command("ledger", "The ledger.") { verify };
    }

    public static Command Audit()
    {
        var verify = new Command("verify", "Prove that the logs of writes and reads are whole. Reads only.");
        verify.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var found = await s.Get<AuditVerifier>().VerifyAsync(s.Cancel);
            s.Print(found, [
                $"{found.Sealed:N0} events sealed, {found.Unsealed:N0} not sealed yet (the oldest for {found.OldestUnsealedS:N0} seconds).",
                found.KeyLostAt is { } lost ? $"The key was lost on {lost:yyyy-MM-dd HH:mm} UTC. What was sealed before then has no signature that can be read; its hashes hold it together as it stood on that day." : "Every signature was read.",
                .. (found.Restores ?? []).Select(r => $"It was restored on {r.At:yyyy-MM-dd HH:mm} UTC from a backup, and went on from seal {r.WriteSeal:N0} of writes and {r.ReadSeal:N0} of looks. "
                    + (r.WriteSealsTakenBack + r.ReadSealsTakenBack == 0 ? "No later seal of the database before was known then." : $"{r.WriteSealsTakenBack:N0} later seals of writes and {r.ReadSealsTakenBack:N0} of looks were known then: what they cover is not in this database.")),
                found.Checkpoints == 0 ? $"No checkpoint was read in {s.Get<Installation>().CheckpointsFolder}."
                    : $"{found.Checkpoints:N0} checkpoint{(found.Checkpoints == 1 ? "" : "s")} read in {s.Get<Installation>().CheckpointsFolder}, from {found.OldestCheckpoint:yyyy-MM-dd HH:mm:ss} to {found.NewestCheckpoint:yyyy-MM-dd HH:mm:ss} UTC.",
                .. found.OtherDatabases is { } others ? [$"The folder holds checkpoints of {others.Count:N0} other database{(others.Count == 1 ? "" : "s")} too: {string.Join(", ", others)}. If you do not know {(others.Count == 1 ? "it" : "them")}, find out whether this is the database that it should be."] : Array.Empty<string>(),
                .. found.Unguarded?.Skip(found.FirstBad is { Log: AuditVerifier.TriggersOff } ? 1 : 0) ?? [],
                found.FirstBad is { } bad ? $"BAD: {(bad.Row == 0 ? "" : $"the {bad.Log} log, row {bad.Row}: ")}{bad.Why}" : "The logs are whole."]);
            return found.FirstBad is null ? 0 : 1;
        }, cancel, sealing: false, keeps: true, first: async database =>
        {
            if (await AuditVerifier.MissingAsync(database, cancel) is not { FirstBad: { } gone } found) return null;
            Verb.Print(parsed, found, $"BAD: {gone.Why}");
            return 1;
        }));

        var rotate = new Command("rotate-key", "Make a new key that signs the logs from now on. The one before stays in the keys folder and proves what it signed. Stop the servers first.");
        rotate.SetAction(async (parsed, cancel) =>
        {
            var made = 0;
            var code = await Verb.RunAsync(parsed, async s =>
            {
                if (await s.Get<Sealer>().OthersAtWorkAsync(s.Cancel)) throw new InvalidOperationException("Another process of AnyDoor is at work on this database, and would go on signing with the key of before. Stop the servers, and do this again (a minute later where one was killed).");
                await s.Get<Sealer>().SealNowAsync(s.Cancel);
                made = LogKey.Rotate(s.Get<Installation>().KeysFolder).Generation;
                return 0;
            }, cancel);
            // Anew, with the new key: what it signs first says that it was changed, and pins what stood before.
            return code != 0 ? code : await Verb.RunAsync(parsed, async s =>
            {
                await s.Get<Commands>().RunAsync(s.Who("audit rotate-key", Purpose.Assurance), c => { c.Record("log.key-changed"); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, s.Cancel);
                s.Print(new { Keys = made + 1 }, $"A new key signs the logs. There are {made + 1:N0} in the keys folder: copy it apart from the backups again, and start the servers.");
                return 0;
            }, cancel);
        });

        var rebuild = new Command("rebuild-index", "Make the index of who was looked at anew from the log of looks. Stop the servers first.");
        rebuild.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var rows = await s.Get<Sealer>().RebuildReadIndexAsync(s.Cancel);
            await s.Get<Commands>().RunAsync(s.Who("audit rebuild-index", Purpose.Assurance), c => { c.Record("log.index-made-anew"); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, s.Cancel);
            s.Print(new { Rows = rows }, $"The index was made anew: {rows:N0} rows.");
            return 0;
        }, cancel, keeps: true));

        var why = new System.CommandLine.Option<string>("--why") { Description = "How it was lost, and who looked for it. Kept in the log.", Required = true };
        var lost = new Command("key-lost", "The key is lost for good: go on with a new one. What was signed before can no longer be proved by signature, and verify says so for ever.") { why };
        lost.SetAction((parsed, cancel) => Verb.GuardAsync(async () =>
        {
            var installation = Installation.From(parsed.GetValue(Verb.DatabaseOption), parsed.GetValue(Verb.PartnershipOption));
            await using var database = installation.OpenDatabase();
            if (!await database.IsThereAsync(cancel)) throw new InvalidOperationException($"There is no AnyDoor database at {database.Kind.Place}.");
            var who = new AuditContext(Actor.Job($"audit key-lost by {Environment.UserName}"), null, "command-line", Purpose.Assurance, TimeProvider.System.UtcNow());
            var done = await KeyLoss.GoOnAsync(database, installation.KeysFolder, installation.CheckpointsFolder, who, parsed.GetValue(why)!, TimeProvider.System, cancel);
            if (!done.Done) return Verb.Session.Refuse(done.Refusal);
            Verb.Print(parsed, new { Lost = true }, "A new key signs the logs from now on. Residents’ codes, vouchers and partners’ keys that were made with the lost one work no more, and messages that waited cannot be sent: give new ones. Copy the keys folder apart from the backups.");
            return 0;
        }));
        return new Command("audit", "The logs of writes and reads.") { verify, rotate, rebuild, lost };
    }
}
