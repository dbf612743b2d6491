using System.Text.RegularExpressions;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// Whether an area that a service serves holds a place. Yes and no where names, outlines or distances say so; maybe where a name is none that is known.
/// Asked once for each area and question: thousands of services name the same few.
/// </summary>
public sealed partial class AreaReach(MenuPlace place)
{
    private const double FarFromPostcode = 3, FarFromNamed = 8;
    private readonly Dictionary<ServiceArea, Verdict> asked = [];

    /// <summary>Of a whole service: no areas named is a maybe.</summary>
    public Verdict Of(Service service)
    {
        var any = false;
        var (maybe, soft) = (false, false);
        foreach (var area in service.AreasServed)
        {
            var verdict = Of(area);
            if (verdict == Verdict.Yes) return Verdict.Yes;
            if (!area.Only) { soft = true; continue; }
            any = true;
            maybe |= verdict == Verdict.Maybe;
        }
        return any && (!maybe || (!soft && IsFarFromThoseKnown(service))) ? Verdict.No : soft || !any || maybe ? Verdict.Maybe : Verdict.No;
    }

    /// <summary>A name that nobody knows lies by those that it stands with: “Linton, Balsham, Great Abington”.</summary>
    private bool IsFarFromThoseKnown(Service service)
    {
        if (place.Point is not { } here) return false;
        var names = service.AreasServed.Where(a => a.Only).SelectMany(a => a.Kind == AreaKind.Named && a.Code is null && a.Outline is null ? Parts().Split(a.Name) : [""]).ToList();
        var known = new List<double>();
        foreach (var name in names)
        {
            if (Gazetteer.Current.Find(Folding.Fold(name)) is { } there) known.Add(here.MilesTo(there.Point));
            // “and further afield” is no name, and may be anywhere.
            else if (!ProperName().IsMatch(name)) return false;
        }
        return known.Count > 0 && known.TrueForAll(m => m > FarFromNamed);
    }

    private Verdict Of(ServiceArea area)
    {
        // Every source has an id of its own for the same area.
        if (area.Id is not null) area = area with { Id = null };
        if (asked.TryGetValue(area, out var known)) return known;
        return asked[area] = area.Kind == AreaKind.Named ? OfNamed(area) : OfOurs(area);
    }

    private Verdict OfOurs(ServiceArea area)
    {
        if (place.District is null) return place.IsCovered || place.Point is not null ? Verdict.No : place.County is { } county && area.Kind == AreaKind.County ? county == area.Name ? Verdict.Yes : Verdict.No : Verdict.Maybe;
        if (District.Find(place.District) is not { } district) return Verdict.No;
        return area.Kind switch
        {
            AreaKind.County => area.Name == district.AuthorityShort,
            AreaKind.District => area.Name == district.Name,
            _ => area.Name == place.Ward || place.Names.Contains(Folding.Fold(area.Name)),
        } ? Verdict.Yes : area.Kind == AreaKind.Ward && place.Ward is null && Near(area.Name, 3) ? Verdict.Maybe : Verdict.No;
    }

    private bool Near(string name, double miles) => place.Point is { } here && Gazetteer.Current.Find(Folding.Fold(name)) is { } there ? here.MilesTo(there.Point) <= miles : place.Point is null;

    private Verdict OfNamed(ServiceArea area)
    {
        if (area.Outline is { } ring && place.Point is { } point) return Holds(ring, point) ? Verdict.Yes : Verdict.No;
        if (area.Code is { } code)
        {
            if (code.StartsWith("E92", StringComparison.Ordinal) || code.StartsWith("K0", StringComparison.Ordinal)) return Verdict.Yes;
            if (code == "E12000006") return place.IsOurs ? Verdict.Yes : Verdict.Maybe;
            if (code == "E10000003") return District.Find(place.District) is { } d ? d.AuthorityShort == "Cambridgeshire" ? Verdict.Yes : Verdict.No : place.IsCovered ? Verdict.No : Verdict.Maybe;
            if (code[1..3] is "06" or "07" or "08" or "09" && place.District is { } mine) return code == mine ? Verdict.Yes : Verdict.No;
            if (code[0] is 'W' or 'S' or 'N' && place.IsCovered) return Verdict.No;
        }
        return OfWords(area.Name);
    }

