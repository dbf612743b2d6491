using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Funds;

/// <summary>A scheme that gives nothing more before its last day, with the words that residents read.</summary>
public sealed record ClosedFund(string Name, string? Words);

/// <summary>Which funds were closed early. Their last day over, they are no news any more.</summary>
public sealed class ClosedFunds(Database database, SchemeBook book)
{
    public async Task<IReadOnlyList<ClosedFund>> NowAsync(DateTime now, CancellationToken cancel)
    {
        await using var db = database.Open();
        var closed = await db.Set<Scheme>().Where(s => s.ClosesAt != null && s.ClosesAt <= now).OrderBy(s => s.Id).Select(s => new { s.Id, s.CloseWords }).ToListAsync(cancel);
        var shown = new List<ClosedFund>();
        foreach (var one in closed)
            if (await book.FindAsync(db, one.Id, cancel) is { } scheme && now < scheme.Newest.OpenUntil)
                shown.Add(new ClosedFund(scheme.Newest.Name, string.IsNullOrWhiteSpace(one.CloseWords) ? null : one.CloseWords.Trim()));
        return shown;
    }
}
