using System.Diagnostics;
using AnyDoor.Browser.Tests.Harness;

namespace AnyDoor.Browser.Tests;

/// <summary>The published command line, which hands <c>start</c> to the server beside it.</summary>
public sealed class StartVerbTests
{
    [Theory]
    [InlineData("--database postgres://anydoor:pa/ss@host/db start", 1, "The address of the database does not read.")]
    [InlineData("--database here.db --partnership north start --no-demo", 1, "--partnership is for PostgreSQL.")]
    [InlineData("--database here.db start --port 99999", 2, "There is no port 99999.")]
    public async Task Options_before_and_after_the_verb_reach_the_server(string line, int code, string says)
    {
        var folder = Directory.CreateTempSubdirectory("anydoor-start-");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(await Published.FolderAsync(), "cli", "AnyDoor.Cli.dll"), .. line.Split(' ')]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullName };
        start.Environment["ANYDOOR_HOME"] = folder.FullName;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        (process.ExitCode, await output).ShouldBe((code, ""));
        (await errors).ShouldContain(says);
        folder.Delete(recursive: true);
    }
}
