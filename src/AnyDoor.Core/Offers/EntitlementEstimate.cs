using System.Collections.Immutable;
using System.Globalization;
using AnyDoor.Common;
using AnyDoor.Entitlements;

namespace AnyDoor.Offers;

/// <summary>One benefit over every way that the open answers may turn out. Pence a month.</summary>
/// <param name="Statements">One for each way, the first of them to be read out.</param>
public sealed record Estimated(Benefit Benefit, PenceRange Amount, Standing Standing, ImmutableArray<Statement> Statements)
{
    public Statement First => Statements[0];
    /// <summary>The working of the lowest figure.</summary>
    public Statement Lowest => Statements.MinBy(s => s.Amount.Low)!;
    public Statement Highest => Statements.MaxBy(s => s.Amount.High)!;
    public IEnumerable<OpenQuestion> Unknown => Statements.SelectMany(s => s.Unknown).Distinct();
}

/// <summary>
/// What a household would get by what it told, from <see cref="Engine"/>: an estimate, never a decision. Ranges where an answer is missing (R-INC-01).
/// </summary>
public sealed record EntitlementEstimate(Circumstances Circumstances, DateOnly From, ImmutableArray<MonthResult> Months, IReadOnlyList<Estimated> Benefits, string? Refusal)
{
    /// <summary>Benefits that a line of the offer stands for, by the check whose place it takes.</summary>
    private static readonly Dictionary<Benefit, string> Checks = new()
    {
        [Benefit.UniversalCredit] = "universal-credit", [Benefit.ChildBenefit] = "child-benefit", [Benefit.PensionCredit] = "pension-credit", [Benefit.FreeSchoolMeals] = "free-school-meals", [Benefit.HealthyStart] = "healthy-start",
        [Benefit.CarersAllowance] = "carers-allowance", [Benefit.HousingBenefit] = "housing-benefit", [Benefit.CouncilTaxReduction] = "council-tax-reduction", [Benefit.WinterFuelPayment] = "winter-fuel-payment", [Benefit.TaxFreeChildcare] = "tax-free-childcare",
    };

    /// <summary>What is paid already is named otherwise in what they told.</summary>
    private static readonly Dictionary<string, string> Paid = new() { ["council-tax-reduction"] = "council-tax-support" };

    /// <summary>What a line of the offer is called in the list of what they get.</summary>
    public static string InTheList(string check) => Paid.GetValueOrDefault(check, check);

    private const string CapGrace = "The benefit cap takes from this. It does not for nine months after pay fell, if together they earned enough in each of the twelve months before: ask, and report it. Worked out for both.";

    /// <summary>Were Carer's Allowance claimed, for each way; empty: nobody could, or it is paid.</summary>
    public ImmutableArray<MonthResult> IfCareIsClaimed { get; private init; } = [];

    /// <summary>The month begins on the day: nobody's assessment period is known here.</summary>
    public static EntitlementEstimate Of(Circumstances circumstances, DateOnly from)
    {
        if (circumstances.Missing is { } missing) return new(circumstances, from, [], [], missing);
        circumstances = OwnWork(circumstances, from);
        var months = Work(circumstances, from);
        if (months.Any(m => m.Refusal is null && m.Lowest.TakenByCap > 0) && circumstances.Ways.All(w => w.GraceUntil is null))
        {
            // Nobody asked what they earned in the year before: with the nine months of grace, and without (Universal Credit Regulations 2013 reg. 82(2)).
            circumstances = circumstances.AndWith(w => w with { GraceUntil = from.AddMonths(1) }, CapGrace);
            months = Work(circumstances, from);
        }
        if (months.FirstOrDefault(m => m.Refusal is not null)?.Refusal is { } refused) return new(circumstances, from, [], [], refused);
        var claimed = circumstances.MayClaimCare.Count == 0 ? [] : Work(circumstances.With(s => circumstances.MayClaimCare.Aggregate(s, (now, id) => now.With(id, p => p with { ClaimsCarersAllowance = true }))), from);
        var benefits = Enum.GetValues<Benefit>().Where(b => circumstances.DisabilityRatesTold || !RateNotAsked.Contains(b)).Select(b => Over(b, b == Benefit.CarersAllowance && claimed.Length > 0 ? claimed : months, circumstances)).OfType<Estimated>().ToList();
        return new(circumstances, from, months, benefits, null) { IfCareIsClaimed = claimed };
    }

