using System.Security.Cryptography;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>What a sitting has open.</summary>
/// <param name="OfAsker">It was opened with the code of whoever asked for somebody else.</param>
public sealed record OpenSitting(Guid Id, Guid? DraftId, Guid? RequestId, bool OfAsker = false);

/// <summary>Opens, finds and ends sittings. Whoever holds the token sits here; the server alone says for how long.</summary>
public sealed class Sittings(Database database, Commands commands, LogKey key)
{
    /// <summary>Of nothing happening, while a form is filled.</summary>
    public static readonly TimeSpan FormIdle = TimeSpan.FromMinutes(60);
    /// <summary>Of nothing happening, while a sent request is looked at.</summary>
    public static readonly TimeSpan StatusIdle = TimeSpan.FromMinutes(20);

    // Stands in the token, whose hash is all that is kept: an asker's token cannot be made into another.
    private const string Asker = "asker.";

    /// <summary>Null when there is none, it was ended, or it was quiet for too long.</summary>
    public async Task<OpenSitting?> FindAsync(string? token, DateTime now, CancellationToken cancel)
    {
        if (token is not { Length: > 20 and < 100 }) return null;
        var hash = Hash(key, token);
        await using var db = database.Open();
        var sitting = await db.Set<Sitting>().SingleOrDefaultAsync(s => s.TokenHash == hash, cancel);
        if (sitting is null || sitting.EndedAt is not null || now - sitting.SeenAt > (sitting.RequestId is null ? FormIdle : StatusIdle)) return null;
        if (now - sitting.SeenAt > TimeSpan.FromMinutes(1))
            await db.Set<Sitting>().Where(s => s.Id == sitting.Id && s.SeenAt < now).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), cancel);
        return new OpenSitting(sitting.Id, sitting.DraftId, sitting.RequestId, token.StartsWith(Asker, StringComparison.Ordinal));
    }

    /// <summary>Leave quickly: nothing opens with this token again.</summary>
    public async Task EndAsync(string? token, AuditContext who, CancellationToken cancel)
    {
        if (token is null) return;
        var hash = Hash(key, token);
        await commands.RunAsync(who, async c =>
        {
            await c.Db.Set<Sitting>().Where(s => s.TokenHash == hash && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, who.At), c.Cancel);
            return (Result<Nothing>)Nothing.Value;
        }, cancel);
    }

    internal static string Open(Command c, Guid? draft, Guid? request, bool asker = false)
    {
        var token = (asker ? Asker : "") + Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)).Replace('+', '-').Replace('/', '_');
        c.Insert(new Sitting { Id = Guid.CreateVersion7(), TokenHash = Hash(c.LogKey, token), DraftId = draft, RequestId = request, SeenAt = c.Who.At });
        return token;
    }

    private static byte[] Hash(LogKey key, string token) => key.HashSecret("sitting", token);
}
