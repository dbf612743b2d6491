using AnyDoor.Organisations;
using Microsoft.AspNetCore.Identity;

namespace AnyDoor.Web.SignIn;

/// <summary>The two ceremonies of a passkey (WebAuthn), by the framework: making one, and signing in with one. What the browser must answer to stays in a short cookie.</summary>
public sealed class PasskeyDesk(SignInManager<Account> framework, UserManager<Account> users, AccountStore store)
{
    /// <summary>For the browser, to make a passkey of this worker.</summary>
    public Task<string> ToMakeAsync(Guid worker, string email, string name) =>
        framework.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = worker.ToString(), Name = email, DisplayName = name });

    /// <summary>The passkey that the browser made, checked; null when it is not what was asked for.</summary>
    public async Task<UserPasskeyInfo?> MadeAsync(string? credential, Guid worker)
    {
        if (string.IsNullOrWhiteSpace(credential)) return null;
        try
        {
            var made = await framework.PerformPasskeyAttestationAsync(credential);
            return made.Succeeded && made.UserEntity.Id == worker.ToString() ? made.Passkey : null;
        }
        catch (InvalidOperationException)
        {
            // Nobody asked for one, or too long ago.
            return null;
        }
    }

    /// <summary>For the browser, to sign in with whichever passkey it has for us.</summary>
    public Task<string> ToSignInAsync() => framework.MakePasskeyRequestOptionsAsync(null);

    /// <summary>Whose passkey signed; null when it did not.</summary>
    public async Task<Account?> SignedAsync(string? credential, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(credential)) return null;
        try
        {
            var signed = await framework.PerformPasskeyAssertionAsync(credential);
            if (!signed.Succeeded) return null;
            await store.AddOrUpdatePasskeyAsync(signed.User, signed.Passkey, cancel);
            return await users.FindByIdAsync(signed.User.WorkerId.ToString());
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
