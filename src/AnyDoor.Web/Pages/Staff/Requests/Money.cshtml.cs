using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Entitlements;
using AnyDoor.Offers;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Web.Charts;
using AnyDoor.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Person = AnyDoor.Entitlements.Person;
using PersonRole = AnyDoor.Entitlements.Role;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>One step of a working as it stands on paper: parts first, then what they come to.</summary>
/// <param name="Depth">How far in.</param>
/// <param name="Total">It is made of parts above it.</param>
public sealed record WorkingRow(int Depth, bool Total, string Title, string Amount, string Rule);

/// <summary>How each figure comes about, what would change it, what it rests on, and "what if". Nothing is written; what is tried is in no address (R-INC-01).</summary>
public sealed class MoneyModel(HubSittings sittings, SettingsDesk settings) : RequestPage(sittings, settings)
{
    [BindProperty] public string? Person { get; set; }
    [BindProperty] public string? Hours { get; set; }
    [BindProperty] public string? Pay { get; set; }
    [BindProperty] public string? Rent { get; set; }
    [BindProperty] public string? Saved { get; set; }
    [BindProperty] public string? Health { get; set; }
    [BindProperty] public DateAnswer Baby { get; set; } = new();
    [BindProperty] public string? Partner { get; set; }
    [BindProperty] public DateAnswer PartnerBorn { get; set; } = new();
    [BindProperty] public string? PartnerPay { get; set; }
    [BindProperty] public string? PartnerPension { get; set; }
    [BindProperty] public DateAnswer Month { get; set; } = new();

