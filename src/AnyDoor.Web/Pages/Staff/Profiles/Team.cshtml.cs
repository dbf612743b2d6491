using AnyDoor.Audit;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Profiles;

/// <summary>A place's team over time: who held which role from when to when, what is vacant, who covers it, who is offered, and which partners serve the place.</summary>
public sealed class TeamModel(PlaceDesk desk, TimeProvider clock) : StaffPage
{
    protected override string? Area => "places";

    [BindProperty(SupportsGet = true)] public string Code { get; set; } = "";
    [BindProperty] public string? Role { get; set; }
    [BindProperty] public PostingKind? Kind { get; set; }
    [BindProperty] public Guid Seat { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Organisation { get; set; }
    [BindProperty] public DateAnswer First { get; set; } = new();
    [BindProperty] public DateAnswer Last { get; set; } = new();
    [BindProperty] public string? Partner { get; set; }
    [BindProperty] public string? Cohort { get; set; }

    public Place Place { get; private set; } = null!;
    public IReadOnlyList<SeatLine> Team { get; private set; } = [];
    public IReadOnlyList<PartnerReach> Reach { get; private set; } = [];
    public bool Keeps => May("keep-places");
    public DateOnly Today => AnyDoor.Common.LondonTime.Today(clock);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostSeatAsync(CancellationToken cancel) => DoAsync(async who => (await desk.AddSeatAsync(who, Code, Role, cancel)).Refusal, cancel);

    public Task<IActionResult> OnPostPostAsync(CancellationToken cancel) => DoAsync(async who =>
    {
        if (First.Read(out var first) > DateProblem.Empty | Last.Read(out var last) > DateProblem.Empty) return new("from", "Write each day like 1 4 2026.", "from");
        return (await desk.PostAsync(who, Seat, Kind ?? PostingKind.Held, Name, Organisation, first == default ? null : first, last == default ? null : last, cancel)).Refusal;
    }, cancel);

    public Task<IActionResult> OnPostEndAsync(Guid posting, CancellationToken cancel) => DoAsync(async who => (await desk.EndPostingAsync(who, posting, Last.Read(out var last) switch { DateProblem.None => last, DateProblem.Empty => Today, _ => null }, cancel)).Refusal, cancel);

    public Task<IActionResult> OnPostReachAsync(CancellationToken cancel) => DoAsync(async who => (await desk.SayReachAsync(who, Code, Partner, Cohort, cancel)).Refusal, cancel);

    public Task<IActionResult> OnPostEndReachAsync(Guid reach, CancellationToken cancel) => DoAsync(async who => (await desk.EndReachAsync(who, reach, cancel)).Refusal, cancel);

    private async Task<IActionResult> DoAsync(Func<AuditContext, Task<AnyDoor.Common.Refusal?>> work, CancellationToken cancel)
    {
        if (!Keeps || !await LoadAsync(cancel)) return NotFound();
        if (await work(Who(Purpose.StatisticsAndPlanning)) is not { } refusal) return LocalRedirect($"/staff/places/{Code}/team");
        Refuse(refusal, refusal.Field switch { "role" => nameof(Role), "name" => nameof(Name), "organisation" => nameof(Organisation), "from" => nameof(First), "until" or "last" => nameof(Last), "partner" => nameof(Partner), _ => "" });
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await desk.FindAsync(Code, null, cancel) is not { } place) return false;
        (Place, Team, Reach) = (place, await desk.TeamAsync(Code, Today, cancel), await desk.ReachAsync(Code, cancel));
        return true;
    }
}
