using AnyDoor.Audit;
using AnyDoor.Reporting;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Editions;

/// <summary>One series: the edition that stands, how the next would look, and the press that freezes it.</summary>
public sealed class EditionModel(AnyDoor.Reporting.Editions editions) : StaffPage
{
    protected override string? Area => "figures";

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    [BindProperty(SupportsGet = true)] public int? Number { get; set; }

    public EditionView? Stands { get; private set; }
    /// <summary>How the next would look; none for an earlier edition.</summary>
    public EditionView? Next { get; private set; }
    public string Title => Stands?.Title ?? Next!.Title;
    public bool MayPublish => May("publish-figures");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel) =>
        await editions.FindAsync(Id, Number, cancel) is { } edition ? File(edition.ToCsv(), "text/csv; charset=utf-8", $"{edition.Series}-edition-{edition.Number}.csv") : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayPublish) return NotFound();
        var done = await editions.PublishAsync(Who(Purpose.StatisticsAndPlanning), Id, cancel);
        if (done.Done) return LocalRedirect($"/staff/editions/{Uri.EscapeDataString(Id)}");
        if (done.Refusal.Code == "not-found") return NotFound();
        Refuse(done.Refusal);
        await LoadAsync(cancel);
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        Stands = await editions.FindAsync(Id, Number, cancel);
        if (Number is not null) return Stands is not null;
        Next = await editions.PreviewAsync(Id, Now, cancel);
        return Next is not null;
    }
}
