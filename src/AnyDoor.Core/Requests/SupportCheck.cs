using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>
/// Whether the scheme bears what rows say was given: its dates, its kinds of help and its money, which goes to the rows in their order.
/// Asked before anything is written, so that one row that it does not bear is set aside and the rest come in.
/// </summary>
internal sealed class SupportCheck
{
    private readonly Mapping mapping;
    private readonly SchemeInUse scheme;
    private readonly LedgerAccount available;
    private Money left;

    private SupportCheck(Mapping mapping, SchemeInUse scheme, LedgerAccount available) => (this.mapping, this.scheme, this.available, left) = (mapping, scheme, available, available.Balance);

    /// <summary>As the scheme and its money stand now.</summary>
    public static async Task<SupportCheck> OpenAsync(AnyDoorDb db, SchemeBook book, string schemeId, Mapping mapping, CancellationToken cancel)
    {
        var scheme = await book.FindAsync(db, schemeId, cancel) ?? throw new InvalidOperationException("A scheme is never taken away.");
        var id = scheme.Accounts[AccountKind.Available];
        return new SupportCheck(mapping, scheme, await db.Set<LedgerAccount>().SingleAsync(a => a.Id == id, cancel));
    }

    /// <summary>What is wrong; nothing when the scheme bears the row, whose money then counts as given.</summary>
    public RowProblem? Take(ReadRow row)
    {
        if (row.Support.Count == 0) return null;
        var definition = scheme.On(LondonTime.DayOf(row.GivenAt)).Definition;
        if ((Ledger.Outside(definition.OpenFrom, definition.OpenUntil, row.GivenAt, row.GivenAt) ?? Ledger.Outside(available.OpenFrom, available.OpenUntil, row.GivenAt, row.GivenAt)) is { } outside)
            return Problem("contacted_at", "scheme-dates", $"{definition.Name} {outside}, and this support is dated {LondonTime.Day(LondonTime.DayOf(row.GivenAt))}. Correct when they were contacted, or take the support and its value out.");
        if (row.Support.Any(s => definition.Type(s.AwardType) is null))
            return Problem("awards[].type", "scheme-support", $"{AwardService.NotGiven(definition).Sentence} Correct the support, or take it and its value out.");
        var given = row.Support.Aggregate(Money.Zero, (sum, s) => sum + s.Value);
        if (given > left)
            return Problem("awards[].pence", Ledger.NotEnoughMoney, $"{definition.Name} has less than {given} left to award. Correct the value, or raise the scheme’s allocation and send the row in again.");
        left -= given;
        return null;
    }

    private RowProblem Problem(string field, string problem, string reason) => new(mapping.ColumnOf(field) ?? field, problem, reason);
}
