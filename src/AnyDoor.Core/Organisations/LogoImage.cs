using System.Buffers.Binary;
using AnyDoor.Common;

namespace AnyDoor.Organisations;

/// <summary>
/// A picture that is safe to serve: a PNG, JPEG or WebP, known by its content and never by its name. It is taken apart and put together again
/// from the pieces that draw it, so that nothing rides along: no place where it was taken, no text, nothing behind its end. A drawing with script (SVG) is none of these.
/// </summary>
public sealed record LogoImage(string ContentType, int Width, int Height, byte[] Bytes)
{
    public const int MostBytes = 200 * 1024;
    private const int MostSide = 2000;
    private static readonly byte[] PngMark = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly HashSet<string> PngPieces = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND", "sRGB", "gAMA", "cHRM", "iCCP", "sBIT", "pHYS", "bKGD"];

    public static Result<LogoImage> Read(byte[] file)
    {
        if (file.Length == 0) return Refuse("Choose a picture.");
        if (file.Length > MostBytes) return Refuse($"Choose a picture of {MostBytes / 1024} KB or less. This one has {file.Length / 1024:N0} KB.");
        LogoImage? image;
        try
        {
            image = file.AsSpan().StartsWith(PngMark) ? Png(file) : file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg(file)
                : file.Length > 16 && file.AsSpan(0, 4).SequenceEqual("RIFF"u8) && file.AsSpan(8, 4).SequenceEqual("WEBP"u8) ? WebP(file) : null;
        }
        catch (Exception error) when (error is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            image = null; // cut short, or pieces that reach past the end
        }
        if (image is null) return Refuse("This is not a whole PNG, JPEG or WebP picture. A drawing (SVG) is not taken, because it can carry script.");
        if (image.Width is < 1 or > MostSide || image.Height is < 1 or > MostSide) return Refuse($"Choose a picture of at most {MostSide:N0} by {MostSide:N0} dots.");
        return image;
    }

    private static Refusal Refuse(string sentence) => new("logo", sentence, "logo");

    private static LogoImage? Png(byte[] file)
    {
        using var kept = new MemoryStream();
        kept.Write(PngMark);
        var (width, height, ended, drawn) = (0, 0, false, false);
        for (var at = 8; !ended;)
        {
            var length = checked((int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at, 4)));
            var name = System.Text.Encoding.ASCII.GetString(file, at + 4, 4);
            var piece = file.AsSpan(at, checked(length + 12));
            if (at == 8)
            {
                if (name != "IHDR" || length != 13) return null;
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(piece[8..]), BinaryPrimitives.ReadInt32BigEndian(piece[12..]));
            }
            if (PngPieces.Contains(name)) kept.Write(piece);
            (drawn, ended) = (drawn || name == "IDAT", name == "IEND");
            at += piece.Length;
        }
        return drawn ? new LogoImage("image/png", width, height, kept.ToArray()) : null;
    }

    private static LogoImage? Jpeg(byte[] file)
    {
        using var kept = new MemoryStream();
        kept.Write(file.AsSpan(0, 2));
        var (width, height) = (0, 0);
        for (var at = 2; ;)
        {
            if (file[at] != 0xFF) return null;
            var mark = file[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2, 2));
            var piece = file.AsSpan(at, length + 2);
            if (mark is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(piece[5..]), BinaryPrimitives.ReadUInt16BigEndian(piece[7..]));
            // JFIF, the colour profile and Adobe's colour mark stay; what else an application or a person wrote goes.
            if (mark is < 0xE0 or 0xE0 or 0xE2 or 0xEE) kept.Write(piece);
            at += piece.Length;
            if (mark != 0xDA) continue;
            var end = file.AsSpan(at).LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]);
            if (end < 0 || width == 0) return null;
            kept.Write(file.AsSpan(at, end + 2));
            return new LogoImage("image/jpeg", width, height, kept.ToArray());
        }
    }

    private static LogoImage? WebP(byte[] file)
    {
        using var kept = new MemoryStream();
        var end = checked((int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4, 4)) + 8);
        var (width, height, drawn) = (0, 0, false);
        for (var at = 12; at < end;)
        {
            var length = checked((int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 4, 4)));
            var name = System.Text.Encoding.ASCII.GetString(file, at, 4);
            var piece = file.AsSpan(at, checked(8 + length + (length & 1))).ToArray();
            switch (name)
            {
                case "VP8X":
                    (width, height) = (1 + (piece[12] | piece[13] << 8 | piece[14] << 16), 1 + (piece[15] | piece[16] << 8 | piece[17] << 16));
                    piece[8] &= 0b1111_0011; // no EXIF and no XMP from here on
                    break;
                case "VP8 " when width == 0:
                    (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(piece.AsSpan(14)) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(piece.AsSpan(16)) & 0x3FFF);
                    break;
                case "VP8L" when width == 0:
                    var bits = BinaryPrimitives.ReadUInt32LittleEndian(piece.AsSpan(9));
                    (width, height) = (1 + (int)(bits & 0x3FFF), 1 + (int)(bits >> 14 & 0x3FFF));
                    break;
            }
            drawn |= name is "VP8 " or "VP8L" or "ANMF";
            if (name is "VP8X" or "VP8 " or "VP8L" or "ALPH" or "ICCP" or "ANIM" or "ANMF") kept.Write(piece);
            at += piece.Length;
        }
        if (!drawn) return null;
        var bytes = new byte[12 + kept.Length];
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)(kept.Length + 4));
        "WEBP"u8.CopyTo(bytes.AsSpan(8));
        kept.ToArray().CopyTo(bytes, 12);
        return new LogoImage("image/webp", width, height, bytes);
    }
}
