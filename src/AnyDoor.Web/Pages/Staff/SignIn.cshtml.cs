using AnyDoor.Organisations;
using AnyDoor.Web.Layout;
using AnyDoor.Web.SignIn;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Staff;

/// <summary>The way in: a passkey first, a password with a code second, the council's own sign-in where it is set; on a demo also anybody who is invented.</summary>
[ResponseCache(NoStore = true)]
public sealed class SignInModel(StaffAccess access, StaffLinks links, SignInDesk desk, PasskeyDesk passkeys, WorkingAs working, PartnershipOptions partnership, IServiceProvider services) : PageModel
{
    /// <summary>In the order of the work: who takes requests comes first.</summary>
    private static readonly (Role Role, string Does)[] Order =
    [
        (Role.HubAdviser, "Takes requests up and makes awards"), (Role.PartnerWorker, "Asks for the person in front of them"), (Role.Navigator, "Walks with households"),
        (Role.FundManager, "Watches the money to the penny"), (Role.Approver, "The second person who says yes"), (Role.Reviewer, "Looks at a decision again"),
        (Role.InformationLead, "Agreements, looks and rights"), (Role.Administrator, "People, imports and settings"), (Role.PlaceCoordinator, "Knows and bends the local offer"),
        (Role.Connector, "Brings people to what is near"), (Role.Councillor, "Three taps to a hand-out on a doorstep"), (Role.ReportAuthor, "Writes to committee"),
        (Role.ParishClerk, "Keeps the menu right in a parish"), (Role.Analyst, "Sees need and what works"), (Role.PartnerAdministrator, "Looks after a partner’s workers"),
    ];

    [BindProperty] public string? As { get; set; }
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty] public string? Code { get; set; }
    /// <summary>What the browser's passkey answered, as JSON.</summary>
    [BindProperty] public string? Credential { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    /// <summary>What went wrong on the way back from elsewhere.</summary>
    [BindProperty(SupportsGet = true)] public string? Failed { get; set; }

    public IReadOnlyList<WhoIsWorking> People { get; private set; } = [];
    public bool Demo => partnership.Demo;
    public SingleSignOn? Council { get; } = services.GetService<SingleSignOn>();
    /// <summary>Somebody who is in, and is asked again because what they want to change needs it.</summary>
    public string? Again => working.SignedIn ? working.Worker.Name : null;
    public bool FormIsKept => ReturnUrl?.StartsWith("/staff/kept/", StringComparison.Ordinal) == true;

    public static string Does(Role role) => Order.FirstOrDefault(o => o.Role == role).Does ?? "";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        As = People is [var first, ..] ? first.Handle : null;
        if (Failed == "passkey") ModelState.AddModelError("", "That passkey did not work here. Use another one, or your password and code.");
        if (Failed == "council") ModelState.AddModelError("", "Nobody who works here signs in with that council account yet. Open your invitation first, or ask your organisation’s administrator.");
    }

    /// <summary>Be one of the invented workers: on a demo only.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!Demo) return NotFound();
        await LoadAsync(cancel);
        if (People.FirstOrDefault(p => p.Handle == As) is { } worker) return await InAsync(worker, SignedInBy.Demo);
        ModelState.AddModelError(nameof(As), "Choose who you are");
        return Page();
    }

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        var tried = await desk.TryAsync(Email, Password, Code, HttpContext.Connection.RemoteIpAddress?.ToString() ?? "", cancel);
        (Password, Code) = (null, null);
        if (tried.Done) return await InAsync(tried.Value.Worker, tried.Value.By);
        ModelState.AddModelError(nameof(Email), tried.Refusal.Sentence);
        Response.StatusCode = tried.Refusal.Code == "wait" ? StatusCodes.Status429TooManyRequests : StatusCodes.Status200OK;
        return Page();
    }

    /// <summary>What the browser asks its passkeys for.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(await passkeys.ToSignInAsync(), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(CancellationToken cancel)
    {
        if (await passkeys.SignedAsync(Credential, cancel) is { } account && await desk.WorkerAsync(account, cancel) is { } worker) return await InAsync(worker, SignedInBy.Passkey);
        return RedirectToPage(new { failed = "passkey", returnUrl = ReturnUrl });
    }

    public IActionResult OnPostCouncil() => Council is null ? NotFound()
        : Challenge(new AuthenticationProperties { RedirectUri = "/staff/sign-in/council", Items = { ["back"] = Back } }, SingleSignOn.Scheme);

    private string? Back => ReturnUrl is { } back && Url.IsLocalUrl(back) ? back : null;

    private async Task<IActionResult> InAsync(WhoIsWorking worker, SignedInBy by)
    {
        await StaffSignIn.SignInAsync(HttpContext, worker, by);
        return LocalRedirect(Back ?? links.Home(worker.Role));
    }

    private async Task LoadAsync(CancellationToken cancel) => People = !Demo ? [] : [.. (await access.InventedAsync(cancel))
        .OrderBy(w => Array.FindIndex(Order, o => o.Role == w.Role)).ThenBy(w => w.Name, StringComparer.Ordinal).DistinctBy(w => w.WorkerId)];
}
