using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Funds;

/// <summary>Something in the ledger that does not add up.</summary>
/// <param name="Kind"><c>balance</c>, <c>sign</c>, <c>transaction</c>, <c>account-missing</c> or <c>awards</c>.</param>
public sealed record LedgerDifference(string Kind, string Id, long ExpectedPence, long ActualPence, string Sentence);

public sealed record LedgerVerification(int Accounts, long Entries, IReadOnlyList<LedgerDifference> Differences);

/// <summary>
/// Proves the books: every balance equals the sum of its entries and stands on its own side of zero, every transaction sums to zero,
/// and each scheme's promised, issued and used money equals its awards in that state. Reads one snapshot, a row at a time.
/// </summary>
public sealed class LedgerVerifier(Database database)
{
    public async Task<LedgerVerification> VerifyAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        await using var snapshot = await database.Kind.BeginSnapshotAsync(db, cancel);
        var accounts = await db.Set<LedgerAccount>().ToDictionaryAsync(a => a.Id, cancel);
        var differences = new List<LedgerDifference>();

        var entries = await SumEntriesAsync(db, accounts, differences, cancel);
        foreach (var account in accounts.Values.OrderBy(a => a.SchemeId, StringComparer.Ordinal).ThenBy(a => a.Kind))
            if (account.Balance.Pence * account.Sign < 0)
                differences.Add(new("sign", account.Id.ToString(), 0, account.Balance.Pence, $"{Name(account)} stands at {account.Balance}, on the wrong side of zero."));
        await CompareAwardsAsync(db, accounts.Values, differences, cancel);
        return new LedgerVerification(accounts.Count, entries, differences);
    }

    private static async Task<long> SumEntriesAsync(AnyDoorDb db, Dictionary<Guid, LedgerAccount> accounts, List<LedgerDifference> differences, CancellationToken cancel)
    {
        var sums = accounts.Keys.ToDictionary(id => id, _ => (Int128)0);
        var (count, transaction, open) = (0L, Guid.Empty, (Int128)0);
        await foreach (var entry in db.Set<LedgerEntry>().AsNoTracking().OrderBy(e => e.TransactionId).ThenBy(e => e.Line)
            .Select(e => new { e.TransactionId, e.AccountId, e.Amount }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (entry.TransactionId != transaction) Close(entry.TransactionId);
            count++;
            open += entry.Amount.Pence;
            if (sums.TryGetValue(entry.AccountId, out var sum)) sums[entry.AccountId] = sum + entry.Amount.Pence;
            else differences.Add(new("account-missing", entry.AccountId.ToString(), 0, entry.Amount.Pence, $"An entry of {entry.Amount} names an account that does not exist."));
        }
        Close(Guid.Empty);
        foreach (var (id, sum) in sums)
            if (sum != accounts[id].Balance.Pence)
                differences.Add(new("balance", id.ToString(), (long)sum, accounts[id].Balance.Pence, $"{Name(accounts[id])} stands at {accounts[id].Balance}, and its entries sum to {new Money((long)sum)}."));
        return count;

        void Close(Guid next)
        {
            if (open != 0) differences.Add(new("transaction", transaction.ToString(), 0, (long)open, $"A transaction sums to {new Money((long)open)} and not to zero."));
            (transaction, open) = (next, 0);
        }
    }

    private static async Task CompareAwardsAsync(AnyDoorDb db, IEnumerable<LedgerAccount> accounts, List<LedgerDifference> differences, CancellationToken cancel)
    {
        var sums = new Dictionary<(string, AccountKind), long>();
        await foreach (var award in db.Set<Award>().AsNoTracking().Select(a => new { a.SchemeId, a.Status, a.Amount }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            AccountKind? kind = award.Status switch
            {
                AwardStatus.Committed => AccountKind.Committed, AwardStatus.Issued => AccountKind.Issued, AwardStatus.Redeemed => AccountKind.Redeemed, _ => null,
            };
            if (kind is { } k) sums[(award.SchemeId, k)] = sums.GetValueOrDefault((award.SchemeId, k)) + award.Amount.Pence;
        }
        foreach (var account in accounts.Where(a => a.Kind is AccountKind.Committed or AccountKind.Issued or AccountKind.Redeemed))
        {
            var sum = sums.GetValueOrDefault((account.SchemeId!, account.Kind));
            if (sum != account.Balance.Pence)
                differences.Add(new("awards", account.Id.ToString(), sum, account.Balance.Pence, $"{Name(account)} stands at {account.Balance}, and the awards in that state sum to {new Money(sum)}."));
        }
    }

    private static string Name(LedgerAccount account) => $"{account.SchemeId ?? "The round"}, {account.Kind.ToString().ToLowerInvariant()},";
}
