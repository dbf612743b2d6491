using System.Security.Cryptography;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

/// <summary>Who a partner's system acts for, and what it may do.</summary>
public sealed record ApiCaller(Guid KeyId, Worker Worker, IReadOnlySet<string> Scopes);

/// <summary>What is asked of a new key.</summary>
/// <param name="Label">The system it is for, like <c>Case system</c>.</param>
/// <param name="Scopes">A part of what the worker's role may do; null: all of it.</param>
/// <param name="Days">How long it works; null: as the limits say.</param>
public sealed record NewKey(string? Label = null, IReadOnlyCollection<string>? Scopes = null, int? Days = null);

/// <summary>A key as it may be shown: never its text.</summary>
/// <param name="Works">Not revoked, not over, and its worker works here.</param>
/// <param name="LastUsedAt">To within five minutes; null: never.</param>
/// <param name="FollowedBy">The key that took its place: this one ends on its own.</param>
public sealed record KeyShown(Guid Id, string Worker, IReadOnlyList<string> Scopes, DateTime CreatedAt, DateTime? RevokedAt, bool Works,
    string? Label = null, string? Organisation = null, DateTime? ExpiresAt = null, DateTime? LastUsedAt = null, Guid? FollowedBy = null);

/// <summary>A key that was just made. Its text is given here once and never again.</summary>
public sealed record KeyMade(Guid Id, string Text, DateTime ExpiresAt, DateTime? OldWorksUntil = null);

/// <summary>Keys for partners' systems: scoped, dated, followed by another, revocable, stored as a keyed hash only.</summary>
public sealed class ApiKeys(Database database, Commands commands, LogKey key)
{
    public const string ReadSchemes = "schemes:read";
    public const string WriteRequests = "requests:write";
    public const string WriteAwards = "awards:write";
    public const string ReadHandovers = "handovers:read";
    public const string WriteHandovers = "handovers:write";

    private static readonly TimeSpan BetweenUses = TimeSpan.FromMinutes(5);
    private static readonly Refusal NotThere = new("not-found", "There is no such key.", "key");
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, DateTime> used = new();

    /// <summary>What each role's key may do: money is given by those who may give it, handovers answered by those they go to.</summary>
    public static IReadOnlyList<string> ScopesOf(Role role) => role switch
    {
        Role.HubAdviser => [ReadSchemes, WriteRequests, WriteAwards],
        Role.Navigator => [ReadSchemes, WriteRequests, WriteAwards, ReadHandovers, WriteHandovers],
        Role.PartnerWorker or Role.PartnerAdministrator => [ReadSchemes, WriteRequests, ReadHandovers, WriteHandovers],
        Role.Councillor or Role.Connector => [ReadSchemes, WriteRequests],
        _ => [ReadSchemes],
    };

    /// <summary>Makes a key for a worker, with all that their role may do. The text is given once.</summary>
    public async Task<Result<string>> CreateAsync(string handle, AuditContext who, CancellationToken cancel)
    {
        var made = await CreateAsync(handle, new NewKey(), who, null, cancel);
        return made.Done ? made.Value.Text : made.Refusal;
    }

