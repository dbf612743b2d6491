using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements.Annual;

/// <summary>
/// The batch interface: JSON lines in, JSON lines out, pounds a year. It has conventions of its own, which are nowhere else: circumstances are the same all year; a month is a twelfth and a week a 52nd of it;
/// the rates of 6 April hold for the whole year; social rent is met in full; the childcare maximum follows the number of children; there is no Class 2; and the Child Benefit charge is not rounded down.
/// </summary>
public static class AnnualCases
{
    private const int LongestLine = 1 << 20, IdsRemembered = 1_000_000;

    /// <summary>The law, but for two roundings of the charge that a yearly figure leaves out, and the childcare maximum of June 2023 taken for the whole of 2023/24.</summary>
    private static readonly RateBook Book = RateBook.Official
        .With(RateId.HicbcWholePerCent, new DateOnly(2013, 1, 7), 1).With(RateId.HicbcWholePound, new DateOnly(2013, 1, 7), 1)
        .With(RateId.UcChildcareCapOneChild, Whole2023(RateId.UcChildcareCapOneChild)).With(RateId.UcChildcareCapTwoOrMore, Whole2023(RateId.UcChildcareCapTwoOrMore));

    private static readonly int FirstYear = TaxYears.Starting(Book.Known.First);
    private static readonly AssessmentYear[] Years = YearsOf(Book);

    private static IReadOnlyList<DatedValue> Whole2023(RateId id) => [.. RateBook.Official.Of(id).Values.Select(v => v.From == new DateOnly(2023, 4, 6) ? v with { Value = RateBook.Official.Month(new DateOnly(2023, 7, 6))[id] } : v)];

    /// <summary>Every year that is held, with the rates of its first day.</summary>
    internal static AssessmentYear[] YearsOf(RateBook book) => [.. Enumerable.Range(FirstYear, Book.Years.Length).Select(year => AssessmentYear.Of(year, book, _ => book.Month(TaxYears.Start(year))))];

    /// <summary>Reads cases to the end and writes one line for each, in their order. A line that cannot be worked out becomes <c>{"id", "error"}</c>; blank lines are passed over. Memory does not grow with the number of lines.</summary>
    /// <returns>How many were worked out and how many were refused.</returns>
    public static (long Done, long Refused) Run(Stream input, Stream output, CancellationToken cancel = default) => Run(input, output, Years, cancel);

    internal static (long Done, long Refused) Run(Stream input, Stream output, AssessmentYear[] years, CancellationToken cancel)
    {
        var (done, refused, number) = (0L, 0L, 0L);
        var seen = new Dictionary<ulong, long>();
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        using var lines = new Lines(input, LongestLine);
        while (lines.Next(out var line, out var tooLong))
        {
            cancel.ThrowIfCancellationRequested();
            number++;
            if (!tooLong && IsBlank(line)) continue;
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            if (tooLong ? Refuse(writer, default, $"Line {number} is longer than {LongestLine:N0} bytes.") : One(line, number, seen, years, writer)) done++;
            else refused++;
            writer.Flush();
            output.Write(buffer.WrittenSpan);
            output.WriteByte((byte)'\n');
        }
        output.Flush();
        return (done, refused);
    }

    private static bool IsBlank(ReadOnlyMemory<byte> line) => line.Span.Trim(" \t\r\n"u8).IsEmpty;

