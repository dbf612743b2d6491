using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Places;

namespace AnyDoor.Requests;

/// <summary>What is wrong with a row: which column, a short code for grouping, and a sentence that says how to mend it.</summary>
public sealed record RowProblem(string Column, string Problem, string Reason);

/// <summary>Support that was already given, as the file says.</summary>
public sealed record RecordedSupport(string AwardType, Money Value);

/// <summary>One row read whole: the request and the support given with it.</summary>
public sealed record ReadRow(NewRequest Request, IReadOnlyList<RecordedSupport> Support)
{
    /// <summary>When the support was given, as far as the file tells.</summary>
    public DateTime GivenAt => Request.FirstContactAt ?? Request.SubmittedAt;
}

/// <summary>Reads one row by its mapping, whole or not at all. Pure but for the postcodes in memory.</summary>
public sealed class RowReader
{
    private readonly Mapping mapping;
    private readonly PostcodeDirectory postcodes;
    private readonly DateOnly today;
    private readonly Dictionary<string, int> columns = [];
    private readonly Dictionary<string, Dictionary<string, MappingWord>> words = [];

    /// <exception cref="InvalidDataException">The file lacks columns that the mapping names; the sentence lists them.</exception>
    public RowReader(Mapping mapping, IReadOnlyList<string> header, PostcodeDirectory postcodes, DateOnly today)
    {
        (this.mapping, this.postcodes, this.today) = (mapping, postcodes, today);
        var missing = mapping.Columns.Where(c => !header.Contains(c.Column)).Select(c => c.Column).ToList();
        if (missing.Count > 0)
            throw new InvalidDataException($"The file lacks {(missing.Count == 1 ? "the column" : "the columns")} {string.Join(", ", missing.Select(m => $"“{m}”"))}, which the mapping “{mapping.Id}” needs. Nothing was loaded.");
        foreach (var column in mapping.Columns) columns[column.Field] = header.ToList().IndexOf(column.Column);
        foreach (var (name, list) in new (string, IReadOnlyList<MappingWord>)[]
        {
            ("door", mapping.Words.Doors), ("area", mapping.Words.Areas), ("for", mapping.Words.ApplyingFor), ("yes", mapping.Words.YesNo), ("contact", mapping.Words.ContactBy),
            ("language", mapping.Words.Languages), ("need", mapping.Words.Needs), ("meter", mapping.Words.Meters), ("urgency", mapping.Words.Urgency),
            ("support", mapping.Words.Support), ("passed", mapping.Words.PassedTo),
        })
            words[name] = list.SelectMany(w => w.Words.Append(w.Id), (w, text) => (Key: Mapping.Fold(text), Word: w)).DistinctBy(x => x.Key).ToDictionary(x => x.Key, x => x.Word);
    }

