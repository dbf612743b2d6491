using System.CommandLine;
using System.Globalization;
using System.Text;
using AnyDoor.Common;
using AnyDoor.Entitlements;
using AnyDoor.Entitlements.Annual;
using AnyDoor.Entitlements.Cohorts;

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
        var rates = new Option<string?>("--rates") { Description = "A scenario: a file of rates that differ from the law." };
        var letters = new Option<string?>("--letters") { Description = "Also write whom to write to: one row for each household, by its reference." };
        var cohort = new Command("cohort", "Entitled and not receiving, by benefit, district and place, worth a year. Counts only.") { file, year, rates, letters };
        cohort.SetAction((parsed, cancel) => Verb.GuardAsync(() =>
        {
            var startsIn = Year(parsed.GetValue(year));
            if (parsed.GetValue(letters) is { } into)
            {
                if (Same(parsed.GetValue(file)!, into)) throw new InvalidDataException("The file of households and the file of letters are the same file.");
                if (parsed.GetValue(rates) is { } lay && Same(lay, into)) throw new InvalidDataException("The file of rates and the file of letters are the same file.");
            }
            RateBook? scenario = null;
            CohortData data;
            try
            {
                if (parsed.GetValue(rates) is { } other)
                {
                    using var stream = File.OpenRead(other);
                    scenario = RateBook.Official.With(stream);
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
                found = CohortReport.Make(data, startsIn, scenario, cancel);
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
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Cell(letter.Reference)},{Cell(letter.District)},{Cell(letter.Place)},{string.Join(' ', Names(letter.Benefits))},{letter.WorthYear / 100m:0.00},{Cell(letter.Why)}"));
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

    private static void Print(ParseResult parsed, CohortFindings found) => Verb.Print(parsed,
        new
        {
            tax_year = found.TaxYear, rows = found.Rows, worked_out = found.Rows - found.Refused.Count, refused = found.Refused, letters = found.Letters.Count,
            totals = found.Totals.Select(t => new { benefit = Name(t.Benefit), households = t.Households, worth_pence_a_year = t.WorthYear }),
            lines = found.Lines.Select(l => new { benefit = Name(l.Benefit), district = l.District, place = l.Place, households = l.Households, worth_pence_a_year = l.WorthYear }),
            scenario = found.Scenario?.Select(s => new { what = s.What, law_pence_a_year = s.LawYear, scenario_pence_a_year = s.ScenarioYear, households_more = s.More, households_less = s.Less }),
        },
        [
            $"{Households(found.Rows)}, {found.TaxYear}. {found.Refused.Count:N0} could not be read.",
            .. found.Refused.Take(20).Select(r => $"  row {r.Row}, {r.Column}: {r.Reason}"),
            "Entitled and not receiving:",
            .. found.Totals.Select(t => $"  {Name(t.Benefit)}: {Households(t.Households)}, {new Money(t.WorthYear)} a year"),
            .. found.Lines.Select(l => $"    {Name(l.Benefit)}, {l.District}, {l.Place}: {Households(l.Households)}, {new Money(l.WorthYear)} a year"),
            $"Letters to write, one for each household: {found.Letters.Count:N0}.",
            .. (found.Scenario ?? []).Select(s => $"  Scenario, not the law: {s.What} {new Money(s.LawYear)} a year becomes {new Money(s.ScenarioYear)}; more of it: {Households(s.More)}; less: {Households(s.Less)}."),
        ]);
}
