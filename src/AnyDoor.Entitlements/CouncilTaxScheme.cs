using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnyDoor.Entitlements;

/// <summary>One band of a banded scheme: net earnings of a week up to this (pence; null: any) meet this share of the bill (ten-thousandths).</summary>
public sealed record SchemeBand(string Household, long? EarningsWeekTo, long Share);

/// <summary>
/// A working-age Council Tax Reduction scheme of one authority for one year: the authority's own rules, so always data, never law of the land.
/// A "band" scheme reads the share off net earnings and the household; a "taper" scheme takes a share of income above the Universal Credit maximum off the most it pays.
/// </summary>
public sealed record CouncilTaxScheme(string Key, string Name, string Year, bool Invented, string Kind, long CapitalLimit, long MostShare, long Taper, ImmutableArray<SchemeBand> Bands, ImmutableArray<Source> Sources)
{
    private static readonly Lazy<ImmutableArray<CouncilTaxScheme>> Embedded = new(() =>
    {
        using var file = typeof(CouncilTaxScheme).Assembly.GetManifestResourceStream("council-tax-schemes.json")!;
        return Read(file);
    });

    /// <summary>What comes with the package: two schemes of a council that does not exist, to show both kinds. No real authority's scheme was found in a source that could be cited.</summary>
    public static ImmutableArray<CouncilTaxScheme> Shipped => Embedded.Value;

    /// <summary>Schemes in the shape of <c>council-tax-schemes.json</c>; pounds and shares there, pence and ten-thousandths here.</summary>
    /// <exception cref="FormatException">Not of that shape.</exception>
    public static ImmutableArray<CouncilTaxScheme> Read(Stream json)
    {
        try
        {
            var file = JsonSerializer.Deserialize(json, SchemeJson.Default.SchemeFile) ?? throw new FormatException("The file of schemes is empty.");
            return [.. file.Schemes.Select(s => s.Kind is "band" or "taper"
                ? new CouncilTaxScheme(s.Key, s.Name, s.Year, s.Invented, s.Kind, Pence(s.CapitalLimit), Share(s.MostShare), Share(s.Taper), [.. (s.Bands ?? []).Select(b => new SchemeBand(b.Household, b.EarningsWeekTo is { } to ? Pence(to) : null, Share(b.Share)))], [.. (s.Sources ?? [])])
                : throw new FormatException($"The scheme “{s.Key}” is of a kind that is not known: {s.Kind}. Kinds are band and taper."))];
        }
        catch (JsonException e)
        {
            throw new FormatException($"The file of schemes cannot be read: {e.Message}", e);
        }
        static long Pence(decimal pounds) => (long)decimal.Round(pounds * 100, MidpointRounding.AwayFromZero);
        static long Share(decimal share) => (long)decimal.Round(share * 10_000, MidpointRounding.AwayFromZero);
    }
}

internal sealed record SchemeFile(List<SchemeRow> Schemes);
internal sealed record SchemeRow(string Key, string Name, string Year, bool Invented, string Kind, decimal CapitalLimit, decimal MostShare, decimal Taper, List<BandRow>? Bands, List<Source>? Sources);
internal sealed record BandRow(string Household, decimal? EarningsWeekTo, decimal Share);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SchemeFile))]
internal sealed partial class SchemeJson : JsonSerializerContext;
