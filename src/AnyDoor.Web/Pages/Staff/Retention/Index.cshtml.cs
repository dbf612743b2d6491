using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Rights;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Retention;

/// <summary>How long we keep what, what falls due, what is held, and what was disposed of. Counts and short marks; nobody is named.</summary>
public sealed class IndexModel(RetentionDesk desk) : StaffPage
{
    protected override string? Area => "information";

    [BindProperty] public string? On { get; set; }
    [BindProperty] public HoldFor? What { get; set; }
    [BindProperty] public string? Why { get; set; }
    [BindProperty] public DateAnswer Until { get; set; } = new();

    /// <summary>How many go, typed by whoever has read the list.</summary>
    [BindProperty] public string? Typed { get; set; }
    /// <summary>The list of what is still open is asked for.</summary>
    [BindProperty(SupportsGet = true)] public bool Open { get; set; }

    public RetentionSchedule Schedule => RetentionSchedule.Current;
    public IReadOnlyList<DisposalReport> Runs { get; private set; } = [];
    public IReadOnlyList<HoldLine> Holds { get; private set; } = [];
    public IReadOnlyList<WaitingRecord>? Waiting { get; private set; }
    /// <summary>The newest look at what is due, when nothing was disposed of after it.</summary>
    public DisposalReport? Due => Runs is [{ Run: { Dry: true, FinishedAt: not null } } newest, ..] ? newest : null;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Runs = await desk.RunsAsync(12, cancel);
        Holds = await desk.HoldsAsync(LondonTime.DayOf(Now), cancel);
        if (Open && Due is { } due) Waiting = await desk.WaitingAsync(due.Run.AsOf, cancel);
    }

    public async Task<IActionResult> OnPostLookAsync(CancellationToken cancel)
    {
        if (!May("dispose")) return NotFound();
        await desk.RunAsync(Who(Purpose.Assurance), dry: true, cancel);
        return LocalRedirect("/staff/retention#due");
    }

    /// <summary>Only after a look, so that nothing goes which nobody has seen.</summary>
    public async Task<IActionResult> OnPostDisposeAsync(Guid looked, CancellationToken cancel)
    {
        if (!May("dispose")) return NotFound();
        await OnGetAsync(cancel);
        if (Due is not { } due || due.Run.Id != looked)
        {
            ModelState.AddModelError("", "Something changed since you looked. Look again at what is due, then dispose of it.");
            return Page();
        }
        if (!int.TryParse(Typed, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture, out var typed) || typed != due.Count)
        {
            Typed ??= "";
            ModelState.AddModelError(nameof(Typed), $"Type {due.Count:N0}, which is how many go");
            return Page();
        }
        await desk.RunAsync(Who(Purpose.Assurance), dry: false, cancel, due.Run.AsOf, due.Run.Id);
        return LocalRedirect("/staff/retention#runs");
    }

    public async Task<IActionResult> OnPostHoldAsync(CancellationToken cancel)
    {
        if (!May("dispose")) return NotFound();
        if (What is null) ModelState.AddModelError(nameof(What), "Choose what it is held for");
        var until = Until.Read(out var day) switch { DateProblem.None => day, DateProblem.Empty => (DateOnly?)null, _ => DateOnly.MinValue };
        if (until == DateOnly.MinValue) ModelState.AddModelError(nameof(Until), "Write a day like 31 3 2028, or leave it empty");
        if (ModelState.IsValid)
        {
            var done = await desk.HoldAsync(Who(Purpose.Assurance), On ?? "", What!.Value, Why ?? "", until, cancel);
            if (done.Done) return LocalRedirect("/staff/retention#holds");
            Refuse(done.Refusal, done.Refusal.Field switch { "on" => nameof(On), "why" => nameof(Why), "until" => nameof(Until), _ => "" });
        }
        await OnGetAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostLiftAsync(Guid hold, CancellationToken cancel)
    {
        if (!May("dispose")) return NotFound();
        return (await desk.LiftAsync(Who(Purpose.Assurance), hold, cancel)).Value ? LocalRedirect("/staff/retention#holds") : NotFound();
    }
}
