using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Reporting;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Log;

/// <summary>Patterns in the log that are worth a question, a week at a time. No record's content, and no resident's name.</summary>
public sealed class UnusualModel(UnusualLooks looks) : StaffPage
{
    protected override string? Area => "information";

    /// <summary>The last day of the week that is shown; today unless told.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? To { get; set; }

    public DateOnly Last { get; private set; }
    public DateOnly First => Last.AddDays(-6);
    public UnusualFindings Found { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var today = LondonTime.DayOf(Now);
        Last = To is { } to && to < today && to > today.AddYears(-10) ? to : today;
        Found = await looks.FindAsync(First, Last, cancel);
    }

    public async Task<IActionResult> OnPostSeenAsync(string rule, Guid worker, DateOnly day, CancellationToken cancel)
    {
        if (!May("review-looks")) return NotFound();
        var done = await looks.SeenAsync(Who(Purpose.Assurance), rule ?? "", worker, day, cancel);
        if (done is { Done: true, Value: false }) return NotFound();
        if (done.Done) return LocalRedirect(To is { } to ? $"/staff/log/unusual?to={to:yyyy-MM-dd}" : "/staff/log/unusual");
        Refuse(done.Refusal);
        await OnGetAsync(cancel);
        return Page();
    }
}
