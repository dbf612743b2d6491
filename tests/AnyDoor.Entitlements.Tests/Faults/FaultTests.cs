using System.Diagnostics;
using System.Text.Json;
using AnyDoor.Tests;

namespace AnyDoor.Entitlements.Tests.Faults;

/// <summary>
/// Tests of the tests: each fault of faults.json is put into a copy of the library's sources, and some test must then fail. The list is the place to add one with every new rule.
/// </summary>
public sealed class FaultTests
{
    private sealed record Fault(string What, string File, string From, string To);

    private static readonly string Product = Path.Combine(TestRun.Root, "src", "AnyDoor.Entitlements");

    private static List<Fault> All()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestRun.Root, "tests", "AnyDoor.Entitlements.Tests", "Faults", "faults.json")));
        return [.. json.RootElement.EnumerateArray().Select(f => new Fault(f.GetProperty("fault").GetString()!, f.GetProperty("file").GetString()!, f.GetProperty("from").GetString()!, f.GetProperty("to").GetString()!))];
    }

    /// <summary>A fault whose place is gone would prove nothing.</summary>
    [Fact]
    public void EveryFault_HasItsPlaceInTheSources()
    {
        foreach (var fault in All())
        {
            File.ReadAllText(Path.Combine(Product, fault.File)).ShouldContain(fault.From, Case.Sensitive, fault.What);
            fault.To.ShouldNotBe(fault.From);
        }
        All().Count.ShouldBeGreaterThan(25);
    }

    [Fact]
    public async Task EveryFault_MakesATestFail()
    {
        Slow.Only();
        var folder = Directory.CreateTempSubdirectory("anydoor-faults-").FullName;
        try
        {
            var library = Path.Combine(folder, "src", "AnyDoor.Entitlements");
            Copy(Product, library);
            Copy(AppContext.BaseDirectory, Path.Combine(folder, "tests"));
            foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig", "LICENSE" }) File.Copy(Path.Combine(TestRun.Root, file), Path.Combine(folder, file));
            await File.WriteAllTextAsync(Path.Combine(folder, "AnyDoor.slnx"), "<Solution />", TestContext.Current.CancellationToken);
            (await RunAsync(folder, "restore", library)).ShouldBe(0);
            (await TestsAsync(folder, library)).ShouldBe(0, "without a fault every test passes");

            var survived = new List<string>();
            foreach (var fault in All())
            {
                var path = Path.Combine(library, fault.File);
                var sound = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
                await File.WriteAllTextAsync(path, sound.Replace(fault.From, fault.To, StringComparison.Ordinal), TestContext.Current.CancellationToken);
                if (await TestsAsync(folder, library) != 2) survived.Add(fault.What);
                await File.WriteAllTextAsync(path, sound, TestContext.Current.CancellationToken);
            }
            survived.ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>0: all pass; 2: one fails; anything else is no answer.</summary>
    private static async Task<int> TestsAsync(string folder, string library)
    {
        (await RunAsync(folder, "build", library, "-c", "Release", "--no-restore", "-v", "q", "-p:RunAnalyzers=false", "-p:GenerateDocumentationFile=false", "-o", Path.Combine(folder, "tests"))).ShouldBe(0, "a fault must compile");
        return await RunAsync(folder, Path.Combine(folder, "tests", "AnyDoor.Entitlements.Tests.dll"), "--no-progress", "--filter-class", "*.LawTests", "--filter-class", "*.RateTests", "--filter-class", "*.EdgesOfTheLawTests", "--filter-class", "*.LocalSchemesTests", "--filter-class", "*.LocalHousingAllowanceTests");
    }

    private static async Task<int> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(output, errors);
        return process.ExitCode;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split(Path.DirectorySeparatorChar)[0] is "obj" or "bin") continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, relative))!);
            File.Copy(file, Path.Combine(to, relative));
        }
    }
}
