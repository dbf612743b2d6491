namespace AnyDoor.Common;

/// <summary>Bank holidays of England: <c>settings/bank-holidays-england.json</c>.</summary>
public static class BankHolidays
{
    private static readonly Lazy<IReadOnlyList<BankHoliday>> Shipped = new(() => ContentFiles.Read<File>("settings/bank-holidays-england.json").Days);
    private static readonly Lazy<HashSet<DateOnly>> Dates = new(() => [.. All.Select(h => h.Date)]);

    private sealed record File(IReadOnlyList<BankHoliday> Days);

    /// <summary>In their order.</summary>
    public static IReadOnlyList<BankHoliday> All => Shipped.Value;

    public static bool Has(DateOnly day) => Dates.Value.Contains(day);
}

public sealed record BankHoliday(DateOnly Date, string Name);
