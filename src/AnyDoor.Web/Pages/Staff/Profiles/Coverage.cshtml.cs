using AnyDoor.Common;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Profiles;

/// <summary>Where no partner is: the neighbourhoods that nobody said they serve, the most deprived first.</summary>
public sealed class CoverageModel(PlaceDesk desk, PlaceBook book) : StaffPage
{
    protected override string? Area => "places";

    [BindProperty(SupportsGet = true)] public string? For { get; set; }

    public IReadOnlyList<NotServed> Lines { get; private set; } = [];
    public IReadOnlyList<string> Cohorts { get; private set; } = [];
    public int All { get; private set; }
    public IReadOnlyList<Dataset> From { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        return File(CsvText.Write(["code", "name", "ward", "district", "imd_decile"], Lines.Select(l => (IEnumerable<object?>)[l.Line.Code, l.Line.Name, l.Line.Ward, l.District, l.Line.Decile]).Concat(Licences.Attribution(From).Select(a => (IEnumerable<object?>)[a, "", "", "", ""]))), "text/csv; charset=utf-8", "not-served.csv");
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var data = await book.RefreshAsync(cancel);
        Lines = await desk.NotServedAsync(For, cancel);
        Cohorts = [.. (await desk.ReachAsync(null, cancel)).Select(r => r.Cohort).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
        var all = PlaceProfiles.Find(data, Place.All);
        All = all?.Lines.Count ?? 0;
        From = all is null ? [] : [.. data.InUse.Where(d => Licences.Of(d.Licence).Confirmed && (d.Edition == all.Edition || d.Kind is "lookup" or "names"))];
    }
}
