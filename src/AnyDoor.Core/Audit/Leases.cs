using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Audit;

/// <summary>Takes, proves and gives back a lease. Who loses one learns of it inside the very transaction that would have written.</summary>
internal static class Leases
{
    /// <summary>The fence under which this holder may write until it expires, or null while somebody else holds it.</summary>
    public static async Task<long?> TakeAsync(Database database, string name, string holder, DateTime now, TimeSpan length, CancellationToken cancel)
    {
        using var turn = await database.Kind.WriterTurnAsync(cancel);
        await using var db = database.Open();
        var until = now + length;
        var taken = await db.Set<Lease>().Where(l => l.Name == name && (l.Holder == holder || l.ExpiresAt < now))
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.Holder, holder).SetProperty(x => x.Fence, x => x.Fence + 1).SetProperty(x => x.ExpiresAt, until), cancel);
        if (taken == 0)
        {
            if (await db.Set<Lease>().AnyAsync(l => l.Name == name, cancel)) return null;
            db.Add(new Lease { Name = name, Holder = holder, Fence = 1, ExpiresAt = until });
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateException error) when (database.Kind.IsUniqueConflict(error)) { return null; }
            return 1;
        }
        return await db.Set<Lease>().Where(l => l.Name == name && l.Holder == holder).Select(l => (long?)l.Fence).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Inside a transaction: still ours? Locks the row until the commit and makes the lease longer.</summary>
    public static async Task<bool> HoldsAsync(AnyDoorDb db, string name, string holder, long fence, DateTime until, CancellationToken cancel) =>
        await db.Set<Lease>().Where(l => l.Name == name && l.Holder == holder && l.Fence == fence)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.ExpiresAt, until), cancel) == 1;

    /// <summary>Whether anybody has one whose name begins so.</summary>
    public static async Task<bool> AnyAsync(Database database, string beginning, DateTime now, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<Lease>().AnyAsync(l => l.Name.StartsWith(beginning) && l.ExpiresAt >= now, cancel);
    }

    /// <summary>Takes away a lease that nobody will ask for again, and others of its beginning that ran out before then.</summary>
    public static async Task ForgetAsync(Database database, string beginning, string name, DateTime before, CancellationToken cancel)
    {
        using var turn = await database.Kind.WriterTurnAsync(cancel);
        await using var db = database.Open();
        await db.Set<Lease>().Where(l => l.Name == name || (l.Name.StartsWith(beginning) && l.ExpiresAt < before)).ExecuteDeleteAsync(cancel);
    }

    public static Task GiveBackAsync(Database database, string name, string holder, CancellationToken cancel) => KeepUntilAsync(database, name, holder, DateTime.UnixEpoch, cancel);

    /// <summary>Lets nobody else take it before then. Nothing happens when it is no longer ours.</summary>
    public static async Task KeepUntilAsync(Database database, string name, string holder, DateTime until, CancellationToken cancel)
    {
        using var turn = await database.Kind.WriterTurnAsync(cancel);
        await using var db = database.Open();
        await db.Set<Lease>().Where(l => l.Name == name && l.Holder == holder).ExecuteUpdateAsync(l => l.SetProperty(x => x.ExpiresAt, until), cancel);
    }
}
