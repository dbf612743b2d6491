using System.Globalization;
using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// Makes the demo's invented services out of <c>services/demo-menu.json</c>: some forty kinds of help, each in its towns, districts or the county.
/// The same file always gives the same services.
/// </summary>
internal static class DemoMenu
{
    private sealed record Town(string Name, string District, IReadOnlyList<string> Spots);

    private sealed record Kind(string Id, string Name, string Organisation, IReadOnlyList<string> Needs, string Description, string Where, string Cost, HowToUse How, string Days, string Hours,
        string? Ages = null, string? Languages = null, string? Contribution = null, ServiceLevel? Level = null, bool Home = false, bool Phone = false, bool Hidden = false, string? Diets = null, string? Support = null);

    private sealed record MenuPlan(bool Invented, DateOnly AsAt, IReadOnlyList<string> Streets, IReadOnlyList<string> Venues, IReadOnlyList<string> Names, IReadOnlyList<Town> Towns, IReadOnlyList<Kind> Kinds);

    private static MenuPlan Plan() => ContentFiles.Read<MenuPlan>("services/demo-menu.json");

    /// <summary>The day that the demo’s checks are written for.</summary>
    public static DateOnly AsAt => Plan().AsAt;

    public static IReadOnlyList<Service> Services()
    {
        var plan = Plan();
        var services = new List<Service>();
        foreach (var (kind, k) in plan.Kinds.Select((kind, k) => (kind, k)))
        {
            var towns = kind.Where switch
            {
                "each" => plan.Towns,
                "every-second" => [.. plan.Towns.Where((_, i) => i % 2 == k % 2)],
                "each-district" => [.. plan.Towns.GroupBy(t => t.District).Select(g => g.First())],
                _ => [plan.Towns[0]],
            };
            services.AddRange(towns.Select(town => Make(plan, kind, k, town, plan.Towns.ToList().IndexOf(town))));
        }
        return services;
    }

    private static Service Make(MenuPlan plan, Kind kind, int k, Town town, int t)
    {
        var name = plan.Names[(k * 3 + t) % plan.Names.Count];
        string Fill(string text) => text.Replace("{town}", town.Name, StringComparison.Ordinal).Replace("{district}", town.District, StringComparison.Ordinal).Replace("{name}", name, StringComparison.Ordinal);
        var spot = town.Spots[(k + t) % town.Spots.Count].Split(' ', 5);
        var (street, venue) = (plan.Streets[(k + 2 * t) % plan.Streets.Count], plan.Venues[(2 * k + t) % plan.Venues.Count]);
        var hours = kind.Hours.Split('-');
        var ages = kind.Ages?.Split('-');
        int? Age(int end) => ages is { Length: 2 } && ages[end].Length > 0 ? int.Parse(ages[end], CultureInfo.InvariantCulture) : null;
        var county = kind.Where == "county";
        var atPlace = !county && !kind.Hidden && !(kind is { Phone: true, Home: true });
        // One in thirty was not looked at for half a year: what an owner is asked about.
        var daysAgo = (k * 7 + t * 11) % 30 == 17 ? 200 + t : (k * 13 + t * 29) % 86;
        return new Service
        {
            Id = $"{kind.Id}-{(county ? "county" : kind.Where == "each-district" ? Slug(town.District) : Slug(town.Name))}", Name = Fill(kind.Name), Organisation = Fill(kind.Organisation), Needs = kind.Needs, Description = kind.Description,
            Cost = CostOf(kind.Cost), HowToUse = kind.How,
            Delivered = [.. atPlace ? [Delivery.Place] : Array.Empty<Delivery>(), .. kind.Home ? [Delivery.Home] : Array.Empty<Delivery>(), .. kind.Phone || county ? [Delivery.Phone] : Array.Empty<Delivery>()],
            Locations = atPlace ? [new($"{town.Name} {venue}", $"{street}, {town.Name}", $"{spot[0]} {spot[1]}", Degrees(spot[2]), Degrees(spot[3]), town.District, spot[4])] : [],
            AreasServed = county ? [new(AreaKind.County, "Cambridgeshire"), new(AreaKind.County, "Peterborough")] : [new(AreaKind.District, town.District)],
            Opening = new([new(kind.Days.Split(' '), TimeOnly.Parse(hours[0], CultureInfo.InvariantCulture), TimeOnly.Parse(hours[1], CultureInfo.InvariantCulture))], [new(new(2026, 12, 25), new(2026, 12, 28), Closed: true, Note: "Christmas")]),
            MinimumAge = Age(0), MaximumAge = Age(1), Languages = ["en", .. kind.Languages?.Split(' ') ?? []], Access = t % 3 == 0 ? ["Level entrance"] : ["Level entrance", "On a bus route"],
            Phone = $"0808 157 {1000 + (k * 26 + t) % 9000:0000}", Capacity = (k + t) % 9 == 4 ? new(CapacityState.Waiting, WaitingDays: 7 + t % 14) : new(CapacityState.Open), Contribution = kind.Contribution is { } give ? new(give, kind.Support) : null,
            LastChecked = plan.AsAt.AddDays(-daysAgo), Owner = $"Place coordinator, {town.District} (invented)", Level = kind.Level ?? (kind.Phone || kind.How is HowToUse.Handover ? ServiceLevel.Targeted : ServiceLevel.NearUniversal), Invented = plan.Invented,
            // Not every food bank keeps every food.
            Diets = t % 2 == 0 ? kind.Diets?.Split(' ') ?? [] : [],
        };
    }

    private static ServiceCost CostOf(string words) => words switch
    {
        "free" => new(CostKind.Free, "Free"),
        "Pay what you can" => new(CostKind.PayWhatYouCan, words),
        _ when words.StartsWith("Free", StringComparison.Ordinal) => new(CostKind.Free, words),
        _ => new(CostKind.Fixed, words),
    };

    private static double Degrees(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Slug(string name) => Folding.Fold(name).Replace(' ', '-');
}
