using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AnyDoor.Common;

namespace AnyDoor.Offers;

/// <summary>What a heading of a budget counts as.</summary>
public enum BudgetSide { Income, Fixed, Flexible, Saving, PriorityDebt, OtherDebt }

/// <summary>One line that is asked for, pence a month.</summary>
public sealed record BudgetLine(string Id, string Title);

/// <summary>A heading with its lines. Income and spending are those of the Standard Financial Statement (Money and Pensions Service, 2017; headings only, its spending guidelines are for its members).</summary>
public sealed record BudgetHeading(string Title, BudgetSide Side, IReadOnlyList<BudgetLine> Lines);

/// <summary>
/// What comes in and goes out in a month, as one household told it. Kept once for a request, for whoever helps next; a debt stands in the order in which it bites:
/// home, council tax, energy and courts before cards (R-INC-03). No advice on debts is given here: that is for whoever is regulated for it.
/// </summary>
public sealed partial class Budget
{
    public required Guid Id { get; init; }
    public required Guid RequestId { get; init; }
    public required Guid HouseholdId { get; init; }
    /// <summary>JSON: pence a month by line. Of a debt, what is paid off it.</summary>
    public required string Lines { get; set; }
    /// <summary>JSON: pence owed by debt line.</summary>
    public required string Owed { get; set; }
    public required DateTime At { get; set; }
    public required Guid By { get; set; }

    public BudgetSums Sums => new(Read(Lines), Read(Owed));

    public static Dictionary<string, long> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, long>>(json) ?? [];

    private static BudgetHeading Of(string title, BudgetSide side, params (string Id, string Title)[] lines) => new(title, side, [.. lines.Select(l => new BudgetLine(l.Id, l.Title))]);

    public static readonly IReadOnlyList<BudgetHeading> Headings =
    [
        Of("What comes in", BudgetSide.Income, ("pay", "Pay, after tax"), ("partner-pay", "Partner’s pay, after tax"), ("self-employed", "Own business, after tax"), ("universal-credit", "Universal Credit"), ("child-benefit", "Child Benefit"), ("disability", "Disability and carer’s benefits"), ("other-benefits", "Other benefits"), ("pensions", "Pensions and Pension Credit"), ("maintenance", "Maintenance for a child"), ("other-income", "Anything else")),
        Of("Home and contents", BudgetSide.Fixed, ("rent", "Rent"), ("mortgage", "Mortgage"), ("service-charge", "Ground rent and service charges"), ("council-tax", "Council tax"), ("home-insurance", "Home insurance"), ("tv-licence", "TV licence"), ("appliances", "Appliances and furniture on hire")),
        Of("Utilities", BudgetSide.Fixed, ("electricity", "Electricity"), ("gas", "Gas"), ("other-fuel", "Oil, coal or other fuel")),
        Of("Water", BudgetSide.Fixed, ("water", "Water and sewerage")),
        Of("Care and health costs", BudgetSide.Fixed, ("childcare", "Childcare"), ("adult-care", "Care for an adult"), ("maintenance-paid", "Maintenance paid for a child"), ("health", "Prescriptions, dentist, glasses")),
        Of("Transport and travel", BudgetSide.Fixed, ("public-transport", "Buses, trains and taxis"), ("fuel", "Fuel and parking"), ("car-insurance", "Car insurance, tax, MOT and repairs"), ("car-finance", "Car finance")),
        Of("School costs", BudgetSide.Fixed, ("school", "Uniform, clubs and trips"), ("school-meals", "School meals")),
        Of("Pensions and insurances", BudgetSide.Fixed, ("pension-paid", "Paid into a pension"), ("insurances", "Life, health and other insurance")),
        Of("Professional and other essential costs", BudgetSide.Fixed, ("professional", "Union, tools, work clothes"), ("other-essential", "Other essential costs")),
        Of("Communications and leisure", BudgetSide.Flexible, ("phone", "Phones and internet"), ("leisure", "Outings, television, hobbies and gifts")),
        Of("Food and housekeeping", BudgetSide.Flexible, ("food", "Food, cleaning and toiletries"), ("baby", "Nappies and baby things"), ("pets", "Pets")),
        Of("Personal costs", BudgetSide.Flexible, ("clothes", "Clothes and shoes"), ("personal", "Hair and other personal costs")),
        Of("Savings", BudgetSide.Saving, ("savings", "Put by")),
        Of("Debts that bite first", BudgetSide.PriorityDebt, ("rent-arrears", "Rent or mortgage"), ("council-tax-arrears", "Council tax"), ("energy-arrears", "Gas and electricity"), ("fines", "Court fines and maintenance"), ("tax-debts", "Tax and benefits paid too much"), ("hire-debts", "Hire purchase of what they need")),
        Of("Other debts", BudgetSide.OtherDebt, ("water-arrears", "Water"), ("cards", "Cards, catalogues and overdrafts"), ("loans", "Loans"), ("phone-arrears", "Phone and internet"), ("friends", "Family, friends and others")),
    ];