    public EntitlementEstimate Estimate { get; private set; } = null!;
    /// <summary>What was tried; null: nothing, or it could not be read.</summary>
    public EntitlementEstimate? Then { get; private set; }
    /// <summary>What was changed, in words.</summary>
    public IReadOnlyList<string> Tried { get; private set; } = [];
    public HoursChart? Chart { get; private set; }
    /// <summary>Which rate of Local Housing Allowance a private tenant has; null: not a private tenant.</summary>
    public Allowance? Allowance => Estimate.Circumstances.Ways is [var way, ..] && way.Home.Tenure == Tenure.PrivateTenant ? LocalHousingAllowance.For(way, Estimate.From) : null;
    /// <summary>The rate that is used, or the rates of the areas around, to choose from.</summary>
    public IReadOnlyList<AllowanceRate> AreaRates => Estimate.Circumstances.Allowances is { Count: > 0 } used ? used : Allowance is { } size ? [.. Vocabulary.Words.Current.Fact("home.rental_area")!.Options!.Select(o => Estimate.Circumstances.Rates.Rate(o.Id, size.Size, Estimate.From)).OfType<AllowanceRate>()] : [];
    public static string Size(AllowanceSize size) => size switch { AllowanceSize.SharedRoom => "a room in a shared home", AllowanceSize.OneBedroom => "one bedroom", AllowanceSize.TwoBedrooms => "two bedrooms", AllowanceSize.ThreeBedrooms => "three bedrooms", _ => "four bedrooms, the most there is" };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await OpenAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        if (Estimate.Refusal is null) Try();
        return Page();
    }

    private async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (!await LoadAsync("entitlements", Purpose.RespondToRequest, cancel) || Sitting.Estimate is not { } estimate) return false;
        Estimate = estimate;
        if (estimate.Refusal is not null) return true;
        Person ??= (Adults.FirstOrDefault(a => a.PayYear > 0) ?? Adults.First()).Id;
        if (Adults.FirstOrDefault(a => a.Id == Person) is { } who) Chart = ChartOf(estimate.Circumstances.Ways[0], who);
        return true;
    }

    public IEnumerable<Person> Adults => Estimate.Circumstances.Ways.IsEmpty ? [] : Estimate.Circumstances.Ways[0].People.Where(p => p.Role is PersonRole.Claimant or PersonRole.Partner);
    public bool HasPartner => Adults.Any(p => p.Role == PersonRole.Partner);
    public string Name(string? id) => id is not null && Estimate.Circumstances.Names.TryGetValue(id, out var name) ? name : "Partner";
    public IEnumerable<SelectListItem> People => Adults.Select(p => new SelectListItem(Name(p.Id), p.Id, p.Id == Person));
    /// <summary>What is told of, in the order of the offer; taxes last.</summary>
    public IEnumerable<Estimated> Shown => Estimate.Benefits.Where(b => b.Standing != Standing.NotEntitled || b.Benefit is Benefit.UniversalCredit or Benefit.PensionCredit);

    /// <summary>The hourly pay that was told, or the minimum wage for their age.</summary>
    private (long Hourly, decimal? Now) Wage(Person who)
    {
        var answers = Sitting.Answers.Where(a => a is { ReplacedAt: null, IsGiven: true } && (a.About ?? a.PersonId).ToString() == who.Id).ToList();
        long? Told(string fact) => answers.FindLast(a => a.Fact == fact) is { } answer && long.TryParse(answer.Value, out var number) ? number : null;
        if (Told("income.pay_monthly_pence") is > 0 and var pay && Told("income.hours_weekly") is > 0 and < 80 and var hours) return ((long)decimal.Round(pay * 12m / 52 / hours), hours);
        return (Engine.Official.Rates.Month(Estimate.From)[RateId.MinimumWageNationalLivingWage], null);
    }

    private HoursChart? ChartOf(Situation situation, Person who)
    {
        var (hourly, now) = Wage(who);
        var hours = Enumerable.Range(0, 49).Select(h => (decimal)h).Concat(now is { } at ? [at] : []).Distinct().Order();
        return who.SelfEmployment is not null ? null : new HoursChart(Name(who.Id), hourly, now, [.. Estimate.Circumstances.Rates.Engine.ByHours(situation with { Savings = situation.Savings ?? 0 }, Estimate.From, who.Id, hourly, hours).Select(p => p with { Money = Estimate.Circumstances.Counted(p.Money) })]);
    }

    private void Try()
    {
        var (changes, words) = (new List<Func<Situation, Situation>>(), new List<string>());
        var who = Adults.FirstOrDefault(a => a.Id == Person) ?? Adults.First();
        var hourly = Wage(who).Hourly;
        if (Amount(nameof(Pay), Pay) is { } pay) Say($"{Name(who.Id)}’s pay is {pay} a month", s => s.With(who.Id, p => p with { PayYear = pay.Pence * 12 }));
        if (!string.IsNullOrWhiteSpace(Hours))
        {
            if (decimal.TryParse(Hours.Trim(), System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var hours) && hours is >= 0 and <= 100)
            {
                if (string.IsNullOrWhiteSpace(Pay)) Say($"{Name(who.Id)} works {HoursChart.Hours(hours)} hours a week at {new Money(hourly)} an hour", s => s.With(who.Id, p => p with { PayYear = (long)decimal.Round(hours * hourly * 52) }));
                else ModelState.AddModelError(nameof(Hours), "Write the pay or the hours, not both");
            }
            else ModelState.AddModelError(nameof(Hours), "Write hours a week from 0 to 100, like 24 or 24.5");
        }
        if (Amount(nameof(Rent), Rent) is { } rent) Say($"The rent is {rent} a month", s => s with { Home = s.Home with { RentYear = rent.Pence * 12, Tenure = s.Home.Tenure == Tenure.NoHousingCosts ? Tenure.HousingAssociationTenant : s.Home.Tenure } });
        if (Amount(nameof(Saved), Saved) is { } saved) Say($"Savings are {saved}", s => s with { Savings = saved.Pence });
        if (Health == "yes") Say($"{Name(who.Id)} is found not able to work, newly this year. It is paid from the fourth month after the medical evidence, at once where life is near its end", s => s.With(who.Id, p => p with { LimitedCapabilityActivity = true, ProtectedRate = false }));
        if (Day(nameof(Baby), Baby) is { } born) Say($"A child is born on {LondonTime.Day(born)}", s => s with { People = s.People.Add(new Person { Id = "born", Role = PersonRole.Child, DateOfBirth = born }) });
        if (Partner == "leaves" && HasPartner) Say("They live apart", s => s with { People = [.. s.People.Where(p => p.Role != PersonRole.Partner)] });
        if (Partner == "moves-in" && !HasPartner)
        {
            if (Day(nameof(PartnerBorn), PartnerBorn) is not { } partnerBorn) { if (ModelState.IsValid) ModelState.AddModelError(nameof(PartnerBorn), "Write when the partner was born"); }
            else
            {
                var (partnerPay, pension) = (Amount(nameof(PartnerPay), PartnerPay) ?? Money.Zero, Amount(nameof(PartnerPension), PartnerPension));
                var told = new Person { Id = "partner", Role = PersonRole.Partner, DateOfBirth = partnerBorn, PayYear = partnerPay.Pence * 12 };
                var full = Engine.Official.FullStatePensionYear(told, Estimate.From);
                var year = (pension ?? Money.Zero).Pence * 12;
                // From pension age a pension that was not written stays open; what was written is State Pension first.
                told = told with { StatePensionYear = full is { } most ? pension is null ? null : Math.Min(year, most) : 0, PrivatePensionYear = year - Math.Min(year, full ?? 0) };
                Say($"A partner moves in, born {LondonTime.Day(partnerBorn)}, with pay of {partnerPay} a month{(pension is { } comes ? $" and a pension of {comes}" : "")}", s => s with { People = s.People.Add(told) });
            }
        }
        // A child who is born later makes no difference before: then the month of the birth is looked at.
        var from = Day(nameof(Month), Month) ?? (Baby.Read(out var birth) == DateProblem.None && birth >= Estimate.From.AddMonths(1) ? birth : Estimate.From);
        if (from != Estimate.From) words.Add($"In the month from {LondonTime.Day(from)}");
        if (!ModelState.IsValid) return;
        if (words.Count == 0) { ModelState.AddModelError("", "Change one thing at least, then look."); return; }
        var then = EntitlementEstimate.Of(Estimate.Circumstances.With(s => changes.Aggregate(s, (now, change) => change(now))), from);
        if (then.Refusal is { } refused) ModelState.AddModelError("", refused);
        else (Then, Tried) = (then, words);

        void Say(string said, Func<Situation, Situation> change) { words.Add(said); changes.Add(change); }
    }

    private Money? Amount(string field, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        if (Money.TryParse(typed, out var money) && money.Pence is >= 0 and <= 100_000_00) return money;
        ModelState.AddModelError(field, "Write pounds, like 850 or 850.50");
        return null;
    }

    private DateOnly? Day(string field, DateAnswer typed)
    {
        switch (typed.Read(out var day))
        {
            case DateProblem.None: return day;
            case DateProblem.Empty: return null;
            default: ModelState.AddModelError(field, "Write a day, like 6 4 2027"); return null;
        }
    }

    /// <summary>Parts first, each with the rule it rests on; what a rate says stands beside its rule.</summary>
    /// <param name="per">What the figure at the top is for: month, week or year.</param>
    public IEnumerable<WorkingRow> Steps(Explanation top, string per) => top.Parts.SelectMany(p => Rows(p, 0, Within(top, per), RatesStand(top)));

    private const int Deepest = 7;

    /// <summary>What the parts of a step are for, where the step turns a week or a year into its own time; nothing, for sums that are of no time, like savings.</summary>
    private static string Within(Explanation step, string per) => step.How switch { How.WeekToMonth => "week", How.YearToMonth or How.YearToWeek => "year", How.StepsBegun => "", _ => per };

    /// <summary>A rate that is added among other parts has a row of its own, so that the column adds up; one that is multiplied by stands with its rule.</summary>
    private static bool RatesStand(Explanation step) => step.How is How.Sum or How.SumNotBelowNil or How.Least or How.Greatest && step.Parts.Length > 1;

    private IEnumerable<WorkingRow> Rows(Explanation step, int depth, string per, bool ratesStand)
    {
        if (step.Rate is { } rate)
        {
            if (ratesStand) yield return new WorkingRow(depth, false, Named(rate.Key), (step.Less && step.Amount != 0 ? "− " : "") + rate.Shown, Since(rate));
            yield break;
        }
        var stand = RatesStand(step);
        if (depth < Deepest) foreach (var row in step.Parts.SelectMany(p => Rows(p, depth + 1, Within(step, per), stand))) yield return row;
        var rates = step.Parts.Where(p => p.Rate is not null && !stand).Select(p => $"{p.Rate!.Shown}, {Since(p.Rate)}");
        var title = step.Person is { } person ? $"{step.Title}, {Name(person)}" : step.Title;
        var amount = !step.IsMoney || step.Amount != 0 ? $"{(step.Less && step.Amount != 0 ? "− " : "")}{step.Shown}{(step.IsMoney && per is "week" or "year" ? $" a {per}" : "")}" : "nothing";
        yield return new WorkingRow(depth, step.Parts.Any(p => p.Rate is null), title, amount, string.Join(". ", new[] { Short(step.Law?.Title) }.Concat(rates).Where(w => w.Length > 0)));
    }

    private static string Since(RateUsed rate) => $"since {LondonTime.Day(rate.Since)}{(rate.SecondHand ? " (second-hand)" : "")}";

    /// <summary>"uc.child_element.other" as a person reads it: "Child element, other".</summary>
    private static string Named(string key)
    {
        if (key == "uc.child_element.first_born_before_limit") return "First child, born before 6 April 2017";
        if (key.StartsWith("uc.work_allowance", StringComparison.Ordinal)) return key.EndsWith("with_housing", StringComparison.Ordinal) ? "Work allowance, with help for the rent" : "Work allowance, without help for the rent";
        var words = string.Join(", ", key.Split('.').SkipWhile(w => w == "uc")).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>As advisers cite it.</summary>
    private static string Short(string? law) => (law ?? "").Replace("Universal Credit Regulations 2013", "UC Regs 2013", StringComparison.Ordinal).Replace("Welfare Reform Act 2012", "WRA 2012", StringComparison.Ordinal).Replace("Social Security Contributions and Benefits Act 1992", "SSCBA 1992", StringComparison.Ordinal);

    public static string Title(Benefit benefit) => benefit switch
    {
        Benefit.UniversalCredit => "Universal Credit", Benefit.ChildBenefit => "Child Benefit", Benefit.PensionCredit => "Pension Credit", Benefit.HousingBenefit => "Housing Benefit", Benefit.CouncilTaxReduction => "Council Tax Reduction",
        Benefit.FreeSchoolMeals => "Free school meals", Benefit.HealthyStart => "Healthy Start", Benefit.CarersAllowance => "Carer’s Allowance", Benefit.StatePension => "State Pension", Benefit.PersonalIndependencePayment => "Personal Independence Payment",
        Benefit.DisabilityLivingAllowance => "Disability Living Allowance", Benefit.AttendanceAllowance => "Attendance Allowance", Benefit.WinterFuelPayment => "Winter Fuel Payment", Benefit.WarmHomeDiscount => "Warm Home Discount",
        Benefit.TaxFreeChildcare => "Tax-Free Childcare", Benefit.IncomeTax => "Income Tax", Benefit.NationalInsurance => "National Insurance", _ => "High Income Child Benefit Charge",
    };

    /// <summary>What comes in, and what goes out for tax, of one estimate.</summary>
    public static IEnumerable<(string Title, PenceRange Amount)> Sums(EntitlementEstimate estimate)
    {
        PenceRange Of(Func<MonthMoney, long> part) => new(estimate.Months.Min(m => Math.Min(part(m.Lowest), part(m.Highest))), estimate.Months.Max(m => Math.Max(part(m.Lowest), part(m.Highest))));
        yield return ("Take-home pay", Of(m => m.TakeHome));
        var credit = Of(m => m.UniversalCredit);
        yield return ("Universal Credit", estimate.Circumstances.CreditHangsOn is null ? credit : credit with { Low = 0 });
        yield return ("Child Benefit, after any charge", Of(m => m.ChildBenefit - m.Charge));
        yield return ("Pensions and Pension Credit", Of(m => m.Pensions + m.PensionCredit));
        yield return ("Housing Benefit", Of(m => m.HousingBenefit));
        yield return ("Carer’s Allowance", Of(m => m.CarersAllowance));
        yield return ("Benefits for disability", Of(m => m.DisabilityBenefits));
        yield return ("To live on, before rent and bills", estimate.ToLiveOn);
    }

    public static string InPounds(PenceRange range) => EntitlementEstimate.InPounds(range);

    /// <summary>Before the working: the benefit of their age, and why it may be nothing.</summary>
    public string Opening
    {
        get
        {
            var credit = Estimate[Benefit.UniversalCredit];
            if (credit is { Amount.High: > 0 }) return $"Universal Credit: {InPounds(credit.Amount)} a month by what they told.{(Estimate.Circumstances.CreditHangsOn is { } hangs ? " " + hangs : "")}{(Estimate.Circumstances.UniversalCreditPaid is { } now ? $" They get {now} now." : "")}";
            var older = new[] { Benefit.PensionCredit, Benefit.HousingBenefit, Benefit.CouncilTaxReduction }.Select(b => Estimate[b]).OfType<Estimated>().Where(b => b.Amount.High > 0).ToList();
            if (older.Count > 0) return $"{string.Join(", ", older.Select(b => $"{Title(b.Benefit)} {InPounds(b.Amount)}"))} a month by what they told.";
            return Estimate[Benefit.PensionCredit] is { } pension ? pension.First.Sentence : credit?.First.Sentence ?? "No Universal Credit by what they told.";
        }
    }

    /// <summary>What would move any figure that is shown, the most first.</summary>
    public IEnumerable<Change> WouldMove => Shown.SelectMany(b => b.Lowest.WouldChange).DistinctBy(c => c.Sentence).OrderByDescending(c => Math.Abs(c.ByMonth ?? 0));
}
