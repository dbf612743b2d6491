using System.Globalization;

namespace AnyDoor.Places;

public enum PlaceKind { Neighbourhood, Ward, District, Division, Area, Whole }

/// <summary>A place that people ask about, as the neighbourhoods of one edition that make it up.</summary>
/// <param name="Code">Its address: an ONS code, <c>all</c> for the whole partnership, or the address of an area that somebody made.</param>
/// <param name="Lines">The most deprived first.</param>
/// <param name="Year">The year of the neighbourhoods' boundaries.</param>
public sealed record Place(string Code, PlaceKind Kind, string Name, string Edition, int Year, string? District, IReadOnlyList<NeighbourhoodLine> Lines)
{
    public const string All = "all";

    /// <summary>How many neighbourhoods of 2011 it has, where that is known; null: <see cref="Lines"/> are all there is to know.</summary>
    public int? All2011 { get; init; }

    /// <summary>Only some of its neighbourhoods are here: no share and no mean of them is the place's own.</summary>
    public bool Partial => All2011 > Lines.Count;

    /// <summary>Like “6 of Fenland’s 55 neighbourhoods are printed in the paper”; empty: all are here.</summary>
    public string PartInWords => Partial ? $"{Lines.Count} of {Name}’s {All2011} neighbourhoods are {(Edition == PapersPlaces.Edition ? "printed in the paper, which lists only the most and the least deprived" : "loaded")}" : "";

    public string KindInWords => Kind switch { PlaceKind.Neighbourhood => "Neighbourhood", PlaceKind.Ward => "Ward", PlaceKind.District => "District", PlaceKind.Division => "Electoral division", PlaceKind.Area => "Area", _ => "The whole partnership" };
}

/// <summary>One part of the index over several neighbourhoods.</summary>
/// <param name="Tenth">The mean of their national tenths, each neighbourhood counting by its people, or alike where those are not loaded.</param>
/// <param name="MostDeprived">How many of them are among the most deprived fifth in England (tenths 1 and 2).</param>
public sealed record PartLine(string Id, string Title, double? Tenth, int MostDeprived);

/// <summary>A place beside others. Null: not loaded.</summary>
/// <param name="MostDeprived">How many of its neighbourhoods are among the most deprived tenth in England.</param>
/// <param name="Of">How many neighbourhoods it has, where only some of them are here; null: all are.</param>
/// <param name="Tenth">The mean of their tenths; England's is 5.5 by the way tenths are made.</param>
public sealed record PlaceBeside(string? Code, string Name, bool Here, int? Neighbourhoods, int? MostDeprived, double? Tenth, double? IncomeShare, double? People, int? Of = null);

/// <summary>A place as the public data has it, and beside its neighbours, its district, its county and England.</summary>
/// <param name="Differs">The part that differs most from the whole index; null: none does by one tenth and a half.</param>
/// <param name="People">Null while one of its neighbourhoods has no number of people.</param>
public sealed record PlaceOverview(Place Place, PartLine Index, IReadOnlyList<PartLine> Parts, PartLine? Differs, double? IncomeShare, double? People, int? PeopleYear, IReadOnlyList<PlaceBeside> Beside, IReadOnlyList<Dataset> From)
{
    private const double MuchApart = 1.5;

    /// <summary>How many people are income deprived, by the neighbourhoods' rates; null where those or their people are not loaded.</summary>
    public double? IncomeDeprived => IncomeShare * People;

    public static PlaceOverview Of(PlaceSnapshot data, Place place)
    {
        var index = Part(data, place, "imd", "The whole index");
        var parts = PlaceProfiles.Domains.Select(d => Part(data, place, d, PlaceProfiles.Title(d))).ToList();
        var differs = index.Tenth is { } whole ? parts.Where(p => p.Tenth is { } t && Math.Abs(t - whole) >= MuchApart).MaxBy(p => Math.Abs(p.Tenth!.Value - whole)) : null;
        return new PlaceOverview(place, index, parts, differs, ShareOf(data, place), People_(place), People_(place) is null ? null : place.Year == 2011 ? 2015 : 2022, [.. OthersBeside(data, place)],
            [.. data.InUse.Where(d => Licences.Of(d.Licence).Confirmed && (d.Edition == place.Edition || d.Kind is "lookup" or "names" or "divisions"))]);
    }

    private static PartLine Part(PlaceSnapshot data, Place place, string id, string title)
    {
        var tenths = place.Lines.Select(l => (l.People, Tenth: data.Find(place.Edition, $"{id}_decile", l.Code)?.Number ?? (id == "imd" ? l.Decile : null))).Where(t => t.Tenth is not null).ToList();
        return new PartLine(id, title, place.Partial ? null : Mean(tenths), tenths.Count(t => t.Tenth <= 2));
    }

    private static double? Mean(List<(double? People, double? Tenth)> tenths)
    {
        if (tenths.Count == 0) return null;
        var counted = tenths.All(t => t.People > 0);
        return tenths.Sum(t => t.Tenth!.Value * (counted ? t.People!.Value : 1)) / (counted ? tenths.Sum(t => t.People!.Value) : tenths.Count);
    }

    /// <summary>The share of all their people. Null while one of several has no share or no number of people.</summary>
    private static double? Share(IReadOnlyList<NeighbourhoodLine> lines) => lines switch
    {
        [] => null,
        [var only] => only.IncomeShare,
        _ when lines.All(l => l is { IncomeShare: not null, People: > 0 }) => lines.Sum(l => l.IncomeShare!.Value * l.People!.Value) / lines.Sum(l => l.People!.Value),
        _ => null,
    };

