using System.Globalization;
using System.Text;
using AnyDoor.Common;

namespace AnyDoor.Messages;

/// <summary>
/// The demo's sender: each message becomes a file that only this user may read, and goes after some days.
/// A file is named by its message, so that the same one written again is the same one.
/// </summary>
public sealed class FolderSender(string folder, TimeProvider clock) : IMessageSender
{
    public const int DaysKept = 14;

    public string Folder => folder;

    public bool Takes(MessageChannel channel) => true;

    public async Task<string?> SendAsync(Guid id, MessageChannel channel, string to, string words, bool again, CancellationToken cancel)
    {
        OwnFolder.Keep(folder);
        var path = Path.Combine(folder, $"{id:N}.txt");
        if (File.Exists(path)) return null;
        var fresh = Path.Combine(folder, $".{id:N}.{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(fresh, $"{Post.Word(channel)} to {to}\n{clock.UtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC\n\n{words}\n", Encoding.UTF8, cancel);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(fresh, path, overwrite: true);
        return null;
    }

    /// <summary>Takes away what has lain here for its days.</summary>
    public int Purge()
    {
        if (!Directory.Exists(folder)) return 0;
        var before = clock.UtcNow().AddDays(-DaysKept);
        var old = Directory.EnumerateFiles(folder).Where(f => IsOurs(Path.GetFileName(f)) && File.GetLastWriteTimeUtc(f) < before).ToList();
        foreach (var file in old) File.Delete(file);
        return old.Count;
    }

    /// <summary>A message, or one that was being written when the process ended. Whatever else somebody keeps here is theirs.</summary>
    private static bool IsOurs(string name) => name.Split('.') switch
    {
        [var id, "txt"] => IsId(id),
        ["", var id, var fresh] => IsId(id) && IsId(fresh),
        _ => false,
    };

    private static bool IsId(string text) => Guid.TryParseExact(text, "N", out _);
}
