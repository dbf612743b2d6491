using System.Buffers.Binary;
using System.Text;
using AnyDoor.Organisations;

namespace AnyDoor.Core.Tests.Organisations;

public sealed class LogoImageTests
{
    private static readonly byte[] PngMark = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    [Fact]
    public void Png_KeepsWhatDrawsIt_AndNothingThatRidesAlong()
    {
        byte[] file = [.. Png(120, 40), .. "<script>alert(1)</script>"u8];

        var logo = LogoImage.Read(file).Value!;

        (logo.ContentType, logo.Width, logo.Height).ShouldBe(("image/png", 120, 40));
        Encoding.Latin1.GetString(logo.Bytes).ShouldNotContain("script");
        Encoding.Latin1.GetString(logo.Bytes).ShouldNotContain("taken at");
        LogoImage.Read(logo.Bytes).Value!.Bytes.ShouldBe(logo.Bytes);
    }

    [Fact]
    public void Jpeg_LosesWhereItWasTaken()
    {
        byte[] file =
        [
            0xFF, 0xD8, .. Segment(0xE0, "JFIF\0"u8), .. Segment(0xE1, "Exif\0\0GPS 52.66"u8), .. Segment(0xFE, "a comment"u8),
            .. Segment(0xC0, [8, 0, 40, 0, 120, 1, 1, 0x11, 0]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 0x12, 0x34, 0xFF, 0xD9, .. "trailer"u8,
        ];

        var logo = LogoImage.Read(file).Value!;

        (logo.ContentType, logo.Width, logo.Height).ShouldBe(("image/jpeg", 120, 40));
        var text = Encoding.Latin1.GetString(logo.Bytes);
        text.ShouldContain("JFIF");
        foreach (var gone in new[] { "GPS", "comment", "trailer" }) text.ShouldNotContain(gone);
    }

    [Fact]
    public void WebP_LosesItsNotes()
    {
        byte[] lossless = [0x2F, .. Little(119 | (39 << 14)), 0, 0, 0];
        byte[] pieces = [.. "VP8X"u8, .. Little(10), 0b0000_1100, 0, 0, 0, 119, 0, 0, 39, 0, 0, .. "VP8L"u8, .. Little(lossless.Length), .. lossless, .. "EXIF"u8, .. Little(4), .. "GPS!"u8];
        byte[] file = [.. "RIFF"u8, .. Little(4 + pieces.Length), .. "WEBP"u8, .. pieces];

        var logo = LogoImage.Read(file).Value!;

        (logo.ContentType, logo.Width, logo.Height).ShouldBe(("image/webp", 120, 40));
        Encoding.Latin1.GetString(logo.Bytes).ShouldNotContain("GPS!");
        BinaryPrimitives.ReadInt32LittleEndian(logo.Bytes.AsSpan(4)).ShouldBe(logo.Bytes.Length - 8);
        logo.Bytes[20].ShouldBe((byte)0);
    }

    [Fact]
    public void WhatIsNoPicture_OrTooBig_OrCutShort_IsRefusedWithTheReason()
    {
        LogoImage.Read([]).Refusal!.Sentence.ShouldBe("Choose a picture.");
        LogoImage.Read(Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")).Refusal!.Sentence.ShouldContain("SVG");
        LogoImage.Read([.. "GIF89a"u8, .. new byte[40]]).Refusal!.Sentence.ShouldContain("PNG, JPEG or WebP");
        LogoImage.Read([.. PngMark, .. new byte[LogoImage.MostBytes]]).Refusal!.Sentence.ShouldContain("200 KB or less");
        LogoImage.Read(Png(5000, 40)).Refusal!.Sentence.ShouldContain("2,000 by 2,000");
        var whole = Png(120, 40);
        for (var cut = 1; cut < whole.Length; cut++) LogoImage.Read(whole[..cut]).Done.ShouldBeFalse($"cut at {cut}");
    }

    internal static byte[] Png(int width, int height)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        return [.. PngMark, .. Chunk("IHDR", head), .. Chunk("tEXt", "taken at home"u8), .. Chunk("IDAT", [1, 2, 3, 4]), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string name, ReadOnlySpan<byte> data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(name), .. data, 0, 0, 0, 0];
    }

    private static byte[] Segment(byte mark, ReadOnlySpan<byte> data) => [0xFF, mark, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    private static byte[] Little(int value) => BitConverter.GetBytes(value);
}
