namespace AnyDoor.Entitlements.Rules;

/// <summary>The arithmetic of the rules: whole pence, halves of a penny up (Universal Credit Regulations 2013 reg. 6 and 73).</summary>
internal static class Sums
{
    public static long Share(long amount, long tenThousandths) => Divide(amount * tenThousandths, 10_000);
    /// <summary>What an amount is the share of.</summary>
    public static long OverShare(long amount, long tenThousandths) => Divide(amount * 10_000, tenThousandths);
    public static long YearToMonth(long year) => Divide(year, 12);
    public static long WeekToMonth(long week) => Divide(week * 52, 12);
    public static long YearToWeek(long year) => Divide(year, 52);
    /// <summary>Rent officers work by the calendar: a week is 7/365 of twelve months.</summary>
    public static long AllowanceWeek(long month) => Divide(month * 84, 365);
    public static long AllowanceMonth(long week) => Divide(week * 365, 84);
    public static long StepsBegun(long amount, long step) => (amount + step - 1) / step;

    private static long Divide(long amount, long by) => amount >= 0 ? (amount + by / 2) / by : -((-amount + by / 2) / by);
}
