using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Sharing;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Households;

/// <summary>Finds people, by a form and never by an address: what is typed is in no log and no history.</summary>
public sealed class FindModel(HouseholdReader households, SearchLimits limits) : StaffPage
{
    protected override string? Area => "households";

    [BindProperty] public string? Q { get; set; }
    public IReadOnlyList<FoundPerson>? Found { get; private set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var typed = (Q ?? "").Trim();
        if (Reference.TryParse(typed, out var reference)) return LocalRedirect($"/staff/requests/{reference}");
        if (typed.Length is < 3 or > 100) { ModelState.AddModelError(nameof(Q), "Type at least 3 letters of a name, a whole postcode, a phone number or a reference"); return Page(); }
        if (await limits.CountAsync(Reading("search"), typing: false, cancel) is { } held) { Refuse(held, nameof(Q)); return Page(); }
        Found = await households.SearchAsync(Reading("search"), typed, cancel);
        return Page();
    }
}
