using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Profiles;

/// <summary>A neighbourhood, a ward or a district as it is. Public data only: no count of people who asked, which in a neighbourhood could lead to one.</summary>
public sealed class PlaceModel(PlaceBook book, PapersCheck papers) : StaffPage
{
    protected override string? Area => "places";

    [BindProperty(SupportsGet = true)] public string Code { get; set; } = "";

    public NeighbourhoodProfile? Neighbourhood { get; private set; }
    public string Name { get; private set; } = "";
    public string Edition { get; private set; } = "";
    public int Year { get; private set; }
    public IReadOnlyList<NeighbourhoodLine> Lines { get; private set; } = [];
    public IReadOnlyList<Dataset> From { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        string[] head = ["code", "name", "edition", "boundary_year", "measure", "value"];
        var rows = Neighbourhood is { } place
            ? place.Editions.SelectMany(e => e.Domains.SelectMany(d => new[] { ($"{d.Id}_rank", d.Rank), ($"{d.Id}_decile", d.Decile) }).Prepend(("imd_decile", e.Decile)).Prepend(("imd_rank", e.Rank))
                .Select(m => (IEnumerable<object?>)[place.Code, place.Name, e.Edition, e.BoundaryYear, m.Item1, m.Item2])).Concat(place.LocalDecile is { } local ? [[place.Code, place.Name, PlaceSnapshot.Index2019, 2011, "local_decile", local]] : Array.Empty<IEnumerable<object?>>())
            : Lines.SelectMany(l => new (string, object?)[] { ("imd_rank", l.Rank), ("imd_decile", l.Decile), ("local_decile", l.LocalDecile), ("income_rate", l.IncomeShare) }.Where(m => m.Item2 is not null).Select(m => (IEnumerable<object?>)[l.Code, l.Name, Edition, Year, m.Item1, m.Item2]));
        var sources = Licences.Attribution(From).Select(a => (IEnumerable<object?>)[a, "", "", "", "", ""]);
        return File(CsvText.Write(head, rows.Concat(sources)), "text/csv; charset=utf-8", $"{Code}.csv");
    }

    /// <summary>What stands out, in a sentence.</summary>
    public static string StandsOut(EditionProfile edition)
    {
        var index = $"By the {edition.Edition} it is {PlaceProfiles.InWords(edition.Decile!.Value)}{(edition.Rank is { } rank ? $": number {rank:N0} of {edition.Total:N0} neighbourhoods, where 1 is the most deprived" : "")}.";
        return edition.Differs is not { } domain ? index + " None of its seven domains differs much from that."
            : $"{index} {domain.Title} differs most: there it is {PlaceProfiles.InWords(domain.Decile!.Value)}.";
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        var data = await book.RefreshAsync(cancel);
        if (PlaceProfiles.Of(data, Code, PapersTables.Deciles(), (await papers.ShippedAsync(cancel)).Differences) is { } place)
        {
            (Neighbourhood, Name, From) = (place, place.CommonsName is null ? place.Name : $"{place.CommonsName} ({place.Name})", place.From);
            return true;
        }
        (Year, Edition, Lines) = PlaceProfiles.In(data, Code);
        if (Lines.Count == 0) return false;
        Name = District.Find(Code)?.Name ?? data.Area(Lines[0].Code, Year) switch { { District: { } district } area when district == Code => area.DistrictName ?? Code, _ => Lines[0].Ward ?? Code };
        From = [.. data.InUse.Where(d => Licences.Of(d.Licence).Confirmed && (d.Edition == Edition || d.Kind is "lookup" or "names"))];
        return true;
    }
}
