using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Requests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Rights;

/// <summary>A run with its lines.</summary>
public sealed record DisposalReport(DisposalRun Run, IReadOnlyList<DisposalLine> Lines)
{
    public int Count => Lines.Sum(l => l.Count);
}

/// <summary>A hold as the lead reads it.</summary>
/// <param name="On">A record's short mark, or a scheme's name.</param>
public sealed record HoldLine(Guid Id, string On, HoldFor For, string Why, DateOnly From, DateOnly? Until, string PlacedBy);

/// <summary>A record whose time is over and that something still keeps open.</summary>
/// <param name="Mark">Short, says nothing of who it is.</param>
/// <param name="Since">The last day on which anything happened for it.</param>
public sealed record WaitingRecord(string Mark, string RuleId, DateOnly Since);

/// <summary>Runs the retention schedule, and keeps holds. Disposal is announced before it is done, unless somebody runs it by hand.</summary>
public sealed class RetentionDesk(Database database, Commands commands)
{
    /// <summary>How long an announcement stands before the nightly job does it: time to put a hold.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(7);

    private readonly Disposals disposals = new(database, commands);

    /// <summary>Shows or disposes. What an earlier run had done before it was cut off is not done again.</summary>
    public async Task<DisposalReport> RunAsync(AuditContext who, bool dry, CancellationToken cancel, DateOnly? asOf = null, Guid? announced = null)
    {
        var run = new DisposalRun { Id = Guid.CreateVersion7(new DateTimeOffset(who.At, TimeSpan.Zero)), StartedAt = who.At, AsOf = asOf ?? LondonTime.DayOf(who.At), Dry = dry, Announced = announced, By = who.Actor.Label };
        await commands.RunAsync(who, c =>
        {
            c.Insert(run);
            c.Record(dry ? "retention.looked" : "retention.begun", run.Id);
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, cancel);
        var done = await disposals.RunAsync(who, run.AsOf, dry, cancel);
        List<DisposalLine> lines = [.. done.Select(d => new DisposalLine { RunId = run.Id, RuleId = d.Key, Count = d.Value.Count, Held = d.Value.Held, Waiting = d.Value.Waiting, References = string.Join(',', d.Value.References) })];
        await commands.RunAsync(who, async c =>
        {
            foreach (var line in lines) c.Insert(line);
            await c.Db.Set<DisposalRun>().Where(r => r.Id == run.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.FinishedAt, who.At), c.Cancel);
            c.Record(dry ? "retention.announced" : "retention.finished", run.Id, content: string.Join(", ", lines.Where(l => l.Count > 0).Select(l => $"{l.RuleId} {l.Count}")));
            return (Result<Nothing>)Nothing.Value;
        }, cancel);
        run.FinishedAt = who.At;
        return new DisposalReport(run, lines);
    }

    /// <summary>The nightly job: announces what is due, and a week later does what was announced and is still due. Gives the run that it made, if any.</summary>
    public async Task<DisposalReport?> NightlyAsync(AuditContext who, CancellationToken cancel)
    {
        DisposalRun? announced;
        await using (var db = database.Open())
        {
            announced = await db.Set<DisposalRun>().Where(r => r.Dry && r.FinishedAt != null && r.By == who.Actor.Label && !db.Set<DisposalRun>().Any(d => d.Announced == r.Id && d.FinishedAt != null)).OrderBy(r => r.StartedAt).FirstOrDefaultAsync(cancel);
        }
        if (announced is null)
        {
            return await RunAsync(who, dry: true, cancel);
        }
        return who.At - announced.StartedAt < Notice ? null : await RunAsync(who, dry: false, cancel, announced.AsOf, announced.Id);
    }

    /// <summary>The newest runs first.</summary>
    public async Task<IReadOnlyList<DisposalReport>> RunsAsync(int most, CancellationToken cancel)
    {
        await using var db = database.Open();
        var runs = await db.Set<DisposalRun>().OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(most).ToListAsync(cancel);
        var ids = runs.Select(r => r.Id).ToArray();
        var lines = (await db.Set<DisposalLine>().Where(l => ids.Contains(l.RunId)).ToListAsync(cancel)).ToLookup(l => l.RunId);
        return runs.ConvertAll(r => new DisposalReport(r, [.. lines[r.Id]]));
    }

    /// <summary>What waits although its time is over, and since when. Marks; nothing is recorded as due by it.</summary>
    public Task<IReadOnlyList<WaitingRecord>> WaitingAsync(DateOnly asOf, CancellationToken cancel) => disposals.WaitingAsync(new AuditContext(Actor.Job("retention"), null, "job", Purpose.Assurance, default), asOf, cancel);

