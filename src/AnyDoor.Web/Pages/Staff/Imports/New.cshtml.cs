using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Requests;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AnyDoor.Web.Pages.Staff.Imports;

/// <summary>A council's form export, loaded from a page as the command line does it.</summary>
[RequestFormLimits(MultipartBodyLengthLimit = MostSent), LargestUpload(MostSent)]
public sealed class NewModel(RequestImporter importer, SchemeBook book, Database database) : StaffPage
{
    private const long MostBytes = 25 * 1024 * 1024;
    private const long MostSent = MostBytes + (1024 * 1024);
    private const string TooLarge = "The file is larger than 25 MB. Load it on the command line, or in parts.";

    protected override string? Area => "imports";

    [BindProperty] public IFormFile? Export { get; set; }
    [BindProperty] public string? Scheme { get; set; }
    [BindProperty] public bool Strict { get; set; }

    public IReadOnlyList<SelectListItem> Schemes { get; private set; } = [];
    /// <summary>What a strict reading found: nothing was loaded.</summary>
    public ImportSummary? WouldBe { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "too-large")] bool tooLarge, CancellationToken cancel)
    {
        if (!May("import-requests")) return NotFound();
        if (tooLarge) ModelState.AddModelError(nameof(Export), TooLarge);
        await LoadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("import-requests")) return NotFound();
        await LoadAsync(cancel);
        if (Export is null || Export.Length == 0) ModelState.AddModelError(nameof(Export), "Choose the file. An empty one has nothing to load.");
        else if (Export.Length > MostBytes) ModelState.AddModelError(nameof(Export), TooLarge);
        if (Schemes.All(s => s.Value != Scheme)) ModelState.AddModelError(nameof(Scheme), "Choose the scheme that the form was for.");
        if (!ModelState.IsValid) return Page();

        // People's answers: in a folder of our own, which nobody else may enter, and only for as long as it is read.
        var folder = Directory.CreateTempSubdirectory("anydoor-import-");
        try
        {
            var path = Path.Combine(folder.FullName, NameOf(Export!.FileName));
            await using (var file = System.IO.File.Create(path)) await Export.CopyToAsync(file, cancel);
            var summary = await importer.ImportAsync(path, Scheme!, null, Who(), Strict, progress: null, cancel);
            if (summary.ImportId is { } id) return LocalRedirect($"/staff/imports/{id}");
            WouldBe = summary;
        }
        catch (InvalidDataException refused)
        {
            ModelState.AddModelError(nameof(Export), refused.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return Page();
    }

    /// <summary>The name as it is shown later: no path, nothing that a file system would mind.</summary>
    private static string NameOf(string sent)
    {
        var name = string.Concat(sent.Split('/', '\\')[^1].Where(c => char.IsLetterOrDigit(c) || c is ' ' or '.' or '-' or '_' or '(' or ')')).Trim(' ', '.');
        return name.Length == 0 ? "export.csv" : name[..Math.Min(name.Length, 120)];
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        Schemes = [.. (await book.AllAsync(db, cancel)).Select(s => new SelectListItem(s.Newest.Name, s.Id))];
    }
}
