using System.CommandLine;
using System.Diagnostics;

namespace AnyDoor.Cli.Verbs;

/// <summary>The entry script starts the web itself; this stands here for the help, for options put before the verb, and for who calls the command line directly.</summary>
internal static class StartVerb
{
    public static Command Command()
    {
        var start = new Command("start", "Serve the product: the demo county unless --no-demo, on http://localhost:5080 unless --port. Behind a TLS proxy name it with --behind-proxy ADDRESS.") { TreatUnmatchedTokensAsErrors = false };
        start.SetAction(async (parsed, cancel) =>
        {
            var web = Path.Combine(AppContext.BaseDirectory, "..", "web", "AnyDoor.Web.dll");
            using var process = Process.Start(new ProcessStartInfo(Dotnet, [web, "start", .. parsed.UnmatchedTokens, .. Given(parsed, Verb.DatabaseOption), .. Given(parsed, Verb.PartnershipOption)]))!;
            await process.WaitForExitAsync(cancel);
            return process.ExitCode;
        });
        return start;
    }

    /// <summary>The one that runs this: there need not be another on the path.</summary>
    private static string Dotnet => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    private static string[] Given(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } value ? [option.Name, value] : [];
}
