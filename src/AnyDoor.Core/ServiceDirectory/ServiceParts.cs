using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>A part of a service that may be taken from one or the other when two are merged.</summary>
/// <param name="Show">As a person reads it.</param>
/// <param name="Take">The first with this part of the second.</param>
public sealed record ServicePart(string Id, string Words, Func<Service, string> Show, Func<Service, Service, Service> Take);

/// <summary>Two services that are one: part by part from either. Needs, terms, languages and access are those of both; what either hides stays hidden.</summary>
public static class ServiceParts
{
    public static IReadOnlyList<ServicePart> All { get; } =
    [
        new("name", "Name", s => s.Name, (a, b) => a with { Name = b.Name }),
        new("organisation", "Organisation", s => s.Organisation, (a, b) => a with { Organisation = b.Organisation, Provider = b.Provider }),
        new("description", "What it does", s => s.Description, (a, b) => a with { Description = b.Description }),
        new("places", "Where", s => string.Join("; ", s.Locations.Select(l => l.Hidden ? "An address that is not told" : string.Join(", ", new[] { l.Name, l.Address, l.Postcode }.Where(p => p.Length > 0).Distinct()))), (a, b) => a with { Locations = b.Locations, Delivered = b.Delivered }),
        new("phone", "Telephone", s => s.Phone ?? "", (a, b) => a with { Phone = b.Phone }),
        new("email", "E-mail", s => s.Email ?? "", (a, b) => a with { Email = b.Email }),
        new("web", "Web address", s => s.Web ?? "", (a, b) => a with { Web = b.Web }),
        new("times", "When", Times, (a, b) => a with { Opening = b.Opening, ValidFrom = b.ValidFrom, ValidTo = b.ValidTo }),
        new("cost", "Cost", s => s.Cost.Words, (a, b) => a with { Cost = b.Cost, CostOptions = b.CostOptions }),
        new("who", "Whom for", s => MenuGate.Words(s) ?? "", (a, b) => a with { Eligibility = b.Eligibility, MinimumAge = b.MinimumAge, MaximumAge = b.MaximumAge, OnlyFor = b.OnlyFor }),
        new("areas", "Area served", s => string.Join(", ", s.AreasServed.Select(a => a.Name)), (a, b) => a with { AreasServed = b.AreasServed }),
        new("how", "How to use it", s => s.HowToUse.ToString(), (a, b) => a with { HowToUse = b.HowToUse }),
    ];

    /// <summary>The parts in which two differ.</summary>
    public static IReadOnlyList<ServicePart> Differing(Service a, Service b) => [.. All.Where(p => p.Show(a) != p.Show(b))];

    /// <param name="taken">Ids of the parts that are taken from the other.</param>
    public static Service Join(Service kept, Service other, IReadOnlyCollection<string> taken)
    {
        var joined = All.Where(p => taken.Contains(p.Id)).Aggregate(kept, (one, part) => part.Take(one, other));
        var hidden = kept.Locations.Concat(other.Locations).Any(l => l.Hidden);
        return joined with
        {
            Needs = [.. kept.Needs.Union(other.Needs)], Terms = [.. kept.Terms.Concat(other.Terms).DistinctBy(t => (t.Name, t.Id))], Languages = [.. kept.Languages.Union(other.Languages)],
            Access = [.. kept.Access.Union(other.Access)], Diets = [.. kept.Diets.Union(other.Diets)], Locations = hidden ? [.. joined.Locations.Select(l => l with { Hidden = true })] : joined.Locations,
            Visibility = kept.Visibility > other.Visibility ? kept.Visibility : other.Visibility,
        };
    }

    private static string Times(Service s)
    {
        var hours = s.Opening.Weekly.Select(h => $"{string.Join(' ', h.Days)} {LondonTime.Time(h.Opens)} to {LondonTime.Time(h.Closes)}")
            .Concat((s.Opening.Rules ?? []).Select(r => $"{string.Join(' ', r.ByDay)} {string.Join(' ', r.ByMonthDay)} {(r.Opens is { } from ? LondonTime.Time(from) : "")}{(r.Closes is { } to ? $" to {LondonTime.Time(to)}" : "")}{(r.Interval > 1 ? $", every {r.Interval}" : "")}".Trim()));
        var words = string.Join("; ", hours);
        if (words.Length == 0) words = s.Opening.InWords ?? "";
        return $"{words}{(s.ValidFrom is { } first ? $" from {LondonTime.Day(first)}" : "")}{(s.ValidTo is { } last ? $" until {LondonTime.Day(last)}" : "")}".Trim();
    }
}
