using System.Globalization;

namespace AnyDoor.Entitlements;

internal static class Words
{
    /// <summary>"£1,234.50", "£20", "−£3.10".</summary>
    public static string Pounds(long pence)
    {
        var sign = pence < 0 ? "−" : "";
        pence = Math.Abs(pence);
        return pence % 100 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{sign}£{pence / 100:N0}") : string.Create(CultureInfo.InvariantCulture, $"{sign}£{pence / 100m:N2}");
    }

    /// <summary>"75%", of ten-thousandths.</summary>
    public static string Share(long share) => (share / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>"6 October 2021".</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
