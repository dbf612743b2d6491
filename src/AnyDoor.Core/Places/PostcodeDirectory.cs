using System.Collections.Frozen;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Places;

/// <summary>What is known of one postcode.</summary>
public sealed record PostcodeFacts(string District, double Latitude, double Longitude, string? Lsoa11, string? Lsoa21, string? Ward19, string? Ward24, bool Terminated);

/// <summary>
/// The loaded postcodes, in memory: no query and no network for a lookup. Read anew when another dataset is in use.
/// Cost: one dictionary of about 150 bytes a postcode; a lookup is one hash.
/// </summary>
public sealed class PostcodeDirectory(Database database)
{
    private sealed record Loaded(Guid? DatasetId, FrozenDictionary<string, PostcodeFacts> Rows, FrozenDictionary<string, string?> Districts);

    private static readonly Loaded None = new(null, FrozenDictionary<string, PostcodeFacts>.Empty, FrozenDictionary<string, string?>.Empty);
    private readonly SemaphoreSlim reading = new(1, 1);
    private Loaded loaded = None;

    public bool Any => loaded.Rows.Count > 0;

    public PostcodeFacts? Find(Postcode postcode) => loaded.Rows.GetValueOrDefault(postcode.Compact);

    /// <summary>The district that every postcode with this first part lies in; null: there is none, or they lie in several.</summary>
    public string? DistrictOf(string? outward) => outward is null ? null : loaded.Districts.GetValueOrDefault(outward);

    /// <summary>Whether any postcode begins so, like <c>PE13</c>.</summary>
    public bool HasOutward(string outward) => loaded.Districts.ContainsKey(outward);

    /// <summary>Brings the memory up to date with the dataset in use. Cheap when nothing changed.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await reading.WaitAsync(cancel);
        try
        {
            await using var db = database.Open();
            var inUse = await db.Set<Dataset>().Where(d => d.Kind == PostcodeImport.Kind && d.InUse).Select(d => (Guid?)d.Id).SingleOrDefaultAsync(cancel);
            if (inUse == loaded.DatasetId) return;
            if (inUse is null) { loaded = None; return; }
            var rows = new Dictionary<string, PostcodeFacts>();
            await foreach (var row in db.Set<PostcodeRow>().Where(p => p.DatasetId == inUse).AsAsyncEnumerable().WithCancellation(cancel))
                rows[row.Postcode] = new PostcodeFacts(row.District, row.Latitude, row.Longitude, row.Lsoa11, row.Lsoa21, row.Ward19, row.Ward24, row.TerminatedOn is not null);
            var districts = rows.Where(r => r.Key.Length > 3).GroupBy(r => r.Key[..^3], r => r.Value.District).ToFrozenDictionary(g => g.Key, g => g.Distinct().Take(2).ToList() is [var only] ? only : null);
            loaded = new Loaded(inUse, rows.ToFrozenDictionary(), districts);
        }
        finally
        {
            reading.Release();
        }
    }
}
