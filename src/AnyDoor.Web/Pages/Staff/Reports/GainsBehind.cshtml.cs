using AnyDoor.Audit;
using AnyDoor.Offers;
using AnyDoor.Reporting;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Reports;

/// <summary>The claims behind one figure of money gained, by reference for whoever may see those. No person.</summary>
public sealed class GainsBehindModel(GainFigures figures) : StaffPage
{
    protected override string? Area => "figures";

    [BindProperty(SupportsGet = true)] public string? Kind { get; set; }
    [BindProperty(SupportsGet = true)] public GainStage? Stage { get; set; }

    public GainPage List { get; private set; } = null!;
    public string What => $"{(Kind is null ? "All" : Gain.Kinds[Kind])}: {Say.Lower(Gain.InWords(Stage!.Value))}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (Stage is not { } stage || !Enum.IsDefined(stage) || await figures.OpenAsync(Reading("figure", Purpose.AwardAndPay), Kind, stage, cancel) is not { } list) return NotFound();
        List = list;
        return Page();
    }
}
