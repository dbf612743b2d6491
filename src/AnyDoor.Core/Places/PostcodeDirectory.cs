using System.Collections.Frozen;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Places;

/// <summary>What is known of one postcode. Codes are the publisher's (ONS GSS).</summary>
public sealed record PostcodeFacts(string District, double Latitude, double Longitude, string? Lsoa11, string? Lsoa21, string? Ward19, string? Ward24, bool Terminated);

/// <summary>
/// The loaded postcodes, in memory: no query and no network for a lookup. Read anew when another dataset is in use.
/// Lists of all Britain may be loaded; the doors ask only for the districts that this partnership serves.
/// </summary>
public sealed class PostcodeDirectory(Database database)
{
    private sealed record Loaded(FrozenSet<Guid> Datasets, PostcodeTable Rows, FrozenDictionary<string, string?> Districts, IReadOnlyList<Dataset> From);

    private readonly SemaphoreSlim reading = new(1, 1);
    private Loaded loaded = new([], new PostcodeTable(), FrozenDictionary<string, string?>.Empty, []);

    public bool Any => loaded.Rows.Count > 0;

    /// <summary>The lists that are in use.</summary>
    public IReadOnlyList<Dataset> From => loaded.From;

    /// <summary>A postcode of a district that this partnership serves; null for any other.</summary>
    public PostcodeFacts? Find(Postcode postcode) => FindAnywhere(postcode) is { } facts && District.Find(facts.District) is not null ? facts : null;

    /// <summary>A postcode of anywhere that is loaded.</summary>
    public PostcodeFacts? FindAnywhere(Postcode postcode) => loaded.Rows.Find(postcode.Compact);

    /// <summary>The district of ours that every postcode with this first part lies in; null: there is none, or they lie in several, or some lie elsewhere.</summary>
    public string? DistrictOf(string? outward) => outward is null ? null : loaded.Districts.GetValueOrDefault(outward);

    /// <summary>Whether any postcode of a district of ours begins so, like <c>PE13</c>.</summary>
    public bool HasOutward(string outward) => loaded.Districts.ContainsKey(outward);

    /// <summary>Brings the memory up to date with the datasets in use. Cheap when nothing changed.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await reading.WaitAsync(cancel);
        try
        {
            await using var db = database.Open();
            var inUse = await db.Set<Dataset>().Where(d => d.Kind == PostcodeReader.Kind && d.InUse).ToListAsync(cancel);
            if (loaded.Datasets.SetEquals(inUse.Select(d => d.Id))) return;
            var rows = new PostcodeTable();
            // The weakest list first: the next ones take its place where both hold a postcode.
            foreach (var dataset in inUse.OrderByDescending(d => PostcodeReader.OrderOf(d.Series)).ThenBy(d => d.LoadedAt))
                await foreach (var block in db.Set<DatasetBlock>().Where(b => b.DatasetId == dataset.Id).AsAsyncEnumerable().WithCancellation(cancel))
                    foreach (var cells in PackedRows.Read(block.Content, PostcodeReader.Columns.Length)) rows.Set(cells);
            loaded = new Loaded(inUse.Select(d => d.Id).ToFrozenSet(), rows, Districts(rows), inUse);
        }
        finally
        {
            reading.Release();
        }
    }

    private static FrozenDictionary<string, string?> Districts(PostcodeTable rows) => rows.Outwards()
        .GroupBy(o => o.Outward, o => o.District)
        .Select(g => (Outward: g.Key, Districts: g.Distinct().ToList()))
        .Where(o => o.Districts.Exists(d => District.Find(d) is not null))
        .ToFrozenDictionary(o => o.Outward, o => o.Districts is [var only] ? only : null);
}
