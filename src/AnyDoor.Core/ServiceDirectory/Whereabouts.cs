using System.Globalization;
using System.Text.RegularExpressions;
using AnyDoor.Common;
using AnyDoor.Places;

namespace AnyDoor.ServiceDirectory;

/// <summary>From what somebody types as a place to where that is: official postcodes first, then the postcodes and towns of the menu's own services, then the gazetteer.</summary>
public static partial class Whereabouts
{
    private const double SameTownMiles = 2.5;

    /// <summary>Null: what was typed is no place that we know. Nothing typed: <see cref="MenuPlace.NotKnown"/>.</summary>
    public static MenuPlace? Find(string? postcode, string? place, MenuIndex index, PostcodeDirectory? postcodes = null)
    {
        if (string.IsNullOrWhiteSpace(postcode) && string.IsNullOrWhiteSpace(place)) return MenuPlace.NotKnown;
        MenuPlace? found = null;
        if (!string.IsNullOrWhiteSpace(postcode)) found = OfPostcode(postcode, index, postcodes);
        if (!string.IsNullOrWhiteSpace(place))
        {
            var named = OfPoint(place) ?? OfPostcode(place, index, postcodes) ?? OfName(place, index);
            // A postcode is nearer the truth; the name may be what an area calls itself.
            found = found is null ? named : found with { Names = [.. found.Names, Folding.Fold(place)] };
        }
        return found is null ? null : Named(found, index);
    }

    /// <summary>A point with its district and the names of what is around it.</summary>
    public static MenuPlace Of(MenuPlace place, MenuIndex index) => Named(place, index);

    private static MenuPlace? OfPostcode(string typed, MenuIndex index, PostcodeDirectory? postcodes)
    {
        if (Postcode.TryParse(typed, out var postcode))
        {
            if (postcodes?.FindAnywhere(postcode) is { } facts) return new MenuPlace(facts.District, null, new GeoPoint(facts.Latitude, facts.Longitude)) { Outward = postcode.Outward };
            if (index.Postcode(postcode.Compact) is { } same) return new MenuPlace(null, null, same) { Outward = postcode.Outward };
            if (Gazetteer.Current.Sector(postcode.Sector) is { } sector) return new MenuPlace(sector.District, null, sector.Point) { Outward = postcode.Outward };
            if (index.Postcode(postcode.Sector) is { } near) return new MenuPlace(null, null, near) { Outward = postcode.Outward };
            return OfOutward(postcode.Outward, index) ?? new MenuPlace() { Outward = postcode.Outward };
        }
        var word = typed.Trim().ToUpperInvariant();
        if (SectorOnly().IsMatch(word)) word = word.Split(' ')[0];
        return OutwardOnly().IsMatch(word) ? OfOutward(word, index) : null;
    }

