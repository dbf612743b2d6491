using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Menu;

/// <summary>Entries whose owner is to be asked (R-MEN-01): due at 90 days, said to be not confirmed at 180, hidden from residents at 365. Each with its link to copy or send.</summary>
public sealed class DueModel(MenuDirectory directory, CheckLinks links) : StaffPage
{
    private const int Most = 100;

    protected override string? Area => "menu";

    [BindProperty(SupportsGet = true)] public string? District { get; set; }
    [BindProperty(SupportsGet = true)] public AssuranceState? State { get; set; }

    public IReadOnlyList<DueEntry> All { get; private set; } = [];
    public IReadOnlyList<DueEntry> Shown { get; private set; } = [];

    public string LinkOf(Service service) => $"{Request.Scheme}://{Request.Host}/menu/check/{links.TokenFor(service, LondonTime.DayOf(Now))}";

    /// <summary>The link in a letter that somebody’s own mail program sends.</summary>
    public string MailOf(Service service) => MailTo(service, LinkOf(service), CheckLinks.LastDay(LondonTime.DayOf(Now)));

    internal static string MailTo(Service service, string link, DateOnly until) =>
        $"mailto:{Uri.EscapeDataString(service.Email ?? "")}?subject={Uri.EscapeDataString($"Is this still right? {service.Name}")}&body={Uri.EscapeDataString($"Hello,\n\npeople read about {service.Name} on our menu of help. Is it still right? Open this link; if nothing has changed, one tap tells us so:\n\n{link}\n\nThe link works until {LondonTime.Day(until)}.\n")}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!May("keep-menu")) return NotFound();
        All = DueList.Of(await directory.RefreshAsync(cancel), LondonTime.DayOf(Now), string.IsNullOrEmpty(District) ? null : District);
        Shown = [.. All.Where(d => State is null || d.State == State).Take(Most)];
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel)
    {
        if (await OnGetAsync(cancel) is NotFoundResult none) return none;
        return File(CsvText.Write(["service", "organisation", "email", "state", "days", "last_checked", "owner", "link"], All.Where(d => State is null || d.State == State).Select(d => (IEnumerable<object?>)
            [d.Service.Name, d.Service.Organisation, d.Service.Email, MenuPages.AssuranceWords(d.State), d.Days, d.Service.NeverConfirmed ? null : d.Service.LastChecked, d.Service.Owner, LinkOf(d.Service)])), "text/csv; charset=utf-8", "menu-due.csv");
    }
}