    /// <summary>Where whether they are paid was told, and not the rate, what they come to is in no figure.</summary>
    private static readonly Benefit[] RateNotAsked = [Benefit.PersonalIndependencePayment, Benefit.DisabilityLivingAllowance, Benefit.AttendanceAllowance];

    private static ImmutableArray<MonthResult> Work(Circumstances circumstances, DateOnly from) =>
        [.. circumstances.Ways.Select(w => circumstances.Rates.Engine.Month(w, from)).Select(m => m with { Lowest = circumstances.Counted(m.Lowest), Highest = circumstances.Counted(m.Highest) })];

    private static Estimated? Over(Benefit benefit, ImmutableArray<MonthResult> months, Circumstances circumstances)
    {
        var said = months.Select(m => m.Of(benefit)).OfType<Statement>().ToImmutableArray();
        if (said.IsEmpty) return null;
        var amount = new PenceRange(said.Length < months.Length ? 0 : said.Min(s => s.Amount.Low), said.Max(s => s.Amount.High));
        var standing = Together([.. said.Select(s => s.Standing)]);
        // Something outside the sums may end it: then it is no more than they come to.
        return benefit == Benefit.UniversalCredit && circumstances.CreditHangsOn is not null && amount.High > 0 ? new(benefit, amount with { Low = 0 }, Standing.Depends, said) : new(benefit, amount, standing, said);
    }

    /// <summary>The minimum income floor needs the job centre to find the work gainful, and twelve months to pass (Universal Credit Regulations 2013 regs. 62 to 64): where nobody told, without it and with it, if it makes a difference.</summary>
    private static Circumstances OwnWork(Circumstances circumstances, DateOnly from)
    {
        if (circumstances.FloorOpen.Count == 0) return circumstances;
        var without = circumstances.With(s => circumstances.FloorOpen.Aggregate(s, (now, id) => now.With(id, p => p with { SelfEmployment = p.SelfEmployment! with { Gainful = false } })));
        if (Work(without, from).Zip(Work(circumstances, from)).All(m => m.First.Lowest == m.Second.Lowest && m.First.Highest == m.Second.Highest)) return without;
        var who = string.Join(" and ", circumstances.FloorOpen.Select(id => circumstances.Names.GetValueOrDefault(id, "Partner")));
        return without.WithWays([.. without.Ways, .. circumstances.Ways], $"Universal Credit may count a least sum for {who}’s own work, whatever it makes (the minimum income floor): once the job centre finds it to be the main work, and never in the first 12 months of a claim. Worked out without it and with it: the journal says which.");
    }

    public Estimated? this[Benefit benefit] => Benefits.FirstOrDefault(b => b.Benefit == benefit);

    /// <summary>What there is to live on before rent and bills, pence a month.</summary>
    public PenceRange ToLiveOn => Months.IsEmpty ? default : new(Months.Min(m => m.Lowest.Total - (Circumstances.CreditHangsOn is null ? 0 : m.Lowest.UniversalCredit)), Months.Max(m => m.Highest.Total));

    /// <summary>The tax year of the rates, like <c>2026/27</c>.</summary>
    public string Rates => TaxYears.Of(From);

