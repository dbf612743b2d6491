namespace AnyDoor.Common;

/// <summary>Bank holidays of England: <c>settings/bank-holidays-england.json</c>.</summary>
public static class BankHolidays
{
    private static readonly Lazy<HashSet<DateOnly>> Shipped = new(() => [.. ContentFiles.Read<File>("settings/bank-holidays-england.json").Days.Select(h => h.Date)]);

    private sealed record Day(DateOnly Date, string Name);
    private sealed record File(IReadOnlyList<Day> Days);

    public static bool Has(DateOnly day) => Shipped.Value.Contains(day);
}
