using AnyDoor.Audit;
using AnyDoor.Requests;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Handovers;

/// <summary>What was handed to the organisation as a file, and its answers read back from one.</summary>
[RequestFormLimits(MultipartBodyLengthLimit = MostSent), LargestUpload(MostSent)]
public sealed class FilesModel(HandoverFiles files) : StaffPage
{
    private const long MostBytes = 2 * 1024 * 1024;
    private const long MostSent = MostBytes + (256 * 1024);
    private const string TooLarge = "The file is larger than 2 MB.";

    protected override string? Area => "handovers";

    [BindProperty] public IFormFile? Answers { get; set; }
    public AnswersRead? Done { get; private set; }

    public IActionResult OnGet([FromQuery(Name = "too-large")] bool tooLarge)
    {
        if (tooLarge) ModelState.AddModelError(nameof(Answers), TooLarge);
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel) => File(await files.WriteAsync(Reading("handovers-file", Purpose.Handover), cancel), "text/csv; charset=utf-8", "handovers.csv");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("answer-handover")) return NotFound();
        if (Answers is null || Answers.Length == 0) ModelState.AddModelError(nameof(Answers), "Choose the file. An empty one has nothing to read.");
        else if (Answers.Length > MostBytes) ModelState.AddModelError(nameof(Answers), TooLarge);
        if (!ModelState.IsValid) return Page();
        var folder = Directory.CreateTempSubdirectory("anydoor-answers-");
        try
        {
            var path = Path.Combine(folder.FullName, "answers.csv");
            await using (var file = System.IO.File.Create(path)) await Answers!.CopyToAsync(file, cancel);
            Done = await files.ReadAsync(path, () => Who(Purpose.Handover), Worker, cancel);
        }
        catch (Exception refused) when (refused is InvalidDataException or CsvHelper.CsvHelperException)
        {
            ModelState.AddModelError(nameof(Answers), refused is InvalidDataException ? refused.Message : "This is no CSV file.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return Page();
    }
}
