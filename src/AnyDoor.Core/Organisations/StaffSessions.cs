using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

/// <summary>The worker of a session, and the session.</summary>
public sealed record SignedIn(WhoIsWorking Worker, Guid SessionId, DateTime At, DateTime EndsAt, SignedInBy By);

/// <summary>A session as its worker sees it.</summary>
public sealed record SessionShown(Guid Id, SignedInBy By, string Device, DateTime At, DateTime EndsAt, DateTime? EndedAt)
{
    public bool IsOpen(DateTime now) => EndedAt is null && now < EndsAt;
}

/// <summary>
/// Who is signed in. Asked of the database at every request, on every node: a worker who was disabled, demoted or signed out is out on the next one.
/// </summary>
public sealed class StaffSessions(Database database, Commands commands)
{
    /// <summary>However busy, nobody stays in for longer than a working day.</summary>
    public static readonly TimeSpan AtMost = TimeSpan.FromHours(12);
    /// <summary>Signed out after so long of nothing. It is counted anew at least once an hour, so that nobody has less than an hour.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);
    /// <summary>How new a sign-in must be to change a way in.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);
    /// <summary>How long ended sessions are kept for their worker to look at.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public async Task<SignedIn?> FindAsync(Guid sessionId, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await database.Kind.ReadTogetherAsync(db, StandingSql.SignedIn, [("id", sessionId), ("now", commands.Clock.UtcNow())], async reader =>
        {
            if (!await reader.ReadAsync(cancel)) return null;
            DateTime Utc(int at) => DateTime.SpecifyKind(reader.GetDateTime(at), DateTimeKind.Utc);
            var worker = new WhoIsWorking(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), Enum.Parse<Role>(reader.GetString(3)), reader.GetGuid(4), reader.GetString(5), Enum.Parse<OrganisationKind>(reader.GetString(6)),
                reader.IsDBNull(7) ? null : reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetInt64(8));
            return new SignedIn(worker, sessionId, Utc(9), Utc(10), Enum.Parse<SignedInBy>(reader.GetString(11)));
        }, cancel);
    }

    /// <param name="device">Like "Chrome on Windows".</param>
    /// <param name="instead">The session this takes the place of, at the same device.</param>
    public async Task<Guid> BeginAsync(WhoIsWorking worker, SignedInBy by, string device, CancellationToken cancel, Guid? instead = null)
    {
        var begun = await commands.RunAsync(worker.For(Purpose.Assurance, "sign-in", commands.Clock.UtcNow()), async c =>
        {
            if (instead is { } old) await c.Db.Set<StaffSession>().Where(s => s.Id == old && s.WorkerId == worker.WorkerId && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, c.Who.At), c.Cancel);
            var session = new StaffSession { Id = Guid.NewGuid(), WorkerId = worker.WorkerId, Role = worker.Role, By = by, Device = device, At = c.Who.At, EndsAt = c.Who.At + AtMost };
            c.Insert(session);
            c.Record("worker.signed-in", worker.WorkerId, content: Staff.Word(by.ToString()));
            return (Result<Guid>)session.Id;
        }, cancel);
        return begun.Value;
    }

    /// <summary>Ends one session. Ended before, or somebody else's: nothing.</summary>
    public Task<Result<bool>> EndAsync(WhoIsWorking worker, Guid sessionId, CancellationToken cancel) => commands.RunAsync<bool>(worker.For(Purpose.Assurance, "sign-in", commands.Clock.UtcNow()), async c =>
    {
        var ended = await c.Db.Set<StaffSession>().Where(s => s.Id == sessionId && s.WorkerId == worker.WorkerId && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, c.Who.At), c.Cancel);
        if (ended > 0) c.Record("worker.signed-out", worker.WorkerId);
        return ended > 0;
    }, cancel);

    /// <summary>Signs a worker out everywhere. Gives how many sessions were open.</summary>
    public Task<Result<int>> EndAllAsync(AuditContext who, Guid workerId, CancellationToken cancel, Guid? but = null) => commands.RunAsync<int>(who, c => EndAllAsync(c, workerId, but), cancel);

    internal static async Task<Result<int>> EndAllAsync(Command c, Guid workerId, Guid? but = null)
    {
        var kept = but ?? Guid.Empty;
        var ended = await c.Db.Set<StaffSession>().Where(s => s.WorkerId == workerId && s.EndedAt == null && s.EndsAt > c.Who.At && s.Id != kept).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, c.Who.At), c.Cancel);
        if (ended > 0) c.Record("worker.signed-out-everywhere", workerId);
        return ended;
    }

    /// <summary>A worker's newest sessions, the newest first.</summary>
    public async Task<IReadOnlyList<SessionShown>> OfAsync(Guid workerId, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<StaffSession>().Where(s => s.WorkerId == workerId).OrderByDescending(s => s.At).Take(20)
            .Select(s => new SessionShown(s.Id, s.By, s.Device, s.At, s.EndsAt, s.EndedAt)).ToListAsync(cancel);
    }

    /// <summary>Whose session this was, where it is over by the clock alone: nobody ended it and they still work here.</summary>
    public async Task<Guid?> RanOutAsync(Guid sessionId, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await (from session in db.Set<StaffSession>() where session.Id == sessionId && session.EndedAt == null
                      join worker in db.Set<Worker>() on session.WorkerId equals worker.Id
                      where worker.Active && worker.Role == session.Role
                      select (Guid?)worker.Id).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Keeps a form that came after the session had run out, for its worker to send again. <paramref name="body"/> is encrypted.</summary>
    public async Task<Guid> KeepAsync(Guid workerId, string path, string body, CancellationToken cancel)
    {
        var kept = await commands.RunAsync(new AuditContext(Actor.Job("kept-forms"), null, "sign-in", Purpose.Assurance, commands.Clock.UtcNow()), async c =>
        {
            // One that is sent again and again must not fill the table.
            await c.Db.Set<KeptForm>().Where(f => f.WorkerId == workerId && f.Path == path).ExecuteDeleteAsync(c.Cancel);
            var form = new KeptForm { Id = Guid.NewGuid(), WorkerId = workerId, Path = path, Body = body, At = c.Who.At };
            c.Insert(form);
            return (Result<Guid>)form.Id;
        }, cancel);
        return kept.Value;
    }

    public async Task<KeptForm?> KeptAsync(Guid id, Guid workerId, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<KeptForm>().SingleOrDefaultAsync(f => f.Id == id && f.WorkerId == workerId, cancel);
    }

    public Task<Result<bool>> ForgetAsync(Guid id, Guid workerId, CancellationToken cancel) =>
        commands.RunAsync<bool>(new AuditContext(Actor.Job("kept-forms"), null, "sign-in", Purpose.Assurance, commands.Clock.UtcNow()),
            async c => await c.Db.Set<KeptForm>().Where(f => f.Id == id && f.WorkerId == workerId).ExecuteDeleteAsync(c.Cancel) > 0, cancel);

    /// <summary>Takes away kept forms after a day, and old sessions and links.</summary>
    public async Task PurgeAsync(AuditContext who, CancellationToken cancel)
    {
        var (yesterday, old) = (who.At.AddDays(-1), who.At - Kept);
        await commands.RunAsync<Nothing>(who, async c =>
        {
            await c.Db.Set<KeptForm>().Where(f => f.At < yesterday).ExecuteDeleteAsync(c.Cancel);
            await c.Db.Set<StaffSession>().Where(s => s.EndsAt < old).ExecuteDeleteAsync(c.Cancel);
            await c.Db.Set<Invitation>().Where(i => i.ExpiresAt < old).ExecuteDeleteAsync(c.Cancel);
            return Nothing.Value;
        }, cancel);
    }
}
