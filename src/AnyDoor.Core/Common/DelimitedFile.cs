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

    private DelimitedFile(CsvReader csv, string[] header) => (this.csv, Header) = (csv, header);

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
        return new DelimitedFile(csv, [.. header.Select(h => h.Trim().TrimStart('\uFEFF'))]);
    }

    public bool Next()
    {
        if (!csv.Read()) return false;
        Row++;
        return true;
    }

    public int Count => csv.Parser.Count;

    public string this[int column] => column < csv.Parser.Count ? csv[column] ?? "" : "";

    public string[] Cells()
    {
        var cells = new string[Math.Max(Header.Length, csv.Parser.Count)];
        for (var i = 0; i < cells.Length; i++) cells[i] = this[i];
        return cells;
    }

    public void Dispose() => csv.Dispose();
}
