using System.Globalization;

namespace AnyDoor.Common;

/// <summary>Days are Europe/London; instants are UTC (<see cref="DateTimeKind.Utc"/>).</summary>
public static class LondonTime
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static DateTime UtcNow(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime;
    public static DateOnly Today(this TimeProvider clock) => DayOf(clock.UtcNow());
    public static DateTime FromUtc(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), London);
    public static DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(FromUtc(utc));

    /// <summary>A wall-clock time in London as an instant. A time inside the spring gap moves on by the hour that was skipped.</summary>
    public static DateTime ToUtc(DateTime local)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (London.IsInvalidTime(wall)) wall = wall.AddHours(1);
        return TimeZoneInfo.ConvertTimeToUtc(wall, London);
    }

    public static DateTime ToUtc(DateOnly day, TimeOnly time) => ToUtc(day.ToDateTime(time));

    /// <summary>As we write it: <c>8:12am</c>, <c>12 noon</c>, <c>1pm</c>.</summary>
    public static string Time(DateTime utc) => Time(TimeOnly.FromDateTime(FromUtc(utc)));

    /// <summary>A time on the wall in London. A minute before midnight is how files write the end of a day.</summary>
    public static string Time(TimeOnly local)
    {
        if (local is { Hour: 12, Minute: 0 }) return "12 noon";
        if (local is { Hour: 0, Minute: 0 } or { Hour: 23, Minute: 59 }) return "midnight";
        var text = local.ToString(local.Minute == 0 ? "htt" : "h:mmtt", English);
        return text.ToLower(English);
    }

    /// <summary>As we write it: <c>Tuesday 24 November 2026</c>.</summary>
    public static string LongDay(DateOnly day) => day.ToString("dddd d MMMM yyyy", English);
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", English);
}
