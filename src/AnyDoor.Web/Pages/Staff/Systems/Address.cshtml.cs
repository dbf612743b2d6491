using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Systems;

/// <summary>One address: what it was told, a test, a new secret, off and on, and its end.</summary>
[ResponseCache(NoStore = true)]
public sealed class AddressModel(WebhookDesk webhooks) : SystemsPage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    public WebhookShown One { get; private set; } = null!;
    public IReadOnlyList<WebhookTold> Told { get; private set; } = [];
    public WebhookMade? Made { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostTestAsync(CancellationToken cancel) => ChangeAsync(() => webhooks.SendTestAsync(Id, Whose, Who(Purpose.Assurance), cancel));

    public Task<IActionResult> OnPostTurnAsync(bool on, CancellationToken cancel) => ChangeAsync(() => webhooks.TurnAsync(Id, on, Whose, Who(Purpose.Assurance), cancel));

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel) => ChangeAsync(() => webhooks.RemoveAsync(Id, Whose, Who(Purpose.Assurance), cancel), "/staff/systems");

    public async Task<IActionResult> OnPostSecretAsync(CancellationToken cancel)
    {
        if (!MayChange || !await LoadAsync(cancel)) return NotFound();
        var made = await webhooks.NewSecretAsync(Id, Whose, Who(Purpose.Assurance), cancel);
        if (!made.Done) return NotFound();
        Made = made.Value;
        return Page();
    }

    private async Task<IActionResult> ChangeAsync(Func<Task<Result<Nothing>>> change, string? then = null) =>
        MayChange && (await change()).Done ? LocalRedirect(then ?? $"/staff/systems/addresses/{Id}") : NotFound();

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await webhooks.FindAsync(Id, Whose, cancel) is not { } found) return false;
        One = found;
        Told = await webhooks.ToldAsync(Id, cancel);
        return true;
    }

    public static string Words(string kind) => kind switch
    {
        "handover.sent" => "A handover came", "handover.accepted" => "A handover was accepted", "handover.reached" => "They were reached", "handover.helped" => "They were helped",
        "handover.declined" => "A handover was declined", "handover.came-back" => "A handover went back, unanswered", "handover.taken-back" => "A handover was taken back", WebhookDesk.Test => "A test", _ => kind,
    };
}
