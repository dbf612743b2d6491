using System.Globalization;
using AnyDoor.Common;

namespace AnyDoor.Places;

/// <summary>A row of the papers' tables of deciles, as it is printed.</summary>
/// <param name="District">The district whose table it stands in.</param>
/// <param name="Section"><c>most deprived</c> or <c>least deprived</c>.</param>
public sealed record PrintedRow(int Row, string Paper, string Page, string District, string Section, string Name, string Ward, int? National, int? Local);

/// <summary>A row of Table 1, as it is printed.</summary>
public sealed record PrintedDistrict(string Code, string Name, string AsPrinted, IReadOnlyDictionary<string, string> Cells);

/// <summary>The tables that two committee papers printed in 2021, carried over with their errors (<c>Content/places/papers</c>). Other tables in the same columns are read too.</summary>
public static class PapersTables
{
    public const string Population = "pct_population_income_deprived", Rank = "rank_of_316", Least = "pct_in_least_deprived_lsoa", Most = "pct_in_most_deprived_lsoa";
    public static readonly string[] Table1Columns = [Population, Rank, Least, Most];

    private static readonly Lazy<IReadOnlyList<PrintedRow>> Shipped = new(() => Read(null));

    public static IReadOnlyList<PrintedRow> Deciles(string? path = null) => path is null ? Shipped.Value : Read(path);

    private static List<PrintedRow> Read(string? path)
    {
        using var file = OpenTable(path, "places/papers/imd-2019-tables.csv");
        int At(params string[] names) => Column(file, names);
        var (row, district, section, name, ward, national, local) = (At("row"), At("district"), At("section"), At("lsoa_2011_name_as_printed"), At("ward_as_printed"), At("national_decile_as_printed"), At("local_decile_as_printed"));
        var (paper, page) = (PlaceLayouts.Find(file.Header, ["paper", "seed_document"]), PlaceLayouts.Find(file.Header, ["page_or_slide"]));
        var rows = new List<PrintedRow>();
        while (file.Next())
        {
            if (file.IsBlank()) continue;
            rows.Add(new PrintedRow(int.TryParse(file[row], CultureInfo.InvariantCulture, out var number) ? number : file.Row - 1, paper < 0 ? "" : file[paper], page < 0 ? "" : file[page],
                file[district].Trim(), file[section].Trim(), string.Join(' ', file[name].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), file[ward].Trim(), Whole(file[national]), Whole(file[local])));
        }
        return rows;
    }

    public static IReadOnlyList<PrintedDistrict> Table1(string? path = null)
    {
        using var file = OpenTable(path, "places/papers/income-deprivation-table-1.csv");
        var (code, name, printed) = (Column(file, ["lad19cd"]), Column(file, ["lad19nm"]), Column(file, ["area_as_printed"]));
        var columns = Table1Columns.Select(c => (Name: c, At: Column(file, [c]))).ToList();
        var rows = new List<PrintedDistrict>();
        while (file.Next())
            if (!file.IsBlank()) rows.Add(new PrintedDistrict(file[code].Trim(), file[name].Trim(), file[printed].Trim(), columns.ToDictionary(c => c.Name, c => file[c.At].Trim())));
        return rows;
    }

    private static DelimitedFile OpenTable(string? path, string shipped) =>
        path is null ? DelimitedFile.Read(new StreamReader(ContentFiles.Open(shipped)), shipped) : DelimitedFile.Open(path);

    private static int Column(DelimitedFile file, string[] names) =>
        PlaceLayouts.Find(file.Header, names) is >= 0 and var at ? at : throw new InvalidDataException($"The printed table has no column “{names[0]}”. It has: {string.Join(", ", file.Header)}.");

    private static int? Whole(string cell) => int.TryParse(cell.Trim(), CultureInfo.InvariantCulture, out var number) ? number : null;
}
