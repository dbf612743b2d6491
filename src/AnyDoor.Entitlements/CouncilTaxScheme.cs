using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnyDoor.Entitlements;

/// <summary>How a scheme works: a share of the bill by bands of income; a sum that is left to pay by bands of income; or a share of income above what Universal Credit takes them to need.</summary>
public enum SchemeKind { Band, Contribution, Taper }

/// <summary>Which income the bands look at: net earnings; or those and Universal Credit, without what of it is for rent, for a disabled child or for caring.</summary>
public enum SchemeIncome { Earnings, EarningsAndCredit }

/// <summary>
/// One band: households of this kind with an income of a week up to this (pence; null: any). A scheme of shares gives <paramref name="Share"/> of the bill (ten-thousandths);
/// one of contributions leaves <paramref name="PaysWeek"/> to pay (pence; null: the whole bill).
/// </summary>
public sealed record SchemeBand(string Household, long? IncomeWeekTo, long Share, long? PaysWeek);

/// <summary>
/// A working-age Council Tax Reduction scheme of one authority for one year: the authority's own rules, so always data, never law of the land. Money in pence, shares in ten-thousandths.
/// </summary>
public sealed record CouncilTaxScheme
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    /// <summary>GSS code of the authority that sends the bill, like <c>E07000011</c>; null: of nobody real.</summary>
    public string? District { get; init; }
    public required DateOnly From { get; init; }
    /// <summary>The day it ends; a year from <see cref="From"/> when the file does not say. Later it is still shown, marked as of another year.</summary>
    public required DateOnly To { get; init; }
    public bool Invented { get; init; }
    /// <summary>Read on a page of the council's, not in the scheme itself.</summary>
    public bool SecondHand { get; init; }
    public required SchemeKind Kind { get; init; }
    public SchemeIncome Income { get; init; }
    /// <summary>Only for those who get Universal Credit; the council has other rules for the rest.</summary>
    public bool OnlyWithCredit { get; init; }
    /// <summary>Parts of it are not held, so that it may be more: said with every figure.</summary>
    public string? MayBeMore { get; init; }
    public required long CapitalLimit { get; init; }
    public long MostShare { get; init; } = 10_000;
    public long Taper { get; init; }
    /// <summary>Taken off for each other adult of 18 or over, pence a week.</summary>
    public long NonDependantWeek { get; init; }
    public ImmutableArray<SchemeBand> Bands { get; init; } = [];
    public ImmutableArray<Source> Sources { get; init; } = [];

    /// <summary>"2024/25".</summary>
    public string Year => string.Create(CultureInfo.InvariantCulture, $"{From.Year}/{(From.Year + 1) % 100:00}");

    /// <summary>In force on a day, and not of a year that is over.</summary>
    public bool CoversDay(DateOnly day) => day >= From && day <= To;

    private static readonly Lazy<CouncilTaxSchemes> Embedded = new(() =>
    {
        using var file = typeof(CouncilTaxScheme).Assembly.GetManifestResourceStream("council-tax-schemes.json")!;
        return CouncilTaxSchemes.Read(file);
    });

    /// <summary>What comes with the package: the schemes that were found on councils' own pages, and two of councils that do not exist, to show the kinds.</summary>
    public static CouncilTaxSchemes Shipped => Embedded.Value;
}

/// <summary>An authority whose scheme is not held, and what is known of it.</summary>
public sealed record SchemeNotHeld(string District, string Name, string Known, Source? Source);

/// <summary>Schemes by authority and year. Immutable.</summary>
public sealed class CouncilTaxSchemes(IEnumerable<CouncilTaxScheme> schemes, IEnumerable<SchemeNotHeld> notHeld)
{
    private static readonly string[] Households = ["single", "couple", "no_children", "one_child", "two_children", "three_children", "two_or_more_children", "three_or_more_children", "four_or_more_children", "any"];

    public ImmutableArray<CouncilTaxScheme> All { get; } = [.. schemes];
    public ImmutableArray<SchemeNotHeld> NotHeld { get; } = [.. notHeld];

    public CouncilTaxScheme? Find(string key) => All.FirstOrDefault(s => s.Key == key);

    /// <summary>The scheme of an authority on a day: the newest that had begun, of whatever year. Null: none.</summary>
    public CouncilTaxScheme? Of(string district, DateOnly day) => All.Where(s => s.District == district && s.From <= day).MaxBy(s => s.From);

    /// <summary>The same, where a file names the authority as people do, like <c>Fenland</c>, or by its code; only one in force on the day.</summary>
    public CouncilTaxScheme? Named(string district, DateOnly day) => district.Length < 3 ? null : All.Where(s => s.CoversDay(day) && (s.District == district || s.Name.StartsWith(district, StringComparison.OrdinalIgnoreCase) && (s.Name.Length == district.Length || s.Name[district.Length] == ' '))).MaxBy(s => s.From);

    /// <summary>These, and others over them: one of the same key takes the place of the other.</summary>
    public CouncilTaxSchemes With(CouncilTaxSchemes others) => new([.. All.Where(s => others.Find(s.Key) is null), .. others.All], [.. NotHeld.Where(n => others.All.All(s => s.District != n.District) && others.NotHeld.All(o => o.District != n.District)), .. others.NotHeld]);

