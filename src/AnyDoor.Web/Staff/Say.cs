using System.Globalization;
using AnyDoor.Common;

namespace AnyDoor.Web.Staff;

/// <summary>Times and numbers as staff read them: a time is a time, then a day.</summary>
public static class Say
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static string Count(int number, string one, string? many = null) => $"{number.ToString("N0", English)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>No longer than this: cut between two words where there are any, and never within a letter.</summary>
    public static string CutTo(string text, int most)
    {
        if (text.Length <= most) return text;
        var cut = text.LastIndexOf(' ', most - 10);
        if (cut < most / 2) cut = char.IsHighSurrogate(text[most - 11]) ? most - 11 : most - 10;
        return text[..cut] + " …";
    }

    /// <summary><c>46 minutes</c>, <c>1 hour 5 minutes</c>, <c>2 days</c>.</summary>
    public static string Lasting(TimeSpan time)
    {
        if (time < TimeSpan.FromMinutes(1)) return "a moment";
        if (time < TimeSpan.FromHours(1)) return Count((int)time.TotalMinutes, "minute");
        if (time >= TimeSpan.FromHours(48)) return Count((int)time.TotalDays, "day");
        var (hours, minutes) = ((int)time.TotalHours, time.Minutes);
        return minutes == 0 || hours >= 6 ? Count(hours, "hour") : $"{Count(hours, "hour")} {Count(minutes, "minute")}";
    }

    /// <summary><c>12 noon</c> today, <c>tomorrow 9am</c>, <c>Friday 27 November</c>, with the year when it is another.</summary>
    public static string When(DateTime utc, DateTime now)
    {
        var (day, today) = (LondonTime.DayOf(utc), LondonTime.DayOf(now));
        if (day == today) return LondonTime.Time(utc);
        if (day == today.AddDays(1)) return $"tomorrow {LondonTime.Time(utc)}";
        if (day == today.AddDays(-1)) return $"yesterday {LondonTime.Time(utc)}";
        return Day(day, today);
    }

    /// <summary>Always both: <c>today, 2am</c>, <c>Friday 27 November, 10:14am</c>.</summary>
    public static string DayAndTime(DateTime utc, DateTime now) => $"{Day(LondonTime.DayOf(utc), LondonTime.DayOf(now))}, {LondonTime.Time(utc)}";

    public static string Day(DateOnly day, DateOnly today) =>
        day == today ? "today" : day == today.AddDays(1) ? "tomorrow" : day == today.AddDays(-1) ? "yesterday" : day.ToString(day.Year == today.Year ? "dddd d MMMM" : "d MMMM yyyy", English);

    public static string First(string name) => name.Trim().Split(' ', 2)[0];

    public static string Upper(string text) => text.Length == 0 ? text : char.ToUpper(text[0], English) + text[1..];

    /// <summary>A sentence within another. A name at its start keeps its capital: UC, I, Universal Credit.</summary>
    public static string Lower(string text) => text.Length < 2 || char.IsUpper(text[1]) || text.StartsWith("I ", StringComparison.Ordinal) || (text.IndexOf(' ', StringComparison.Ordinal) is > 1 and var gap && gap + 1 < text.Length && char.IsUpper(text[gap + 1])) ? text : char.ToLower(text[0], English) + text[1..];
}
