using AnyDoor.Audit;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>They do not agree with a decision: it is written down for a reviewer, who is not told who they are.</summary>
public sealed class SecondLookModel(HubSittings sittings, SettingsDesk settings, ReviewDesk desk) : RequestPage(sittings, settings)
{
    public const string NothingGiven = "nothing";

    [BindProperty] public string? About { get; set; }
    [BindProperty] public string? InTheirWords { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync("sitting", Purpose.RespondToRequest, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("ask-review") || !await LoadAsync("sitting", Purpose.RespondToRequest, cancel)) return NotFound();
        if (string.IsNullOrEmpty(About)) ModelState.AddModelError(nameof(About), "Choose what they do not agree with.");
        else
        {
            var asked = await desk.AskAsync(Who(), Ref, About == NothingGiven ? null : About, InTheirWords, cancel);
            if (asked.Done) return LocalRedirect($"{Back}/second-look");
            if (asked.Refusal == RequestDesk.NotThere) return NotFound();
            Refuse(asked.Refusal, asked.Refusal.Field == "award" ? nameof(About) : nameof(InTheirWords));
        }
        return Page();
    }
}
