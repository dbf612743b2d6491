using System.Globalization;
using System.Text.Json.Serialization;

namespace AnyDoor.ServiceDirectory;

[JsonConverter(typeof(KebabCase<OpeningFrequency>))]
public enum OpeningFrequency { Daily, Weekly, Monthly }

/// <summary>
/// One recurring time as Open Referral's schedule has it, after RFC 5545 (iCalendar, section 3.3.10). All days are London's, so the clock changes move nothing.
/// </summary>
public sealed record OpeningRule
{
    public OpeningFrequency Frequency { get; init; } = OpeningFrequency.Weekly;
    public int Interval { get; init; } = 1;
    /// <summary>iCalendar days, like <c>MO</c>, <c>1TU</c>, <c>-1FR</c>.</summary>
    public IReadOnlyList<string> ByDay { get; init; } = [];
    public IReadOnlyList<int> ByMonthDay { get; init; } = [];
    /// <summary>The first occurrence, from which intervals count.</summary>
    public DateOnly? Starts { get; init; }
    public DateOnly? ValidFrom { get; init; }
    /// <summary>The last day, inclusive.</summary>
    public DateOnly? ValidTo { get; init; }
    public int? Count { get; init; }
    /// <summary>The day of the last occurrence where a count ends it, worked out once.</summary>
    public DateOnly? LastCounted { get; init; }
    public TimeOnly? Opens { get; init; }
    public TimeOnly? Closes { get; init; }
    public string? Words { get; init; }
    /// <summary>Its id at the source.</summary>
    public string? Id { get; init; }

    private static readonly string[] Codes = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    /// <summary>Whether it takes place on a day. Without a start, a rule of every second week cannot be placed, and counts every week.</summary>
    public bool On(DateOnly day)
    {
        if (day < (ValidFrom ?? DateOnly.MinValue) || day > (ValidTo ?? DateOnly.MaxValue) || day < (Starts ?? DateOnly.MinValue)) return false;
        if (!Fits(day)) return false;
        if (Count is not { } count || Starts is not { } first) return true;
        if (LastCounted is { } last) return day <= last;
        for (var at = first; at <= day; at = at.AddDays(1))
            if (Fits(at) && --count < 0) return false;
        return true;
    }

    /// <summary>The same with its last day worked out, where a count ends it within a hundred years.</summary>
    public OpeningRule Counted()
    {
        if (Count is not { } left || Starts is not { } first) return this;
        var end = first.Year < 9800 ? first.AddYears(100) : DateOnly.MaxValue;
        for (var day = first; day < end; day = day.AddDays(1))
            if (Fits(day) && --left == 0) return this with { LastCounted = day };
        return this with { LastCounted = end };
    }

    /// <summary>The days it takes place on, both ends counted.</summary>
    public IEnumerable<DateOnly> Between(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
            if (On(day)) yield return day;
    }

    private bool Fits(DateOnly day) => Frequency switch
    {
        OpeningFrequency.Daily => Every(Starts is { } first ? day.DayNumber - first.DayNumber : 0) && (ByDay.Count == 0 || ByDay.Any(d => d.EndsWith(CodeOf(day), StringComparison.Ordinal))) && (ByMonthDay.Count == 0 || OnMonthDay(day)),
        // Weeks begin on Monday, as iCalendar's do unless it says otherwise.
        OpeningFrequency.Weekly => Every(Starts is { } first ? (Monday(day).DayNumber - Monday(first).DayNumber) / 7 : 0) && (ByDay.Count > 0 ? ByDay.Any(d => d.EndsWith(CodeOf(day), StringComparison.Ordinal)) : Starts is { } start ? start.DayOfWeek == day.DayOfWeek : false),
        _ => Every(Starts is { } first ? (day.Year - first.Year) * 12 + day.Month - first.Month : 0) && OnMonthly(day),
    };

    private bool Every(int steps) => Interval <= 1 || steps % Interval == 0;

    private bool OnMonthly(DateOnly day)
    {
        if (ByDay.Count > 0) return ByDay.Any(d => OnNth(d, day)) && (ByMonthDay.Count == 0 || OnMonthDay(day));
        return ByMonthDay.Count > 0 ? OnMonthDay(day) : Starts?.Day == day.Day;
    }

    private bool OnMonthDay(DateOnly day) => ByMonthDay.Any(d => d > 0 ? d == day.Day : DateTime.DaysInMonth(day.Year, day.Month) + d + 1 == day.Day);

    private static bool OnNth(string code, DateOnly day)
    {
        if (!code.EndsWith(CodeOf(day), StringComparison.Ordinal)) return false;
        if (code.Length == 2 || !int.TryParse(code[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var nth)) return true;
        return nth > 0 ? (day.Day - 1) / 7 + 1 == nth : (DateTime.DaysInMonth(day.Year, day.Month) - day.Day) / 7 + 1 == -nth;
    }

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    internal static string CodeOf(DateOnly day) => Codes[(int)day.DayOfWeek];
}
