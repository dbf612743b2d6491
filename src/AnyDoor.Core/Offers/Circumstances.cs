using System.Collections.Immutable;
using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Entitlements;
using AnyDoor.Households;
using Answer = AnyDoor.Conversations.Answer;
using Person = AnyDoor.Entitlements.Person;
using Role = AnyDoor.Entitlements.Role;

namespace AnyDoor.Offers;

/// <summary>Somebody who lives there, as the estimate needs them.</summary>
/// <param name="BirthYear">Where the day is not known.</param>
public sealed record Occupant(Guid Id, string FirstName, MemberRole Role, DateOnly? DateOfBirth, int? BirthYear = null);

/// <summary>An answer that the estimate rests on, in words, and where it can be changed.</summary>
/// <param name="Fact">Its name in the vocabulary.</param>
public sealed record Rest(string What, string Value, string Fact);

/// <summary>
/// What a household told, as the entitlement engine reads it. Each thing that is not known stays open, so that figures become ranges; what most people have is taken for granted and said so.
/// Several <see cref="Ways"/> stand for answers that leave a choice, like "between £6,000 and £16,000 saved".
/// </summary>
public sealed record Circumstances
{
    /// <summary>None: it cannot be worked out, and <see cref="Missing"/> says why.</summary>
    public ImmutableArray<Situation> Ways { get; private init; } = [];
    /// <summary>What is needed first, in a sentence; null: nothing.</summary>
    public string? Missing { get; private init; }
    public IReadOnlyList<Rest> RestsOn { get; private init; } = [];
    public IReadOnlyList<string> Assumed { get; private init; } = [];
    /// <summary>What they get already, as <c>benefits.list</c> names it; null: not asked.</summary>
    public IReadOnlyList<string>? Gets { get; private init; }
    /// <summary>The last Universal Credit payment; null: not told.</summary>
    public Money? UniversalCreditPaid { get; private init; }
    /// <summary>First names by the ids that the engine gives back.</summary>
    public IReadOnlyDictionary<string, string> Names { get; private init; } = new Dictionary<string, string>();

    /// <summary>Somebody's pay that changes is worked out for so much less and so much more, in hundredths.</summary>
    public const int PayVariesBy = 25;

    /// <summary>The same with something changed in every way.</summary>
    public Circumstances With(Func<Situation, Situation> change) => this with { Ways = [.. Ways.Select(change)] };

    /// <summary>Every way as it is, and changed too; and what is said of that.</summary>
    public Circumstances AndWith(Func<Situation, Situation> change, string assumed) => this with { Ways = [.. Ways, .. Ways.Select(change)], Assumed = [.. Assumed, assumed] };

    private static Circumstances Not(string why) => new() { Missing = why };

    /// <param name="answers">Cut already by what the reader may see.</param>
    public static Circumstances Of(IReadOnlyList<Occupant> people, int? toldSize, IReadOnlyList<Answer> answers, DateTime at)
    {
        var today = LondonTime.DayOf(at);
        var told = new Told(answers, at);
        if (told.Option("immigration.public_funds_condition") == "yes") return Not("A visa says “no public funds”, so nothing is worked out here: ask an immigration adviser before anything is claimed.");
        if (people.All(p => p.Role != MemberRole.Applicant)) return Not("Who asks is not known.");
        if (people.FirstOrDefault(p => p.DateOfBirth is null && p.BirthYear is null) is { } unborn) return Not($"When {unborn.FirstName} was born is not known.");
        if (toldSize is { } size && people.Count < size) return Not($"{size} live there and {people.Count} are known by name and age. Write the others down first.");
        if (told.Option("household.partner") == "yes" && people.All(p => p.Role != MemberRole.Partner)) return Not("They live with a partner, who is not written down yet.");

        var (rests, assumed) = (new List<Rest>(), new List<string>());
        var gets = told.Options("benefits.list");
        var built = people.Select(p => One(p, told, gets, rests, assumed)).ToImmutableArray();
        var children = built.Count(p => p.Role == Role.Child);
        if (told.Pence("children.childcare_monthly_pence") is { } care && children > 0)
        {
            // One sum for all of them: shared out evenly over the youngest two, which the limits allow.
            var youngest = built.Where(p => p.Role == Role.Child).OrderByDescending(p => p.DateOfBirth).Take(2).Select(p => p.Id).ToHashSet();
            built = [.. built.Select(p => youngest.Contains(p.Id) ? p with { ChildcareYear = care * 12 / youngest.Count } : p)];
            rests.Add(new Rest("Childcare", $"{new Money(care)} a month", "children.childcare_monthly_pence"));
        }
        var situation = new Situation { People = built, Home = HomeOf(told, rests, assumed), Savings = null };
        return new Circumstances
        {
            Ways = [.. Savings(told, rests).SelectMany(s => Pay(situation with { Savings = s }, people, told, assumed)).SelectMany(s => Yearly(s, told, rests, assumed)).SelectMany(s => Disability(s, gets, today, assumed))],
            RestsOn = rests, Assumed = [.. assumed.Distinct()], Gets = gets, UniversalCreditPaid = told.Pence("benefits.universal_credit_monthly_pence") is { } paid ? new Money(paid) : null,
            Names = people.ToDictionary(p => p.Id.ToString(), p => p.FirstName),
        };
    }

