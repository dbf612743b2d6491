namespace AnyDoor.Conversations;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class ConversationsEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["conversation.saved"] = "Answers saved",
        ["conversation.need-confirmed"] = "Need added",
        ["conversation.need-removed"] = "Need taken off",
    };
}
