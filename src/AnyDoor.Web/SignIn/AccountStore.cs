using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Organisations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.SignIn;

/// <summary>
/// ASP.NET Core Identity over our own tables: every change goes through <see cref="Commands"/>, so that it stands in the log with what it changed.
/// The app's key is stored encrypted, recovery codes as keyed hashes.
/// </summary>
public sealed class AccountStore(Database database, Commands commands, LogKey logKey, IDataProtectionProvider protection) :
    IUserPasswordStore<Account>, IUserEmailStore<Account>, IUserAuthenticatorKeyStore<Account>, IUserTwoFactorRecoveryCodeStore<Account>, IUserPasskeyStore<Account>
{
    /// <summary>As many newest codes as the app's window can hold.</summary>
    private const int UsedCodesKept = 5;
    private readonly IDataProtector appKeys = protection.CreateProtector("AnyDoor.SignIn.AppKey");

    public string Seal(string appKey) => appKeys.Protect(appKey);

    /// <summary>Whether a code was used before; it is from now on.</summary>
    public async Task<bool> UseCodeAsync(Account account, string code, CancellationToken cancel)
    {
        var hash = Convert.ToHexString(logKey.HashSecret("app-code", $"{account.WorkerId:N} {code}"));
        var used = (account.UsedCodes ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (used.Contains(hash, StringComparer.Ordinal)) return false;
        account.UsedCodes = string.Join(',', used.Append(hash).TakeLast(UsedCodesKept));
        return (await UpdateAsync(account, cancel)).Succeeded;
    }

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        var saved = await commands.RunAsync(Who(user), async c =>
        {
            var row = await c.Db.Set<Account>().AsTracking().SingleOrDefaultAsync(a => a.WorkerId == user.WorkerId, c.Cancel);
            if (row is null || row.Version != user.Version) return (Result<int>)new Refusal("changed", "This was changed elsewhere in the meantime. Look again.");
            (row.Email, row.EmailFolded, row.PasswordHash, row.AppKey, row.UsedCodes, row.RecoveryCodes, row.SingleSignOn) = (user.Email, user.EmailFolded, user.PasswordHash, user.AppKey, user.UsedCodes, user.RecoveryCodes, user.SingleSignOn);
            row.Version++;
            foreach (var what in user.Doing) c.Record(what, user.WorkerId);
            return row.Version;
        }, cancellationToken);
        if (!saved.Done) return IdentityResult.Failed(new IdentityError { Code = saved.Refusal.Code, Description = saved.Refusal.Sentence });
        user.Version = saved.Value;
        user.Doing.Clear();
        return IdentityResult.Success;
    }

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(userId, out var id)) return null;
        await using var db = database.Open();
        return await db.Set<Account>().SingleOrDefaultAsync(a => a.WorkerId == id, cancellationToken);
    }

    public async Task<Account?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken)
    {
        var folded = Account.Fold(normalizedEmail);
        await using var db = database.Open();
        return await db.Set<Account>().SingleOrDefaultAsync(a => a.EmailFolded == folded, cancellationToken);
    }

    public async Task<Account?> FindBySubjectAsync(string subject, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<Account>().SingleOrDefaultAsync(a => a.SingleSignOn == subject, cancel);
    }

    // Accounts are made by an invitation and ended by disabling the worker, never by Identity.
    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByEmailAsync(normalizedUserName, cancellationToken);
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.WorkerId.ToString());
    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);
    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.EmailFolded);
    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task SetEmailAsync(Account user, string? email, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task<string?> GetEmailAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);
    public Task<bool> GetEmailConfirmedAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(true);
    public Task SetEmailConfirmedAsync(Account user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task<string?> GetNormalizedEmailAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.EmailFolded);
    public Task SetNormalizedEmailAsync(Account user, string? normalizedEmail, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);
    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.AppKey is null ? null : appKeys.Unprotect(user.AppKey));

    public Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken)
    {
        user.AppKey = appKeys.Protect(key);
        return Task.CompletedTask;
    }

    public Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        user.RecoveryCodes = string.Join(',', recoveryCodes.Select(code => HashOf(user, code)));
        return Task.CompletedTask;
    }

    public async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        var (left, hash) = ((user.RecoveryCodes ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries), HashOf(user, code));
        if (!left.Contains(hash, StringComparer.Ordinal)) return false;
        user.RecoveryCodes = string.Join(',', left.Where(h => h != hash));
        user.Doing.Add("way-in.recovery-code-used");
        return (await UpdateAsync(user, cancellationToken)).Succeeded;
    }

    public Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult((user.RecoveryCodes ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Length);

    public async Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => await commands.RunAsync(Who(user), async c =>
    {
        if (await c.Db.Set<Passkey>().AsTracking().SingleOrDefaultAsync(p => p.CredentialId == passkey.CredentialId, c.Cancel) is { } known)
        {
            if (known.WorkerId != user.WorkerId) return (Result<Nothing>)new Refusal("taken", "This passkey belongs to somebody else.");
            (known.SignCount, known.UserVerified, known.BackedUp, known.UsedAt) = (passkey.SignCount, passkey.IsUserVerified, passkey.IsBackedUp, c.Who.At);
        }
        else
        {
            c.Insert(From(passkey, user.WorkerId, passkey.Name ?? "Passkey", c.Who.At));
            c.Record("way-in.passkey-added", user.WorkerId);
        }
        return Nothing.Value;
    }, cancellationToken);

    public static Passkey From(UserPasskeyInfo passkey, Guid worker, string name, DateTime at) => new()
    {
        CredentialId = passkey.CredentialId, WorkerId = worker, Name = name, PublicKey = passkey.PublicKey, SignCount = passkey.SignCount, Transports = string.Join(',', passkey.Transports ?? []),
        UserVerified = passkey.IsUserVerified, BackupEligible = passkey.IsBackupEligible, BackedUp = passkey.IsBackedUp, Attestation = passkey.AttestationObject, ClientData = passkey.ClientDataJson, CreatedAt = at,
    };

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = await db.Set<Passkey>().Where(p => p.WorkerId == user.WorkerId).OrderBy(p => p.CreatedAt).ToListAsync(cancellationToken);
        return rows.ConvertAll(To);
    }

    /// <summary>With when each was last used.</summary>
    public async Task<IReadOnlyList<Passkey>> PasskeysAsync(Guid worker, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<Passkey>().Where(p => p.WorkerId == worker).OrderBy(p => p.CreatedAt).ToListAsync(cancel);
    }

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Set<Passkey>().Where(p => p.CredentialId == credentialId).Join(db.Set<Account>(), p => p.WorkerId, a => a.WorkerId, (p, a) => a).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Set<Passkey>().SingleOrDefaultAsync(p => p.CredentialId == credentialId && p.WorkerId == user.WorkerId, cancellationToken) is { } row ? To(row) : null;
    }

    public async Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => await commands.RunAsync(Who(user), async c =>
    {
        if (await c.Db.Set<Passkey>().Where(p => p.CredentialId == credentialId && p.WorkerId == user.WorkerId).ExecuteDeleteAsync(c.Cancel) > 0) c.Record("way-in.passkey-removed", user.WorkerId);
        return (Result<Nothing>)Nothing.Value;
    }, cancellationToken);

    public void Dispose()
    {
        // Nothing is held open between calls.
    }

    private static UserPasskeyInfo To(Passkey row) => new(row.CredentialId, row.PublicKey, new DateTimeOffset(row.CreatedAt, TimeSpan.Zero), (uint)row.SignCount, row.Transports.Length == 0 ? null : row.Transports.Split(','),
        row.UserVerified, row.BackupEligible, row.BackedUp, row.Attestation, row.ClientData) { Name = row.Name };

    private string HashOf(Account user, string code) => Convert.ToHexString(logKey.HashSecret("recovery-code", $"{user.WorkerId:N} {code.Trim().ToUpperInvariant()}"));

    private AuditContext Who(Account user) => new(Actor.Worker(user.WorkerId, "own account"), null, "sign-in", Purpose.Assurance, commands.Clock.UtcNow());
}
