namespace AnyDoor.PlaceTeams;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class PlaceTeamsEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["place.area-made"] = "An area made of neighbourhoods",
        ["place.seat-added"] = "A role in a place team added",
        ["place.posting-added"] = "Somebody put into a role in a place team",
        ["place.posting-ended"] = "A role in a place team ended for somebody",
        ["place.work-opened"] = "A plan, an event, an issue or a note for a place opened",
        ["place.issue-joint"] = "A local issue made one joint plan",
        ["place.noted"] = "Something written into a place's plan, event or issue",
        ["place.action-added"] = "An action agreed for a place",
        ["place.action-done"] = "An action for a place done",
        ["place.work-closed"] = "A plan, an event, an issue or a note for a place closed",
        ["place.reach-said"] = "Said which place a partner serves",
        ["place.reach-ended"] = "A partner no longer serves a place",
    };
}
