namespace AnyDoor.Common;

/// <summary>A folder that nobody opens but the user who runs AnyDoor.</summary>
public static class OwnFolder
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Made with mode 700 where it is not there yet. One that is there stays as whoever made it wanted it.</summary>
    public static DirectoryInfo Make(string path)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(path)) return Directory.CreateDirectory(path);
        // What it lies in is made as the system makes folders.
        if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) is { Length: > 0 } parent) Directory.CreateDirectory(parent);
        return Directory.CreateDirectory(path, Own);
    }

    /// <summary>As <see cref="Make"/>, and given that mode where it has another: for a folder that holds nothing but ours.</summary>
    public static DirectoryInfo Keep(string path)
    {
        var folder = Make(path);
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != Own) File.SetUnixFileMode(path, Own);
        return folder;
    }

    /// <summary>Somebody else than its owner may read or write in it.</summary>
    public static bool IsOpenToOthers(string path) => !OperatingSystem.IsWindows() && Directory.Exists(path) && (File.GetUnixFileMode(path) & ~Own) != 0;
}
