using System.Globalization;

namespace AnyDoor.Web.Forms;

/// <summary>What is not right with a date somebody typed.</summary>
public enum DateProblem { None, Empty, NoDay, NoMonth, NoYear, NotReal }

/// <summary>A date as typed, in its three parts, so that what was typed comes back whole when it is not a date.</summary>
public sealed class DateAnswer
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public string? Day { get; set; }
    public string? Month { get; set; }
    public string? Year { get; set; }

    public DateAnswer() { }

    public DateAnswer(DateOnly? date)
    {
        Day = date?.Day.ToString(CultureInfo.InvariantCulture);
        Month = date?.Month.ToString(CultureInfo.InvariantCulture);
        Year = date?.Year.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The date, or what is wrong with it. A month may be a number or an English name, long or short.</summary>
    public DateProblem Read(out DateOnly date)
    {
        date = default;
        var (day, month, year) = (Day?.Trim() ?? "", Month?.Trim() ?? "", Year?.Trim() ?? "");
        if (day.Length + month.Length + year.Length == 0) return DateProblem.Empty;
        if (day.Length == 0) return DateProblem.NoDay;
        if (month.Length == 0) return DateProblem.NoMonth;
        if (year.Length == 0) return DateProblem.NoYear;
        if (!Number(day, out var d) || MonthOf(month) is not { } m || year.Length != 4 || !Number(year, out var y)) return DateProblem.NotReal;
        if (y < 1 || m is < 1 or > 12 || d < 1 || d > DateTime.DaysInMonth(y, m)) return DateProblem.NotReal;
        date = new DateOnly(y, m, d);
        return DateProblem.None;
    }

    /// <summary>The part of the date a problem is in, as the model state names it; null when it is the whole date.</summary>
    public static string? PartOf(DateProblem problem) => problem switch
    {
        DateProblem.NoDay => nameof(Day), DateProblem.NoMonth => nameof(Month), DateProblem.NoYear => nameof(Year), _ => null,
    };

    internal string? Part(string name) => name switch { nameof(Day) => Day, nameof(Month) => Month, _ => Year };

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static int? MonthOf(string text)
    {
        if (Number(text, out var number)) return number;
        if (text.Length < 3) return null;
        var index = Array.FindIndex(English.DateTimeFormat.MonthNames, name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : index + 1;
    }
}
