using System.Text.RegularExpressions;

namespace AnyDoor.Web.Residents;

/// <summary>
/// The code of the leaflet, message or poster that brought somebody (R-APP-06), in the address it gives: <c>/?c=WIS-LIB</c>. It says where the poster hangs and nothing about the person.
/// </summary>
public static partial class Campaign
{
    public const string Query = "c";

    /// <summary>As it is recorded; null: none, or nothing that a poster would say.</summary>
    public static string? Read(string? typed) => typed?.Trim() is { } code && Shape().IsMatch(code) ? code.ToUpperInvariant() : null;

    /// <summary>The same, to go on with to the next page.</summary>
    public static string Link(string? typed) => Read(typed) is { } code ? $"?{Query}={code}" : "";

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]{0,23}$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