    private static readonly string[] NoPay = ["looking", "not-able", "caring", "studying", "retired"];

    private static Person One(Occupant who, Told told, IReadOnlyList<string>? gets, List<Rest> rests, List<string> assumed)
    {
        var born = who.DateOfBirth ?? new DateOnly(who.BirthYear!.Value, 7, 1);
        if (who.DateOfBirth is null) assumed.Add($"{who.FirstName}’s birthday is not known: taken as 1 July {who.BirthYear}.");
        var role = who.Role switch { MemberRole.Applicant => Role.Claimant, MemberRole.Partner => Role.Partner, MemberRole.Child => Role.Child, _ => Role.NonDependant };
        var person = new Person { Id = who.Id.ToString(), Role = role, DateOfBirth = born };
        if (role == Role.Child) return person with { InEducation = true };

        var (work, pay, profit) = (told.Option("income.employment", who.Id), told.Pence("income.pay_monthly_pence", who.Id), told.Pence("income.self_employed_monthly_pence", who.Id));
        person = person with
        {
            PayYear = pay is { } month ? month * 12 : profit is not null || work == "self-employed" || (work is not null && NoPay.Contains(work)) || role == Role.NonDependant ? 0 : null,
            SelfEmployment = profit is { } made ? new SelfEmployment { ProfitYear = made * 12 } : work == "self-employed" ? new SelfEmployment() : null,
            PrivatePensionYear = (told.Pence("income.pension_monthly_pence", who.Id) ?? 0) * 12,
            StatePensionYear = told.Pence("income.pension_monthly_pence", who.Id) is not null ? 0 : null,
            LimitedCapabilityActivity = told.Option("health.work_limited", who.Id) == "yes" ? null : false, ProtectedRate = null,
            CareHours = (int)Math.Min(168, told.Number("carer.hours_weekly", who.Id) ?? 0), ClaimsCarersAllowance = gets?.Contains("carers-allowance") == true && told.Number("carer.hours_weekly", who.Id) >= 35,
            Pregnant = role == Role.Claimant && told.Option("household.expecting_a_baby") == "yes",
        };
        if (pay is { } p) rests.Add(new Rest($"{who.FirstName}’s pay", $"{new Money(p)} a month before tax{(told.Number("income.hours_weekly", who.Id) is { } hours ? $", {hours} hours a week" : "")}", "income.pay_monthly_pence"));
        else if (person.PayYear == 0 && work is not null && role != Role.NonDependant && profit is null) rests.Add(new Rest($"{who.FirstName}’s pay", "None: " + (Vocabulary.Words.Current.Fact("income.employment")?.Options?.FirstOrDefault(o => o.Id == work)?.Label ?? work), "income.employment"));
        if (profit is { } own) rests.Add(new Rest($"{who.FirstName}’s own work", $"{new Money(own)} a month after costs", "income.self_employed_monthly_pence"));
        if (person.PrivatePensionYear > 0)
        {
            rests.Add(new Rest($"{who.FirstName}’s pension", $"{new Money(person.PrivatePensionYear / 12)} a month", "income.pension_monthly_pence"));
            assumed.Add($"All of {who.FirstName}’s pension is taken as told, whether from the state or a former employer.");
        }
        if (person.CareHours >= 35) rests.Add(new Rest($"{who.FirstName} looks after somebody", $"{person.CareHours} hours a week", "carer.hours_weekly"));
        return person;
    }