    /// <summary>Lines of the offer. What is paid already has no line, but for Universal Credit that should be another sum; what is not due is told so with its reason.</summary>
    public IReadOnlyList<EntitlementLine> Lines()
    {
        var lines = new List<EntitlementLine>();
        foreach (var (benefit, id) in Checks)
        {
            if (EntitlementCheck.Current.FirstOrDefault(c => c.Id == id) is not { } check) continue;
            if (this[benefit] is not { } found)
            {
                if (Refusal is null && !Months.IsEmpty && check.Not is { } not) lines.Add(new EntitlementLine(id, check.Title, not, check.Who, check.WayIn) { NotDue = true });
                continue;
            }
            var paid = Circumstances.Gets?.Contains(InTheList(id)) == true;
            if (benefit == Benefit.UniversalCredit && paid) { if (Changed(found) is { } changed) lines.Add(changed); continue; }
            if (paid || found.Standing == Standing.NotKnown && benefit != Benefit.CouncilTaxReduction || (benefit == Benefit.TaxFreeChildcare && this[Benefit.UniversalCredit] is { Amount.High: > 0 })) continue;
            if (found.Standing == Standing.NotKnown || found.First.SchemeOfAnotherYear && found.Amount.High > 0)
            {
                // A council's own scheme that is not held, or of another year: to be asked for, and no sum of this year's.
                lines.Add(new EntitlementLine(id, check.Title, found.First.Sentence, check.Who, check.WayIn, RestsOn: RestsOnWords) { Working = true });
                continue;
            }
            var (low, high) = benefit == Benefit.CarersAllowance ? (CareGain.Low, CareGain.High) : found.First.Per == "month" ? (found.Amount.Low, found.Amount.High) : (0, 0);
            lines.Add(new EntitlementLine(id, check.Title, benefit == Benefit.CarersAllowance ? WhyCare(found) : Why(found), check.Who, check.WayIn, high > 0 ? new Money(low) : null, high > 0 ? new Money(high) : null, RestsOnWords)
            {
                NotDue = found.Standing == Standing.NotEntitled && high <= 0, Working = true,
            });
        }
        return lines;
    }

    /// <summary>What a claim for Carer's Allowance makes of the whole, pence a month: Universal Credit falls by as much; Pension Credit may rise by more, even where the State Pension leaves none of it to be paid.</summary>
    private PenceRange CareGain
    {
        get
        {
            if (IfCareIsClaimed.IsEmpty) return default;
            var gains = IfCareIsClaimed.Zip(Months, (then, now) => then.Lowest.Total - now.Lowest.Total).Concat(IfCareIsClaimed.Zip(Months, (then, now) => then.Highest.Total - now.Highest.Total)).ToList();
            return new PenceRange(Math.Max(0, gains.Min()), Math.Max(0, gains.Max()));
        }
    }

    private string WhyCare(Estimated found)
    {
        if (IfCareIsClaimed.IsEmpty || (found.Amount.High == 0 && CareGain.High == 0)) return Why(found);
        var credit = IfCareIsClaimed.Max(m => m.Highest.PensionCredit) - Months.Max(m => m.Highest.PensionCredit);
        var effect = CareGain.High == 0 ? $"It would be {new Money(found.Amount.High)} a month, and Universal Credit falls by as much: no more in all, but it also counts for a pension." : found.Amount.High == 0 ? "The State Pension is more, so nothing is paid of it. Claim it all the same: the claim itself adds to Pension Credit." : credit > 0 ? "It is paid, and Pension Credit changes with it: this is what comes of both." : "By what they told, with this year’s rates.";
        return $"{effect} Check first what the person looked after gets: it can end an addition of theirs.";
    }

    /// <summary>A figure in pounds and pence; a range in whole pounds, since pence would say more than is known.</summary>
    public static string InPounds(PenceRange range) => range.IsExact ? new Money(range.Low).ToString() : $"{Whole(Math.Floor(range.Low / 100m))} to {Whole(Math.Ceiling(range.High / 100m))}";

    private static string Whole(decimal pounds) => $"{(pounds < 0 ? "−" : "")}£{Math.Abs(pounds).ToString("N0", CultureInfo.InvariantCulture)}";

