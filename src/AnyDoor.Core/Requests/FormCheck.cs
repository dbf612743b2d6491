using System.Globalization;
using System.Text.RegularExpressions;
using AnyDoor.Common;
using AnyDoor.Households;

namespace AnyDoor.Requests;

/// <summary>Something to put right: the field it belongs to, and the key of the sentence that says how.</summary>
public sealed record FormError(string Field, string Text, long? Limit = null);

/// <summary>Reads what was typed on the public form. Tolerant of how people write; what it cannot read it never guesses at.</summary>
/// <param name="today">In London: a date of birth lies before it, a month at or before it.</param>
public sealed partial class FormCheck(ResidentForm form, DateOnly today)
{
    private const int LongestText = 500;

    /// <summary>What is wrong on one page, in the order of its fields. Fields that this person is not asked are not looked at.</summary>
    public IReadOnlyList<FormError> Errors(FormPage page, FormAnswers answers)
    {
        var errors = new List<FormError>();
        foreach (var field in page.Fields.Where(f => answers.Holds(f.ShowWhen, form)))
        {
            var key = $"{page.Id}.{field.Id}";
            var given = answers.Of(key);
            if (given.Count == 0)
            {
                if (field.ErrorMissing is { } missing && !(field.MissingUnless is { } unless && answers.Holds(unless, form))) errors.Add(new FormError(field.Id, missing));
            }
            else if (field.Input is "text" or "textarea" && given[0].Length > (field.MaxLength ?? LongestText))
            {
                errors.Add(new FormError(field.Id, "common.too-long", field.MaxLength ?? LongestText));
            }
            else if (!Reads(key, field, given, answers))
            {
                errors.Add(new FormError(field.Id, field.ErrorInvalid ?? field.ErrorMissing ?? "common.does-not-read"));
            }
        }
        if (errors.Count == 0 && page.Fields.FirstOrDefault(f => f.Fact == FormAnswers.DoNotFact) is { } doNot && Clash(page, answers) is { } clash) errors.Add(new FormError(doNot.Id, clash));
        return errors;
    }

    /// <summary>A way to reach them, and beside it that we should not use it.</summary>
    private static string? Clash(FormPage page, FormAnswers answers)
    {
        var reach = FormReading.ReachOf(key => answers.Of($"{page.Id}.{key}"));
        if (SafeContacts.LettersGoHome(reach, answers.One("where.address") is { Length: > 0 } home ? home : null, null)) return "safe-contact.do-not.error-letter";
        return !SafeContacts.Clash(reach) ? null : reach.By switch
        {
            ContactWay.Text => "safe-contact.do-not.error-text", ContactWay.Email => "safe-contact.do-not.error-email",
            ContactWay.Phone when reach.DoNot.HasFlag(DoNot.Phone) => "safe-contact.do-not.error-phone", _ => "safe-contact.do-not.error-landline",
        };
    }

    private bool Reads(string key, FormField field, IReadOnlyList<string> given, FormAnswers answers) => field.Input switch
    {
        // A text cannot go to a house phone.
        "tel" => Phone.TryParse(given[0], out var number) && (answers.One("safe-contact.by") != "text" || Phone.IsMobile(number)),
        "email" => IsEmail(given[0]),
        "number" => Number(given[0]) is { } n && n >= (field.Min ?? 0) && n <= (field.Max ?? 1000),
        "money" => Money.TryParse(given[0], out var money) && money.Pence < 100_000_000,
        "date" => Date(given) is not null,
        "month" => Month(given[0]) is not null,
        _ when field.Parse == "ages" => Ages(given[0]) is not null,
        _ when field.Fact == "contact.postcode" => Postcode.TryParse(given[0], out _) || Outward(given[0]) is not null,
        _ => true,
    };

    public static bool IsEmail(string text) => text.Length <= 254 && Email().IsMatch(text);

    public static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Day, month, year as typed. The month may be a word. Null when there is no such day, or it is still to come.</summary>
    public DateOnly? Date(IReadOnlyList<string> typed)
    {
        if (typed is not [var d, var m, var y] || Number(d) is not { } day || (Number(m) ?? MonthByName(m)) is not { } month || Number(y) is not { } year) return null;
        if (year < today.Year - 120 || year > today.Year || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        var date = new DateOnly(year, month, day);
        return date > today ? null : date;
    }

    /// <summary>"September", "Sept 2026", "9/2026", "2026-09" as the first of that month; without a year the latest one that has begun.</summary>
    public DateOnly? Month(string typed)
    {
        var parts = typed.Split([' ', '/', '-', '.', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts is [{ Length: 4 } first, var second] && Number(first) is not null) parts = [second, first];
        if (parts.Length is not (1 or 2) || (Number(parts[0]) ?? MonthByName(parts[0])) is not (>= 1 and <= 12 and var month)) return null;
        var year = parts.Length == 2 ? Number(parts[1]) : month <= today.Month ? today.Year : today.Year - 1;
        if (year is < 100) year += 2000;
        if (year is not { } of || of < today.Year - 120) return null;
        var start = new DateOnly(of, month, 1);
        return start > today ? null : start;
    }

    /// <summary>Whole years from 0 to 17, like "7, 9 and 11".</summary>
    public static IReadOnlyList<int>? Ages(string typed)
    {
        var numbers = Digits().Matches(typed).Select(m => Number(m.Value)).ToList();
        return numbers.Count is 0 or > 15 || numbers.Any(n => n is null or > 17) || typed.Any(char.IsLetter) && !AgeWords().IsMatch(typed) ? null : [.. numbers.Select(n => n!.Value)];
    }

    /// <summary>The first part of a postcode, which is all that some people know.</summary>
    public static string? Outward(string typed)
    {
        var text = typed.Trim().ToUpperInvariant();
        return OutwardShape().IsMatch(text) ? text : null;
    }

    // People write the month in their own language whichever language the page is in.
    private static readonly CultureInfo[] Tongues = [.. new[] { "en-GB", "pl", "lt", "ro", "ur" }.Select(CultureInfo.GetCultureInfo)];

    private static int? MonthByName(string word)
    {
        if (word.Trim('.') is not { Length: >= 3 } name) return null;
        foreach (var tongue in Tongues)
        {
            for (var month = 1; month <= 12; month++)
            {
                var format = tongue.DateTimeFormat;
                if (Starts(format.MonthNames[month - 1], name, tongue) || Starts(format.MonthGenitiveNames[month - 1], name, tongue)) return month;
            }
        }
        return null;
    }

    private static bool Starts(string name, string typed, CultureInfo tongue) =>
        tongue.CompareInfo.IsPrefix(name, typed, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace);

    [GeneratedRegex(@"^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^([\s\d,;/&+.-]|and|i|ir|și|si|اور)+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AgeWords();

    [GeneratedRegex("^[A-Z]{1,2}[0-9][0-9A-Z]?$", RegexOptions.CultureInvariant)]
    private static partial Regex OutwardShape();
}
