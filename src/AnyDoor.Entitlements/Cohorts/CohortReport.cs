using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements.Cohorts;

/// <summary>Entitled and not receiving: one benefit in one place. Worth in pence a year.</summary>
public sealed record TakeUpLine(Received Benefit, string District, string Place, int Households, long WorthYear);

/// <summary>
/// One letter: everything a household could claim, merged, worth whole pounds a year (in pence), and why it is written. Free school meals are worth no sum here.
/// The reasons tell of who lives there, rent, pay and the like, and never of illness or care: others may open a letter.
/// </summary>
public sealed record Letter(string Reference, string District, string Place, Received Benefits, long WorthYear, string Why);

/// <summary>What a scenario does to one benefit (or tax): the cost of a year by the law and by the scenario, pence, how many households have more or less of it, and how many have any.</summary>
public sealed record ScenarioLine(string What, long LawYear, long ScenarioYear, int More, int Less, int Households);

/// <summary>What was found in a cohort. Carries references, never names.</summary>
/// <param name="ScenarioSays">What the scenario changes, each in a few words.</param>
public sealed record CohortFindings(string TaxYear, long Rows, IReadOnlyList<RefusedRow> Refused, IReadOnlyList<TakeUpLine> Lines, IReadOnlyList<TakeUpLine> Totals, IReadOnlyList<Letter> Letters, IReadOnlyList<ScenarioLine>? Scenario, IReadOnlyList<string>? ScenarioSays = null)
{
    /// <summary>Districts whose working-age Council Tax Reduction was worked out, each with the scheme it was worked out by. In all others it is not looked at below pension age.</summary>
    public IReadOnlyList<string> Schemes { get; init; } = [];
    /// <summary>Columns of the file that are not read (<see cref="CohortData.NotRead"/>): what stands in them made no difference.</summary>
    public IReadOnlyList<string> NotRead { get; init; } = [];
}

/// <summary>"Entitled, not receiving" over a cohort, and what a change of rules would do to it. Pure: a page and a verb use it alike.</summary>
public static class CohortReport
{
    private static readonly Received[] Benefits = [Received.UniversalCredit, Received.ChildBenefit, Received.PensionCredit, Received.HousingBenefit, Received.CouncilTaxReduction];

    /// <summary>An award of less than this is not written about: pence a year.</summary>
    private const long WorthALetter = 52_00;

    /// <param name="data">The cohort.</param>
    /// <param name="startsIn">The tax year, by the year it starts in.</param>
    /// <param name="scenario">Other rates, or null.</param>
    /// <exception cref="YearNotKnownException">No rates are held for the year.</exception>
    public static CohortFindings Make(CohortData data, int startsIn, RateBook? scenario = null, CancellationToken cancel = default) => Make(data, startsIn, scenario is null ? null : new Scenario(scenario, HouseholdChange.None, []), null, cancel);

