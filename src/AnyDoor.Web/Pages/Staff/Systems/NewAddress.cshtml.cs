using AnyDoor.Audit;
using AnyDoor.Organisations;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Systems;

/// <summary>An address of a partner's system. The secret that signs is on the answer to this form and nowhere else.</summary>
[ResponseCache(NoStore = true)]
public sealed class NewAddressModel(WebhookDesk webhooks, AnyDoor.Organisations.Staff staff) : SystemsPage
{
    [BindProperty] public string? Where { get; set; }
    [BindProperty] public Guid? Organisation { get; set; }
    public IReadOnlyList<(Guid Id, string Name)> Organisations { get; private set; } = [];
    public WebhookMade? Made { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!MayChange) return NotFound();
        if (ForAll) Organisations = await staff.OrganisationsAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayChange) return NotFound();
        if (ForAll) Organisations = await staff.OrganisationsAsync(cancel);
        var made = await webhooks.AddAsync(Whose ?? Organisation ?? Guid.Empty, Where, Who(Purpose.Assurance), cancel);
        if (made.Done) Made = made.Value;
        else Refuse(made.Refusal, made.Refusal.Field switch { "url" => nameof(Where), "organisation" => nameof(Organisation), _ => null });
        return Page();
    }
}
