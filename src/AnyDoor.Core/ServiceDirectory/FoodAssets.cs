using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <param name="Opens">Its hours on that day; none: it is not known, or by arrangement.</param>
public sealed record FoodAsset(MenuHit Hit, IReadOnlyList<(TimeOnly Opens, TimeOnly Closes)> Opens, IReadOnlyList<string> Diets, bool NeedsReferral)
{
    public Service Service => Hit.Service;
}

/// <param name="Open">Open on that day and, where a diet is asked for, serving it.</param>
/// <param name="AskFirst">Open on that day; whether they serve the diet is not known.</param>
/// <param name="OtherDays">Serve it, on other days.</param>
public sealed record FoodOnDay(DateOnly Day, IReadOnlyList<FoodAsset> Open, IReadOnlyList<FoodAsset> AskFirst, IReadOnlyList<FoodAsset> OtherDays);

/// <summary>
/// Food by place, day and diet (R-FPA-03): food banks, pantries, growing, meals, with times and whether a referral is needed. A diet counts only where the entry
/// says it; where it says nothing the answer is to ask, never that there is none.
/// </summary>
public static class FoodAssets
{
    private const int Most = 60;

    /// <summary>By id, as people say them, and the words by which an entry says so.</summary>
    public static readonly IReadOnlyList<(string Id, string Name, string[] Words)> Diets =
    [
        ("halal", "Halal", ["halal"]), ("kosher", "Kosher", ["kosher"]), ("vegetarian", "Vegetarian", ["vegetarian", "veggie"]), ("vegan", "Vegan", ["vegan", "plant-based"]),
        ("gluten-free", "Gluten free", ["gluten free", "gluten-free", "coeliac"]), ("allergies", "Food allergies", ["allerg"]),
    ];

    public static IReadOnlyList<string> Of(Service service) =>
        [.. Diets.Where(d => service.Diets.Contains(d.Id) || d.Words.Any(w => service.Name.Contains(w, StringComparison.OrdinalIgnoreCase) || service.Description.Contains(w, StringComparison.OrdinalIgnoreCase) || service.Terms.Any(t => t.Name.Contains(w, StringComparison.OrdinalIgnoreCase)))).Select(d => d.Id)];

    /// <summary>Whether somebody else must send them: walking in is not enough.</summary>
    public static bool NeedsReferral(Service service) => service.HowToUse is HowToUse.Referral or HowToUse.Handover;

    public static FoodOnDay On(MenuIndex index, MenuPlace place, DateOnly day, string? diet, DateTime now)
    {
        // From its first minute: what is open that day, by the same gate and reach as every other answer.
        var at = day == LondonTime.DayOf(now) ? now : LondonTime.ToUtc(day, new TimeOnly(0, 1));
        var all = MenuMatch.Match(index, new MenuQuery { Needs = ["food"], Place = place, At = at, Most = Most }).Hits
            .Select(h => new FoodAsset(h, [.. h.Service.Opening.On(day).Where(o => day != LondonTime.DayOf(now) || o.Closes > TimeOnly.FromDateTime(LondonTime.FromUtc(now)))], Of(h.Service), NeedsReferral(h.Service))).ToList();
        bool Serves(FoodAsset asset) => diet is null || asset.Diets.Contains(diet);
        return new FoodOnDay(day, [.. all.Where(a => a.Opens.Count > 0 && Serves(a)).OrderBy(a => a.Hit.Miles ?? 99)], diet is null ? [] : [.. all.Where(a => a.Opens.Count > 0 && !Serves(a)).OrderBy(a => a.Hit.Miles ?? 99).Take(10)], [.. all.Where(a => a.Opens.Count == 0 && Serves(a)).OrderBy(a => a.Hit.Miles ?? 99).Take(10)]);
    }
}
