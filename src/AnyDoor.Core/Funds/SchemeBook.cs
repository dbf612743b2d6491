using System.Collections.Concurrent;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Funds;

/// <summary>A scheme with its dated versions and its accounts, as of its newest version.</summary>
public sealed record SchemeInUse(string Id, Accounts Accounts, Accounts RoundAccounts, IReadOnlyList<(int Number, DateOnly Starts, SchemeDefinition Definition)> Versions)
{
    public SchemeDefinition Newest => Versions[^1].Definition;

    /// <summary>The version that counts on an effective day: the newest that had started. The first covers everything before.</summary>
    public (int Number, DateOnly Starts, SchemeDefinition Definition) On(DateOnly day) => Versions.LastOrDefault(v => v.Starts <= day) is { Definition: not null } v ? v : Versions[0];
}

/// <summary>Schemes kept in memory by version. What a version says never changes, so only the newest number is asked for.</summary>
public sealed class SchemeBook
{
    private readonly Func<AnyDoorDb, string, Task<int?>> newestNumber = EF.CompileAsyncQuery((AnyDoorDb db, string id) =>
        db.Set<SchemeVersion>().Where(v => v.SchemeId == id).Max(v => (int?)v.Number));

    private readonly ConcurrentDictionary<string, SchemeInUse> kept = new();

    public async Task<SchemeInUse?> FindAsync(AnyDoorDb db, string id, CancellationToken cancel) => await FindAsync(db, id, await newestNumber(db, id), cancel);

    internal async Task<SchemeInUse?> FindAsync(AnyDoorDb db, string id, int? newest, CancellationToken cancel)
    {
        if (newest is null) return null;
        if (kept.TryGetValue(id, out var scheme) && scheme.Versions[^1].Number >= newest) return scheme;
        return kept[id] = await ReadAsync(db, id, cancel);
    }

    public async Task<IReadOnlyList<SchemeInUse>> AllAsync(AnyDoorDb db, CancellationToken cancel)
    {
        var newest = await db.Set<SchemeVersion>().GroupBy(v => v.SchemeId).Select(g => new { g.Key, Number = g.Max(v => v.Number) }).ToListAsync(cancel);
        var all = new List<SchemeInUse>(newest.Count);
        foreach (var one in newest.OrderBy(n => n.Key, StringComparer.Ordinal)) all.Add((await FindAsync(db, one.Key, one.Number, cancel))!);
        return all;
    }

    private static async Task<SchemeInUse> ReadAsync(AnyDoorDb db, string id, CancellationToken cancel)
    {
        var scheme = await db.Set<Scheme>().SingleAsync(s => s.Id == id, cancel);
        var round = await db.Set<FundRound>().SingleAsync(r => r.Id == scheme.RoundId, cancel);
        var versions = await db.Set<SchemeVersion>().Where(v => v.SchemeId == id).OrderBy(v => v.Number).ToListAsync(cancel);
        var accounts = await db.Set<LedgerAccount>().Where(a => a.RoundId == scheme.RoundId && (a.SchemeId == id || a.SchemeId == null)).ToListAsync(cancel);
        var read = versions.Select(v => (v.Number, v.Starts, SchemeFile.Read(v.Body).Value!.Definition)).ToList();
        return new SchemeInUse(id,
            new Accounts(round.Id, id, read[^1].Definition.Name, accounts.Where(a => a.SchemeId == id).ToDictionary(a => a.Kind, a => a.Id)),
            new Accounts(round.Id, null, round.Name, accounts.Where(a => a.SchemeId is null).ToDictionary(a => a.Kind, a => a.Id)), read);
    }
}
