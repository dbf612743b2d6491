using System.Diagnostics;

namespace AnyDoor.Cli.Verbs;

/// <summary>The entry script starts the web itself; this stands here for the help, and for who calls the command line directly.</summary>
internal static class StartVerb
{
    public static Command Command()
    {
        var start = new Command("start", "Serve the product: the demo county unless --no-demo, on http://localhost:5080 unless --port.") { TreatUnmatchedTokensAsErrors = false };
        start.SetAction(async (parsed, cancel) =>
        {
            var web = Path.Combine(AppContext.BaseDirectory, "..", "web", "AnyDoor.Web.dll");
            using var process = Process.Start(new ProcessStartInfo("dotnet", [web, "start", .. parsed.UnmatchedTokens]))!;
            await process.WaitForExitAsync(cancel);
            return process.ExitCode;
        });
        return start;
    }
}
