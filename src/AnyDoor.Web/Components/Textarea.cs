using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record TextareaOptions : FieldOptions
{
    public int? Rows { get; init; }
}

public static class Textarea
{
    public static IHtmlContent Render(TextareaOptions o)
    {
        var (group, describedBy) = Field.Open(o);
        return group.Add(o.FormGroup?.BeforeInput?.Content)
            .Add(new Element("textarea")
                .Class("govuk-textarea", o.ErrorMessage is null ? null : "govuk-textarea--error", o.Classes)
                .Attr("id", o.FieldId).Attr("name", o.Name)
                .Attr("rows", (o.Rows is > 0 ? o.Rows.Value : 5).ToString(CultureInfo.InvariantCulture))
                .Attr("spellcheck", o.Spellchecked).Flag("disabled", o.Disabled)
                .AttrIfAny("aria-describedby", describedBy).AttrIfAny("autocomplete", o.Autocomplete).Attrs(o.Attributes)
                .Text(KeepFirstNewline(o.Value)))
            .Add(o.FormGroup?.AfterInput?.Content);
    }

    // A browser drops a newline right after the opening tag, and with it what a person typed first.
    private static string? KeepFirstNewline(string? value) => value is ['\n' or '\r', ..] ? "\n" + value : value;
}
