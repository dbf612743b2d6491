using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Extracts;

/// <summary>Makes a pseudonymous extract for a stated purpose. The file is the answer: none is kept here.</summary>
public sealed class IndexModel(AnyDoor.Reporting.Extracts extracts) : StaffPage
{
    protected override string? Area => "extracts";

    [BindProperty] public DateAnswer From { get; set; } = new();
    [BindProperty] public DateAnswer Until { get; set; } = new();
    [BindProperty] public string? Why { get; set; }

    public void OnGet()
    {
        var today = LondonTime.DayOf(Now);
        (From, Until) = (new DateAnswer(today.AddMonths(-12)), new DateAnswer(today));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("make-extract")) return NotFound();
        if (From.Read(out var from) != DateProblem.None) ModelState.AddModelError(nameof(From), "Write the first day, like 1 4 2026");
        if (Until.Read(out var until) != DateProblem.None) ModelState.AddModelError(nameof(Until), "Write the last day, like 30 9 2026");
        if (!ModelState.IsValid) return Page();
        var made = await extracts.MakeAsync(Who(Purpose.StatisticsAndPlanning), from, until, Why ?? "", cancel);
        if (made.Done) return File(made.Value.ToCsv(), "text/csv; charset=utf-8", $"extract-{from:yyyy-MM-dd}-{until:yyyy-MM-dd}-widened-{made.Value.Widened}-of-{made.Value.Rows.Count}.csv");
        Refuse(made.Refusal, made.Refusal.Field switch { "why" => nameof(Why), "until" => nameof(Until), _ => "" });
        return Page();
    }
}
