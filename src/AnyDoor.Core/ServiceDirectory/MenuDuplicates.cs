using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.ServiceDirectory;

/// <summary>A pair with both of its services.</summary>
public sealed record DuplicateShown(DuplicatePair Pair, Service Older, Service Newer);

/// <summary>A pair that was made one: the one that is kept, and the other as its own source has it.</summary>
public sealed record MergeShown(DuplicatePair Pair, Service Kept, Service Other);

/// <summary>
/// Services that are listed twice: found when they come in, looked at by somebody, merged part by part or said to be two. A merge lasts: later readings of
/// either source go through it.
/// </summary>
public sealed class MenuDuplicates(Commands commands)
{
    private const int MostAsked = 2000, MostMerged = 100;
    private static readonly Refusal NotThere = new("not-found", "That pair is no longer there: somebody looked at it already.");

    /// <summary>Looks for likely pairs with a service that came in or changed. Pairs that were asked about before are not asked again.</summary>
    /// <param name="fresh">Ids in the order that they came in; true: it was not on the menu before.</param>
    /// <returns>How many pairs were found, and how many of them are held.</returns>
    public async Task<(int Found, int Held)> FindAsync(AuditContext who, IReadOnlyDictionary<string, bool> fresh, CancellationToken cancel)
    {
        if (fresh.Count == 0) return (0, 0);
        var order = fresh.Keys.Select((id, i) => (id, i)).ToDictionary(x => x.id, x => x.i, StringComparer.Ordinal);
        await using var reading = commands.Database.Open();
        var rows = await reading.Set<ServiceRow>().Where(s => s.RemovedAt == null).ToListAsync(cancel);
        var pairs = DuplicateFinder.Find(rows.AsParallel().AsOrdered().Select(MenuService.FromRow).ToList(), s => fresh.ContainsKey(s.Id));
        var asked = (await reading.Set<DuplicatePair>().Select(p => new { p.OlderId, p.NewerId }).ToListAsync(cancel)).SelectMany(p => new[] { (p.OlderId, p.NewerId), (p.NewerId, p.OlderId) }).ToHashSet();
        var found = pairs.Where(p => !asked.Contains((p.A.Id, p.B.Id))).Take(MostAsked).Select(p => Pair(p, who.At)).ToList();
        if (found.Count == 0) return (0, 0);
        await commands.RunAsync<Nothing>(who, async c =>
        {
            foreach (var pair in found) c.Insert(pair);
            if (found.Exists(p => p.Held)) await MenuService.NextNumberAsync(c);
            c.Record("menu.duplicates-found", content: $"{found.Count} pairs, {found.Count(p => p.Held)} of them almost certain");
            return Nothing.Value;
        }, cancel);
        return (found.Count, found.Count(p => p.Held));

        DuplicatePair Pair(LikelyPair p, DateTime at)
        {
            // What was on the menu before is the older; of two that came together, the one that came first.
            var (a, b) = (IsNew(p.A.Id), IsNew(p.B.Id));
            var (older, newer) = a == b ? order.GetValueOrDefault(p.A.Id, -1) <= order.GetValueOrDefault(p.B.Id, -1) ? (p.A, p.B) : (p.B, p.A) : a ? (p.B, p.A) : (p.A, p.B);
            // Two of one source are never held: that source means both. What was shown before is not taken away.
            return new DuplicatePair
            {
                Id = Guid.CreateVersion7(at), OlderId = older.Id, NewerId = newer.Id, Percent = Math.Clamp((int)Math.Floor(p.Score * 100), 0, 99), Why = string.Join("; ", p.Why.Select((w, i) => i == 0 ? w : char.ToLowerInvariant(w[0]) + w[1..])), FoundAt = at, State = DuplicateState.Waiting,
                Held = p.IsCertain && older.Source != newer.Source && IsNew(newer.Id),
            };
        }

        bool IsNew(string id) => fresh.GetValueOrDefault(id);
    }

    /// <summary>Those that wait for a look, the surest first. One whose service has gone waits no more.</summary>
    public async Task<IReadOnlyList<DuplicateShown>> WaitingAsync(CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        var pairs = await db.Set<DuplicatePair>().Where(p => p.State == DuplicateState.Waiting).OrderByDescending(p => p.Held).ThenByDescending(p => p.Percent).ThenBy(p => p.Id).Take(MostAsked).ToListAsync(cancel);
        return await WithServicesAsync(db, pairs, cancel);
    }

