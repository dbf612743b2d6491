using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace AnyDoor.Entitlements;

/// <summary>A rate is not enacted, or was not found in a source, for a day. It is refused by name, never guessed.</summary>
public sealed class RateNotKnownException(RateId rate, DateOnly on) : Exception($"The rate “{RateBook.Official.Of(rate).Key}” is not known for {TaxYears.Of(on)}: it is not enacted, or was not found in a source.")
{
    public RateId Rate { get; } = rate;
    public DateOnly On { get; } = on;
}

/// <summary>No rates are held for a day.</summary>
public sealed class YearNotKnownException(DateOnly day, string known) : Exception($"The tax year {TaxYears.Of(day)} is not known. Rates are held for {known}.");

/// <summary>A source: what it is, and where it can be read.</summary>
public sealed record Source(string Title, string Url);

/// <summary>A value from a day on; null: not enacted or not found. <paramref name="ByEnd"/>: the change reaches every period that ends on or after the day, not only those that begin then.</summary>
public sealed record DatedValue(DateOnly From, long? Value, bool ByEnd);

/// <summary>A rate with its history. Money is in pence; a share in ten-thousandths (5500 = 55%); ages, hours and counts as they are.</summary>
public sealed record Rate(RateId Id, string Key, string Unit, string Per, ImmutableArray<DatedValue> Values, ImmutableArray<Source> Sources, string? Note, ImmutableArray<string> SecondHand)
{
    /// <summary>What is in force for a period, and since when; null before the first.</summary>
    public DatedValue? On(DateOnly start, DateOnly end) => Values.LastOrDefault(v => v.From <= (v.ByEnd ? end : start));

    /// <summary>"£400.14 a month", "55%", "21 years".</summary>
    public string Show(long value) => Unit switch
    {
        "pounds" => $"{Words.Pounds(value)}{(Per.Length == 0 ? "" : Per == "hour" ? " an hour" : $" a {Per}")}",
        "share" => (value / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%",
        "age" => $"{value} years",
        "hours" => $"{value} hours a week",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };
}

/// <summary>Tax years: "2025/26" runs from 6 April 2025 to 5 April 2026.</summary>
public static class TaxYears
{
    public static string Of(DateOnly day)
    {
        var first = Starting(day);
        return string.Create(CultureInfo.InvariantCulture, $"{first}/{(first + 1) % 100:00}");
    }

    /// <summary>The year in which the day's tax year began.</summary>
    public static int Starting(DateOnly day) => day < new DateOnly(day.Year, 4, 6) ? day.Year - 1 : day.Year;

    public static DateOnly Start(int year) => new(year, 4, 6);
}

/// <summary>
/// All rates by date. <see cref="Official"/> is what the law says; <see cref="With(Stream)"/> lays a scenario over it.
/// Immutable: a book may be shared between threads.
/// </summary>
public sealed class RateBook
{
    private static readonly Lazy<RateBook> Embedded = new(() =>
    {
        using var file = typeof(RateBook).Assembly.GetManifestResourceStream("rates.json")!;
        return Read(file);
    });

    private readonly Rate[] _rates;
    private readonly ConcurrentDictionary<(DateOnly Start, DateOnly End), Period> _periods = new();

    private RateBook(Rate[] rates, ImmutableArray<string> years, bool official) => (_rates, Years, IsOfficial) = (rates, years, official);

    /// <summary>The enacted rates, with their sources.</summary>
    public static RateBook Official => Embedded.Value;

    /// <summary>The tax years held, oldest first: "2021/22" and on.</summary>
    public ImmutableArray<string> Years { get; }

    /// <summary>False for a scenario: what it gives must be shown as a "what if".</summary>
    public bool IsOfficial { get; }

    public IReadOnlyList<Rate> Rates => _rates;

    public Rate Of(RateId id) => _rates[(int)id];

    /// <summary>The first and the last day that rates are held for.</summary>
    public (DateOnly First, DateOnly Last) Known => (TaxYears.Start(int.Parse(Years[0].AsSpan(0, 4), CultureInfo.InvariantCulture)), TaxYears.Start(int.Parse(Years[^1].AsSpan(0, 4), CultureInfo.InvariantCulture) + 1).AddDays(-1));

    /// <summary>The rates in force for a period, first and last day included. The uprating of April reaches periods that begin on or after 6 April.</summary>
    /// <exception cref="YearNotKnownException">No rates are held for the day the period begins.</exception>
    public Period Period(DateOnly start, DateOnly end) => _periods.TryGetValue((start, end), out var known) ? known : _periods.GetOrAdd((start, end), key =>
    {
        if (key.Start < Known.First || key.Start > Known.Last) throw new YearNotKnownException(key.Start, $"{Years[0]} to {Years[^1]}");
        return new Period(this, key.Start, key.End);
    });

