using System.Text.Json;

namespace AnyDoor.Entitlements.Annual;

/// <summary>What is wrong with a case, in a sentence.</summary>
public sealed class CaseProblemException(string sentence) : Exception(sentence);

/// <summary>One line of the batch: a household whose circumstances are the same all year.</summary>
internal sealed class AnnualCase
{
    private const int Most = 10_000_000;

    private static readonly string[] English = ["NORTH_EAST", "NORTH_WEST", "YORKSHIRE", "YORKSHIRE_AND_THE_HUMBER", "EAST_MIDLANDS", "WEST_MIDLANDS", "EAST_OF_ENGLAND", "LONDON", "SOUTH_EAST", "SOUTH_WEST"];
    private static readonly Dictionary<string, Tenure> Tenures = new(StringComparer.Ordinal)
    {
        ["RENT_FROM_COUNCIL"] = Tenure.CouncilTenant, ["RENT_FROM_HA"] = Tenure.HousingAssociationTenant, ["RENT_PRIVATELY"] = Tenure.PrivateTenant, ["OWNED_WITH_MORTGAGE"] = Tenure.Mortgage, ["OWNED_OUTRIGHT"] = Tenure.NoHousingCosts,
    };

    public int Year { get; private set; }
    public PackedHousehold Household;
    public List<AnnualPerson> People { get; } = [];

    /// <exception cref="CaseProblemException">The case cannot be worked out; the message says why.</exception>
    public static AnnualCase Read(JsonElement input)
    {
        var read = new AnnualCase { Year = ReadYear(input) };
        ref var h = ref read.Household;
        var region = Word(input, "region") ?? throw new CaseProblemException("The case has no region.");
        if (region is "SCOTLAND" or "WALES" or "NORTHERN_IRELAND") throw new CaseProblemException($"The region {region} is not in England. The rules here are those of England only.");
        if (!English.Contains(region)) throw new CaseProblemException($"The region “{Short(region)}” is not known.");
        if (region == "LONDON") h.Flags |= HouseholdFlags.London;
        var tenure = Word(input, "tenure") ?? throw new CaseProblemException("The case has no tenure.");
        h.Tenure = Tenures.TryGetValue(tenure, out var known) ? known : throw new CaseProblemException($"The tenure “{Short(tenure)}” is not known.");
        h.Rent = h.Rents ? Pence(input, "rent_annual") ?? throw new CaseProblemException("A tenant needs rent_annual.") : 0;
        if (h.Tenure == Tenure.PrivateTenant)
        {
            h.LocalHousingAllowance = Pence(input, "lha_weekly_rate") ?? throw new CaseProblemException("A private tenant needs lha_weekly_rate.");
            // The convention: 52 of the weekly rate in a year, where the law has a monthly one.
            h.LocalHousingAllowanceMonth = (int)Rules.Sums.WeekToMonth(h.LocalHousingAllowance);
        }
        h.CouncilTax = Pence(input, "council_tax_annual") ?? 0;
        h.Savings = Pence(input, "savings") ?? 0;
        read.ReadPeople(input, ref h);
        ReadNonDependant(input, read.Year, ref h);
        return read;
    }

    private static int ReadYear(JsonElement input)
    {
        var text = Word(input, "tax_year");
        var number = Whole(input, "fiscal_year", 1900, 2999);
        if (text is null && number is null) throw new CaseProblemException("The case has no tax_year and no fiscal_year.");
        if (text is not null)
        {
            if (text.Length != 7 || text[4] != '/' || !int.TryParse(text.AsSpan(0, 4), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var first) || text[5..] != ((first + 1) % 100).ToString("00", System.Globalization.CultureInfo.InvariantCulture))
                throw new CaseProblemException($"The tax year “{Short(text)}” is not one: write it like 2025/26.");
            if (number is { } given && given != first) throw new CaseProblemException($"tax_year {text} and fiscal_year {given} are not the same year.");
            number = first;
        }
        var years = RateBook.Official.Known;
        if (number < TaxYears.Starting(years.First) || number > TaxYears.Starting(years.Last)) throw new YearNotKnownException(TaxYears.Start(number!.Value), $"{RateBook.Official.Years[0]} to {RateBook.Official.Years[^1]}");
        return number!.Value;
    }

