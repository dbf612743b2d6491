using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>Whose help a weight lifts: all that meets the need, or what is for families or for older people.</summary>
public enum WeightFor { Everyone, Families, Older }

/// <summary>What a place coordinator puts higher or lower for a place, from when to when, and on what evidence (R-MEN-03). It is never changed: it is undone, and another is set.</summary>
public sealed class MenuWeight
{
    public required Guid Id { get; init; }
    public required string District { get; init; }
    /// <summary>As <see cref="GapPlace.Name"/>; empty: the whole district.</summary>
    public required string Place { get; init; }
    public required string NeedId { get; init; }
    public required WeightFor For { get; init; }
    /// <summary>Points of the match's score, at most <see cref="MenuBend.Most"/> either way.</summary>
    public required int Points { get; init; }
    /// <summary>What it rests on, and where that is from with its year.</summary>
    public required string Evidence { get; init; }
    public required DateOnly From { get; init; }
    /// <summary>The last day; none: until it is undone.</summary>
    public DateOnly? Until { get; init; }
    public required DateTime SetAt { get; init; }
    public Guid? SetBy { get; init; }
    public DateTime? UndoneAt { get; set; }
    public Guid? UndoneBy { get; set; }

    public GapPlace Where => new(District, Place);
    public bool On(DateOnly day) => From <= day && (Until is null || day <= Until);
}

/// <summary>
/// The weights of one place on one day, ready for the match. They add to the score of what has already passed the gate: nothing closed, for others or elsewhere
/// comes up by them, and what was not checked lately stays below what was.
/// </summary>
public readonly struct MenuBend
{
    /// <summary>About half of what being next door is worth.</summary>
    public const int Most = 15;
    private const double PlaceMiles = 2;
    private static readonly HashSet<string> FamilyNeeds = ["childcare", "children-and-school", "family-life", "baby-things", "school-uniform-or-laptop"];
    private readonly List<MenuWeight>? weights;

    private MenuBend(List<MenuWeight>? weights) => this.weights = weights;

    public static MenuBend At(IReadOnlyList<MenuWeight> all, MenuPlace place, DateOnly day)
    {
        List<MenuWeight>? here = null;
        foreach (var weight in all) if (weight.On(day) && IsHere(weight, place)) (here ??= []).Add(weight);
        return new MenuBend(here);
    }

    private static bool IsHere(MenuWeight weight, MenuPlace place)
    {
        if (weight.District != place.District) return false;
        if (weight.Place.Length == 0) return true;
        return place.Names.Contains(Folding.Fold(weight.Place)) || (place.Point is { } point && GapPlace.Named.TryGetValue(weight.Where.Slug, out var named) && named.Point.MilesTo(point) <= PlaceMiles);
    }

    /// <summary>Points for one service, never more than <see cref="Most"/> either way.</summary>
    internal int Of(MenuIndex.Entry entry)
    {
        if (weights is null) return 0;
        var sum = 0;
        foreach (var weight in weights) if (entry.Needs.Contains(weight.NeedId) && IsFor(entry.Service, weight.For)) sum += weight.Points;
        return Math.Clamp(sum, -Most, Most);
    }

    internal static bool IsFor(Service service, WeightFor who) => who switch
    {
        WeightFor.Families => service.MaximumAge <= 25 || service.Needs.Any(FamilyNeeds.Contains) || Says(service, "famil", "child", "parent"),
        WeightFor.Older => service.MinimumAge >= 50 || Says(service, "older", "over 50", "over 60", "pension"),
        _ => true,
    };

    private static bool Says(Service service, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (service.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || service.Description.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
