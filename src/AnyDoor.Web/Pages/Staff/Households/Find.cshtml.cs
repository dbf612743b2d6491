using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Households;

/// <summary>Finds people, by a form and never by an address: what is typed is in no log and no history.</summary>
public sealed class FindModel(HouseholdReader households, HubSittings sittings, SearchLimits limits) : StaffPage
{
    protected override string? Area => "households";

    [BindProperty] public string? Q { get; set; }
    public IReadOnlyList<FoundPerson>? Found { get; private set; }

    /// <summary>A reference that has no grounds to open it: a reason is asked for, whether there is such a request or not.</summary>
    public string? OnReason { get; private set; }
    [BindProperty] public string? Reason { get; set; }
    private bool MayStateReason => May("state-reason") && AnyDoor.Organisations.RoleTable.Default.MayOpen(Worker.Role, "queue");

    public void OnGet() { }

    /// <summary>Opens what a resident had stopped, or what ended long ago, for half an hour on a reason that goes to review: a letter of theirs may still be good.</summary>
    public async Task<IActionResult> OnPostReasonAsync(string? reference, CancellationToken cancel)
    {
        if (!MayStateReason || !Reference.TryParse(reference, out var known)) return NotFound();
        var opened = await households.StatedReasonAsync(Reading("search"), await sittings.HouseholdOfAsync(known, cancel) ?? Guid.Empty, Reason ?? "", cancel);
        if (!opened.Done && opened.Refusal.Field == "reason") { OnReason = known; Refuse(opened.Refusal, nameof(Reason)); return Page(); }
        return opened is { Done: true, Value: true } ? LocalRedirect($"/staff/requests/{known}") : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var typed = (Q ?? "").Trim();
        if (Reference.TryParse(typed, out var reference))
        {
            var home = await sittings.HouseholdOfAsync(reference, cancel);
            if (!MayStateReason || (home is { } known && await households.MayOpenAsync(Reading("search"), known, cancel))) return LocalRedirect($"/staff/requests/{reference}");
            // Stopped, ended long ago, or no such reference: one answer for all, and a reason opens the first two.
            OnReason = reference;
            return Page();
        }
        if (typed.Length is < 3 or > 100) { ModelState.AddModelError(nameof(Q), "Type at least 3 letters of a name, a whole postcode, a phone number or a reference"); return Page(); }
        if (await limits.CountAsync(Reading("search"), typing: false, cancel) is { } held) { Refuse(held, nameof(Q)); return Page(); }
        Found = await households.SearchAsync(Reading("search"), typed, cancel);
        return Page();
    }
}
