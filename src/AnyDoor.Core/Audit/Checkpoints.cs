using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AnyDoor.Common;

namespace AnyDoor.Audit;

/// <summary>What the chains ended with at one instant, signed and kept outside the database.</summary>
/// <param name="Kind"><c>sealed</c>; <c>restored</c>: the first of a database that a restore made, which begins at these seals of another one (<paramref name="From"/>); <c>key-lost</c>: up to these seals nothing can be proved by signature any more.</param>
/// <param name="From">The database whose backup was restored. Null: none.</param>
/// <param name="Previous">SHA-256 of the line before, in hexadecimal; empty for the first. Null: written before lines were chained.</param>
public sealed record Checkpoint(Guid Database, string Kind, DateTime At, int Epoch, long WriteSeal, string WriteHash, long ReadSeal, string ReadHash, string Mac, string? Previous = null, Guid? From = null)
{
    public const string Sealed = "sealed";
    public const string Restored = "restored";
    public const string KeyLost = "key-lost";

    internal ReadOnlySpan<byte> Signed
    {
        get
        {
            var form = new CanonicalForm().Add("checkpoint").Add(Database).Add(Kind).Add(At).Add(Epoch).Add(WriteSeal).Add(WriteHash).Add(ReadSeal).Add(ReadHash);
            if (Previous is not null) form.Add(Previous);
            return (From is { } from ? form.Add(from) : form).Bytes;
        }
    }
}

/// <summary>One line of a file of checkpoints.</summary>
/// <param name="Number">Of the line in its file, from 1.</param>
/// <param name="Checkpoint">Null: the line cannot be read.</param>
/// <param name="Genuine">Its signature is right.</param>
/// <param name="Follows">It names the line before it.</param>
public sealed record CheckpointLine(string File, int Number, Checkpoint? Checkpoint, bool Genuine, bool Follows);

/// <summary>
/// Signed checkpoints in a folder outside the database (<c>ANYDOOR_CHECKPOINTS</c>), a line each, a file a month, each line with the hash of the one before:
/// who can rewrite the database cannot make it end earlier than the last checkpoint said. Copy the folder somewhere else.
/// </summary>
public sealed class Checkpoints(string folder, LogKey key)
{
    public string Folder => folder;

    internal LogKey Key => key;

    /// <summary>Writes one line and returns when it is on disk.</summary>
    public void Append(Checkpoint draft)
    {
        var at = new DateTime(draft.At.Ticks / 10 * 10, DateTimeKind.Utc);
        Directory.CreateDirectory(folder);
        var wanted = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{draft.Database:N}-{at:yyyy-MM}.jsonl"));
        while (true)
        {
            // The newest file stays open for this one alone until the line is written, also where the line begins a new month.
            var newest = Files(draft.Database).LastOrDefault();
            using var last = newest is null ? null : OpenAlone(newest);
            // Of two that begin at once, in whatever months, one is the first.
            using var first = newest is null ? OpenAlone(Path.Combine(folder, $"{draft.Database:N}.first"), FileOptions.DeleteOnClose) : null;
            if (Files(draft.Database).LastOrDefault() != newest) continue;
            var previous = last is null ? "" : EndOf(last);
            // It held nothing but what a crash cut off.
            if (last is { Length: 0 }) continue;
            var signed = draft with { At = at, Mac = "", Previous = previous };
            signed = signed with { Mac = Convert.ToBase64String(key.Sign(signed.Signed)) };
            var line = (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(signed, ContentFiles.Json), (byte)'\n'];
            if (last is not null && string.CompareOrdinal(newest, wanted) >= 0)
            {
                Write(last, line);
                return;
            }
            using var next = OpenAlone(wanted);
            Write(next, line);
            return;
        }
    }

