namespace AnyDoor.Messages;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class MessagesEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["message.queued"] = "Message written",
        ["message.withheld"] = "Message held back for safety",
        ["message.sent"] = "Message sent",
        ["message.failed"] = "Message could not be sent",
    };
}
