using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Language;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>
/// One entry of the menu, for everybody, and a way to say that it is wrong, which asks nobody who they are. What is closed, internal, for partners or not checked
/// for a year is not there.
/// </summary>
[ResponseCache(NoStore = true)]
public sealed class ServiceModel(MenuDirectory directory, ServiceReports reports, Texts texts, TimeProvider clock) : PageModel
{
    [BindProperty] public ReportKind? Kind { get; set; }
    [BindProperty] public string? Words { get; set; }

    public ServiceCard Card { get; private set; } = null!;
    /// <summary>A report was just kept.</summary>
    public bool Said { get; private set; }
    public int? WaitMinutes { get; private set; }
    public IReadOnlyList<ServiceReport> Answered { get; private set; } = [];
    /// <summary>When the oldest report was made that nobody answered.</summary>
    public DateTime? WaitingSince { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, string? said, CancellationToken cancel)
    {
        Said = said is not null;
        if (!await LoadAsync(id, cancel)) return NotFound();
        // One that was merged sends its readers on to the one that is kept.
        return Card.Service.Uuid == id ? Page() : LocalRedirect($"/menu/{Card.Service.Uuid}");
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel)) return NotFound();
        var who = new AuditContext(Actor.Resident(null), null, "web-form", Purpose.StatisticsAndPlanning, clock.UtcNow());
        var kept = await reports.ReportAsync(who, Card.Service.Id, Kind, Words, cancel);
        if (!kept.Done) ModelState.AddModelError(kept.Refusal.Field == "words" ? nameof(Words) : nameof(Kind), texts.Plain(kept.Refusal.Field == "words" ? "service.wrong.words.long" : "service.wrong.kind.missing"));
        else if (kept.Value is { } wait) WaitMinutes = wait;
        else return LocalRedirect($"/menu/{id}?said=1");
        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (ServiceCard.Find(await directory.RefreshAsync(cancel), id, MenuReader.Resident, clock.UtcNow()) is not { } card) return false;
        Card = card;
        var lately = await reports.OfAsync(card.Service.Id, clock.UtcNow(), cancel);
        Answered = [.. lately.Where(r => r.Answer is not null).Take(3)];
        WaitingSince = lately.LastOrDefault(r => r.Answer is null)?.ReportedAt;
        return true;
    }
}
