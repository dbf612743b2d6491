using System.Text;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Entitlements.Cohorts;
using AnyDoor.Reporting;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.TakeUp;

/// <summary>What one file showed, the letters it leads to, and what came of them. Counts to the nearest five; single households only in the list of letters.</summary>
[RequestFormLimits(MultipartBodyLengthLimit = MostSent), LargestUpload(MostSent)]
public sealed class RunModel(AnyDoor.Reporting.TakeUp desk) : StaffPage
{
    private const long MostSent = 26 * 1024 * 1024;

    protected override string? Area => "extracts";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public IFormFile? Outcomes { get; set; }

    public TakeUpRun Run { get; private set; } = null!;
    public TakeUpFound Found { get; private set; } = null!;
    public IReadOnlyList<TakeUpCame> Places { get; private set; } = [];
    public TakeUpCame Came => TakeUpCame.Of(Places);
    /// <summary>The day until which a household may say no is over.</summary>
    public bool MayEnrol => LondonTime.DayOf(Now) > Run.OptOutBy;
    public OutcomesRead? Read { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "too-large")] bool tooLarge, CancellationToken cancel)
    {
        if (tooLarge) ModelState.AddModelError(nameof(Outcomes), "The file is larger than 25 MB. Send it in parts.");
        return await OpenAsync(cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostLettersAsync(CancellationToken cancel) =>
        May("make-extract") && await desk.LettersAsync(Who(Purpose.CaseFinding), Id, cancel) is { } letters ? File(letters, "text/csv; charset=utf-8", "letters.csv") : NotFound();

    public async Task<IActionResult> OnPostEnrolAsync(CancellationToken cancel)
    {
        if (!May("make-extract")) return NotFound();
        var done = await desk.EnrolAsync(Who(Purpose.CaseFinding), Id, cancel);
        if (done.Done) return File(done.Value, "text/csv; charset=utf-8", "enrol.csv");
        if (done.Refusal.Code == "not-found") return NotFound();
        ModelState.AddModelError("", done.Refusal.Sentence);
        return await OpenAsync(cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostOutcomesAsync(CancellationToken cancel)
    {
        if (!May("make-extract")) return NotFound();
        if (Outcomes is null || Outcomes.Length == 0) ModelState.AddModelError(nameof(Outcomes), "Choose the file that says what came of the letters");
        else
        {
            try
            {
                using var text = new StreamReader(Outcomes.OpenReadStream(), Encoding.UTF8);
                var done = await desk.OutcomesAsync(Who(Purpose.CaseFinding), Id, text, cancel);
                if (!done.Done) return NotFound();
                Read = done.Value;
            }
            catch (InvalidDataException wrong) { ModelState.AddModelError(nameof(Outcomes), wrong.Message); }
        }
        return await OpenAsync(cancel) ? Page() : NotFound();
    }

    private async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (await desk.FindAsync(Id, cancel) is not { } found) return false;
        (Run, Found, Places) = found;
        return true;
    }

    public IEnumerable<(string Title, int Households, long Worth)> Totals => Found.Lines.GroupBy(l => l.Benefit).Select(g => (CohortReport.Title(g.Key), g.Sum(l => l.Households), g.Sum(l => l.WorthYear)));
    public IEnumerable<(string Title, int Households, long Worth)> By(Func<TakeUpLine, string> place) => Found.Lines.GroupBy(l => (place(l), l.Benefit)).OrderBy(g => g.Key.Item1, StringComparer.Ordinal).Select(g => ($"{(g.Key.Item1.Length == 0 ? "Not said" : g.Key.Item1)}: {CohortReport.Title(g.Key.Benefit)}", g.Sum(l => l.Households), g.Sum(l => l.WorthYear)));

    public static string Count(int households) => households > 0 && TakeUpFound.Shown(households) is { } shown ? shown.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) : "Fewer than 5";
    /// <summary>To the nearest hundred pounds, and nothing of fewer than five.</summary>
    public static string Worth(int households, long pence) => households < SmallNumbers.Fewest ? "Not shown" : TakeUpFound.Shown(households, pence) is { } shown ? $"about £{(shown / 100).ToString("N0", System.Globalization.CultureInfo.InvariantCulture)}" : "No sum";

    public const string Gained = "Awarded";
    public static IEnumerable<(string What, int Count)> Stages(TakeUpCame came) => [("Written to", came.Written), ("Said no", came.OptedOut), ("Started", came.Started), ("Finished", came.Finished), ("Dropped out", came.Dropped), ("Claimed", came.Claimed), (Gained, came.Awarded)];

    public static string What(string scenario) => scenario switch { "universal_credit" => "Universal Credit", "child_benefit_after_charge" => "Child Benefit, after any charge", "pension_credit" => "Pension Credit", "housing_benefit" => "Housing Benefit", "council_tax_reduction" => "Council Tax Reduction", "income_tax" => "Income Tax", "earnings" => "Pay and profit", "rent" => "Rent", _ => "National Insurance" };
}