    /// <summary>The assessment month that begins on a day: to the day before the same day of the next month.</summary>
    public Period Month(DateOnly start) => Period(start, EndOfMonth(start));

    /// <summary>The day before the same day of the next month; the day itself where the calendar ends before.</summary>
    internal static DateOnly EndOfMonth(DateOnly start) => start > DateOnly.MaxValue.AddMonths(-1) ? start : start.AddMonths(1).AddDays(-1);

    /// <summary>A scenario: the same rates with other values, in the shape of <c>rates.json</c> (<c>{"rates": [{"id", "values": [{"from", "value"}]}]}</c>); what it does not name stays.</summary>
    /// <exception cref="FormatException">The file is not of that shape or names a rate that is not there.</exception>
    public RateBook With(Stream scenario)
    {
        var rates = (Rate[])_rates.Clone();
        foreach (var (id, rate) in Parse(scenario, complete: false).Rates)
        {
            var old = rates[(int)id];
            var first = rate.Values.Length == 0 ? throw new FormatException($"The scenario gives no value for “{old.Key}”.") : rate.Values[0].From;
            rates[(int)id] = old with { Values = [.. old.Values.Where(v => v.From < first), .. rate.Values], Sources = rate.Sources.Length == 0 ? [new Source("Scenario, not the law", "")] : rate.Sources, Note = rate.Note, SecondHand = [] };
        }
        return new RateBook(rates, Years, official: false);
    }

    /// <summary>A scenario in one line: this rate has this value (pence, ten-thousandths, or a count) from a day on.</summary>
    public RateBook With(RateId id, DateOnly from, long value)
    {
        var rates = (Rate[])_rates.Clone();
        rates[(int)id] = rates[(int)id] with { Values = [.. rates[(int)id].Values.Where(v => v.From < from), new DatedValue(from, value, false)], Sources = [new Source("Scenario, not the law", "")] };
        return new RateBook(rates, Years, official: false);
    }

    internal RateBook With(RateId id, IReadOnlyList<DatedValue> values)
    {
        var rates = (Rate[])_rates.Clone();
        rates[(int)id] = rates[(int)id] with { Values = [.. values] };
        return new RateBook(rates, Years, official: false);
    }

    /// <summary>A whole book from a stream in the shape of <c>rates.json</c>.</summary>
    public static RateBook Read(Stream json)
    {
        var (years, parsed) = Parse(json, complete: true);
        var rates = new Rate[Enum.GetValues<RateId>().Length];
        foreach (var (id, rate) in parsed) rates[(int)id] = rate;
        return new RateBook(rates, years, official: true);
    }

