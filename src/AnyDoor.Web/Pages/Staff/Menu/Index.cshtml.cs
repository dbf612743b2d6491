using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Menu;

/// <summary>The menu for those who work with it: find an entry by its name, and what waits for somebody.</summary>
public sealed class IndexModel(MenuDirectory directory, ServiceReports reports, ServiceEdits edits) : StaffPage
{
    private const int Most = 50;

    protected override string? Area => "menu";

    [BindProperty] public string? Name { get; set; }

    /// <summary>Null: nothing was looked for.</summary>
    public IReadOnlyList<ServiceCard>? Found { get; private set; }
    public bool Keeps => May("keep-menu");
    public int Services { get; private set; }
    public int Due { get; private set; }
    public int Hidden { get; private set; }
    public int Edits { get; private set; }
    /// <summary>What this worker’s own organisation runs, where they may change it.</summary>
    public IReadOnlyList<ServiceCard> Own { get; private set; } = [];
    public (int Open, int Late) Reports { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task OnPostAsync(CancellationToken cancel)
    {
        var index = await LoadAsync(cancel);
        var words = Folding.Fold(Name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) { ModelState.AddModelError(nameof(Name), "Enter a part of its name, or of who runs it."); return; }
        var reader = MenuPages.ReaderOf(Worker);
        Found = [.. index.Services.Where(s => Folding.Fold($"{s.Name} {s.Organisation}") is var folded && words.All(w => folded.Contains(w, StringComparison.Ordinal)))
            .Select(s => ServiceCard.Find(index, s.Uuid, reader, Now)).OfType<ServiceCard>().OrderBy(c => c.Service.Name, StringComparer.Ordinal).Take(Most)];
    }

    private async Task<MenuIndex> LoadAsync(CancellationToken cancel)
    {
        var index = await directory.RefreshAsync(cancel);
        Services = index.Count;
        if (May("edit-own-services")) Own = [.. index.Services.Where(s => ServiceEdits.IsOf(s, Worker.OrganisationName)).Select(s => ServiceCard.Of(s, Now)).OrderBy(c => c.Service.Name, StringComparer.Ordinal)];
        if (!Keeps) return index;
        Edits = await edits.WaitingAsync(cancel);
        var due = DueList.Of(index, LondonTime.DayOf(Now));
        (Due, Hidden, Reports) = (due.Count, due.Count(d => d.State == AssuranceState.Hidden), await reports.WaitingAsync(Now, cancel));
        return index;
    }
}
