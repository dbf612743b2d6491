namespace AnyDoor.ServiceDirectory;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class ServiceDirectoryEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["menu.loaded"] = "The menu of services loaded",
        ["menu.imported"] = "Services read from a feed or file",
        ["menu.confirmed"] = "A service on the menu checked",
        ["menu.shown-to-public"] = "A service shown to everyone",
        ["menu.shown-to-partners"] = "A service shown to partners only",
        ["menu.shown-to-internal"] = "A service shown to the hub only",
        ["menu.weight-set"] = "The menu’s order bent for a place",
        ["menu.weight-undone"] = "A bend of the menu’s order undone",
        ["menu.reported"] = "Somebody said that an entry of the menu is wrong",
        ["menu.report-answered"] = "A report about the menu answered",
        ["menu.report-closed"] = "A report about the menu closed",
        ["menu.reports-purged"] = "The words of old reports about the menu erased",
        ["menu.edit-sent"] = "A change of an entry of the menu sent to be looked at",
        ["menu.entry-proposed"] = "A new entry of the menu sent to be looked at",
        ["menu.edit-approved"] = "A change of an entry of the menu approved",
        ["menu.edit-sent-back"] = "A change of an entry of the menu sent back",
        ["menu.source-differs"] = "A source says something else than what was approved here",
        ["menu.duplicates-found"] = "Services found that are likely listed twice",
        ["menu.duplicate-merged"] = "Two entries of the menu merged",
        ["menu.merge-undone"] = "A merge of two entries of the menu taken apart",
        ["menu.duplicate-refused"] = "Two entries of the menu said to be two services",
        ["menu.taken-off"] = "A service taken off the menu",
    };
}
