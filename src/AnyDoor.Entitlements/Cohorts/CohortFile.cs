using System.Globalization;
using System.Text;

namespace AnyDoor.Entitlements.Cohorts;

/// <summary>Benefits that a household may be entitled to and not get.</summary>
[Flags]
public enum Received
{
    None = 0,
    UniversalCredit = 1,
    ChildBenefit = 2,
    PensionCredit = 4,
    HousingBenefit = 8,
    CouncilTaxReduction = 16,
    /// <summary>Looked at only where the file says whether a household's children have them.</summary>
    FreeSchoolMeals = 32,
}

/// <summary>A row that was left out, and why.</summary>
public sealed record RefusedRow(long Row, string Column, string Reason);

/// <summary>One household of a cohort file: a reference of the sender's own, where it is, and what it gets now. Names are never read.</summary>
/// <param name="Row">In the file, from 1 after the heading.</param>
/// <param name="SaysMeals">The file says whether its children have free school meals.</param>
/// <param name="NoMark">The file has marks of free school meals, and none for this household.</param>
public sealed record CohortHousehold(long Row, string Reference, string Place, string District, Received Gets, bool SaysMeals, bool NoMark = false);

/// <summary>A cohort as read: households and their packed facts, side by side.</summary>
public sealed class CohortData
{
    internal CohortData(List<CohortHousehold> households, PackedHousehold[] packed, List<RefusedRow> refused, long rows) => (Households, Packed, Refused, Rows) = (households, packed, refused, rows);

    public IReadOnlyList<CohortHousehold> Households { get; }
    public ReadOnlyMemory<PackedHousehold> Packed { get; }
    public IReadOnlyList<RefusedRow> Refused { get; }
    public long Rows { get; }
    /// <summary>Columns of the file that are not read, as its heading calls them: a name of somebody's, or a column by another name than <see cref="CohortFile.Columns"/> gives it.</summary>
    public IReadOnlyList<string> NotRead { get; internal init; } = [];
}

