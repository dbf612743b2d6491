using System.Globalization;
using System.Text;

namespace AnyDoor.Common;

/// <summary>
/// A well-formed United Kingdom postcode, held compact and in capitals (<c>PE139ZT</c>).
/// Well-formed is not the same as in use: <c>Places</c> says whether it is in what is loaded.
/// </summary>
public readonly record struct Postcode
{
    /// <summary>Longer than this is an address or a sentence, however much of it is blank.</summary>
    private const int LongestTyped = 64;

    private Postcode(string compact) => Compact = compact;

    /// <summary>Without the space, as stored and compared.</summary>
    public string Compact { get; }

    /// <summary>The part before the space, like <c>PE13</c>.</summary>
    public string Outward => Compact[..^3];

    /// <summary>The outward part and the sector digit, like <c>PE13 9</c>: all that a possible match may show.</summary>
    public string Sector => $"{Outward} {Compact[^3]}";

    public override string ToString() => Compact is null ? "" : $"{Outward} {Compact[^3..]}";

    /// <summary>
    /// Reads every spelling a person types: any case, no space or many, tabs and hard spaces, quotes, a full stop at the end,
    /// and a letter O or I, or a small l, for the figure, or the figure for the letter, wherever only one of the two can stand.
    /// </summary>
    public static bool TryParse(string? text, out Postcode postcode)
    {
        Span<char> letters = stackalloc char[8];
        var length = Letters(text, letters);
        postcode = default;
        if (length is < 5 or > 7) return false;
        var compact = letters[..length];
        Mend(compact);
        if (!HasShape(compact)) return false;
        postcode = new Postcode(new string(compact));
        return true;
    }

    /// <summary>From a stored compact value that was well-formed when it was stored.</summary>
    public static Postcode? FromStored(string? compact) => TryParse(compact, out var postcode) ? postcode : null;

    /// <summary>Why a text is no postcode, as an ending of “Row 7: …”; null: it is one.</summary>
    public static string? WhyNot(string? text)
    {
        if (TryParse(text, out _)) return null;
        Span<char> letters = stackalloc char[8];
        var length = Letters(text, letters);
        if (string.IsNullOrWhiteSpace(text)) return "it is empty";
        if (length == 0) return "it has no letters or figures that a postcode can have";
        if (length > 7) return "it is too long: one postcode has at most 7 letters and figures";
        if (length < 5) return "it is too short: the second half, a figure and two letters, is missing or cut off";
        var inward = letters[..length][^3..];
        Mend(letters[..length]);
        if (!char.IsAsciiDigit(inward[0]) || !char.IsAsciiLetterUpper(inward[1]) || !char.IsAsciiLetterUpper(inward[2])) return "its second half is not a figure and two letters";
        if (!InwardLetter(inward[1]) || !InwardLetter(inward[2])) return "its second half has a letter that no postcode has there (C, I, K, M, O or V)";
        return "its first half is not like AB1, AB12, A1, A12, A1B or AB1C";
    }

    /// <summary>The letters and figures, in capitals; 8: there are more than a postcode has. Wide letters of other keyboards count as the plain ones.</summary>
    private static int Letters(string? text, Span<char> into)
    {
        if (text is null) return 0;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length > LongestTyped) return into.Length;
        if (trimmed.ContainsAnyExceptInRange('\0', '\u007f')) trimmed = Plain(trimmed);
        var length = 0;
        foreach (var letter in trimmed)
        {
            // Between the letters stand spaces, quotes, stops and marks that are not seen. A sign that stands for a letter which was lost is none of these.
            if (!char.IsLetterOrDigit(letter) && char.GetUnicodeCategory(letter) is not (UnicodeCategory.OtherSymbol or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)) continue;
            if (length == into.Length) return length;
            // A small l may be the figure: it stays small until it is known which.
            into[length++] = letter == 'l' ? letter : char.ToUpperInvariant(letter);
        }
        return length;
    }

    private static string Plain(ReadOnlySpan<char> text)
    {
        try { return new string(text).Normalize(NormalizationForm.FormKC); }
        catch (ArgumentException) { return new string(text); } // half of a letter: it has no plain form
    }

    /// <summary>
    /// Puts the letter or the figure where only one can stand. The first two places take either: there it follows the areas that are,
    /// of which OL, OX, IG, IM, IP and IV begin so, CO, PO, SO and YO end in O, and none ends in I. No area is EL, NL or WL, LG, LM, LP or LV,
    /// and no district ends in a letter L, so a small l is a figure or an I there; elsewhere it is the letter.
    /// </summary>
    private static void Mend(Span<char> compact)
    {
        var outward = compact[..^3];
        compact[^3] = Figure(compact[^3]);
        if (outward is ['l', 'G' or 'M' or 'P' or 'V', ..]) outward[0] = 'I';
        if (outward is ['E' or 'N' or 'W', 'l', _, ..]) outward[1] = '1';
        if (outward is ['0', 'L' or 'X', ..]) outward[0] = 'O';
        if (outward is ['1', 'G' or 'M' or 'P' or 'V', ..]) outward[0] = 'I';
        foreach (ref var place in outward[(outward.Length == 2 ? 1 : 2)..]) place = Figure(place); // no district ends in a letter O or I
        if (outward is [_, 'I', >= '0' and <= '9', ..]) outward[1] = '1';
        if (outward is ['C' or 'P' or 'S' or 'Y', '0', >= '0' and <= '9', ..]) outward[1] = 'O'; // no district begins with a nought
        foreach (ref var place in compact) place = place == 'l' ? 'L' : place;

        static char Figure(char c) => c switch { 'O' => '0', 'I' or 'l' => '1', _ => c };
    }

    // BS 7666: A9, A99, AA9, AA99, A9A, AA9A and GIR, then a figure and two letters.
    private static bool HasShape(ReadOnlySpan<char> compact)
    {
        if (!char.IsAsciiDigit(compact[^3]) || !InwardLetter(compact[^2]) || !InwardLetter(compact[^1]) || !char.IsAsciiLetterUpper(compact[0])) return false;
        var outward = compact[..^3];
        if (outward is "GIR") return true;
        var area = char.IsAsciiLetterUpper(outward[1]) ? 2 : 1;
        return outward.Length > area && outward.Length <= area + 2 && char.IsAsciiDigit(outward[area])
            && (outward.Length == area + 1 || char.IsAsciiDigit(outward[area + 1]) || char.IsAsciiLetterUpper(outward[area + 1]));
    }

    private static bool InwardLetter(char c) => char.IsAsciiLetterUpper(c) && c is not ('C' or 'I' or 'K' or 'M' or 'O' or 'V');
}