    /// <summary>Schemes in the shape of <c>council-tax-schemes.json</c>; pounds and shares there, pence and ten-thousandths here.</summary>
    /// <exception cref="FormatException">Not of that shape.</exception>
    public static CouncilTaxSchemes Read(Stream json)
    {
        SchemeFile file;
        try
        {
            file = JsonSerializer.Deserialize(json, SchemeJson.Default.SchemeFile) ?? throw new FormatException("The file of schemes is empty.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The file of schemes cannot be read: {e.Message}", e);
        }
        if (file.Schemes is not { } rows || rows.Contains(null!)) throw new FormatException("A file of schemes is {\"schemes\": [...]}.");
        var read = new CouncilTaxSchemes(rows.Select(One), (file.NotHeld ?? []).Select(n => new SchemeNotHeld(Text(n.District, "not_held", "district"), Text(n.Name, "not_held", "name"), n.Known ?? "", n.Source)));
        if (read.All.GroupBy(s => s.Key).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new FormatException($"Two schemes have the key “{twice.Key}”.");
        return read;
    }

    private static CouncilTaxScheme One(SchemeRow s)
    {
        var key = Text(s.Key, "A scheme", "key");
        FormatException Wrong(string why) => new($"The scheme “{key}”: {why}");
        if (s.From is not { } from) throw Wrong("it has no day “from” like 2026-04-01.");
        var kind = s.Kind switch { "band" => SchemeKind.Band, "contribution" => SchemeKind.Contribution, "taper" => SchemeKind.Taper, _ => throw Wrong($"the kind “{s.Kind}” is not known. Kinds are band, contribution and taper.") };
        var income = s.Income switch { null or "earnings" => SchemeIncome.Earnings, "earnings_and_credit" => SchemeIncome.EarningsAndCredit, _ => throw Wrong($"the income “{s.Income}” is not known: earnings or earnings_and_credit.") };
        if (s.CapitalLimit is not (>= 0 and <= 1_000_000)) throw Wrong("it has no capital_limit in pounds.");
        if (s.MostShare is < 0 or > 1 || s.Taper is < 0 or > 1) throw Wrong("a share is more than the whole: write 85% as 0.85.");
        var bands = (s.Bands ?? []).Select(b =>
        {
            if (!Households.Contains(b.Household)) throw Wrong($"a band is for “{b.Household}”. Households are {string.Join(", ", Households)}.");
            if (b.Share is < 0 or > 1) throw Wrong("a share of a band is more than the whole: write 85% as 0.85.");
            if (kind == SchemeKind.Band && b.Share is null) throw Wrong("a band has no share.");
            if (b.To is < 0 or > 1_000_000 || b.PaysWeek is < 0 or > 10_000) throw Wrong("a sum of a band is out of range.");
            return new SchemeBand(b.Household!, b.To is { } to ? Pence(to) : null, Share(b.Share ?? 0), b.PaysWeek is { } pays ? Pence(pays) : null);
        }).ToImmutableArray();
        if (kind != SchemeKind.Taper && bands.IsEmpty) throw Wrong("it has no bands.");
        return new CouncilTaxScheme
        {
            Key = key, Name = Text(s.Name, key, "name"), District = s.District, From = from, To = s.To ?? from.AddYears(1).AddDays(-1), Invented = s.Invented, SecondHand = s.SecondHand, Kind = kind, Income = income,
            OnlyWithCredit = s.OnlyWithCredit, MayBeMore = s.MayBeMore, CapitalLimit = Pence(s.CapitalLimit.Value), MostShare = Share(s.MostShare ?? 1), Taper = Share(s.Taper ?? 0), NonDependantWeek = Pence(s.NonDependantWeek ?? 0), Bands = bands, Sources = [.. s.Sources ?? []],
        };
    }

    private static string Text(string? text, string of, string name) => text is { Length: > 0 } ? text : throw new FormatException($"{of} has no {name}.");
    private static long Pence(decimal pounds) => (long)decimal.Round(pounds * 100, MidpointRounding.AwayFromZero);
    private static long Share(decimal share) => (long)decimal.Round(share * 10_000, MidpointRounding.AwayFromZero);
}

internal sealed record SchemeFile(List<SchemeRow>? Schemes, List<NotHeldRow>? NotHeld);
internal sealed record SchemeRow(string? Key, string? Name, string? District, DateOnly? From, DateOnly? To, bool Invented, bool SecondHand, string? Kind, string? Income, bool OnlyWithCredit, string? MayBeMore, decimal? CapitalLimit, decimal? MostShare, decimal? Taper, decimal? NonDependantWeek, List<BandRow>? Bands, List<Source>? Sources);
internal sealed record BandRow(string? Household, decimal? To, decimal? Share, decimal? PaysWeek);
internal sealed record NotHeldRow(string? District, string? Name, string? Known, Source? Source);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SchemeFile))]
internal sealed partial class SchemeJson : JsonSerializerContext;
