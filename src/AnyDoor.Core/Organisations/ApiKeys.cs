using System.Security.Cryptography;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

/// <summary>Who a partner's system acts for, and what it may do.</summary>
public sealed record ApiCaller(Guid KeyId, Worker Worker, IReadOnlySet<string> Scopes);

/// <summary>A key as it may be shown: never its text.</summary>
/// <param name="Works">Not revoked, and its worker works here.</param>
public sealed record KeyShown(Guid Id, string Worker, IReadOnlyList<string> Scopes, DateTime CreatedAt, DateTime? RevokedAt, bool Works);

/// <summary>Keys for partners' systems: scoped, revocable, stored as a keyed hash only.</summary>
public sealed class ApiKeys(Database database, Commands commands, LogKey key)
{
    public const string ReadSchemes = "schemes:read";
    public const string WriteRequests = "requests:write";
    public const string WriteAwards = "awards:write";

    /// <summary>What each role's key may do: money is given by those who may give it.</summary>
    private static string ScopesOf(Role role) => role switch
    {
        Role.HubAdviser or Role.Navigator => $"{ReadSchemes},{WriteRequests},{WriteAwards}",
        Role.PartnerWorker or Role.PartnerAdministrator or Role.Councillor or Role.Connector => $"{ReadSchemes},{WriteRequests}",
        _ => ReadSchemes,
    };

    /// <summary>Makes a key for a worker. The text is given once.</summary>
    public async Task<Result<string>> CreateAsync(string handle, AuditContext who, CancellationToken cancel)
    {
        var text = "ad_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return await commands.RunAsync(who, async c =>
        {
            var worker = await c.Db.Set<Worker>().SingleOrDefaultAsync(w => w.Handle == handle && w.Active, c.Cancel);
            if (worker is null) return (Result<string>)new Refusal("not-found", $"There is no worker {handle}. Add one with: anydoor workers create", "worker");
            var row = new ApiKey { Id = Guid.CreateVersion7(), Hash = Hash(text), WorkerId = worker.Id, Scopes = ScopesOf(worker.Role), CreatedAt = who.At };
            c.Insert(row);
            c.Record("api-key.created", row.Id);
            return text;
        }, cancel);
    }

    public async Task<Result<Nothing>> RevokeAsync(string text, AuditContext who, CancellationToken cancel)
    {
        var hash = Hash(text);
        return await commands.RunAsync(who, async c =>
        {
            var row = await c.Db.Set<ApiKey>().AsTracking().SingleOrDefaultAsync(k => k.Hash == hash, c.Cancel);
            if (row is null) return (Result<Nothing>)new Refusal("not-found", "There is no such key.");
            row.RevokedAt ??= who.At;
            c.Record("api-key.revoked", row.Id);
            return Nothing.Value;
        }, cancel);
    }

    /// <summary>Every key of a worker, also where its text is lost or the worker has left. Gives how many were good until now.</summary>
    public Task<Result<int>> RevokeAllAsync(string handle, AuditContext who, CancellationToken cancel) => commands.RunAsync(who, async c =>
    {
        if (await c.Db.Set<Worker>().SingleOrDefaultAsync(w => w.Handle == handle, c.Cancel) is not { } worker) return (Result<int>)new Refusal("not-found", $"There is no worker {handle}.", "worker");
        var rows = await c.Db.Set<ApiKey>().AsTracking().Where(k => k.WorkerId == worker.Id && k.RevokedAt == null).ToListAsync(c.Cancel);
        foreach (var row in rows)
        {
            row.RevokedAt = who.At;
            c.Record("api-key.revoked", row.Id);
        }
        return rows.Count;
    }, cancel);

    /// <summary>Every key, by worker, newest first.</summary>
    public async Task<IReadOnlyList<KeyShown>> ListAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var found = await (from row in db.Set<ApiKey>() join worker in db.Set<Worker>() on row.WorkerId equals worker.Id orderby worker.Handle, row.CreatedAt descending select new { Key = row, worker.Handle, worker.Active }).ToListAsync(cancel);
        return [.. found.Select(f => new KeyShown(f.Key.Id, f.Handle, f.Key.Scopes.Split(','), f.Key.CreatedAt, f.Key.RevokedAt, f.Active && f.Key.RevokedAt is null))];
    }

    /// <summary>The caller behind a bearer key; null when the key is unknown or revoked, or its worker has left.</summary>
    public async Task<ApiCaller?> FindAsync(string text, CancellationToken cancel)
    {
        var hash = Hash(text);
        await using var db = database.Open();
        var found = await db.Set<ApiKey>().Where(k => k.Hash == hash && k.RevokedAt == null)
            .Join(db.Set<Worker>().Where(w => w.Active), k => k.WorkerId, w => w.Id, (k, w) => new { k.Id, k.Scopes, Worker = w }).SingleOrDefaultAsync(cancel);
        return found is null ? null : new ApiCaller(found.Id, found.Worker, found.Scopes.Split(',').ToHashSet());
    }

    private byte[] Hash(string text) => key.HashSecret("api-key", text);
}
