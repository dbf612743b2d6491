using AnyDoor.Reporting;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Reporting;

/// <summary>Counts of neighbourhoods: nothing hidden comes back by taking away, whatever else a reader adds up.</summary>
public sealed class PlaceCountsTests
{
    private static PlaceCounts Of(params int[] counts) => PlaceCounts.Of(counts.Select((c, i) => (c, i)).ToDictionary(x => $"n{x.i}", x => new CellIn(x.c, x.c)));

    private static string Shown(PlaceCounts counts) => string.Join(' ', counts.Cells.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Value.ToString()));

    [Fact]
    [Requirement("R-ISA-07"), Requirement("R-CLL-02")]
    public void Three_households_read_as_fewer_than_5_and_nothing_is_shown_where_they_could_be_worked_out()
    {
        Shown(Of(42, 61, 17, 88, 12, 9, 3, 2)).ShouldBe("40 60 15 90 10 10 fewer than 5 fewer than 5");
        // 103 less 100 would be three.
        var counts = Of(100, 3);
        Shown(counts).ShouldBe("not shown not shown");
        counts.District.ToString().ShouldBe("105");
    }

    /// <summary>All counts of whole districts of three and of four neighbourhoods: whoever sees what is shown, knows the exact total and this very rule, cannot say of a count under five which of none to four it is.</summary>
    [Theory]
    [InlineData(3, 22), InlineData(4, 11)]
    [Requirement("R-ISA-07")]
    public void Every_small_district_leaves_each_hidden_count_open_also_for_who_knows_the_rule(int neighbourhoods, int most)
    {
        var alike = new Dictionary<(string Shown, int Total), List<int[]>>();
        for (var n = 0; n < (int)Math.Pow(most + 1, neighbourhoods); n++)
        {
            int[] counts = [.. Enumerable.Range(0, neighbourhoods).Select(i => n / (int)Math.Pow(most + 1, i) % (most + 1))];
            // Beyond this total a count that was left out of the loop could be one of them.
            if (counts.Sum() > most) continue;
            var key = (Shown(Of(counts)), counts.Sum());
            if (!alike.TryGetValue(key, out var list)) alike[key] = list = [];
            list.Add(counts);
        }
        var (hidden, known) = (0, new List<string>());
        foreach (var ((shown, total), counts) in alike)
        {
            var cells = Of(counts[0]);
            for (var i = 0; i < neighbourhoods; i++)
            {
                if (cells[$"n{i}"].Shown != CellShown.FewerThanFive) continue;
                hidden++;
                if (counts.Select(c => c[i]).Distinct().Count() != SmallNumbers.Fewest) known.Add($"{shown} of {total}: cell {i}");
            }
        }

        known.ShouldBeEmpty();
        hidden.ShouldBeGreaterThan(20);
    }

    [Fact]
    [Requirement("R-ISA-07")]
    public void Many_asks_of_few_households_are_not_shown()
    {
        var counts = PlaceCounts.Of(new Dictionary<string, CellIn> { ["a"] = new(40, 2), ["b"] = new(30, 30), ["c"] = new(60, 55), ["d"] = new(20, 20), ["e"] = new(2, 1) });

        counts["a"].Shown.ShouldBe(CellShown.NotShown);
        counts["c"].Value.ShouldBe(60);
    }

    /// <summary>A ward, or an area that somebody makes and makes again with one neighbourhood more: both are added up from the same published cells.</summary>
    [Fact]
    [Requirement("R-ISA-07")]
    public void Two_areas_that_differ_by_one_neighbourhood_tell_of_it_what_its_own_cell_tells_and_no_more()
    {
        var counts = Of(42, 61, 17, 88, 12, 9, 3, 2);
        CountRange Area(params int[] cells) => PlaceCounts.Together(cells.Select(i => counts[$"n{i}"]));

        var (without, with) = (Area(0, 1, 2), Area(0, 1, 2, 6));

        without.ShouldBe(new CountRange(109, 121));
        (with.Low - without.Low, with.High - without.High).ShouldBe((0, 4));
        Area(6).ToString().ShouldBe("fewer than 5");
        PlaceCounts.Together([new CellOut(CellShown.NotShown, null), counts["n0"]]).ToString().ShouldBe("38 or more");
    }

    [Fact]
    public void Years_share_no_day_and_the_one_that_runs_ends_with_the_last_whole_month()
    {
        var (whole, running) = (CountYear.Of(2020, new DateOnly(2026, 11, 24)), CountYear.Of(2026, new DateOnly(2026, 11, 24)));

        (whole.From, whole.Until, whole.Name).ShouldBe((new DateOnly(2020, 4, 1), new DateOnly(2021, 3, 31), "2020-21"));
        (running.Until, running.Whole, running.InWords).ShouldBe((new DateOnly(2026, 10, 31), false, "April 2026 to October 2026"));
        CountYear.Of(2026, new DateOnly(2026, 4, 12)).InWords.ShouldBe("from April 2026: the first month is not over");
    }
}
