using AnyDoor.Audit;
using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Emergency;

/// <summary>Somebody may be in danger: opens a record for some hours, on a law, a reason and a senior's word. Whoever was named as senior answers here for it (R-ISA-03).</summary>
public sealed class IndexModel(EmergencyDesk desk, HouseholdReader households) : StaffPage
{
    protected override string? Area => "emergency";

    [BindProperty] public string? Reference { get; set; }
    [BindProperty] public string? Gateway { get; set; }
    [BindProperty] public Guid? Senior { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public IReadOnlyList<(Guid Id, string Name)> Seniors { get; private set; } = [];
    public IReadOnlyList<(Guid Household, DateTime Until)> OpenNow { get; private set; } = [];
    public IReadOnlyList<EmergencyLine> Named { get; private set; } = [];
    /// <summary>Asks of the hub's workers whether a hidden address may be shown again.</summary>
    public IReadOnlyList<LiftAsk> Lifts { get; private set; } = [];
    public bool MayOpen => May("open-in-emergency");
    /// <summary>Of the hub: outside it somebody else is always asked.</summary>
    public bool MayAgreeAlone => EmergencyDesk.MayAgreeAlone(Worker);
    public bool IsSenior => May("agree-emergency");

    /// <param name="request">Filled in from a request's page.</param>
    public async Task OnGetAsync([FromQuery] string? request, CancellationToken cancel)
    {
        Reference = request;
        await LoadAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayOpen) return NotFound();
        var opened = await desk.OpenAsync(Reading("emergency", Purpose.SafeguardingOrEmergency), new EmergencyAsk(Reference, Gateway, Senior, Reason), cancel);
        if (opened.Done) return LocalRedirect($"/staff/emergency/{opened.Value}");
        Refuse(opened.Refusal, opened.Refusal.Field switch { "gateway" => nameof(Gateway), "senior" => nameof(Senior), "reason" => nameof(Reason), "request" => nameof(Reference), _ => "" });
        await LoadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAnswerAsync(Guid opening, bool agreed, CancellationToken cancel)
    {
        if (!IsSenior) return NotFound();
        var done = await desk.AnswerAsync(Who(Purpose.SafeguardingOrEmergency), opening, agreed, cancel);
        if (done is { Done: true, Value: true }) return LocalRedirect("/staff/emergency");
        if (done.Done) return NotFound();
        Refuse(done.Refusal);
        await LoadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostLiftAsync(Guid ask, bool show, CancellationToken cancel)
    {
        if (!IsSenior) return NotFound();
        var done = await households.AnswerLiftAsync(Reading("emergency", Purpose.RespondToRequest), ask, show, cancel);
        return done is { Done: true, Value: true } ? LocalRedirect("/staff/emergency") : NotFound();
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        if (MayOpen) (Seniors, OpenNow) = (await desk.SeniorsAsync(Worker, cancel), await desk.OpenNowAsync(Worker.WorkerId, Now, cancel));
        Lifts = await households.LiftsAsync(Worker, cancel);
        if (IsSenior) Named = await desk.NamedAsync(Worker.WorkerId, cancel);
    }
}
