using System.Globalization;
using System.Text.RegularExpressions;
using AnyDoor.Entitlements;

namespace AnyDoor.Offers;

/// <summary>Where a home is, as far as the reader may know it.</summary>
/// <param name="District">GSS code of the council that sends the Council Tax bill.</param>
/// <param name="Postcode">Null: not known, or withheld.</param>
public sealed record HomePlace(string? District, string? Postcode)
{
    public static HomePlace NotKnown { get; } = new(null, null);
}

/// <summary>
/// What a county's money depends on that is no law of the land: councils' Council Tax Reduction schemes, rates of Local Housing Allowance, and which rental area a postcode is in.
/// What comes with the product, and over it the files of a folder (docs/rates.md). Read once, at the start; immutable.
/// </summary>
public sealed partial record LocalRates(Engine Engine, AllowanceRates Allowances, IReadOnlyDictionary<string, string> RentalAreas, IReadOnlyList<string> Said)
{
    public static LocalRates Shipped { get; } = new(Engine.Official, AllowanceRates.Shipped, new Dictionary<string, string>(), []);

    /// <summary>A file that cannot be read is left out, with a sentence in <see cref="Said"/>; the others stand.</summary>
    public static LocalRates Load(string folder)
    {
        var (schemes, allowances, areas, said) = (CouncilTaxScheme.Shipped, AllowanceRates.Shipped, new Dictionary<string, string>(StringComparer.Ordinal), new List<string>());
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray() : [])
        {
            var name = Path.GetFileName(path);
            try
            {
                if (name.StartsWith("council-tax-schemes", StringComparison.OrdinalIgnoreCase) && IsJson(name))
                {
                    using var file = File.OpenRead(path);
                    var read = CouncilTaxSchemes.Read(file);
                    schemes = schemes.With(read);
                    said.Add($"{name}: {Count(read.All.Length, "Council Tax Reduction scheme")}");
                }
                else if (name.StartsWith("local-housing-allowance", StringComparison.OrdinalIgnoreCase) && IsJson(name))
                {
                    using var file = File.OpenRead(path);
                    allowances = allowances.With(AllowanceRates.Read(file));
                    said.Add($"{name}: rates of Local Housing Allowance");
                }
                else if (Table().Match(name) is { Success: true } table)
                {
                    var first = int.Parse(table.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
                    using var text = new StreamReader(path);
                    allowances = allowances.With(AllowanceRates.ReadTable(text, new DateOnly(first, 4, 1), new DateOnly(first + 1, 3, 31), new Source($"Department for Work and Pensions, Local Housing Allowance {first} to {first + 1}: {name}", "")));
                    said.Add($"{name}: rates of Local Housing Allowance from 1 April {first}");
                }
                else if (name.StartsWith("rental-areas", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) said.Add($"{name}: {Count(ReadAreas(path, areas), "postcode")}");
                else said.Add($"{name} was left out: it is none of council-tax-schemes….json, local-housing-allowance….json, england-rates-2027-to-2028.csv, rental-areas….csv");
            }
            catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
            {
                said.Add($"{name} was left out: {wrong.Message}");
            }
        }
        return new LocalRates(new Engine(RateBook.Official, schemes), allowances, areas, said);
    }

    /// <summary>The rental area of a postcode: by all of it, by its sector, or by its first half. Null: not held.</summary>
    public string? AreaOf(string? postcode)
    {
        var key = Key(postcode ?? "");
        if (key.Length < 5) return null;
        return RentalAreas.GetValueOrDefault(key) ?? RentalAreas.GetValueOrDefault(key[..^2]) ?? RentalAreas.GetValueOrDefault(key[..^3]);
    }

    /// <summary>An area by its option's id, like <c>kings-lynn</c>, or by its name.</summary>
    public AllowanceRate? Rate(string area, AllowanceSize size, DateOnly on)
    {
        var letters = Letters(area);
        return Allowances.Areas(on).FirstOrDefault(a => Letters(a) == letters) is { } name ? Allowances.Find(name, size, on) : null;
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter)).ToUpperInvariant();
    private static string Key(string postcode) => string.Concat(postcode.Where(char.IsLetterOrDigit)).ToUpperInvariant();
    private static bool IsJson(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
    private static string Count(int number, string what) => $"{number.ToString("N0", CultureInfo.InvariantCulture)} {what}{(number == 1 ? "" : "s")}";

    /// <summary>A heading, then a postcode (or a sector, like PE13 2, or a first half, like PE13) and its area.</summary>
    private static int ReadAreas(string path, Dictionary<string, string> areas)
    {
        var (number, line) = (0, 0);
        foreach (var text in File.ReadLines(path))
        {
            line++;
            var cells = text.Split(',').Select(c => c.Trim().Trim('"', '\uFEFF').Trim()).ToArray();
            if (cells.All(c => c.Length == 0)) continue;
            var key = Key(cells[0]);
            var isPostcode = key.Length is >= 2 and <= 7 && char.IsLetter(key[0]) && key.Any(char.IsDigit);
            if (line == 1 && !isPostcode) continue;
            if (cells.Length < 2 || cells[1].Length == 0 || !isPostcode) throw new FormatException($"line {line} is not a postcode and the name of its rental area.");
            areas[key] = cells[1];
            number++;
        }
        return number;
    }

    [GeneratedRegex(@"^england-rates-(\d{4})-to-\d{4}.*\.csv$", RegexOptions.IgnoreCase)]
    private static partial Regex Table();
}