    /// <summary>Where a browser says that somebody is, as <c>52.664, 0.160</c>.</summary>
    private static MenuPlace? OfPoint(string typed) =>
        PointOnly().Match(typed) is { Success: true } m && double.TryParse(m.Groups["lat"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var lat) && double.TryParse(m.Groups["lon"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var lon) && lat is >= -90 and <= 90 && lon is >= -180 and <= 180
            ? new MenuPlace(null, null, new GeoPoint(lat, lon)) : null;

    private static MenuPlace? OfOutward(string outward, MenuIndex index)
    {
        if (Gazetteer.Current.Outward(outward) is { } known) return new MenuPlace(known.District, null, known.Point) { Outward = outward };
        return index.Postcode(outward) is { } point ? new MenuPlace(null, null, point) { Outward = outward } : null;
    }

    private static MenuPlace? OfName(string typed, MenuIndex index)
    {
        var parts = typed.Split([',', ';', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Folding.Fold).Where(p => p.Length > 1).ToList();
        foreach (var part in parts.Prepend(Folding.Fold(typed)))
            if (Known(part, index) is { } found) return found with { Names = [part] };
        // “Near Ely station”: the longest run of words that is a place.
        var words = Folding.Fold(typed).Split(' ');
        for (var length = Math.Min(4, words.Length); length > 0; length--)
            for (var at = 0; at + length <= words.Length; at++)
                if (string.Join(' ', words[at..(at + length)]) is { Length: > 2 } run && Known(run, index) is { } found) return found with { Names = [run] };
        return words.Where(w => w.Length >= 5).Select(w => Misspelt(w, index)).FirstOrDefault(p => p is not null);
    }

    private static MenuPlace? Known(string folded, MenuIndex index)
    {
        if (DistrictNamed(folded) is { } district) return new MenuPlace(district.Code, null, Gazetteer.Current.Find(folded)?.Point);
        if (Gazetteer.Current.Find(folded) is { } place) return new MenuPlace(place.District, place.Kind == "ward" ? place.Name : null, place.Point);
        if (folded is "cambridgeshire" or "cambs") return new MenuPlace() { County = "Cambridgeshire" };
        return index.Town(folded) is { } point ? new MenuPlace(null, null, point) : null;
    }

    private static MenuPlace? Misspelt(string word, MenuIndex index)
    {
        var (best, least) = ("", 3);
        foreach (var name in index.TownNames.Concat(District.All.Select(d => Folding.Fold(d.Name))))
            if (Math.Abs(name.Length - word.Length) <= 2 && Tokens.Slips(word, name) is var slips && slips < least && slips <= (word.Length >= 7 ? 2 : 1)) (best, least) = (name, slips);
        return best.Length > 0 ? Known(best, index) is { } found ? found with { Names = [best] } : null : null;
    }

    internal static District? DistrictNamed(string folded)
    {
        var name = folded.Replace(" district council", "", StringComparison.Ordinal).Replace(" city council", "", StringComparison.Ordinal).Replace(" district", "", StringComparison.Ordinal).Replace(" council", "", StringComparison.Ordinal).Trim();
        if (name.StartsWith("city of ", StringComparison.Ordinal)) name = name[8..];
        name = name switch { "south cambs" => "south cambridgeshire", "east cambs" => "east cambridgeshire", "hunts" => "huntingdonshire", "cambridge" => "cambridge city", "peterborough city" => "peterborough", _ => name };
        return District.All.FirstOrDefault(d => Folding.Fold(d.Name) == name);
    }

    private static MenuPlace Named(MenuPlace place, MenuIndex index)
    {
        if (place.Point is not { } point) return place with { Names = [.. place.Names, .. place.Outward is { } o ? [o.ToLowerInvariant()] : Array.Empty<string>()] };
        var district = place.District ?? Gazetteer.Current.DistrictAt(point);
        var covered = district is not null || Gazetteer.Current.Covers(point);
        // Where our districts are known, a county that a neighbour's address names is no name of this place.
        var near = index.NamesNear(point, SameTownMiles).Where(n => !covered || !(Gazetteer.Current.IsElsewhere(n) || n == "cambridgeshire" || DistrictNamed(n) is not null));
        var names = place.Names.Concat(Gazetteer.Current.Within(point, 1.2).Select(p => Folding.Fold(p.Name))).Concat(near);
        return place with { District = district, IsOurs = District.Find(district) is not null, IsCovered = covered, Names = names.ToHashSet(StringComparer.Ordinal), TownPoint = index.Town };
    }

    [GeneratedRegex(@"^\s*(?<lat>-?\d{1,2}\.\d{1,8})\s*,\s*(?<lon>-?\d{1,3}\.\d{1,8})\s*$")]
    private static partial Regex PointOnly();

    [GeneratedRegex(@"^[A-Z]{1,2}\d[A-Z\d]?$")]
    private static partial Regex OutwardOnly();

    [GeneratedRegex(@"^[A-Z]{1,2}\d[A-Z\d]? \d$")]
    private static partial Regex SectorOnly();
}