    /// <summary>
    /// The household that a mark of the newest dry run stands for. None where that run does not show it; two where the mark does not tell them apart.
    /// </summary>
    private async Task<IReadOnlyList<Guid>> MarkedAsync(AnyDoorDb db, string typed, CancellationToken cancel)
    {
        var mark = typed.Trim().ToUpperInvariant();
        if (mark.Length != 6 || !mark.All(char.IsAsciiHexDigit)) return [];
        var looked = await db.Set<DisposalRun>().Where(r => r.Dry && r.FinishedAt != null).OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).FirstOrDefaultAsync(cancel);
        if (looked is null) return [];
        string[] homes = ["answers", "household-without-award", "household-with-award"];
        var lines = await db.Set<DisposalLine>().Where(l => l.RunId == looked.Id && homes.Contains(l.RuleId)).ToListAsync(cancel);
        if (!lines.Exists(l => l.References.Split(',').Contains(mark)) && !(await WaitingAsync(looked.AsOf, cancel)).Any(w => w.Mark == mark)) return [];
        var marked = new List<Guid>();
        await foreach (var id in db.Set<Household>().Where(h => h.JoinedTo == null && h.ErasedAt == null).Select(h => h.Id).AsAsyncEnumerable().WithCancellation(cancel)) if (Disposals.Short(id) == mark) marked.Add(id);
        return marked;
    }

    /// <summary>Puts a hold on the household behind a reference (a request's, an award's or a subject request's) or a mark of the newest dry run, or on a scheme by its id.</summary>
    public Task<Result<Guid>> HoldAsync(AuditContext who, string on, HoldFor what, string why, DateOnly? until, CancellationToken cancel) => commands.RunAsync<Guid>(who, async c =>
    {
        var today = LondonTime.DayOf(who.At);
        if (why.Trim().Length is < 10 or > 500) return new Refusal("why", "Say why, so that whoever comes after you knows when it may go.", "why");
        if (until < today) return new Refusal("until", "Choose a day that has not passed, or none.", "until");
        if (who.Actor.Id is not { } by) return new Refusal("who", "Only a worker can put a hold.");
        Guid? household = null;
        string? scheme = null;
        if (Reference.TryParse(on, out var reference))
        {
            household = await c.Db.Set<Request>().Where(r => r.Reference == reference).Select(r => (Guid?)r.HouseholdId).SingleOrDefaultAsync(c.Cancel)
                ?? await c.Db.Set<Award>().Where(a => a.Reference == reference).Select(a => (Guid?)a.HouseholdId).SingleOrDefaultAsync(c.Cancel)
                ?? await (from s in c.Db.Set<SubjectRequest>() where s.Reference == reference join r in c.Db.Set<SubjectRecord>() on s.Id equals r.SubjectRequestId select (Guid?)r.HouseholdId).FirstOrDefaultAsync(c.Cancel);
        }
        else if (await c.Db.Set<Scheme>().AnyAsync(s => s.Id == on.Trim(), c.Cancel)) scheme = on.Trim();
        else if (await MarkedAsync(c.Db, on, c.Cancel) is { Count: > 0 } marked)
        {
            if (marked.Count > 1) return new Refusal("on", "Two records have that mark. Use the reference of a request of theirs.", "on");
            household = marked[0];
        }
        if (household is null && scheme is null) return new Refusal("on", "There is no request, award, subject request or scheme with that reference, and no such mark in the list above.", "on");
        if (household is not null && await c.Db.Set<Household>().AnyAsync(h => h.Id == household && h.ErasedAt != null, c.Cancel)) return new Refusal("on", "That record was disposed of before. There is nothing left to hold.", "on");
        var hold = new Hold { Id = Guid.CreateVersion7(new DateTimeOffset(who.At, TimeSpan.Zero)), HouseholdId = household, SchemeId = scheme, For = what, Why = why.Trim(), From = today, Until = until, PlacedBy = by };
        c.Insert(hold);
        c.Record("hold.placed", hold.Id, household);
        return hold.Id;
    }, cancel);

    public Task<Result<bool>> LiftAsync(AuditContext who, Guid hold, CancellationToken cancel) => commands.RunAsync<bool>(who, async c =>
    {
        var found = await c.Db.Set<Hold>().AsTracking().SingleOrDefaultAsync(h => h.Id == hold && h.LiftedAt == null, c.Cancel);
        if (found is null) return false;
        (found.LiftedAt, found.LiftedBy) = (who.At, who.Actor.Id);
        c.Record("hold.lifted", found.Id, found.HouseholdId);
        return true;
    }, cancel);

    /// <summary>The holds that stand.</summary>
    public async Task<IReadOnlyList<HoldLine>> HoldsAsync(DateOnly today, CancellationToken cancel)
    {
        await using var db = database.Open();
        var holds = await db.Set<Hold>().Where(h => h.LiftedAt == null && (h.Until == null || h.Until >= today)).OrderBy(h => h.From).ToListAsync(cancel);
        var workers = await db.Set<Organisations.Worker>().Select(w => new { w.Id, w.Name }).ToDictionaryAsync(w => w.Id, w => w.Name, cancel);
        return holds.ConvertAll(h => new HoldLine(h.Id, h.HouseholdId is { } home ? $"Record {Disposals.Short(home)}" : $"Every household given money from {h.SchemeId}", h.For, h.Why, h.From, h.Until, workers.GetValueOrDefault(h.PlacedBy, "a worker")));
    }
}
