using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

public sealed record OpeningHours(IReadOnlyList<string> Days, TimeOnly Opens, TimeOnly Closes);

/// <summary>Days that differ from the week. The first that covers a day counts.</summary>
public sealed record OpeningException(DateOnly From, DateOnly To, bool Closed = false, TimeOnly? Opens = null, TimeOnly? Closes = null, string? Note = null);

/// <param name="Words">As a person reads it: <c>Open today until 4pm</c>.</param>
/// <param name="DaysAhead">0: still today. None: no hours are known.</param>
public sealed record OpeningNow(bool IsOpen, int? DaysAhead, string Words)
{
    /// <summary>Open: until then. Otherwise: from then.</summary>
    public TimeOnly? Time { get; init; }
    /// <summary>The day that it opens next.</summary>
    public DateOnly? Day { get; init; }
}

/// <summary>When a service is open, on London's clock. An exception wins over the week; a bank holiday is closed unless it says otherwise or never closes.</summary>
public sealed record Opening(IReadOnlyList<OpeningHours> Weekly, IReadOnlyList<OpeningException>? Exceptions = null, bool SchoolTermsOnly = false, string? OnBankHolidays = null)
{
    /// <summary>Hours that are not simply weekly, and those of feeds: as iCalendar has them.</summary>
    public IReadOnlyList<OpeningRule>? Rules { get; init; }

    /// <summary>What the source says about times that cannot be read as rules.</summary>
    public string? InWords { get; init; }

    /// <summary>What is said where no hours are known, and where none come in the next weeks.</summary>
    public const string RingForTimes = "Ring for times", ClosedNow = "Closed at the moment: ring first";
    private const int LookAhead = 28;
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly TimeOnly EndOfDay = new(23, 59);

    public OpeningNow At(DateTime utc) => AtLocal(LondonTime.FromUtc(utc));

    /// <param name="local">The time on the wall in London.</param>
    internal OpeningNow AtLocal(DateTime local)
    {
        if (Weekly.Count == 0 && Rules is not { Count: > 0 }) return new OpeningNow(false, null, InWords is { Length: > 0 and < 80 } said ? said : RingForTimes);
        var today = DateOnly.FromDateTime(local);
        var now = TimeOnly.FromDateTime(local);
        // The dates of terms differ by school, so a day is not promised.
        if (SchoolTermsOnly && Weekly.Count > 0) return new OpeningNow(false, null, $"School days, {LondonTime.Time(Weekly[0].Opens)} to {LondonTime.Time(Weekly[0].Closes)}");

        for (var ahead = 0; ahead <= LookAhead; ahead++)
        {
            var day = today.AddDays(ahead);
            foreach (var hours in On(day))
            {
                if (ahead == 0 && Ends(hours) <= now) continue;
                if (ahead == 0 && hours.Opens <= now) return OpenUntil(day, UntilOf(day, hours));
                return new OpeningNow(false, ahead, ahead switch
                {
                    0 => $"Opens today {LondonTime.Time(hours.Opens)}",
                    1 => $"Opens tomorrow {LondonTime.Time(hours.Opens)}",
                    < 7 => $"Next open {day.DayOfWeek} {LondonTime.Time(hours.Opens)}",
                    _ => $"Next open {LondonTime.LongDay(day)[..^5]} {LondonTime.Time(hours.Opens)}",
                }) { Time = hours.Opens, Day = day };
            }
        }
        return new OpeningNow(false, null, ClosedNow);
    }

    private static OpeningNow OpenUntil(DateOnly day, TimeOnly until) => new(true, 0, $"Open today until {LondonTime.Time(until)}") { Time = until, Day = day };

    /// <summary>The hours of one day, earliest first.</summary>
    public IEnumerable<(TimeOnly Opens, TimeOnly Closes)> On(DateOnly day)
    {
        if (Exceptions?.FirstOrDefault(e => e.From <= day && day <= e.To) is { } exception)
            return exception is { Closed: false, Opens: { } opens, Closes: { } closes } ? [(opens, closes)] : [];
        if (OnBankHolidays != "open" && Weekly.Count > 0 && BankHolidays.Has(day) && DayNames.Any(name => !Weekly.Any(h => h.Days.Contains(name)))) return [];
        var weekday = DayNames[(int)day.DayOfWeek];
        var hours = Weekly.Where(h => h.Days.Contains(weekday)).Select(h => (h.Opens, h.Closes));
        if (Rules is { Count: > 0 }) hours = hours.Concat(Rules.Where(r => r.Opens is not null && r.On(day)).Select(r => (r.Opens!.Value, r.Closes ?? EndOfDay)));
        return hours.Distinct().OrderBy(h => h.Opens);
    }

    private static TimeOnly Ends((TimeOnly Opens, TimeOnly Closes) hours) => hours.Closes <= hours.Opens ? TimeOnly.MaxValue : hours.Closes;

    // A line that is open past midnight is written as two days.
    private TimeOnly UntilOf(DateOnly day, (TimeOnly Opens, TimeOnly Closes) hours)
    {
        if (hours.Closes != EndOfDay) return hours.Closes;
        var next = On(day.AddDays(1)).FirstOrDefault();
        return next != default && next.Opens == TimeOnly.MinValue && next.Closes != EndOfDay ? next.Closes : hours.Closes;
    }
}
