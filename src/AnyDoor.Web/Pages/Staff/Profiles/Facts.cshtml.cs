using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Profiles;

/// <summary>The measures of poverty, each by its name, and national facts with source, year and caveat.</summary>
public sealed class FactsModel : StaffPage
{
    protected override string? Area => "places";

    /// <summary>Pounds a week.</summary>
    [BindProperty(SupportsGet = true)] public string? Median { get; set; }
    [BindProperty(SupportsGet = true)] public string? Costs { get; set; }

    public NationalFacts Told => NationalFacts.Current;
    public Money? Line { get; private set; }
    public PovertyMeasure? Of { get; private set; }

    public void OnGet()
    {
        if (Median is null) return;
        Of = Told.Measures.FirstOrDefault(m => m.Id == Costs && m.Id.StartsWith("relative", StringComparison.Ordinal));
        if (Of is null) ModelState.AddModelError(nameof(Costs), "Choose whether the median is before or after housing costs.");
        if (Money.TryParse(Median, out var median) && median.Pence is > 0 and < 10_000_00) Line = Of is null ? null : new Money(NationalFacts.Threshold(median.Pence));
        else ModelState.AddModelError(nameof(Median), "Enter the median in pounds a week, like 600.");
    }
}
