using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Organisations;
using AnyDoor.PlaceTeams;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

/// <summary>
/// The requests that a gap rests on, for whoever works in the queue: by reference, without a name. Whoever may be looked for, and whoever's record is restricted, is
/// counted and never listed. Everybody else sees a count, and none under five.
/// </summary>
public sealed class BehindGaps(Database database, ReadLog log)
{
    private const int Most = 200;

    public static bool ByReference(Role role) => RoleTable.Default.MayOpen(role, "queue");

    /// <summary>A count as a role may see it.</summary>
    public static string Say(int count, Role role) => ByReference(role) || count == 0 ? count.ToString(System.Globalization.CultureInfo.InvariantCulture) : count < SmallNumbers.Fewest ? "fewer than 5" : $"about {SmallNumbers.Round(count)}";

    /// <summary>Null: not for this role. One look names every household of the lines, before they are given.</summary>
    public async Task<IReadOnlyList<FigureRequest>?> OpenAsync(ReadContext ctx, Demand demand, CancellationToken cancel)
    {
        if (ctx.Worker is not { } worker || !ByReference(worker.Role)) return null;
        var ids = demand.Requests.Take(Most).ToList();
        if (ids.Count == 0) return [];
        await using var db = database.Open();
        var leftOut = Extracts.LeftOut(db);
        var found = await db.Set<Request>().Where(r => ids.Contains(r.Id) && !leftOut.Contains(r.HouseholdId)).OrderBy(r => r.SubmittedAt).ThenBy(r => r.Id)
            .Join(db.Set<Door>(), r => r.DoorId, d => d.Id, (r, d) => new { r.HouseholdId, Line = new FigureRequest(r.Reference, r.SubmittedAt, r.District, d.Label, r.Status) }).ToListAsync(cancel);
        await log.RecordAsync(ctx.Audit, ctx.Page, "by-reference", [.. found.Select(f => f.HouseholdId)], cancel);
        return found.ConvertAll(f => f.Line);
    }
}
