using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Organisations;
using AnyDoor.Places;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.ServiceDirectory;

/// <summary>How good the entries of one kind of body or one district are. Shares are of <see cref="Services"/>.</summary>
/// <param name="MedianDays">Since they were checked, of those that ever were; none: none was.</param>
/// <param name="NoPlace">People must come, and no place is named.</param>
public sealed record QualityRow(string Label, int Services, IReadOnlyDictionary<AssuranceState, int> States, int? MedianDays, int NoTimes, int NoPlace, int NoCost, int OpenReports);

/// <param name="LongestOpen">Days that the oldest open report waits.</param>
/// <param name="MedianToClose">Days from a report to its end, of those closed in the last 90 days.</param>
public sealed record Quality(DateOnly Day, QualityRow All, IReadOnlyList<QualityRow> ByKind, IReadOnlyList<QualityRow> ByDistrict, int OpenReports, int? LongestOpen, int ClosedLately, int? MedianToClose);

/// <summary>The data quality of the menu, for everybody to see: public entries that run, and reports about them. Counts alone; no person is in it.</summary>
public sealed class MenuQuality(Database database, MenuDirectory directory)
{
    private const int Lately = 90;

    public async Task<Quality> OfAsync(DateTime now, CancellationToken cancel)
    {
        var index = await directory.RefreshAsync(cancel);
        await using var db = database.Open();
        var day = LondonTime.DayOf(now);
        var since = now.AddDays(-Lately);
        var open = await db.Set<ServiceReport>().Where(r => r.ClosedAt == null).Select(r => new { r.ServiceId, r.ReportedAt }).ToListAsync(cancel);
        var closed = await db.Set<ServiceReport>().Where(r => r.ClosedAt > since).Select(r => new { r.ReportedAt, r.ClosedAt }).ToListAsync(cancel);
        var known = (await db.Set<Organisation>().Select(o => new { o.Name, o.Kind }).ToListAsync(cancel)).GroupBy(o => Folding.Fold(o.Name)).ToDictionary(g => g.Key, g => g.First().Kind);
        var reports = open.CountBy(r => r.ServiceId).ToDictionary();
        var services = index.Services.Where(s => s.Visibility == Visibility.Public && !MenuGate.IsClosed(s, day)).ToList();

        QualityRow Row(string label, IReadOnlyCollection<Service> some) => new(label, some.Count, Enum.GetValues<AssuranceState>().ToDictionary(a => a, a => some.Count(s => Assurance.Of(s, day) == a)),
            Median(some.Where(s => !s.NeverConfirmed).Select(s => Assurance.DaysSince(s, day))), some.Count(HasNoTimes), some.Count(HasNoPlace), some.Count(HasNoCost), some.Sum(s => reports.GetValueOrDefault(s.Id)));

        return new Quality(day, Row("All", services),
            [.. services.GroupBy(s => known.TryGetValue(Folding.Fold(s.Organisation), out var kind) ? kind : KindOf(s.Organisation)).OrderBy(g => g.Key).Select(g => Row(Words(g.Key), [.. g]))],
            [.. District.All.Select(d => Row(d.Name, [.. services.Where(s => DueList.IsIn(s, d.Code))]))],
            open.Count, open.Count == 0 ? null : open.Max(r => Days(r.ReportedAt, now)), closed.Count, Median(closed.Select(r => Days(r.ReportedAt, r.ClosedAt!.Value))));
    }

    private static int Days(DateTime from, DateTime to) => Math.Max(0, LondonTime.DayOf(to).DayNumber - LondonTime.DayOf(from).DayNumber);

    public static bool HasNoTimes(Service s) => s.Opening.Weekly.Count == 0 && s.Opening.Rules is not { Count: > 0 } && string.IsNullOrEmpty(s.Opening.InWords);
    public static bool HasNoPlace(Service s) => s.Locations.Count == 0 && s.Delivered.All(d => d == Delivery.Place);
    public static bool HasNoCost(Service s) => s.Cost.Kind == CostKind.Depends && (s.Cost.Words.Length == 0 || s.Cost.Words == ServiceCost.NotSaid);

    /// <summary>What an organisation that is none of the partnership's is, as its name says.</summary>
    internal static OrganisationKind KindOf(string name)
    {
        var folded = $" {Folding.Fold(name)} ";
        foreach (var (kind, words) in NameWords)
            if (words.Any(w => folded.Contains(w, StringComparison.Ordinal))) return kind;
        return name.Length == 0 ? OrganisationKind.Other : OrganisationKind.Voluntary;
    }

    private static readonly (OrganisationKind Kind, string[] Words)[] NameWords =
    [
        (OrganisationKind.CountyHub, ["county hub"]), (OrganisationKind.Council, [" council", "district team", "city team", "city hub", "libraries", " library"]), (OrganisationKind.FoodBank, ["food bank", "foodbank", " pantry", " larder"]),
        (OrganisationKind.AdviceAgency, [" advice", "citizens"]), (OrganisationKind.School, [" school", " primary", " academy", " college", " nursery"]), (OrganisationKind.HousingAssociation, [" homes ", " housing"]),
        (OrganisationKind.Health, [" nhs", " health", " surgery", " hospice", " clinic"]), (OrganisationKind.Business, [" ltd ", " limited ", " plc "]),
    ];

    public static string Words(OrganisationKind kind) => kind switch
    {
        OrganisationKind.CountyHub => "County hub", OrganisationKind.Council => "Councils", OrganisationKind.FoodBank => "Food banks and pantries", OrganisationKind.AdviceAgency => "Advice", OrganisationKind.School => "Schools and nurseries",
        OrganisationKind.HousingAssociation => "Housing associations", OrganisationKind.Health => "Health", OrganisationKind.Voluntary => "Voluntary and community", OrganisationKind.Business => "Businesses", _ => "Not known",
    };

    private static int? Median(IEnumerable<int> days)
    {
        var sorted = days.Order().ToList();
        return sorted.Count == 0 ? null : sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (int)Math.Round((sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2.0, MidpointRounding.AwayFromZero);
    }
}
