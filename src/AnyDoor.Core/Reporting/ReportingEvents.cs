namespace AnyDoor.Reporting;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class ReportingEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["edition.published"] = "An edition of counts published",
        ["take-up.worked"] = "A file looked through for benefits that are not claimed",
        ["take-up.letters"] = "The list of whom to write to taken",
        ["take-up.enrolment"] = "The list of whom to enrol for free school meals taken",
        ["take-up.outcomes"] = "What came of the letters read in",
        ["take-up.purged"] = "Old references of letters cleared away",
        ["extract.made"] = "A pseudonymous extract made",
    };
}