    /// <summary>One that waits; or one that was merged, with what each says of itself: the first is the one that is kept.</summary>
    public async Task<DuplicateShown?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        if (await db.Set<DuplicatePair>().FirstOrDefaultAsync(p => p.Id == id && p.State != DuplicateState.Different, cancel) is not { } pair) return null;
        if (pair.State == DuplicateState.Waiting) return await WithServicesAsync(db, [pair], cancel) is [var shown] ? shown : null;
        var rows = await db.Set<ServiceRow>().Where(s => s.Id == pair.OlderId || s.Id == pair.NewerId).ToListAsync(cancel);
        return rows.Find(r => r.Id == pair.KeptId) is { } kept && rows.Find(r => r.Id != pair.KeptId) is { } other ? new DuplicateShown(pair, EntryBody.Read(kept.OwnBody ?? kept.Body) with { Id = kept.Id }, EntryBody.Read(other.Body) with { Id = other.Id }) : null;
    }

    private static async Task<IReadOnlyList<DuplicateShown>> WithServicesAsync(AnyDoorDb db, List<DuplicatePair> pairs, CancellationToken cancel)
    {
        var services = new Dictionary<string, Service>(StringComparer.Ordinal);
        foreach (var ids in pairs.SelectMany(p => new[] { p.OlderId, p.NewerId }).Distinct().Chunk(500))
            foreach (var row in await db.Set<ServiceRow>().Where(s => ids.Contains(s.Id) && s.RemovedAt == null).ToListAsync(cancel)) services[row.Id] = MenuService.FromRow(row);
        return [.. pairs.Where(p => services.ContainsKey(p.OlderId) && services.ContainsKey(p.NewerId)).Select(p => new DuplicateShown(p, services[p.OlderId], services[p.NewerId]))];
    }

    /// <summary>They are two: both are shown, and they are never asked about again.</summary>
    public async Task<Result<Nothing>> DifferAsync(AuditContext who, Guid id, CancellationToken cancel) => await commands.RunAsync<Nothing>(who, async c =>
    {
        if (await WaitingAsync(c, id) is not { } pair) return NotThere;
        Decide(pair, DuplicateState.Different, c.Who);
        if (pair.Held) await MenuService.NextNumberAsync(c);
        c.Record("menu.duplicate-refused", pair.Id, content: $"{pair.OlderId} and {pair.NewerId}");
        return Nothing.Value;
    }, cancel);

    /// <summary>They are one. The other goes off the menu, and its id leads on to the one that is kept.</summary>
    /// <param name="taken">Ids of the parts that are taken from the other (<see cref="ServiceParts"/>).</param>
    public async Task<Result<Nothing>> MergeAsync(AuditContext who, Guid id, string keptId, IReadOnlyCollection<string> taken, CancellationToken cancel)
    {
        try
        {
            return await commands.RunAsync<Nothing>(who, async c =>
            {
                if (await WaitingAsync(c, id) is not { } pair || keptId != pair.OlderId && keptId != pair.NewerId) return NotThere;
                var otherId = keptId == pair.OlderId ? pair.NewerId : pair.OlderId;
                var rows = await c.Db.Set<ServiceRow>().AsTracking().Where(s => (s.Id == keptId || s.Id == otherId) && s.RemovedAt == null).ToListAsync(c.Cancel);
                if (rows.Count != 2) return NotThere;
                var (kept, other) = rows[0].Id == keptId ? (rows[0], rows[1]) : (rows[1], rows[0]);
                Decide(pair, DuplicateState.Merged, c.Who);
                (pair.KeptId, pair.Taken) = (keptId, string.Join(',', ServiceParts.All.Select(p => p.Id).Where(taken.Contains)));
                if (other.Visibility > kept.Visibility) pair.SeenBefore = kept.Visibility;
                kept.OwnBody ??= kept.Body;
                (other.RemovedAt, other.MergedInto) = (c.Who.At, keptId);
                var number = await MenuService.NextNumberAsync(c);
                (other.ChangedAt, other.ChangeNumber, other.Version) = (c.Who.At, number, other.Version + 1);
                await c.FlushAsync();
                await EntryBody.WorkOutAsync(c, kept, number);
                // Other pairs that wait with the one that went are the kept one's now; what it was asked about already is not asked twice.
                await c.Db.Set<DuplicatePair>().Where(p => p.State == DuplicateState.Waiting && (p.OlderId == otherId || p.NewerId == otherId)).ExecuteUpdateAsync(set => set.SetProperty(p => p.State, DuplicateState.Different).SetProperty(p => p.DecidedAt, (DateTime?)c.Who.At), c.Cancel);
                c.Record("menu.duplicate-merged", pair.Id, content: $"{otherId} into {keptId}{(pair.Taken.Length > 0 ? $", with its {pair.Taken}" : "")}");
                return Nothing.Value;
            }, cancel);
        }
        catch (DbUpdateConcurrencyException) { return new Refusal("busy", "Somebody else changed one of them just now. Look again and repeat your choice."); }
    }

    /// <summary>Merged lately, the latest first: each can be taken apart again.</summary>
    public async Task<IReadOnlyList<MergeShown>> MergedAsync(CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        var pairs = await db.Set<DuplicatePair>().Where(p => p.State == DuplicateState.Merged).OrderByDescending(p => p.DecidedAt).ThenBy(p => p.Id).Take(MostMerged).ToListAsync(cancel);
        var ids = pairs.SelectMany(p => new[] { p.OlderId, p.NewerId }).Distinct().ToList();
        var rows = await db.Set<ServiceRow>().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
        return [.. pairs.Where(p => rows.ContainsKey(p.OlderId) && rows.ContainsKey(p.NewerId)).Select(p =>
        {
            var (kept, other) = p.KeptId == p.NewerId ? (rows[p.NewerId], rows[p.OlderId]) : (rows[p.OlderId], rows[p.NewerId]);
            return new MergeShown(p, MenuService.FromRow(kept), MenuService.FromRow(other));
        })];
    }

    /// <summary>Takes a merge apart: both are on the menu as their sources have them, and the pair waits for a look again, with the others that the merge had settled.</summary>
    public async Task<Result<Nothing>> UndoAsync(AuditContext who, Guid id, CancellationToken cancel)
    {
        try
        {
            return await commands.RunAsync<Nothing>(who, async c =>
            {
                if (await c.Db.Set<DuplicatePair>().AsTracking().FirstOrDefaultAsync(p => p.Id == id && p.State == DuplicateState.Merged, c.Cancel) is not { KeptId: { } keptId } pair) return NotThere;
                var otherId = keptId == pair.OlderId ? pair.NewerId : pair.OlderId;
                var rows = await c.Db.Set<ServiceRow>().AsTracking().Where(s => s.Id == keptId || s.Id == otherId).ToListAsync(c.Cancel);
                if (rows.Find(r => r.Id == keptId) is not { } kept || rows.Find(r => r.Id == otherId) is not { } other || other.MergedInto != keptId) return NotThere;
                var merged = pair.DecidedAt;
                if (pair.SeenBefore is { } seen) await SeenAgainAsync(c, kept, pair, seen);
                (pair.State, pair.KeptId, pair.Taken, pair.DecidedAt, pair.DecidedBy, pair.SeenBefore) = (DuplicateState.Waiting, null, null, null, null, null);
                (other.RemovedAt, other.MergedInto) = (null, null);
                var number = await MenuService.NextNumberAsync(c);
                (other.ChangedAt, other.ChangeNumber, other.Version) = (c.Who.At, number, other.Version + 1);
                await c.FlushAsync();
                await EntryBody.WorkOutAsync(c, kept, number);
                await c.Db.Set<DuplicatePair>().Where(p => p.State == DuplicateState.Different && p.DecidedAt == merged && p.DecidedBy == null && (p.OlderId == otherId || p.NewerId == otherId))
                    .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, DuplicateState.Waiting).SetProperty(p => p.DecidedAt, (DateTime?)null), c.Cancel);
                c.Record("menu.merge-undone", pair.Id, content: $"{otherId} out of {keptId} again");
                return Nothing.Value;
            }, cancel);
        }
        catch (DbUpdateConcurrencyException) { return new Refusal("busy", "Somebody else changed one of them just now. Look again and repeat your choice."); }
    }

    /// <summary>Who could see it before the merge may again; what other merges hide is hidden when it is worked out anew.</summary>
    private static async Task SeenAgainAsync(Command c, ServiceRow kept, DuplicatePair pair, Visibility seen)
    {
        kept.Visibility = seen;
        foreach (var later in await c.Db.Set<DuplicatePair>().AsTracking().Where(p => p.State == DuplicateState.Merged && p.KeptId == kept.Id && p.Id != pair.Id && p.SeenBefore != null).ToListAsync(c.Cancel))
            if (later.DecidedAt >= pair.DecidedAt && later.SeenBefore > seen) later.SeenBefore = seen;
    }

    /// <summary>Somebody said who may see it: taking a merge apart changes nothing of that any more.</summary>
    internal static Task SaidWhoMaySeeAsync(Command c, string serviceId) =>
        c.Db.Set<DuplicatePair>().Where(p => p.KeptId == serviceId && p.SeenBefore != null).ExecuteUpdateAsync(set => set.SetProperty(p => p.SeenBefore, (Visibility?)null), c.Cancel);

    private static Task<DuplicatePair?> WaitingAsync(Command c, Guid id) => c.Db.Set<DuplicatePair>().AsTracking().FirstOrDefaultAsync(p => p.Id == id && p.State == DuplicateState.Waiting, c.Cancel);

    private static void Decide(DuplicatePair pair, DuplicateState state, AuditContext who) => (pair.State, pair.DecidedAt, pair.DecidedBy) = (state, who.At, who.Actor.Id);
}
