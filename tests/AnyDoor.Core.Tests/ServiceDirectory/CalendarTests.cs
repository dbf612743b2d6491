using System.Globalization;
using System.Text;
using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>
/// Schedules of a feed fall on the dates and at the hours that an independent reading of iCalendar (RFC 5545, by Ical.Net) gives them, over 400 days with
/// both changes of the clock: 25 October 2026 and 28 March 2027. Every rule goes the whole way from the feed's JSON.
/// </summary>
public sealed class CalendarTests
{
    private const int Rules = 800;
    private static readonly DateOnly From = new(2026, 9, 1), To = From.AddDays(399);
    private static readonly string[] Codes = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    private sealed record Schedule(string Frequency, int Interval, string? ByDay, string? ByMonthDay, DateOnly Starts, TimeOnly Opens, TimeOnly Closes, DateOnly? Until, int? Count, IReadOnlyList<DateOnly> Closed)
    {
        public override string ToString() => $"{Frequency} every {Interval} on {ByDay}{ByMonthDay} from {Starts:yyyy-MM-dd} at {Opens:HH\\:mm} until {Until:yyyy-MM-dd} count {Count}, not on {string.Join(' ', Closed.Select(c => c.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))}";
    }

    [Fact]
    [Requirement("R-MEN-01")]
    public void EverySchedule_FallsWhereIcalendarPutsIt()
    {
        var random = new Random(20261125);
        var (occurrences, empty, wrong) = (0, 0, new List<string>());
        for (var i = 0; i < Rules; i++)
        {
            var schedule = Draw(random, i);
            var ours = Ours(schedule).ToList();
            var theirs = Theirs(schedule).ToList();
            occurrences += theirs.Count;
            if (theirs.Count == 0) empty++;
            if (!ours.SequenceEqual(theirs)) wrong.Add($"{schedule}: only ours {string.Join(' ', ours.Except(theirs).Take(4))}; only theirs {string.Join(' ', theirs.Except(ours).Take(4))}");
        }
        wrong.Take(8).ShouldBeEmpty();
        empty.ShouldBeLessThan(Rules / 8, "few rules end before the days that are looked at");
        occurrences.ShouldBeGreaterThan(Rules * 15);
    }

    /// <summary>One kind of rule after another, each with chance in its parts. The first day is always one of the rule's own: RFC 5545 leaves any other undefined.</summary>
    private static Schedule Draw(Random random, int i)
    {
        var starts = From.AddDays(random.Next(-500, 150));
        var (frequency, interval, byDay, byMonthDay) = ("WEEKLY", 1, (string?)null, (string?)null);
        switch (i % 10)
        {
            case 0: break;
            case 1: byDay = Days(random, starts); break;
            case 2: (interval, byDay) = (2, Days(random, starts)); break;
            case 3: (interval, byDay) = (random.Next(3, 6), Days(random, starts)); break;
            case 4: (frequency, byDay) = ("MONTHLY", Nth(starts, last: false)); break;
            case 5: (frequency, byDay, starts) = Last(starts); break;
            case 6: (frequency, byDay) = ("MONTHLY", $"{Nth(starts, last: false)},{random.Next(1, 5)}{Codes[random.Next(7)]}"); break;
            case 7: (frequency, interval, byMonthDay) = ("MONTHLY", random.Next(1, 4), $"{starts.Day}"); break;
            case 8:
                starts = new DateOnly(starts.Year, starts.Month, DateTime.DaysInMonth(starts.Year, starts.Month));
                (frequency, byMonthDay) = ("MONTHLY", "-1");
                break;
            default: (frequency, interval) = ("DAILY", random.Next(1, 9)); break;
        }
        var opens = new TimeOnly(random.Next(6, 22), random.Next(4) * 15);
        DateOnly? until = random.Next(3) == 0 ? starts.AddDays(random.Next(200, 700)) : null;
        int? count = until is null && random.Next(3) == 0 ? random.Next(5, 120) : null;
        var closed = Enumerable.Range(0, random.Next(0, 5)).Select(_ => From.AddDays(random.Next(400))).Distinct().ToList();
        // And some on days that it would be given.
        if (random.Next(2) == 0) closed.Add(starts.AddDays(interval * (frequency == "WEEKLY" ? 7 : frequency == "DAILY" ? 1 : 0) * random.Next(1, 40)));
        return new Schedule(frequency, interval, byDay, byMonthDay, starts, opens, opens.AddHours(1), until, count, closed);
    }

