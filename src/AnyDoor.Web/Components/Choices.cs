using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

/// <summary>Radios or checkboxes.</summary>
public abstract record ChoicesOptions
{
    public string? IdPrefix { get; init; }
    public string? Name { get; init; }
    public FieldsetOptions? Fieldset { get; init; }
    public HintOptions? Hint { get; init; }
    public ErrorMessageOptions? ErrorMessage { get; init; }
    public FormGroup? FormGroup { get; init; }
    public IReadOnlyList<ChoiceItem?> Items { get; init; } = [];
    public string? Classes { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

public sealed record RadiosOptions : ChoicesOptions
{
    public string? Value { get; init; }
}

public sealed record CheckboxesOptions : ChoicesOptions
{
    public IReadOnlyList<string>? Values { get; init; }
    public string? DescribedBy { get; init; }
}

public sealed record ChoiceItem : Words
{
    public string? Value { get; init; }
    public string? Id { get; init; }

    /// <summary>Checkboxes only: a name of its own.</summary>
    public string? Name { get; init; }
    public HintOptions? Hint { get; init; }
    public Part? Label { get; init; }

    /// <summary>Instead of a choice: a word between two groups, such as "or".</summary>
    public string? Divider { get; init; }
    public bool? Checked { get; init; }
    public bool Disabled { get; init; }

    /// <summary>Shown while this one is chosen; always there without script.</summary>
    public Words? Conditional { get; init; }

    /// <summary>Checkboxes only: "exclusive" unticks the others.</summary>
    public string? Behaviour { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

public static class Radios
{
    public static IHtmlContent Render(RadiosOptions o) => Choices.Render(o, "radios", "radio", null,
        item => !string.IsNullOrEmpty(o.Value) && item.Value == o.Value && item.Checked != false);
}

public static class Checkboxes
{
    public static IHtmlContent Render(CheckboxesOptions o) => Choices.Render(o, "checkboxes", "checkbox", o.DescribedBy,
        item => o.Values is not null && item.Value is not null && o.Values.Contains(item.Value) && item.Checked != false);
}

internal static class Choices
{
    public static IHtmlContent Render(ChoicesOptions o, string block, string type, string? describedBy, Func<ChoiceItem, bool> chosen)
    {
        var id = string.IsNullOrEmpty(o.IdPrefix) ? o.Name : o.IdPrefix;
        if (!string.IsNullOrEmpty(o.Fieldset?.DescribedBy)) describedBy = o.Fieldset.DescribedBy;

        var group = Field.Group(o.ErrorMessage is not null, o.FormGroup);
        var (said, describes) = Field.Describe(id, describedBy, o.Hint, o.ErrorMessage);
        var list = El.Div("govuk-" + block, o.Classes).Attrs(o.Attributes).Attr("data-module", "govuk-" + block);
        list.Add(o.FormGroup?.BeforeInputs?.Content);
        for (var i = 0; i < o.Items.Count; i++)
        {
            if (o.Items[i] is not { } item) continue;
            var itemId = !string.IsNullOrEmpty(item.Id) ? item.Id : i == 0 ? id : id + "-" + (i + 1).ToString(CultureInfo.InvariantCulture);
            // Without a fieldset there is nothing to carry the description but the boxes themselves.
            var itemDescribedBy = type == "checkbox" && o.Fieldset is null ? describes : null;
            list.Add(Item(o, item, itemId, block, type, itemDescribedBy, item.Checked == true || chosen(item)));
        }
        list.Add(o.FormGroup?.AfterInputs?.Content);
        return group.Add(Field.Wrap(o.Fieldset, describes, null, El.Of(said, list)));
    }

    private static IHtmlContent Item(ChoicesOptions o, ChoiceItem item, string? id, string block, string type, string? describedBy, bool isChecked)
    {
        if (!string.IsNullOrEmpty(item.Divider)) return El.Div($"govuk-{block}__divider").Text(item.Divider);

        var hint = item.Hint is { Any: true } ? item.Hint : null;
        var conditional = item.Conditional?.Content;
        if (hint is not null) describedBy = El.Join(describedBy, id + "-item-hint");
        var choice = El.Div($"govuk-{block}__item").Add(
            new Element("input").Class($"govuk-{block}__input").Attr("id", id)
                .Attr("name", string.IsNullOrEmpty(item.Name) ? o.Name : item.Name).Attr("type", type).Attr("value", item.Value ?? "")
                .Flag("checked", isChecked).Flag("disabled", item.Disabled)
                .Attr("data-aria-controls", conditional is null ? null : "conditional-" + id)
                .AttrIfAny("data-behaviour", item.Behaviour).AttrIfAny("aria-describedby", describedBy).Attrs(item.Attributes),
            Label.Render(new LabelOptions
            {
                Text = item.Text, Html = item.Html, For = id,
                Classes = El.Join($"govuk-{block}__label", item.Label?.Classes), Attributes = item.Label?.Attributes,
            }),
            hint is null ? null : Hint.Render(hint with { Id = id + "-item-hint", Classes = El.Join($"govuk-{block}__hint", hint.Classes) }));

        return conditional is null ? choice : El.Of(choice,
            El.Div($"govuk-{block}__conditional", isChecked ? null : $"govuk-{block}__conditional--hidden").Attr("id", "conditional-" + id).Add(conditional));
    }
}
