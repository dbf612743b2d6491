using System.Globalization;

namespace AnyDoor.Places;

/// <summary>One of the seven domains of the index for a neighbourhood. Rank 1 is the most deprived.</summary>
public sealed record DomainLine(string Id, string Title, int? Rank, int? Decile);

/// <summary>A share of people with low incomes, for a place and what it is compared with. Null: not loaded.</summary>
public sealed record ShareLine(string Place, double? Share);

/// <summary>What one edition of the indices says of a neighbourhood. Two editions are never put side by side: their boundaries and their sources differ.</summary>
/// <param name="Total">How many neighbourhoods England has in this edition.</param>
/// <param name="Differs">The domain that differs most from the index as a whole; null: none does by two tenths or more.</param>
public sealed record EditionProfile(string Edition, int BoundaryYear, int Total, int? Rank, int? Decile, IReadOnlyList<DomainLine> Domains, DomainLine? Differs, IReadOnlyList<ShareLine> Income, double? People);

/// <summary>What the papers print of the neighbourhood.</summary>
public sealed record PrintedLine(PrintedRow Row, PrintedDifference? Difference);

/// <summary>A neighbourhood as it is: where it lies, what each edition of the indices says, its local rank, what the papers printed, and from which datasets.</summary>
public sealed record NeighbourhoodProfile(string Code, string Name, string? CommonsName, string? District, string? DistrictName, WardFit? Ward, int? LocalPlace, int? LocalDecile, int LocalTotal,
    IReadOnlyList<EditionProfile> Editions, IReadOnlyList<PrintedLine> Printed, IReadOnlyList<Dataset> From);

/// <summary>A neighbourhood in a list of a ward or a district, by the newest edition that is loaded for its boundaries.</summary>
/// <param name="Note">What must be said with it, like that the papers print it twice.</param>
public sealed record NeighbourhoodLine(string Code, string Name, string? CommonsName, string? Ward, int? Decile, int? Rank, int? LocalDecile, double? IncomeShare, double? People = null, string? Note = null)
{
    public string Called => CommonsName is null ? Name : $"{CommonsName} ({Name})";
}

/// <summary>A place that is larger than a neighbourhood, found by its name.</summary>
public sealed record WiderPlace(string Code, string Name, string Kind, string Within);

/// <summary>Puts the place profiles together from what is loaded. A pure reading of one snapshot.</summary>
public static class PlaceProfiles
{
    internal static readonly string[] Domains = ["income", "employment", "education", "health", "crime", "barriers", "environment"];

    private static readonly (string Edition, int Year)[] Editions = [(PlaceSnapshot.Index2025, 2021), (PlaceSnapshot.Index2019, 2011)];

    /// <summary>Null: no such neighbourhood is loaded.</summary>
    public static NeighbourhoodProfile? Of(PlaceSnapshot data, string code, IReadOnlyList<PrintedRow> printed, IReadOnlyList<PrintedDifference> differences)
    {
        var known = Editions.Select(e => data.Area(code, e.Year)).OfType<PlaceArea>().Where(a => a.Kind == "lsoa").ToList();
        if (known.Count == 0) return null;
        var area = known[0];
        var ward = data.Ward(code, 2021, 2024) ?? data.Ward(code, 2011, 2019);
        var rows = printed.Where(p => known.Exists(a => a.Year == 2011 && p.Name.Equals(a.Name, StringComparison.OrdinalIgnoreCase)) || differences.Any(d => d.Row == p.Row && d.Suggestion == area.Name))
            .Select(p => new PrintedLine(p, differences.FirstOrDefault(d => d.Row == p.Row))).ToList();
        List<EditionProfile> editions = [.. Editions.Select(e => Edition(data, code, area, e.Edition, e.Year)).OfType<EditionProfile>()];
        var shown = editions.Select(e => e.Edition).ToHashSet(StringComparer.Ordinal);
        return new NeighbourhoodProfile(code, area.Name, data.CommonsName(code, area.Name), area.District, area.DistrictName, ward, data.LocalDeciles.Place(code), data.LocalDeciles.Decile(code), data.LocalDeciles.Expected,
            editions, rows, [.. data.InUse.Where(d => Licences.Of(d.Licence).Confirmed && (shown.Contains(d.Edition) || d.Kind is "names" or "lookup"))]);
    }

