using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

/// <summary>Compares names where no person is shown: only whether one is the same comes out.</summary>
internal static class NamesOfHomes
{
    /// <summary>Folded last and whole names of everybody on record in these households.</summary>
    public static async Task<ILookup<Guid, (string Last, string Whole)>> OfAsync(AnyDoorDb db, IReadOnlyCollection<Guid> households, CancellationToken cancel)
    {
        var found = new List<(Guid Household, string Last, string Whole)>();
        foreach (var some in households.Chunk(500))
            found.AddRange((await db.Set<Membership>().Where(m => some.Contains(m.HouseholdId)).Join(db.Set<Person>(), m => m.PersonId, p => p.Id, (m, p) => new { m.HouseholdId, p.FoldedLast, p.FoldedName }).ToListAsync(cancel))
                .Select(p => (p.HouseholdId, p.FoldedLast, p.FoldedName)));
        return found.ToLookup(f => f.Household, f => (f.Last, f.Whole));
    }

    /// <summary>This record and every one that is joined with it, by any of them.</summary>
    public static async Task<Guid[]> JoinedWithAsync(AnyDoorDb db, Guid household, CancellationToken cancel)
    {
        var root = await db.Set<Household>().Where(h => h.Id == household).Select(h => h.JoinedTo ?? h.Id).SingleOrDefaultAsync(cancel);
        return root == Guid.Empty ? [household] : await db.Set<Household>().Where(h => h.Id == root || h.JoinedTo == root).Select(h => h.Id).ToArrayAsync(cancel);
    }
}
