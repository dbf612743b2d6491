using AnyDoor.Audit;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Imports;

/// <summary>One row that was set aside: put the wrong column right, or leave the row out. Nothing typed is lost.</summary>
public sealed class RowModel(ImportReports reports, RequestImporter importer) : StaffPage
{
    protected override string? Area => "imports";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    /// <summary>The broken columns' values, in their order.</summary>
    [BindProperty] public List<string?> Values { get; set; } = [];
    [BindProperty] public string? How { get; set; }
    [BindProperty] public string? Why { get; set; }

    public AsideRow Row { get; private set; } = null!;
    public Guid? Next { get; private set; }
    public bool BirthDateIsBroken => Row.Broken.Any(b => b.Field == "person.date_of_birth");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        Values = [.. Row.Broken.Select(b => Row.Cells[b.Column])];
        return Page();
    }

    public async Task<IActionResult> OnPostMendAsync(bool without, CancellationToken cancel)
    {
        if (!May("mend-import")) return NotFound();
        if (!await LoadAsync(cancel)) return NotFound();
        if (string.IsNullOrWhiteSpace(How)) ModelState.AddModelError(nameof(How), "Say how you know. It is kept with the row.");
        var cells = Row.Broken.Select((b, i) => (b.Column, Value: without && b.Field == "person.date_of_birth" ? "" : Values.ElementAtOrDefault(i) ?? "")).ToDictionary(x => x.Column, x => x.Value);
        if (!ModelState.IsValid) return Page();
        var mended = await importer.MendAsync(Id, cells, Who(Purpose.RespondToRequest, How), cancel);
        if (mended.Done) return LocalRedirect(Next is { } next ? $"/staff/imports/rows/{next}" : $"/staff/imports/{Row.ImportId}");
        var at = Row.Broken.ToList().FindIndex(b => b.Column == mended.Refusal.Field);
        Refuse(mended.Refusal, at >= 0 ? $"Values[{at}]" : "");
        return Page();
    }

    public async Task<IActionResult> OnPostLeaveOutAsync(CancellationToken cancel)
    {
        if (!May("mend-import")) return NotFound();
        if (!await LoadAsync(cancel)) return NotFound();
        var left = await importer.LeaveOutAsync(Id, Why ?? "", Who(Purpose.RespondToRequest), cancel);
        if (left.Done) return LocalRedirect(Next is { } next ? $"/staff/imports/rows/{next}" : $"/staff/imports/{Row.ImportId}");
        Refuse(left.Refusal, nameof(Why));
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await reports.RowAsync(Reading("import", Purpose.Assurance), Id, cancel) is not { } row) return false;
        Row = row;
        Next = await reports.NextAsync(row.ImportId, row.Row, cancel);
        return true;
    }
}
