using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using AnyDoor.Vocabulary;
using AnyDoor.Web.Layout;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Doorstep;

/// <summary>The second and third tap, and what there is. The address holds a place, a need and a kind of person, and nobody. The third tap is a form, so that a need that finds nothing is noted once.</summary>
public sealed class StepModel(MenuDirectory directory, MenuService menu, PageChrome chrome) : StaffPage
{
    public const string DoorId = "doorstep";

    protected override string? Area => null;

    [BindProperty(SupportsGet = true)] public string Place { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string? Need { get; set; }
    [BindProperty(SupportsGet = true)] public string? Kind { get; set; }

    public GapPlace Where { get; private set; } = GapPlace.NotKnown;
    public Need? Asked { get; private set; }
    public ServiceDirectory.Doorstep? Chosen { get; private set; }
    public MenuResult? Result { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!Read()) return NotFound();
        if (Chosen is not null) Result = Chosen.Match(await directory.RefreshAsync(cancel), Now, chrome.HubNumber);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!Read() || Chosen is null) return NotFound();
        var result = Chosen.Match(await directory.RefreshAsync(cancel), Now, chrome.HubNumber);
        if (result.Missing.Count > 0) await menu.NoteGapsAsync(Who(Purpose.StatisticsAndPlanning) with { Door = DoorId }, [Chosen.Need.Id], Chosen.Place, cancel);
        return LocalRedirect($"/staff/doorstep/{Chosen.Address}");
    }

    private bool Read()
    {
        if (GapPlace.Find(Place) is not { } where) return false;
        Where = where;
        if (Need is null) return true;
        if ((Asked = Words.Current.Need(Need)) is null) return false;
        if (Kind is not null) Chosen = ServiceDirectory.Doorstep.Find(Place, Need, Kind);
        return Kind is null || Chosen is not null;
    }
}