    private static bool One(ReadOnlyMemory<byte> line, long number, Dictionary<ulong, long> seen, AssessmentYear[] years, Utf8JsonWriter writer)
    {
        if (!Utf8.IsValid(line.Span)) return Refuse(writer, default, $"Line {number} is not valid UTF-8 text.");
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException)
        {
            return Refuse(writer, default, $"Line {number} is not JSON.");
        }
        using (document)
        {
            var (root, id) = (document.RootElement, default(JsonElement));
            try
            {
                (var input, id) = (root, Id(root));
                if (input.ValueKind == JsonValueKind.Object && input.TryGetProperty("input", out var inner))
                {
                    input = inner;
                    // The case's own id, or that of the line around it.
                    if (Id(inner) is { ValueKind: not JsonValueKind.Undefined } own) id = own;
                }
                if (input.ValueKind != JsonValueKind.Object) return Refuse(writer, id, $"Line {number} is not a case: an object, or an object with “input”.");
                if (id.ValueKind == JsonValueKind.Undefined) return Refuse(writer, id, $"The case on line {number} has no id.");
                var key = Fingerprint(id.GetRawText());
                if (seen.TryGetValue(key, out var before)) return Refuse(writer, id, $"The id was used already, on line {before}.");
                if (seen.Count < IdsRemembered) seen[key] = number;
                Write(AnnualCase.Read(input), id, years, writer);
                return true;
            }
            catch (Exception problem) when (problem is CaseProblemException or YearNotKnownException or RateNotKnownException)
            {
                return Refuse(writer, id, problem.Message);
            }
            catch (InvalidOperationException) when (writer.BytesCommitted + writer.BytesPending == 0)
            {
                return Refuse(writer, id, $"Line {number} is not valid text."); // half a surrogate pair in the name of a field
            }
        }
    }

    private static JsonElement Id(JsonElement of) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty("id", out var given) && (given.ValueKind == JsonValueKind.Number || IsText(given)) ? given : default;

    private static bool IsText(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.String) return false;
        try
        {
            return !given.GetRawText().Contains('\\') || given.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false; // half a surrogate pair
        }
    }

    private static bool Refuse(Utf8JsonWriter writer, JsonElement id, string sentence)
    {
        writer.WriteStartObject();
        WriteId(writer, id);
        writer.WriteString("error", sentence);
        writer.WriteEndObject();
        return false;
    }

    private static void WriteId(Utf8JsonWriter writer, JsonElement id)
    {
        writer.WritePropertyName("id");
        if (id.ValueKind == JsonValueKind.Undefined) writer.WriteNullValue();
        else id.WriteTo(writer);
    }

    /// <summary>FNV-1a.</summary>
    private static ulong Fingerprint(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    // ---- One case ---------------------------------------------------------------------------------------------

    private static void Write(AnnualCase one, JsonElement id, AssessmentYear[] years, Utf8JsonWriter w)
    {
        ref var h = ref one.Household;
        var year = years[one.Year - FirstYear];
        var p = year.First;
        YearFigures y = default;
        var notKnown = new List<string>();
        var main = true;
        try
        {
            WholeYear.Run(h, year, ref y);
        }
        catch (RateNotKnownException missing)
        {
            // Tax, contributions and Child Benefit do not hang on it.
            main = false;
            notKnown.Add(missing.Message);
            WholeYear.Run(h, year, ref y, meansTested: false);
        }
        ref var f = ref y.FirstMonth;
        var quiet = default(NoTrace);
        bool housing = main || !f.PensionAge, council = main;
        if (f.PensionAge && main)
        {
            try
            {
                Pensioners.HousingBenefit(h, y.Claimant, y.Partner, p, ref f, ref quiet);
            }
            catch (RateNotKnownException missing)
            {
                (housing, f.HousingBenefitWeekly) = (false, 0);
                notKnown.Add(missing.Message);
            }
            try
            {
                Pensioners.CouncilTaxReduction(h, y.Claimant, y.Partner, p, ref f, ref quiet);
            }
            catch (RateNotKnownException missing)
            {
                council = false;
                notKnown.Add(missing.Message);
            }
        }

        w.WriteStartObject();
        WriteId(w, id);
        w.WriteStartObject("benefit_unit");
        // Whichever of the two the household could have is null where a rate of it is not known; the other is nothing.
        bool credit = main || f.PensionAge, pension = main || !f.PensionAge;
        Known(w, "universal_credit", credit, y.UniversalCredit);
        Known(w, "universal_credit_pre_benefit_cap", credit, f.BeforeCap * 12);
        if (!f.PensionAge)
        {
            // Above the capital limit the source of the convention shows no maximum, no income from savings and no reduction; the elements and other income stand.
            var worked = f.TooMuchCapital ? 0 : 12;
            Known(w, "uc_maximum_amount", credit, f.MaximumAmount * worked);
            Known(w, "uc_standard_allowance", credit, f.StandardAllowance * 12);
            Known(w, "uc_child_element", credit, f.ChildElement * 12);
            Known(w, "uc_disability_elements", credit, (f.DisabledChildren + f.Capability) * 12);
            Known(w, "uc_LCWRA_element", credit, f.Capability * 12);
            Known(w, "uc_carer_element", credit, f.CarerElement * 12);
            Known(w, "uc_housing_costs_element", credit, f.Housing * 12);
            Known(w, "uc_non_dep_deductions", credit, f.NonDependantDeductions * 12);
            Known(w, "uc_childcare_element", credit, f.ChildcareElement * 12);
            Known(w, "uc_work_allowance", credit, f.WorkAllowance * 12);
            // The charge is no deduction from earnings in law, nor here. Where there is no award for it to change, the source of the convention shows earnings after it.
            Known(w, "uc_earned_income", credit, Math.Max(0, f.EarnedIncome * 12 - (f.BeforeCap == 0 ? y.ChildBenefitCharge : 0)));
            Known(w, "uc_unearned_income", credit, (f.UnearnedIncome - (f.TooMuchCapital ? f.TariffIncome : 0)) * 12);
            Known(w, "uc_tariff_income", credit, f.TariffIncome * worked);
            Known(w, "uc_income_reduction", credit, f.IncomeReduction * worked);
        }
        Known(w, "benefit_cap_reduction", credit, y.CapReduction);
        Pounds(w, "child_benefit", y.ChildBenefit);
        Known(w, "pension_credit", pension, (f.GuaranteeCreditWeekly + f.SavingsCreditWeekly) * 52);
        Known(w, "guarantee_credit", pension, f.GuaranteeCreditWeekly * 52);
        Known(w, "savings_credit", pension, f.SavingsCreditWeekly * 52);
        Known(w, "housing_benefit", housing, Math.Min(h.Rent, f.HousingBenefitWeekly * 52));
        w.WriteEndObject();

        w.WriteStartObject("people");
        var partner = false;
        foreach (var person in one.People)
        {
            w.WriteStartObject(person.Id);
            if (person.IsAdult)
            {
                WriteAdult(w, person, partner ? y.Partner : y.Claimant, p);
                partner = true;
            }
            else WriteChild(w, person, h, y, credit, p);
            w.WriteEndObject();
        }
        w.WriteEndObject();

        w.WriteStartObject("household");
        var winter = Others.WinterFuel(h, y.Claimant, y.Partner, f.GuaranteeCreditWeekly + f.SavingsCreditWeekly + f.UniversalCredit > 0, p, ref quiet);
        Known(w, "winter_fuel_payment", main || winter == Others.WinterFuel(h, y.Claimant, y.Partner, true, p, ref quiet), winter);
        Known(w, "council_tax_reduction", f.PensionAge && council, Math.Min(h.CouncilTax, f.CouncilTaxReductionWeekly * 52));
        w.WriteEndObject();
        if (notKnown.Count > 0)
        {
            w.WriteStartArray("not_known");
            foreach (var sentence in notKnown) w.WriteStringValue(sentence);
            w.WriteEndArray();
        }
        w.WriteEndObject();
    }

    private static void WriteAdult(Utf8JsonWriter w, AnnualPerson a, in YearTax tax, Period p)
    {
        Pounds(w, "income_tax", tax.IncomeTax + tax.ChildBenefitCharge);
        Pounds(w, "national_insurance", tax.NationalInsurance);
        Pounds(w, "CB_HITC", tax.ChildBenefitCharge);
        Pounds(w, "adjusted_net_income", tax.TotalIncome);
        Pounds(w, "carers_allowance", tax.CarersAllowance);
        var daily = a.Daily switch { "STANDARD" => p[RateId.PipDailyLivingStandard], "ENHANCED" => p[RateId.PipDailyLivingEnhanced], _ => 0 };
        var mobility = a.Mobility switch { "STANDARD" => p[RateId.PipMobilityStandard], "ENHANCED" => p[RateId.PipMobilityEnhanced], _ => 0 };
        Pounds(w, "pip", (daily + mobility) * 52);
        Pounds(w, "dla", 0);
        Pounds(w, "attendance_allowance", a.Attendance switch { "LOWER" => p[RateId.AttendanceAllowanceLower], "HIGHER" => p[RateId.AttendanceAllowanceHigher], _ => 0 } * 52);
        Pounds(w, "state_pension", a.Packed.StatePension);
        Pounds(w, "tax_free_childcare", 0);
    }

    private static void WriteChild(Utf8JsonWriter w, AnnualPerson child, in PackedHousehold h, in YearFigures y, bool credit, Period p)
    {
        Pounds(w, "income_tax", 0);
        Pounds(w, "national_insurance", 0);
        Pounds(w, "CB_HITC", 0);
        Pounds(w, "adjusted_net_income", 0);
        Pounds(w, "carers_allowance", 0);
        Pounds(w, "pip", 0);
        Pounds(w, "dla", child.Disability switch { "lower" => p[RateId.DlaCareMiddle], "higher" => p[RateId.DlaCareHighest], _ => 0 } * 52);
        Pounds(w, "attendance_allowance", 0);
        Pounds(w, "state_pension", 0);
        Known(w, "tax_free_childcare", credit, Families.TaxFreeChildcareFor(h, child.Child, child.Childcare, y.Claimant, y.Partner, y.UniversalCredit > 0, p));
    }

    private static void Known(Utf8JsonWriter w, string name, bool known, long pence)
    {
        if (known) Pounds(w, name, pence);
        else w.WriteNull(name);
    }

    private static void Pounds(Utf8JsonWriter w, string name, long pence)
    {
        w.WritePropertyName(name);
        Span<byte> text = stackalloc byte[24];
        System.Globalization.CultureInfo culture = System.Globalization.CultureInfo.InvariantCulture;
        ((decimal)pence / 100).TryFormat(text, out var length, "0.00", culture);
        w.WriteRawValue(text[..length], skipInputValidation: true);
    }

    /// <summary>Lines of a stream without their end, within one buffer; the rest of one that is too long is passed over.</summary>
    private sealed class Lines(Stream input, int longest) : IDisposable
    {
        private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        private int _from, _to;
        private bool _begun, _over;

        public bool Next(out ReadOnlyMemory<byte> line, out bool tooLong)
        {
            (line, tooLong) = (default, false);
            var searched = 0;
            while (true)
            {
                var end = _buffer.AsSpan(_from + searched, _to - _from - searched).IndexOf((byte)'\n');
                if (end >= 0)
                {
                    line = tooLong ? default : Cut(_from, searched + end);
                    _from += searched + end + 1;
                    return true;
                }
                if (_over)
                {
                    if (_from == _to && !tooLong) return false;
                    line = tooLong ? default : Cut(_from, _to - _from);
                    _from = _to;
                    return true;
                }
                searched = _to - _from;
                if (searched > longest) (tooLong, _from, searched) = (true, _to, 0);
                Fill();
            }
        }

        private ReadOnlyMemory<byte> Cut(int from, int length)
        {
            var line = _buffer.AsMemory(from, length);
            if (!_begun && line.Span.StartsWith(Encoding.UTF8.Preamble)) line = line[3..];
            _begun = true;
            return line;
        }

        private void Fill()
        {
            if (_from > 0)
            {
                _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
                (_to, _from) = (_to - _from, 0);
            }
            if (_to == _buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
                _buffer.AsSpan(0, _to).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = larger;
            }
            var read = input.Read(_buffer, _to, _buffer.Length - _to);
            _over = read == 0;
            _to += read;
        }

        public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
    }
}
