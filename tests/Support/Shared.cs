namespace AnyDoor.Tests;

/// <summary>The material that stands beside the repository in <c>../shared</c> and is no part of it.</summary>
public static class Shared
{
    public static bool IsPresent => Directory.Exists(Folder);

    private static string Folder => System.IO.Path.Combine(TestRun.Root, "..", "shared");

    /// <summary>The full path of a file or folder there. Without it the test is skipped, and says so.</summary>
    public static string Path(string relative)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, relative));
        if (!File.Exists(path) && !Directory.Exists(path))
            TestRun.SkipOrFail($"Needs ../shared/{relative} beside the repository.");

        return path;
    }
}
