using System.Text;

namespace AnyDoor.Places;

/// <summary>A neighbourhood of 2011 with what the papers' tables print of one.</summary>
internal sealed record OfficialPlace(string Code, string Name, string? District, string? Ward, int? National, int? Local);

/// <summary>The loaded official data, by the names that papers print.</summary>
internal sealed class OfficialPlaces
{
    /// <summary>The oldest wards that are published for the neighbourhoods of 2011 beside the index of 2019.</summary>
    public const int WardYear = 2019;

    private readonly Dictionary<string, OfficialPlace> byName;
    private readonly ILookup<string, OfficialPlace> byDistrict;
    private readonly HashSet<(string District, string Ward)> wards;
    private readonly Dictionary<string, string> districts;

    private OfficialPlaces(List<OfficialPlace> places, Dictionary<string, string> districts)
    {
        this.districts = districts;
        byName = new Dictionary<string, OfficialPlace>(StringComparer.OrdinalIgnoreCase);
        foreach (var place in places) byName[place.Name] = place;
        byDistrict = places.Where(p => p.District is not null).ToLookup(p => p.District!);
        wards = [.. places.Where(p => p is { District: not null, Ward: not null }).Select(p => (p.District!, Plain(p.Ward!)))];
    }

    public bool Any => byName.Count > 0;

    public static OfficialPlaces Of(PlaceSnapshot data)
    {
        var national = data.All(PlaceSnapshot.Index2019, "imd_decile");
        var places = (from decile in national
                      let area = data.Area(decile.Key, 2011)
                      where area is { Kind: "lsoa", Name.Length: > 0 }
                      select new OfficialPlace(area.Code, area.Name, area.District, data.Ward(area.Code, 2011, WardYear)?.Name, (int)decile.Value.Number, data.LocalDeciles.Decile(area.Code))).ToList();
        var districts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var district in District.All) districts[district.Name] = district.Code;
        foreach (var area in data.Areas("lsoa", 2011)) if (area is { District: not null, DistrictName: not null }) districts[area.DistrictName] = area.District;
        return new OfficialPlaces(places, districts);
    }

    public OfficialPlace? Find(string name) => byName.GetValueOrDefault(name);

    public IEnumerable<OfficialPlace> In(string? district) => district is null ? [] : byDistrict[district];

    public string? DistrictNamed(string name) => districts.GetValueOrDefault(name);

    public bool HasWard(string? district, string ward) => district is not null && wards.Contains((district, Plain(ward)));

    /// <summary>The same name, whatever its capitals, its apostrophe and its “and”.</summary>
    public static bool SameWard(string one, string other) => Plain(one) == Plain(other);

    private static string Plain(string ward)
    {
        var text = new StringBuilder(ward.Length);
        foreach (var letter in ward.Replace("&", " and ", StringComparison.Ordinal).Normalize(NormalizationForm.FormKC))
            if (char.IsLetterOrDigit(letter)) text.Append(char.ToLowerInvariant(letter));
        return text.ToString();
    }
}
