using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>One form that a rule marked. Its person and words come from the gate, for those who may see them.</summary>
/// <param name="InQueue">For today: it was never held.</param>
public sealed record HeldForm(Guid RequestId, string Reference, Guid HouseholdId, Guid ApplicantId, DateTime SubmittedAt, DateTime AnswerBy, Urgency Urgency, IReadOnlyList<string> Why, bool InQueue, string? Words, SuspectState State, string? DecidedBy, DateTime? DecidedAt);

/// <summary>
/// Forms of the open door that a rule marked: kept whole, looked at by a person, put into the queue or set aside, and back again. Whoever sent one is answered like everybody.
/// When half of the time to answer has gone and nobody has looked, it goes into the queue by itself: a rule costs nobody their help.
/// </summary>
public sealed class HeldForms(Database database, Commands commands, LogKey key, RequestPost post)
{
    private const int Most = 200;

    /// <summary>Keeps a form that was just received for a person to look at. Gives whether it is held.</summary>
    internal static async Task<bool> KeepAsync(Command c, Guid requestId, Urgency urgency, IReadOnlyList<string> why)
    {
        await c.FlushAsync();
        var held = urgency != Urgency.Today;
        c.Insert(new SuspectForm { RequestId = requestId, Why = string.Join('\n', why), Held = held, At = c.Who.At, State = SuspectState.Waiting });
        if (held) (await c.Db.Set<Request>().AsTracking().SingleAsync(r => r.Id == requestId, c.Cancel)).Hold();
        c.Record(held ? "request.held" : "request.marked", requestId);
        return held;
    }

    private readonly KeptForASecond<int, int> waiting = new(commands);

    /// <summary>How many wait; another process's count within a second.</summary>
    public async Task<int> WaitingAsync(CancellationToken cancel) => await waiting.GetAsync(0, db => ToLookAt(db).CountAsync(cancel));

