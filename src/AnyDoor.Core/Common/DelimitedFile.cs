using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace AnyDoor.Common;

/// <summary>
/// Reads a CSV as it comes: gzipped or not, with or without a BOM, CRLF, LF or bare CR line ends, quotes that span lines.
/// It is UTF-8, or else Windows-1252, which a spreadsheet’s plain “CSV” is.
/// </summary>
public sealed class DelimitedFile : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private readonly CsvReader csv;

    private readonly int notes;

    private readonly int columns;

    private DelimitedFile(CsvReader csv, string[] header, int notes) => (this.csv, Header, this.notes, columns) = (csv, header, notes, Array.FindLastIndex(header, h => h.Length > 0) + 1);

    /// <summary>Columns at the end that we wrote for whoever mends the file start like this, and are not read back.</summary>
    public const string NotesColumn = "AnyDoor: ";

    public string[] Header { get; }

    /// <summary>The number of the row just read; the header is row 1. A quoted line break does not count.</summary>
    public int Row { get; private set; } = 1;

    /// <exception cref="InvalidDataException">The file has no header row, or is not text.</exception>
    public static DelimitedFile Open(string path) =>
        Read(new StreamReader(OpenBytes(path), IsUtf8(path) ? Utf8 : Windows1252, detectEncodingFromByteOrderMarks: true), Path.GetFileName(path));

    /// <summary>The row just read ends before the last column that has a name, as the last row of a file does that was cut off.</summary>
    public bool IsShort => Count < columns;

    internal static Stream OpenBytes(string path)
    {
        Stream stream = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[2];
        var read = stream.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == 2 && magic[0] == 0x1f && magic[1] == 0x8b ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    /// <summary>Goes through the whole file first: one letter that is not UTF-8 may stand in its last row, and half a file cannot be read anew.</summary>
    /// <exception cref="InvalidDataException">It is marked as UTF-8 and is not: to read it as anything else would damage its names. Or it is gzipped and its end is missing.</exception>
    private static bool IsUtf8(string path)
    {
        using var stream = OpenBytes(path);
        var decoder = Utf8.GetDecoder();
        var (bytes, letters) = (new byte[64 * 1024], new char[Utf8.GetMaxCharCount(64 * 1024)]);
        var (marked, utf8, length) = (false, true, 0L);
        for (var first = true; ; first = false)
        {
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            length += read;
            if (first) marked = bytes.AsSpan(0, read).StartsWith(Encoding.UTF8.Preamble);
            try
            {
                if (utf8) decoder.GetChars(bytes, 0, read, letters, 0, flush: read < bytes.Length);
            }
            catch (DecoderFallbackException) when (!marked)
            {
                utf8 = false;
            }
            catch (DecoderFallbackException)
            {
                throw new InvalidDataException($"{Path.GetFileName(path)} says that it is UTF-8, and some of its letters are not. Save it as CSV (UTF-8) and try again.");
            }
            if (read < bytes.Length) break;
        }
        if (stream is GZipStream && (uint)length != PackedLength(path))
            throw new InvalidDataException($"{Path.GetFileName(path)} was cut off: the end of its gzip is missing. Copy or download it again. (Packed in several parts, it cannot be told from a cut one: pack it as one.)");
        return utf8;
    }

    /// <summary>How long a gzipped file says that it is, in its last four bytes (RFC 1952, ISIZE).</summary>
    private static uint PackedLength(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length < 18) return uint.MaxValue;
        file.Seek(-4, SeekOrigin.End);
        Span<byte> last = stackalloc byte[4];
        file.ReadExactly(last);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(last);
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

    public bool IsBlank()
    {
        for (var i = 0; i < Count; i++)
            if (!string.IsNullOrWhiteSpace(this[i])) return false;
        return true;
    }

    public string[] Cells()
    {
        var cells = new string[Math.Max(Header.Length, Count)];
        for (var i = 0; i < cells.Length; i++) cells[i] = this[i];
        return cells;
    }

    public void Dispose() => csv.Dispose();
}
