using AnyDoor.Common;
using AnyDoor.Offers;
using AnyDoor.Reporting;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Reports;

/// <summary>Money that people gained, beside what it was reckoned at (R-INC-04). Counts and sums; no person.</summary>
public sealed class GainsModel(GainFigures figures) : StaffPage
{
    protected override string? Area => "figures";

    public IReadOnlyList<GainRow> Rows { get; private set; } = [];
    public GainRow All => Rows[^1];

    public async Task OnGetAsync(CancellationToken cancel) => Rows = await figures.OfAsync(cancel);

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel)
    {
        await OnGetAsync(cancel);
        return File(CsvText.Write(["what", "stage", "number", "from_pence_a_year", "to_pence_a_year", "paid_once_pence"],
            Rows.SelectMany(r => r.Cells.Select(c => new object?[] { Title(r), Gain.InWords(c.Stage), c.Count, c.LowYearPence, c.HighYearPence, c.BackdatedPence }))), "text/csv; charset=utf-8", "money-gained.csv");
    }

    public static string Title(GainRow row) => row.Kind is { } kind ? Gain.Kinds[kind] : "All";
    public static string Behind(GainRow row, GainStage stage) => $"/staff/reports/gains/behind?{(row.Kind is { } kind ? $"kind={kind}&" : "")}stage={stage}";
}
