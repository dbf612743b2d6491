namespace AnyDoor.Common;

/// <summary>A United Kingdom telephone number, held as its digits with the leading nought.</summary>
public static class Phone
{
    /// <summary>Reads what people and spreadsheets make of a number: spaces, +44, brackets, a nought that a spreadsheet dropped.</summary>
    public static bool TryParse(string? text, out string number)
    {
        number = "";
        if (string.IsNullOrWhiteSpace(text) || text.Length > 40 || text.Any(c => !(char.IsAsciiDigit(c) || " +()-.\u00a0\u202f".Contains(c, StringComparison.Ordinal)))) return false;
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        if (digits.StartsWith("0044", StringComparison.Ordinal)) digits = digits[4..];
        else if (digits.StartsWith("44", StringComparison.Ordinal) && digits.Length is 12 or 13) digits = digits[2..];
        if (!digits.StartsWith('0')) digits = "0" + digits;
        if (digits.StartsWith("00", StringComparison.Ordinal)) digits = digits[1..];
        if (digits.Length is not (10 or 11) || digits[1] is '0' or '4' or '6') return false;
        number = digits;
        return true;
    }

    public static bool IsMobile(string number) => number.StartsWith("07", StringComparison.Ordinal) && !number.StartsWith("070", StringComparison.Ordinal);

    public static string Show(string number) => number.Length == 11 ? $"{number[..5]} {number[5..8]} {number[8..]}" : number;
}
