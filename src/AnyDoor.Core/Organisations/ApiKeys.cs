using System.Security.Cryptography;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

/// <summary>Who a partner's system acts for, and what it may do.</summary>
public sealed record ApiCaller(Guid KeyId, Worker Worker, IReadOnlySet<string> Scopes);

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
