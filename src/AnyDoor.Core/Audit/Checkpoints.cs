using System.Globalization;
using System.Text.Json;
using AnyDoor.Common;

namespace AnyDoor.Audit;

/// <summary>What the chains ended with at one instant, signed and kept outside the database.</summary>
/// <param name="Kind"><c>sealed</c>; <c>restored</c>: from here the database is one that ended at these seals, by a restore that was meant; <c>key-lost</c>: up to these seals nothing can be proved by signature any more.</param>
public sealed record Checkpoint(Guid Database, string Kind, DateTime At, int Epoch, long WriteSeal, string WriteHash, long ReadSeal, string ReadHash, string Mac)
{
    public const string Sealed = "sealed";
    public const string Restored = "restored";
    public const string KeyLost = "key-lost";

    internal ReadOnlySpan<byte> Signed => new CanonicalForm().Add("checkpoint").Add(Database).Add(Kind).Add(At).Add(Epoch).Add(WriteSeal).Add(WriteHash).Add(ReadSeal).Add(ReadHash).Bytes;
}

/// <summary>
/// Signed checkpoints in a folder outside the database (<c>ANYDOOR_CHECKPOINTS</c>), a line each, a file a month:
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
        var checkpoint = draft with { At = at, Mac = "" };
        checkpoint = checkpoint with { Mac = Convert.ToBase64String(key.Sign(checkpoint.Signed)) };
        Directory.CreateDirectory(folder);
        using var file = OpenAlone(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Database:N}-{at:yyyy-MM}.jsonl")));
        // A line that a crash tore stays by itself: it has no end and is not read.
        var torn = file.Length > 0 && LastByte(file) != '\n';
        file.Seek(0, SeekOrigin.End);
        file.Write([.. torn ? "\n"u8 : default, .. JsonSerializer.SerializeToUtf8Bytes(checkpoint, ContentFiles.Json), (byte)'\n']);
        file.Flush(flushToDisk: true);
    }

    /// <summary>This database's checkpoints, oldest first. One whose signature is wrong has <c>Genuine</c> false.</summary>
    public IEnumerable<(Checkpoint Checkpoint, bool Genuine)> Of(Guid database)
    {
        if (!Directory.Exists(folder)) yield break;
        foreach (var path in Directory.EnumerateFiles(folder, $"{database:N}-*.jsonl").Order(StringComparer.Ordinal))
        {
            foreach (var line in File.ReadLines(path))
            {
                if (!line.EndsWith('}')) continue;
                if (Parse(line) is not { } checkpoint) continue;
                yield return (checkpoint, key.Matches(checkpoint.Signed, MacOf(checkpoint)) && checkpoint.Database == database);
            }
        }
    }

    private static Checkpoint? Parse(string line)
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

    // Two processes may write at once: the second waits for the first to close.
    private static FileStream OpenAlone(string path)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
                if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                return new FileStream(path, options);
            }
            catch (IOException) when (tries < 100)
            {
                Thread.Sleep(10);
            }
        }
    }

    private static int LastByte(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte();
    }
}
