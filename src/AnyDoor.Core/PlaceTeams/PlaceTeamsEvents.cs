namespace AnyDoor.PlaceTeams;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class PlaceTeamsEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["place.area-made"] = "An area made of neighbourhoods",
        ["place.area-changed"] = "An area of neighbourhoods changed",
        ["place.area-retired"] = "An area of neighbourhoods put away",
        ["place.area-brought-back"] = "An area of neighbourhoods brought back",
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
        ["gap.opened"] = "A gap in the menu opened",
        ["gap.taken-on"] = "A gap in the menu taken on",
        ["gap.moved"] = "A gap in the menu commissioned, adapted or filled by a partner",
        ["gap.closed"] = "A gap in the menu closed",
        ["group-need.said"] = "A need written down as a group said it, without names",
        ["group-need.taken-back"] = "A need of a group taken back",
        ["place.reach-ended"] = "A partner no longer serves a place",
    };
}
