using System.Text.Json.Nodes;

namespace AnyDoor.Web.Tests;

public class NoticesTests
{
    // Used to build, and not in what is shipped.
    private static readonly string[] BuildOnly = ["subset-font", "Microsoft.CodeAnalysis.BannedApiAnalyzers"];

    [Fact]
    public void Notices_NameEveryPackageThatIsShipped()
    {
        var notices = File.ReadAllText(WebProject.PathTo("..", "..", "THIRD-PARTY-NOTICES.md"));
        var nuget = new[] { WebProject.PathTo("packages.lock.json"), WebProject.PathTo("..", "AnyDoor.Cli", "packages.lock.json") }
            .SelectMany(path => JsonNode.Parse(File.ReadAllText(path))!["dependencies"]!.AsObject())
            .SelectMany(framework => framework.Value!.AsObject())
            .Where(package => package.Value!["type"]!.GetValue<string>() != "Project").Select(package => package.Key);
        var npm = JsonNode.Parse(File.ReadAllText(WebProject.PathTo("package.json")))!["dependencies"]!.AsObject().Select(package => package.Key);

        var shipped = nuget.Concat(npm).Except(BuildOnly).ToList();

        shipped.Count.ShouldBeGreaterThan(15);
        shipped.Where(name => !name.StartsWith("Microsoft.", StringComparison.Ordinal) && !name.StartsWith("System.", StringComparison.Ordinal)
            && !notices.Contains(name, StringComparison.Ordinal)).ShouldBeEmpty("add them to THIRD-PARTY-NOTICES.md, with their licence");
    }

    [Fact]
    public void NpmLockFile_NamesNoRegistry() => File.ReadAllText(WebProject.PathTo("package-lock.json")).ShouldNotContain("\"resolved\"");
}
