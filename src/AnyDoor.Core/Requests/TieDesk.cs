using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>A tie as the worker and the information lead read it: a mark for the record, never whose it is.</summary>
public sealed record TieLine(Guid Id, string Worker, string Organisation, TieKind Kind, string Record, DateTime At, DateTime? EndedAt, string? Words);

/// <summary>
/// A worker says that they know a household. From then on it is not there for them, whatever opened it before: not in a list, not in an emergency, and they award it nothing.
/// What they had taken up is free for a colleague.
/// </summary>
public sealed class TieDesk(Database database, Commands commands)
{
    private const int Most = 200;

    /// <summary>The answer is the same whether there is such a record or not.</summary>
    public async Task<Result<bool>> DeclareAsync(ReadContext ctx, Guid householdId, TieKind? kind, string? words, CancellationToken cancel)
    {
        if (kind is not { } tied) return new Refusal("kind", "Choose how you know them.", "kind");
        if (words is { Length: > 300 }) return new Refusal("words", "Use fewer than 300 letters.", "words");
        if (ctx.Worker is not { } worker || !RoleTable.Default.May(worker.Role, "declare-tie")) return false;
        return await commands.RunAsync<bool>(ctx.Audit, async c =>
        {
            var root = await c.Db.Set<Household>().Where(h => h.Id == householdId).Select(h => (Guid?)(h.JoinedTo ?? h.Id)).SingleOrDefaultAsync(c.Cancel);
            if (root is not { } household) return true;
            await c.Kind.HoldRowsAsync(c.Db, "household", [household], c.Cancel);
            if (await c.Db.Set<Tie>().AnyAsync(t => t.HouseholdId == household && t.WorkerId == worker.WorkerId && t.EndedAt == null, c.Cancel)) return true;
            var records = await c.Db.Set<Household>().Where(h => h.Id == household || h.JoinedTo == household).Select(h => h.Id).ToArrayAsync(c.Cancel);
            var tie = new Tie
            {
                Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), HouseholdId = household, WorkerId = worker.WorkerId, OrganisationId = worker.OrganisationId, Kind = tied, At = c.Who.At,
            };
            c.Insert(tie);
            await Ties.ShutAsync(c, tie, records);
            foreach (var request in await c.Db.Set<Request>().AsTracking().Where(r => records.Contains(r.HouseholdId) && r.ClaimedBy == worker.WorkerId && r.Status == RequestStatus.Claimed).ToListAsync(c.Cancel))
                if (request.Release(worker.WorkerId) is null) c.Record("request.released", request.Id, request.HouseholdId);
            c.Record("tie.declared", tie.Id, household, string.IsNullOrWhiteSpace(words) ? null : words.Trim());
            return true;
        }, cancel);
    }

    public Task<IReadOnlyList<TieLine>> OfAsync(Guid worker, CancellationToken cancel) => LinesAsync(worker, cancel);

    /// <summary>Every worker's, for the information lead.</summary>
    public Task<IReadOnlyList<TieLine>> AllAsync(CancellationToken cancel) => LinesAsync(null, cancel);

    /// <summary>Ends a tie that was: they moved away, or it was another household. Nothing is opened by it.</summary>
    public Task<Result<bool>> EndAsync(AuditContext who, Guid tieId, CancellationToken cancel) => commands.RunAsync<bool>(who, async c =>
    {
        if (await c.Db.Set<Tie>().AsTracking().SingleOrDefaultAsync(t => t.Id == tieId, c.Cancel) is not { } tie) return false;
        if (tie.WorkerId == who.Actor.Id) return new Refusal("own-tie", "This is your own. Somebody else ends it.");
        if (tie.End(who.Actor.Id, who.At) is { } refused) return refused;
        await Grounds.CloseAsync(c, tie.Id, Tie.Cause);
        c.Record("tie.ended", tie.Id, tie.HouseholdId);
        return true;
    }, cancel);

    private async Task<IReadOnlyList<TieLine>> LinesAsync(Guid? of, CancellationToken cancel)
    {
        await using var db = database.Open();
        var ties = db.Set<Tie>().AsQueryable();
        if (of is { } one) ties = ties.Where(t => t.WorkerId == one);
        var rows = await (from tie in ties
                          join worker in db.Set<Worker>() on tie.WorkerId equals worker.Id
                          join organisation in db.Set<Organisation>() on tie.OrganisationId equals organisation.Id
                          orderby tie.EndedAt != null, tie.At descending
                          select new { tie, Worker = worker.Name, Organisation = organisation.Name }).Take(Most).ToListAsync(cancel);
        var ids = rows.ConvertAll(r => (Guid?)r.tie.Id).ToArray();
        var words = await db.Set<AuditEvent>().Where(e => e.Kind == "tie.declared" && ids.Contains(e.SubjectId)).Join(db.Set<AuditContent>(), e => e.Id, a => a.EventId, (e, a) => new { e.SubjectId, a.Body }).ToDictionaryAsync(e => e.SubjectId!.Value, e => e.Body, cancel);
        return [.. rows.Select(r => new TieLine(r.tie.Id, r.Worker, r.Organisation, r.tie.Kind, InformationDesk.Short(r.tie.HouseholdId), r.tie.At, r.tie.EndedAt, words.GetValueOrDefault(r.tie.Id)))];
    }
}
