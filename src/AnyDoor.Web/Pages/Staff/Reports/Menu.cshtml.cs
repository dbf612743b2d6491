using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Reporting;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Reports;

/// <summary>The menu split by how far each service is for all: universal, near-universal, targeted.</summary>
public sealed class MenuModel(MenuFigures figures) : StaffPage
{
    protected override string? Area => "figures";

    public MenuSplit Split { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel) => Split = await figures.OfAsync(Now, cancel);

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel)
    {
        await OnGetAsync(cancel);
        return File(CsvText.Write(["level", "services", .. District.All.Select(d => d.Code)], Split.Rows.Select(r => (IEnumerable<object?>)[r.Level.ToString(), r.Services, .. r.ByDistrict.Cast<object?>()])), "text/csv; charset=utf-8", "menu-levels.csv");
    }

    public static string Shown(PublishedCell cell) => cell.Shown switch { CellShown.Rounded => $"about {cell.Value}", CellShown.FewerThanFive => "fewer than 5", _ => "not shown" };
}
