using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>How the menu is kept right (<c>Content/menu-keeping.json</c>). All in days.</summary>
/// <param name="LinkDays">How long a link to confirm an entry works.</param>
/// <param name="ReportAnswerDays">How soon a report is to be answered.</param>
/// <param name="ReportShownDays">How long the entry's page says what came of one.</param>
/// <param name="ReportWordsKeptDays">How long the words of a closed report are kept.</param>
/// <param name="MostReportsOfOne">Reports of one entry before the next has to wait some minutes.</param>
public sealed record MenuKeeping(string Owner, string Source, DateOnly Starts, int LinkDays, int ReportAnswerDays, int ReportShownDays, int ReportWordsKeptDays, int MostReportsOfOne)
{
    private static readonly Lazy<MenuKeeping> Shipped = new(() => ContentFiles.Read<MenuKeeping>("menu-keeping.json"));
    public static MenuKeeping Current => Shipped.Value;
}
