using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Menu;

/// <summary>What people say is wrong on the menu, the longest waiting first.</summary>
public sealed class ReportsModel(ServiceReports reports) : StaffPage
{
    protected override string? Area => "menu";

    public IReadOnlyList<ReportShown> All { get; private set; } = [];

    public static string KindWords(ReportKind kind) => kind switch { ReportKind.Details => "A time, place, number or cost is wrong", ReportKind.Closed => "It is not there any more", _ => "It was not as it says" };

    public static string OutcomeWords(ReportOutcome? outcome) => outcome switch { ReportOutcome.Mended => "Mended", ReportOutcome.RightAsItIs => "It was right", ReportOutcome.TakenOff => "Taken off the menu", _ => "" };

    public bool IsLate(ServiceReport report) => report is { IsOpen: true, AnsweredAt: null } && report.DaysWaiting(Now) > MenuKeeping.Current.ReportAnswerDays;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!May("keep-menu")) return NotFound();
        All = await reports.ListAsync(cancel);
        return Page();
    }
}
