using System.Globalization;
using AnyDoor.Common;

namespace AnyDoor.Requests;

/// <summary>One line of an answer: a text key with a value in it, or the person's own words.</summary>
public sealed record CheckLine(string? Text, string? Value);

public sealed record CheckRow(string Label, string Page, IReadOnlyList<CheckLine> Lines);

public sealed record CheckSection(string Title, IReadOnlyList<CheckTold> Told, IReadOnlyList<CheckRow> Rows);

/// <summary>Everything that was told, to look over before it is sent. Each row leads back to its question.</summary>
public static class CheckPage
{
    public static IReadOnlyList<CheckSection> Of(ResidentForm form, FormAnswers answers, FormCheck check)
    {
        var asked = new Journey(form, answers).Pages.Select(p => p.Id).ToHashSet();
        var someoneElse = answers.ForSomeoneElse;
        return [.. form.Check
            .Select(part => new CheckSection(someoneElse && part.TitleForSomeoneElse is { } other ? other : part.Title, part.Told ?? [],
                [.. part.Rows.Where(row => asked.Contains(row.Page) && row.Fields.Any(f => answers.Holds(form.Field(f)!.ShowWhen, form)))
                    .Select(row => new CheckRow(someoneElse && row.LabelForSomeoneElse is { } label ? label : row.Label, row.Page, [.. row.Fields.SelectMany(f => Lines(form, answers, check, f))]))]))
            .Where(section => section.Rows.Count > 0)];
    }

    private static IEnumerable<CheckLine> Lines(ResidentForm form, FormAnswers answers, FormCheck check, string key)
    {
        var field = form.Field(key)!;
        var given = answers.Of(key);
        if (given.Count == 0 || !answers.Holds(field.ShowWhen, form)) yield break;
        if (field.IsChoice)
        {
            foreach (var value in given)
            {
                if (field.Check?.GetValueOrDefault(value) is { } said) { if (said.Length > 0) yield return new CheckLine(said, null); }
                else if (field.Options?.FirstOrDefault(o => o.Id == value) is { } option) yield return new CheckLine(option.Label, null);
            }
            yield break;
        }
        var page = form.Page(key.Split('.')[0])!;
        if (check.Errors(page, answers).Any(e => e.Field == field.Id))
        {
            yield return new CheckLine("check.unread", given[0].Length > LongestUnread ? given[0][..LongestUnread] + "…" : string.Join(' ', given));
            yield break;
        }
        var shown = Show(field, given, check);
        yield return field.Check?.GetValueOrDefault("*") is { } line ? new CheckLine(line, shown) : new CheckLine(null, shown);
    }

    private const int LongestUnread = 60;

    private static string Show(FormField field, IReadOnlyList<string> given, FormCheck check) => field.Input switch
    {
        "date" => check.Date(given) is { } date ? LondonTime.Day(date) : string.Join(' ', given),
        "month" => check.Month(given[0]) is { } month ? month.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB")) : given[0],
        "money" => Money.TryParse(given[0], out var money) ? Pounds(money) : given[0],
        "tel" => Phone.TryParse(given[0], out var number) ? Phone.Show(number) : given[0],
        _ when field.Fact == "contact.postcode" => Postcode.TryParse(given[0], out var postcode) ? postcode.ToString() : given[0].ToUpperInvariant(),
        _ => given[0],
    };

    // "About £1,100 a month", "84p": as people say it.
    private static string Pounds(Money money) =>
        money.Pence < 100 ? $"{money.Pence}p" : money.Pence % 100 == 0 ? money.ToString()[..^3] : money.ToString();
}
