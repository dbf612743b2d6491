using AnyDoor.Audit;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>What is read back to one person, from their own answers only: to change, and to print under safe contact.</summary>
public sealed class ReadBackModel(HubSittings sittings, SettingsDesk settings) : RequestPage(sittings, settings)
{
    [BindProperty] public string? Words { get; set; }
    public bool Ready { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync("read-back", Purpose.RespondToRequest, cancel)) return NotFound();
        Words = ReadBack.Words;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync("read-back", Purpose.RespondToRequest, cancel)) return NotFound();
        if (string.IsNullOrWhiteSpace(Words)) ModelState.AddModelError(nameof(Words), "Write what is read back");
        else if (Words.Length > 4000) ModelState.AddModelError(nameof(Words), "Use 4,000 letters or fewer");
        Ready = ModelState.IsValid;
        return Page();
    }
}
