using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>How good the menu is, for everybody to see. Counts of entries; nobody is in it.</summary>
public sealed class QualityModel(MenuQuality quality, TimeProvider clock) : PageModel
{
    public Quality Shown { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel) => Shown = await quality.OfAsync(clock.UtcNow(), cancel);

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel)
    {
        await OnGetAsync(cancel);
        var rows = Shown.ByKind.Select(r => (By: "organisation-kind", Row: r)).Concat(Shown.ByDistrict.Select(r => (By: "district", Row: r))).Prepend((By: "all", Row: Shown.All));
        return File(CsvText.Write(["by", "label", "services", "checked_90_days", "due", "not_confirmed_180_days", "hidden_365_days", "never_confirmed", "median_days_since_checked", "without_opening_times", "without_place", "without_cost", "open_reports"],
            rows.Select(x => (IEnumerable<object?>)[x.By, x.Row.Label, x.Row.Services, .. Enum.GetValues<AssuranceState>().Select(a => (object?)x.Row.States[a]), x.Row.MedianDays, x.Row.NoTimes, x.Row.NoPlace, x.Row.NoCost, x.Row.OpenReports])), "text/csv; charset=utf-8", "menu-quality.csv");
    }

    public static string Share(int part, int of) => of == 0 ? "–" : part == 0 ? "0%" : part * 100 < of ? "under 1%" : $"{Math.Round(part * 100.0 / of):0}%";
}