    /// <summary>This database's files that hold something, oldest first.</summary>
    private List<string> Files(Guid database) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, $"{database:N}-*.jsonl").Where(f => new FileInfo(f).Length > 0).Order(StringComparer.Ordinal)] : [];

    /// <summary>Every database that has lines in the folder, with the instant of its last write there.</summary>
    public IReadOnlyList<(Guid Database, DateTime Written)> Databases() => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateFiles(folder, "*-*.jsonl").Select(f => (Id: Guid.TryParseExact(Path.GetFileName(f).Split('-')[0], "N", out var id) ? id : (Guid?)null, At: File.GetLastWriteTimeUtc(f)))
            .Where(f => f.Id is not null).GroupBy(f => f.Id!.Value).Select(g => (g.Key, g.Max(f => f.At))).OrderBy(d => d.Item2)];

    /// <summary>A file as it stands now. It waits for who writes in it.</summary>
    public static byte[] Read(string path)
    {
        using var file = Patiently(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>This database's lines, oldest first. Only one at the very end that a crash cut off, so that it has no line end, is left out.</summary>
    public IEnumerable<CheckpointLine> Of(Guid database)
    {
        var files = Files(database);
        string? before = null;
        var chained = false;
        foreach (var path in files)
        {
            var bytes = Read(path);
            for (var (start, number) = (0, 1); start < bytes.Length; number++)
            {
                var end = Array.IndexOf(bytes, (byte)'\n', start);
                var line = bytes.AsMemory(start, (end < 0 ? bytes.Length : end) - start);
                var checkpoint = Parse(line.Span);
                if (checkpoint is null && end < 0 && path == files[^1]) yield break;
                yield return new CheckpointLine(Path.GetFileName(path), number, checkpoint, checkpoint is not null && checkpoint.Database == database && key.Matches(checkpoint.Signed, MacOf(checkpoint)),
                    // Lines of before they were chained stand before all others.
                    checkpoint is null || checkpoint.Previous == (before ?? "") || (checkpoint.Previous is null && !chained));
                chained |= checkpoint?.Previous is not null;
                before = Hash(line.Span);
                start = end < 0 ? bytes.Length : end + 1;
            }
        }
    }

    private static string Hash(ReadOnlySpan<byte> line) => Convert.ToHexString(SHA256.HashData(line));

    private static Checkpoint? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            var read = JsonSerializer.Deserialize<Checkpoint>(line, ContentFiles.Json);
            return read is null ? null : read with { At = DateTime.SpecifyKind(read.At, DateTimeKind.Utc) };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] MacOf(Checkpoint checkpoint)
    {
        var mac = new byte[64];
        return Convert.TryFromBase64String(checkpoint.Mac, mac, out var length) ? mac[..length] : [];
    }

    /// <summary>The hash of the last line. What a crash cut off behind it goes; a line that lacks its end only gets it.</summary>
    private static string EndOf(FileStream file)
    {
        var tail = new byte[Math.Min(file.Length, LongestLine)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        var text = tail.AsSpan();
        if (text.IsEmpty) return "";
        if (text[^1] != '\n')
        {
            var torn = text[(text.LastIndexOf((byte)'\n') + 1)..];
            if (Parse(torn) is not null)
            {
                file.Write("\n"u8);
                return Hash(torn);
            }
            file.SetLength(file.Length - torn.Length);
            text = text[..^torn.Length];
        }
        if (text.IsEmpty) return "";
        text = text[..^1];
        return Hash(text[(text.LastIndexOf((byte)'\n') + 1)..]);
    }

    private const int LongestLine = 4096;

    private static void Write(FileStream file, byte[] line)
    {
        file.Seek(0, SeekOrigin.End);
        file.Write(line);
        file.Flush(flushToDisk: true);
    }

    private static FileStream OpenAlone(string path, FileOptions how = FileOptions.None)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = how };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return Patiently(() => new FileStream(path, options));
    }

    // Two processes may want it at once: the second waits for the first to close.
    private static FileStream Patiently(Func<FileStream> open)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return open();
            }
            catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException) && tries < 300)
            {
                Thread.Sleep(10);
            }
        }
    }
}
