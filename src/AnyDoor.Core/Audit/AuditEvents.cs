namespace AnyDoor.Audit;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class AuditEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["content.erased"] = "The words of an event erased, with the rule it follows from",
        ["log.index-made-anew"] = "The index of who was looked at was made anew from the log of looks",
        ["log.triggers-made-anew"] = "Triggers that had been taken away or changed were made anew",
        ["log.key-changed"] = "The key that signs the log was changed",
        ["log.key-lost"] = "A new key signs the log: the one before was lost",
    };
}