    /// <summary>The edition that pages show unless asked for the other: 2019, which the papers and the local deciles go by; else what is loaded; with neither, what the papers print.</summary>
    public static (string Edition, int Year) Usual(PlaceSnapshot data, string? asked = null) =>
        asked == PlaceSnapshot.Index2025 && data.Has(PlaceSnapshot.Index2025, "imd_decile") ? (PlaceSnapshot.Index2025, 2021)
        : data.Has(PlaceSnapshot.Index2019, "imd_decile") ? (PlaceSnapshot.Index2019, 2011)
        : data.Has(PlaceSnapshot.Index2025, "imd_decile") ? (PlaceSnapshot.Index2025, 2021) : (PapersPlaces.Edition, 2011);

    /// <summary>A place by its address; null: there is none in what is loaded.</summary>
    /// <param name="made">For an area that somebody made: its name and its neighbourhoods, of one year's boundaries.</param>
    public static Place? Find(PlaceSnapshot data, string code, (string Name, int Year, IReadOnlyCollection<string> Codes)? made = null, string? edition = null)
    {
        if (made is { } area) return Area(data, code, area.Name, area.Year, area.Codes);
        var (usual, year) = Usual(data, edition);
        if (usual == PapersPlaces.Edition) return PapersPlaces.Find(code);
        if (code == Place.All) return Together(data, code, string.Join(" and ", District.All.Select(d => d.AuthorityShort).Distinct()), District.All, usual);
        if (District.Find(code) is { } ours) return Together(data, code, ours.Name, [ours], usual) is { Lines.Count: > 0 } found ? found with { Kind = PlaceKind.District, District = code, All2011 = year == 2011 ? ours.Neighbourhoods : null } : null;
        if (Neighbourhood(data, code, usual, year) is { } own) return own;
        if (Neighbourhood(data, code, PlaceSnapshot.Index2019, 2011) is { } old) return old;
        if (Neighbourhood(data, code, PlaceSnapshot.Index2025, 2021) is { } now) return now;
        if (code.StartsWith("E05", StringComparison.Ordinal))
        {
            // A ward has a year of its own: it is shown with the neighbourhoods of its lookup and no others.
            foreach (var (of, lsoas, wards) in new[] { (usual, year, WardYear(year)), (PlaceSnapshot.Index2019, 2011, 2019), (PlaceSnapshot.Index2025, 2021, 2024) })
                if (data.Has(of, "imd_decile") && data.InWard(code, lsoas, wards).ToList() is { Count: > 0 } inWard)
                    return Of(data, code, PlaceKind.Ward, data.Ward(inWard[0].Code, lsoas, wards)!.Name, of, lsoas, inWard);
        }
        if (code.StartsWith("E58", StringComparison.Ordinal))
            foreach (var (of, lsoas) in new[] { (usual, year), (PlaceSnapshot.Index2019, 2011), (PlaceSnapshot.Index2025, 2021) })
                if (data.Has(of, "imd_decile") && data.InDivision(code, lsoas).ToList() is { Count: > 0 } inDivision)
                    return Of(data, code, PlaceKind.Division, data.Division(inDivision[0].Code, lsoas)!.Name, of, lsoas, inDivision);
        return data.Neighbourhoods(code, year).ToList() is { Count: > 0 } elsewhere ? Of(data, code, PlaceKind.District, elsewhere[0].DistrictName ?? code, usual, year, elsewhere) : null;
    }

    private static Place? Area(PlaceSnapshot data, string code, string name, int year, IReadOnlyCollection<string> codes)
    {
        if (Usual(data).Edition == PapersPlaces.Edition) return PapersPlaces.Area(code, name, codes);
        var of = codes.Select(c => data.Area(c, year) ?? (data.Addressed(c, year).FirstOrDefault() is { } named ? data.Area(named, year) : null)).OfType<PlaceArea>().ToList();
        return Of(data, code, PlaceKind.Area, name, year == 2011 ? PlaceSnapshot.Index2019 : PlaceSnapshot.Index2025, year, of);
    }

    private static Place? Neighbourhood(PlaceSnapshot data, string code, string edition, int year) =>
        data.Area(code, year) is { Kind: "lsoa" } area && data.Has(edition, "imd_decile") && data.Find(edition, "imd_decile", code) is not null ? Of(data, code, PlaceKind.Neighbourhood, data.CommonsName(code, area.Name) is { } called ? $"{called} ({area.Name})" : area.Name, edition, year, [area]) : null;

