using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.ServiceDirectory;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>
/// Needs in people's own words, each with the kinds of help that a person judged to answer it (3 best). How good a service is also depends on how near it
/// is, so that the same need in another place is another judgement. Odd ones are for tuning; even ones report.
/// </summary>
internal sealed record JudgedNeed(string Id, string Need, string Place, Dictionary<string, int> Kinds, IReadOnlyList<string> Needs, int[]? Ages = null)
{
    public bool IsForTuning => int.Parse(Id[1..]) % 2 == 1;

    public static IReadOnlyList<JudgedNeed> All { get; } = JsonSerializer.Deserialize<List<JudgedNeed>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ServiceDirectory", "judged-needs.json")), ContentFiles.Json)!;

    public MenuQuery Query(MenuIndex index, DateTime at) => new()
    {
        Text = Need, At = at, Place = Whereabouts.Find(null, Place, index) ?? throw new InvalidOperationException($"{Place} is not known."), WithinMiles = 20, Facts = Ages is null ? Vocabulary.Facts.None : Menu.Household(Ages),
    };

    /// <summary>From 0 to 3.</summary>
    public int Grade(Service service, MenuPlace place)
    {
        var written = Kinds.Where(k => service.Id.StartsWith(k.Key + "-", StringComparison.Ordinal)).Select(k => k.Value).DefaultIfEmpty(-1).Max();
        var grade = written >= 0 ? written : service.Id is var _ && Needs.Contains(service.Needs[0]) ? 3 : service.Needs.Any(Needs.Contains) ? 2 : 0;
        if (grade == 0 || place.Point is not { } here) return grade;
        var miles = service.Locations.Select(l => l.Point is { } p ? here.MilesTo(p) : 0).DefaultIfEmpty(0).Min();
        return service.Delivered.Any(d => d != Delivery.Place) || miles <= 3 ? grade : miles <= 10 ? Math.Max(1, grade - 1) : 1;
    }
}
