using System.CommandLine;
using System.Globalization;
using System.Text;
using AnyDoor.Entitlements;
using AnyDoor.Entitlements.Annual;
using AnyDoor.Entitlements.Cohorts;
using AnyDoor.Reporting;

namespace AnyDoor.Cli.Verbs;

/// <summary>The entitlement engine on files. These verbs use no database and write no log: they know nobody.</summary>
internal static class EntitlementsVerbs
{
    public static Command Command() => new("entitlements", "Benefits and taxes by the rules of England, for files of households.") { Evaluate(), OfCohort() };

    private static Command Evaluate()
    {
        var input = new Option<string>("--input") { Description = "JSON lines, a case each; - for standard input.", Required = true };
        var output = new Option<string>("--output") { Description = "JSON lines, a result for each case; - for standard output.", Required = true };
        var evaluate = new Command("evaluate", "Work out cases: the same circumstances all year, pounds a year. A case that cannot be worked out becomes {\"id\", \"error\"}.") { input, output };
        evaluate.SetAction((parsed, cancel) => Verb.GuardAsync(() =>
        {
            var (from, to) = (parsed.GetValue(input)!, parsed.GetValue(output)!);
            if (from != "-" && to != "-" && Same(from, to)) throw new InvalidDataException("The input and the output are the same file.");
            (long Done, long Refused) counts;
            using (var read = from == "-" ? Console.OpenStandardInput() : new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan))
            using (var write = new BufferedStream(to == "-" ? Console.OpenStandardOutput() : new FileStream(to, FileMode.Create, FileAccess.Write), 1 << 16))
                counts = AnnualCases.Run(read, write, cancel);
            if (to != "-") Verb.Print(parsed, new { evaluated = counts.Done, refused = counts.Refused }, [$"{counts.Done:N0} worked out, {counts.Refused:N0} refused."]);
            return Task.FromResult(0);
        }));
        return evaluate;
    }

    private static Command OfCohort()
    {
        var file = new Argument<string>("file") { Description = "CSV of households, without names. Columns: docs/interface.md." };
        var year = new Option<string>("--tax-year") { Description = "Like 2026/27. Default: the last that rates are held for." };
        var rates = new Option<string?>("--rates") { Description = "A scenario: a file of rates that differ from the law, or of what a crisis does to all households: docs/rates.md." };
        var local = new Option<string?>("--schemes") { Description = "A file of councils’ working-age Council Tax Reduction schemes, over those that come with this: docs/rates.md." };
        var letters = new Option<string?>("--letters") { Description = "Also write whom to write to: one row for each household, by its reference." };
        var cohort = new Command("cohort", "Entitled and not receiving, by benefit, district and place, worth a year. Counts only, to the nearest five, and none under five.") { file, year, rates, local, letters };
        cohort.SetAction((parsed, cancel) => Verb.GuardAsync(() =>
        {
            var startsIn = Year(parsed.GetValue(year));
            if (parsed.GetValue(letters) is { } into)
            {
                if (Same(parsed.GetValue(file)!, into)) throw new InvalidDataException("The file of households and the file of letters are the same file.");
                if (parsed.GetValue(rates) is { } lay && Same(lay, into)) throw new InvalidDataException("The file of rates and the file of letters are the same file.");
            }
            Scenario? scenario = null;
            var schemes = CouncilTaxScheme.Shipped;
            CohortData data;
            try
            {
                if (parsed.GetValue(rates) is { } other)
                {
                    using var stream = File.OpenRead(other);
                    scenario = Scenario.Read(stream);
                }
                if (parsed.GetValue(local) is { } own)
                {
                    using var stream = File.OpenRead(own);
                    schemes = schemes.With(CouncilTaxSchemes.Read(stream));
                }
                using var text = new StreamReader(parsed.GetValue(file)!, Encoding.UTF8);
                data = CohortFile.Read(text, cancel);
            }
            catch (FormatException wrong)
            {
                throw new InvalidDataException(wrong.Message, wrong);
            }
            CohortFindings found;
            try
            {
                found = CohortReport.Make(data, startsIn, scenario, schemes, cancel);
            }
            catch (Exception unknown) when (unknown is YearNotKnownException or RateNotKnownException)
            {
                throw new InvalidDataException(unknown.Message, unknown);
            }
            if (parsed.GetValue(letters) is { } list) WriteLetters(list, found);
            Print(parsed, found);
            return Task.FromResult(0);
        }));
        return cohort;
    }

    private static int Year(string? text)
    {
        if (text is null) return TaxYears.Starting(RateBook.Official.Known.Last);
        if (text.Length == 7 && text[4] == '/' && int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var first) && TaxYears.Of(TaxYears.Start(Math.Max(first, 1))) == text) return first;
        throw new InvalidDataException($"“{text}” is not a tax year: write it like 2026/27.");
    }

    /// <summary>One file under two paths, links followed.</summary>
    private static bool Same(string one, string other) => Place(one) == Place(other);

    private static string Place(string path) => File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path) : Path.GetFullPath(path);

    /// <summary>Whole or not at all: written beside its place, then moved there. A place that is no file, like /dev/stdout, is written to as it is.</summary>
    private static void WriteLetters(string path, CohortFindings found)
    {
        if (path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            WriteLettersTo(path, found);
            return;
        }
        var (place, part) = (Place(path), $"{Place(path)}.{Guid.NewGuid():N}.part");
        try
        {
            WriteLettersTo(part, found);
            File.Move(part, place, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static void WriteLettersTo(string path, CohortFindings found)
    {
        using var text = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        text.WriteLine("reference,district,place,benefits,worth_a_year,why");
        foreach (var letter in found.Letters)
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Cell(letter.Reference)},{Cell(letter.District)},{Cell(letter.Place)},{string.Join(' ', Names(letter.Benefits))},{letter.WorthYear / 100},{Cell(letter.Why)}"));
    }

    /// <summary>A spreadsheet must not take a cell of somebody else's for a formula.</summary>
    private static string Cell(string text)
    {
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal)) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static IEnumerable<string> Names(Received benefits) => Enum.GetValues<Received>().Where(b => b != Received.None && (benefits & b) != 0).Select(Name);

    private static string Name(Received benefit) => benefit switch { Received.UniversalCredit => "universal_credit", Received.ChildBenefit => "child_benefit", Received.PensionCredit => "pension_credit", Received.HousingBenefit => "housing_benefit", Received.FreeSchoolMeals => "free_school_meals", _ => "council_tax_reduction" };

    private static string Households(long number) => number == 1 ? "1 household" : $"{number:N0} households";

    /// <summary>As the page shows it: to the nearest five, nothing of fewer.</summary>
    private static string Count(int households) => TakeUpFound.Shown(households) is { } shown ? Households(shown) : "fewer than 5 households";

    private static string Worth(int households, long pence) => TakeUpFound.Shown(households, pence) is { } shown ? $", about £{(shown / 100).ToString("N0", CultureInfo.InvariantCulture)} a year" : "";

    private static string Change(ScenarioLine s) => TakeUpFound.Shown(s.Households, s.LawYear) is null && TakeUpFound.Shown(s.Households, s.ScenarioYear) is null
        ? s.Households == 0 ? "nothing, and nothing then" : "not shown"
        : $"about £{((TakeUpFound.Shown(s.Households, s.LawYear) ?? 0) / 100).ToString("N0", CultureInfo.InvariantCulture)} a year becomes about £{((TakeUpFound.Shown(s.Households, s.ScenarioYear) ?? 0) / 100).ToString("N0", CultureInfo.InvariantCulture)}; more of it: {Count(s.More)}; less: {Count(s.Less)}";

    private static void Print(ParseResult parsed, CohortFindings found) => Verb.Print(parsed,
        new
        {
            tax_year = found.TaxYear, rows = found.Rows, worked_out = found.Rows - found.Refused.Select(r => r.Row).Distinct().Count(), refused = found.Refused, columns_not_read = found.NotRead, letters = found.Letters.Count,
            totals = found.Totals.Select(t => new { benefit = Name(t.Benefit), households = TakeUpFound.Shown(t.Households), worth_pence_a_year = TakeUpFound.Shown(t.Households, t.WorthYear) }),
            lines = found.Lines.Where(l => l.Households >= SmallNumbers.Fewest).Select(l => new { benefit = Name(l.Benefit), district = l.District, place = l.Place, households = TakeUpFound.Shown(l.Households), worth_pence_a_year = TakeUpFound.Shown(l.Households, l.WorthYear) }),
            scenario = found.Scenario?.Select(s => new { what = s.What, law_pence_a_year = TakeUpFound.Shown(s.Households, s.LawYear), scenario_pence_a_year = TakeUpFound.Shown(s.Households, s.ScenarioYear), households_more = TakeUpFound.Shown(s.More), households_less = TakeUpFound.Shown(s.Less) }),
            scenario_changes = found.ScenarioSays, council_tax_schemes = found.Schemes,
        },
        [
            $"{Households(found.Rows)}, {found.TaxYear}. {found.Refused.Count:N0} could not be read or worked out in full.",
            .. found.Refused.Take(20).Select(r => $"  row {r.Row}, {r.Column}: {r.Reason}"),
            .. found.NotRead.Count == 0 ? Array.Empty<string>() : [$"Columns that were not read, because none is called so: {string.Join(", ", found.NotRead)}.", $"  Columns are: {string.Join(", ", CohortFile.Columns)}."],
            .. found.Schemes.Count == 0 ? ["Council Tax Reduction below pension age was not looked at: no scheme of the year is held for these districts."] : found.Schemes.Select(s => $"Council Tax Reduction below pension age in {s}"),
            "Entitled and not receiving, to the nearest five:",
            .. found.Totals.Select(t => $"  {Name(t.Benefit)}: {Count(t.Households)}{Worth(t.Households, t.WorthYear)}"),
            .. found.Lines.Where(l => l.Households >= SmallNumbers.Fewest).Select(l => $"    {Name(l.Benefit)}, {l.District}, {l.Place}: {Count(l.Households)}{Worth(l.Households, l.WorthYear)}"),
            .. found.Lines.Any(l => l.Households < SmallNumbers.Fewest) ? ["    Places with fewer than five are not listed."] : Array.Empty<string>(),
            $"Letters to write, one for each household: {found.Letters.Count:N0}.",
            .. (found.ScenarioSays ?? []).Select(s => $"  What if: {s}"),
            .. (found.Scenario ?? []).Select(s => $"  Scenario, not the law: {s.What} {Change(s)}."),
        ]);
}