    private void ReadPeople(JsonElement input, ref PackedHousehold h)
    {
        if (!input.TryGetProperty("people", out var people) || people.ValueKind != JsonValueKind.Array) throw new CaseProblemException("The case has no list of people.");
        var (adults, childcare) = (0, 0L);
        foreach (var one in people.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.Object) throw new CaseProblemException("A person in people is not an object.");
            var id = Word(one, "id") ?? throw new CaseProblemException("A person has no id.");
            if (People.Exists(p => p.Id == id)) throw new CaseProblemException($"Two people have the id “{Short(id)}”.");
            switch (Word(one, "role"))
            {
                case "adult":
                    if (++adults > 2) throw new CaseProblemException("A benefit unit has at most two adults; put another adult in non_dependant.");
                    var adult = ReadAdult(one, id);
                    if (adults == 1) h.Claimant = adult.Packed;
                    else (h.Partner, h.Flags) = (adult.Packed, h.Flags | HouseholdFlags.Couple);
                    People.Add(adult);
                    break;
                case "child":
                    if (h.ChildCount == PackedHousehold.MostChildren) throw new CaseProblemException($"A household has at most {PackedHousehold.MostChildren} children here.");
                    var child = ReadChild(one, id);
                    h.Children[h.ChildCount++] = child.Child;
                    // Universal Credit Regulations 2013 reg. 35: to the 31 August after the 16th birthday.
                    if (child.Child.Born >= RateBook.Official.Month(TaxYears.Start(Year)).LeftAt16) childcare += child.Childcare;
                    People.Add(child);
                    break;
                case null:
                    throw new CaseProblemException($"The person “{Short(id)}” has no role.");
                case var role:
                    throw new CaseProblemException($"The role “{Short(role)}” of “{Short(id)}” is not known: adult or child.");
            }
        }
        if (h.ChildCount > 1) h.Flags |= HouseholdFlags.SeveralInChildcare;
        if (adults == 0) throw new CaseProblemException("The case has no adult.");
        if (childcare > Most * 100L) throw new CaseProblemException("The childcare of all children together is too much.");
        h.Childcare = (int)childcare;
    }

    private AnnualPerson ReadAdult(JsonElement one, string id)
    {
        var age = Whole(one, "age", 16, 110, id) ?? throw new CaseProblemException($"The adult “{Short(id)}” has no age.");
        var flags = AdultFlags.NoClass2;
        if (Choice(one, "gender", id, "MALE", "FEMALE") == "FEMALE") flags |= AdultFlags.Female;
        var daily = Choice(one, "pip_daily_living", id, "NONE", "STANDARD", "ENHANCED");
        var mobility = Choice(one, "pip_mobility", id, "NONE", "STANDARD", "ENHANCED");
        var attendance = Choice(one, "attendance_allowance", id, "NONE", "LOWER", "HIGHER");
        if (daily != "NONE" || attendance != "NONE") flags |= AdultFlags.DisabilityCare | AdultFlags.DisabilityBenefit;
        if (mobility != "NONE") flags |= AdultFlags.DisabilityBenefit;
        if (Bool(one, "lcwra", id) == true) flags |= AdultFlags.LimitedCapabilityActivity;
        if (Bool(one, "lcwra_claim_began_before_2026_04_06", id) != false) flags |= AdultFlags.ProtectedRate;
        if ((Number(one, "care_hours_per_week", 0, 168, id) ?? 0) >= 35) flags |= AdultFlags.Carer | AdultFlags.ClaimsCarersAllowance;
        _ = Number(one, "weekly_hours", 0, 168, id);
        var profit = Pence(one, "self_employment_income", id) ?? 0;
        if (profit > 0) flags |= AdultFlags.GainfullySelfEmployed;
        if (Bool(one, "uc_start_up_period", id) == true) flags |= AdultFlags.StartUp;
        var packed = new PackedAdult
        {
            Born = Born(age), Flags = flags, Pay = Pence(one, "employment_income", id) ?? 0, Profit = profit, PensionContributions = Pence(one, "employee_pension_contributions", id) ?? 0,
            PrivatePension = Pence(one, "private_pension_income", id) ?? 0, StatePension = Pence(one, "state_pension_annual", id) ?? 0,
        };
        return new AnnualPerson(id, true, packed, default, 0, daily, mobility, attendance, "NONE");
    }

    private AnnualPerson ReadChild(JsonElement one, string id)
    {
        var age = Whole(one, "age", 0, 19, id) ?? throw new CaseProblemException($"The child “{Short(id)}” has no age.");
        var born = Born(age);
        // The answer decides, not the birthday that the age would give.
        if (Bool(one, "born_before_6_april_2017", id) is { } before) born = before ? Math.Min(born, Limit - 1) : Math.Max(born, Limit);
        var disability = Choice(one, "disability", id, "none", "lower", "higher");
        var childcare = Pence(one, "childcare_expenses_annual", id) ?? 0;
        var flags = ChildFlags.InEducation | (childcare > 0 ? ChildFlags.Childcare : 0) | disability switch { "lower" => ChildFlags.Disabled, "higher" => ChildFlags.SeverelyDisabled, _ => 0 };
        return new AnnualPerson(id, false, default, new PackedPerson(born, (int)flags), childcare, "NONE", "NONE", "NONE", disability);
    }

    private const string NonDependant = "non_dependant";
    private static readonly int Limit = new DateOnly(2017, 4, 6).DayNumber;

    private static void ReadNonDependant(JsonElement input, int year, ref PackedHousehold h)
    {
        if (!input.TryGetProperty("non_dependant", out var other) || other.ValueKind == JsonValueKind.Null) return;
        if (other.ValueKind != JsonValueKind.Object) throw new CaseProblemException("non_dependant is neither null nor a person.");
        var age = Whole(other, "age", 16, 110) ?? throw new CaseProblemException("The non-dependant has no age.");
        var earned = (long)(Pence(other, "employment_income") ?? 0) + (Pence(other, "self_employment_income") ?? 0);
        var gross = earned + (Pence(other, "private_pension_income") ?? 0) + (Pence(other, "state_pension_annual") ?? 0);
        if (gross > Most * 100L) throw new CaseProblemException("The income of the non-dependant is too much.");
        var flags = earned > 0 && (Number(other, "weekly_hours", 0, 168) ?? 16) >= 16 ? NonDependantFlags.Works : NonDependantFlags.None;
        if (Choice(other, "pip_daily_living", NonDependant, "NONE", "STANDARD", "ENHANCED") != "NONE" || Choice(other, "attendance_allowance", NonDependant, "NONE", "LOWER", "HIGHER") != "NONE") flags |= NonDependantFlags.CareBenefit;
        if ((Number(other, "care_hours_per_week", 0, 168) ?? 0) >= 35) flags |= NonDependantFlags.CarersAllowance;
        h.NonDependants[0] = new PackedPerson(new DateOnly(year - age, 4, 6).DayNumber, (int)flags);
        h.NonDependantIncomes[0] = (int)gross;
        h.NonDependantCount = 1;
    }

    /// <summary>6 April of the tax year, less the age: the age is then the same all year.</summary>
    private int Born(int age) => new DateOnly(Year - age, 4, 6).DayNumber;

    // ---- One field --------------------------------------------------------------------------------------------

    private static string Of(string? person) => person is null ? "" : $" of “{Short(person)}”";

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static JsonElement? Field(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? Word(JsonElement of, string name) => Field(of, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => Text(text, name),
        _ => throw new CaseProblemException($"{name} is not a text."),
    };

    private static string Text(JsonElement text, string name)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new CaseProblemException($"{name} is not valid text.");
        }
    }

    private static string Choice(JsonElement of, string name, string person, params ReadOnlySpan<string> known)
    {
        var text = Word(of, name);
        if (text is null) return known[0];
        foreach (var one in known)
            if (one == text) return one;
        throw new CaseProblemException($"The {name} “{Short(text)}”{Of(person)} is not known: {string.Join(", ", known)}.");
    }

    private static bool? Bool(JsonElement of, string name, string person) => Field(of, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new CaseProblemException($"{name}{Of(person)} is neither true nor false."),
    };

    private static decimal? Number(JsonElement of, string name, decimal least, decimal most, string? person = null)
    {
        if (Field(of, name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Number) throw new CaseProblemException($"{name}{Of(person)} is not a number.");
        if (value.GetRawText() is var raw && raw.Length > 40 || !value.TryGetDecimal(out var number)) throw new CaseProblemException($"{name}{Of(person)} is out of range.");
        if (number < 0 && least == 0) throw new CaseProblemException($"{name}{Of(person)} is negative.");
        if (number < least || number > most) throw new CaseProblemException($"{name}{Of(person)} is {number.ToString("G29", System.Globalization.CultureInfo.InvariantCulture)}; it must be from {least:0} to {most:0}.");
        return number;
    }

    private static int? Whole(JsonElement of, string name, int least, int most, string? person = null)
    {
        if (Number(of, name, least, most, person) is not { } number) return null;
        return number == decimal.Truncate(number) ? (int)number : throw new CaseProblemException($"{name}{Of(person)} is not a whole number.");
    }

    private static int? Pence(JsonElement of, string name, string? person = null) => Number(of, name, 0, Most, person) is { } pounds ? (int)decimal.Round(pounds * 100, MidpointRounding.AwayFromZero) : null;
}

/// <summary>A person of the benefit unit, as given.</summary>
internal sealed record AnnualPerson(string Id, bool IsAdult, PackedAdult Packed, PackedPerson Child, int Childcare, string Daily, string Mobility, string Attendance, string Disability);