    private static (ImmutableArray<string> Years, Dictionary<RateId, Rate> Rates) Parse(Stream json, bool complete)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The rates file is not JSON: line {e.LineNumber + 1}.", e);
        }
        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("rates", out var list) || list.ValueKind != JsonValueKind.Array) throw new FormatException("A rates file is {\"rates\": [...]}.");
            if (!complete && root.TryGetProperty("households", out _)) throw new FormatException("The file changes households too: it is a scenario for a cohort.");
            var names = Enum.GetValues<RateId>().ToDictionary(i => i.ToString(), StringComparer.OrdinalIgnoreCase);
            var rates = new Dictionary<RateId, Rate>();
            foreach (var entry in list.EnumerateArray())
            {
                var key = entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("id", out var idText) && idText.ValueKind == JsonValueKind.String ? idText.GetString()! : throw new FormatException("Every rate has an id.");
                if (!names.TryGetValue(key.Replace(".", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), out var id)) throw new FormatException($"There is no rate “{key}”.");
                var official = complete ? null : Official.Of(id);
                var unit = Text(entry, "unit") ?? official?.Unit ?? throw new FormatException($"The rate “{key}” has no unit.");
                if (!entry.TryGetProperty("values", out var values) || values.ValueKind != JsonValueKind.Array) throw new FormatException($"The rate “{key}” has no values.");
                rates[id] = new Rate(id, key, unit, Text(entry, "per") ?? official?.Per ?? "", [.. values.EnumerateArray().Select(v => ReadValue(v, unit, key)).OrderBy(v => v.From)],
                    entry.TryGetProperty("sources", out var sources) ? [.. sources.EnumerateArray().Select(s => new Source(Text(s, "title") ?? "", Text(s, "url") ?? ""))] : [],
                    Text(entry, "note"), entry.TryGetProperty("second_hand", out var second) ? [.. second.EnumerateArray().Select(s => s.GetString()!)] : []);
            }
            if (complete && names.Values.FirstOrDefault(id => !rates.ContainsKey(id), (RateId)(-1)) is var missing && (int)missing >= 0) throw new FormatException($"The rates file has no “{missing}”.");
            ImmutableArray<string> years = complete ? [.. root.GetProperty("tax_years").EnumerateArray().Select(y => y.GetString()!)] : [];
            return (years, rates);
        }
    }

    private static DatedValue ReadValue(JsonElement value, string unit, string key)
    {
        if (value.ValueKind != JsonValueKind.Object || !DateOnly.TryParseExact(Text(value, "from"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)) throw new FormatException($"A value of “{key}” has no day “from” like 2027-04-06.");
        long? worth = null;
        if (!value.TryGetProperty("value", out var number) || number.ValueKind is not (JsonValueKind.Number or JsonValueKind.Null)) throw new FormatException($"A value of “{key}” is not a number.");
        if (number.ValueKind == JsonValueKind.Number)
        {
            if (!number.TryGetDecimal(out var amount) || amount < 0 || amount > 10_000_000) throw new FormatException($"A value of “{key}” is out of range.");
            if (unit == "share" && amount > 1) throw new FormatException($"A value of “{key}” is more than the whole: write 55% as 0.55.");
            if (amount == 0 && key.EndsWith("step", StringComparison.Ordinal)) throw new FormatException($"A value of “{key}” is nothing: a step must be more.");
            worth = (long)decimal.Round(amount * unit switch { "pounds" => 100m, "share" => 10_000m, _ => 1m }, MidpointRounding.AwayFromZero);
        }
        return new DatedValue(from, worth, Text(value, "applies") == "periods ending");
    }

    private static string? Text(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}

/// <summary>An assessment period with the rates in force for it and, ready-made, the birthdays that matter. Immutable and shared.</summary>
public sealed class Period
{
    private const long Missing = long.MinValue;
    private readonly long[] _values;
    private readonly int[] _born = new int[111];

    internal Period(RateBook book, DateOnly start, DateOnly end)
    {
        (Book, Start, End, StartDay, EndDay) = (book, start, end, start.DayNumber, end.DayNumber);
        _values = new long[book.Rates.Count];
        foreach (var rate in book.Rates) _values[(int)rate.Id] = rate.On(start, end)?.Value ?? Missing;
        for (var age = 0; age < _born.Length; age++) _born[age] = end.AddYears(-age).DayNumber;
        var september = new DateOnly(end.Month >= 9 ? end.Year : end.Year - 1, 9, 1);
        (SchoolYear, LeftAt11, LeftAt16, LeftAt19) = (september.Year, september.AddYears(-11).DayNumber, september.AddYears(-16).DayNumber, september.AddYears(-19).DayNumber);
        MinimumWageAdult = _values[(int)RateId.MinimumWageNationalLivingWage];
        var hours = _values[(int)RateId.BenefitCapExemptHours];
        // Regulation 82(1)(a): 16 hours at the National Living Wage, x 52 / 12, rounded down to a pound.
        CapEarnings = hours == Missing || MinimumWageAdult == Missing ? Missing : hours * MinimumWageAdult * 52 / 12 / 100 * 100;
    }

    public RateBook Book { get; }
    public DateOnly Start { get; }
    public DateOnly End { get; }
    internal int StartDay { get; }
    internal int EndDay { get; }

    /// <summary>The year in which the last 1 September up to the end of the period fell.</summary>
    internal int SchoolYear { get; }
    internal int LeftAt11 { get; }
    internal int LeftAt16 { get; }
    internal int LeftAt19 { get; }
    internal long MinimumWageAdult { get; }
    internal long CapEarnings { get; }

    /// <summary>The value in force: pence, ten-thousandths, or a count.</summary>
    /// <exception cref="RateNotKnownException">Not enacted, or not found in a source.</exception>
    public long this[RateId id]
    {
        get
        {
            var value = _values[(int)id];
            return value != Missing ? value : throw new RateNotKnownException(id, Start);
        }
    }

    public bool Has(RateId id) => _values[(int)id] != Missing;

    /// <summary>Whether somebody born on a day (a day number) has reached an age by the end of the period: a change counts for the whole assessment period (Universal Credit (Decisions and Appeals) Regulations 2013 Sch. 1).</summary>
    internal bool Reached(int born, int age) => born <= _born[age];

    internal bool SameRates(Period other) => _values.AsSpan().SequenceEqual(other._values);
}
