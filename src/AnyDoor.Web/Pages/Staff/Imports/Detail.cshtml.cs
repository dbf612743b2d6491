using AnyDoor.Audit;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Imports;

/// <summary>One file: counts that add up, and a sentence for each row that was set aside.</summary>
public sealed class DetailModel(ImportReports reports) : StaffPage
{
    public const int PageSize = 12;

    protected override string? Area => "imports";

    [BindProperty(SupportsGet = true)] public string? Problem { get; set; }
    [BindProperty(SupportsGet = true)] public bool Done { get; set; }
    [BindProperty(SupportsGet = true)] public int P { get; set; } = 1;

    public ImportDetail Import { get; private set; } = null!;
    public IReadOnlyList<AsideLine> Rows { get; private set; } = [];
    public int Shown => Done ? Import.Counts.Mended + Import.Counts.LeftOut : Problem is null ? Import.Counts.SetAside : Import.Problems.FirstOrDefault(p => p.Problem == Problem).Rows;
    public int LastPage => Math.Max(1, (Shown + PageSize - 1) / PageSize);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await reports.FindAsync(id, cancel) is not { } import) return NotFound();
        Import = import;
        P = Math.Clamp(P, 1, 10_000);
        Rows = await reports.RowsAsync(Reading("import", Purpose.Assurance), id, Problem, Done, P, PageSize, cancel);
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(Guid id, CancellationToken cancel) =>
        await reports.FileAsync(Reading("import", Purpose.Assurance), id, cancel) is { } file ? File(file, "text/csv; charset=utf-8", "rows-to-mend.csv") : NotFound();

    public string Here(int page) => $"/staff/imports/{Import.Counts.Id}?" + string.Join('&', new[] { Problem is null ? null : "problem=" + Uri.EscapeDataString(Problem), Done ? "done=true" : null, $"p={page}" }.OfType<string>());

    public static string Words(string problem) => problem switch
    {
        "no-name" => "No name",
        "date-of-birth" => "Date of birth",
        "submitted-at" => "When it came",
        "value" => "Value",
        "scheme-dates" => "Outside the scheme’s dates",
        "scheme-support" => "Not help of this scheme",
        "place" => "Place",
        "phone" => "Telephone",
        "word-unknown" => "A word not known",
        "key-twice" => "Reference used twice",
        "not-text" => "Not text",
        _ => Say.Upper(problem.Replace('-', ' ')),
    };
}
