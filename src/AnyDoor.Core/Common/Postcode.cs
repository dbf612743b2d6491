using System.Text.RegularExpressions;

namespace AnyDoor.Common;

/// <summary>
/// A well-formed United Kingdom postcode, held compact and in capitals (<c>PE139ZT</c>).
/// Well-formed is not the same as in use: <c>Places</c> says whether it is in what is loaded.
/// </summary>
public readonly partial record struct Postcode
{
    private Postcode(string compact) => Compact = compact;

    /// <summary>Without the space, as stored and compared.</summary>
    public string Compact { get; }

    /// <summary>The part before the space, like <c>PE13</c>.</summary>
    public string Outward => Compact[..^3];

    /// <summary>The outward part and the sector digit, like <c>PE13 9</c>: all that a possible match may show.</summary>
    public string Sector => $"{Outward} {Compact[^3]}";

    public override string ToString() => Compact is null ? "" : $"{Outward} {Compact[^3..]}";

    /// <summary>Reads every spelling a person types: any case, no space, two spaces, a full stop, a letter O for a nought in the number's place.</summary>
    public static bool TryParse(string? text, out Postcode postcode)
    {
        postcode = default;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 20) return false;
        var compact = new string([.. text.Where(char.IsLetterOrDigit)]).ToUpperInvariant();
        if (compact.Length is < 5 or > 7) return false;
        // The inward part is always digit, letter, letter; people type O for 0 there and I for 1.
        var sector = compact[^3] switch { 'O' => '0', 'I' => '1', var c => c };
        compact = $"{compact[..^3]}{sector}{compact[^2..]}";
        if (!Shape().IsMatch(compact)) return false;
        postcode = new Postcode(compact);
        return true;
    }

    /// <summary>From a stored compact value that was well-formed when it was stored.</summary>
    public static Postcode? FromStored(string? compact) => TryParse(compact, out var postcode) ? postcode : null;

    // BS 7666 shapes; the inward part never holds C I K M O V.
    [GeneratedRegex("^([A-Z]{1,2}[0-9][0-9A-Z]?|GIR)[0-9][ABD-HJLNP-UW-Z]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
