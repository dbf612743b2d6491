using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>One tap for those who run a service: nothing has changed. Looking confirms nothing, for mail programs look at every link by themselves.</summary>
[ResponseCache(NoStore = true)]
public sealed class CheckLinkModel(CheckLinks links, TimeProvider clock) : PageModel
{
    [FromRoute] public string Token { get; set; } = "";

    public ServiceCard Card { get; private set; } = null!;
    public LinkState State { get; private set; }
    public DateOnly LastDay { get; private set; }
    public bool IsPublic { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var who = new AuditContext(new Actor(ActorKind.System, null, "check-link"), null, "check-link", Purpose.StatisticsAndPlanning, clock.UtcNow());
        await links.ConfirmAsync(who, Token, cancel);
        return await LoadAsync(cancel) ? LocalRedirect($"/menu/check/{Token}") : NotFound();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await links.ReadAsync(Token, clock.Today(), cancel) is not var (service, state, last)) return false;
        (Card, State, LastDay) = (ServiceCard.Of(service, clock.UtcNow()), state, last);
        IsPublic = Card is { IsClosed: false, Service.Visibility: Visibility.Public, Assurance: not AssuranceState.Hidden };
        return true;
    }
}
