using AnyDoor.Common;
using AnyDoor.Places;

namespace AnyDoor.ServiceDirectory;

/// <summary>Where a need is counted: a town, village or ward by the name that people use, or a district alone. Never a postcode.</summary>
/// <param name="District">ONS code, or <see cref="MenuGap.NotKnown"/>.</param>
/// <param name="Name">Empty: the district as a whole.</param>
public sealed record GapPlace(string District, string Name)
{
    private const double FarthestMiles = 3;
    public static readonly GapPlace NotKnown = new(MenuGap.NotKnown, "");

    private static readonly Lazy<IReadOnlyDictionary<string, NamedPlace>> Places = new(() =>
        Gazetteer.Current.Ours.GroupBy(p => Slugged(p.Name)).ToDictionary(g => g.Key, g => g.OrderBy(p => p.Kind == "place" ? 0 : 1).First(), StringComparer.Ordinal));

    /// <summary>Every place that has a name of its own, by its address.</summary>
    public static IReadOnlyDictionary<string, NamedPlace> Named => Places.Value;

    public string Words => Name.Length > 0 ? Name : Whole?.Name ?? "Place not known";
    public string Slug => Name.Length > 0 ? Slugged(Name) : District;
    private District? Whole => AnyDoor.Places.District.Find(District);

    public static GapPlace? Find(string? slug) =>
        slug is null ? null : Named.TryGetValue(slug, out var place) ? new GapPlace(place.District!, place.Name) : AnyDoor.Places.District.Find(slug) is { } district ? new GapPlace(district.Code, "") : null;

    /// <summary>Whether these words are, or are part of, the name of a place of ours.</summary>
    public static bool IsNamed(string words) => Gazetteer.Current.Find(Folding.Fold(words)) is not null || AnyDoor.Places.District.All.Any(d => d.Name.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>The named place nearest to where somebody is; without a point the district.</summary>
    public static GapPlace Of(MenuPlace? place) => place is { Point: { } point } ? At(point, place.District) : new GapPlace(place?.District ?? MenuGap.NotKnown, "");

    public static GapPlace At(GeoPoint point, string? district)
    {
        NamedPlace? best = null;
        var least = FarthestMiles;
        foreach (var place in Named.Values)
        {
            if (Math.Abs(place.Point.Latitude - point.Latitude) > 0.06 || (district is not null && place.District != district)) continue;
            var miles = place.Point.MilesTo(point);
            if (miles < least || (miles == least && best is { Kind: not "place" } && place.Kind == "place")) (best, least) = (place, miles);
        }
        return best is not null ? new GapPlace(best.District!, best.Name) : new GapPlace(district ?? MenuGap.NotKnown, "");
    }

    /// <summary>A need that says much about whoever has it is counted by district and no nearer.</summary>
    public GapPlace For(string need) => IsQuiet(need) ? this with { Name = "" } : this;

    private static bool IsQuiet(string need) => need == "drink-drugs-gambling" || AnyDoor.Vocabulary.Words.Current.Need(need)?.Group == "safety";

    /// <summary>As the match takes it.</summary>
    public MenuPlace ToMenuPlace(MenuIndex index) =>
        Whereabouts.Of(new MenuPlace(District == MenuGap.NotKnown ? null : District, null, Named.TryGetValue(Slug, out var place) ? place.Point : null) { Names = Name.Length > 0 ? [Folding.Fold(Name)] : [] }, index);

    private static string Slugged(string name) => string.Join('-', Folding.Fold(name).Split([' ', '\'', '’', '&', ',', '.', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries));
}
