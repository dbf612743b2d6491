using System.Text.Json;
using System.Text.Json.Serialization;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Vocabulary;

namespace AnyDoor.Offers;

/// <summary>A regular entitlement worth checking, as dated data: whom it is for, whom to check with, the way in. No figure.</summary>
/// <param name="Unless">They have it already.</param>
/// <param name="NotWith">It is not for them, whatever <paramref name="When"/> says.</param>
/// <param name="OnlyIfTold">Facts that are not asked for this alone: not known counts as no.</param>
/// <param name="Got">Why it is not offered when they have it.</param>
/// <param name="Not">Why it is not offered when it is not for them.</param>
public sealed record EntitlementCheck(string Id, string Title, string Why, string Who, string WayIn,
    [property: JsonConverter(typeof(PredicateConverter))] Predicate When,
    [property: JsonConverter(typeof(PredicateConverter))] Predicate? Unless = null,
    [property: JsonConverter(typeof(PredicateConverter))] Predicate? NotWith = null,
    IReadOnlyList<string>? OnlyIfTold = null, string? Got = null, string? Not = null)
{
    private sealed record File(IReadOnlyList<EntitlementCheck> Checks);

    private static readonly Lazy<IReadOnlyList<EntitlementCheck>> Shipped = new(() => ContentFiles.Read<File>("entitlement-checks.json").Checks);

    public static IReadOnlyList<EntitlementCheck> Current => Shipped.Value;
}

/// <summary>Money that comes every month: worked out where a rule is held, otherwise "check", with whom.</summary>
internal static class MoneyEveryMonth
{
    public static IReadOnlyList<OfferLine> Lines(OfferSnapshot snapshot, List<OfferLine> lookedAt)
    {
        var worked = snapshot.Entitlements.Where(e => !e.Hint).Select(e => e.Id).ToHashSet();
        var hints = snapshot.Entitlements.Where(e => e.Hint).ToDictionary(e => e.Id, e => e.Why);
        var lines = snapshot.Entitlements.Where(e => !e.NotDue && !e.Hint).Select(e => Line(Filled(e, snapshot))).ToList();
        lookedAt.AddRange(snapshot.Entitlements.Where(e => e.NotDue).Select(e => Line(Filled(e, snapshot)) with { State = OfferState.NotOffered, Worth = "not offered", Next = new(StepKind.CheckWith, $"If that is wrong, check with {Fill(e.Who, snapshot)}.", e.Id) }));
        foreach (var check in EntitlementCheck.Current.Where(c => !worked.Contains(c.Id)))
        {
            var unasked = check.OnlyIfTold ?? [];
            var when = Read(check.When, snapshot.Facts, unasked);
            var got = check.Unless is null ? null : Read(check.Unless, snapshot.Facts, unasked);
            if (got is { Verdict: Verdict.Yes }) { lookedAt.Add(Not(check, check.Got!, snapshot)); continue; }
            if (when.Verdict == Verdict.No || (check.NotWith is { } not && Read(not, snapshot.Facts, unasked).Verdict == Verdict.Yes)) { lookedAt.Add(Not(check, check.Not!, snapshot)); continue; }
            var ask = Questions.Of(when.Ask.Concat(got?.Ask ?? []));
            lines.Add(Line(new EntitlementLine(check.Id, check.Title, check.Why, Fill(check.Who, snapshot), Fill(check.WayIn, snapshot))) with
            {
                State = ask.Count > 0 ? OfferState.Ask : OfferState.Check, Ask = ask, Worth = ask.Count > 0 ? "maybe" : "check",
                Next = ask.Count > 0 ? new(StepKind.Ask, Questions.InWords(ask), ask[0].Fact) : new(StepKind.CheckWith, $"Check with {Fill(check.Who, snapshot)}. {Fill(check.WayIn, snapshot)}", check.Id),
                Why = when.Verdict == Verdict.Maybe ? $"Not known yet. {check.Not}" : hints.GetValueOrDefault(check.Id, check.Why), HasWorking = when.Verdict != Verdict.Maybe && hints.ContainsKey(check.Id),
            });
        }
        // The income check stands first: before the menu, and never as a condition of it (R-INC-02).
        return [.. lines.OrderBy(l => l.Id == "entitlement:benefits-check" ? 0 : l.State switch { OfferState.Estimate => 1, OfferState.Check => 2, _ => 3 })];
    }

    private static EntitlementLine Filled(EntitlementLine line, OfferSnapshot snapshot) => line with { Who = Fill(line.Who, snapshot), WayIn = Fill(line.WayIn, snapshot) };

    private static OfferLine Line(EntitlementLine line) => new()
    {
        HasWorking = line.Working,
        Id = $"entitlement:{line.Id}", Title = line.Title, State = line.FromMonthly is null ? OfferState.Check : OfferState.Estimate, Why = line.Why, How = line.WayIn, Ask = Questions.Of(line.Ask ?? []),
        Worth = line is { FromMonthly: { } from } ? line.ToMonthly is { } to && to != from ? $"{EntitlementEstimate.InPounds(new(from.Pence, to.Pence))} a month, estimate" : $"{from} a month, estimate" : "check",
        Amount = line.FromMonthly, AmountTo = line.ToMonthly, RuleWords = line.RestsOn, Next = new(StepKind.CheckWith, $"Check with {line.Who}. {line.WayIn}", line.Id),
    };

    private static OfferLine Not(EntitlementCheck check, string why, OfferSnapshot snapshot) => new()
    {
        Id = $"entitlement:{check.Id}", Title = check.Title, State = OfferState.NotOffered, Worth = "not offered", Why = why, Next = new(StepKind.CheckWith, $"If that is wrong, check with {Fill(check.Who, snapshot)}.", check.Id),
    };

    private static Finding Read(Predicate predicate, Facts facts, IReadOnlyList<string> unasked)
    {
        var finding = predicate.Of(facts);
        return finding.Verdict == Verdict.Maybe && finding.Ask.Any(unasked.Contains) ? predicate.Of(facts.With(unasked.Where(f => facts.Known(f) is null).Select(f => (f, NoAnswer)))) : finding;
    }

    private static readonly JsonElement NoAnswer = JsonSerializer.SerializeToElement("no");

    private static string Fill(string text, OfferSnapshot snapshot) => text.Replace("{billing_council}", BillingCouncil(snapshot.Place.District), StringComparison.Ordinal);

    private static string BillingCouncil(string? code) => District.Find(code) is not { } district ? "the council that sends the council tax bill"
        : district.Authority.StartsWith(district.Name, StringComparison.Ordinal) ? district.Authority
        : district.Name.EndsWith("City", StringComparison.Ordinal) ? $"{district.Name} Council" : $"{district.Name} District Council";
}
