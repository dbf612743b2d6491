using AnyDoor.Audit;
using AnyDoor.Organisations;
using AnyDoor.Web.Layout;
using AnyDoor.Web.SignIn;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff;

/// <summary>A worker's own page: their ways in, where they are signed in, and out everywhere. What changes a way in wants a sign-in that is new.</summary>
[ResponseCache(NoStore = true)]
public sealed class AccountModel(AccountStore store, UserManager<Account> users, StaffSessions sessions, PasskeyDesk passkeys, WayInForms forms, Invitations invitations, PageChrome chrome) : StaffPage
{
    protected override string? Area => null;

    [BindProperty(SupportsGet = true)] public string? Made { get; set; }
    [BindProperty] public string? Credential { get; set; }
    [BindProperty] public string? PasskeyName { get; set; }
    [BindProperty] public string? Id { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty] public string? AppKey { get; set; }
    [BindProperty] public string? AppCode { get; set; }

    /// <summary>Null on a demo, for whoever came in by choosing who they are.</summary>
    public Account? Own { get; private set; }
    public IReadOnlyList<Passkey> Passkeys { get; private set; } = [];
    public IReadOnlyList<SessionShown> Sessions { get; private set; } = [];
    /// <summary>When a link of somebody else's last replaced their way in, and whose.</summary>
    public (DateTime At, string By)? Replaced { get; private set; }
    public int CodesLeft { get; private set; }
    public AppKeyShown? App { get; private set; }
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }
    public bool IsFresh => Working.IsFresh;
    public Guid Here => Working.Session.SessionId;
    /// <summary>Passkeys can be made for them here.</summary>
    public bool MayChange => Own is not null && IsFresh;

    public async Task OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel);

    public async Task<IActionResult> OnPostPasskeyOptionsAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        return MayChange ? Content(await passkeys.ToMakeAsync(Worker.WorkerId, Own!.Email, Worker.Name), "application/json") : NotFound();
    }

    public async Task<IActionResult> OnPostPasskeyAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (!MayChange) return SignInFirst();
        var name = string.IsNullOrWhiteSpace(PasskeyName) ? Device.Of(Request.Headers.UserAgent) : PasskeyName.Trim();
        if (name.Length > 60) ModelState.AddModelError(nameof(PasskeyName), "Write its name in up to 60 characters.");
        else if (await passkeys.MadeAsync(Credential, Worker.WorkerId) is { } made)
        {
            made.Name = name;
            await store.AddOrUpdatePasskeyAsync(Own!, made, cancel);
            return RedirectToPage(new { made = "passkey" });
        }
        else ModelState.AddModelError("", "No passkey was made. Try again.");
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (!MayChange) return SignInFirst();
        if (Passkeys.FirstOrDefault(p => Convert.ToHexString(p.CredentialId) == Id) is not { } passkey) return NotFound();
        if (Passkeys.Count == 1 && Own is { PasswordHash: null, SingleSignOn: null })
        {
            ModelState.AddModelError("", "This is your only way in. Make another one first.");
            return Page();
        }
        await store.RemovePasskeyAsync(Own!, passkey.CredentialId, cancel);
        return RedirectToPage(new { made = "removed" });
    }

    /// <summary>A password with an app: both anew, so that neither is ever without the other.</summary>
    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (!MayChange) return SignInFirst();
        if (PasswordRules.Fault(Password, Own!.Email, Worker.Name, Worker.Handle) is { } fault) ModelState.AddModelError(nameof(Password), fault);
        var key = forms.Again(AppKey, Worker.WorkerId, Own.Email, chrome.PartnershipName);
        if (key is null) ModelState.AddModelError(nameof(AppCode), "The picture below is new, because the page was open for too long. Scan it again and enter the code.");
        else if (!await forms.ShowsAsync(key, AppCode)) ModelState.AddModelError(nameof(AppCode), WayInForms.WrongCode);
        Password = null;
        if (!ModelState.IsValid)
        {
            if (key is not null) App = key;
            return Page();
        }
        (Own.PasswordHash, Own.AppKey, Own.UsedCodes) = (forms.Hash(Request.Form[nameof(Password)].ToString()), forms.Seal(key!), null);
        Own.Doing.Add("way-in.password-set");
        RecoveryCodes = [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(Own, 10))!];
        await sessions.EndAllAsync(Who(Purpose.Assurance), Worker.WorkerId, cancel, but: Here);
        return Page();
    }

    public async Task<IActionResult> OnPostCodesAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (!MayChange || Own!.PasswordHash is null) return SignInFirst();
        Own.Doing.Add("way-in.recovery-codes-made");
        RecoveryCodes = [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(Own, 10))!];
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync(CancellationToken cancel)
    {
        if (!Guid.TryParse(Id, out var id) || !(await sessions.EndAsync(Worker, id, cancel)).Value) return NotFound();
        return RedirectToPage(new { made = "ended" });
    }

    /// <summary>Everywhere, here too.</summary>
    public async Task<IActionResult> OnPostEverywhereAsync(CancellationToken cancel)
    {
        await sessions.EndAllAsync(Who(Purpose.Assurance), Worker.WorkerId, cancel);
        return RedirectToPage("/Staff/SignIn");
    }

    private RedirectResult SignInFirst() => Redirect("/staff/sign-in?returnUrl=/staff/account");

    private async Task LoadAsync(CancellationToken cancel)
    {
        Own = await store.FindByIdAsync(Worker.WorkerId.ToString(), cancel);
        Passkeys = await store.PasskeysAsync(Worker.WorkerId, cancel);
        Sessions = await sessions.OfAsync(Worker.WorkerId, cancel);
        CodesLeft = Own is null ? 0 : await store.CountCodesAsync(Own, cancel);
        Replaced = await invitations.LastReplacedAsync(Worker.WorkerId, cancel);
        if (!MayChange) return;
        App = forms.NewKey(Worker.WorkerId, Own!.Email, chrome.PartnershipName);
    }
}