    /// <summary>The same beside a scenario: other rates, other households, or both.</summary>
    public static CohortFindings Make(CohortData data, int startsIn, Scenario? scenario, CouncilTaxSchemes? schemes = null, CancellationToken cancel = default)
    {
        var by = new Dictionary<string, CouncilTaxScheme?>(StringComparer.Ordinal);
        foreach (var district in data.Households.Select(h => h.District).Distinct()) by[district] = (schemes ?? CouncilTaxScheme.Shipped).Named(district, TaxYears.Start(startsIn));
        var year = AssessmentYear.Of(startsIn, RateBook.Official);
        var wrong = new List<RefusedRow>(data.Refused);
        var law = Work(data, year, HouseholdChange.None, by, wrong, cancel);
        var lines = new Dictionary<(Received, string, string), (int Households, long Worth)>();
        var letters = new List<Letter>();
        for (var i = 0; i < data.Households.Count; i++)
        {
            var household = data.Households[i];
            var (claim, worth, why) = (Received.None, 0L, new List<string>());
            void Add(Received benefit, long due, string because)
            {
                (claim, worth) = (claim | benefit, worth + ToPounds(due));
                why.Add(because);
                var key = (benefit, household.District, household.Place);
                var line = lines.GetValueOrDefault(key);
                lines[key] = (line.Households + 1, line.Worth + due);
            }
            Reasons? reasons = null;
            foreach (var benefit in Benefits)
            {
                var due = Of(law[i], benefit);
                if (due < WorthALetter || (household.Gets & benefit) != 0) continue;
                reasons ??= new Reasons(data.Packed.Span[i], year);
                Add(benefit, due, $"{Title(benefit)}: about {Words.Pounds(ToPounds(due))} a year, as the file has {reasons.For(benefit)}");
            }
            if ((household.Gets & Received.FreeSchoolMeals) == 0 && law[i].SchoolChildren is > 0 and var children)
            {
                var paid = (household.Gets & (Received.UniversalCredit | Received.PensionCredit)) != 0 ? "a benefit that opens them is paid" : "Universal Credit or Pension Credit is due, which opens them";
                Add(Received.FreeSchoolMeals, 0, $"Free school meals: {(children == 1 ? "a child" : $"{children} children")} of school age, and {paid}{(household.NoMark ? "; Council Tax Reduction is paid, and no mark says that they have them" : "")}");
            }
            if (claim != Received.None) letters.Add(new Letter(household.Reference, household.District, household.Place, claim, worth, string.Join("; ", why)));
        }
        TakeUpLine[] all = [.. lines.Select(l => new TakeUpLine(l.Key.Item1, l.Key.Item2, l.Key.Item3, l.Value.Households, l.Value.Worth)).OrderBy(l => l.Benefit).ThenBy(l => l.District, StringComparer.Ordinal).ThenBy(l => l.Place, StringComparer.Ordinal)];
        TakeUpLine[] totals = [.. all.GroupBy(l => l.Benefit).Select(g => new TakeUpLine(g.Key, "", "", g.Sum(l => l.Households), g.Sum(l => l.WorthYear)))];
        letters.Sort((a, b) => a.WorthYear != b.WorthYear ? b.WorthYear.CompareTo(a.WorthYear) : string.CompareOrdinal(a.Reference, b.Reference));
        return new CohortFindings(TaxYears.Of(TaxYears.Start(startsIn)), data.Rows, [.. wrong.OrderBy(r => r.Row)], all, totals, letters, scenario is null ? null : Compare(law, Work(data, AssessmentYear.Of(startsIn, scenario.Rates), scenario.Households, by, [], cancel)), scenario?.Says)
        {
            NotRead = data.NotRead,
            Schemes = [.. by.Where(b => b.Value is not null).OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => $"{b.Key}: {new SchemeFound(b.Value, false, "").Says(TaxYears.Start(startsIn))}{(b.Value!.MayBeMore is { } more ? $" {more}" : "")}")],
        };
    }

    /// <summary>To whole pounds: it is worked out from what a file holds, as if it stayed so.</summary>
    private static long ToPounds(long pence) => (pence + 50) / 100 * 100;

    /// <summary>Yearly pence of one household.</summary>
    /// <param name="SchoolChildren">Who can have free meals at a state school in September of the year.</param>
    private readonly record struct Due(int UniversalCredit, int ChildBenefit, int PensionCredit, int HousingBenefit, int CouncilTaxReduction, int IncomeTax, int NationalInsurance, int SchoolChildren, int Earnings, int Rent);

    public static string Title(Received benefit) => benefit switch
    {
        Received.UniversalCredit => "Universal Credit", Received.ChildBenefit => "Child Benefit", Received.PensionCredit => "Pension Credit", Received.HousingBenefit => "Housing Benefit", Received.FreeSchoolMeals => "Free school meals", _ => "Council Tax Reduction",
    };

    private static long Of(in Due due, Received benefit) => benefit switch
    {
        Received.UniversalCredit => due.UniversalCredit,
        Received.ChildBenefit => due.ChildBenefit,
        Received.PensionCredit => due.PensionCredit,
        Received.HousingBenefit => due.HousingBenefit,
        _ => due.CouncilTaxReduction,
    };

    /// <summary>What each household would have. One that cannot be worked out has nothing, and is named; where a single rate is not held, its benefit is named and the others stand.</summary>
    private static Due[] Work(CohortData data, AssessmentYear year, HouseholdChange change, Dictionary<string, CouncilTaxScheme?> schemes, List<RefusedRow> wrong, CancellationToken cancel)
    {
        var due = new Due[data.Packed.Length];
        for (var i = 0; i < due.Length; i++)
        {
            if (i % 4096 == 0) cancel.ThrowIfCancellationRequested();
            var h = change.Of(data.Packed.Span[i]);
            var row = data.Households[i].Row;
            if (!year.First.Reached(h.Claimant.Born, 16) || h.IsCouple && !year.First.Reached(h.Partner.Born, 16))
            {
                wrong.Add(new RefusedRow(row, year.First.Reached(h.Claimant.Born, 16) ? "adult2_born" : "adult1_born", $"An adult is under 16 in {TaxYears.Of(year.First.Start)}."));
                continue;
            }
            YearFigures y = default;
            var known = true;
            try
            {
                WholeYear.Run(h, year, ref y);
            }
            catch (RateNotKnownException missing)
            {
                known = false;
                WholeYear.Run(h, year, ref y, meansTested: false);
                wrong.Add(new RefusedRow(row, y.FirstMonth.PensionAge ? "pension_credit" : "universal_credit", $"Only this, and what hangs on it, is not worked out. {missing.Message}"));
            }
            ref var f = ref y.FirstMonth;
            if (f.PensionAge && known) LocalHelp(h, year.First, ref y, row, wrong);
            var local = known && !f.PensionAge && h.CouncilTax > 0 && schemes[data.Households[i].District] is { } scheme ? LocalReduction(scheme, h, y, year.First) : 0;
            var meals = known && (data.Households[i].SaysMeals || data.Households[i].NoMark && (data.Households[i].Gets & Received.CouncilTaxReduction) != 0);
            // The charge takes Child Benefit back: what is not worth having is not written about.
            due[i] = new Due((int)y.UniversalCredit, (int)Math.Max(0, y.ChildBenefit - y.ChildBenefitCharge), (int)y.PensionCredit, (int)Math.Min(h.Rent, f.HousingBenefitWeekly * 52), (int)Math.Min(h.CouncilTax, local + f.CouncilTaxReductionWeekly * 52), (int)y.IncomeTax, (int)y.NationalInsurance, meals ? SchoolChildren(h, y, year.Months[September]) : 0, (int)Math.Min(int.MaxValue, (long)h.Claimant.Pay + h.Claimant.Profit + h.Partner.Pay + h.Partner.Profit), h.Rent);
        }
        return due;
    }

    /// <summary>The assessment month from 6 September: a school year begins on 1 September, and so did the rule of 2026.</summary>
    private const int September = 5;

    private static int SchoolChildren(in PackedHousehold h, in YearFigures y, Period p)
    {
        var quiet = default(NoTrace);
        MonthFigures f = default;
        var (first, second) = (Whole.PayOf(h.Claimant, y.Claimant, p), h.IsCouple ? Whole.PayOf(h.Partner, y.Partner, p) : default);
        Whole.Month(h, y.Claimant, y.Partner, first, second, 0, p, ref f, ref quiet);
        if (!Others.FreeSchoolMeals(f, first.Net + second.Net, p)) return 0;
        var children = 0;
        for (var i = 0; i < h.ChildCount; i++)
            if (Others.YearGroup(h.Children[i].Born, p) >= 0) children++;
        return children;
    }

    /// <summary>A year of Council Tax Reduction below pension age, by the authority's own scheme.</summary>
    private static long LocalReduction(CouncilTaxScheme scheme, in PackedHousehold h, in YearFigures y, Period p)
    {
        var quiet = default(NoTrace);
        var earned = Whole.PayOf(h.Claimant, y.Claimant, p).Net + (h.IsCouple ? Whole.PayOf(h.Partner, y.Partner, p).Net : 0);
        return LocalSchemes.Month(scheme, h, y.FirstMonth, earned, Sums.YearToMonth(y.Claimant.CarersAllowance + y.Partner.CarersAllowance), p, ref quiet) * 12;
    }

    /// <summary>Housing Benefit and Council Tax Reduction of pension age.</summary>
    private static void LocalHelp(in PackedHousehold h, Period p, ref YearFigures y, long row, List<RefusedRow> wrong)
    {
        var quiet = default(NoTrace);
        ref var f = ref y.FirstMonth;
        try
        {
            Pensioners.HousingBenefit(h, y.Claimant, y.Partner, p, ref f, ref quiet);
        }
        catch (RateNotKnownException missing)
        {
            f.HousingBenefitWeekly = 0;
            wrong.Add(new RefusedRow(row, "housing_benefit", $"Only this is not worked out. {missing.Message}"));
        }
        try
        {
            Pensioners.CouncilTaxReduction(h, y.Claimant, y.Partner, p, ref f, ref quiet);
        }
        catch (RateNotKnownException missing)
        {
            f.CouncilTaxReductionWeekly = 0;
            wrong.Add(new RefusedRow(row, "council_tax_reduction", $"Only this is not worked out. {missing.Message}"));
        }
    }

    private static ScenarioLine[] Compare(Due[] law, Due[] other)
    {
        return
        [
            Line("universal_credit", d => d.UniversalCredit), Line("child_benefit_after_charge", d => d.ChildBenefit), Line("pension_credit", d => d.PensionCredit), Line("housing_benefit", d => d.HousingBenefit),
            Line("council_tax_reduction", d => d.CouncilTaxReduction), Line("income_tax", d => d.IncomeTax), Line("national_insurance", d => d.NationalInsurance), Line("earnings", d => d.Earnings), Line("rent", d => d.Rent),
        ];

        ScenarioLine Line(string what, Func<Due, int> of)
        {
            var (a, b, more, less, any) = (0L, 0L, 0, 0, 0);
            for (var i = 0; i < law.Length; i++)
            {
                var (x, y) = (of(law[i]), of(other[i]));
                (a, b) = (a + x, b + y);
                if (x != 0 || y != 0) any++;
                if (y > x) more++;
                else if (y < x) less++;
            }
            return new ScenarioLine(what, a, b, more, less, any);
        }
    }
}
