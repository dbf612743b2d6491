using AnyDoor.Common;
using AnyDoor.Entitlements;

namespace AnyDoor.Offers;

/// <summary>The rate of Local Housing Allowance for a private tenant: by the area that was told, or that the postcode is in.</summary>
internal static class RentAllowance
{
    /// <summary>One rate; two where a child's sex decides on a bedroom more and is not known. Empty: told already, not a private tenant, or the area is not known.</summary>
    public static IReadOnlyList<AllowanceRate> Of(Situation situation, Told told, LocalRates rates, HomePlace place, DateOnly today, List<Rest> rests, List<string> assumed)
    {
        if (situation.Home is not { Tenure: Tenure.PrivateTenant, LocalHousingAllowanceWeek: null }) return [];
        var chosen = told.Option("home.rental_area");
        if ((chosen ?? rates.AreaOf(place.Postcode)) is not { } area) return [];
        var size = LocalHousingAllowance.For(situation, today);
        var last = size.Depends && size.Size < AllowanceSize.FourBedrooms ? size.Size + 1 : size.Size;
        List<AllowanceRate> found = [.. Enumerable.Range((int)size.Size, last - size.Size + 1).Select(s => rates.Rate(area, (AllowanceSize)s, today)).OfType<AllowanceRate>()];
        if (found.Count == 0)
        {
            assumed.Add($"Rates of Local Housing Allowance for the area “{area}” in {TaxYears.Of(today)} are not held here: look them up.");
            return [];
        }
        rests.Add(new Rest("Local Housing Allowance", string.Join(" or ", found.Select(r => $"{r.Area}, {InWords(r.Size)}: {new Money(r.Month)} a month")) + $", set {LondonTime.Day(found[0].Since)}{(found[0].SecondHand ? " (second-hand)" : "")}{(chosen is null ? ", by the postcode" : "")}", "home.rental_area"));
        if (found.Count > 1) assumed.Add("Whether two children are a girl and a boy is not known, and it may be one bedroom more: worked out for both.");
        return found;
    }

    public static IEnumerable<Situation> Ways(Situation situation, IReadOnlyList<AllowanceRate> rates) =>
        rates.Count == 0 ? [situation] : rates.Select(r => situation with { Home = situation.Home with { LocalHousingAllowanceMonth = r.Month, LocalHousingAllowanceWeek = r.Week } });

    public static string InWords(AllowanceSize size) => size switch { AllowanceSize.SharedRoom => "a room in a shared home", AllowanceSize.OneBedroom => "one bedroom", AllowanceSize.TwoBedrooms => "two bedrooms", AllowanceSize.ThreeBedrooms => "three bedrooms", _ => "four bedrooms" };
}
