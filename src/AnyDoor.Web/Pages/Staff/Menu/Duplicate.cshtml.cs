using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Menu;

/// <summary>Two entries side by side: one service, chosen part by part where they differ, or two.</summary>
public sealed class DuplicateModel(MenuDuplicates duplicates) : StaffPage
{
    protected override string? Area => "menu";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public DuplicateShown Shown { get; private set; } = null!;
    /// <summary>They are one already: the older is the one that is kept, and the merge can be taken apart.</summary>
    public bool IsMerged => Shown.Pair.State == DuplicateState.Merged;
    public bool WasTaken(ServicePart part) => (Shown.Pair.Taken ?? "").Split(',').Contains(part.Id);
    public IReadOnlyList<ServicePart> Differing { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    /// <summary>The older one is kept, so that links to it stay; a part that was chosen from the newer is taken into it.</summary>
    public async Task<IActionResult> OnPostMergeAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel) || IsMerged) return NotFound();
        var taken = Differing.Select(p => p.Id).Where(id => Request.Form[$"part-{id}"] == "newer").ToList();
        return After((await duplicates.MergeAsync(Who(Purpose.StatisticsAndPlanning), Id, Shown.Older.Id, taken, cancel)).Refusal);
    }

    public async Task<IActionResult> OnPostDifferAsync(CancellationToken cancel) =>
        await LoadAsync(cancel) && !IsMerged ? After((await duplicates.DifferAsync(Who(Purpose.StatisticsAndPlanning), Id, cancel)).Refusal) : NotFound();

    public async Task<IActionResult> OnPostUndoAsync(CancellationToken cancel) =>
        await LoadAsync(cancel) && IsMerged ? After((await duplicates.UndoAsync(Who(Purpose.StatisticsAndPlanning), Id, cancel)).Refusal) : NotFound();

    private IActionResult After(Common.Refusal? refusal)
    {
        if (refusal is null) return LocalRedirect("/staff/menu/duplicates");
        Refuse(refusal);
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (!May("keep-menu") || await duplicates.FindAsync(Id, cancel) is not { } shown) return false;
        (Shown, Differing) = (shown, ServiceParts.Differing(shown.Older, shown.Newer));
        return true;
    }
}