    /// <summary>By how much Universal Credit that is paid already would be another sum, pence a month, before what is taken off it; null: not told what is paid, or something is taken off and not how much.</summary>
    public PenceRange? CreditChange => this[Benefit.UniversalCredit] is { } found && Circumstances is { UniversalCreditPaid: { } paid } told && !(told.DeductionsTold && told.UniversalCreditTakenOff is null)
        ? new PenceRange(found.Amount.Low - paid.Pence - (told.UniversalCreditTakenOff?.Pence ?? 0), found.Amount.High - paid.Pence - (told.UniversalCreditTakenOff?.Pence ?? 0)) : null;

    /// <summary>Universal Credit that is paid and would be another sum by what was said.</summary>
    private EntitlementLine? Changed(Estimated found)
    {
        const string id = "universal-credit-change";
        if (EntitlementCheck.Current.FirstOrDefault(c => c.Id == id) is not { } check || Circumstances.UniversalCreditPaid is not { } paid) return null;
        var should = $"it would be {InPounds(found.Amount)}";
        var off = Circumstances.UniversalCreditTakenOff;
        // What was paid is after what is taken off; what is worked out is before.
        var before = paid.Pence + (off?.Pence ?? 0);
        var (low, high) = (found.Amount.Low - before, found.Amount.High - before);
        // Within a pound either way it is what they get.
        if (high <= 100 && low >= -100) return null;
        var gets = off is { Pence: > 0 } taken ? $"They get {paid} a month after {taken} is taken off, so {new Money(before)}" : $"They get {paid} a month";
        var unknown = off is null ? " That is before anything is taken off or paid straight to the landlord: ask how much is." : "";
        var why = high > 100
            ? $"{gets}; by what they told {should}.{unknown}"
            : $"{gets}, and by what they told {should}: less. Look at the working with them before anything is reported, since too much paid is taken back. Whoever was moved over from an older benefit may have a top-up (transitional protection), which is not worked out here.";
        return new EntitlementLine(id, check.Title, why, check.Who, check.WayIn, high > 100 && CreditChange is not null ? new Money(Math.Max(0, low)) : null, high > 100 && CreditChange is not null ? new Money(high) : null, RestsOnWords) { Working = true };
    }

    private string Why(Estimated found) => found.Standing switch
    {
        _ when found.Benefit == Benefit.UniversalCredit && Circumstances.CreditHangsOn is { } hangs && found.Amount.High > 0 => hangs,
        Standing.NotEntitled => found.First.Sentence,
        _ when found.First.Per != "month" && found.Amount.High > 0 => $"{(found.Amount.IsExact ? $"{new Money(found.Amount.High)}" : $"Up to {new Money(found.Amount.High)}")} a {found.First.Per}, by what they told.",
        _ when found.Benefit == Benefit.FreeSchoolMeals => found.First.Sentence,
        _ when found.First.Scheme is { } scheme && found.Amount.High > 0 => $"By what they told. {scheme}{(found.Unknown.Any() ? $" It hangs on: {Say(found.Unknown)}" : found.Statements.Any(s => s.CouldBeMore) ? " It may be more: some income is left out that is not held here." : "")}",
        Standing.Depends when found.Unknown.Any() => $"By what they told. It hangs on: {Say(found.Unknown)}",
        _ => found.Amount.IsExact ? "By what they told, with this year’s rates." : "By what they told: a range, because an answer is open or pay changes.",
    };

    /// <summary>Open questions, with whom each is about.</summary>
    public string Say(IEnumerable<OpenQuestion> open) => string.Join(" ", open.Select(q => q.Person is { } id && Circumstances.Names.TryGetValue(id, out var name) ? $"{name}: {char.ToLowerInvariant(q.Question[0])}{q.Question[1..]}" : q.Question));

    private string RestsOnWords => $"{Rates} rates. {string.Join(". ", Circumstances.RestsOn.Select(r => $"{r.What}: {r.Value}"))}.";

    private static Standing Together(Standing[] all) => all.Contains(Standing.NotKnown) ? Standing.NotKnown : all.Distinct().Count() == 1 ? all[0] : Standing.Depends;
}
