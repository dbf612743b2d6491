using AnyDoor.Audit;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>A new secret code for the person themselves, once it is sure that it is them. Shown once, to be read out.</summary>
[ResponseCache(NoStore = true)]
public sealed class CodeModel(HubSittings sittings, SettingsDesk settings, RequestStatusDesk desk) : RequestPage(sittings, settings)
{
    [BindProperty] public string? How { get; set; }
    /// <summary>Of the request as it was shown: a page that is sent twice makes one code.</summary>
    [BindProperty] public int? Version { get; set; }
    /// <summary>Set once it is made.</summary>
    public string? Code { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        var made = await desk.ReissueCodeAsync(Sitting.Request.Id, How ?? "", Who(), cancel, Version);
        if (made.Done) Code = made.Value;
        else Refuse(made.Refusal, made.Refusal.Field == "how" ? nameof(How) : null);
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel) => May("hold-conversation") && await LoadAsync("new-code", Purpose.RespondToRequest, cancel) && MayMakeCode;
}
