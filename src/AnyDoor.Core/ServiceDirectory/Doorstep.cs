using AnyDoor.Common;
using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <param name="Ages">What the gate knows of them by that; none: nothing.</param>
public sealed record PersonKind(string Id, string Words, IReadOnlyList<int> Ages);

/// <summary>Three taps: a place, a need, a kind of person (R-MEN-05). Nobody is named and nothing is kept. Kinds are data (<c>Content/doorstep.json</c>).</summary>
public sealed record Doorstep(GapPlace Place, Need Need, PersonKind Kind)
{
    /// <summary>What fits on one page of paper.</summary>
    public const int Most = 8;
    private sealed record KindsFile(string Owner, string Source, DateOnly Starts, IReadOnlyList<PersonKind> Kinds);
    private static readonly Lazy<IReadOnlyList<PersonKind>> Shipped = new(() => ContentFiles.Read<KindsFile>("doorstep.json").Kinds);

    public static IReadOnlyList<PersonKind> Kinds => Shipped.Value;

    public static Doorstep? Find(string? place, string? need, string? kind) =>
        GapPlace.Find(place) is { } where && Words.Current.Need(need ?? "") is { } what && Kinds.FirstOrDefault(k => k.Id == kind) is { } who ? new Doorstep(where, what, who) : null;

    /// <summary>Paper and texts lie about in a home: for this need nothing is printed and nothing is sent.</summary>
    public bool IsSpokenOnly => Need.Group == "safety" && Need.Id == "not-safe";

    public string Address => $"{Place.Slug}/{Need.Id}/{Kind.Id}";

    public MenuResult Match(MenuIndex index, DateTime at, string? hub, string? language = null) => MenuMatch.Match(index, new MenuQuery
    {
        Needs = [Need.Id], Place = Place.ToMenuPlace(index), At = at, Most = Most, HubTelephone = hub, Language = language, Facts = Kind.Ages.Count > 0 ? Facts.FromJson([], ages: Kind.Ages) : Facts.None,
    });
}
