using AnyDoor.Common;

namespace AnyDoor.Rights;

/// <summary>How a subject request stands against its clock.</summary>
/// <param name="DueOn">The last day to answer. While the clock stands still it moves on with each day.</param>
/// <param name="DaysLeft">Below zero: late.</param>
/// <param name="PausedDays">So far.</param>
/// <param name="AcknowledgeBy">Complaints only, until they are acknowledged.</param>
public sealed record SubjectTime(DateOnly DueOn, int DaysLeft, int PausedDays, bool IsPaused, bool IsExtended, DateOnly? AcknowledgeBy, DateOnly? ExtendBy)
{
    /// <summary>A week or less, so that somebody begins now.</summary>
    public bool IsSoon => !IsPaused && DaysLeft is >= 0 and <= 7;
    public bool IsLate => DaysLeft < 0;
}

/// <summary>
/// The clock of a person's rights. One month from the day of receipt, to the corresponding date, or the month's last day where it has none (UK GDPR Article 12(3)
/// and the Commissioner's guidance); a day that is no working day moves to the next working day; two months more when it is extended. Days on which we wait for
/// who they are or what they mean do not count (Article 12A, put in by the Data (Use and Access) Act 2025). A complaint is acknowledged within thirty days, the day
/// it came being the first (Data Protection Act 2018 section 164A): we never count a day more than the law does.
/// </summary>
public static class SubjectClock
{
    public const int DaysToAcknowledge = 30;

    /// <summary>Until when, with the pauses so far; a pause that stands counts up to today.</summary>
    public static DateOnly DueOn(DateOnly received, IReadOnlyList<ClockPause> pauses, bool extended, DateOnly today) =>
        WorkingDay(received.AddMonths(extended ? 3 : 1).AddDays(PausedDays(pauses, today)));

    /// <summary>Whole days: asked on the 3rd and answered on the 9th is six. Days of two pauses at once count once.</summary>
    public static int PausedDays(IReadOnlyList<ClockPause> pauses, DateOnly today)
    {
        var (days, reached) = (0, DateOnly.MinValue);
        foreach (var pause in pauses.OrderBy(p => p.From))
        {
            var (from, to) = (pause.From < reached ? reached : pause.From, pause.To ?? today);
            if (to <= from) continue;
            days += to.DayNumber - from.DayNumber;
            reached = to;
        }
        return days;
    }

    public static SubjectTime Of(SubjectRequest request, IReadOnlyList<ClockPause> pauses, DateOnly today)
    {
        var until = request.EndedAt is { } ended ? LondonTime.DayOf(ended) : today;
        var due = DueOn(request.ReceivedOn, pauses, request.ExtendedOn is not null, until);
        var extendBy = request is { IsOpen: true, ExtendedOn: null, Kind: not SubjectKind.Complaint } ? DueOn(request.ReceivedOn, pauses, false, until) : (DateOnly?)null;
        return new SubjectTime(due, due.DayNumber - until.DayNumber, PausedDays(pauses, until), request.IsOpen && pauses.Any(p => p.To is null), request.ExtendedOn is not null,
            request is { Kind: SubjectKind.Complaint, AcknowledgedOn: null, IsOpen: true } ? request.ReceivedOn.AddDays(DaysToAcknowledge - 1) : null, extendBy >= until ? extendBy : null);
    }

    private static DateOnly WorkingDay(DateOnly day)
    {
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || BankHolidays.Has(day)) day = day.AddDays(1);
        return day;
    }
}
