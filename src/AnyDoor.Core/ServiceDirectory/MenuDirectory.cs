using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Places;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.ServiceDirectory;

/// <summary>The menu in memory, the same on both databases. One small query sees whether it has changed.</summary>
/// <param name="database">Where it is kept.</param>
/// <param name="postcodes">Where those are that have a postcode and no coordinates.</param>
public sealed class MenuDirectory(Database database, PostcodeDirectory? postcodes = null)
{
    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile MenuIndex index = MenuIndex.Empty;

    public MenuIndex Index => index;

    public async Task<MenuIndex> RefreshAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await NumberAsync(db, cancel) == index.ChangeNumber) return index;
        await reading.WaitAsync(cancel);
        try
        {
            // The number first: a change between the two reads is then seen at the next look.
            var number = await NumberAsync(db, cancel);
            if (number == index.ChangeNumber) return index;
            var before = index;
            var changed = await db.Set<ServiceRow>().Where(s => s.ChangeNumber > before.ChangeNumber).ToListAsync(cancel);
            var weights = await db.Set<MenuWeight>().Where(w => w.UndoneAt == null).OrderBy(w => w.SetAt).ThenBy(w => w.Id).ToListAsync(cancel);
            var held = (await db.Set<DuplicatePair>().Where(p => p.Held && p.State == DuplicateState.Waiting).Select(p => new { p.NewerId, p.OlderId }).ToListAsync(cancel)).GroupBy(p => p.NewerId).ToDictionary(g => g.Key, g => g.Select(p => p.OlderId).ToArray());
            var accepted = await db.Set<MenuAcceptance>().ToDictionaryAsync(a => a.ServiceId, StringComparer.Ordinal, cancel);
            var merged = await db.Set<ServiceRow>().Where(s => s.MergedInto != null).Select(s => new { s.Id, s.MergedInto }).ToDictionaryAsync(s => s.Id, s => s.MergedInto!, cancel);
            if (postcodes is not null) await postcodes.RefreshAsync(cancel);
            GeoPoint? Locate(Postcode p) => postcodes?.FindAnywhere(p) is { } facts ? new GeoPoint(facts.Latitude, facts.Longitude) : null;
            return index = before.With(number, [.. changed.Where(r => r.RemovedAt is null).Select(MenuService.FromRow)], [.. changed.Where(r => r.RemovedAt is not null).Select(r => r.Id)], Locate).Bent(weights).Joined(held, merged).Accepted(accepted);
        }
        finally
        {
            reading.Release();
        }
    }

    private static Task<long> NumberAsync(AnyDoorDb db, CancellationToken cancel) =>
        db.Set<MenuChange>().Where(m => m.Id == MenuChange.Only).Select(m => m.Number).FirstOrDefaultAsync(cancel);
}