    public static readonly IReadOnlyList<BudgetLine> AllLines = [.. Headings.SelectMany(h => h.Lines)];
    public static bool IsDebt(BudgetSide side) => side is BudgetSide.PriorityDebt or BudgetSide.OtherDebt;

    /// <summary>Reads <c>120</c>, <c>27.50 a week</c>, <c>300 a year</c>, <c>85 every four weeks</c>: pence a month, a twelfth of the year. Nothing typed is nothing.</summary>
    public static bool TryMonthly(string? typed, out long pence)
    {
        pence = 0;
        if (string.IsNullOrWhiteSpace(typed)) return true;
        var match = Typed().Match(typed.Trim());
        if (!match.Success || !Money.TryParse(match.Groups["sum"].Value, out var sum) || sum.Pence > 1_000_000_00) return false;
        var every = match.Groups["every"].Value.ToLowerInvariant();
        pence = every.Length == 0 || every.Contains("month", StringComparison.Ordinal) || every is "pm" ? sum.Pence
            : (long)decimal.Round(new RegularSum(sum.Pence, every.Contains("four", StringComparison.Ordinal) || every.Contains('4', StringComparison.Ordinal) ? PaidEvery.FourWeeks : every.Contains("year", StringComparison.Ordinal) || every is "pa" ? PaidEvery.Year : PaidEvery.Week).YearPence / 12m, MidpointRounding.AwayFromZero);
        return true;
    }

    [GeneratedRegex(@"^(?<sum>£?\s*[\d,]+(\.\d{1,2})?)\s*(?<every>|(a|per|each|every)?\s*(month|week|year|four weeks|4 weeks)|pm|pw|pa)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Typed();

    /// <summary>As it stands in a field: pounds and pence without a sign, nothing for nothing.</summary>
    public static string? Show(long pence) => pence == 0 ? null : $"{pence / 100}.{(pence % 100).ToString("00", CultureInfo.InvariantCulture)}";
}

/// <summary>A budget added up, pence a month.</summary>
public sealed record BudgetSums(IReadOnlyDictionary<string, long> Lines, IReadOnlyDictionary<string, long> Owed)
{
    public long Of(BudgetHeading heading) => heading.Lines.Sum(l => Lines.GetValueOrDefault(l.Id));
    public long OwedOf(BudgetHeading heading) => heading.Lines.Sum(l => Owed.GetValueOrDefault(l.Id));
    public long Of(BudgetSide side) => Budget.Headings.Where(h => h.Side == side).Sum(Of);
    public long In => Of(BudgetSide.Income);
    public long Out => Of(BudgetSide.Fixed) + Of(BudgetSide.Flexible) + Of(BudgetSide.Saving);
    public long ToDebts => Of(BudgetSide.PriorityDebt) + Of(BudgetSide.OtherDebt);
    /// <summary>Below nothing: what is short.</summary>
    public long Left => In - Out - ToDebts;
    public bool AnyDebt => Budget.Headings.Any(h => Budget.IsDebt(h.Side) && (Of(h) > 0 || OwedOf(h) > 0));
}
