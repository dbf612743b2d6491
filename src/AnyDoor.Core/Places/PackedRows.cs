using System.IO.Compression;
using System.Text;

namespace AnyDoor.Places;

/// <summary>Rows of cells as packed text: a line a row, a tab between cells, compressed. A cell holds no tab and no line end: they are spaces.</summary>
internal sealed class PackedRows
{
    private byte[] text = new byte[256];
    private int length;

    public void Add(params ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) Append((byte)'\t');
            Append(cells[i]);
        }
        Append((byte)'\n');
    }

    public byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) stream.Write(text, 0, length);
        return packed.ToArray();
    }

    /// <summary>The rows again. The array of cells is the same one for each row: take what is kept out of it.</summary>
    public static IEnumerable<string[]> Read(byte[] packed, int columns)
    {
        using var reader = new StreamReader(new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress), Encoding.UTF8);
        var cells = new string[columns];
        while (reader.ReadLine() is { } line)
        {
            var rest = line.AsSpan();
            for (var i = 0; i < columns; i++)
            {
                var tab = rest.IndexOf('\t');
                var cell = tab < 0 ? rest : rest[..tab];
                cells[i] = cell.IsEmpty ? "" : new string(cell);
                rest = tab < 0 ? default : rest[(tab + 1)..];
            }
            yield return cells;
        }
    }

    private void Append(string? cell)
    {
        if (string.IsNullOrEmpty(cell)) return;
        Room(Encoding.UTF8.GetMaxByteCount(cell.Length));
        var from = length;
        length += Encoding.UTF8.GetBytes(cell, text.AsSpan(length));
        text.AsSpan(from..length).ReplaceAny(Breaks, (byte)' ');
    }

    private void Append(byte one)
    {
        Room(1);
        text[length++] = one;
    }

    private void Room(int more)
    {
        if (length + more > text.Length) Array.Resize(ref text, Math.Max(text.Length * 2, length + more));
    }

    private static readonly System.Buffers.SearchValues<byte> Breaks = System.Buffers.SearchValues.Create("\t\r\n"u8);
}
