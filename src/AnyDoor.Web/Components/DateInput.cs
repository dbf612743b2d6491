using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record DateInputOptions
{
    public string? Id { get; init; }
    public string? NamePrefix { get; init; }
    public DateInputItem? Day { get; init; }
    public DateInputItem? Month { get; init; }
    public DateInputItem? Year { get; init; }

    /// <summary>The parts to ask for when they are not day, month and year.</summary>
    public IReadOnlyList<DateInputItem?> Items { get; init; } = [];

    /// <summary>What was typed, by the whole name of each part.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>();
    public FieldsetOptions? Fieldset { get; init; }
    public HintOptions? Hint { get; init; }
    public ErrorMessageOptions? ErrorMessage { get; init; }
    public FormGroup? FormGroup { get; init; }
    public string? Classes { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

public sealed record DateInputItem
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? Label { get; init; }
    public string? Value { get; init; }
    public string? Classes { get; init; }
    public string? Inputmode { get; init; }
    public string? Autocomplete { get; init; }
    public string? Pattern { get; init; }

    /// <summary>Leaves the part out: a birthday without its year.</summary>
    public bool Omit { get; init; }

    /// <summary>Marks this part as the wrong one; when no part is marked an error marks all three.</summary>
    public bool? Error { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }

    internal bool HasError => Error == true || Classes?.Contains("govuk-input--error", StringComparison.Ordinal) == true;
}

public static class DateInput
{
    public static IHtmlContent Render(DateInputOptions o)
    {
        var parts = o.Items.Count > 0
            ? o.Items.OfType<DateInputItem>().Select(item => (Item: item, Kind: KindOf(o, item))).ToList()
            : new (DateInputItem Item, string? Kind)[] { (o.Day ?? new(), "day"), (o.Month ?? new(), "month"), (o.Year ?? new(), "year") }
                .Where(part => !part.Item.Omit).ToList();
        var anyError = parts.Any(part => part.Item.HasError);

        var (said, describedBy) = Field.Describe(o.Id, o.Fieldset?.DescribedBy, o.Hint, o.ErrorMessage);
        var list = El.Div("govuk-date-input", o.Classes).Attrs(o.Attributes).AttrIfAny("id", o.Id)
            .Add(o.FormGroup?.BeforeInputs?.Content)
            .Add(parts.Select(part => One(o, part.Item, part.Kind, anyError)))
            .Add(o.FormGroup?.AfterInputs?.Content);
        return Field.Group(o.ErrorMessage is not null, o.FormGroup)
            .Add(Field.Wrap(o.Fieldset, describedBy, "group", El.Of(said, list)));
    }

    private static string? KindOf(DateInputOptions o, DateInputItem item) =>
        string.IsNullOrEmpty(item.Name) ? null
        : item.Name == "day" || item.Name == o.Day?.Name ? "day"
        : item.Name == "month" || item.Name == o.Month?.Name ? "month"
        : item.Name == "year" || item.Name == o.Year?.Name ? "year"
        : null;

    private static DateInputItem? OfKind(DateInputOptions o, string? kind) =>
        kind switch { "day" => o.Day, "month" => o.Month, "year" => o.Year, _ => null };

    private static Element One(DateInputOptions o, DateInputItem item, string? kind, bool anyError)
    {
        var name = item.Name ?? kind;
        var fullName = (string.IsNullOrEmpty(o.NamePrefix) ? "" : o.NamePrefix + "-") + name;
        var wrong = item.HasError || (item.Error != false && o.ErrorMessage is not null && !anyError);
        var marked = item.Classes?.Contains("govuk-input--error", StringComparison.Ordinal) == true;
        var hasWidth = item.Classes?.Contains("govuk-input--width-", StringComparison.Ordinal) == true;
        string?[] classes =
        [
            "govuk-date-input__input", wrong && !marked ? "govuk-input--error" : null,
            hasWidth ? null : kind == "year" ? "govuk-input--width-4" : "govuk-input--width-2", item.Classes,
        ];
        return El.Div("govuk-date-input__item").Add(Input.Render(new InputOptions
        {
            Id = string.IsNullOrEmpty(item.Id) ? o.Id + "-" + name : item.Id,
            Name = fullName,
            Value = item.Value ?? OfKind(o, kind)?.Value ?? o.Values.GetValueOrDefault(fullName),
            Label = new() { Text = string.IsNullOrEmpty(item.Label) ? Capitalise(name) : item.Label, Classes = "govuk-date-input__label" },
            Classes = string.Join(' ', classes.Where(c => !string.IsNullOrEmpty(c))),
            Inputmode = string.IsNullOrEmpty(item.Inputmode) ? "numeric" : item.Inputmode,
            Autocomplete = item.Autocomplete, Pattern = item.Pattern, Attributes = item.Attributes,
        }));
    }

    private static string? Capitalise(string? name) =>
        string.IsNullOrEmpty(name) ? name : char.ToUpperInvariant(name[0]) + name[1..].ToLowerInvariant();
}
