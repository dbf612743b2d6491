using AnyDoor.Audit;
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
            s.Print(found,
                $"{found.Sealed:N0} events sealed, {found.Unsealed:N0} not sealed yet (the oldest for {found.OldestUnsealedS:N0} seconds).",
                found.FirstBad is { } bad ? $"BAD: the {bad.Log} log, row {bad.Row}: {bad.Why}" : "The logs are whole.");
            return found.FirstBad is null ? 0 : 1;
        }, cancel, sealing: false, keeps: true));
        return new Command("audit", "The logs of writes and reads.") { verify };
    }
}
