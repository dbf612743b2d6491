using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Web.Layout;
using AnyDoor.Web.SignIn;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Staff;

/// <summary>A one-time link: make your way in, once. Looking does not use it up.</summary>
[ResponseCache(NoStore = true)]
public sealed class InvitationModel(Invitations invitations, WayInForms forms, PasskeyDesk passkeys, AccountStore store, UserManager<Account> users, StaffAccess access, StaffLinks links, PageChrome chrome, TimeProvider clock, IServiceProvider services) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Code { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string? Failed { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Organisation { get; set; }
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty] public string? AppCode { get; set; }
    [BindProperty] public string? AppKey { get; set; }
    [BindProperty] public string? Credential { get; set; }

    /// <summary>Null: the link opens nothing.</summary>
    public InvitationShown? Shown { get; private set; }
    public AppKeyShown App { get; private set; } = null!;
    /// <summary>Set once the way in is made with a password: shown once.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }
    public string Home { get; private set; } = "/staff";
    public SingleSignOn? Council { get; } = services.GetService<SingleSignOn>();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await LoadAsync(cancel) is not { } shown) return Over();
        (Email, Name, Organisation) = (shown.Email, shown.Name, shown.Organisation);
        if (Failed is not null) ModelState.AddModelError("", Failed switch { "single-sign-on" => "Somebody else signs in here with that council account. Ask an administrator.", "email" => "Somebody signs in with that email already. Use another.", _ => "That did not work. Try again, or choose another way." });
        ShowApp();
        return Page();
    }

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken cancel)
    {
        if (await LoadAsync(cancel) is not { } shown) return Over();
        CheckWho();
        if (PasswordRules.Fault(Password, Email, shown.Email, shown.Name ?? Name, shown.Handle) is { } fault) ModelState.AddModelError(nameof(Password), fault);
        var key = forms.Again(AppKey, shown.Id, Email ?? "", chrome.PartnershipName);
        if (key is null) ModelState.AddModelError(nameof(AppCode), "The picture below is new, because the page was open for too long. Scan it again and enter the code.");
        else if (!await forms.ShowsAsync(key, AppCode)) ModelState.AddModelError(nameof(AppCode), WayInForms.WrongCode);
        if (!ModelState.IsValid || key is null) return Again(key);
        var accepted = await invitations.AcceptAsync(Code, new WayIn(Email!, forms.Hash(Password!), forms.Seal(key), Name: Name, Organisation: Organisation), cancel);
        if (!accepted.Done) return Refused(accepted.Refusal, key);
        var account = (await store.FindByIdAsync(accepted.Value.ToString(), cancel))!;
        await store.UseCodeAsync(account, string.Concat(AppCode!.Where(char.IsAsciiDigit)), cancel);
        RecoveryCodes = [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(account, 10))!];
        return await InAsync(accepted.Value, cancel) ? Page() : Over();
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync(CancellationToken cancel) =>
        await LoadAsync(cancel) is { } shown ? Content(await passkeys.ToMakeAsync(shown.WorkerId ?? shown.Id, Email ?? "you", shown.Name ?? Name ?? "You"), "application/json") : NotFound();

    public async Task<IActionResult> OnPostPasskeyAsync(CancellationToken cancel)
    {
        if (await LoadAsync(cancel) is not { } shown) return Over();
        CheckWho();
        var made = await passkeys.MadeAsync(Credential, shown.WorkerId ?? shown.Id);
        if (made is null && ModelState.IsValid) ModelState.AddModelError("", "No passkey was made. Try again, or choose a password.");
        if (made is null || !ModelState.IsValid) return Again(null);
        var accepted = await invitations.AcceptAsync(Code, new WayIn(Email!, Passkey: AccountStore.From(made, Guid.Empty, Device.Of(Request.Headers.UserAgent), clock.UtcNow()), Name: Name, Organisation: Organisation), cancel);
        if (!accepted.Done) return Refused(accepted.Refusal, null);
        return await InAsync(accepted.Value, cancel) ? LocalRedirect("/staff/account?made=passkey") : Over();
    }

    /// <summary>By the council's own sign-in: what was typed here goes along, sealed, and comes back.</summary>
    public async Task<IActionResult> OnPostCouncilAsync(CancellationToken cancel)
    {
        if (Council is null) return NotFound();
        if (await LoadAsync(cancel) is null) return Over();
        CheckWho();
        if (!ModelState.IsValid) return Again(null);
        return Challenge(new AuthenticationProperties { RedirectUri = "/staff/sign-in/council", Items = { ["invitation"] = Code, ["email"] = Email, ["name"] = Name, ["organisation"] = Organisation } }, SingleSignOn.Scheme);
    }

    private void CheckWho()
    {
        if (string.IsNullOrWhiteSpace(Email) || !Email.Contains('@', StringComparison.Ordinal)) ModelState.AddModelError(nameof(Email), "Enter your work email, like n.name@council.example");
        if (Shown!.FirstOfAll && string.IsNullOrWhiteSpace(Name)) ModelState.AddModelError(nameof(Name), "Enter your name");
        if (Shown.FirstOfAll && string.IsNullOrWhiteSpace(Organisation)) ModelState.AddModelError(nameof(Organisation), "Enter where you work");
    }

    private async Task<bool> InAsync(Guid worker, CancellationToken cancel)
    {
        if (await access.FindAsync(worker, cancel) is not { } in_) return false;
        await StaffSignIn.SignInAsync(HttpContext, in_, SignedInBy.Invitation);
        Home = links.Home(in_.Role);
        return true;
    }

    private PageResult Refused(Refusal refusal, AppKeyShown? key)
    {
        ModelState.AddModelError(refusal.Field switch { "email" => nameof(Email), "name" => nameof(Name), "organisation" => nameof(Organisation), _ => "" }, refusal.Sentence);
        return Again(key);
    }

    private PageResult Again(AppKeyShown? key)
    {
        if (key is null) ShowApp();
        else App = key;
        Password = null;
        return Page();
    }

    private void ShowApp()
    {
        App = forms.NewKey(Shown!.Id, Email ?? "", chrome.PartnershipName);
        ModelState.Remove(nameof(AppKey));
    }

    private PageResult Over()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        Shown = null;
        return Page();
    }

    private async Task<InvitationShown?> LoadAsync(CancellationToken cancel) => Shown = await invitations.FindAsync(Code, cancel);
}
