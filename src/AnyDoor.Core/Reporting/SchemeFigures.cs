using System.Text.Json.Serialization;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Requests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

/// <summary>How many households had one kind of support, and what it came to in pence.</summary>
public sealed record SupportFigure([property: JsonPropertyName("households")] int Households, [property: JsonPropertyName("pence")] long Pence);

/// <summary>
/// What paragraphs 2.4.8 to 2.4.10 of the January 2021 paper give, for one scheme and every door: bound to queries, nothing typed in.
/// The shape is fixed; scripts rely on it.
/// </summary>
public sealed record SchemeFigures
{
    /// <summary>Rows in the files loaded for the scheme.</summary>
    [JsonPropertyName("rows_in_file")] public required int RowsInFile { get; init; }
    [JsonPropertyName("requests")] public required int Requests { get; init; }
    /// <summary>Rows still set aside: not mended, not left out.</summary>
    [JsonPropertyName("quarantined")] public required int Quarantined { get; init; }
    [JsonPropertyName("repeated_rows")] public required int RepeatedRows { get; init; }
    [JsonPropertyName("by_area")] public required IReadOnlyDictionary<string, int> ByArea { get; init; }
    [JsonPropertyName("cambridgeshire")] public required int Cambridgeshire { get; init; }
    [JsonPropertyName("support")] public required IReadOnlyDictionary<string, SupportFigure> Support { get; init; }
    [JsonPropertyName("total_pence")] public required long TotalPence { get; init; }
    [JsonPropertyName("by_door")] public required IReadOnlyDictionary<string, int> ByDoor { get; init; }
    [JsonPropertyName("area_not_known")] public required int AreaNotKnown { get; init; }
}

/// <summary>Reads the figures. Counts only: no person is read.</summary>
public sealed class Figures(Database database, SchemeBook schemes)
{
    /// <summary>An award counts while the money is with the household: promised, issued or used.</summary>
    internal static readonly AwardStatus[] Kept = [AwardStatus.Committed, AwardStatus.Issued, AwardStatus.Redeemed];

    public async Task<SchemeFigures?> OfAsync(string schemeId, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await schemes.FindAsync(db, schemeId, cancel) is not { } scheme) return null;
        var requests = db.Set<Request>().Where(r => r.SchemeId == schemeId);

        var areas = await requests.GroupBy(r => r.District).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var byArea = District.All.ToDictionary(d => d.Name, d => areas.FirstOrDefault(a => a.Key == d.Code)?.Count ?? 0);
        var doors = await requests.GroupBy(r => r.DoorId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var labels = await db.Set<Door>().ToDictionaryAsync(d => d.Id, d => d.Label, cancel);

        var awards = await db.Set<Award>().Where(a => a.SchemeId == schemeId && Kept.Contains(a.Status))
            .GroupBy(a => a.AwardType).Select(g => new { g.Key, Households = g.Select(a => a.HouseholdId).Distinct().Count(), Pence = g.Sum(a => (long)(object)a.Amount) }).ToListAsync(cancel);
        var imports = await db.Set<RequestImport>().Where(i => i.SchemeId == schemeId).ToListAsync(cancel);
        var ids = imports.Select(i => i.Id).ToList();
        var aside = await db.Set<QuarantinedRow>().Where(q => ids.Contains(q.ImportId)).GroupBy(q => q.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);

        return new SchemeFigures
        {
            RowsInFile = imports.Sum(i => i.Rows),
            Requests = areas.Sum(a => a.Count),
            Quarantined = aside.FirstOrDefault(a => a.Key == QuarantineState.SetAside)?.Count ?? 0,
            RepeatedRows = imports.Sum(i => i.Repeated),
            ByArea = byArea,
            Cambridgeshire = District.All.Where(d => d.AuthorityShort == "Cambridgeshire").Sum(d => byArea[d.Name]),
            Support = scheme.Newest.AwardTypes.ToDictionary(t => t.Label, t => awards.FirstOrDefault(a => a.Key == t.Id) is { } a ? new SupportFigure(a.Households, a.Pence) : new SupportFigure(0, 0)),
            TotalPence = awards.Sum(a => a.Pence),
            ByDoor = doors.OrderByDescending(d => d.Count).ToDictionary(d => labels.GetValueOrDefault(d.Key, d.Key), d => d.Count),
            AreaNotKnown = areas.Where(a => District.Find(a.Key) is null).Sum(a => a.Count),
        };
    }
}
