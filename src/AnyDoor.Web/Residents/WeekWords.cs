using System.Globalization;
using AnyDoor.Common;
using AnyDoor.ServiceDirectory;

namespace AnyDoor.Web.Residents;

/// <summary>A service's usual week in words, for paper: not what is open now. Days are named in the reader's language.</summary>
public static class WeekWords
{
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Like <c>Monday to Friday 10am to 4pm</c>; none: it has no usual week.</summary>
    public static string? Of(Opening opening, string language)
    {
        if (opening.Weekly.Count == 0) return opening.InWords is { Length: > 0 and < 80 } said ? said : null;
        return string.Join(", ", opening.Weekly.Select(h => $"{DaysOf(h.Days, language)} {LondonTime.Time(h.Opens)} – {LondonTime.Time(h.Closes)}"));
    }

    private static string DaysOf(IReadOnlyList<string> days, string language)
    {
        var format = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : language).DateTimeFormat;
        var at = days.Select(d => Array.IndexOf(Days, d)).Where(i => i >= 0).Order().ToList();
        string Name(int day) => format.GetDayName((DayOfWeek)((day + 1) % 7));
        return at.Count >= 3 && at[^1] - at[0] == at.Count - 1 ? $"{Name(at[0])} – {Name(at[^1])}" : string.Join(", ", at.Select(Name));
    }
}
