namespace AnyDoor.Places;

/// <summary>
/// The one definition of a local decile here: the neighbourhoods of all the partnership's districts together (Cambridgeshire and Peterborough: 487 LSOAs of 2011)
/// stand in the order of their national rank in the Indices of Deprivation 2019, 1 the most deprived; those of one rank share the lower place;
/// the decile is ten times the place over their number, rounded up. That is how the national deciles are made, and it gives every local decile
/// that the council's paper of 18 February 2021 prints, but for its misprints (docs/places-data.md).
/// </summary>
public sealed class LocalRanks
{
    private readonly Dictionary<string, (int Place, int Decile)> places = new(StringComparer.Ordinal);

    private LocalRanks(int expected, int loaded) => (Expected, Loaded) = (expected, loaded);

    /// <summary>How many neighbourhoods the partnership's districts have.</summary>
    public int Expected { get; }

    /// <summary>How many of them have a national rank in what is loaded.</summary>
    public int Loaded { get; }

    public bool Any => places.Count > 0;

    public int? Decile(string? lsoa11) => lsoa11 is not null && places.TryGetValue(lsoa11, out var found) ? found.Decile : null;

    /// <summary>1 is the most deprived of <see cref="Expected"/>.</summary>
    public int? Place(string? lsoa11) => lsoa11 is not null && places.TryGetValue(lsoa11, out var found) ? found.Place : null;

    internal static LocalRanks Of(PlaceSnapshot data)
    {
        var ours = District.All.Select(d => d.Code).ToHashSet(StringComparer.Ordinal);
        var ranked = data.All(PlaceSnapshot.Index2019, "imd_rank").Where(r => data.Area(r.Key, 2011)?.District is { } district && ours.Contains(district))
            .Select(r => (Code: r.Key, Rank: r.Value.Number)).OrderBy(r => r.Rank).ToList();
        var ranks = new LocalRanks(District.All.Sum(d => d.Neighbourhoods), ranked.Count);
        // With some left out, everybody else's decile would be wrong and look right.
        if (ranks.Loaded != ranks.Expected) return ranks;
        var place = 0;
        for (var i = 0; i < ranked.Count; i++)
        {
            if (i == 0 || ranked[i].Rank != ranked[i - 1].Rank) place = i + 1;
            ranks.places[ranked[i].Code] = (place, (place * 10 + ranked.Count - 1) / ranked.Count);
        }
        return ranks;
    }
}
