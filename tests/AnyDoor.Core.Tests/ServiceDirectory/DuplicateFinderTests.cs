using System.Diagnostics;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>Services listed twice are found, and those that only look so are not: on seeded pairs, tuned on one half and reported on the other (R-MEN-01).</summary>
public sealed class DuplicateFinderTests(ITestOutputHelper output)
{
    private const double Precision = 0.95, Recall = 0.90, HoldPrecision = 0.99;

    [Theory]
    [InlineData(false, 11)]
    [InlineData(false, 12)]
    [InlineData(true, 4501)]
    [InlineData(true, 4502)]
    [InlineData(true, 4503)]
    [Requirement("R-MEN-01")]
    public void SeededPairs_AreFoundAndOthersAreNot(bool report, int seed)
    {
        var seeded = SeededPairs.Of(report, seed);
        var found = DuplicateFinder.Find(seeded.Services);

        var (right, held) = (found.Where(Right).ToList(), found.Where(p => p.IsCertain && p.A.Source != p.B.Source).ToList());
        var (precision, recall, holdPrecision) = ((double)right.Count / found.Count, (double)right.Count / seeded.Same.Count, (double)held.Count(Right) / held.Count);
        output.WriteLine($"{(report ? "report" : "tuning")} {seed}: {seeded.Services.Count} services, {seeded.Same.Count} pairs; found {found.Count}, precision {precision:0.0000}, recall {recall:0.0000}; held {held.Count}, precision {holdPrecision:0.0000}, of all {(double)held.Count / seeded.Same.Count:0.000}");
        if (!report)
        {
            foreach (var wrong in found.Where(p => !Right(p)).Take(60)) output.WriteLine($"WRONG {wrong.Score:0.000} {Say(wrong.A)} = {Say(wrong.B)} [{string.Join(", ", wrong.Why)}]");
            var pairs = right.Select(p => SeededPairs.Pair(p.A.Id, p.B.Id)).ToHashSet();
            var byId = seeded.Services.ToDictionary(s => s.Id);
            foreach (var (a, b) in seeded.Same.Where(p => !pairs.Contains(p)).Take(30)) output.WriteLine($"MISSED {Say(byId[a])} = {Say(byId[b])}");
        }
        precision.ShouldBeGreaterThanOrEqualTo(Precision);
        recall.ShouldBeGreaterThanOrEqualTo(Recall);
        holdPrecision.ShouldBeGreaterThanOrEqualTo(HoldPrecision);

        bool Right(LikelyPair p) => seeded.Same.Contains(SeededPairs.Pair(p.A.Id, p.B.Id));
        static string Say(Service s) => $"{s.Id} “{s.Name}” ({s.Organisation}; {s.Locations.FirstOrDefault()?.Postcode}; {s.Phone}; {s.Email}; {s.Web}; {s.MinimumAge}-{s.MaximumAge})";
    }

    [Fact]
    public void TheShippedMenu_HoldsNoneTwice()
    {
        var found = DuplicateFinder.Find(StandardTests.Demo);

        foreach (var pair in found) output.WriteLine($"{pair.Score:0.000} {pair.A.Name} ({pair.A.Organisation}) = {pair.B.Name} ({pair.B.Organisation})");
        found.Count.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void ManyServices_TakeSeconds()
    {
        var services = Enumerable.Range(0, TestRun.IsSlow ? 50_000 : 10_000).Select(i => Menu.Service($"s{i}", "food", 52.05 + i % 701 / 1000.0, -0.4 + i % 811 / 1000.0, $"Trust {i % 977}") with { Name = $"Food bank {i / 15}", Phone = $"01354 {500_000 + i % 2_000}" }).ToList();
        var clock = Process.GetCurrentProcess().TotalProcessorTime;

        var found = DuplicateFinder.Find(services);

        var spent = (Process.GetCurrentProcess().TotalProcessorTime - clock).TotalSeconds;
        output.WriteLine($"{services.Count} services: {spent:0.0} s of processor, {found.Count} pairs");
        spent.ShouldBeLessThan(TestRun.IsSlow ? 60 : 20);
    }
}
