using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using Microsoft.AspNetCore.Identity;

namespace AnyDoor.Web.SignIn;

/// <summary>
/// Signing in with e-mail, password and code. A wrong password, a wrong code and an account that is not there get one sentence, in one time, and are counted alike:
/// nobody learns who works here.
/// </summary>
public sealed class SignInDesk(UserManager<Account> users, AccountStore store, StaffAccess access, Commands commands)
{
    /// <summary>Wrong tries for one e-mail before it waits.</summary>
    public const int TriesForOne = 6;
    /// <summary>Wrong tries from one address, which may be a whole office's.</summary>
    public const int TriesFromOneAddress = 40;
    public const string DidNotWork = "That did not work. Check all three and try again, or say you cannot sign in.";
    private const string NotWorking = "did-not-work";

    // Made once, so that an account that is not there costs the same work as one that is.
    private static readonly Account Nobody = new() { WorkerId = Guid.Empty, Email = "", EmailFolded = "", CreatedAt = DateTime.UnixEpoch };
    private static string? nobodysHash;

    /// <param name="address">The network address it came from.</param>
    public async Task<Result<(WhoIsWorking Worker, SignedInBy By)>> TryAsync(string? email, string? password, string? code, string address, CancellationToken cancel)
    {
        var folded = Account.Fold(email ?? "");
        var typed = string.Concat((code ?? "").Where(s => !char.IsWhiteSpace(s)));
        if (await CountAsync(folded, address, cancel) is { } wait) return new Refusal("wait", $"There were too many tries. Wait {wait} {(wait == 1 ? "minute" : "minutes")}, then try again.");

        var found = folded.Length == 0 ? null : await store.FindByEmailAsync(folded, cancel);
        var account = found is { PasswordHash: not null, AppKey: not null } ? found : null;
        var passwordRight = users.PasswordHasher.VerifyHashedPassword(account ?? Nobody, account?.PasswordHash ?? NobodysHash(), password ?? "") is not PasswordVerificationResult.Failed && account is not null;
        var codeRight = account is not null && typed.Length == 6 && typed.All(char.IsAsciiDigit) && await users.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, typed);
        if (account is null || !passwordRight) return new Refusal(NotWorking, DidNotWork);

        // Only with the right password is a code used up.
        var by = codeRight && await store.UseCodeAsync(account, typed, cancel) ? SignedInBy.Password
            : typed.Length > 6 && await store.RedeemCodeAsync(account, typed, cancel) ? SignedInBy.RecoveryCode : (SignedInBy?)null;
        if (by is null || await access.FindAsync(account.WorkerId, cancel) is not { } worker) return new Refusal(NotWorking, DidNotWork);
        await commands.RunAsync<Nothing>(Who(), async c =>
        {
            await TryLimits.ForgetAsync(c, "sign-in", folded);
            await TryLimits.GiveBackAsync(c, "sign-in-address", address);
            return Nothing.Value;
        }, cancel);
        return (worker, by.Value);
    }

    /// <summary>What comes after a passkey or the council's own sign-in said who it is.</summary>
    public Task<WhoIsWorking?> WorkerAsync(Account account, CancellationToken cancel) => access.FindAsync(account.WorkerId, cancel);

    private async Task<int?> CountAsync(string folded, string address, CancellationToken cancel)
    {
        var counted = await commands.RunAsync(Who(), async c =>
        {
            var here = await TryLimits.CountAsync(c, "sign-in-address", address, TriesFromOneAddress, TryLimits.Wait);
            var there = await TryLimits.CountAsync(c, "sign-in", folded, TriesForOne, TryLimits.Wait);
            return (Result<int>)Math.Max(here ?? 0, there ?? 0);
        }, cancel);
        return counted.Value > 0 ? counted.Value : null;
    }

    private AuditContext Who() => new(Actor.Job("sign-in"), null, "sign-in", Purpose.Assurance, commands.Clock.UtcNow());

    private string NobodysHash() => nobodysHash ??= users.PasswordHasher.HashPassword(Nobody, "nobody signs in with this");
}
