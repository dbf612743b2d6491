using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Funds;

/// <summary>Awards of a month drawn at random, with the name, to be checked. The one list on which a fund manager meets names.</summary>
public sealed class SamplesModel(SampleDesk desk) : StaffPage
{
    protected override string? Area => "funds";

    /// <summary>Like <c>2026-11</c>; null: this month.</summary>
    [BindProperty(SupportsGet = true)] public string? Month { get; set; }
    [BindProperty] public Guid Sample { get; set; }
    /// <summary>What was typed beside the one that was sent.</summary>
    public string? Found => Request.HasFormContentType ? Request.Form[$"Found-{Sample}"].ToString() : null;
    public MonthOfSamples Of { get; private set; } = null!;

    public IEnumerable<DateOnly> Months => Enumerable.Range(0, 13).Select(i => SampleDesk.MonthOf(LondonTime.DayOf(Now)).AddMonths(-i));
    public static string Key(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
    public static string Name(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"));
    private DateOnly Chosen => DateOnly.TryParseExact($"{Month}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : SampleDesk.MonthOf(LondonTime.DayOf(Now));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostDrawAsync(CancellationToken cancel)
    {
        if (!May("draw-sample")) return NotFound();
        return await DoneAsync(await desk.DrawAsync(Who(Purpose.Assurance), Worker, Chosen, cancel) is { Done: false } refused ? refused.Refusal : null, cancel);
    }

    public async Task<IActionResult> OnPostRightAsync(CancellationToken cancel) => await CheckAsync(true, cancel);
    public async Task<IActionResult> OnPostNotRightAsync(CancellationToken cancel) => await CheckAsync(false, cancel);

    private async Task<IActionResult> CheckAsync(bool right, CancellationToken cancel)
    {
        if (!May("draw-sample")) return NotFound();
        return await DoneAsync(await desk.CheckAsync(Who(Purpose.Assurance), Worker, Sample, right, Found, cancel) is { Done: false } refused ? refused.Refusal : null, cancel);
    }

    private async Task<IActionResult> DoneAsync(Refusal? refused, CancellationToken cancel)
    {
        if (refused is null) return LocalRedirect($"/staff/samples?month={Key(Chosen)}");
        if (refused.Code == "not-found" || !await LoadAsync(cancel)) return NotFound();
        Refuse(refused, refused.Field switch { "found" => $"Found-{Sample}", "month" => nameof(Month), _ => "" });
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (!May("draw-sample")) return false;
        Of = await desk.ReadAsync(Reading("sample", Purpose.Assurance), Chosen, cancel);
        return true;
    }
}
