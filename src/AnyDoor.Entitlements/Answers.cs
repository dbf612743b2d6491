using System.Collections.Immutable;
using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements;

/// <summary>The answers that are missing, and the situations that stand for what they may turn out to be.</summary>
internal sealed class Answers
{
    /// <summary>
    /// Something that is open, with values from the one end to the other. <see cref="Useful"/> are their places, the most telling first.
    /// What acts together is one: all that is earned; rent and Local Housing Allowance, since only the lower of them counts; the childcare of all children; what a health award can be.
    /// </summary>
    /// <param name="Beyond">The same far above the last value, which is no bound: a page must be able to say "or more". Null where the last value is a bound.</param>
    /// <param name="Has">It is something that they have, not something that they pay.</param>
    private sealed record Dimension(Func<Situation, Situation>[] Values, byte[] Useful, Func<Situation, Situation>? Beyond = null, bool Has = false)
    {
        /// <summary>How many of them are tried.</summary>
        public int Taken { get; set; } = 2;
    }

    /// <summary>Values between the ends are tried while there are no more situations than this. The ends are always tried: nothing is left out.</summary>
    private const int Most = 256;

    private readonly List<Dimension> _dimensions = [];
    private byte[][] _choices = [];

    private Answers(Situation situation) => (Filled, NoBill) = ([situation], null);

    public Situation[] Filled { get; private set; }

    /// <summary>Where the Council Tax is open: the first situation without a bill. Nothing but the reduction of the bill hangs on it, so that it multiplies nothing; all others have the highest that is tried.</summary>
    public Situation? NoBill { get; private set; }

    public ImmutableArray<OpenQuestion> Open { get; private set; } = [];

    /// <summary>Somebody's pay or profit is open.</summary>
    public bool EarningsAreOpen { get; private set; }

    /// <summary>Situations far above what was tried: all that they pay (rent, childcare, Council Tax), and, apart, all that they have (pay, profit, savings, State Pension). Empty where every last value is a bound.</summary>
    public IEnumerable<Situation> Beyond() => Beyond(has: false).Concat(Beyond(has: true));

    private IEnumerable<Situation> Beyond(bool has)
    {
        List<int> some = [.. Enumerable.Range(0, _dimensions.Count).Where(d => _dimensions[d].Beyond is not null && _dimensions[d].Has == has)];
        var bill = !has && NoBill is not null;
        if (some.Count == 0 && !bill) yield break;
        for (var i = 0; i < _choices.Length; i++)
        {
            if (!some.TrueForAll(d => _choices[i][d] == _dimensions[d].Values.Length - 1)) continue;
            var far = some.Aggregate(Filled[i], (s, d) => _dimensions[d].Beyond!(s));
            yield return bill ? far with { Home = far.Home with { CouncilTaxYear = 6_000_00 } } : far;
        }
    }

    public static Answers Of(Situation s, Period p)
    {
        var answers = new Answers(s);
        answers.Ask(s, p);
        answers.Fill(s);
        return answers;
    }

