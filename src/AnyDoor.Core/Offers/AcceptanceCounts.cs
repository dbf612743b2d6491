using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Offers;

/// <summary>Counts once a day what households said to each service of the menu that they were offered. No person is read: the database gives the counts, and small ones are left out.</summary>
public sealed class AcceptanceCounts(Commands commands)
{
    private const string OfMenu = "menu:";
    private const int CountedDays = 365;

    /// <returns>Of how many services the counts differ from those of the day before.</returns>
    public async Task<int> CountAsync(AuditContext who, CancellationToken cancel)
    {
        var since = who.At.AddDays(-CountedDays);
        await using var reading = commands.Database.Open();
        // What is about safety at home is never counted.
        var said = await reading.Set<OfferChoice>().Where(c => c.UndoneAt == null && !c.Quiet && c.At >= since && c.LineId.StartsWith(OfMenu))
            .GroupBy(c => new { c.LineId, c.Wanted }).Select(g => new { g.Key.LineId, g.Key.Wanted, Households = g.Select(c => c.HouseholdId).Distinct().Count() }).ToListAsync(cancel);
        var counts = said.GroupBy(s => s.LineId[OfMenu.Length..]).Select(g => (Id: g.Key, Yes: g.Where(s => s.Wanted).Sum(s => s.Households), No: g.Where(s => !s.Wanted).Sum(s => s.Households)))
            .Where(s => s.Yes + s.No >= MenuAcceptance.Fewest).ToDictionary(s => s.Id, StringComparer.Ordinal);
        return (await commands.RunAsync<int>(who, async c =>
        {
            var stored = await c.Db.Set<MenuAcceptance>().AsTracking().ToListAsync(c.Cancel);
            var changed = 0;
            foreach (var row in stored)
            {
                var (_, yes, no) = counts.GetValueOrDefault(row.ServiceId, (row.ServiceId, 0, 0));
                if ((row.Yes, row.No) == (yes, no)) continue;
                (row.Yes, row.No) = (yes, no);
                changed++;
            }
            foreach (var (id, yes, no) in counts.Values.ExceptBy(stored.Select(s => s.ServiceId), s => s.Id))
            {
                c.Insert(new MenuAcceptance { ServiceId = id, Yes = yes, No = no });
                changed++;
            }
            if (changed > 0) await MenuService.NextNumberAsync(c);
            return changed;
        }, cancel)).Value;
    }
}