    /// <summary>A text may name several areas: “Wisbech, March and Chatteris”.</summary>
    private Verdict OfWords(string text)
    {
        if (Everywhere().IsMatch(text)) return Verdict.Yes;
        if (OfOne(text) is { } whole && whole != Verdict.Maybe) return whole;
        var (yes, maybe, no) = (false, false, false);
        foreach (var part in Parts().Split(text).Where(p => !string.IsNullOrWhiteSpace(p)))
        {
            switch (OfOne(part)) { case Verdict.Yes: yes = true; break; case Verdict.No: no = true; break; default: maybe = true; break; }
        }
        return yes ? Verdict.Yes : maybe || !no ? no && !maybe ? Verdict.No : Verdict.Maybe : Verdict.No;
    }

    private Verdict? OfOne(string text)
    {
        // “Huntingdon PE29”: the code says yes; where it does not, the name decides.
        if (Codes(text).Count == 0 && BesideName().Matches(text) is { Count: > 0 } beside)
        {
            if (place.Outward is { } own && beside.Any(b => b.Groups[1].Value == own)) return Verdict.Yes;
            text = BesideName().Replace(text, " ");
        }
        var folded = Folding.Fold(text);
        var around = Around().IsMatch(folded);
        var within = Within().Match(folded);
        var bare = Noise().Replace(folded, " ");
        bare = Regex.Replace(bare, " +", " ").Trim();
        if (bare.Length == 0) return Verdict.Maybe;
        if (Codes(text) is { Count: > 0 } outwards) return place.Outward is { } mine ? outwards.Any(o => o == mine || (o.Length <= 2 && mine.StartsWith(o, StringComparison.Ordinal))) ? Verdict.Yes : Verdict.No : ByPoint(outwards);
        if (Whereabouts.DistrictNamed(bare) is { } district)
        {
            if (place.District is not null) return district.Code == place.District ? Verdict.Yes : within.Success || around ? NearPlace(bare, within, around) : Verdict.No;
            return place.Point is not null || place.IsCovered ? Verdict.No : Verdict.Maybe;
        }
        if (bare is "cambridgeshire" or "cambs" or "county wide" or "countywide" or "whole county" or "across county" or "cambridgeshire county")
            return District.Find(place.District) is { } ours ? ours.AuthorityShort == "Cambridgeshire" || bare.StartsWith("county", StringComparison.Ordinal) ? Verdict.Yes : Verdict.No : place.County == "Cambridgeshire" ? Verdict.Yes : place.IsCovered ? Verdict.No : Verdict.Maybe;
        if (bare is "greater peterborough") return place.District == "E06000031" ? Verdict.Yes : place.IsCovered ? Verdict.No : Verdict.Maybe;
        if (bare is "greater cambridge" or "cambridge and south cambridgeshire") return place.District is "E07000008" or "E07000012" ? Verdict.Yes : place.IsCovered ? Verdict.No : Verdict.Maybe;
        if (bare is "cambridgeshire peterborough" or "cambridgeshire and peterborough" or "peterborough and cambridgeshire" or "cambridgeshire & peterborough") return place.IsOurs ? Verdict.Yes : place.IsCovered ? Verdict.No : Verdict.Maybe;
        if (bare is "east of england" or "eastern region" or "east anglia" or "eastern england" or "east" or "the fens" or "fens") return place.IsOurs ? bare.EndsWith("fens", StringComparison.Ordinal) && place.District != "E07000010" ? Verdict.Maybe : Verdict.Yes : Verdict.Maybe;
        if (place.Names.Contains(bare)) return Verdict.Yes;
        if (NearPlace(bare, within, around) is { } near) return near;
        if (Gazetteer.Current.IsElsewhere(bare)) return place.IsCovered || place.IsOurs ? Verdict.No : place.Point is not null && place.Names.Count > 0 ? Verdict.No : Verdict.Maybe;
        // “North Fenland”, “Wisbech and district”: a name of ours inside.
        foreach (var d in District.All)
            if (bare.Contains(Folding.Fold(d.Name).Replace(" city", "", StringComparison.Ordinal), StringComparison.Ordinal) && !(bare.Contains("cambridgeshire", StringComparison.Ordinal) && d.Name == "Cambridge City")) return d.Code == place.District ? Verdict.Yes : place.IsCovered ? Verdict.No : Verdict.Maybe;
        return Verdict.Maybe;
    }

