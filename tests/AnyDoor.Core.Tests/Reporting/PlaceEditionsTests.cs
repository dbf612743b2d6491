using AnyDoor.Reporting;
using AnyDoor.Tests;
using Microsoft.Extensions.Time.Testing;

namespace AnyDoor.Core.Tests.Reporting;

/// <summary>Counts of neighbourhoods that are published again and again: whoever keeps them all, and knows every exact total, takes one from the other.</summary>
public sealed class PlaceEditionsTests
{
    private static readonly DateOnly October = new(2026, 10, 31), November = new(2026, 11, 30);

    private static PlaceCounts Of(DateOnly until, params int[] counts) => PlaceCounts.Of(counts.Select((c, i) => (c, i)).ToDictionary(x => $"n{x.i}", x => new CellIn(x.c, x.c)), until);

    private static string Shown(PlaceCounts counts) => string.Join(' ', counts.Cells.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Value.ToString()));

    /// <summary>
    /// Every history of two months in districts of three neighbourhoods: all that read alike, with the same totals, are laid side by side. Where the second month is published,
    /// no neighbourhood's difference is a small number of which fewer than five are possible.
    /// </summary>
    [Theory]
    [InlineData(8, 6), InlineData(14, 8)]
    [Requirement("R-ISA-07")]
    public void No_small_difference_between_two_editions_can_be_worked_out_with_both_totals_and_the_rule_known(int most, int more)
    {
        const int Neighbourhoods = 3;
        var alike = new Dictionary<(string, int, string, int), List<(int, int, int)>>();
        int[] Split(int n, int to) => [n % (to + 1), n / (to + 1) % (to + 1), n / (to + 1) / (to + 1)];
        var counted = new Dictionary<string, PlaceCounts>();
        PlaceCounts Counts(DateOnly until, int[] c) => counted.TryGetValue($"{until} {string.Join(' ', c)}", out var known) ? known : counted[$"{until} {string.Join(' ', c)}"] = Of(until, c);
        for (var first = 0; first < Math.Pow(most + 1, Neighbourhoods); first++)
            for (var rise = 0; rise < Math.Pow(more + 1, Neighbourhoods); rise++)
            {
                var (was, rose) = (Split(first, most), Split(rise, more));
                int[] now = [was[0] + rose[0], was[1] + rose[1], was[2] + rose[2]];
                // Beyond these totals, histories that were left out of the loops could read alike.
                if (was.Sum() > most || rose.Sum() > more) continue;
                var (before, after) = (Counts(October, was), Counts(November, now));
                if (!PlaceSteps.MayFollow(before, after) || Shown(after).Contains("not shown not shown not shown", StringComparison.Ordinal) || Shown(before).Contains("not shown not shown not shown", StringComparison.Ordinal)) continue;
                var key = (Shown(before), was.Sum(), Shown(after), now.Sum());
                if (!alike.TryGetValue(key, out var list)) alike[key] = list = [];
                list.Add((rose[0], rose[1], rose[2]));
            }

        alike.Count.ShouldBeGreaterThan(5);
        var known = from history in alike
                    from pick in new Func<(int, int, int), int>[] { r => r.Item1, r => r.Item2, r => r.Item3 }
                    let possible = history.Value.Select(pick).Distinct().ToList()
                    where possible.Min() < SmallNumbers.Fewest && possible.Count < SmallNumbers.Fewest
                    select $"{history.Key}: {string.Join(',', possible)}";
        known.ShouldBeEmpty();
    }

    /// <summary>
    /// Every history of three months in districts of two neighbourhoods, of many households or few: what may follow pair by pair tells nothing more when all three are laid side by side,
    /// of a difference or of a count under five.
    /// </summary>
    [Fact]
    [Requirement("R-ISA-07")]
    public void Three_editions_together_tell_no_small_number_that_two_of_them_do_not()
    {
        const int Most = 14, More = 9;
        const string Nothing = "not shown, not shown of";
        var (made, may) = (new Dictionary<(int, int, int), (PlaceCounts Counts, string Shown)>(), new Dictionary<(string, string), bool>());
        (PlaceCounts Counts, string Shown) Made(int a, int b, int few)
        {
            if (made.TryGetValue((a, b, few), out var known)) return known;
            var counts = PlaceCounts.Of(new Dictionary<string, CellIn> { ["a"] = new(a, (few & 1) > 0 ? 1 : a), ["b"] = new(b, (few & 2) > 0 ? 1 : b) });
            return made[(a, b, few)] = (counts, $"{counts["a"]}, {counts["b"]} of {a + b}");
        }
        bool May((PlaceCounts Counts, string Shown) one, (PlaceCounts Counts, string Shown) next) =>
            may.TryGetValue((one.Shown, next.Shown), out var known) ? known : may[(one.Shown, next.Shown)] = !one.Shown.StartsWith(Nothing, StringComparison.Ordinal) && !next.Shown.StartsWith(Nothing, StringComparison.Ordinal) && PlaceSteps.MayFollow(one.Counts, next.Counts);
        var pairs = (from a in Enumerable.Range(0, Most + 1) from b in Enumerable.Range(0, Most + 1 - a) select (a, b)).ToList();
        var rises = pairs.FindAll(p => p.a + p.b is > 0 and <= More);
        var alike = new Dictionary<(string, string, string), List<(int, int, int, int, int, int)>>();
        for (var few = 0; few < 4; few++)
            foreach (var (a, b) in pairs)
                foreach (var (a2, b2) in rises)
                {
                    var (one, two) = (Made(a, b, few), Made(a + a2, b + b2, few));
                    if (!May(one, two)) continue;
                    foreach (var (a3, b3) in rises)
                    {
                        var three = Made(a + a2 + a3, b + b2 + b3, few);
                        if (!May(one, three) || !May(two, three)) continue;
                        var key = (one.Shown, two.Shown, three.Shown);
                        if (!alike.TryGetValue(key, out var list)) alike[key] = list = [];
                        list.Add((a, b, a2, b2, a3, b3));
                    }
                }

        alike.Count.ShouldBeGreaterThan(100);
        var picks = new Func<(int A, int B, int A2, int B2, int A3, int B3), int>[]
            { h => h.A, h => h.B, h => h.A + h.A2, h => h.B + h.B2, h => h.A + h.A2 + h.A3, h => h.B + h.B2 + h.B3, h => h.A2, h => h.B2, h => h.A3, h => h.B3, h => h.A2 + h.A3, h => h.B2 + h.B3 };
        var known = from history in alike
                    from pick in picks
                    let possible = history.Value.Select(pick).Distinct().ToList()
                    where possible.Min() < SmallNumbers.Fewest && possible.Count < SmallNumbers.Fewest
                    select $"{history.Key}: {string.Join(',', possible)}";
        known.ShouldBeEmpty();
    }

    [Fact]
    [Requirement("R-ISA-07")]
    public void One_more_request_in_a_district_does_not_say_where_it_was()
    {
        // 12 became 13, so the neighbourhood would move from 10 to 15; with totals of 60 and 61 that is one request, there.
        var before = Of(October, 12, 24, 3, 2, 19);
        PlaceSteps.MayFollow(before, Of(November, 13, 24, 3, 2, 19)).ShouldBeFalse();
        PlaceSteps.MayFollow(before, Of(November, 13, 27, 4, 4, 25)).ShouldBeTrue();
        PlaceSteps.MayFollow(before, Of(October, 12, 22, 3, 2, 19)).ShouldBeFalse("two were taken back, and 25 would become 20");
    }

    [Fact]
    [Requirement("R-ISA-07")]
    public void An_edition_stands_until_another_may_follow_every_earlier_one_and_what_is_erased_stays_counted()
    {
        Dictionary<string, PlaceCounts> District(PlaceCounts counts) => new() { ["E07000010"] = counts };
        PlaceEdition Edition(int number, IReadOnlyDictionary<string, PlaceCounts> counts) => new(number, new DateTime(2026, 11, 2, 9, 0, 0, DateTimeKind.Utc), 2011, "", counts);
        var first = Edition(1, District(Of(October, 12, 24, 3, 2, 19)));

        PlaceEditions.Next([first], District(Of(October, 12, 24, 3, 2, 19)), over: false).ShouldBeNull("nothing is new");
        PlaceEditions.Next([first], District(Of(November, 13, 24, 3, 2, 19)), over: false).ShouldBeNull("one request alone");
        var next = PlaceEditions.Next([first], District(Of(November, 13, 27, 4, 4, 25)), over: false)!;
        next["E07000010"].Until.ShouldBe(November);
        // Small beside the second, though it would do beside the first.
        PlaceEditions.Next([first, Edition(2, next)], District(Of(new DateOnly(2026, 12, 31), 13, 28, 4, 4, 25)), over: false).ShouldBeNull();
        PlaceEditions.Next([first], District(Of(October, 2, 4, 0, 0, 3)), over: true).ShouldBeNull("a year that is over loses nothing when its records are erased");
    }

    [Fact]
    public void Counting_again_is_due_after_another_month_or_with_other_files()
    {
        var edition = new PlaceEdition(1, new DateTime(2026, 11, 2, 9, 0, 0, DateTimeKind.Utc), 2011, "a", new Dictionary<string, PlaceCounts>());

        PlaceEditions.IsDue([], "a", new DateOnly(2026, 11, 24)).ShouldBeTrue();
        PlaceEditions.IsDue([edition], "a", new DateOnly(2026, 11, 30)).ShouldBeFalse();
        PlaceEditions.IsDue([edition], "a", new DateOnly(2026, 12, 1)).ShouldBeTrue();
        PlaceEditions.IsDue([edition], "b", new DateOnly(2026, 11, 24)).ShouldBeTrue();
    }

    /// <summary>Two views a day apart, with a request set aside and another filed late in between: what stands is what was published, on both databases.</summary>
    [Theory, OnBothDatabases]
    [Requirement("R-ISA-07")]
    public async Task What_was_published_does_not_move_when_what_was_counted_does(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var editions = new PlaceEditions(test.Commands(new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 10, 14, 0, TimeSpan.Zero))));
        var year = CountYear.Of(2026, new DateOnly(2026, 11, 24));
        async Task<string> PublishAsync(params int[] counts) => Shown((await editions.PublishAsync("requests", year, 2011, "a", new Dictionary<string, PlaceCounts> { ["E07000010"] = Of(October, counts) }, default)).Counts["E07000010"]);

        (await PublishAsync(12, 24, 3, 2, 19)).ShouldBe("10 25 fewer than 5 fewer than 5 20");
        (await PublishAsync(13, 24, 3, 2, 19)).ShouldBe("10 25 fewer than 5 fewer than 5 20");
        (await PublishAsync(12, 22, 3, 2, 19)).ShouldBe("10 25 fewer than 5 fewer than 5 20");
        (await editions.AllAsync("requests", 2026, default)).ShouldHaveSingleItem().Counts["E07000010"].District.Value.ShouldBe(60);
        (await PublishAsync(17, 34, 8, 7, 30)).ShouldNotBe("10 25 fewer than 5 fewer than 5 20", "much came in late, and none of it is small");
        (await editions.AllAsync("requests", 2026, default)).Count.ShouldBe(2);
    }
}
