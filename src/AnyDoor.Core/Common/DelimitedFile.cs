using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace AnyDoor.Common;

/// <summary>Reads a CSV as it comes: gzipped or not, with or without a BOM, CRLF, LF or bare CR line ends, quotes that span lines.</summary>
public sealed class DelimitedFile : IDisposable
{
    private readonly CsvReader csv;

    private readonly int notes;

    private DelimitedFile(CsvReader csv, string[] header, int notes) => (this.csv, Header, this.notes) = (csv, header, notes);

    /// <summary>Columns at the end that we wrote for whoever mends the file start like this, and are not read back.</summary>
    public const string NotesColumn = "AnyDoor: ";

    public string[] Header { get; }

    /// <summary>The number of the row just read; the header is row 1. A quoted line break does not count.</summary>
    public int Row { get; private set; } = 1;

    /// <exception cref="InvalidDataException">The file has no header row, or is not text.</exception>
    public static DelimitedFile Open(string path)
    {
        Stream stream = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[2];
        var read = stream.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        stream.Position = 0;
        if (read == 2 && magic[0] == 0x1f && magic[1] == 0x8b) stream = new GZipStream(stream, CompressionMode.Decompress);
        return Read(new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: false), detectEncodingFromByteOrderMarks: true), Path.GetFileName(path));
    }

    public static DelimitedFile Read(TextReader reader, string name)
    {
        var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectColumnCountChanges = false,
            BadDataFound = null,
            MissingFieldFound = null,
            IgnoreBlankLines = true,
            TrimOptions = TrimOptions.None,
        });
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { Length: > 0 } header)
            throw new InvalidDataException($"{name} is empty: the first row must hold the columns' names.");
        if (header.Any(h => h.Contains('\0', StringComparison.Ordinal)))
            throw new InvalidDataException($"{name} is not a text file. Save it as CSV (UTF-8) and try again.");
        string[] names = [.. header.Select(h => h.Trim().TrimStart('\uFEFF'))];
        var notes = names.Reverse().TakeWhile(n => n.StartsWith(NotesColumn, StringComparison.Ordinal)).Count();
        return new DelimitedFile(csv, names[..^notes], notes);
    }

    public bool Next()
    {
        if (!csv.Read()) return false;
        Row++;
        return true;
    }

    public int Count => csv.Parser.Count - notes;

    public string this[int column] => column < csv.Parser.Count ? SafeCells.Read(csv[column] ?? "") : "";

    public string[] Cells()
    {
        var cells = new string[Math.Max(Header.Length, Count)];
        for (var i = 0; i < cells.Length; i++) cells[i] = this[i];
        return cells;
    }

    public void Dispose() => csv.Dispose();
}