    /// <summary>Parts of postcodes, where only the point of a place is known: its own, none that is near, or one whose edge may be here.</summary>
    private Verdict ByPoint(List<string> outwards)
    {
        if (place.Point is not { } here) return Verdict.Maybe;
        if (Gazetteer.Current.OutwardAt(here) is { } own && outwards.Contains(own)) return Verdict.Yes;
        return outwards.TrueForAll(o => Gazetteer.Current.MilesTo(o, here) > FarFromPostcode) ? Verdict.No : Verdict.Maybe;
    }

    /// <summary>A town or village with a point: in it, near it, or far from it.</summary>
    private Verdict? NearPlace(string bare, Match within, bool around)
    {
        if (place.Point is not { } here) return null;
        var name = within.Success ? within.Groups["place"].Value.Trim() : bare;
        var there = Gazetteer.Current.Find(name)?.Point ?? place.TownPoint?.Invoke(name);
        if (there is not { } point) return null;
        var miles = here.MilesTo(point);
        var (inside, outside) = within.Success && double.TryParse(within.Groups["n"].Value, out var n) ? (n, n * 1.1 + 0.5) : around ? (6, 9) : (1.8, 4.0);
        return miles <= inside ? Verdict.Yes : miles <= outside ? Verdict.Maybe : Verdict.No;
    }

    /// <summary>First parts of postcodes, where the text is nothing else.</summary>
    private static List<string> Codes(string text)
    {
        var upper = text.ToUpperInvariant();
        return CodeNoise().Replace(Outward().Replace(upper, ""), "").Any(char.IsLetter) ? [] : [.. Outward().Matches(upper).Select(m => m.Groups[1].Value)];
    }

    /// <summary>The even-odd rule on a ring of latitudes and longitudes.</summary>
    private static bool Holds(IReadOnlyList<double> ring, GeoPoint p)
    {
        var inside = false;
        for (int i = 0, j = ring.Count - 2; i < ring.Count; j = i, i += 2)
        {
            double yi = ring[i], xi = ring[i + 1], yj = ring[j], xj = ring[j + 1];
            if (yi > p.Latitude != yj > p.Latitude && p.Longitude < (xj - xi) * (p.Latitude - yi) / (yj - yi) + xi) inside = !inside;
        }
        return inside;
    }

    [GeneratedRegex(@"\b(?:nation(?:al|wide|-wide)?|uk|u\.k\.|united kingdom|great britain|england|everywhere|anywhere|worldwide|country[\s-]?wide|all areas|no (?:area )?restrictions?|online)\b(?<!(?:east of|east|west|north|south|new|eastern|northern|southern|mid) england)", RegexOptions.IgnoreCase)]
    private static partial Regex Everywhere();

    [GeneratedRegex(@"\s*(?:[,;/|]|\band\b|&|\bplus\b|\bor\b)\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Parts();

    [GeneratedRegex(@"\b(?:surround\w*|villages?|around|nearby|neighbouring|and area|rural|environs)\b")]
    private static partial Regex Around();

    [GeneratedRegex(@"\bwithin (?<n>\d{1,3}) miles? (?:of|from) (?<place>.+)$|(?<n>\d{1,3}) miles? (?:radius )?(?:of|around|from) (?<place>.+)$")]
    private static partial Regex Within();

    [GeneratedRegex(@"\b(?:the|all of|whole of|across|throughout|only|residents of|people in|area|areas|surround\w*|villages?|around|nearby|neighbouring|local|district of|city of|county of|borough|ward|wards|parish|town|centre|available in|living in|covers|covering|serves|serving|and district|environs|rural)\b")]
    private static partial Regex Noise();

    [GeneratedRegex(@"\b(?:POSTCODES?|POST CODES?|AREAS?|DISTRICTS?|AND|ONLY|THE|IN|SECTORS?)\b")]
    private static partial Regex CodeNoise();

    [GeneratedRegex(@"\b([A-Z]{1,2}\d[A-Z\d]?)(?: \d(?:[A-Z]{2})?)?\b")]
    private static partial Regex Outward();

    [GeneratedRegex(@"^(?:the )?[A-Z][a-z'’-]+(?:[ -](?:[A-Z][a-z'’-]+|of|on|upon|the|in|le|cum))*$")]
    private static partial Regex ProperName();

    [GeneratedRegex(@"\(?\b([A-Z]{2}\d[A-Z\d]?)\b\)?")]
    private static partial Regex BesideName();
}
