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
public sealed record NeighbourhoodLine(string Code, string Name, string? CommonsName, string? Ward, int? Decile, int? Rank, int? LocalDecile, double? IncomeShare);

/// <summary>Puts the place profiles together from what is loaded. A pure reading of one snapshot.</summary>
public static class PlaceProfiles
{
    private static readonly string[] Domains = ["income", "employment", "education", "health", "crime", "barriers", "environment"];

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

    /// <summary>The neighbourhoods of a ward (E05…) or a district, the most deprived first; by the boundaries of 2011 where the index of 2019 is loaded, and of 2021 else.</summary>
    public static (int Year, string Edition, IReadOnlyList<NeighbourhoodLine> Lines) In(PlaceSnapshot data, string code)
    {
        var (edition, year) = data.Has(PlaceSnapshot.Index2019, "imd_decile") ? (PlaceSnapshot.Index2019, 2011) : (PlaceSnapshot.Index2025, 2021);
        var wardYear = year == 2011 ? 2019 : 2024;
        var places = code.StartsWith("E05", StringComparison.Ordinal) ? data.Areas("lsoa", year).Where(a => data.Ward(a.Code, year, wardYear)?.Code == code) : data.Neighbourhoods(code, year);
        var lines = places
            .Select(a => new NeighbourhoodLine(a.Code, a.Name, data.CommonsName(a.Code, a.Name), data.Ward(a.Code, year, wardYear)?.Name, Whole(data, edition, "imd_decile", a.Code), Whole(data, edition, "imd_rank", a.Code),
                year == 2011 ? data.LocalDeciles.Decile(a.Code) : null, data.Find(edition, "income_rate", a.Code)?.Number))
            .OrderBy(l => l.Rank ?? int.MaxValue).ThenBy(l => l.Name, StringComparer.Ordinal).ToList();
        return (year, edition, lines);
    }

    /// <summary>Places whose name, ward, Commons name or code holds these words; the shortest names first, at most fifty.</summary>
    public static IReadOnlyList<NeighbourhoodLine> Search(PlaceSnapshot data, string words)
    {
        var plain = words.Trim();
        if (plain.Length < 2) return [];
        bool Has(string? text) => text?.Contains(plain, StringComparison.OrdinalIgnoreCase) == true;
        return [.. District.All.SelectMany(d => In(data, d.Code).Lines).Where(l => Has(l.Name) || Has(l.CommonsName) || Has(l.Ward) || l.Code.Equals(plain, StringComparison.OrdinalIgnoreCase))
            .OrderBy(l => l.Name.Length).ThenBy(l => l.Name, StringComparer.Ordinal).Take(50)];
    }

    /// <summary>A tenth of England in plain words, with its direction.</summary>
    public static string InWords(int decile) => decile switch
    {
        1 => "among the most deprived tenth in England",
        10 => "among the least deprived tenth in England",
        <= 5 => $"in the {Ordinal(decile)} most deprived tenth in England",
        _ => $"in the {Ordinal(11 - decile)} least deprived tenth in England",
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
        return new EditionProfile(edition, year, data.All(edition, "imd_decile").Count, Whole(data, edition, "imd_rank", code), decile, domains, differs, income, data.Find(edition, "population", code)?.Number);
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

    private static string Title(string domain) => PlaceLayouts.Measures.First(m => m.Id == $"{domain}_decile").Title.Split(", tenth")[0];
}
