using System.Text.Json;
using AnyDoor.Vocabulary;

namespace AnyDoor.Conversations;

/// <summary>Somebody who lives in the household, as far as rules need to know them.</summary>
public sealed record Resident(Guid Id, int? Age);

/// <summary>
/// Turns answers into the one snapshot that rules, the menu and entitlements read: asked once, used by all.
/// Stale answers and "would rather not say" are not in it, so they are unknown and refuse nobody.
/// </summary>
public static class FactsOnTheDay
{
    private static readonly string[] EarnedMonthly = ["income.pay_monthly_pence", "income.self_employed_monthly_pence", "income.pension_monthly_pence"];
    private static readonly string[] NoPay = ["looking", "not-able", "caring", "studying"];
    private const int Adult = 18;

    /// <param name="residents">Those who are known one by one.</param>
    /// <param name="told">How many they said live here; null: nobody was asked, and nothing is made of who happens to be known.</param>
    public static Facts Of(IEnumerable<Answer> answers, IReadOnlyList<Resident> residents, int? told, IReadOnlyCollection<string> needs, string? authority, DateTime at)
    {
        var fresh = answers.Where(a => a is { ReplacedAt: null, IsGiven: true } && !a.IsStale(at)).ToList();
        var values = new Dictionary<string, string>();
        foreach (var fact in fresh.GroupBy(a => a.Fact))
        {
            // Of the same fact about the same person (or the home), what was said last counts, whoever said it.
            var latest = fact.GroupBy(a => Words.Current.Fact(a.Fact)?.Subject == "household" ? null : a.About ?? a.PersonId)
                .Select(g => g.OrderBy(a => a.At).ThenBy(a => a.Id).Last()).OrderBy(a => a.At).ThenBy(a => a.Id).ToList();
            values[fact.Key] = latest.Count == 1 ? latest[0].Value : Together(Words.Current.Fact(fact.Key)?.Type, latest);
        }
        if (needs.Count > 0) values["needs"] = JsonSerializer.Serialize(needs);

        var size = Math.Max(told ?? 0, values.TryGetValue("household.adults", out var adults) ? Whole(adults) + (values.TryGetValue("household.children", out var children) ? Whole(children) : 0) : 0);
        // More live here than are known one by one: what was told counts, and no age or income is made up.
        var everyone = residents.Count > 0 && size > 0 && residents.Count >= size;
        IReadOnlyList<int>? ages = everyone && residents.All(r => r.Age is not null) ? [.. residents.Select(r => r.Age!.Value)] : null;
        if (size > 0) values["household.size"] = Number(Math.Max(size, residents.Count));
        if (ages is not null)
        {
            values["household.adults"] = Number(ages.Count(a => a >= Adult));
            values["household.children"] = Number(ages.Count(a => a < Adult));
            values["household.youngest_age"] = Number(ages.Min());
        }
        if (everyone && !values.ContainsKey("income.annual_pence") && Annual(fresh, residents) is { } annual) values["income.annual_pence"] = Number(annual);
        return Facts.FromJson(values, authority, ages);
    }

    /// <summary>What several people say of themselves, as the household's: money is added, the highest number counts, every option counts, one yes is a yes.</summary>
    private static string Together(string? type, List<Answer> answers)
    {
        var values = answers.Select(a => JsonSerializer.Deserialize<JsonElement>(a.Value)).ToList();
        switch (type)
        {
            case "money": return Number(values.Sum(v => v.GetInt64()));
            case "number": return Number(values.Max(v => v.GetInt64()));
            case "yes-no":
                var said = values.Select(v => v.ValueKind switch { JsonValueKind.True => "yes", JsonValueKind.False => "no", _ => v.GetString() }).ToList();
                return JsonSerializer.Serialize(said.Contains("yes") ? "yes" : said.Contains("not-sure") ? "not-sure" : "no");
            case "choice" or "choices":
                var options = values.SelectMany(v => v.ValueKind == JsonValueKind.Array ? v.EnumerateArray().Select(e => e.GetString()!) : [v.GetString()!]).Distinct().ToList();
                // One person who is not sure does not make the others' answers unknown.
                if (options.Count > 1) options.Remove("not-sure");
                if (options.Count > 1) options.Remove("none");
                return JsonSerializer.Serialize(options);
            default: return answers[^1].Value;
        }
    }

    /// <summary>Twelve months of what was told, when every adult has told what comes in or that nothing is earned.</summary>
    private static long? Annual(List<Answer> fresh, IReadOnlyList<Resident> residents)
    {
        var adults = residents.Where(r => r.Age >= Adult).ToList();
        if (adults.Count == 0 || residents.Any(r => r.Age is null)) return null;
        long monthly = 0;
        foreach (var adult in adults)
        {
            var own = fresh.Where(a => (a.About ?? a.PersonId) == adult.Id).GroupBy(a => a.Fact).ToDictionary(g => g.Key, g => JsonSerializer.Deserialize<JsonElement>(g.OrderBy(a => a.At).Last().Value));
            var earned = EarnedMonthly.Where(own.ContainsKey).ToList();
            if (earned.Count == 0 && !(own.TryGetValue("income.employment", out var work) && NoPay.Contains(work.GetString()))) return null;
            monthly += earned.Sum(f => own[f].GetInt64());
        }
        if (fresh.Where(a => a.Fact == "income.other_monthly_pence").MaxBy(a => a.At) is { } other) monthly += JsonSerializer.Deserialize<long>(other.Value);
        return monthly * 12;
    }

    private static int Whole(string json) => JsonSerializer.Deserialize<JsonElement>(json) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var whole) ? whole : 0;

    private static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
