using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>Whether a need is met at a place: with room for one more now, only in part, or by nothing.</summary>
public enum CoverState { Met, PartMet, Gap }

/// <param name="By">What meets it, the best first.</param>
/// <param name="Words">In a sentence.</param>
public sealed record Cover(string NeedId, CoverState State, IReadOnlyList<Service> By, string Words);

/// <summary>What the menu has for a need at a place, by the very match that pages and the offer use.</summary>
public static class MenuCover
{
    private const int Looked = 40;

    public static Cover Of(MenuIndex index, string need, MenuPlace place, DateTime at, Facts? facts = null)
    {
        var result = MenuMatch.Match(index, new MenuQuery { Needs = [need], Place = place, At = at, Facts = facts ?? Facts.None, Most = Looked });
        var hits = result.Hits.Where(h => h.Meets.Contains(need)).ToList();
        // What answers by the way (a café where one may also practise) is no answer while what it is for is full.
        var main = hits.Where(h => h.Service.Needs is not [var first, ..] || first == need).ToList();
        var free = (main.Count > 0 ? main : hits).Where(h => h.LatelyChecked && h.Service.Capacity is not { State: CapacityState.Waiting }).Select(h => h.Service).ToList();
        if (free.Count > 0) return new Cover(need, CoverState.Met, free, $"{free[0].Name}{(free.Count > 1 ? $" and {free.Count - 1} more" : "")}.");
        if (hits.Count == 0) return new Cover(need, CoverState.Gap, [], result.Missing is [{ NearestBeyond: { } beyond }, ..] ? $"Nothing within reach. Nearest is {beyond.Service.Name}." : "Nothing on the menu.");
        var waiting = hits.FirstOrDefault(h => h.Service.Capacity is { State: CapacityState.Waiting });
        return new Cover(need, CoverState.PartMet, [.. hits.Select(h => h.Service)], waiting is not null ? $"No free place: {waiting.Service.Name} has {(waiting.Service.Capacity!.WaitingDays is { } days ? $"about {days} days to wait" : "a waiting list")}." : $"{hits[0].Service.Name} was not confirmed lately.");
    }
}
