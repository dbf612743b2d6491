namespace AnyDoor.Households;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class HouseholdsEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["episode.closed"] = "This crisis is over",
        ["episode.over"] = "The days of this crisis ran out",
        ["home.changed"] = "Where they live changed",
        ["match.found"] = "A possible match found",
        ["match.not-shown"] = "A possible match that the worker was not shown",
        ["match.undone"] = "Join taken back",
        ["match.joined"] = "Joined with another record",
        ["match.not-same"] = "Said to be two people",
        ["match.not-sure"] = "Not sure if one person or two",
        ["safe-contact.changed"] = "How to reach them changed",
        ["safety.marked"] = "Where they live is hidden from now on",
        ["safety.lift-asked"] = "Asked whether where they live may be shown again",
        ["safety.lifted"] = "A senior of the hub said that where they live may be shown again",
        ["safety.kept"] = "A senior of the hub said that where they live stays hidden",
        ["look.reason-stated"] = "Opened on a stated reason",
    };
}