    /// <summary>The publisher's own figure of a district counts before what its rounded neighbourhoods come to.</summary>
    private static double? ShareOf(PlaceSnapshot data, Place place) =>
        (place.Kind == PlaceKind.District ? data.Find(place.Edition, "income_average_rate", place.Code)?.Number : null) ?? (place.Partial ? null : Share(place.Lines));

    private static double? People_(Place place) => place.Lines is { Count: > 0 } lines && !place.Partial && lines.All(l => l.People is not null) ? lines.Sum(l => l.People!.Value) : null;

    private static IEnumerable<PlaceBeside> OthersBeside(PlaceSnapshot data, Place place)
    {
        yield return Row(data, place, here: true);
        foreach (var other in PlaceProfiles.Neighbouring(data, place)) yield return Row(data, other, here: false);
        if (place.Kind is not (PlaceKind.District or PlaceKind.Whole) && place.District is { } district && PlaceProfiles.Find(data, district, edition: place.Edition) is { } around) yield return Row(data, around, here: false);
        if (place.Kind != PlaceKind.Whole && District.Find(place.District) is { } ours)
        {
            var county = District.All.Where(d => d.Authority == ours.Authority).ToList();
            if (county.Count > 1 && PlaceProfiles.Together(data, Place.All, ours.AuthorityShort, county, place.Edition) is { Lines.Count: > 0 } authority) yield return Row(data, authority, here: false) with { Code = null };
        }
        var all = data.All(place.Edition, "imd_decile").Count;
        yield return new PlaceBeside(null, "England", false, all > 32_000 ? all : null, all > 32_000 ? (int)Math.Round(all / 10.0) : null, 5.5, data.EnglandIncomeRate(place.Edition), null);
    }

    private static PlaceBeside Row(PlaceSnapshot data, Place place, bool here)
    {
        var loaded = place.Lines.Where(l => l.Decile is not null).ToList();
        return new PlaceBeside(place.Code, place.Name, here, place.Lines.Count, loaded.Count > 0 ? loaded.Count(l => l.Decile == 1) : null,
            place.Partial ? null : Mean([.. loaded.Select(l => (l.People, (double?)l.Decile))]), ShareOf(data, place), People_(place), place.Partial ? place.All2011 : null);
    }

    /// <summary>What stands out, in a sentence or three.</summary>
    public string StandsOut()
    {
        var known = Place.Lines.Where(l => l.Decile is not null).ToList();
        if (known.Count == 0) return "The Indices of Deprivation are not loaded for this place.";
        var text = new List<string>();
        if (Place.Kind == PlaceKind.Neighbourhood)
        {
            text.Add($"It is {PlaceProfiles.InWords(known[0].Decile!.Value)}.");
            if (known[0].LocalDecile is { } local) text.Add($"Here, it is {PlaceProfiles.InWords(local, "in Cambridgeshire and Peterborough")}.");
        }
        else
        {
            var (most, least) = (known.Count(l => l.Decile == 1), known.Count(l => l.Decile == 10));
            if (Place.Partial) text.Add($"{Place.PartInWords}; what the others are is not known here. {(most, known.Count) switch { (0, _) => "None of these is", (1, _) => "One of these is", _ => $"{most} of these are" }} among the most deprived tenth in England{(least > 0 ? $", and {(least == 1 ? "one is" : $"{least} are")} among the least deprived tenth" : "")}.");
            else text.Add($"{Of(most, known.Count)} among the most deprived tenth in England{(least > 0 ? $", and {(least == 1 ? "one is" : $"{least} are")} among the least deprived tenth" : "")}.");
            if (known[^1].Decile - known[0].Decile >= 5) text.Add($"It is a place of contrasts: {known[0].Called} is {PlaceProfiles.InWords(known[0].Decile!.Value)}, {known[^1].Called} {PlaceProfiles.InWords(known[^1].Decile!.Value)}.");
        }
        if (Differs is { } part)
            text.Add($"{part.Title} differs most from the rest: there it is {(part.Tenth < Index.Tenth ? "more" : "less")} deprived ({(Place.Kind == PlaceKind.Neighbourhood ? "tenth" : "on average tenth")} {Number(part.Tenth!.Value)} against {Number(Index.Tenth!.Value)}).");
        else if (Parts.Any(p => p.Tenth is not null)) text.Add("None of its seven parts differs much from the whole.");
        if (Beside.FirstOrDefault(b => !b.Here && b.IncomeShare is not null && b.Name == "England") is { } england && IncomeShare is { } share)
            text.Add($"{Percent(share)} of people are income deprived; in England {Percent(england.IncomeShare!.Value)}.");
        else if (IncomeShare is { } own) text.Add($"{Percent(own)} of people are income deprived.");
        return string.Join(' ', text);

        static string Of(int most, int all) => (most, all) switch { (0, 1) => "Its one neighbourhood is not", (0, _) => $"None of its {all} neighbourhoods is", (1, 1) => "Its one neighbourhood is", (1, _) => $"One of its {all} neighbourhoods is", _ when most == all => $"All its {all} neighbourhoods are", _ => $"{most} of its {all} neighbourhoods are" };
    }

    public static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";
    public static string Number(double tenth) => tenth.ToString("0.#", CultureInfo.InvariantCulture);
}
