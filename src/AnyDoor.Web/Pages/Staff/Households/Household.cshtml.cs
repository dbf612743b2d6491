using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Households;

/// <summary>A household with its members on a day, its requests, and what happened.</summary>
public sealed class HouseholdModel(HubSittings sittings, HouseholdReader households) : StaffPage
{
    protected override string? Area => "households";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? On { get; set; }
    /// <summary>Null: a reason to open it is asked for.</summary>
    public HouseholdFile? Record { get; private set; }
    [BindProperty] public string? Reason { get; set; }
    public IReadOnlyList<StandingJoin> Joins { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await sittings.HouseholdAsync(Reading("household"), Id, On, cancel) is not { } file) return NotFound();
        Record = file;
        if (file.Household.HasJoins && May("answer-match")) Joins = await households.JoinsAsync(Reading("household"), file.Household, cancel);
        return Page();
    }

    /// <summary>Opens it for half an hour on a stated reason, which goes to review. Where this role may not, it is not there.</summary>
    public async Task<IActionResult> OnPostReasonAsync(CancellationToken cancel)
    {
        var opened = await households.StatedReasonAsync(Reading("household"), Id, Reason ?? "", cancel);
        // Said before anything is looked up, so it tells nothing of what is there.
        if (!opened.Done && opened.Refusal.Field == "reason") { Refuse(opened.Refusal, nameof(Reason)); return Page(); }
        return opened is { Done: true, Value: true } ? LocalRedirect($"/staff/households/{Id}") : NotFound();
    }

    public static string Sentence(string kind) => EventSentences.Of(kind);
}
