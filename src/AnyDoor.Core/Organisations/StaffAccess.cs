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

/// <summary>Finds workers for sign-in. The one seam that real sign-in will fill: pages ask for <see cref="WhoIsWorking"/> and nothing else.</summary>
public sealed class StaffAccess(Database database, Commands commands)
{
    private readonly KeptForASecond<Guid, WhoIsWorking?> working = new(commands);

    // Asked at every page, so compiled once; a compiled query belongs to one database's model.
    private readonly Func<AnyDoorDb, Guid, Task<WhoIsWorking?>> workerOf = EF.CompileAsyncQuery((AnyDoorDb db, Guid id) => (
        from worker in db.Set<Worker>()
        where worker.Active && worker.Id == id
        join organisation in db.Set<Organisation>() on worker.OrganisationId equals organisation.Id
        select new WhoIsWorking(worker.Id, worker.Handle, worker.Name, worker.Role, organisation.Id, organisation.Name, organisation.Kind, worker.Title, worker.AwardLimitPence)).SingleOrDefault());

    /// <summary>The worker with this id, or null when there is none or they no longer work here: as of a second ago at most.</summary>
    public ValueTask<WhoIsWorking?> FindAsync(Guid workerId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return working.GetAsync(workerId, db => workerOf(db, workerId));
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

    /// <summary>Until there is real sign-in, staff pages open on a demo only, and only to somebody at this very machine.</summary>
    public static Refusal? MayOpen(bool isDemo, bool isLoopback, bool isForwarded) => (isDemo, isLoopback, isForwarded) switch
    {
        (false, _, _) => new Refusal("staff-pages-shut", "Staff pages are shut on this installation: signing in is not set up yet."),
        (_, false, _) or (_, _, true) => new Refusal("only-on-this-machine", "Staff pages of a demo open only on the machine that runs it, at http://localhost."),
        _ => null,
    };

    private static IQueryable<WhoIsWorking> Working(AnyDoorDb db, Expression<Func<Worker, bool>> which) =>
        from worker in db.Set<Worker>().Where(w => w.Active).Where(which)
        join organisation in db.Set<Organisation>() on worker.OrganisationId equals organisation.Id
        orderby worker.Name
        select new WhoIsWorking(worker.Id, worker.Handle, worker.Name, worker.Role, organisation.Id, organisation.Name, organisation.Kind, worker.Title, worker.AwardLimitPence);
}
