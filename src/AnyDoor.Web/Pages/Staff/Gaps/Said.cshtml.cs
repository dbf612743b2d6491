using AnyDoor.Audit;
using AnyDoor.PlaceTeams;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Gaps;

/// <summary>What a group or an outreach place says is needed, without anybody's name (R-CAS-06).</summary>
public sealed class SaidModel(GapDesk desk) : StaffPage
{
    protected override string? Area => "menu";

    [BindProperty] public string? Count { get; set; }
    [BindProperty] public string? Whom { get; set; }
    [BindProperty] public string? What { get; set; }
    [BindProperty] public string? NeedId { get; set; }
    [BindProperty] public string? Place { get; set; }
    [BindProperty] public string? From { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Done { get; set; }

    public IReadOnlyList<GroupNeed> Said { get; private set; } = [];
    public GroupNeed? JustSaid => Said.FirstOrDefault(s => s.Id == Done && s.By == Worker.WorkerId);

    public async Task OnGetAsync(CancellationToken cancel) => Said = await desk.SaidAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var said = await desk.SayAsync(Who(Purpose.StatisticsAndPlanning), new GroupSays(Count, Whom, What, NeedId, Place, From), cancel);
        if (said.Done) return LocalRedirect($"/staff/gaps/said?done={said.Value.Id}");
        Refuse(said.Refusal, said.Refusal.Field switch { "count" => nameof(Count), "whom" => nameof(Whom), "what" => nameof(What), "need" => nameof(NeedId), "place" => nameof(Place), _ => nameof(From) });
        Said = await desk.SaidAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostBackAsync(Guid id, CancellationToken cancel) =>
        (await desk.TakeBackAsync(Who(Purpose.StatisticsAndPlanning), id, cancel)).Done ? LocalRedirect("/staff/gaps/said") : NotFound();
}