    /// <summary>The row's content in one line: the same after trimming means the same row.</summary>
    public static string Fingerprint(string schemeId, IEnumerable<string> cells) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(schemeId + "\n" + JsonSerializer.Serialize(cells.Select(c => c.Trim())))));

    /// <summary>The row’s own reference; empty when there is none that can be kept.</summary>
    public string Reference(IReadOnlyList<string> cells) => Cell(cells, "reference") is var reference && HoldsNoText(reference) ? "" : reference;

    public (ReadRow? Row, RowProblem? Problem) Read(IReadOnlyList<string> cells)
    {
        try { return (ReadOrThrow(cells), null); }
        catch (RowException error) { return (null, error.Problem); }
    }

    private ReadRow ReadOrThrow(IReadOnlyList<string> cells)
    {
        foreach (var (field, column) in columns)
            if (column < cells.Count && HoldsNoText(cells[column])) throw Problem(field, "not-text", "This holds a character that is not text (a null). Type it again without it, or leave it empty.");

        var name = string.Join(' ', new[] { Cell(cells, "person.first_name"), Cell(cells, "person.last_name") }.Where(n => n.Length > 0));
        if (name.Length == 0) throw Problem("person.first_name", "no-name", "There is no name. Ask whoever took the request, or leave the row out.");
        if (name.Length > 200) throw Problem("person.first_name", "no-name", "This name is longer than 200 letters. Put in the name, and the rest in the person’s own words.");

        var submittedText = Cell(cells, "submitted_at");
        if (!TryDateTime(submittedText, out var submittedAt))
            throw Problem("submitted_at", "submitted-at", submittedText.Length == 0 ? "It does not say when the form came. Put it in, like 04/12/2020 17:20."
                : $"“{submittedText}” is not a date and time. Put in when the form came, like 04/12/2020 17:20.");
        if (LondonTime.DayOf(submittedAt) > today) throw Problem("submitted_at", "submitted-at", $"{submittedText} has not come yet. Put in when the form came.");

        var born = ReadDateOfBirth(Cell(cells, "person.date_of_birth"), LondonTime.DayOf(submittedAt));
        var (district, postcode) = ReadPlace(Cell(cells, "district"), Cell(cells, "contact.postcode"));
        var support = ReadSupport(Cell(cells, "awards[].type"), Cell(cells, "awards[].pence"));
        var needs = List(Cell(cells, "needs")).Select(n => Word("need", "needs", n).Id).ToList();
        if (needs.Count == 0) throw Problem("needs", "word-unknown", "It does not say what is needed. Put in at least one need.");
        var ownWords = Cell(cells, "needs.own_words");
        var forSomeoneElse = Optional("for", "for", Cell(cells, "for"))?.Id == "someone-else";
        var (adults, children) = (Number(cells, "household.adults"), Number(cells, "household.children"));
        var language = Optional("language", "language", Cell(cells, "language"))?.Id;
        var contactedText = Cell(cells, "contacted_at");
        DateTime? contactedAt = null;
        if (contactedText.Length > 0)
        {
            contactedAt = TryDateTime(contactedText, out var at) ? at : throw Problem("contacted_at", "contacted-at", $"“{contactedText}” is not a date and time. Put in when they were contacted, like 04/12/2020 17:20, or leave it empty.");
            if (LondonTime.DayOf(contactedAt.Value) > today) throw Problem("contacted_at", "contacted-at", $"{contactedText} has not come yet. Put in when they were contacted, or leave it empty.");
        }
        var passed = Optional("passed", "handover.kind", Cell(cells, "handover.kind"));
        var contact = ReadContact(cells, ownWords, out var hideAddress);

        var answers = new List<NewAnswer>();
        void Add(string fact, object? value) { if (value is not null) answers.Add(new NewAnswer(fact, JsonSerializer.Serialize(value))); }
        Add("household.adults", adults);
        Add("household.children", children);
        var ages = List(Cell(cells, "household.ages")).Select(a => int.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var age) && age < 26 ? age
            : throw Problem("household.ages", "number", $"“{a}” is not an age. Write the children’s ages in figures, like 7; 9; 11.")).ToList();
        if (ages.Count > 0) Add("household.youngest_age", ages.Min());
        Add("energy.meter", Optional("meter", "energy.meter", Cell(cells, "energy.meter"))?.Id);

        var year = submittedAt.Year;
        List<NewPerson> people = [new(name, MemberRole.Applicant, born), .. ages.Select(age => new NewPerson("", MemberRole.Child, BirthYear: year - age))];
        return new ReadRow(new NewRequest
        {
            DoorId = Word("door", "door", Cell(cells, "door")).Id,
            People = people,
            Contact = contact,
            Urgency = (Optional("urgency", "needs.urgency", Cell(cells, "needs.urgency"))?.Id) switch { "today" => Urgency.Today, "this-week" => Urgency.ThisWeek, _ => Urgency.Soon },
            UrgencyWhy = ownWords.Length == 0 ? null : ownWords,
            SubmittedAt = submittedAt,
            Invented = mapping.Invented,
            ForSomeoneElse = forSomeoneElse,
            PermissionGiven = !forSomeoneElse || Optional("yes", "permission", Cell(cells, "permission"))?.Id == "yes",
            Address = Cell(cells, "contact.address") is { Length: > 0 } lines ? lines : null,
            Postcode = postcode,
            District = district,
            AddressHidden = hideAddress,
            Needs = needs,
            Answers = answers,
            Words = ownWords.Length == 0 ? null : ownWords,
            Language = language,
            HouseholdSize = adults is null && children is null ? null : (adults ?? 1) + (children ?? 0),
            FirstContactAt = contactedAt,
            PassedTo = passed?.Name,
            Status = support.Count > 0 ? RequestStatus.Helped : passed is not null ? RequestStatus.HandedOver : RequestStatus.Waiting,
        }, support);
    }

    private DateOnly? ReadDateOfBirth(string text, DateOnly asOf)
    {
        if (text.Length == 0) return null;
        if (!DateOnly.TryParseExact(text, [.. mapping.File.DateFormats], CultureInfo.InvariantCulture, DateTimeStyles.None, out var born))
            throw Problem("person.date_of_birth", "date-of-birth", DateSentence(text));
        if (born > asOf) throw Problem("person.date_of_birth", "date-of-birth", $"{text} is after the request came. Ask the person, or take the row without a date of birth.");
        if (born < asOf.AddYears(-120)) throw Problem("person.date_of_birth", "date-of-birth", $"{text} is more than 120 years ago. Ask the person, or take the row without a date of birth.");
        return born;
    }

    /// <summary>Says what is wrong with a date; a likely reading is offered, never taken.</summary>
    private static string DateSentence(string text)
    {
        var parts = text.Split('/', '-', '.');
        if (parts.Length == 3 && parts.All(p => p.Length is 1 or 2 or 4 && p.All(char.IsAsciiDigit)) && parts[2].Length == 4)
        {
            var (day, month, year) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
            if (month is > 12 or 0)
                return day is >= 1 and <= 12 && month is >= 1 and <= 31 && year is > 1880 and < 2100 && month <= DateTime.DaysInMonth(year, day)
                    ? $"There is no month {month}. It may be day and month the other way round: {LondonTime.Day(new DateOnly(year, day, month))}?"
                    : $"There is no month {month}. Put it in like 28/02/1980, or take the row without a date of birth.";
            if (year is > 1880 and < 2100 && day >= 1 && day <= DateTime.DaysInMonth(year, month)) return $"Put “{text}” in with two figures for the day and the month, like {day:00}/{month:00}/{year}.";
            if (year is > 1880 and < 2100) return $"There was no {day} {CultureInfo.GetCultureInfo("en-GB").DateTimeFormat.GetMonthName(month)} in {year}. Ask the person, or take the row without a date of birth.";
        }
        if (parts is [{ Length: 4 }] && parts[0].All(char.IsAsciiDigit)) return $"“{text}” is only a year. Put in the day and month too, like 28/02/1980, or take the row without a date of birth.";
        return $"“{text}” is not a date. Put it in like 28/02/1980, or take the row without a date of birth.";
    }

    private (string? District, Postcode? Postcode) ReadPlace(string area, string text)
    {
        var district = area.Length == 0 ? null : Word("area", "district", area).Code;
        var wellFormed = Postcode.TryParse(text, out var postcode);
        if (district is not null) return (district, wellFormed ? postcode : null);
        if (text.Length == 0) throw Problem("district", "place", "Nothing says where this is. Add a postcode or an area, or choose “no fixed address”.");
        if (!wellFormed)
            throw Problem("contact.postcode", "place", text.Length <= 4 ? $"“{text}” is only the start of a postcode, and no area is given. Ask for the rest, or add the area."
                : $"“{text}” is not a postcode, and no area is given. Correct it, or add the area.");
        if (!postcodes.Any) return (null, postcode); // area not known until postcodes are loaded
        return postcodes.Find(postcode) is { } found ? (found.District, postcode)
            : throw Problem("contact.postcode", "place", $"No area is given and the postcode {postcode} is not in the list. Correct it, or add the area.");
    }

    private List<RecordedSupport> ReadSupport(string types, string values)
    {
        var (kinds, amounts) = (List(types), List(values));
        if (kinds.Count != amounts.Count)
            throw Problem("awards[].pence", "value", kinds.Count == 0 ? $"There is a value, {values}, but it does not say what was given. Add the support, or take the value out."
                : $"There {(kinds.Count == 1 ? "is 1 kind" : $"are {kinds.Count} kinds")} of help and {(amounts.Count == 1 ? "1 value" : $"{amounts.Count} values")}. Write one value for each, like £32.00; £39.00.");
        return [.. kinds.Zip(amounts, (kind, amount) => Money.TryParse(amount, out var money) && money.Pence > 0 && money <= Ledger.Most
            ? new RecordedSupport(Word("support", "awards[].type", kind).Id, money)
            : throw Problem("awards[].pence", "value", $"“{amount}” is not an amount. Write it in figures, like 50.00."))];
    }

    private NewSafeContact ReadContact(IReadOnlyList<string> cells, string ownWords, out bool hideAddress)
    {
        hideAddress = false;
        var way = Optional("contact", "safety.contact_by", Cell(cells, "safety.contact_by"));
        var by = DoNotWords.Way(way?.By);
        var doNot = DoNotWords.Read(way?.DoNot);
        var check = false;
        foreach (var pattern in mapping.SafeContact.Patterns.Where(p => ownWords.Length > 0 && p.Matches(ownWords)))
        {
            doNot |= DoNotWords.Read(pattern.DoNot);
            check |= pattern.CheckBeforeContact;
            hideAddress |= pattern.HideAddress;
        }
        var phoneText = Cell(cells, "contact.phone");
        string? phone = null;
        if (phoneText.Length > 0)
            phone = Phone.TryParse(phoneText, out var number) ? number : throw Problem("contact.phone", "phone", $"“{phoneText}” is not a telephone number. Write it like 07700 900123, or leave it empty.");
        var email = Cell(cells, "contact.email");
        if (email.Length > 0 && !(email.Contains('@', StringComparison.Ordinal) && email.Length <= 254 && !email.Contains(' ', StringComparison.Ordinal)))
            throw Problem("contact.email", "email", $"“{email}” is not an email address. Correct it, or leave it empty.");
        return new NewSafeContact(by, doNot, Phone: phone, Email: email.Length == 0 ? null : email, CheckBeforeContact: check, Words: check ? ownWords : null);
    }

    /// <summary>No database of ours keeps this character in a text.</summary>
    private static bool HoldsNoText(string cell) => cell.Contains('\0', StringComparison.Ordinal);

    private string Cell(IReadOnlyList<string> cells, string field) =>
        columns.TryGetValue(field, out var column) && column < cells.Count ? cells[column].Replace('\u00a0', ' ').Trim() : "";

    private List<string> List(string text) => [.. text.Split(mapping.File.ListSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private int? Number(IReadOnlyList<string> cells, string field)
    {
        var text = Cell(cells, field);
        if (text.Length == 0) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 30 ? number
            : throw Problem(field, "number", $"“{text}” is not a number of people. Write it in figures, like 2.");
    }

    private bool TryDateTime(string text, out DateTime utc)
    {
        utc = default;
        if (!DateTime.TryParseExact(text, [.. mapping.File.DateTimeFormats], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year < 2000) return false;
        utc = LondonTime.ToUtc(local);
        return true;
    }

    private MappingWord? Optional(string list, string field, string text) => text.Length == 0 ? null : Word(list, field, text);

    private MappingWord Word(string list, string field, string text) =>
        words[list].GetValueOrDefault(Mapping.Fold(text)) ?? throw Problem(field, "word-unknown",
            text.Length == 0 ? $"This column is empty. Put in one of: {Known(list)}."
            : $"“{(text.Length > 60 ? text[..60] + "…" : text)}” is not one of the words this column uses: {Known(list)}. Correct it, or add the word to the mapping.");

    private string Known(string list) => string.Join(", ", words[list].Values.Distinct().Select(w => w.Words[0]));

    private RowException Problem(string field, string problem, string reason) => new(new RowProblem(mapping.ColumnOf(field) ?? field, problem, reason));

#pragma warning disable CA1032, CA1064 // never leaves this class
    private sealed class RowException(RowProblem problem) : Exception(problem.Reason)
    {
        public RowProblem Problem => problem;
    }
#pragma warning restore CA1032, CA1064
}
