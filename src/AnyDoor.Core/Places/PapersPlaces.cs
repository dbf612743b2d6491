using System.Text;

namespace AnyDoor.Places;

/// <summary>
/// What the council's paper of 18 February 2021 prints, as the only data there is while no official file is loaded: 91 neighbourhoods by their names.
/// Nothing of it is checked then, but that one name is printed in two wards, which cannot both be right: its numbers are set aside.
/// </summary>
public static class PapersPlaces
{
    public const string Edition = "Paper of 18 February 2021 (IMD 2019, as printed)";

    private static readonly Lazy<List<(string District, NeighbourhoodLine Line)>> Shipped = new(() =>
    [
        .. PapersTables.Deciles().GroupBy(r => r.Name, StringComparer.OrdinalIgnoreCase).Select(rows =>
        {
            var wards = rows.Select(r => r.Ward).Distinct().ToList();
            var once = wards.Count == 1;
            return (DistrictOf(rows.First().District), new NeighbourhoodLine(Address(rows.Key), rows.Key, null, once ? wards[0] : null, once ? rows.First().National : null, null, once ? rows.First().Local : null, null,
                Note: once ? null : $"The paper prints it twice, in {string.Join(" and in ", wards)}. Both cannot be right, so its numbers are set aside."));
        }).OrderBy(l => l.Item2.Decile ?? 11).ThenBy(l => l.Item2.LocalDecile).ThenBy(l => l.Item2.Name, StringComparer.Ordinal),
    ]);

    /// <summary>Like <c>fenland-002c</c>: the address of a neighbourhood by its name.</summary>
    public static string Address(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var letter in name.ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(letter)) text.Append(letter);
            else if (text.Length > 0 && text[^1] != '-') text.Append('-');
        return text.ToString().TrimEnd('-');
    }

    internal static Place? Find(string code)
    {
        if (code == Place.All) return new Place(code, PlaceKind.Whole, string.Join(" and ", District.All.Select(d => d.AuthorityShort).Distinct()), Edition, 2011, null, [.. Shipped.Value.Select(l => l.Line)]) { All2011 = District.All.Sum(d => d.Neighbourhoods) };
        if (District.Find(code) is { } district) return new Place(code, PlaceKind.District, district.Name, Edition, 2011, code, [.. Shipped.Value.Where(l => l.District == code).Select(l => l.Line)]) { All2011 = district.Neighbourhoods };
        return Shipped.Value.Find(l => l.Line.Code == code) is { Line: not null } one ? new Place(code, PlaceKind.Neighbourhood, one.Line.Name, Edition, 2011, one.District, [one.Line]) : null;
    }

    internal static Place Area(string code, string name, IReadOnlyCollection<string> codes)
    {
        var lines = Shipped.Value.Where(l => codes.Contains(l.Line.Code)).ToList();
        return new Place(code, PlaceKind.Area, name, Edition, 2011, lines.Select(l => l.District).Distinct().ToList() is [var only] ? only : null, [.. lines.Select(l => l.Line)]) { All2011 = codes.Count };
    }

    private static string DistrictOf(string printed) =>
        District.All.FirstOrDefault(d => d.Name.Equals(printed, StringComparison.OrdinalIgnoreCase) || d.Name.StartsWith(printed + " ", StringComparison.OrdinalIgnoreCase))?.Code ?? throw new InvalidDataException($"The papers' table names no district of ours: {printed}.");
}
