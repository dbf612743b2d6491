using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.ServiceDirectory;

public sealed class JudgedTests(ITestOutputHelper output)
{
    private static readonly MenuIndex Index = new(1, Menu.Shipped.Services.Concat(DemoMenu.Services()));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Requirement("R-MEN-02")]
    public void Match_JudgedNeeds_PutWhatAnswersThemFirst(bool tuning)
    {
        var (gain, firsts, count) = (0.0, 0, 0);
        foreach (var need in JudgedNeed.All.Where(n => n.IsForTuning == tuning))
        {
            var query = need.Query(Index, Menu.Tuesday);
            var grades = MenuMatch.Match(Index, query).Hits.Select(h => (h.Service, Grade: need.Grade(h.Service, query.Place))).ToList();
            var able = Index.Services.Where(s => new AreaReach(query.Place).Of(s) != Vocabulary.Verdict.No && MenuGate.WhoFor(s, query).Verdict != Vocabulary.Verdict.No && MenuGate.MayBeSeen(s, MenuReader.Resident, new(2026, 11, 24)) && s.Locations.All(l => query.Place.Point!.Value.MilesTo(l.Point!.Value) <= 20));
            var ideal = Gain(able.Select(s => need.Grade(s, query.Place)).OrderDescending());
            var own = ideal == 0 ? 1 : Gain(grades.Select(g => g.Grade)) / ideal;
            var right = grades.Take(3).Any(g => g.Grade >= 2);
            gain += own;
            count++;
            if (right) firsts++;
            if (own < 0.8 || !right) output.WriteLine($"{need.Id} {own:0.00} {(right ? "" : "NOT IN 3 ")}{need.Need} ({need.Place}): {string.Join(", ", grades.Take(8).Select(g => $"{g.Service.Id}={g.Grade}"))}");
        }
        output.WriteLine($"{(tuning ? "tuning" : "report")}: {count} needs, nDCG@8 {gain / count:0.000}, right in first three {firsts}/{count}");

        (gain / count).ShouldBeGreaterThan(0.78);
        firsts.ShouldBeGreaterThanOrEqualTo((int)(count * 0.92));
        JudgedNeed.All.Count.ShouldBeGreaterThanOrEqualTo(60);
    }

    private static double Gain(IEnumerable<int> grades) => grades.Take(8).Select((g, i) => (Math.Pow(2, g) - 1) / Math.Log2(i + 2)).Sum();
}
