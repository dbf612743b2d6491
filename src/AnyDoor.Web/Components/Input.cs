using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record InputOptions : FieldOptions
{
    public string? Type { get; init; }
    public string? Inputmode { get; init; }
    public string? Pattern { get; init; }
    public string? Autocapitalize { get; init; }
    public Part? Prefix { get; init; }
    public Part? Suffix { get; init; }
    public Part? InputWrapper { get; init; }
}

public static class Input
{
    public static IHtmlContent Render(InputOptions o)
    {
        var (group, describedBy) = Field.Open(o);
        var input = new Element("input")
            .Class("govuk-input", o.Classes, o.ErrorMessage is null ? null : "govuk-input--error")
            .Attr("id", o.FieldId).Attr("name", o.Name).Attr("type", string.IsNullOrEmpty(o.Type) ? "text" : o.Type)
            .Attr("spellcheck", o.Spellchecked).Attr("value", o.Value).Flag("disabled", o.Disabled)
            .Attr("aria-describedby", describedBy).Attr("autocomplete", o.Autocomplete).Attr("autocapitalize", o.Autocapitalize)
            .Attr("pattern", o.Pattern).Attr("inputmode", o.Inputmode).Attrs(o.Attributes);

        var (before, after) = (o.FormGroup?.BeforeInput?.Content, o.FormGroup?.AfterInput?.Content);
        if (before is null && after is null && o.Prefix is not { Any: true } && o.Suffix is not { Any: true }) return group.Add(input);
        return group.Add(El.Div("govuk-input__wrapper", o.InputWrapper?.Classes).Attrs(o.InputWrapper?.Attributes)
            .Add(before, Affix(o.Prefix, "prefix"), input, Affix(o.Suffix, "suffix"), after));
    }

    private static Element? Affix(Part? part, string which) => part is { Any: true }
        ? El.Div("govuk-input__" + which, part.Classes).Attr("aria-hidden", "true").Attrs(part.Attributes).Add(part.Content)
        : null;
}
