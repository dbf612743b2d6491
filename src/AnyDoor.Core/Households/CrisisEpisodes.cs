using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

/// <summary>
/// One crisis lasts so many days, as the rule in force when it opened says (<c>Content/crisis-episodes.json</c>), or until a worker says it is over.
/// After that it counts in no limit, and the next award opens another.
/// </summary>
public sealed class CrisisEpisodes(Database database, Commands commands)
{
    /// <param name="Days">The day it opened is the first.</param>
    public sealed record Rule(DateOnly Starts, int Days);

    private sealed record RuleFile(string Owner, string Source, IReadOnlyList<Rule> Rules);

    public static IReadOnlyList<Rule> Rules { get; } = [.. ContentFiles.Read<RuleFile>("crisis-episodes.json").Rules.OrderBy(r => r.Starts)];

    /// <summary>The first day on which an episode that opened then is over.</summary>
    public static DateOnly OverOn(DateOnly opened) => opened.AddDays((Rules.LastOrDefault(r => r.Starts <= opened) ?? Rules[0]).Days);

    /// <summary>
    /// Of the same crisis on that day: not past its days, whether or not the job has closed it yet. A day shortly before it was opened is of it too,
    /// so that the order of writing makes no room.
    /// </summary>
    internal static bool IsOpen(DateOnly opened, DateOnly on) => opened <= on ? on < OverOn(opened) : opened < OverOn(on);

    /// <summary>The episode that an award on that day is of, if one is going on.</summary>
    internal static async Task<Guid?> OpenAsync(AnyDoorDb db, IReadOnlyCollection<Guid> households, DateOnly on, CancellationToken cancel)
    {
        var open = await db.Set<CrisisEpisode>().Where(e => households.Contains(e.HouseholdId) && e.ClosedOn == null).Select(e => new { e.Id, e.OpenedOn }).ToListAsync(cancel);
        return open.Where(e => IsOpen(e.OpenedOn, on)).OrderByDescending(e => e.OpenedOn).Select(e => (Guid?)e.Id).FirstOrDefault();
    }

    /// <summary>The crisis that is going on: since when, and the day it is over by itself.</summary>
    public static async Task<(DateOnly Since, DateOnly Over)?> GoingOnAsync(AnyDoorDb db, IReadOnlyCollection<Guid> households, DateOnly on, CancellationToken cancel)
    {
        if (await OpenAsync(db, households, on, cancel) is not { } id) return null;
        var opened = await db.Set<CrisisEpisode>().Where(e => e.Id == id).Select(e => e.OpenedOn).SingleAsync(cancel);
        return (opened, OverOn(opened));
    }

    /// <summary>A worker says that this crisis is over: what comes next is another.</summary>
    public Task<Result<bool>> CloseAsync(AuditContext who, IReadOnlyList<Guid> households, CancellationToken cancel) => commands.RunAsync<bool>(who, async c =>
    {
        var open = await c.Db.Set<CrisisEpisode>().AsTracking().Where(e => households.Contains(e.HouseholdId) && e.ClosedOn == null).ToListAsync(c.Cancel);
        foreach (var episode in open)
        {
            (episode.ClosedOn, episode.ClosedBy) = (LondonTime.DayOf(c.Who.At), who.Actor.Id);
            c.Record("episode.closed", episode.Id, episode.HouseholdId);
        }
        return open.Count > 0;
    }, cancel);

    /// <summary>Closes what has run out of days, on the day that it did. Costs one look when there is nothing.</summary>
    public async Task<int> CloseDueAsync(DateTime now, CancellationToken cancel)
    {
        var today = LondonTime.DayOf(now);
        var who = new AuditContext(Actor.Job("crisis-episodes"), null, "job", Purpose.AwardAndPay, now);
        await using (var db = database.Open())
        {
            var over = await db.Set<CrisisEpisode>().Where(e => e.ClosedOn == null).MinAsync(e => (DateOnly?)e.OpenedOn, cancel);
            if (over is not { } first || OverOn(first) > today) return 0;
        }
        var closed = await commands.RunAsync(who, async c =>
        {
            var oldest = today.AddDays(-Rules.Min(r => r.Days));
            var due = (await c.Db.Set<CrisisEpisode>().AsTracking().Where(e => e.ClosedOn == null && e.OpenedOn <= oldest).OrderBy(e => e.OpenedOn).Take(500).ToListAsync(c.Cancel)).FindAll(e => OverOn(e.OpenedOn) <= today);
            foreach (var episode in due)
            {
                episode.ClosedOn = OverOn(episode.OpenedOn);
                c.Record("episode.over", episode.Id, episode.HouseholdId);
            }
            return (Result<int>)due.Count;
        }, cancel);
        return closed.Value;
    }
}
