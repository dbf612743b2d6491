using AnyDoor.Common;
using AnyDoor.Organisations;

namespace AnyDoor.Requests;

/// <summary>
/// By when somebody must have answered, as the partnership promises it. The same clock for every door (R-DAW-08, R-DOOR-01).
/// Today: within hours of the hub's day (8am to 8pm, every day). This week, soon: within working days.
/// </summary>
public static class AnswerClock
{
    private static readonly TimeOnly Opens = new(8, 0);
    private static readonly TimeOnly Closes = new(20, 0);

    public static DateTime AnswerBy(Urgency urgency, DateTime submittedAtUtc, Promises? promised = null)
    {
        promised ??= Promises.Usual;
        var local = LondonTime.FromUtc(submittedAtUtc);
        if (urgency == Urgency.Today)
        {
            if (TimeOnly.FromDateTime(local) < Opens) local = local.Date + Opens.ToTimeSpan();
            var end = local.Date + Closes.ToTimeSpan();
            var by = local.AddHours(promised.Today.WorkingHours);
            if (by > end) by = local.Date.AddDays(1) + Opens.ToTimeSpan() + (local > end ? TimeSpan.FromHours(promised.Today.WorkingHours) : by - end);
            return LondonTime.ToUtc(by);
        }
        var day = AddWorkingDays(DateOnly.FromDateTime(local), (urgency == Urgency.ThisWeek ? promised.ThisWeek : promised.Soon).WorkingDays);
        return LondonTime.ToUtc(day, new TimeOnly(17, 0));
    }

    public static DateOnly AddWorkingDays(DateOnly day, int days)
    {
        while (days > 0)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !BankHolidays.Has(day)) days--;
        }
        return day;
    }
}