    private static string Days(Random random, DateOnly starts) => string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Codes[random.Next(7)]).Append(Codes[(int)starts.DayOfWeek]).Distinct());

    private static string Nth(DateOnly day, bool last) => $"{(last ? -1 : (day.Day - 1) / 7 + 1)}{Codes[(int)day.DayOfWeek]}";

    private static (string, string, DateOnly) Last(DateOnly day)
    {
        day = new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month)).AddDays(-(day.Day % 7));
        return ("MONTHLY", Nth(day, last: true), day);
    }

    private static IEnumerable<DateTime> Ours(Schedule s)
    {
        var schedule = new Dictionary<string, object> { ["id"] = "s", ["freq"] = s.Frequency, ["interval"] = s.Interval, ["dtstart"] = Day(s.Starts), ["opens_at"] = $"{s.Opens:HH\\:mm}", ["closes_at"] = $"{s.Closes:HH\\:mm}" };
        if (s.ByDay is not null) schedule["byday"] = s.ByDay;
        if (s.ByMonthDay is not null) schedule["bymonthday"] = s.ByMonthDay;
        if (s.Until is { } until) schedule["until"] = Day(until);
        if (s.Count is { } count) schedule["count"] = count;
        var record = JsonSerializer.SerializeToElement(new { id = "x", name = "A group", schedules = new[] { schedule }, holiday_schedules = s.Closed.Select(c => new { start_date = Day(c), end_date = Day(c), closed = true }) });
        var (service, problem) = FeedReader.Read(record, "test", From);
        problem.ShouldBeNull();
        for (var day = From; day <= To; day = day.AddDays(1))
            foreach (var (opens, _) in service!.Opening.On(day))
                yield return LondonTime.ToUtc(day.ToDateTime(opens));
    }

    private static IEnumerable<DateTime> Theirs(Schedule s)
    {
        var rule = new StringBuilder($"FREQ={s.Frequency};INTERVAL={s.Interval}");
        if (s.ByDay is not null) rule.Append(CultureInfo.InvariantCulture, $";BYDAY={s.ByDay}");
        if (s.ByMonthDay is not null) rule.Append(CultureInfo.InvariantCulture, $";BYMONTHDAY={s.ByMonthDay}");
        // The last day counts whole, wherever London's clock is.
        if (s.Until is { } until) rule.Append(CultureInfo.InvariantCulture, $";UNTIL={LondonTime.ToUtc(until.ToDateTime(new TimeOnly(23, 59))):yyyyMMdd'T'HHmmss'Z'}");
        if (s.Count is { } count) rule.Append(CultureInfo.InvariantCulture, $";COUNT={count}");
        var text = string.Join("\r\n",
            ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//AnyDoor//Test//EN", "BEGIN:VEVENT", "UID:1", $"DTSTART;TZID=Europe/London:{Moment(s.Starts, s.Opens)}", $"DTEND;TZID=Europe/London:{Moment(s.Starts, s.Closes)}", $"RRULE:{rule}",
                .. s.Closed.Select(c => $"EXDATE;TZID=Europe/London:{Moment(c, s.Opens)}"), "END:VEVENT", "END:VCALENDAR", ""]);
        var (first, end) = (LondonTime.ToUtc(From.ToDateTime(TimeOnly.MinValue)), LondonTime.ToUtc(To.AddDays(1).ToDateTime(TimeOnly.MinValue)));
        return Ical.Net.Calendar.Load(text)!.Events.Single().GetOccurrences().Select(o => o.Period.StartTime.AsUtc).TakeWhile(at => at < end).Where(at => at >= first);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Moment(DateOnly day, TimeOnly time) => day.ToDateTime(time).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
}
