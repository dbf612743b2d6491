using AnyDoor.Audit;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

/// <summary>Marks a person as one whom somebody may be looking for: from that moment where they live is hidden, by whatever way it was said.</summary>
internal static class AtRiskMark
{
    /// <summary>
    /// Marks this person in every record of theirs, with the children who live with them; null: everybody who lives there. Who is marked already stays so, and no event is made.
    /// </summary>
    public static async Task SetAsync(Command c, Guid household, Guid? person)
    {
        var root = await c.Db.Set<Household>().Where(h => h.Id == household).Select(h => h.JoinedTo ?? h.Id).SingleAsync(c.Cancel);
        var records = await c.Db.Set<Household>().Where(h => h.Id == root || h.JoinedTo == root).Select(h => h.Id).ToArrayAsync(c.Cancel);
        Guid? kept = person is { } one ? await c.Db.Set<Person>().Where(p => p.Id == one).Select(p => p.SameAs ?? p.Id).SingleAsync(c.Cancel) : null;
        var living = await c.Db.Set<Membership>().Where(m => records.Contains(m.HouseholdId) && m.To == null && (kept == null || m.Role == MemberRole.Child)).Select(m => m.PersonId).ToListAsync(c.Cancel);
        var ids = living.Concat(new[] { person, kept }.OfType<Guid>()).Distinct().ToArray();
        var roots = await c.Db.Set<Person>().Where(p => ids.Contains(p.Id)).Select(p => p.SameAs ?? p.Id).Distinct().ToArrayAsync(c.Cancel);
        var unmarked = await c.Db.Set<Person>().AsTracking().Where(p => (roots.Contains(p.Id) || (p.SameAs != null && roots.Contains(p.SameAs.Value))) && !p.AtRisk).ToListAsync(c.Cancel);
        if (unmarked.Count == 0) return;
        foreach (var found in unmarked) found.AtRisk = true;
        c.Record("safety.marked", kept, root);
    }
}
