using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

/// <summary>Somebody of the hub asks whether where a household lives may be shown again, and no senior has answered.</summary>
/// <param name="Record">The record's short mark: it opens nothing.</param>
public sealed record LiftAsk(Guid Id, Guid AskedBy, string Worker, string Record, DateTime At, string? Reason);

public sealed partial class HouseholdReader
{
    internal const string LiftAsked = "safety-lift-asked";
    internal const string Lifted = "safety-lifted";
    private const string LiftedEvent = "safety.lifted";
    private const string KeptEvent = "safety.kept";

    /// <summary>
    /// A worker of the hub says why nobody looks for these people any more, or why it was marked by mistake. Nothing is shown until a senior of the hub says so too;
    /// the information lead hears of the ask and of the answer.
    /// </summary>
    public async Task<Result<bool>> AskLiftAsync(ReadContext ctx, Guid householdId, string? reason, CancellationToken cancel)
    {
        if (ctx.Worker is not { IsHub: true } worker || !MayChange(ctx)) return NoSuchRecord;
        var why = reason?.Trim() ?? "";
        if (why.Length is < 20 or > 500) return new Refusal("lift-reason", "Say who told you, and why nobody looks for them any more, in 20 to 500 letters. A senior of the hub and the information lead read it.", "lift");
        return await commands.RunAsync<bool>(ctx.Audit with { Reason = why }, async c =>
        {
            var (household, ids) = await ResolveAsync(c.Db, householdId, c.Cancel);
            if (household is null || !(await SightAsync(c.Db, ctx, ids, c.Cancel)).Allows(DataCategory.Safety, null)) return NoSuchRecord;
            await c.Kind.HoldRowsAsync(c.Db, "household", [household.Id], c.Cancel);
            if (!(await AtRiskAsync(c.Db, ctx, [household.Id], c.Cancel)).Contains(household.Id)) return new Refusal("not-hidden", "Where they live is not hidden.", "lift");
            if (await OpenAsks(c.Db).AnyAsync(n => n.HouseholdId == household.Id, c.Cancel)) return new Refusal("asked-already", "This is asked already. A senior of the hub has not answered yet: ring them.", "lift");
            var ask = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero));
            var said = c.Record("safety.lift-asked", ask, household.Id);
            c.Insert(new InformationNotice { Id = ask, Kind = LiftAsked, HouseholdId = household.Id, SubjectId = said, WorkerId = worker.WorkerId, At = c.Who.At });
            return true;
        }, cancel);
    }

    /// <summary>Whether such an ask of this household waits for a senior.</summary>
    public async Task<bool> LiftWaitsAsync(Guid householdId, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await OpenAsks(db).AnyAsync(n => n.HouseholdId == householdId, cancel);
    }

    /// <summary>What waits for a senior of the hub, the oldest first. Nobody answers their own.</summary>
    public async Task<IReadOnlyList<LiftAsk>> LiftsAsync(WhoIsWorking senior, CancellationToken cancel)
    {
        if (!MayLift(senior)) return [];
        await using var db = database.Open();
        var rows = await (from notice in OpenAsks(db)
                          where notice.WorkerId != senior.WorkerId
                          join worker in db.Set<Worker>() on notice.WorkerId equals (Guid?)worker.Id
                          join content in db.Set<AuditContent>() on notice.SubjectId equals (Guid?)content.EventId into contents
                          from reason in contents.DefaultIfEmpty()
                          orderby notice.At
                          select new { notice.Id, By = worker.Id, worker.Name, notice.HouseholdId, notice.At, Reason = reason == null ? null : reason.Body }).Take(100).ToListAsync(cancel);
        return rows.ConvertAll(r => new LiftAsk(r.Id, r.By, r.Name, InformationDesk.Short(r.HouseholdId!.Value), r.At, r.Reason));
    }

    /// <summary>The senior's word: shown again, or hidden as before. False: there is no such ask, or not for this worker.</summary>
    public async Task<Result<bool>> AnswerLiftAsync(ReadContext ctx, Guid ask, bool show, CancellationToken cancel)
    {
        if (ctx.Worker is not { } senior || !MayLift(senior)) return false;
        return await commands.RunAsync<bool>(ctx.Audit, async c =>
        {
            if (await OpenAsks(c.Db).SingleOrDefaultAsync(n => n.Id == ask && n.WorkerId != senior.WorkerId, c.Cancel) is not { HouseholdId: { } asked } found) return false;
            var (household, ids) = await ResolveAsync(c.Db, asked, c.Cancel);
            if (household is null) return false;
            // Held, so that of two seniors at once the second finds it answered.
            await c.Kind.HoldRowsAsync(c.Db, "household", [household.Id], c.Cancel);
            if (!await OpenAsks(c.Db).AnyAsync(n => n.Id == ask, c.Cancel)) return false;
            c.Record(show ? LiftedEvent : KeptEvent, ask, household.Id);
            if (!show) return true;
            var records = ids.ToArray();
            var living = await c.Db.Set<Membership>().Where(m => records.Contains(m.HouseholdId)).Join(c.Db.Set<Person>(), m => m.PersonId, p => p.Id, (m, p) => p.SameAs ?? p.Id).Distinct().ToArrayAsync(c.Cancel);
            foreach (var person in await c.Db.Set<Person>().AsTracking().Where(p => (living.Contains(p.Id) || (p.SameAs != null && living.Contains(p.SameAs.Value))) && p.AtRisk).ToListAsync(c.Cancel)) person.AtRisk = false;
            c.Insert(new InformationNotice { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), Kind = Lifted, HouseholdId = household.Id, SubjectId = found.SubjectId, WorkerId = senior.WorkerId, At = c.Who.At });
            return true;
        }, cancel);
    }

    private static bool MayLift(WhoIsWorking worker) => worker.IsHub && RoleTable.Default.May(worker.Role, "agree-emergency");

    private static IQueryable<InformationNotice> OpenAsks(Data.AnyDoorDb db) =>
        db.Set<InformationNotice>().Where(n => n.Kind == LiftAsked && !db.Set<AuditEvent>().Any(e => e.SubjectId == n.Id && (e.Kind == LiftedEvent || e.Kind == KeptEvent)));
}