    private static Home HomeOf(Told told, List<Rest> rests, List<string> assumed)
    {
        var tenure = told.Option("home.tenure");
        var home = new Home
        {
            Tenure = tenure switch { "housing-association" or "shared-ownership" => Tenure.HousingAssociationTenant, "council" or "temporary" => Tenure.CouncilTenant, "private" => Tenure.PrivateTenant, "mortgage" => Tenure.Mortgage, _ => Tenure.NoHousingCosts },
            RentYear = tenure is "mortgage" or "owned" or "with-others" or "none" ? 0 : told.Pence("home.rent_monthly_pence") * 12,
            CouncilTaxYear = told.Pence("home.council_tax_annual_pence"),
            LocalHousingAllowanceWeek = tenure == "private" ? told.Pence("home.local_housing_allowance_weekly_pence") : null,
        };
        if (tenure is null) assumed.Add("Rented or owned is not known: nothing is counted for the rent.");
        if (tenure == "temporary") assumed.Add("Rent of temporary accommodation is met by Housing Benefit, by rules of its own: ask the council.");
        if (tenure == "shared-ownership") assumed.Add("Only the rent of a shared-ownership home counts, not its mortgage.");
        if (tenure is not null) rests.Add(new Rest("The home", Vocabulary.Words.Current.Fact("home.tenure")?.Options?.FirstOrDefault(o => o.Id == tenure)?.Label ?? tenure, "home.tenure"));
        if (told.Pence("home.rent_monthly_pence") is { } rent) rests.Add(new Rest("Rent", $"{new Money(rent)} a month", "home.rent_monthly_pence"));
        if (home.LocalHousingAllowanceWeek is { } allowance) rests.Add(new Rest("Local Housing Allowance", $"{new Money(allowance)} a week", "home.local_housing_allowance_weekly_pence"));
        if (home.CouncilTaxYear is { } tax) rests.Add(new Rest("Council tax", $"{new Money(tax)} a year", "home.council_tax_annual_pence"));
        return tenure == "temporary" ? home with { Tenure = Tenure.NoHousingCosts, RentYear = 0 } : home;
    }

    /// <summary>Both ends of what was said about savings.</summary>
    private static IEnumerable<long?> Savings(Told told, List<Rest> rests)
    {
        var (six, sixteen) = (told.Option("savings.over_6000"), told.Option("savings.over_16000"));
        var (words, ways) = (six, sixteen) switch
        {
            (_, "yes") => ("More than £16,000", new long?[] { 16_000_01 }),
            ("no", _) => ("£6,000 or less", [0]),
            ("yes", "no") => ("Between £6,000 and £16,000", [6_000_01, 16_000_00]),
            (_, "no") => ("£16,000 or less", [0, 16_000_00]),
            _ => ("", [null]),
        };
        if (words.Length > 0) rests.Add(new Rest("Savings", words, six is null ? "savings.over_16000" : "savings.over_6000"));
        return ways;
    }

    /// <summary>Pay that changes: a quarter less, and a quarter more.</summary>
    private static IEnumerable<Situation> Pay(Situation situation, IReadOnlyList<Occupant> people, Told told, List<string> assumed)
    {
        var varies = people.Where(p => told.Option("income.pay_varies", p.Id) == "yes" && told.Pence("income.pay_monthly_pence", p.Id) > 0).ToList();
        if (varies.Count == 0) return [situation];
        foreach (var who in varies) assumed.Add($"{who.FirstName}’s pay changes: worked out for a quarter less and a quarter more than was told. A month by month view shows what uneven pay does.");
        Situation By(int hundredths) => varies.Aggregate(situation, (s, who) => s.With(who.Id.ToString(), p => p with { PayYear = p.PayYear * hundredths / 100 }));
        // What was told stands among them: between the two ends the benefit cap may come and go.
        return [By(100), By(100 - PayVariesBy), By(100 + PayVariesBy)];
    }

