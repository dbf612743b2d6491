using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary><c>&lt;any-input asp-for="Postcode" label="Postcode" hint="…" width="10" /&gt;</c></summary>
[HtmlTargetElement("any-input", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AnyInputTagHelper(Texts texts, PageFrame frame) : LabelledTagHelper(texts, frame)
{
    public string? Type { get; set; }
    public string? Inputmode { get; set; }
    public string? Pattern { get; set; }
    public string? Autocapitalize { get; set; }

    /// <summary>In characters (2, 3, 4, 5, 10, 20, 30) or as a share: "full", "two-thirds", "one-half"…</summary>
    public string? Width { get; set; }
    public string? Prefix { get; set; }
    public string? Suffix { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Frame.Field(FieldName, FieldId);
        output.Show(Input.Render(new InputOptions
        {
            Attributes = output.Rest(), Id = FieldId, Name = FieldName,
            // A password never comes back in a page.
            Value = Type == "password" ? null : CurrentValue,
            Type = Type, Inputmode = Inputmode, Pattern = Pattern, Autocapitalize = Autocapitalize,
            Autocomplete = Autocomplete, Spellcheck = Spellcheck, Disabled = Disabled,
            Label = LabelOptions, Hint = HintOptions, ErrorMessage = ErrorOptions(), FormGroup = Group,
            Prefix = Prefix is null ? null : new() { Html = Texts.Words(Prefix) },
            Suffix = Suffix is null ? null : new() { Html = Texts.Words(Suffix) },
            Classes = El.Join(WidthClass, Class),
        }));
    }

    private string? WidthClass => Width is null ? null
        : char.IsAsciiDigit(Width[0]) ? "govuk-input--width-" + Width
        : "govuk-!-width-" + Width;
}
