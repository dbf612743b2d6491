using System.Collections.Immutable;
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
    /// <summary>What is taken off it in a month, or paid straight to the landlord; null: not told.</summary>
    public Money? UniversalCreditTakenOff { get; private init; }
    /// <summary>They said that something is taken off.</summary>
    public bool DeductionsTold { get; private init; }
    /// <summary>Why there may be no Universal Credit at all, whatever the sums say; null: nothing of that kind.</summary>
    public string? CreditHangsOn { get; private init; }
    /// <summary>Whose own work may be counted at a least sum, which nobody has told yet.</summary>
    public IReadOnlyList<string> FloorOpen { get; private init; } = [];
    /// <summary>Who cares for 35 hours or more and gets no Carer's Allowance.</summary>
    public IReadOnlyList<string> MayClaimCare { get; private init; } = [];
    /// <summary>At which rate Personal Independence Payment, Disability Living Allowance or Attendance Allowance is paid was told, so that it counts as money too.</summary>
    public bool DisabilityRatesTold { get; private init; }
    public LocalRates Rates { get; private init; } = LocalRates.Shipped;
    /// <summary>Rates of Local Housing Allowance that were used, or might be; empty: not a private tenant, or no area is known.</summary>
    public IReadOnlyList<AllowanceRate> Allowances { get; private init; } = [];
    /// <summary>First names by the ids that the engine gives back.</summary>
    public IReadOnlyDictionary<string, string> Names { get; private init; } = new Dictionary<string, string>();

    /// <summary>Somebody's pay that changes is worked out for so much less and so much more, in hundredths.</summary>
    public const int PayVariesBy = 25;

    /// <summary>The same with something changed in every way.</summary>
    public Circumstances With(Func<Situation, Situation> change) => this with { Ways = [.. Ways.Select(change)] };

    /// <summary>Every way as it is, and changed too; and what is said of that.</summary>
    public Circumstances AndWith(Func<Situation, Situation> change, string assumed) => this with { Ways = [.. Ways, .. Ways.Select(change)], Assumed = [.. Assumed, assumed] };

    /// <summary>Other ways in place of these, and what is said of them.</summary>
    public Circumstances WithWays(IEnumerable<Situation> ways, string assumed) => this with { Ways = [.. ways], Assumed = [.. Assumed, assumed] };

    /// <summary>The money of a month without what was not asked.</summary>
    public MonthMoney Counted(MonthMoney money) => DisabilityRatesTold ? money : money with { DisabilityBenefits = 0 };

    private static Circumstances Not(string why) => new() { Missing = why };

    /// <param name="answers">Cut already by what the reader may see.</param>
    public static Circumstances Of(IReadOnlyList<Occupant> people, int? toldSize, IReadOnlyList<Answer> answers, DateTime at, LocalRates? rates = null, HomePlace? place = null)
    {
        (rates, place) = (rates ?? LocalRates.Shipped, place ?? HomePlace.NotKnown);
        var today = LondonTime.DayOf(at);
        var told = new Told(answers, at);
        if (told.Option("immigration.public_funds_condition") == "yes") return Not("A visa says “no public funds”, so nothing is worked out here: ask an immigration adviser before anything is claimed.");
        if (people.All(p => p.Role != MemberRole.Applicant)) return Not("Who asks is not known.");
        if (people.FirstOrDefault(p => p.DateOfBirth is null && p.BirthYear is null) is { } unborn) return Not($"When {unborn.FirstName} was born is not known.");
        if (toldSize is { } size && people.Count < size) return Not($"{size} live there and {people.Count} are known by name and age. Write the others down first.");
        if (told.Option("household.partner") == "yes" && people.All(p => p.Role != MemberRole.Partner)) return Not("They live with a partner, who is not written down yet.");

        var (rests, assumed) = (new List<Rest>(), new List<string>());
        var gets = told.Options("benefits.list");
        var built = people.Select(p => One(p, told, gets, today, rests, assumed)).ToImmutableArray();
        var children = built.Count(p => p.Role == Role.Child);
        if (told.Pence("children.childcare_monthly_pence") is { } care && children > 0)
        {
            // One sum for all of them: shared out evenly over the youngest two, which the limits allow.
            var youngest = built.Where(p => p.Role == Role.Child).OrderByDescending(p => p.DateOfBirth).Take(2).Select(p => p.Id).ToHashSet();
            built = [.. built.Select(p => youngest.Contains(p.Id) ? p with { ChildcareYear = care * 12 / youngest.Count } : p)];
            rests.Add(new Rest("Childcare", $"{new Money(care)} a month", "children.childcare_monthly_pence"));
        }
        var situation = new Situation { People = built, Home = HomeOf(told, rests, assumed) with { BillingDistrict = place.District }, Savings = null };
        var allowances = RentAllowance.Of(situation, told, rates, place, today, rests, assumed);
        NotCounted(told, gets, rests, assumed);
        var adults = people.Where(p => p.Role is MemberRole.Applicant or MemberRole.Partner).ToList();
        var names = people.ToDictionary(p => p.Id.ToString(), p => p.FirstName);
        return new Circumstances
        {
            Ways = [.. Savings(told, rests).SelectMany(s => Pay(situation with { Savings = s }, people, told, assumed)).SelectMany(s => Yearly(s, told, rests, assumed)).SelectMany(s => DisabilityTold.Ways(s, told, gets, names, rests, assumed)).SelectMany(s => RentAllowance.Ways(s, allowances))
                .SelectMany(s => Caring(s, adults, told, gets, assumed)).SelectMany(s => NewStyleAllowance(s, told, gets, rests, assumed)).SelectMany(s => OtherAdults(s, people, told, today, assumed))],
            RestsOn = rests, Assumed = [.. assumed.Distinct()], Gets = gets, UniversalCreditPaid = told.Pence("benefits.universal_credit_monthly_pence") is { } paid ? new Money(paid) : null,
            UniversalCreditTakenOff = told.Pence("benefits.universal_credit_deductions_monthly_pence") is { } off ? new Money(off) : told.Option("benefits.deductions") == "no" ? Money.Zero : null,
            DeductionsTold = told.Option("benefits.deductions") == "yes",
            CreditHangsOn = Studying(adults, built, told), FloorOpen = [.. built.Where(p => p.SelfEmployment is not null && told.Option("income.minimum_income_floor", Guid.Parse(p.Id)) is null).Select(p => p.Id)],
            DisabilityRatesTold = DisabilityTold.AllRates(situation, told, gets), Rates = rates, Allowances = allowances,
            MayClaimCare = gets?.Contains("carers-allowance") == true ? [] : [.. built.Where(p => p.CareHours >= CarersHours).Select(p => p.Id)],
            Names = names,
        };
    }

    private const int CarersHours = 35;

    /// <summary>Full-time students have no Universal Credit but for exceptions (Welfare Reform Act 2012 s. 4(1)(d), Universal Credit Regulations 2013 regs. 12 to 14), and a student's loan takes from it (reg. 68).</summary>
    private static string? Studying(List<Occupant> adults, ImmutableArray<Person> built, Told told)
    {
        var studying = adults.Where(a => told.Option("income.employment", a.Id) == "studying").ToList();
        if (studying.Count == 0) return null;
        var who = string.Join(" and ", studying.Select(a => a.FirstName));
        return studying.Count < adults.Count || built.Any(p => p.Role == Role.Child)
            ? $"{who} {(studying.Count > 1 ? "study" : "studies")}: a student loan or grant takes from Universal Credit, and may leave none. Ask what is paid."
            : $"{who} {(studying.Count > 1 ? "study" : "studies")}: most full-time students cannot get Universal Credit. Ask whether it is full time. Some can: with a health condition found to limit work and a disability benefit, or under 21 in school or college without parents’ help.";
    }

    /// <summary>What was told and is not in the sums is said, so that nobody takes it for counted.</summary>
    private static void NotCounted(Told told, IReadOnlyList<string>? gets, List<Rest> rests, List<string> assumed)
    {
        if (told.Pence("income.other_monthly_pence") is > 0 and var other)
        {
            rests.Add(new Rest("Other money", $"{new Money(other)} a month, not counted", "income.other_monthly_pence"));
            assumed.Add("Other money that comes in is not counted. Child maintenance and a lodger’s rent take nothing from Universal Credit. If it is anything else, it may.");
        }
        if (gets?.Any(g => g is "income-support" or "jobseekers-allowance-income" or "employment-support-allowance-income" or "child-tax-credit" or "working-tax-credit") == true)
            assumed.Add("An older benefit is on the list. A claim for Universal Credit ends it: have it checked before anybody claims.");
    }

    private static readonly string[] NoPay = ["looking", "not-able", "caring", "studying", "retired"];

    private static Person One(Occupant who, Told told, IReadOnlyList<string>? gets, DateOnly today, List<Rest> rests, List<string> assumed)
    {
        var born = who.DateOfBirth ?? new DateOnly(who.BirthYear!.Value, 7, 1);
        if (who.DateOfBirth is null) assumed.Add($"{who.FirstName}’s birthday is not known: taken as 1 July {who.BirthYear}.");
        var role = who.Role switch { MemberRole.Applicant => Role.Claimant, MemberRole.Partner => Role.Partner, MemberRole.Child => Role.Child, _ => Role.NonDependant };
        var person = new Person { Id = who.Id.ToString(), Role = role, DateOfBirth = born };
        if (role == Role.Child) return person with { InEducation = true };

        var (work, pay, profit) = (told.Option("income.employment", who.Id), told.Pence("income.pay_monthly_pence", who.Id), told.Pence("income.self_employed_monthly_pence", who.Id));
        // Whoever has reached pension age gets State Pension first; only that much of what was told overlaps with Carer's Allowance.
        var toldPension = told.Pence("income.pension_monthly_pence", who.Id);
        var pension = (toldPension ?? 0) * 12;
        var state = Engine.Official.FullStatePensionYear(person, today) is { } full ? Math.Min(pension, full) : 0;
        person = person with
        {
            PayYear = pay is { } month ? month * 12 : profit is not null || work == "self-employed" || (work is not null && NoPay.Contains(work)) || role == Role.NonDependant ? 0 : null,
            SelfEmployment = profit is not null || work == "self-employed" ? new SelfEmployment { ProfitYear = profit * 12, Gainful = told.Option("income.minimum_income_floor", who.Id) != "no" } : null,
            PrivatePensionYear = pension - state,
            StatePensionYear = toldPension is not null ? state : null,
            LimitedCapabilityActivity = told.Option("health.work_limited", who.Id) == "yes" ? null : false, ProtectedRate = null,
            CareHours = (int)Math.Min(168, told.Number("carer.hours_weekly", who.Id) ?? 0), ClaimsCarersAllowance = gets?.Contains("carers-allowance") == true && told.Number("carer.hours_weekly", who.Id) >= CarersHours,
            Pregnant = role == Role.Claimant && told.Option("household.expecting_a_baby") == "yes",
        };
        if (pay is { } p) rests.Add(new Rest($"{who.FirstName}’s pay", $"{new Money(p)} a month before tax{(told.Number("income.hours_weekly", who.Id) is { } hours ? $", {hours} hours a week" : "")}", "income.pay_monthly_pence"));
        else if (person.PayYear == 0 && work is not null && role != Role.NonDependant && profit is null) rests.Add(new Rest($"{who.FirstName}’s pay", "None: " + (Vocabulary.Words.Current.Fact("income.employment")?.Options?.FirstOrDefault(o => o.Id == work)?.Label ?? work), "income.employment"));
        if (profit is { } own) rests.Add(new Rest($"{who.FirstName}’s own work", $"{new Money(own)} a month after costs", "income.self_employed_monthly_pence"));
        if (pension > 0)
        {
            rests.Add(new Rest($"{who.FirstName}’s pension", $"{new Money(pension / 12)} a month", "income.pension_monthly_pence"));
            assumed.Add($"All of {who.FirstName}’s pension is taken as told{(state > 0 ? ", up to the full new State Pension as State Pension and the rest as a private one" : ", as a private one")}.");
        }
        if (person.CareHours >= CarersHours) rests.Add(new Rest($"{who.FirstName} looks after somebody", $"{person.CareHours} hours a week", "carer.hours_weekly"));
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
            Bedrooms = tenure is "housing-association" or "council" && told.Number("home.bedrooms") is >= 1 and <= 20 and var rooms ? (int)rooms : null,
            LocalHousingAllowanceWeek = tenure == "private" ? told.Pence("home.local_housing_allowance_weekly_pence") : null,
        };
        if (tenure is null) assumed.Add("Rented or owned is not known: nothing is counted for the rent.");
        if (tenure == "temporary") assumed.Add("Rent of temporary accommodation is met by Housing Benefit, by rules of its own: ask the council.");
        if (tenure == "shared-ownership") assumed.Add("Only the rent of a shared-ownership home counts, not its mortgage.");
        if (tenure is not null) rests.Add(new Rest("The home", Vocabulary.Words.Current.Fact("home.tenure")?.Options?.FirstOrDefault(o => o.Id == tenure)?.Label ?? tenure, "home.tenure"));
        if (told.Pence("home.rent_monthly_pence") is { } rent) rests.Add(new Rest("Rent", $"{new Money(rent)} a month", "home.rent_monthly_pence"));
        if (home.LocalHousingAllowanceWeek is { } allowance) rests.Add(new Rest("Local Housing Allowance", $"{new Money(allowance)} a week", "home.local_housing_allowance_weekly_pence"));
        if (home.Bedrooms is { } bedrooms) rests.Add(new Rest("Bedrooms", $"{bedrooms}", "home.bedrooms"));
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

    /// <summary>Whoever cares for 35 hours has the carer addition only when the other person gets a benefit for care (Universal Credit Regulations 2013 reg. 30, Social Security Contributions and Benefits Act 1992 s. 70).</summary>
    private static IEnumerable<Situation> Caring(Situation situation, List<Occupant> adults, Told told, IReadOnlyList<string>? gets, List<string> assumed)
    {
        if (gets?.Contains("carers-allowance") == true)
        {
            if (situation.People.Any(p => p.ClaimsCarersAllowance)) return [situation];
            // It is paid, so somebody cares for the hours it takes: whoever said so first.
            var paid = adults.FirstOrDefault(a => told.Option("carer.looks_after_anyone", a.Id) == "yes") ?? adults[0];
            assumed.Add($"Carer’s Allowance is paid: taken as {paid.FirstName}’s, for {CarersHours} hours a week.");
            return [situation.With(paid.Id.ToString(), p => p with { CareHours = CarersHours, ClaimsCarersAllowance = true })];
        }
        IEnumerable<Situation> ways = [situation];
        foreach (var who in adults.Where(a => situation.People.First(p => p.Id == a.Id.ToString()).CareHours >= CarersHours))
        {
            Situation Without(Situation s) => s.With(who.Id.ToString(), p => p with { CareHours = 0 });
            switch (told.Option("carer.they_get_care_benefit", who.Id))
            {
                case "yes": break;
                case "no":
                    assumed.Add($"The person {who.FirstName} looks after gets no benefit for care, so nothing is added for caring. Help them claim one: then it is.");
                    ways = [.. ways.Select(Without)];
                    break;
                default:
                    assumed.Add($"Nobody was asked whether the person {who.FirstName} looks after gets a benefit for care. Only then does caring add anything: worked out for both.");
                    ways = [.. ways.SelectMany(s => new[] { s, Without(s) })];
                    break;
            }
        }
        return ways;
    }

    /// <summary>New-style Employment and Support Allowance takes from Universal Credit in full (Universal Credit Regulations 2013 reg. 66(1)(b)), and is taxed.</summary>
    private static IEnumerable<Situation> NewStyleAllowance(Situation situation, Told told, IReadOnlyList<string>? gets, List<Rest> rests, List<string> assumed)
    {
        const long most = 650_00;
        if (gets?.Contains("employment-support-allowance-new-style") != true) return [situation];
        var claimant = situation.People.First(p => p.Role == Role.Claimant).Id;
        Situation Paid(long month) => situation.With(claimant, p => p with { NewStyleBenefitsYear = month * 12 });
        if (told.Pence("benefits.esa_new_style_monthly_pence") is { } pence)
        {
            rests.Add(new Rest("New-style ESA", $"{new Money(pence)} a month", "benefits.esa_new_style_monthly_pence"));
            return [Paid(pence)];
        }
        assumed.Add($"New-style Employment and Support Allowance is paid, and how much was not asked. It takes from Universal Credit pound for pound: worked out for none and for {new Money(most)} a month.");
        return [Paid(0), Paid(most)];
    }

    /// <summary>What another adult earns decides what a pensioner's Housing Benefit and Council Tax Reduction lose (SI 2006/214 reg. 55, SI 2012/2885 Sch. 1): not told, for nothing and for a good wage.</summary>
    private static IEnumerable<Situation> OtherAdults(Situation situation, IReadOnlyList<Occupant> people, Told told, DateOnly today, List<string> assumed)
    {
        if (situation.People.Where(p => p.Role is Role.Claimant or Role.Partner).All(p => Engine.Official.FullStatePensionYear(p, today) is null)) return [situation];
        IEnumerable<Situation> ways = [situation];
        foreach (var who in people.Where(p => situation.People.Any(x => x.Id == p.Id.ToString() && x.Role == Role.NonDependant) && told.Pence("income.pay_monthly_pence", p.Id) is null && !(told.Option("income.employment", p.Id) is { } work && NoPay.Contains(work))))
        {
            assumed.Add($"What {who.FirstName} earns was not told, and it lowers help with rent and council tax: worked out for no pay and for £30,000 a year.");
            ways = [.. ways.SelectMany(s => new[] { s, s.With(who.Id.ToString(), p => p with { PayYear = 30_000_00 }) })];
        }
        return ways;
    }
}
