using System.Collections.Immutable;
using AnyDoor.Entitlements;
using Person = AnyDoor.Entitlements.Person;
using Role = AnyDoor.Entitlements.Role;

namespace AnyDoor.Offers;

/// <summary>Benefits for disability that are paid: at the rates that were told, or, where nobody said, with the most that they may lift and without.</summary>
internal static class DisabilityTold
{
    private const string Pip = "personal-independence-payment", Dla = "disability-living-allowance", Attendance = "attendance-allowance";

    /// <summary>Every one that is on the list has its rates, so that they count as money too.</summary>
    public static bool AllRates(Situation situation, Told told, IReadOnlyList<string>? gets)
    {
        var paid = new[] { Pip, Dla, Attendance }.Where(b => gets?.Contains(b) == true).ToList();
        return paid.Count > 0 && paid.All(b => b switch { Pip => Adults(situation).Any(a => (Rate(told, "benefits.pip_daily_living", a) ?? Rate(told, "benefits.pip_mobility", a)) is not null), Dla => situation.People.Any(p => DlaTold(told, p)), _ => Adults(situation).Any(a => Rate(told, "benefits.attendance_allowance_rate", a) is not null) });
    }

    public static IEnumerable<Situation> Ways(Situation situation, Told told, IReadOnlyList<string>? gets, IReadOnlyDictionary<string, string> names, List<Rest> rests, List<string> assumed)
    {
        bool Gets(string benefit) => gets?.Contains(benefit) == true;
        var adults = Adults(situation).ToList();
        var claimant = situation.People.First(p => p.Role == Role.Claimant).Id;
        if (Gets(Pip))
        {
            var by = adults.Where(a => (Rate(told, "benefits.pip_daily_living", a) ?? Rate(told, "benefits.pip_mobility", a)) is not null).ToList();
            foreach (var a in by) situation = situation.With(a.Id, p => p with { PipDailyLiving = Of(Rate(told, "benefits.pip_daily_living", a)), PipMobility = Of(Rate(told, "benefits.pip_mobility", a)) });
            if (by.Count > 0) Once(rests, new Rest("Personal Independence Payment", string.Join(". ", by.Select(a => $"Daily living {Words(Rate(told, "benefits.pip_daily_living", a))}, mobility {Words(Rate(told, "benefits.pip_mobility", a))}")), "benefits.pip_daily_living"));
            else
            {
                assumed.Add("Personal Independence Payment is paid, and its rate was not asked: it comes on top of what is shown, and it lifts the benefit cap.");
                situation = situation.With(claimant, p => p with { PipDailyLiving = Component.Standard });
            }
        }
        IEnumerable<Situation> ways = [situation];
        if (Gets(Attendance))
        {
            var by = adults.Where(a => Rate(told, "benefits.attendance_allowance_rate", a) is not null and not "none").ToList();
            // Paid from pension age; of a couple it is taken for whoever is of that age first.
            var of = by.Count > 0 ? [.. by.Select(a => a.Id)] : ImmutableArray.Create(adults.OrderBy(p => p.DateOfBirth).First().Id);
            if (by.Count > 0) Once(rests, new Rest("Attendance Allowance", string.Join(". ", by.Select(a => $"{Words(Rate(told, "benefits.attendance_allowance_rate", a))} rate")), "benefits.attendance_allowance_rate"));
            else assumed.Add("Attendance Allowance is paid, and its rate was not asked: it comes on top of what is shown.");
            assumed.Add("Nobody was asked whether somebody gets Carer’s Allowance for looking after them: worked out for both, since it may add to Pension Credit.");
            Situation Attended(Situation s, bool cared) => of.Aggregate(s, (now, id) => now.With(id, p => p with { AttendanceAllowance = Rate(told, "benefits.attendance_allowance_rate", p) == "higher" ? Component.Enhanced : Component.Standard, CaredForByPaidCarer = cared }));
            ways = [Attended(situation, false), Attended(situation, true)];
        }
        if (!Gets(Dla)) return ways;
        var children = situation.People.Where(p => p.Role == Role.Child).ToList();
        // A child's, as it nearly always is. What was told without saying whose is taken for the first child's; without a child it is the claimant's.
        var whose = children.Where(c => DlaTold(told, c)).Select(c => (c.Id, Rates: c)).ToList();
        if (whose.Count == 0 && adults.Find(a => DlaTold(told, a)) is { } unnamed)
        {
            whose = [((children.Count > 0 ? children[0] : situation.People.First(p => p.Id == claimant)).Id, unnamed)];
            if (children.Count > 1) assumed.Add("Which child Disability Living Allowance is paid for was not told: it is taken for the first.");
        }
        if (whose.Count > 0)
        {
            var paid = whose.Where(w => Care(told, w.Rates) != Component.None || Mobility(told, w.Rates) != Component.None).ToList();
            Once(rests, new Rest("Disability Living Allowance", paid.Count == 0 ? "None" : string.Join(". ", paid.Select(w => $"{(children.Count > 1 && names.TryGetValue(w.Id, out var name) ? $"{name}: c" : "C")}are {Words(Rate(told, DlaCare, w.Rates))}, mobility {Words(Rate(told, DlaMobility, w.Rates))}")), DlaCare));
            return [.. ways.Select(s => whose.Aggregate(s, (now, w) => now.With(w.Id, p => p with { DlaCare = Care(told, w.Rates), DlaMobility = Mobility(told, w.Rates) })))];
        }
        if (children.Count == 0) return ways;
        assumed.Add("Disability Living Allowance is paid, and its rate was not asked: it comes on top of what is shown. What it adds to other benefits is worked out for a child at the lowest rate and at the highest.");
        var child = children[0].Id;
        return [.. ways.SelectMany(s => new[] { s.With(child, p => p with { DlaCare = Component.Lowest }), s.With(child, p => p with { DlaCare = Component.Enhanced }) })];
    }

    private const string DlaCare = "benefits.dla_care", DlaMobility = "benefits.dla_mobility";
    private static bool DlaTold(Told told, Person who) => (Rate(told, DlaCare, who) ?? Rate(told, DlaMobility, who)) is not null;
    private static Component Care(Told told, Person who) => Rate(told, DlaCare, who) switch { "highest" => Component.Enhanced, "middle" => Component.Standard, "lowest" => Component.Lowest, _ => Component.None };
    private static Component Mobility(Told told, Person who) => Rate(told, DlaMobility, who) switch { "higher" => Component.Enhanced, "lower" => Component.Lowest, _ => Component.None };
    private static IEnumerable<Person> Adults(Situation s) => s.People.Where(p => p.Role is Role.Claimant or Role.Partner);
    private static string? Rate(Told told, string fact, Person who) => Guid.TryParse(who.Id, out var id) ? told.Option(fact, id) : null;
    private static Component Of(string? rate) => rate switch { "enhanced" => Component.Enhanced, "standard" => Component.Standard, _ => Component.None };
    private static string Words(string? rate) => rate is null or "none" ? "none" : rate;

    private static void Once(List<Rest> rests, Rest rest)
    {
        if (!rests.Contains(rest)) rests.Add(rest);
    }
}
