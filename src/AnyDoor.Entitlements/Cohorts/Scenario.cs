using System.Globalization;
using System.Text.Json;

namespace AnyDoor.Entitlements.Cohorts;

/// <summary>
/// What a crisis does to every household of a cohort alike, in per cent of what the file has: −20 is a fifth less. It is an even change for all, not a forecast of whom it would meet.
/// Pension contributions go with the pay. Local Housing Allowance stays: it is set by law.
/// </summary>
public sealed record HouseholdChange(decimal EarningsPercent = 0, decimal RentPercent = 0, decimal CouncilTaxPercent = 0, decimal ChildcarePercent = 0, decimal SavingsPercent = 0)
{
    /// <summary>Nothing changes.</summary>
    public static HouseholdChange None { get; } = new();

    internal PackedHousehold Of(in PackedHousehold household)
    {
        var h = household;
        if (this == None) return h;
        Adult(ref h.Claimant);
        Adult(ref h.Partner);
        (h.Rent, h.CouncilTax, h.Childcare, h.Savings) = (By(h.Rent, RentPercent), By(h.CouncilTax, CouncilTaxPercent), By(h.Childcare, ChildcarePercent), By(h.Savings, SavingsPercent));
        return h;
    }

    private void Adult(ref PackedAdult a) => (a.Pay, a.Profit, a.PensionContributions) = (By(a.Pay, EarningsPercent), By(a.Profit, EarningsPercent), By(a.PensionContributions, EarningsPercent));

    private static int By(int pence, decimal percent) => percent == 0 ? pence : (int)Math.Min(int.MaxValue, decimal.Round(pence * (1 + percent / 100), MidpointRounding.AwayFromZero));
}

/// <summary>Other rates, other households, or both, to be laid beside the law. <see cref="Says"/> tells each change in a few words.</summary>
public sealed record Scenario(RateBook Rates, HouseholdChange Households, IReadOnlyList<string> Says)
{
    private const decimal Most = 100;

    private static readonly (string Key, string Title)[] Keys = [("earnings_percent", "Pay and profit"), ("rent_percent", "Rent"), ("council_tax_percent", "Council Tax"), ("childcare_percent", "Childcare"), ("savings_percent", "Savings")];

    /// <summary>A file <c>{"rates": [...], "households": {"earnings_percent": -20, "rent_percent": 10}}</c>; either part may be left out. Docs: rates.md.</summary>
    /// <exception cref="FormatException">Not of that shape, in a sentence.</exception>
    public static Scenario Read(Stream json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The scenario file is not JSON: line {e.LineNumber + 1}.", e);
        }
        using (document)
        {
            var root = document.RootElement;
            JsonElement rates = default, households = default;
            if (root.ValueKind != JsonValueKind.Object || !(root.TryGetProperty("rates", out rates) | root.TryGetProperty("households", out households))) throw new FormatException("A rates file is {\"rates\": [...]}; a scenario may have {\"households\": {\"earnings_percent\": -20}} beside it or instead.");
            using var only = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, JsonElement> { ["rates"] = rates.ValueKind == JsonValueKind.Undefined ? JsonDocument.Parse("[]").RootElement : rates }, ScenarioJson.Default.DictionaryStringJsonElement));
            var book = RateBook.Official.With(only);
            var change = households.ValueKind == JsonValueKind.Undefined ? HouseholdChange.None : Change(households);
            if (change == HouseholdChange.None && book.Rates.All(r => ReferenceEquals(r, RateBook.Official.Of(r.Id)))) throw new FormatException("The scenario changes nothing.");
            return new Scenario(book, change, [.. Said(change), .. book.Rates.Where(r => !ReferenceEquals(r, RateBook.Official.Of(r.Id))).SelectMany(Said)]);
        }
    }

    private static HouseholdChange Change(JsonElement households)
    {
        if (households.ValueKind != JsonValueKind.Object) throw new FormatException("“households” is {\"earnings_percent\": -20, \"rent_percent\": 10}.");
        var change = HouseholdChange.None;
        foreach (var one in households.EnumerateObject())
        {
            if (!Array.Exists(Keys, k => k.Key == one.Name)) throw new FormatException($"“{(one.Name.Length <= 40 ? one.Name : one.Name[..40] + "…")}” of “households” is not known: {string.Join(", ", Keys.Select(k => k.Key))}.");
            if (one.Value.ValueKind != JsonValueKind.Number || !one.Value.TryGetDecimal(out var percent)) throw new FormatException($"“{one.Name}” is not a number of per cent, like -20.");
            if (percent is < -Most or > Most) throw new FormatException($"“{one.Name}” is out of range: from -100 to 100.");
            change = one.Name switch
            {
                "earnings_percent" => change with { EarningsPercent = percent }, "rent_percent" => change with { RentPercent = percent }, "council_tax_percent" => change with { CouncilTaxPercent = percent },
                "childcare_percent" => change with { ChildcarePercent = percent }, _ => change with { SavingsPercent = percent },
            };
        }
        return change;
    }

    private static IEnumerable<string> Said(HouseholdChange c) => Keys.Zip(new[] { c.EarningsPercent, c.RentPercent, c.CouncilTaxPercent, c.ChildcarePercent, c.SavingsPercent }).Where(x => x.Second != 0)
        .Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.First.Title} of every household: {Math.Abs(x.Second):0.##}% {(x.Second < 0 ? "less" : "more")}"));

    private static IEnumerable<string> Said(Rate rate) => rate.Values.Except(RateBook.Official.Of(rate.Id).Values).Select(v => $"{rate.Key}: {(v.Value is { } worth ? rate.Show(worth) : "not known")} from {Words.Day(v.From)}");
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class ScenarioJson : System.Text.Json.Serialization.JsonSerializerContext;
