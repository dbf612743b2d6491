using AnyDoor.Reporting;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Reporting;

public sealed class ExtractTests
{
    private static readonly string[] Ages = ["18 to 24", "25 to 34", "35 to 49"];
    private static readonly string[] Doors = ["Web form", "Phone", "Food bank"];

    private static List<ExtractRow> Rows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new ExtractRow($"r{i}", $"h{random.Next(count)}", $"2026-{random.Next(1, 13):00}", random.Next(3) == 0 ? "Fenland" : "Huntingdonshire", Ages[random.Next(3)], random.Next(2) == 0 ? "1" : "2", Doors[random.Next(3)], "Soon", "food", "Helped", ""))];
    }

    private static IEnumerable<int> Groups(IReadOnlyList<ExtractRow> rows) => rows.GroupBy(r => (r.Month, r.District, r.AgeBand, r.SizeBand, r.Door)).Select(g => g.Select(r => r.Household).Distinct().Count());

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(900)]
    [Requirement("R-ISA-07")]
    public void Widen_UntilFiveHouseholdsShareEverythingThatMayBeKnownOfThem(int count)
    {
        var rows = Rows(count, count);
        Groups(rows).Min().ShouldBeLessThan(Extracts.Fewest, "otherwise nothing is proved");

        var wide = Extracts.Widen(rows);

        Groups(wide).ShouldAllBe(households => households >= Extracts.Fewest);
        if (count >= 40) wide.Count.ShouldBe(count, "made wider, not thrown away");
        if (count >= 900) wide.Count(r => r.District != "not shown").ShouldBeGreaterThan(count * 9 / 10, "no wider than it must be");
    }

    [Fact]
    public void Widen_WhatIsManyAlready_StaysAsItIs()
    {
        var rows = Enumerable.Range(0, 6).Select(i => new ExtractRow($"r{i}", $"h{i}", "2026-11", "Fenland", "18 to 24", "1", "Phone", "Soon", "food", "Helped", "")).ToList();

        Extracts.Widen(rows).ShouldBe(rows);
    }
}