    /// <summary>Several of our districts as one place.</summary>
    public static Place? Together(PlaceSnapshot data, string code, string name, IReadOnlyList<District> districts, string edition) =>
        edition == PapersPlaces.Edition ? PapersPlaces.Find(code)
            : Of(data, code, PlaceKind.Whole, name, edition, YearOf(edition), [.. districts.SelectMany(d => data.Neighbourhoods(d.Code, YearOf(edition)))]);

    public static int YearOf(string edition) => edition == PlaceSnapshot.Index2025 ? 2021 : 2011;

    private static int WardYear(int year) => year == 2011 ? 2019 : 2024;

    private static Place Of(PlaceSnapshot data, string code, PlaceKind kind, string name, string edition, int year, IReadOnlyList<PlaceArea> areas)
    {
        var districts = areas.Select(a => a.District).Distinct().ToList();
        return new Place(code, kind, name, edition, year, districts is [var only] ? only : null, Lines(data, areas, edition, year));
    }

    private static List<NeighbourhoodLine> Lines(PlaceSnapshot data, IEnumerable<PlaceArea> areas, string edition, int year) =>
    [
        .. areas.Select(a => new NeighbourhoodLine(a.Code, a.Name, data.CommonsName(a.Code, a.Name), data.Ward(a.Code, year, WardYear(year))?.Name, Whole(data, edition, "imd_decile", a.Code), Whole(data, edition, "imd_rank", a.Code),
                year == 2011 ? data.LocalDeciles.Decile(a.Code) : null, data.Find(edition, "income_rate", a.Code)?.Number, data.Find(edition, "population", a.Code)?.Number))
            .OrderBy(l => l.Rank ?? int.MaxValue).ThenBy(l => l.Name, StringComparer.Ordinal),
    ];

    /// <summary>The places of the same kind that share a border with this one, at most eight. Without outlines: the other neighbourhoods of its ward.</summary>
    public static IEnumerable<Place> Neighbouring(PlaceSnapshot data, Place place)
    {
        if (place.Edition == PapersPlaces.Edition) return [];
        var own = place.Lines.Select(l => l.Code).ToHashSet(StringComparer.Ordinal);
        var outlines = data.OutlinesOf("lsoa", place.Year);
        var around = own.SelectMany(outlines.Neighbours).Where(c => !own.Contains(c)).Distinct().ToList();
        if (!outlines.Any && place.Kind == PlaceKind.Neighbourhood && data.Ward(place.Code, place.Year, WardYear(place.Year)) is { } ward && place.District is { } district)
            around = [.. data.Neighbourhoods(district, place.Year).Select(a => a.Code).Where(c => c != place.Code && data.Ward(c, place.Year, WardYear(place.Year))?.Code == ward.Code)];
        var codes = place.Kind switch
        {
            PlaceKind.Neighbourhood => around,
            PlaceKind.Ward => around.Select(c => data.Ward(c, place.Year, WardYear(place.Year))?.Code).OfType<string>(),
            PlaceKind.Division => around.Select(c => data.Division(c, place.Year)?.Code).OfType<string>(),
            PlaceKind.District => around.Select(c => data.Area(c, place.Year)?.District).OfType<string>(),
            _ => [],
        };
        return codes.Distinct().Order(StringComparer.Ordinal).Take(8).Select(c => Find(data, c, edition: place.Edition)).OfType<Place>().Where(p => p.Code != place.Code && p.Edition == place.Edition);
    }

    /// <summary>The neighbourhoods of a place, the most deprived first, by the edition that pages show.</summary>
    public static (int Year, string Edition, IReadOnlyList<NeighbourhoodLine> Lines) In(PlaceSnapshot data, string code) =>
        Find(data, code) is { } place ? (place.Year, place.Edition, place.Lines) : (Usual(data).Year, Usual(data).Edition, []);

    /// <summary>Places whose name, ward, Commons name or code holds these words; the shortest names first, at most fifty.</summary>
    public static IReadOnlyList<NeighbourhoodLine> Search(PlaceSnapshot data, string words)
    {
        var plain = words.Trim();
        if (plain.Length < 2) return [];
        bool Has(string? text) => text?.Contains(plain, StringComparison.OrdinalIgnoreCase) == true;
        return [.. District.All.SelectMany(d => In(data, d.Code).Lines).Where(l => Has(l.Name) || Has(l.CommonsName) || Has(l.Ward) || l.Code.Equals(plain, StringComparison.OrdinalIgnoreCase))
            .OrderBy(l => l.Name.Length).ThenBy(l => l.Name, StringComparer.Ordinal).Take(50)];
    }

