using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Reporting;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Profiles;

/// <summary>One plan, event, local issue or note of a councillor: what data says beside what people say, who helped, what is agreed and by whom, and what was learned.</summary>
public sealed class WorkModel(PlaceDesk desk, PlaceBook book, PlaceActivity counts, TimeProvider clock) : StaffPage
{
    protected override string? Area => "places";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public PlaceNoteKind? Kind { get; set; }
    [BindProperty] public string? Words { get; set; }
    [BindProperty] public string? Source { get; set; }
    [BindProperty] public string? People { get; set; }
    [BindProperty] public string? What { get; set; }
    [BindProperty] public Guid? Seat { get; set; }
    [BindProperty] public string? Owner { get; set; }
    [BindProperty] public DateAnswer Due { get; set; } = new();
    [BindProperty] public string? Result { get; set; }
    [BindProperty] public string? Closing { get; set; }

    public WorkView View { get; private set; } = null!;
    public Place Place { get; private set; } = null!;
    public IReadOnlyList<SeatLine> Team { get; private set; } = [];
    /// <summary>What the loaded data says of the place.</summary>
    public IReadOnlyList<DataLine> Data { get; private set; } = [];
    public IReadOnlyList<ActivityLine> Counted { get; private set; } = [];
    public string CountedIn { get; private set; } = "";
    public IReadOnlyList<Dataset> From { get; private set; } = [];
    public bool Keeps => May("keep-places");
    public DateOnly Today => clock.Today();
    public PlanTemplate Template => PlaceWords.Current.Plans.FirstOrDefault(p => p.Id == View.Work.Topic) ?? PlaceWords.Current.Plans[0];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostNoteAsync(CancellationToken cancel) => DoAsync(async who =>
        Kind is not { } kind ? new Refusal("words", "Choose what it is.", "words")
            : string.IsNullOrWhiteSpace(People) || int.TryParse(People, System.Globalization.CultureInfo.InvariantCulture, out _) ? (await desk.NoteAsync(who, Id, kind, Words, Source, int.TryParse(People, System.Globalization.CultureInfo.InvariantCulture, out var people) ? people : null, cancel)).Refusal
            : new Refusal("people", "Enter how many people in figures, or leave it empty.", "people"), cancel);

    public Task<IActionResult> OnPostActAsync(CancellationToken cancel) => DoAsync(async who =>
        Due.Read(out var due) > DateProblem.Empty ? new Refusal("due", "Write the day like 14 10 2026.", "due") : (await desk.ActAsync(who, Id, What, Seat, Owner, due == default ? null : due, cancel)).Refusal, cancel);

    public Task<IActionResult> OnPostDoneAsync(Guid action, CancellationToken cancel) => DoAsync(async who => (await desk.FinishAsync(who, action, Result, cancel)).Refusal, cancel);

    public Task<IActionResult> OnPostCloseAsync(CancellationToken cancel) => DoAsync(async who => (await desk.CloseAsync(who, Id, Closing, cancel)).Refusal, cancel);

    private async Task<IActionResult> DoAsync(Func<AuditContext, Task<Refusal?>> work, CancellationToken cancel)
    {
        if (!Keeps || !await LoadAsync(cancel)) return NotFound();
        if (await work(Who(Purpose.StatisticsAndPlanning)) is not { } refusal) return LocalRedirect($"/staff/places/activities/{Id}");
        Refuse(refusal, refusal.Field switch { "words" => nameof(Words), "source" => nameof(Source), "people" => nameof(People), "what" => nameof(What), "owner" => nameof(Owner), "due" => nameof(Due), "result" => nameof(Result), "closing" => nameof(Closing), _ => "" });
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await desk.ViewAsync(Id, cancel) is not { } view || await desk.FindAsync(view.Work.Place, null, cancel) is not { } place) return false;
        var team = await desk.TeamAsync(place.Code, Today, cancel);
        if (team.Count == 0 && place.District is { } district) team = await desk.TeamAsync(district, Today, cancel);
        (View, Place, Team) = (view, place, team);
        if (view.Work.Kind is WorkKind.Plan or WorkKind.Event)
        {
            var overview = PlaceOverview.Of(await book.RefreshAsync(cancel), place);
            var activity = await counts.OfAsync((await counts.YearsAsync(cancel))[0], cancel);
            (Data, From, CountedIn) = (PlaceEvidence.Of(overview, PapersTables.Deciles()), overview.From, activity.Year.InWords);
            Counted = [.. PlaceActivity.Lines(activity, overview).Where(l => l.Count != "not shown")];
        }
        return true;
    }
}
