using System.Globalization;
using System.Text;

namespace AnyDoor.Tests;

/// <summary>Place data in the publishers' columns at the size of all England, made by rule: no figure of it is real.</summary>
public static class AllEngland
{
    public const int Neighbourhoods2011 = 32_844, Neighbourhoods2021 = 33_755, Postcodes = 1_800_000;
    private const string Letters = "ABDEFGHJLNPQRSTUWXYZ", Rank = " (where 1 is most deprived)", Decile = " (where 1 is most deprived 10% of LSOAs)";

    private static readonly string[] Domains =
    [
        "Income", "Employment", "Education, Skills and Training", "Health Deprivation and Disability", "Crime", "Barriers to Housing and Services", "Living Environment",
        "Income Deprivation Affecting Children Index (IDACI)", "Income Deprivation Affecting Older People (IDAOPI)",
    ];

    /// <summary>File 7 of the indices of 2019 or 2025: scores, ranks and deciles of the index, its domains and two more.</summary>
    public static void WriteIndex(string path, int year)
    {
        var (lsoa, lad, count) = year == 2019 ? (2011, 2019, Neighbourhoods2011) : (2021, 2024, Neighbourhoods2021);
        using var file = new StreamWriter(path, false, new UTF8Encoding(true)) { NewLine = "\r\n" };
        file.Write($"LSOA code ({lsoa}),LSOA name ({lsoa}),Local Authority District code ({lad}),Local Authority District name ({lad}),Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) Rank{Rank},Index of Multiple Deprivation (IMD) Decile{Decile}");
        foreach (var domain in Domains)
        {
            var rate = domain is "Income" or "Employment" || domain.EndsWith(')') ? " (rate)" : "";
            file.Write($",\"{domain} Score{rate}\",\"{domain} Rank{Rank}\",\"{domain} Decile{Decile}\"");
        }
        file.WriteLine(",Total population: mid 2015 (excluding prisoners)");
        for (var i = 0; i < count; i++)
        {
            var rank = (int)((long)i * 7919 % count) + 1;
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{Neighbourhood(i)},District {i / 100:000} {i % 100:000}A,{District(i)},District {i / 100:000},{90 - rank / 400.0:0.000},\"{rank:#,0}\",{Tenth(rank, count)}"));
            for (var d = 0; d < Domains.Length; d++) file.Write(string.Create(CultureInfo.InvariantCulture, $",{rank % 600 / 1000.0:0.000},\"{(rank + d * 37) % count + 1:#,0}\",{Tenth((rank + d * 37) % count + 1, count)}"));
            file.WriteLine(",\"1,500\"");
        }
    }

    /// <summary>A National Statistics Postcode Lookup in its columns of May 2025; every thirtieth postcode is no longer in use.</summary>
    public static void WriteNspl(string path, int postcodes = Postcodes)
    {
        using var file = new StreamWriter(path, false, new UTF8Encoding(false)) { NewLine = "\r\n" };
        file.WriteLine("pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,hlthau,nhser,ctry,rgn,pcon,ttwa,itl,park,lsoa11,msoa11,lsoa21,msoa21,wz11,sicbl,bua24,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,icb");
        for (var i = 0; i < postcodes; i++)
        {
            var (pcds, area) = (Postcode(i), i % Neighbourhoods2011);
            var seven = pcds.Length == 8 ? pcds.Replace(" ", "", StringComparison.Ordinal) : pcds;
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seven},{pcds},{pcds},198001,{(i % 30 == 0 ? "201804" : "")},0,{450000 + i % 1000},{250000 + i % 777},1,E00{i % 170000:000000},E10000003,E58000050,{District(area)},E05{area / 4:000000},E18000006,E19000001,E92000001,E12000006,E14001135,E30000186,TLH12,E65000001,{Neighbourhood(area)},E02{area / 5:000000},{Neighbourhood(area)},E02{area / 5:000000},E33000001,E38000260,E63000001,C1,3A1,{50 + i % 500000 / 100000.0:0.000000},{-2 + i % 300000 / 100000.0:0.000000},E37000055,,E23000023,{area + 1},E54000056"));
        }
    }

    /// <summary>A well-formed postcode, another one for each number below two million.</summary>
    public static string Postcode(int i)
    {
        var (sector, rest) = (i / 400, i % 400);
        var (district, digit) = (sector / 10, sector % 10);
        return $"{Letters[district / 20 / 20 % 20]}{Letters[district / 20 % 20]}{district % 20 + 1} {digit}{Letters[rest / 20]}{Letters[rest % 20]}";
    }

    public static string Neighbourhood(int i) => string.Create(CultureInfo.InvariantCulture, $"E010{(i < Neighbourhoods2011 ? i + 1 : i - Neighbourhoods2011 + 33_769):00000}");

    private static string District(int i) => string.Create(CultureInfo.InvariantCulture, $"E070{i / 110:00000}");

    private static int Tenth(int rank, int count) => (int)(((long)rank * 10 + count - 1) / count);
}
