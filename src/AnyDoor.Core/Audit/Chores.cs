using AnyDoor.Common;
using AnyDoor.Data;

namespace AnyDoor.Audit;

/// <summary>Work that comes round by itself.</summary>
/// <param name="Name">Stable: it is the lease's name in the database.</param>
/// <param name="Work">Bears being run again from the start: it may have been cut off anywhere.</param>
public sealed record Chore(string Name, TimeSpan Every, Func<AuditContext, CancellationToken, Task> Work)
{
    internal string LeaseName => "chore:" + Name;
}

/// <summary>
/// Does what is due, each chore by one process at a time. The lease in the database is also the clock: after a chore is done it lies there until
/// the next time, so that neither a second process nor a restart does it again too early. A process that dies gives its chore up after some minutes.
/// </summary>
public sealed class Chores(Database database, TimeProvider clock)
{
    /// <summary>The longest that one chore may take before another process takes it over.</summary>
    public static readonly TimeSpan AtMost = TimeSpan.FromMinutes(10);

    /// <summary>One round. Gives the names of what was done, and of what failed: that is tried again when its lease runs out.</summary>
    public async Task<(IReadOnlyList<string> Done, IReadOnlyList<(string Name, Exception Error)> Failed)> RunDueAsync(IEnumerable<Chore> chores, CancellationToken cancel)
    {
        var done = new List<string>();
        var failed = new List<(string, Exception)>();
        foreach (var chore in chores)
        {
            // A name of its own for each turn: this very process has to wait for the next time as well.
            var turn = Guid.NewGuid().ToString("N");
            if (await Leases.TakeAsync(database, chore.LeaseName, turn, clock.UtcNow(), AtMost, cancel) is null) continue;
            try
            {
                await chore.Work(new AuditContext(Actor.Job(chore.Name), null, "job", Purpose.Assurance, clock.UtcNow()), cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                // Stopped half-way: whoever is next may begin at once.
                await Leases.GiveBackAsync(database, chore.LeaseName, turn, CancellationToken.None);
                throw;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                failed.Add((chore.Name, error));
                continue;
            }
            await Leases.KeepUntilAsync(database, chore.LeaseName, turn, clock.UtcNow() + chore.Every, cancel);
            done.Add(chore.Name);
        }
        return (done, failed);
    }
}