    /// <summary>Districts, wards and electoral divisions of the edition that pages show, by name or code: the shortest names first, at most twenty.</summary>
    public static IReadOnlyList<WiderPlace> SearchWider(PlaceSnapshot data, string words)
    {
        var plain = words.Trim();
        if (plain.Length < 2) return [];
        var (edition, year) = Usual(data);
        bool Has(string code, string name) => name.Contains(plain, StringComparison.OrdinalIgnoreCase) || code.Equals(plain, StringComparison.OrdinalIgnoreCase);
        var found = District.All.Where(d => Has(d.Code, d.Name)).Select(d => new WiderPlace(d.Code, d.Name, "District", d.AuthorityShort)).ToList();
        if (edition != PapersPlaces.Edition)
            foreach (var district in District.All)
                foreach (var area in data.Neighbourhoods(district.Code, year))
                    foreach (var (fit, kind) in new[] { (data.Ward(area.Code, year, WardYear(year)), $"Ward of {WardYear(year)}"), (data.Division(area.Code, year), "Electoral division") })
                        if (fit is not null && Has(fit.Code, fit.Name)) found.Add(new WiderPlace(fit.Code, fit.Name, kind, district.Name));
        return [.. found.DistinctBy(f => f.Code).OrderBy(f => f.Name.Length).ThenBy(f => f.Name, StringComparer.Ordinal).Take(20)];
    }

    /// <summary>A tenth of England in plain words, with its direction.</summary>
    public static string InWords(int decile, string where = "in England") => decile switch
    {
        1 => $"among the most deprived tenth {where}",
        10 => $"among the least deprived tenth {where}",
        <= 5 => $"in the {Ordinal(decile)} most deprived tenth {where}",
        _ => $"in the {Ordinal(11 - decile)} least deprived tenth {where}",
    };

    private static string Ordinal(int number) => number switch { 2 => "second", 3 => "third", 4 => "fourth", 5 => "fifth", _ => number.ToString(CultureInfo.InvariantCulture) };

    private static EditionProfile? Edition(PlaceSnapshot data, string code, PlaceArea area, string edition, int year)
    {
        if (Whole(data, edition, "imd_decile", code) is not { } decile) return null;
        var domains = Domains.Select(d => new DomainLine(d, Title(d), Whole(data, edition, $"{d}_rank", code), Whole(data, edition, $"{d}_decile", code))).ToList();
        var differs = domains.Where(d => d.Decile is not null && Math.Abs(d.Decile.Value - decile) >= 2).MaxBy(d => Math.Abs(d.Decile!.Value - decile));
        var income = new List<ShareLine> { new(area.Name, data.Find(edition, "income_rate", code)?.Number) };
        if (area.District is { } district)
            income.Add(new ShareLine(area.DistrictName ?? district, data.Find(edition, "income_average_rate", district)?.Number));
        if (District.Find(area.District) is { } ours)
            income.Add(new ShareLine($"{ours.AuthorityShort}, all neighbourhoods", Weighted(data, edition, District.All.Where(d => d.Authority == ours.Authority).SelectMany(d => data.Neighbourhoods(d.Code, year)))));
        return new EditionProfile(edition, year, PlaceSnapshot.TotalOf(edition) ?? data.All(edition, "imd_decile").Count, Whole(data, edition, "imd_rank", code), decile, domains, differs, income, data.Find(edition, "population", code)?.Number);
    }

    /// <summary>The share of all people in these neighbourhoods. Null while one of them has no share or no number of people.</summary>
    private static double? Weighted(PlaceSnapshot data, string edition, IEnumerable<PlaceArea> areas)
    {
        double poor = 0, all = 0;
        foreach (var area in areas)
        {
            if (data.Find(edition, "income_rate", area.Code) is not { } rate || data.Find(edition, "population", area.Code) is not { } people) return null;
            (poor, all) = (poor + rate.Number * people.Number, all + people.Number);
        }
        return all > 0 ? poor / all : null;
    }

    private static int? Whole(PlaceSnapshot data, string edition, string measure, string code) => data.Find(edition, measure, code) is { } found ? (int)found.Number : null;

    internal static string Title(string domain) => PlaceLayouts.Measures.First(m => m.Id == $"{domain}_decile").Title.Split(", tenth")[0];
}
