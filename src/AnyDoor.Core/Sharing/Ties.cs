using AnyDoor.Audit;
using AnyDoor.Common;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Sharing;

public enum TieKind { Relative, Friend, Neighbour, Colleague, Other }

/// <summary>A worker said that they know somebody in a household. From then on they cannot open it; the ground that shuts it has this as its cause.</summary>
public sealed class Tie
{
    /// <summary>Of the grounds it shuts records by: grounds against, which open nothing.</summary>
    public const string Cause = "tie";

    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public required Guid WorkerId { get; init; }
    public required Guid OrganisationId { get; init; }
    public required TieKind Kind { get; init; }
    public required DateTime At { get; init; }
    public DateTime? EndedAt { get; set; }
    public Guid? EndedBy { get; set; }

    public Refusal? End(Guid? by, DateTime at)
    {
        if (EndedAt is not null) return new Refusal("ended", "This tie has ended already.");
        (EndedAt, EndedBy) = (at, by);
        return null;
    }
}

/// <summary>How ties shut a record, and go along when records are joined.</summary>
internal static class Ties
{
    /// <summary>Shuts every joined record for this worker, from now, and ends what opened them until now.</summary>
    public static async Task ShutAsync(Command c, Tie tie, IReadOnlyCollection<Guid> records)
    {
        var (ids, worker, now) = (records.ToArray(), tie.WorkerId, c.Who.At);
        await c.Db.Set<Ground>().Where(g => ids.Contains(g.HouseholdId) && g.WorkerId == worker && g.Cause != Tie.Cause && (g.To == null || g.To > now)).ExecuteUpdateAsync(g => g.SetProperty(x => x.To, now), c.Cancel);
        foreach (var id in ids) Grounds.Open(c, Tie.Cause, id, Purpose.Assurance, tie.Id, worker: worker);
    }

    /// <summary>When records are joined, whoever may not open one of them may open neither.</summary>
    public static async Task SpreadAsync(Command c, IReadOnlyCollection<Guid> records)
    {
        var (ids, now) = (records.Distinct().ToArray(), c.Who.At);
        var ties = await c.Db.Set<Ground>().Where(g => ids.Contains(g.HouseholdId) && g.Cause == Tie.Cause && (g.To == null || g.To > now)).ToListAsync(c.Cancel);
        foreach (var group in ties.GroupBy(t => (t.WorkerId, t.CauseId)))
            foreach (var id in ids.Except(group.Select(t => t.HouseholdId))) Grounds.Open(c, Tie.Cause, id, Purpose.Assurance, group.Key.CauseId, worker: group.Key.WorkerId);
    }
}
