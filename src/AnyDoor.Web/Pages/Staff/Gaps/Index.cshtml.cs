using AnyDoor.Audit;
using AnyDoor.PlaceTeams;
using AnyDoor.Reporting;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AnyDoor.Web.Pages.Staff.Gaps;

/// <summary>The gap board: needs by place that nothing on the menu meets, whose each is and how far it has come (R-MEN-04).</summary>
public sealed class IndexModel(GapDesk desk) : StaffPage
{
    protected override string? Area => "places";

    [BindProperty(SupportsGet = true)] public string? District { get; set; }
    [BindProperty] public string? NeedId { get; set; }
    [BindProperty] public string? Place { get; set; }
    [BindProperty] public string? Missing { get; set; }

    public IReadOnlyList<Gap> Gaps { get; private set; } = [];
    public bool Keeps => May("keep-places");

    public static IEnumerable<SelectListItem> Needs => AnyDoor.Vocabulary.Words.Current.Needs.Select(n => new SelectListItem(n.Staff, n.Id));

    /// <summary>Districts first, then every place by its name.</summary>
    public static IEnumerable<SelectListItem> Places => AnyDoor.Places.District.All.Select(d => new SelectListItem(d.Name, d.Code))
        .Concat(GapPlace.Named.OrderBy(p => p.Value.Name, StringComparer.Ordinal).Select(p => new SelectListItem($"{p.Value.Name}, {AnyDoor.Places.District.Find(p.Value.District)?.Name}", p.Key)));

    public static string NeedWords(string id) => AnyDoor.Vocabulary.Words.Current.Need(id)?.Staff ?? id;

    public static string StatusWords(GapStatus status) => status switch { GapStatus.Open => "Open", GapStatus.Commissioned => "Commissioned", GapStatus.Adapted => "Being adapted", GapStatus.PartnerFilled => "Filled by a partner", _ => "Closed" };

    public string Shown(int count) => BehindGaps.Say(count, Worker.Role);

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!Keeps) return NotFound();
        var opened = await desk.OpenAsync(Who(Purpose.StatisticsAndPlanning), NeedId, GapPlace.Find(Place), Missing, Worker.WorkerId, null, cancel);
        if (opened.Done) return LocalRedirect($"/staff/gaps/{opened.Value}");
        Refuse(opened.Refusal, opened.Refusal.Field switch { "need" => nameof(NeedId), "place" => nameof(Place), _ => nameof(Missing) });
        await LoadAsync(cancel);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancel) =>
        Gaps = [.. (await desk.BoardAsync(cancel)).Where(g => string.IsNullOrEmpty(District) || g.District == District)];
}
