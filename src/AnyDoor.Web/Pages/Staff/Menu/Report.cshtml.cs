using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Menu;

/// <summary>One report: what is wrong, the entry as it stands, the answer that everybody may read, and its end.</summary>
public sealed class ReportModel(ServiceReports reports, MenuService menu) : StaffPage
{
    protected override string? Area => "menu";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public int Version { get; set; }
    [BindProperty] public string? Answer { get; set; }
    /// <summary>Empty: it stays open.</summary>
    [BindProperty] public ReportOutcome? Outcome { get; set; }

    public ReportShown Shown { get; private set; } = null!;
    public ServiceCard? Card { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        (Version, Answer) = (Shown.Report.Version, Shown.Report.Answer);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        var who = Who(Purpose.StatisticsAndPlanning);
        var done = await reports.AnswerAsync(who, Id, Version, Answer, Outcome, cancel);
        if (done.Done && Outcome == ReportOutcome.TakenOff && Shown.Service is { } gone) await menu.TakeOffAsync(who, gone.Id, cancel);
        if (done.Done) return LocalRedirect("/staff/menu/reports");
        Refuse(done.Refusal, done.Refusal.Field == "answer" ? nameof(Answer) : "");
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (!May("keep-menu") || await reports.FindAsync(Id, cancel) is not { } shown) return false;
        Shown = shown;
        Card = shown.Service is { } service ? ServiceCard.Of(service, Now) : null;
        return true;
    }
}
