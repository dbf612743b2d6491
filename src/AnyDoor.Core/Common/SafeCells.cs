using System.Globalization;
using System.Text;

namespace AnyDoor.Common;

/// <summary>
/// Cells that a spreadsheet would take for a formula go out with one apostrophe before them, and come back without it:
/// what is written here and read by <see cref="DelimitedFile"/> is the same, cell by cell.
/// </summary>
public static class SafeCells
{
    private static bool StartsAFormula(ReadOnlySpan<char> cell) => cell.TrimStart('\'') is [var first, ..] && first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0';

    public static string Write(string cell) => StartsAFormula(cell) ? "'" + cell : cell;

    public static string Read(string cell) => cell.StartsWith('\'') && StartsAFormula(cell) ? cell[1..] : cell;
}

/// <summary>Writes a CSV that opens in a spreadsheet as it is: UTF-8 with its mark, CRLF, formulas made harmless.</summary>
public static class CsvText
{
    /// <summary>Text is made harmless; amounts and numbers of ours go out as numbers.</summary>
    public static byte[] Write(IEnumerable<string> head, IEnumerable<IEnumerable<object?>> rows)
    {
        var text = new StringBuilder();
        Line(text, head);
        foreach (var row in rows) Line(text, row);
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static void Line(StringBuilder text, IEnumerable<object?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>One cell as it stands in a line, for a file that is written as it is read.</summary>
    public static string Cell(object? value)
    {
        var cell = value switch
        {
            null => "",
            Money money => Pounds(money),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime at => LondonTime.FromUtc(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            string words => SafeCells.Write(words),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => SafeCells.Write(value.ToString() ?? ""),
        };
        return cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 || cell.StartsWith(' ') || cell.EndsWith(' ') ? '"' + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : cell;
    }

    /// <summary>Pounds and pence as a spreadsheet adds them up: no sign, no commas.</summary>
    private static string Pounds(Money money)
    {
        var pence = Int128.Abs(money.Pence);
        return string.Create(CultureInfo.InvariantCulture, $"{(money.Pence < 0 ? "-" : "")}{pence / 100}.{pence % 100:00}");
    }
}