    private void Ask(Situation s, Period p)
    {
        var open = ImmutableArray.CreateBuilder<OpenQuestion>();
        void Say(string question, string? person = null) => open.Add(new OpenQuestion(question, person));
        var children = s.People.Where(a => a.Role == Role.Child && a.ChildcareYear is null).Select(a => a.Id).ToHashSet();
        var rents = s.Home.Tenure is Tenure.CouncilTenant or Tenure.HousingAssociationTenant or Tenure.PrivateTenant;
        bool rent = rents && s.Home.RentYear is null, allowance = s.Home.Tenure == Tenure.PrivateTenant && s.Home is { LocalHousingAllowanceWeek: null, LocalHousingAllowanceMonth: null };
        var old = s.People.Where(a => a.Role is Role.Claimant or Role.Partner).All(a => Ages.PensionAge(a.DateOfBirth.DayNumber, p));
        var sexes = s.People.Where(a => a.Role is Role.Claimant or Role.Partner && a.Sex is null && old && Ages.SexDecides(a.DateOfBirth.DayNumber)).Select(a => a.Id).ToHashSet();
        List<Dimension> pensions = [], health = [];
        List<Func<long, Func<Situation, Situation>>> earnings = [];
        var contributions = 0L;

        if (s.Savings is null) Say("How much is in savings?");
        if (rent) Say("How much is the rent?");
        if (allowance) Say("Where is the home, and which Local Housing Allowance goes with it?");
        if (s.Home.CouncilTaxYear is null) Say("How much is the Council Tax?");
        foreach (var a in s.People)
        {
            Func<Situation, Situation> Set(Func<Person, Person> change) => x => x.With(a.Id, change);
            var adult = a.Role is Role.Claimant or Role.Partner;
            if (adult && a.PayYear is null && a.Payslips.IsEmpty)
            {
                Say("How much is the pay?", a.Id);
                if (earnings.Count == 0) contributions = a.PensionContributionsYear;
                earnings.Add(v => Set(x => x with { PayYear = v }));
            }
            if (adult && a.SelfEmployment is { ProfitYear: null })
            {
                Say("How much profit does the self-employment make?", a.Id);
                earnings.Add(v => Set(x => x with { SelfEmployment = x.SelfEmployment! with { ProfitYear = v } }));
            }
            if (adult && a.StatePensionYear is null && Ages.PensionAge(a.DateOfBirth.DayNumber, p))
            {
                Say("How much State Pension is paid?", a.Id);
                pensions.Add(new Dimension([.. new[] { 0, p[RateId.StatePensionNewFull] * 52 }.Select(v => Set(x => x with { StatePensionYear = v }))], [0, 1], Set(x => x with { StatePensionYear = 25_000_00 }), true));
            }
            // Of two who have both reached pension age nobody is assessed for work.
            bool illness = adult && !old && a.LimitedCapabilityActivity is null, since = adult && !old && a.LimitedCapabilityActivity != false && a.ProtectedRate is null && p[RateId.UcLcwra] != p[RateId.UcLcwraProtected];
            if (illness) Say("Is health keeping them from work, and was it assessed?", a.Id);
            if (since) Say("Did the health award begin before 6 April 2026, or is it a severe condition?", a.Id);
            Func<Situation, Situation> Health(bool ill, bool guarded) => Set(x => x with { LimitedCapabilityActivity = illness ? ill : x.LimitedCapabilityActivity, ProtectedRate = since ? guarded : x.ProtectedRate });
            if (illness && since) health.Add(new Dimension([Health(false, false), Health(true, false), Health(true, true)], [0, 2, 1]));
            else if (illness || since) health.Add(new Dimension([Health(false, false), Health(true, true)], [0, 1]));
            if (sexes.Contains(a.Id)) Say("Woman or man? It decides whether Savings Credit can be had.", a.Id);
            if (children.Contains(a.Id)) Say("How much is paid for registered childcare?", a.Id);
        }

        // Those with the most effect come first: they have more values between where there is room.
        EarningsAreOpen = earnings.Count > 0;
        if (EarningsAreOpen) _dimensions.Add(Earnings(earnings, contributions, p));
        if (rent || allowance)
        {
            Func<Situation, Situation> Home(long year, long week) => x => x with { Home = x.Home with { RentYear = rent ? year : x.Home.RentYear, LocalHousingAllowanceWeek = allowance ? week : x.Home.LocalHousingAllowanceWeek } };
            // A small rent is less than none to those whose work allowance it lowers (Universal Credit Regulations 2013 reg. 22(2)).
            var least = (EarningsAreOpen || s.People.Any(a => a.PayYear > 0 || !a.Payslips.IsEmpty || a.SelfEmployment is not null)) && s.People.Any(a => a.Role == Role.Child || a.LimitedCapability || a.LimitedCapabilityActivity != false) ? 12_00 : 0;
            _dimensions.Add(new Dimension([Home(least, 60_00), Home(15_600_00, 300_00)], [0, 1], Home(60_000_00, 1_200_00)));
        }
        _dimensions.AddRange(health);
        if (s.Savings is null) _dimensions.Add(new Dimension([.. new long[] { 0, 6_000_00, 10_000_00, 16_000_00, 16_000_01, 60_000_00 }.Select(v => (Func<Situation, Situation>)(x => x with { Savings = v }))], [0, 5, 3, 2, 1, 4], x => x with { Savings = 500_000_00 }, true));
        _dimensions.AddRange(pensions);
        if (children.Count > 0)
        {
            Func<Situation, Situation> Childcare(long year) => x => x with { People = [.. x.People.Select(c => children.Contains(c.Id) ? c with { ChildcareYear = year } : c)] };
            _dimensions.Add(new Dimension([Childcare(0), Childcare(9_600_00)], [0, 1], Childcare(20_000_00)));
        }
        if (sexes.Count > 0)
        {
            Func<Situation, Situation> All(Sex sex) => x => x with { People = [.. x.People.Select(a => sexes.Contains(a.Id) ? a with { Sex = sex } : a)] };
            _dimensions.Add(new Dimension([All(Sex.Male), All(Sex.Female)], [0, 1]));
        }
        Open = open.ToImmutable();
    }

    /// <summary>Nobody earns; all a little, which opens help with childcare; one just enough to end the benefit cap; all some; one much and the others nothing; all much.</summary>
    private static Dimension Earnings(List<Func<long, Func<Situation, Situation>>> of, long contributions, Period p)
    {
        const long Little = 12_00, Much = 30_000_00, Far = 95_000_00;
        var cap = Math.Min(16_000_00, p.CapEarnings * 12 + contributions);
        Func<Situation, Situation> Each(long first, long rest) => s => of.Skip(1).Aggregate(of[0](first)(s), (x, earns) => earns(rest)(x));
        List<Func<Situation, Situation>> values = [Each(0, 0), Each(Little, Little), Each(cap, Little), Each(6_000_00, 6_000_00), Each(16_000_00, 16_000_00)];
        if (of.Count > 1) values.AddRange([Each(Much, 0), Each(0, Much)]);
        values.Add(Each(Much, Much));
        return new Dimension([.. values], of.Count > 1 ? [0, 7, 2, 1, 5, 6, 3, 4] : [0, 5, 2, 1, 3, 4], Each(Far, Far), true) { Taken = of.Count > 1 ? 6 : 4 };
    }

    private void Fill(Situation s)
    {
        var number = _dimensions.Aggregate(1, (n, d) => n * d.Taken);
        foreach (var d in _dimensions)
            while (d.Taken < d.Values.Length && number / d.Taken * (d.Taken + 1) <= Most) number = number / d.Taken * ++d.Taken;
        if (s.Home.CouncilTaxYear is null) s = s with { Home = s.Home with { CouncilTaxYear = 2_400_00 } };
        var filled = new List<(Situation Situation, byte[] Choice)>(number) { (s, []) };
        foreach (var d in _dimensions)
        {
            byte[] places = [.. d.Useful[..d.Taken].Order()];
            filled = [.. filled.SelectMany(f => places.Select(at => (d.Values[at](f.Situation), (byte[])[.. f.Choice, at])))];
        }
        Filled = [.. filled.Select(f => f.Situation)];
        _choices = [.. filled.Select(f => f.Choice)];
        if (Open.Any(q => q.Question == "How much is the Council Tax?")) NoBill = Filled[0] with { Home = Filled[0].Home with { CouncilTaxYear = 0 } };
    }
}
