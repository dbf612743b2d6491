using System.Diagnostics;
using System.Text.RegularExpressions;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests;

/// <summary>What the repository may not hold, and what its papers say of it.</summary>
public sealed partial class RepositoryTests
{
    /// <summary>No key, token or password that opens anything stands in a file that is kept, nor a database, a key file or a backup.</summary>
    [Fact]
    public void NoSecret_IsKeptInTheRepository()
    {
        var wrong = new List<string>();
        foreach (var file in Kept())
        {
            if (KeyFile().IsMatch(file)) wrong.Add($"{file}: a file of this kind is not kept");
            var path = Path.Combine(TestRun.Root, file);
            if (!File.Exists(path) || new FileInfo(path).Length > 2_000_000 || file.EndsWith(".png", StringComparison.Ordinal) || file.EndsWith(".woff2", StringComparison.Ordinal)) continue;
            var number = 0;
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (line.Length < 20_000 && Secret().IsMatch(line)) wrong.Add($"{file}:{number}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    /// <summary>The scan sees what it must.</summary>
    [Theory]
    [InlineData("ad_", 43), InlineData("whs_", 43), InlineData("ghp_", 36), InlineData("AKIA", 16), InlineData("xoxb-", 24)]
    public void TheScan_SeesASecret(string begins, int letters) => Secret().IsMatch($"x = \"{begins}{string.Concat(Enumerable.Repeat("A7b9C2d4", 8))[..letters].ToUpperInvariant()}\"").ShouldBeTrue();

    /// <summary>Each row of docs/security.md names a test that is there: a class, a dot and a method.</summary>
    [Fact]
    public void EveryTestThatSecurityMdNames_IsThere()
    {
        var table = File.ReadLines(Path.Combine(TestRun.Root, "docs", "security.md")).Where(l => AsvsRow().IsMatch(l)).ToList();
        table.Count.ShouldBeGreaterThan(40);
        var sources = Directory.EnumerateFiles(Path.Combine(TestRun.Root, "tests"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        var missing = new List<string>();
        foreach (var row in table)
        {
            var named = Named().Matches(row.Split('|')[3]).Select(m => (Class: m.Groups[1].Value, Method: m.Groups[2].Value)).ToList();
            if (named.Count == 0) missing.Add($"no test: {row}");
            foreach (var (type, method) in named)
                if (!sources.Any(s => Regex.IsMatch(s, $@"\bclass {type}\b") && Regex.IsMatch(s, $@"\b{method}\s*\("))) missing.Add($"{type}.{method}: {row[..Math.Min(row.Length, 60)]}");
        }
        missing.ShouldBeEmpty();
    }

    /// <summary>Vulnerable packages stop the restore; only a feed that is out of reach does not, and the test run says that it was.</summary>
    [Fact]
    public void Packages_AreAuditedAtEveryRestore()
    {
        var props = File.ReadAllText(Path.Combine(TestRun.Root, "Directory.Build.props"));

        props.ShouldContain("<NuGetAudit>true</NuGetAudit>");
        props.ShouldContain("<NuGetAuditMode>all</NuGetAuditMode>");
        props.ShouldContain("<NuGetAuditLevel>low</NuGetAuditLevel>");
        props.ShouldContain("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>");
        NoWarn().Matches(props).Select(m => m.Value).ShouldAllBe(n => !n.Contains("NU1901") && !n.Contains("NU1902") && !n.Contains("NU1903") && !n.Contains("NU1904"));
        File.ReadAllText(Path.Combine(TestRun.Root, "eng", "test.sh")).ShouldContain("audit_packages");
    }

    private static string[] Kept()
    {
        using var git = Process.Start(new ProcessStartInfo("git", "ls-files") { WorkingDirectory = TestRun.Root, RedirectStandardOutput = true })!;
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        if (git.ExitCode != 0 || files.Length == 0) TestRun.SkipOrFail("Needs git and the repository’s history to know which files are kept.");
        return files;
    }

    [GeneratedRegex(@"(-----BEGIN [A-Z ]*PRIVATE KEY-----)|\b(ad|whs)_(?=[A-Za-z0-9_-]*[0-9])(?=[A-Za-z0-9_-]*[A-Z])[A-Za-z0-9_-]{40,}|\bgh[pousr]_[A-Za-z0-9]{30,}|\bAKIA[A-Z0-9]{16}\b|\bxox[abp]-[A-Za-z0-9-]{20,}|\bnpm_[A-Za-z0-9]{36}|\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.")]
    private static partial Regex Secret();

    [GeneratedRegex(@"(\.(pfx|p12|pem|key|db|db-wal|sqlite|bak)$)|(^|/)(\.env|id_rsa|log\.key)$")]
    private static partial Regex KeyFile();

    [GeneratedRegex(@"^\| V?\d+\.\d+\.\d+ \|")]
    private static partial Regex AsvsRow();

    [GeneratedRegex(@"`(\w+)\.(\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"<NoWarn>.*</NoWarn>")]
    private static partial Regex NoWarn();
}
