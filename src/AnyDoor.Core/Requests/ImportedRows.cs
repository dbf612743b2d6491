using System.Text;
using AnyDoor.Audit;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>
/// What stays of a council's own row when the time of its household is over: a keyed mark instead of the council's number and of the hash of the row.
/// Nobody who has the council's list finds the record by it; but the row, sent again, is known for one that was erased.
/// </summary>
internal static class ImportedRows
{
    private const string Erased = "erased:";

    /// <summary>The mark of a reference in a scheme, or of a row's fingerprint, which has its scheme in it.</summary>
    public static string MarkOf(LogKey key, string reference, string schemeId = "") =>
        Erased + Convert.ToHexStringLower(key.Derive(Encoding.UTF8.GetBytes($"erased-row\n{schemeId}\n{reference}")));

    /// <summary>Takes the council's number and the row's hash out of requests whose household is disposed of.</summary>
    public static async Task ForgetAsync(AnyDoorDb db, LogKey key, IReadOnlyCollection<Guid> requests, CancellationToken cancel)
    {
        foreach (var r in await db.Set<Request>().Where(r => requests.Contains(r.Id) && r.SourceReference != null && !r.SourceReference.StartsWith(Erased)).Select(r => new { r.Id, r.SchemeId, r.SourceReference }).ToListAsync(cancel))
        {
            var mark = MarkOf(key, r.SourceReference!, r.SchemeId ?? "");
            await db.Set<Request>().Where(x => x.Id == r.Id).ExecuteUpdateAsync(x => x.SetProperty(y => y.SourceReference, mark).SetProperty(y => y.SourceFingerprint, (string?)null), cancel);
        }
        var rows = await db.Set<QuarantinedRow>().Where(q => q.RequestId != null && requests.Contains(q.RequestId.Value)).Select(q => q.Id).ToArrayAsync(cancel);
        await ForgetRowsAsync(db, key, rows, cancel);
    }

    /// <summary>Takes the words out of rows that were set aside. Its place in the file, its column and what sort of thing was wrong stay.</summary>
    public static async Task<int> ForgetRowsAsync(AnyDoorDb db, LogKey key, IReadOnlyCollection<Guid> rows, CancellationToken cancel)
    {
        foreach (var q in await db.Set<QuarantinedRow>().Where(q => rows.Contains(q.Id) && !q.Fingerprint.StartsWith(Erased)).Select(q => new { q.Id, q.Fingerprint }).ToListAsync(cancel))
        {
            var mark = MarkOf(key, q.Fingerprint);
            await db.Set<QuarantinedRow>().Where(x => x.Id == q.Id).ExecuteUpdateAsync(x => x.SetProperty(y => y.Fingerprint, mark).SetProperty(y => y.Reason, "What the row said was erased: its time was over."), cancel);
        }
        return await db.Set<QuarantinedRow>().Where(q => rows.Contains(q.Id)).ExecuteUpdateAsync(q => q.SetProperty(x => x.Cells, "{}"), cancel);
    }
}
