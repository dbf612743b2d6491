using AnyDoor.Audit;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Profiles;

/// <summary>What a place works at: its plan, its events, its local issues, and how to begin one.</summary>
public sealed class PlanModel(PlaceDesk desk) : StaffPage
{
    protected override string? Area => "places";

    [BindProperty(SupportsGet = true)] public string Code { get; set; } = "";
    [BindProperty] public WorkKind? Kind { get; set; }
    [BindProperty] public string? Title { get; set; }
    [BindProperty] public string? Topic { get; set; }
    [BindProperty] public string? Spot { get; set; }
    [BindProperty] public DateAnswer Day { get; set; } = new();
    [BindProperty] public string? Words { get; set; }

    public Place Place { get; private set; } = null!;
    public IReadOnlyList<PlaceWork> Work { get; private set; } = [];
    public bool Keeps => May("keep-places");
    public PlanTemplate Template => PlaceWords.Current.TemplateFor(Code);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!Keeps || Kind is not (WorkKind.Plan or WorkKind.Event or WorkKind.Issue) || !await LoadAsync(cancel)) return NotFound();
        var read = Day.Read(out var day);
        if (read > DateProblem.Empty) { ModelState.AddModelError(nameof(Day), "Write the day like 14 10 2026."); return Page(); }
        var done = await desk.OpenAsync(Who(Purpose.StatisticsAndPlanning), Code, Kind.Value, Kind == WorkKind.Plan ? Title ?? $"{Template.Name}: {Place.Name}" : Title, Topic, Spot, day == default ? null : day, Words, cancel);
        if (done.Done) return LocalRedirect($"/staff/places/activities/{done.Value}");
        Refuse(done.Refusal, done.Refusal.Field switch { "title" => nameof(Title), "topic" => nameof(Topic), "words" => nameof(Words), _ => "" });
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await desk.FindAsync(Code, null, cancel) is not { } place) return false;
        (Place, Work) = (place, await desk.WorkAsync(Code, null, cancel));
        return true;
    }
}
