using System.Linq.Expressions;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

/// <summary>The worker at the desk, however they signed in: all that the rooms need to know of a session.</summary>
public sealed record WhoIsWorking(Guid WorkerId, string Handle, string Name, Role Role, Guid OrganisationId, string OrganisationName, OrganisationKind OrganisationKind, string? Title = null, long? AwardLimitPence = null)
{
    /// <summary>Works for the hub of the host authority, whose grounds are the partnership's own.</summary>
    public bool IsHub => OrganisationKind == OrganisationKind.CountyHub;

    public AuditContext For(Purpose purpose, string door, DateTime at, string? reason = null) =>
        new(Actor.Worker(WorkerId, Handle), OrganisationId, door, purpose, at, reason);
}

/// <summary>Finds workers by who they are. Who is signed in is <see cref="StaffSessions"/>.</summary>
public sealed class StaffAccess(Database database)
{
    /// <summary>The worker with this id, or null when there is none or they no longer work here.</summary>
    public async Task<WhoIsWorking?> FindAsync(Guid workerId, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await Working(db, w => w.Id == workerId).SingleOrDefaultAsync(cancel);
    }

    public async Task<WhoIsWorking?> FindAsync(string handle, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await Working(db, w => w.Handle == handle).SingleOrDefaultAsync(cancel);
    }

    /// <summary>The invented workers of a demo, to choose from.</summary>
    public async Task<IReadOnlyList<WhoIsWorking>> InventedAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        return await Working(db, w => w.Invented).ToListAsync(cancel);
    }

    /// <summary>
    /// Whether staff pages open here at all. A demo's open only to somebody at this very machine, with nothing in between: there anybody may be anybody.
    /// A live one's open over https, or at this very machine.
    /// </summary>
    public static Refusal? MayOpen(bool isDemo, bool isLoopback, bool isForwarded, bool isHttps) => (isDemo, isLoopback, isForwarded, isHttps) switch
    {
        (true, false, _, _) or (true, _, true, _) => new Refusal("only-on-this-machine", "Staff pages of a demo open only on the machine that runs it, at http://localhost."),
        (false, _, _, true) or (false, true, false, _) or (true, true, false, _) => null,
        _ => new Refusal("https-only", "Staff pages open over https only. If a proxy in front of this does https, name it with --behind-proxy, so that it is believed."),
    };

    private static IQueryable<WhoIsWorking> Working(AnyDoorDb db, Expression<Func<Worker, bool>> which) =>
        from worker in db.Set<Worker>().Where(w => w.Active).Where(which)
        join organisation in db.Set<Organisation>() on worker.OrganisationId equals organisation.Id
        orderby worker.Name
        select new WhoIsWorking(worker.Id, worker.Handle, worker.Name, worker.Role, organisation.Id, organisation.Name, organisation.Kind, worker.Title, worker.AwardLimitPence);
}
