namespace AnyDoor.Reporting;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class ReportingEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["edition.published"] = "An edition of counts published",
        ["extract.made"] = "A pseudonymous extract made",
    };
}
