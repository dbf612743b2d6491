using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements;

/// <summary>One rate of Local Housing Allowance, pence: of an area, for a size, since a day, with where it was read.</summary>
public sealed record AllowanceRate(string Area, AllowanceSize Size, long Month, long Week, DateOnly Since, ImmutableArray<Source> Sources, bool SecondHand);

/// <summary>The rates of a time: by area, five sizes each, pence a month and a week.</summary>
internal sealed record Determination(DateOnly From, DateOnly To, bool SecondHand, ImmutableArray<Source> Sources, ImmutableDictionary<string, ImmutableArray<(long Month, long Week)>> Rates);

/// <summary>
/// Local Housing Allowance by broad rental market area and date. The rent officers' figure is by the month (Rent Officers (Universal Credit Functions) Order 2013 Sch. 1); Housing Benefit has it by the week.
/// Immutable. An area or a day that is not held is not known, and never guessed.
/// </summary>
public sealed class AllowanceRates
{
    private const int Sizes = 5;
    private static readonly Lazy<AllowanceRates> Embedded = new(() =>
    {
        using var file = typeof(AllowanceRates).Assembly.GetManifestResourceStream("local-housing-allowance.json")!;
        return Read(file);
    });

    private readonly ImmutableArray<Determination> _all;

    private AllowanceRates(IEnumerable<Determination> all) => _all = [.. all.OrderBy(d => d.From)];

    /// <summary>What comes with the package: all areas of England from April 2024 to March 2027, and six of the years before.</summary>
    public static AllowanceRates Shipped => Embedded.Value;

    /// <summary>Areas that have rates on a day, by name.</summary>
    public IEnumerable<string> Areas(DateOnly on) => Of(on)?.Rates.Keys.Order(StringComparer.Ordinal).AsEnumerable() ?? [];

    /// <summary>Null: the area or the day is not held.</summary>
    public AllowanceRate? Find(string area, AllowanceSize size, DateOnly on) =>
        Of(on) is { } held && held.Rates.TryGetValue(area, out var rates) ? new AllowanceRate(held.Rates.Keys.First(k => held.Rates.KeyComparer.Equals(k, area)), size, rates[(int)size].Month, rates[(int)size].Week, held.From, held.Sources, held.SecondHand) : null;

    /// <summary>The newest that had begun on the day, if it still holds.</summary>
    private Determination? Of(DateOnly on) => _all.LastOrDefault(d => d.From <= on) is { } newest && on <= newest.To ? newest : null;

    /// <summary>These, and others over them: a determination that begins on the same day takes the place of the other.</summary>
    public AllowanceRates With(AllowanceRates others) => new([.. _all.Where(d => others._all.All(o => o.From != d.From)), .. others._all]);

    /// <summary>Rates in the shape of <c>local-housing-allowance.json</c>, pounds there.</summary>
    /// <exception cref="FormatException">Not of that shape.</exception>
    public static AllowanceRates Read(Stream json)
    {
        AllowanceFile file;
        try
        {
            file = JsonSerializer.Deserialize(json, AllowanceJson.Default.AllowanceFile) ?? throw new FormatException("The file of Local Housing Allowance is empty.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The file of Local Housing Allowance cannot be read: {e.Message}", e);
        }
        if (file.Determinations is not { Count: > 0 } rows || rows.Contains(null!)) throw new FormatException("A file of Local Housing Allowance is {\"determinations\": [...]}.");
        return new AllowanceRates(rows.Select(d => Make(d.From, d.To, d.Per, d.SecondHand, [.. d.Sources ?? []], d.Rates ?? [])));
    }

    /// <summary>The table as the Department for Work and Pensions publishes it: an area, then the month's rate of a room and of one to four bedrooms. The heading is passed over.</summary>
    /// <exception cref="FormatException">Not of that shape.</exception>
    public static AllowanceRates ReadTable(TextReader csv, DateOnly from, DateOnly to, Source source)
    {
        var rates = new Dictionary<string, List<decimal>>(StringComparer.OrdinalIgnoreCase);
        var number = 0;
        while (csv.ReadLine() is { } line)
        {
            number++;
            var cells = line.Split(',').Select(c => c.Trim().Trim('"', '\uFEFF').Trim()).ToList();
            if (cells.All(c => c.Length == 0)) continue;
            List<decimal> sums = [.. cells.Skip(1).Where(c => c.Length > 0).Select(c => decimal.TryParse(c.TrimStart('£'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var sum) ? sum : -1)];
            if (sums.Count != Sizes || sums.Contains(-1) || cells[0].Length == 0)
            {
                if (rates.Count == 0) continue;
                throw new FormatException($"Line {number} is not an area and five sums of pounds a month.");
            }
            if (!rates.TryAdd(cells[0], sums)) throw new FormatException($"Line {number}: the area {cells[0]} is there twice.");
        }
        return rates.Count == 0 ? throw new FormatException("No line is an area and five sums of pounds a month.") : new AllowanceRates([Make(from, to, "month", false, [source], rates)]);
    }

    private static Determination Make(DateOnly? from, DateOnly? to, string? per, bool secondHand, ImmutableArray<Source> sources, Dictionary<string, List<decimal>> rates)
    {
        if (from is not { } first || to is not { } last || last < first) throw new FormatException("A determination has its days “from” and “to”, like 2026-04-01.");
        if (per is not ("month" or "week")) throw new FormatException("A determination is per month or per week.");
        var held = ImmutableDictionary.CreateBuilder<string, ImmutableArray<(long, long)>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (area, sums) in rates)
        {
            if (sums is not { Count: Sizes } || sums.Any(s => s is <= 0 or > 20_000)) throw new FormatException($"The area {area} has not five sums of pounds.");
            held[area] = [.. sums.Select(s => (long)decimal.Round(s * 100, MidpointRounding.AwayFromZero)).Select(p => per == "month" ? (p, Sums.AllowanceWeek(p)) : (Sums.AllowanceMonth(p), p))];
        }
        return new Determination(first, last, secondHand, sources, held.ToImmutable());
    }
}

internal sealed record AllowanceFile(List<DeterminationRow>? Determinations);
internal sealed record DeterminationRow(DateOnly? From, DateOnly? To, string? Per, bool SecondHand, List<Source>? Sources, Dictionary<string, List<decimal>>? Rates);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AllowanceFile))]
internal sealed partial class AllowanceJson : JsonSerializerContext;