/// <summary>
/// Reads a cohort: CSV with a heading, UTF-8, pounds. <c>reference, place, district, tenure, adult1_born</c> must be there; see <see cref="Columns"/> for the rest. Dates are 1985-04-06.
/// A row is read whole or left out with its reason.
/// </summary>
public static class CohortFile
{
    /// <summary>Every column that is read. Those of adult 2 as of adult 1.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "reference", "place", "district", "region", "tenure", "rent_annual", "lha_weekly_rate", "council_tax_annual", "savings", "children_born", "children_disabled", "childcare_annual", "free_school_meals", "gets",
        .. Adult(1), .. Adult(2),
    ];

    private static IEnumerable<string> Adult(int n) => new[] { "born", "sex", "pay", "profit", "pension_contributions", "private_pension", "state_pension", "disability", "lcwra", "carer" }.Select(c => $"adult{n}_{c}");

    /// <exception cref="FormatException">The heading lacks a column that must be there, or the file is not CSV.</exception>
    public static CohortData Read(TextReader text, CancellationToken cancel = default)
    {
        var csv = new CsvRows(text);
        if (!csv.Next(out var heading)) throw new FormatException("The file is empty.");
        var at = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < heading.Count; i++)
        {
            var name = heading[i].Trim().TrimStart('\uFEFF');
            if (!at.TryAdd(name, i) && Columns.Contains(name, StringComparer.OrdinalIgnoreCase)) throw new FormatException($"The heading has two columns “{name}”.");
        }
        foreach (var must in new[] { "reference", "place", "district", "tenure", "adult1_born" })
            if (!at.ContainsKey(must)) throw new FormatException($"The heading has no column “{must}”.");
        var households = new List<CohortHousehold>();
        var packed = new PackedHousehold[1024];
        var refused = new List<RefusedRow>();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rows = 0L;
        while (csv.Next(out var cells))
        {
            cancel.ThrowIfCancellationRequested();
            if (cells.Count == 1 && cells[0].Length == 0) continue;
            rows++;
            var row = new Row(cells, at);
            try
            {
                var reference = row.Text("reference");
                if (reference.Length == 0) throw new RowProblem("reference", "There is no reference.");
                if (!seen.Add(reference)) throw new RowProblem("reference", "The reference was used already.");
                if (households.Count == packed.Length) Array.Resize(ref packed, packed.Length * 2);
                packed[households.Count] = Pack(row);
                households.Add(new CohortHousehold(rows, reference, Same(row.Text("place")), Same(row.Text("district")), Gets(row.Text("gets")) | Meals(row.Text("free_school_meals")), row.Text("free_school_meals").Length > 0, at.ContainsKey("free_school_meals") && row.Text("free_school_meals").Length == 0));
            }
            catch (RowProblem problem)
            {
                refused.Add(new RefusedRow(rows, problem.Column, problem.Message));
            }
        }
        return new CohortData(households, packed[..households.Count], refused, rows) { NotRead = [.. at.Keys.Where(name => name.Length > 0).Except(Columns, StringComparer.OrdinalIgnoreCase).Take(50).Select(name => name.Length <= 60 ? name : name[..60] + "…")] };

        string Same(string name) => texts.TryGetValue(name, out var known) ? known : texts[name] = name;
    }

    private sealed class RowProblem(string column, string reason) : Exception(reason)
    {
        public string Column { get; } = column;
    }

    private static PackedHousehold Pack(Row row)
    {
        var h = new PackedHousehold();
        h.Tenure = row.Text("tenure").ToUpperInvariant() switch
        {
            "RENT_FROM_COUNCIL" => Tenure.CouncilTenant, "RENT_FROM_HA" => Tenure.HousingAssociationTenant, "RENT_PRIVATELY" => Tenure.PrivateTenant, "OWNED_WITH_MORTGAGE" => Tenure.Mortgage, "OWNED_OUTRIGHT" => Tenure.NoHousingCosts,
            _ => throw new RowProblem("tenure", "It is none of RENT_FROM_COUNCIL, RENT_FROM_HA, RENT_PRIVATELY, OWNED_WITH_MORTGAGE, OWNED_OUTRIGHT."),
        };
        switch (row.Text("region").ToUpperInvariant())
        {
            case "SCOTLAND" or "WALES" or "NORTHERN_IRELAND":
                throw new RowProblem("region", "The rules are those of England only.");
            case "LONDON":
                h.Flags |= HouseholdFlags.London;
                break;
            case "" or "NORTH_EAST" or "NORTH_WEST" or "YORKSHIRE" or "YORKSHIRE_AND_THE_HUMBER" or "EAST_MIDLANDS" or "WEST_MIDLANDS" or "EAST_OF_ENGLAND" or "SOUTH_EAST" or "SOUTH_WEST":
                break;
            default:
                throw new RowProblem("region", "It is not a region of England, like EAST_OF_ENGLAND.");
        }
        (h.Rent, h.CouncilTax, h.Savings, h.Childcare) = (row.Pence("rent_annual"), row.Pence("council_tax_annual"), row.Pence("savings"), row.Pence("childcare_annual"));
        h.LocalHousingAllowance = row.Pence("lha_weekly_rate");
        h.LocalHousingAllowanceMonth = (int)Rules.Sums.AllowanceMonth(h.LocalHousingAllowance);
        if (h.Tenure == Tenure.PrivateTenant && row.Text("lha_weekly_rate").Length == 0) throw new RowProblem("lha_weekly_rate", "A private tenant needs it.");
        h.Claimant = Adult(row, "adult1_") ?? throw new RowProblem("adult1_born", "There is no date of birth.");
        if (Adult(row, "adult2_") is { } partner) (h.Partner, h.Flags) = (partner, h.Flags | HouseholdFlags.Couple);
        var disabled = row.Text("children_disabled").Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var born in row.Text("children_born").Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (h.ChildCount == PackedHousehold.MostChildren) throw new RowProblem("children_born", $"At most {PackedHousehold.MostChildren} children.");
            var flags = ChildFlags.InEducation | (h.Childcare > 0 ? ChildFlags.Childcare : 0);
            if (h.ChildCount < disabled.Length) flags |= disabled[h.ChildCount].ToLowerInvariant() switch { "no" => 0, "lower" => ChildFlags.Disabled, "higher" => ChildFlags.SeverelyDisabled, _ => throw new RowProblem("children_disabled", "Each is no, lower or higher, in the order of children_born.") };
            h.Children[h.ChildCount++] = new PackedPerson(Day(born, "children_born").DayNumber, (int)flags);
        }
        if (disabled.Length > h.ChildCount) throw new RowProblem("children_disabled", "It names more children than children_born.");
        return h;
    }

    private static PackedAdult? Adult(Row row, string prefix)
    {
        var born = row.Text(prefix + "born");
        if (born.Length == 0) return Adult(prefix[^2] - '0').Skip(1).FirstOrDefault(c => row.Text(c).Length > 0) is { } told ? throw new RowProblem(prefix + "born", $"There is a {told} and no date of birth.") : null;
        var flags = AdultFlags.None;
        flags |= row.Text(prefix + "sex").ToLowerInvariant() switch { "" => AdultFlags.SexNotKnown, "f" or "female" => AdultFlags.Female, "m" or "male" => 0, _ => throw new RowProblem(prefix + "sex", "It is F or M.") };
        flags |= row.Text(prefix + "disability").ToLowerInvariant() switch { "" or "no" => 0, "care" => AdultFlags.DisabilityCare | AdultFlags.DisabilityBenefit, "mobility" => AdultFlags.DisabilityBenefit, _ => throw new RowProblem(prefix + "disability", "It is no, care or mobility.") };
        flags |= row.Text(prefix + "lcwra").ToLowerInvariant() switch { "" or "no" => 0, "yes" => AdultFlags.LimitedCapabilityActivity, "protected" => AdultFlags.LimitedCapabilityActivity | AdultFlags.ProtectedRate, _ => throw new RowProblem(prefix + "lcwra", "It is no, yes or protected.") };
        flags |= row.Text(prefix + "carer").ToLowerInvariant() switch { "" or "no" => 0, "yes" => AdultFlags.Carer | AdultFlags.ClaimsCarersAllowance, _ => throw new RowProblem(prefix + "carer", "It is no or yes.") };
        var day = Day(born, prefix + "born");
        if (day.Year < 1900) throw new RowProblem(prefix + "born", "It is before 1900.");
        var profit = row.Pence(prefix + "profit");
        return new PackedAdult
        {
            Born = day.DayNumber, Flags = profit > 0 ? flags | AdultFlags.GainfullySelfEmployed : flags, Pay = row.Pence(prefix + "pay"), Profit = profit, PensionContributions = row.Pence(prefix + "pension_contributions"),
            PrivatePension = row.Pence(prefix + "private_pension"), StatePension = row.Pence(prefix + "state_pension"),
        };
    }

    private static DateOnly Day(string text, string column) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new RowProblem(column, "It is not a date like 1985-04-06.");

    private static Received Meals(string text) => text.ToLowerInvariant() switch { "" or "no" => Received.None, "yes" => Received.FreeSchoolMeals, _ => throw new RowProblem("free_school_meals", "It is yes or no, or empty when it is not known.") };

    private static Received Gets(string text)
    {
        var gets = Received.None;
        foreach (var word in text.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries))
            gets |= word.ToLowerInvariant() switch
            {
                "universal_credit" => Received.UniversalCredit, "child_benefit" => Received.ChildBenefit, "pension_credit" => Received.PensionCredit, "housing_benefit" => Received.HousingBenefit, "council_tax_reduction" => Received.CouncilTaxReduction,
                _ => throw new RowProblem("gets", "It lists universal_credit, child_benefit, pension_credit, housing_benefit, council_tax_reduction, with spaces between."),
            };
        return gets;
    }

    private readonly struct Row(List<string> cells, Dictionary<string, int> at)
    {
        public string Text(string column) => at.TryGetValue(column, out var i) && i < cells.Count ? cells[i].Trim() : "";

        public int Pence(string column)
        {
            var text = Text(column);
            if (text.Length == 0) return 0;
            if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var pounds)) throw new RowProblem(column, "It is not an amount of pounds like 1234.50.");
            if (pounds is < 0 or > 10_000_000) throw new RowProblem(column, "It is below nothing or above 10 million pounds.");
            return (int)decimal.Round(pounds * 100, MidpointRounding.AwayFromZero);
        }
    }

    /// <summary>Rows of a CSV (RFC 4180): commas, quotes doubled inside quotes, any end of line.</summary>
    private sealed class CsvRows(TextReader text)
    {
        private const int LongestCell = 100_000;
        private readonly StringBuilder _cell = new();

        public bool Next(out List<string> cells)
        {
            cells = [];
            if (text.Peek() < 0) return false;
            var quoted = false;
            while (true)
            {
                var c = text.Read();
                if (_cell.Length > LongestCell) throw new FormatException("A cell is too long: a quotation mark may not be closed.");
                if (quoted)
                {
                    if (c < 0) throw new FormatException("A quotation mark is not closed.");
                    if (c != '"') _cell.Append((char)c);
                    else if (text.Peek() == '"') _cell.Append((char)text.Read());
                    else quoted = false;
                    continue;
                }
                switch (c)
                {
                    case '"' when _cell.Length == 0:
                        quoted = true;
                        break;
                    case ',':
                        cells.Add(Take());
                        break;
                    case '\r':
                        break;
                    case < 0 or '\n':
                        cells.Add(Take());
                        return true;
                    default:
                        _cell.Append((char)c);
                        break;
                }
            }
        }

        private string Take()
        {
            var cell = _cell.ToString();
            _cell.Clear();
            return cell;
        }
    }
}
