namespace AnyDoor.Sharing;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class SharingEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["notice.seen"] = "A notice to the information lead seen to",
        ["look.fine"] = "A look decided: fine",
        ["look.asked"] = "A look decided: ask the worker",
        ["look.stopped"] = "A look decided: stopped",
        ["permission.given"] = "Permission given",
        ["permission.refused"] = "They said no to sharing",
        ["permission.withdrawn"] = "Permission withdrawn",
        ["unusual.seen"] = "An unusual pattern seen to",
        ["search.held"] = "Searching held: too many in an hour",
    };
}