    /// <param name="organisation">Whose workers a key may be made for, their partner workers and administrators; null: anybody's.</param>
    public Task<Result<KeyMade>> CreateAsync(string handle, NewKey asked, AuditContext who, Guid? organisation, CancellationToken cancel) => commands.RunAsync<KeyMade>(who, async c =>
    {
        var worker = await c.Db.Set<Worker>().Where(People.OfAPartnerAt(organisation)).SingleOrDefaultAsync(w => w.Handle == handle && w.Active, c.Cancel);
        if (worker is null) return new Refusal("not-found", $"There is no worker {handle}. Add one with: anydoor workers create", "worker");
        if (asked.Label is { Length: > 60 }) return new Refusal("label", "Name the system in at most 60 letters.", "label");
        var limits = Limits.Current.Keys;
        if (asked.Days is { } days && (days < 1 || days > limits.MostDays)) return new Refusal("days", $"A key works for 1 to {limits.MostDays} days.", "days");
        var may = ScopesOf(worker.Role);
        IReadOnlyList<string> scopes = asked.Scopes is null ? may : [.. may.Where(asked.Scopes.Contains)];
        if (scopes.Count == 0 || (asked.Scopes is not null && asked.Scopes.Except(may).Any())) return new Refusal("scopes", $"Choose from what a key of {worker.Name} may do: {string.Join(", ", may)}.", "scopes");
        var now = who.At;
        var works = await c.Db.Set<ApiKey>().CountAsync(k => k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now) && c.Db.Set<Worker>().Any(w => w.Id == k.WorkerId && w.OrganisationId == worker.OrganisationId), c.Cancel);
        if (organisation is not null && works >= limits.MostForEachOrganisation) return new Refusal("too-many", $"{limits.MostForEachOrganisation} keys work already. Revoke one that nobody uses.");
        var (text, row) = Make(worker.Id, string.Join(',', scopes), asked.Label?.Trim() is { Length: > 0 } label ? label : null, who.At, who.At.AddDays(asked.Days ?? limits.Days));
        c.Insert(row);
        c.Record("api-key.created", row.Id);
        return new KeyMade(row.Id, text, row.ExpiresAt!.Value);
    }, cancel);

    /// <summary>A new key with the same worker and label, and of its scopes those that the worker’s role still has. The old one works on for the overlap, so that nothing stops while the system is changed over; then it ends by itself.</summary>
    /// <param name="overlapDays">Whole days; 0: the old key ends at once. Null: as the limits say.</param>
    public Task<Result<KeyMade>> RotateAsync(Guid id, int? overlapDays, AuditContext who, Guid? organisation, CancellationToken cancel) => commands.RunAsync<KeyMade>(who, async c =>
    {
        var limits = Limits.Current.Keys;
        var overlap = overlapDays ?? limits.OverlapDays;
        if (overlap < 0 || overlap > limits.MostOverlapDays) return new Refusal("overlap", $"The old key may work on for 0 to {limits.MostOverlapDays} days.", "overlap");
        if (await FindAsync(c, id, organisation) is not { } old) return NotThere;
        if (old.RevokedAt is not null || old.ExpiresAt <= who.At) return new Refusal("over", "This key does not work any more. Make a new one.");
        if (old.FollowedBy is not null) return new Refusal("followed", "Another key has taken this one’s place already. Renew that one.");
        var worker = await c.Db.Set<Worker>().SingleAsync(w => w.Id == old.WorkerId, c.Cancel);
        var scopes = StillOf(old.Scopes, worker.Role);
        if (!worker.Active || scopes.Count == 0) return new Refusal("over", "What this key was made for is not its worker’s to do any more. Make a new one.");
        var (text, row) = Make(old.WorkerId, string.Join(',', scopes), old.Label, who.At, who.At.AddDays(limits.Days));
        var ends = who.At.AddDays(overlap);
        old.FollowedBy = row.Id;
        if (overlap == 0) old.RevokedAt = who.At;
        else if (old.ExpiresAt is null || old.ExpiresAt > ends) old.ExpiresAt = ends;
        c.Insert(row);
        c.Record("api-key.rotated", old.Id);
        c.Record("api-key.created", row.Id);
        return new KeyMade(row.Id, text, row.ExpiresAt!.Value, old.RevokedAt ?? old.ExpiresAt);
    }, cancel);

    /// <summary>The id behind a key's text, whether it still works or not; null: there is none.</summary>
    public async Task<Guid?> IdOfAsync(string text, CancellationToken cancel)
    {
        var hash = Hash(text);
        await using var db = database.Open();
        return await db.Set<ApiKey>().Where(k => k.Hash == hash).Select(k => (Guid?)k.Id).SingleOrDefaultAsync(cancel);
    }

    public async Task<Result<Nothing>> RevokeAsync(string text, AuditContext who, CancellationToken cancel) =>
        await IdOfAsync(text, cancel) is { } id ? await RevokeAsync(id, who, null, cancel) : NotThere;

    public Task<Result<Nothing>> RevokeAsync(Guid id, AuditContext who, Guid? organisation, CancellationToken cancel) => commands.RunAsync<Nothing>(who, async c =>
    {
        if (await FindAsync(c, id, organisation) is not { } row) return NotThere;
        if (row.RevokedAt is not null) return Nothing.Value;
        row.RevokedAt = who.At;
        c.Record("api-key.revoked", row.Id);
        return Nothing.Value;
    }, cancel);

    /// <summary>Every key of a worker, also where its text is lost or the worker has left. Gives how many were good until now.</summary>
    public Task<Result<int>> RevokeAllAsync(string handle, AuditContext who, CancellationToken cancel) => commands.RunAsync(who, async c =>
    {
        if (await c.Db.Set<Worker>().SingleOrDefaultAsync(w => w.Handle == handle, c.Cancel) is not { } worker) return (Result<int>)new Refusal("not-found", $"There is no worker {handle}.", "worker");
        var rows = await c.Db.Set<ApiKey>().AsTracking().Where(k => k.WorkerId == worker.Id && k.RevokedAt == null).ToListAsync(c.Cancel);
        var good = rows.Count(r => r.ExpiresAt is null || r.ExpiresAt > who.At);
        foreach (var row in rows)
        {
            row.RevokedAt = who.At;
            c.Record("api-key.revoked", row.Id);
        }
        return good;
    }, cancel);

    /// <summary>Every key, by worker, newest first.</summary>
    /// <param name="organisation">Only the keys of its partner workers and administrators.</param>
    public async Task<IReadOnlyList<KeyShown>> ListAsync(CancellationToken cancel, Guid? organisation = null)
    {
        await using var db = database.Open();
        var now = commands.Clock.UtcNow();
        var found = await (from row in db.Set<ApiKey>()
            join worker in db.Set<Worker>().Where(People.OfAPartnerAt(organisation)) on row.WorkerId equals worker.Id
            join home in db.Set<Organisation>() on worker.OrganisationId equals home.Id
            orderby worker.Handle, row.CreatedAt descending
            select new { Key = row, worker.Handle, worker.Active, worker.Role, Organisation = home.Name }).ToListAsync(cancel);
        return [.. found.Select(f => new KeyShown(f.Key.Id, f.Handle, StillOf(f.Key.Scopes, f.Role), f.Key.CreatedAt, f.Key.RevokedAt, f.Active && f.Key.RevokedAt is null && !(f.Key.ExpiresAt <= now),
            f.Key.Label, f.Organisation, f.Key.ExpiresAt, f.Key.LastUsedAt, f.Key.FollowedBy))];
    }

    /// <summary>Of what a key was made for, what its worker’s role may still do: a key never outlives the role.</summary>
    private static IReadOnlyList<string> StillOf(string scopes, Role role) => [.. scopes.Split(',').Intersect(ScopesOf(role))];

    /// <summary>The caller behind a bearer key, with what their role may do now; null when the key is unknown, revoked or over, or its worker has left.</summary>
    public async Task<ApiCaller?> FindAsync(string text, CancellationToken cancel)
    {
        var hash = Hash(text);
        var now = commands.Clock.UtcNow();
        await using var db = database.Open();
        var found = await db.Set<ApiKey>().Where(k => k.Hash == hash && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now))
            .Join(db.Set<Worker>().Where(w => w.Active), k => k.WorkerId, w => w.Id, (k, w) => new { k.Id, k.Scopes, k.LastUsedAt, Worker = w }).SingleOrDefaultAsync(cancel);
        if (found is null) return null;
        if ((found.LastUsedAt is null || now - found.LastUsedAt >= BetweenUses) && (!used.TryGetValue(found.Id, out var last) || now - last >= BetweenUses)) await UsedAsync(found.Id, found.Worker, now, cancel);
        return new ApiCaller(found.Id, found.Worker, StillOf(found.Scopes, found.Worker.Role).ToHashSet());
    }

    /// <summary>Kept so that a key nobody uses is seen and revoked: one write in five minutes, however busy the key.</summary>
    private async Task UsedAsync(Guid id, Worker worker, DateTime now, CancellationToken cancel)
    {
        used[id] = now;
        var who = new AuditContext(new Actor(ActorKind.System, worker.Id, $"{worker.Handle} by key"), worker.OrganisationId, "api", Purpose.Assurance, now);
        await commands.RunAsync(who, async c => (Result<int>)await c.Db.Set<ApiKey>().Where(k => k.Id == id).ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, (DateTime?)now), c.Cancel), cancel);
    }

    private static Task<ApiKey?> FindAsync(Command c, Guid id, Guid? organisation) =>
        c.Db.Set<ApiKey>().AsTracking().SingleOrDefaultAsync(k => k.Id == id && c.Db.Set<Worker>().Where(People.OfAPartnerAt(organisation)).Any(w => w.Id == k.WorkerId), c.Cancel);

    private (string Text, ApiKey Row) Make(Guid worker, string scopes, string? label, DateTime at, DateTime expires)
    {
        var text = "ad_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return (text, new ApiKey { Id = Guid.CreateVersion7(), Hash = Hash(text), WorkerId = worker, Scopes = scopes, Label = label, CreatedAt = at, ExpiresAt = expires });
    }

    private byte[] Hash(string text) => key.HashSecret("api-key", text);
}
