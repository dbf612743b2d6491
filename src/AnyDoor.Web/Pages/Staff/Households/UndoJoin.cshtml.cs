using AnyDoor.Households;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Households;

/// <summary>Takes a join back, after saying what that does.</summary>
public sealed class UndoJoinModel(HouseholdReader households) : StaffPage
{
    protected override string? Area => "households";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public Guid Match { get; set; }
    public StandingJoin Join { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => May("answer-match") && await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("answer-match") || !await LoadAsync(cancel)) return NotFound();
        var undone = await households.UndoJoinAsync(Reading("undo-join"), Match, cancel);
        if (undone is { Done: true, Value: true }) return LocalRedirect($"/staff/households/{Id}");
        if (undone.Done) return NotFound();
        Refuse(undone.Refusal);
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await households.OpenAsync(Reading("undo-join"), Id, cancel) is not { } household) return false;
        if ((await households.JoinsAsync(Reading("undo-join"), household, cancel)).FirstOrDefault(j => j.MatchId == Match) is not { } join) return false;
        Join = join;
        return true;
    }
}
