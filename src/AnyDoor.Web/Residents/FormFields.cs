using AnyDoor.Requests;
using AnyDoor.Web.Forms;

namespace AnyDoor.Web.Residents;

/// <summary>One field as it stands on its page.</summary>
/// <param name="Option">The choice that it stands under, when that choice opens it.</param>
/// <param name="Heading">The page's own title, when this field's question is the page's heading.</param>
public sealed record FieldView(FormPage Page, FormField Field, FormAnswers Answers, string? Option = null, string? Heading = null, string? HeadingHint = null)
{
    public string Name => FormFields.Name(Page, Field, Option);
    public IReadOnlyList<string> Given => Answers.Of($"{Page.Id}.{Field.Id}");
    public string One => Given is [var one, ..] ? one : "";

    public DateAnswer Date => new() { Day = Part(0), Month = Part(1), Year = Part(2) };

    private string? Part(int i) => Given.Count > i ? Given[i] : null;

    /// <summary>What is asked only when this option is chosen.</summary>
    public IEnumerable<FieldView> Opens(FormOption option) => Page.Fields
        .Where(f => FormFields.OpenedBy(Page, f).Any(o => o.Field == Field.Id && o.Option == option.Id))
        .Select(f => new FieldView(Page, f, Answers, option.Id));
}

/// <summary>How the questions' data stands in a form: names of inputs, and what was typed read back from them.</summary>
public static class FormFields
{
    private const int MostLetters = 4000;

    /// <summary>The choices on the same page that open a field. A field that follows from another page's answer has none.</summary>
    public static IReadOnlyList<(string Field, string Option)> OpenedBy(FormPage page, FormField field)
    {
        if (field.ShowWhen is not { Answer: { } key, AnyOf: { } any } || key.Split('.', 2) is not [var of, var id] || of != page.Id) return [];
        return page.Fields.FirstOrDefault(f => f.Id == id) is { IsChoice: true } ? [.. any.Select(option => (id, option))] : [];
    }

    /// <summary>A field that two choices open stands under both, each with a name of its own.</summary>
    public static string Name(FormPage page, FormField field, string? option) => option is not null && OpenedBy(page, field).Count > 1 ? $"{field.Id}-{option}" : field.Id;

    /// <summary>Where an error of this field is shown: under the choice that was made.</summary>
    public static string NameNow(FormPage page, FormField field, FormAnswers answers)
    {
        var open = OpenedBy(page, field);
        return open.Count < 2 ? field.Id : Name(page, field, open.FirstOrDefault(o => answers.Of($"{page.Id}.{o.Field}").Contains(o.Option), open[0]).Option);
    }

    public static Dictionary<string, string[]> Read(FormPage page, IFormCollection form)
    {
        var typed = new Dictionary<string, string[]>();
        foreach (var field in page.Fields) typed[field.Id] = Read(page, field, form);
        return typed;
    }

    private static string[] Read(FormPage page, FormField field, IFormCollection form)
    {
        if (field.Input == "date")
        {
            string[] parts = [Clean(form[field.Id + ".Day"]), Clean(form[field.Id + ".Month"]), Clean(form[field.Id + ".Year"])];
            return parts.All(p => p.Length == 0) ? [] : parts;
        }
        var open = OpenedBy(page, field);
        // Under the choice that was made; without script people may have written it under another.
        var names = open.Count < 2 ? [field.Id] : open.OrderByDescending(o => form[o.Field].Contains(o.Option)).Select(o => Name(page, field, o.Option));
        foreach (var name in names)
        {
            var given = form[name].Select(Clean).Where(v => v.Length > 0 && (field.Options is null || field.Options.Any(o => o.Id == v))).Distinct().ToArray();
            if (given.Length > 0) return field.HoldsMany ? given : [given[0]];
        }
        return [];
    }

    private static string Clean(Microsoft.Extensions.Primitives.StringValues values) => Clean(values is [var one, ..] ? one : null);

    private static string Clean(string? text)
    {
        var clean = (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
        return clean.Length > MostLetters ? clean[..MostLetters] : clean;
    }
}
