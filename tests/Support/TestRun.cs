namespace AnyDoor.Tests;

/// <summary>How this run was started: by a person, or by continuous integration, where nothing may be missing.</summary>
public static class TestRun
{
    public static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("ANYDOOR_CI") == "1";

    public static bool IsSlow => Environment.GetEnvironmentVariable("ANYDOOR_TEST_SLOW") == "1";

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Skips the test with the reason; fails it in continuous integration, where a gap would go unseen.</summary>
    public static void SkipOrFail(string reason)
    {
        if (IsContinuousIntegration)
            Assert.Fail(reason);

        Assert.Skip(reason);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AnyDoor.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No AnyDoor.slnx above {AppContext.BaseDirectory}: tests run from inside the repository.");
    }
}