    /// <summary>Only what comes in for the whole home in a year was told: whose pay it is, and how much of it is pay, stays open, and it is no more than that.</summary>
    private static IEnumerable<Situation> Yearly(Situation situation, Told told, List<Rest> rests, List<string> assumed)
    {
        var open = situation.People.Where(p => p.Role is Role.Claimant or Role.Partner && p.PayYear is null).Select(p => p.Id).ToList();
        if (open.Count == 0 || told.Pence("income.annual_pence") is not { } year) return [situation];
        rests.Add(new Rest("The whole home", $"{new Money(year)} a year before tax", "income.annual_pence"));
        assumed.Add("Of what comes in for the whole home it is not known how much is pay, and whose: worked out for none of it, half of it and all of it.");
        Situation With(params long[] shares) => open.Select((id, i) => (id, i)).Aggregate(situation, (s, x) => s.With(x.id, p => p with { PayYear = year * shares[Math.Min(x.i, shares.Length - 1)] / 2 }));
        return open.Count == 1 ? [With(2), With(1), With(0)] : [With(2, 0), With(0, 2), With(1, 1), With(0, 0)];
    }

    /// <summary>A benefit for disability is paid, and nobody said to whom or at which rate: with the most that it may lift, and without.</summary>
    private static IEnumerable<Situation> Disability(Situation situation, IReadOnlyList<string>? gets, DateOnly today, List<string> assumed)
    {
        var claimant = situation.People.First(p => p.Role == Role.Claimant).Id;
        var child = situation.People.FirstOrDefault(p => p.Role == Role.Child)?.Id;
        if (gets?.Contains("personal-independence-payment") == true)
        {
            assumed.Add("Personal Independence Payment is paid, and its rate was not asked: it is not counted itself, and it lifts the benefit cap.");
            situation = situation.With(claimant, p => p with { PipDailyLiving = Component.Standard });
        }
        if (gets?.Contains("attendance-allowance") == true)
        {
            // Paid from pension age; of a couple it is taken for whoever is of that age first.
            var of = situation.People.Where(p => p.Role is Role.Claimant or Role.Partner).OrderBy(p => p.DateOfBirth).First().Id;
            assumed.Add("Attendance Allowance is paid, and its rate was not asked: it is not counted itself. Nobody was asked whether somebody gets Carer’s Allowance for looking after them: worked out for both, since it may add to Pension Credit.");
            return [Attended(false), Attended(true)];
            Situation Attended(bool cared) => situation.With(of, p => p with { AttendanceAllowance = Component.Standard, CaredForByPaidCarer = cared });
        }
        if (gets?.Contains("disability-living-allowance") != true || child is null) return [situation];
        assumed.Add("Disability Living Allowance is paid, and its rate was not asked: worked out for a child at the lowest rate and at the highest.");
        return [situation.With(child, p => p with { DlaCare = Component.Lowest }), situation.With(child, p => p with { DlaCare = Component.Enhanced })];
    }

    /// <summary>The newest fresh answer to each fact, about the home or about one person.</summary>
    private sealed class Told(IReadOnlyList<Answer> answers, DateTime at)
    {
        private readonly Dictionary<(string Fact, Guid? About), JsonElement> _values = answers.Where(a => a is { ReplacedAt: null, IsGiven: true } && !a.IsStale(at))
            .GroupBy(a => (a.Fact, About: Vocabulary.Words.Current.Fact(a.Fact)?.Subject == "household" ? null : a.About ?? a.PersonId))
            .ToDictionary(g => g.Key, g => JsonSerializer.Deserialize<JsonElement>(g.OrderBy(a => a.At).ThenBy(a => a.Id).Last().Value));

        public long? Number(string fact, Guid? about = null) => _values.TryGetValue((fact, about), out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number is >= 0 and < 100_000_000 ? (long)number : null;

        /// <summary>Money is kept in pence.</summary>
        public long? Pence(string fact, Guid? about = null) => Number(fact, about);

        public IReadOnlyList<string>? Options(string fact, Guid? about = null) => !_values.TryGetValue((fact, about), out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.True => ["yes"],
            JsonValueKind.False => ["no"],
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)],
            _ => null,
        };

        /// <summary>The one option chosen; none when it is unknown or they are not sure. Of a person's fact with nobody named, anybody's.</summary>
        public string? Option(string fact, Guid? about = null)
        {
            if (about is null && Vocabulary.Words.Current.Fact(fact)?.Subject == "person") return _values.Keys.Where(k => k.Fact == fact).Select(k => Option(fact, k.About)).FirstOrDefault(o => o == "yes");
            return Options(fact, about) is [var one] && one is not ("not-sure" or "rather-not") ? one : null;
        }
    }
}
