using System.Globalization;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Entitlements;
using AnyDoor.Entitlements.Cohorts;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AnyDoor.Web.Pages.Staff.TakeUp;

/// <summary>Looks a file of households through, by the law and, if asked, by rates that differ from it.</summary>
[RequestFormLimits(MultipartBodyLengthLimit = MostSent), LargestUpload(MostSent)]
public sealed class NewModel(AnyDoor.Reporting.TakeUp desk) : StaffPage
{
    private const long MostBytes = 25 * 1024 * 1024;
    private const long MostSent = MostBytes + (2 * 1024 * 1024);
    private const string TooLarge = "The file is larger than 25 MB. Use ./anydoor entitlements cohort on the command line, or send it in parts.";

    protected override string? Area => "extracts";

    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Basis { get; set; }
    [BindProperty] public string? Year { get; set; }
    [BindProperty] public string? Provider { get; set; }
    [BindProperty] public DateAnswer OptOutBy { get; set; } = new();
    [BindProperty] public IFormFile? Households { get; set; }
    [BindProperty] public string? ScenarioName { get; set; }
    [BindProperty] public IFormFile? Rates { get; set; }

    public static IEnumerable<SelectListItem> Years => Enumerable.Range(TaxYears.Starting(RateBook.Official.Known.First), TaxYears.Starting(RateBook.Official.Known.Last) - TaxYears.Starting(RateBook.Official.Known.First) + 1).Reverse()
        .Select(y => new SelectListItem(TaxYears.Of(TaxYears.Start(y)), y.ToString(CultureInfo.InvariantCulture)));
    public static IReadOnlyList<string> Columns => CohortFile.Columns;

    public IActionResult OnGet([FromQuery(Name = "too-large")] bool tooLarge)
    {
        if (!May("make-extract")) return NotFound();
        if (tooLarge) ModelState.AddModelError(nameof(Households), TooLarge);
        Year = Years.First().Value;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("make-extract")) return NotFound();
        if (Households is null || Households.Length == 0) ModelState.AddModelError(nameof(Households), "Choose the file of households");
        else if (Households.Length > MostBytes) ModelState.AddModelError(nameof(Households), TooLarge);
        var problem = OptOutBy.Read(out var optOutBy);
        if (problem != DateProblem.None) ModelState.AddModelError(nameof(OptOutBy), "Write the last day on which a household may say no, like 31 12 2026");
        if (Years.All(y => y.Value != Year)) ModelState.AddModelError(nameof(Year), "Choose the tax year");
        if (Rates is { Length: > 0 } && string.IsNullOrWhiteSpace(ScenarioName)) ModelState.AddModelError(nameof(ScenarioName), "Say what these rates would be, like Child Benefit up by a tenth");
        if (Rates is { Length: > 1024 * 1024 }) ModelState.AddModelError(nameof(Rates), "A file of rates is smaller than 1 MB");
        if (!ModelState.IsValid) return Page();
        try
        {
            using var text = new StreamReader(Households!.OpenReadStream(), Encoding.UTF8);
            using var rates = Rates is { Length: > 0 } ? Rates.OpenReadStream() : null;
            var done = await desk.WorkAsync(Who(Purpose.CaseFinding), Name ?? "", Basis ?? "", Provider, optOutBy, int.Parse(Year!, CultureInfo.InvariantCulture), text, rates is null ? null : (ScenarioName!.Trim(), rates), cancel);
            if (done.Done) return LocalRedirect($"/staff/take-up/{done.Value}");
            Refuse(done.Refusal, done.Refusal.Field switch { "name" => nameof(Name), "basis" => nameof(Basis), "provider" => nameof(Provider), "opt-out" => nameof(OptOutBy), _ => "" });
        }
        catch (FormatException wrong)
        {
            ModelState.AddModelError(nameof(Households), wrong.Message);
        }
        return Page();
    }
}
