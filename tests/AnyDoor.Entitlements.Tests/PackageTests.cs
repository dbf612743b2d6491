using System.IO.Compression;
using System.Text.RegularExpressions;
using AnyDoor.Tests;

namespace AnyDoor.Entitlements.Tests;

/// <summary>The package as another developer meets it: its readme's samples run, and it carries what it must.</summary>
public sealed partial class PackageTests
{
    private static readonly string Project = Path.Combine(TestRun.Root, "src", "AnyDoor.Entitlements");

    /// <summary>The samples stand in Samples.cs word for word, so that they compile and run with every build.</summary>
    [Fact]
    public void TheSamplesOfTheReadme_AreThoseThatCompile()
    {
        var samples = Normal(File.ReadAllText(Path.Combine(TestRun.Root, "tests", "AnyDoor.Entitlements.Tests", "Samples.cs")));
        var readme = File.ReadAllText(Path.Combine(Project, "README.md"));
        var blocks = Code().Matches(readme).Select(m => m.Groups[1].Value).ToList();

        blocks.Count.ShouldBe(4);
        foreach (var block in blocks) samples.ShouldContain(Normal(string.Join('\n', block.Split('\n').Where(l => !l.StartsWith("using AnyDoor", StringComparison.Ordinal)))));
    }

    [Fact]
    public void TheSamples_SayWhatTheReadmeSays()
    {
        var said = Samples.Family();
        said[0].ShouldBe(Regex.Match(File.ReadAllText(Path.Combine(Project, "README.md")), "credit.Sentence\\); +// \"([^\"]+)\"").Groups[1].Value);
        said.Count.ShouldBeGreaterThan(20);
        Samples.Range().ShouldBe(["Depends: £0 to £1,076.69", "How much is the pay?"]);
        Samples.Months().Count.ShouldBe(3);
        Samples.OfCohort()[0].ShouldStartWith("UniversalCredit: 1 household");
    }

    /// <summary>What <c>dotnet pack</c> makes of it, without a restore.</summary>
    [Fact]
    public async Task ItPacks()
    {
        var folder = Directory.CreateTempSubdirectory("anydoor-pack-").FullName;
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new System.Diagnostics.ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = TestRun.Root };
        foreach (var argument in new[] { "pack", Project, "-c", configuration, "--no-build", "-o", folder, "-v", "q" }) start.ArgumentList.Add(argument);
        // A build without documentation, as one does in between, has none to pack.
        if (!File.Exists(Path.Combine(Project, "bin", configuration, "net10.0", "AnyDoor.Entitlements.xml"))) start.ArgumentList.Add("-p:GenerateDocumentationFile=false");
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, output);
        await using var package = await ZipFile.OpenReadAsync(Directory.GetFiles(folder, "*.nupkg").ShouldHaveSingleItem(), TestContext.Current.CancellationToken);
        var names = package.Entries.Select(e => e.FullName).ToList();
        using var text = new StreamReader(await package.GetEntry("AnyDoor.Entitlements.nuspec")!.OpenAsync(TestContext.Current.CancellationToken));
        var about = await text.ReadToEndAsync(TestContext.Current.CancellationToken);

        names.ShouldContain("README.md");
        names.ShouldContain("lib/net10.0/AnyDoor.Entitlements.dll");
        about.ShouldContain("<readme>README.md</readme>");
        about.ShouldContain("Apache-2.0");
        about.ShouldNotContain("<dependency ");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Pure: nothing but the framework, and of that neither files nor clock nor web.</summary>
    [Fact]
    public void TheLibrary_ReachesForNothing()
    {
        typeof(Engine).Assembly.GetReferencedAssemblies().Select(a => a.Name).ShouldAllBe(n => n!.StartsWith("System.", StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(Project, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
            Reaches().Match(File.ReadAllText(file)).Value.ShouldBeEmpty(file);
    }

    private static string Normal(string text) => Spaces().Replace(text, " ");

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\b(DateTime\.(Now|UtcNow|Today)|TimeProvider|File\.|FileStream|HttpClient|Environment\.GetEnv)")]
    private static partial Regex Reaches();
}
