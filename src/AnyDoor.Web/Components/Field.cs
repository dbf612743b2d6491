using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

/// <summary>What every single field has: its label, hint, error, and the block round them.</summary>
public abstract record FieldOptions
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? Value { get; init; }
    public string? Classes { get; init; }
    public string? DescribedBy { get; init; }
    public string? Autocomplete { get; init; }
    public bool? Spellcheck { get; init; }
    public bool Disabled { get; init; }
    public LabelOptions? Label { get; init; }
    public HintOptions? Hint { get; init; }
    public ErrorMessageOptions? ErrorMessage { get; init; }
    public FormGroup? FormGroup { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }

    internal string? FieldId => string.IsNullOrEmpty(Id) ? Name : Id;
    internal string? Spellchecked => Spellcheck switch { true => "true", false => "false", null => null };
}

internal static class Field
{
    /// <summary>Label, hint and error in the order that a screen reader meets them, and the ids that describe the input.</summary>
    public static (Element Group, string? DescribedBy) Open(FieldOptions field)
    {
        var (said, describedBy) = Describe(field.FieldId, field.DescribedBy, field.Hint, field.ErrorMessage);
        var label = Label.Render((field.Label ?? new()) with { For = field.FieldId });
        return (Group(field.ErrorMessage is not null, field.FormGroup).Add(label, said), describedBy);
    }

    public static Element Group(bool error, FormGroup? group) =>
        El.Div("govuk-form-group", error ? "govuk-form-group--error" : null, group?.Classes).Attrs(group?.Attributes);

    /// <summary>Hint and error, and the ids that describe what they are about.</summary>
    public static (IHtmlContent Said, string? DescribedBy) Describe(string? id, string? describedBy, HintOptions? hint, ErrorMessageOptions? error)
    {
        if (hint is not null) describedBy = El.Join(describedBy, id + "-hint");
        if (error is not null) describedBy = El.Join(describedBy, id + "-error");
        return (El.Of(
            hint is null ? null : Hint.Render(hint with { Id = id + "-hint" }),
            error is null ? null : ErrorMessage.Render(error with { Id = id + "-error" })), describedBy);
    }

    /// <summary>A fieldset round the content when there is one; the content alone when not.</summary>
    public static IHtmlContent Wrap(FieldsetOptions? fieldset, string? describedBy, string? role, IHtmlContent content) =>
        fieldset is null ? content : Fieldset.Render(fieldset with { DescribedBy = describedBy, Role = role, Html = content });
}
