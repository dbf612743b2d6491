using System.Globalization;
using System.Text.RegularExpressions;

namespace AnyDoor.Places;

/// <summary>What one file says it is.</summary>
internal sealed record FileIdentity(string Kind, string Series, string Title, string Edition, int? BoundaryYear, string Source, string Licence, DateOnly? Published, IReadOnlyList<string> Columns);

/// <summary>A file read whole and not yet stored: its rows in packed blocks, and the rows that were not taken.</summary>
internal sealed class PlaceReading(FileIdentity identity, int rowsInABlock = 5_000)
{
    private readonly List<byte[]> blocks = [];
    private readonly List<(int Row, string Column, string Reason)> problems = [];
    private PackedRows open = new();

    public FileIdentity Identity => identity;
    public int Rows { get; private set; }
    public int Quarantined { get; private set; }
    public IReadOnlyList<(int Row, string Column, string Reason)> Problems => problems;

    public void Take(params ReadOnlySpan<string?> cells)
    {
        open.Add(cells);
        if (++Rows % rowsInABlock != 0) return;
        blocks.Add(open.Pack());
        open = new PackedRows();
    }

    public void SetAside(int row, string column, string reason)
    {
        Quarantined++;
        if (problems.Count < PlaceImport.ProblemsKept) problems.Add((row, PlaceLayouts.Plain(column), reason));
    }

    /// <summary>The blocks, once everything is read.</summary>
    public IReadOnlyList<byte[]> Close()
    {
        if (Rows % rowsInABlock != 0) blocks.Add(open.Pack());
        open = new PackedRows();
        return blocks;
    }
}

/// <summary>Codes of the Office for National Statistics (GSS), and which year's boundaries they can belong to.</summary>
internal static partial class AreaCodes
{
    /// <summary>The last neighbourhood code of England's 2011 boundaries; the next one was made for 2021.</summary>
    private const string LastOf2011 = "E01033768";

    /// <summary>Why a code cannot stand here; null: it can.</summary>
    /// <param name="area"><c>lsoa</c>, <c>ward</c>, <c>district</c>, <c>msoa</c> or <c>division</c>.</param>
    public static string? WhyNot(string code, string area, int? boundaryYear)
    {
        var shape = area switch { "lsoa" => Lsoa(), "msoa" => Msoa(), "ward" => Ward(), "division" => Division(), _ => District() };
        if (!shape.IsMatch(code)) return $"“{Shown(code)}” is not a code of {Plural(area)}";
        return area == "lsoa" && boundaryYear == 2011 && OnlyIn2021(code) ? $"{code} exists only in the 2021 boundaries, and this is data of 2011. Editions are never mixed" : null;
    }

    public static bool OnlyIn2021(string code) => code.Length == 9 && code.StartsWith("E01", StringComparison.Ordinal) && string.CompareOrdinal(code, LastOf2011) > 0;

    /// <summary>The publishers' own “there is none here”, like <c>E99999999</c>: no area, and no fault.</summary>
    public static bool IsPseudo(string code) => code.Length == 9 && char.IsAsciiLetterUpper(code[0]) && code.EndsWith("99999999", StringComparison.Ordinal);

    public static string Shown(string cell) => cell.Length > 40 ? cell[..40] + "…" : cell;

    public static string Plural(string area) => area switch { "lsoa" => "neighbourhoods (LSOA)", "msoa" => "MSOAs", "ward" => "wards", "division" => "electoral divisions", _ => "districts" };

    [GeneratedRegex("^([EW]01[0-9]{6}|S01[0-9]{6}|95[A-Z0-9]{6,7}|N2[0-9]{7})$", RegexOptions.CultureInvariant)]
    private static partial Regex Lsoa();

    [GeneratedRegex("^[EWSN][0-9]{8}$", RegexOptions.CultureInvariant)]
    private static partial Regex Msoa();

    [GeneratedRegex("^([EW]05|S13|N08)[0-9]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex Ward();

    [GeneratedRegex("^E58[0-9]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex Division();

    [GeneratedRegex("^(E0[6-9]|W06|S12|N09)[0-9]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex District();
}

/// <summary>Numbers as publishers write them, and what each unit allows.</summary>
internal static class PlaceNumbers
{
    /// <summary>The number in the form it is kept in; null with a reason where it is none. An empty cell is no number and no fault: <paramref name="text"/> "" gives "".</summary>
    public static string? Read(string text, string unit, bool percentage, out string reason)
    {
        reason = "";
        var cell = text.Trim().Trim('\u00a0');
        if (cell.Length == 0 || cell is "-" or ".." or "x" or "*" or "NA" or "c") return "";
        if (cell.EndsWith('%')) (cell, percentage) = (cell[..^1].TrimEnd(), true);
        if (!decimal.TryParse(cell, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) || OddThousands(cell))
        {
            reason = $"“{AreaCodes.Shown(text)}” is not a number";
            return null;
        }
        if (percentage) number = Math.Round(number / 100, 6); // what a copyist's floating point added is not kept
        reason = unit switch
        {
            "decile" when number is < 1 or > 10 || number != decimal.Truncate(number) => $"{cell} is not a tenth from 1 to 10",
            "rank" when number < 1 || number != decimal.Truncate(number) => $"{cell} is not a rank",
            "count" when number < 0 => $"{cell} is less than nothing",
            "rate" when number is < 0 or > 1 => percentage ? $"{cell} is more than 100 percent" : $"{cell} is not a rate from 0 to 1. If it is a percentage, the column must say so",
            _ => "",
        };
        return reason.Length > 0 ? null : number.ToString("0.##########", CultureInfo.InvariantCulture);
    }

    /// <summary>Commas that stand where no thousand begins, as in 1,23: that may be a decimal comma.</summary>
    private static bool OddThousands(string cell)
    {
        if (!cell.Contains(',', StringComparison.Ordinal)) return false;
        var groups = cell.Split('.')[0].TrimStart('-', '+').Split(',');
        return groups[0].Length is 0 or > 3 || groups.Skip(1).Any(g => g.Length != 3);
    }
}
