using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Staff;

/// <summary>The demo's way in: be one of the invented workers. Real sign-in takes this page's place.</summary>
public sealed class SignInModel(StaffAccess access, StaffLinks links, Commands commands, TimeProvider clock) : PageModel
{
    /// <summary>In the order of the work: who takes requests comes first.</summary>
    private static readonly (Role Role, string Does)[] Order =
    [
        (Role.HubAdviser, "Takes requests up and makes awards"), (Role.PartnerWorker, "Asks for the person in front of them"), (Role.Navigator, "Walks with households"),
        (Role.FundManager, "Watches the money to the penny"), (Role.Approver, "The second person who says yes"), (Role.Reviewer, "Looks at a decision again"),
        (Role.InformationLead, "Agreements, looks and rights"), (Role.Administrator, "People, imports and settings"), (Role.PlaceCoordinator, "Knows and bends the local offer"),
        (Role.Connector, "Brings people to what is near"), (Role.Councillor, "Three taps to a hand-out on a doorstep"), (Role.ReportAuthor, "Writes to committee"),
        (Role.Analyst, "Sees need and what works"), (Role.PartnerAdministrator, "Looks after a partner’s workers"),
    ];

    [BindProperty]
    public string? As { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public IReadOnlyList<WhoIsWorking> People { get; private set; } = [];

    public static string Does(Role role) => Order.FirstOrDefault(o => o.Role == role).Does ?? "";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        As = People is [var first, ..] ? first.Handle : null;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (People.FirstOrDefault(p => p.Handle == As) is not { } worker)
        {
            ModelState.AddModelError(nameof(As), "Choose who you are");
            return Page();
        }
        await StaffSignIn.SignInAsync(HttpContext, worker);
        await commands.RunAsync(worker.For(Purpose.Assurance, "sign-in", clock.UtcNow()), c =>
        {
            c.Record("worker.signed-in", worker.WorkerId);
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, cancel);
        return LocalRedirect(ReturnUrl is { } back && Url.IsLocalUrl(back) ? back : links.Home(worker.Role));
    }


    private async Task LoadAsync(CancellationToken cancel) => People = [.. (await access.InventedAsync(cancel))
        .OrderBy(w => Array.FindIndex(Order, o => o.Role == w.Role)).ThenBy(w => w.Name, StringComparer.Ordinal).DistinctBy(w => w.WorkerId)];
}