    /// <summary>What waits to be looked at, soonest to be answered first.</summary>
    public async Task<IReadOnlyList<HeldForm>> ListAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        return await RowsAsync(db, ToLookAt(db), newestFirst: false, cancel);
    }

    /// <summary>What was set aside in the last month: a mistake is put right here.</summary>
    public async Task<IReadOnlyList<HeldForm>> SetAsideAsync(DateTime now, CancellationToken cancel)
    {
        await using var db = database.Open();
        var since = now.AddDays(-30);
        return await RowsAsync(db, db.Set<SuspectForm>().Where(s => s.State == SuspectState.SetAside && s.DecidedAt > since), newestFirst: true, cancel);
    }

    /// <summary>It is a request like every other: into the queue, and the message that it has come goes now.</summary>
    public Task<Result<int>> ReleaseAsync(AuditContext who, IReadOnlyCollection<Guid> requests, CancellationToken cancel) => EachAsync(who, requests, async (c, suspect, request) =>
    {
        if (suspect.State == SuspectState.Released) return false;
        var wasAside = suspect.State == SuspectState.SetAside;
        if (wasAside) request.BringBack();
        else if (suspect.Held) request.LetGo();
        Decide(c, suspect, SuspectState.Released);
        if (wasAside) await c.Db.Set<Ground>().Where(g => g.CauseId == request.Id && g.Cause == GroundCause.OpenRequest).ExecuteUpdateAsync(g => g.SetProperty(x => x.To, (DateTime?)null), c.Cancel);
        c.Record("request.released", request.Id, request.HouseholdId);
        // One that is for today was told of at once.
        if (suspect.Held) await post.QueueAsync(c, request.Id, RequestPost.Received, new Dictionary<string, string>
        {
            ["reference"] = Reference.Show(request.Reference), ["code"] = ResidentCodes.Show(ResidentCodes.OfRequest(key, request.Id)), ["by"] = Drafts.ByWhen(request.AnswerBy, request.Language),
        });
        return true;
    }, cancel);

    /// <summary>No request of anybody's: it leaves, nothing of it is thrown away, and it can be put back.</summary>
    public Task<Result<int>> SetAsideAsync(AuditContext who, IReadOnlyCollection<Guid> requests, CancellationToken cancel) => EachAsync(who, requests, async (c, suspect, request) =>
    {
        if (suspect.State != SuspectState.Waiting || request.SetAside(c.Who.At) is not null) return false;
        Decide(c, suspect, SuspectState.SetAside);
        await RequestDesk.EndAsync(c, request);
        c.Record("request.set-aside", request.Id, request.HouseholdId);
        return true;
    }, cancel);

    /// <summary>What nobody looked at goes into the queue when half of its time has gone. Gives how many.</summary>
    public async Task<int> ReleaseDueAsync(AuditContext who, CancellationToken cancel)
    {
        List<Guid> due;
        await using (var db = database.Open())
        {
            var held = await db.Set<SuspectForm>().Where(s => s.Held && s.State == SuspectState.Waiting).Join(db.Set<Request>(), s => s.RequestId, r => r.Id, (s, r) => new { r.Id, r.SubmittedAt, r.AnswerBy }).ToListAsync(cancel);
            due = [.. held.Where(h => who.At - h.SubmittedAt >= (h.AnswerBy - h.SubmittedAt) / 2).Select(h => h.Id).Take(Most)];
        }
        return due.Count == 0 ? 0 : (await ReleaseAsync(who, due, cancel)).Value;
    }

    private static IQueryable<SuspectForm> ToLookAt(AnyDoorDb db) => db.Set<SuspectForm>().Where(s => s.State == SuspectState.Waiting && db.Set<Request>().Any(r => r.Id == s.RequestId && r.Status == RequestStatus.Waiting));

    private static async Task<IReadOnlyList<HeldForm>> RowsAsync(AnyDoorDb db, IQueryable<SuspectForm> which, bool newestFirst, CancellationToken cancel)
    {
        var rows = which.Join(db.Set<Request>(), s => s.RequestId, r => r.Id, (s, r) => new { Suspect = s, Request = r });
        var found = await (newestFirst ? rows.OrderByDescending(x => x.Suspect.DecidedAt) : rows.OrderBy(x => x.Request.AnswerBy)).Take(Most)
            .Select(x => new { x.Suspect, x.Request, By = db.Set<Organisations.Worker>().Where(w => w.Id == x.Suspect.DecidedBy).Select(w => w.Name).FirstOrDefault() }).ToListAsync(cancel);
        return found.ConvertAll(x => new HeldForm(x.Request.Id, x.Request.Reference, x.Request.HouseholdId, x.Request.ApplicantId, x.Request.SubmittedAt, x.Request.AnswerBy, x.Request.Urgency, x.Suspect.Why.Split('\n'), !x.Suspect.Held,
            x.Request.Words, x.Suspect.State, x.By, x.Suspect.DecidedAt));
    }

    private static void Decide(Command c, SuspectForm suspect, SuspectState state) => (suspect.State, suspect.DecidedBy, suspect.DecidedAt) = (state, c.Who.Actor.Kind == ActorKind.Worker ? c.Who.Actor.Id : null, c.Who.At);

    private Task<Result<int>> EachAsync(AuditContext who, IReadOnlyCollection<Guid> requests, Func<Command, SuspectForm, Request, Task<bool>> change, CancellationToken cancel) => commands.RunAsync(who, async c =>
    {
        if (requests.Count is 0 or > Most) return (Result<int>)new Refusal("choose", $"Choose at least one, and at most {Most}.");
        var ids = requests.Distinct().Order().ToList();
        await c.Kind.HoldRowsAsync(c.Db, "request", ids, c.Cancel);
        var suspects = await c.Db.Set<SuspectForm>().AsTracking().Where(s => ids.Contains(s.RequestId)).ToListAsync(c.Cancel);
        var found = await c.Db.Set<Request>().AsTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, c.Cancel);
        var done = 0;
        foreach (var suspect in suspects)
            if (!(who.Actor.Id is { } worker && await Grounds.IsShutAsync(c.Db, found[suspect.RequestId].HouseholdId, worker, who.At, c.Cancel)) && await change(c, suspect, found[suspect.RequestId])) done++;
        return done;
    }, cancel);
}
