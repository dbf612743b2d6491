using System.Diagnostics;
using AnyDoor.Tests;

namespace AnyDoor.Browser.Tests.Harness;

/// <summary>Where the published product is. Served unpublished, its static files would be empty.</summary>
internal static class Published
{
    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    /// <summary>What <c>./anydoor test</c> published; in a run without it, <c>./anydoor build</c> publishes first.</summary>
    public static Task<string> FolderAsync() =>
        Environment.GetEnvironmentVariable("ANYDOOR_TEST_PUBLISHED") is { Length: > 0 } folder
            ? Task.FromResult(folder)
            : Built.Value;

    private static async Task<string> BuildAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(TestRun.Root, "anydoor"), ["build"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var build = Process.Start(start)!;
        var errors = build.StandardError.ReadToEndAsync();
        var folder = (await build.StandardOutput.ReadToEndAsync()).Trim();
        await build.WaitForExitAsync();
        if (build.ExitCode != 0)
            throw new InvalidOperationException($"./anydoor build ended with {build.ExitCode}:\n{await errors}");

        return folder;
    }
}
