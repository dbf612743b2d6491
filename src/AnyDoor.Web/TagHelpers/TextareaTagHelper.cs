using System.Globalization;
using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary><c>&lt;any-textarea asp-for="Words" label="In your own words" rows="5" limit="2000" /&gt;</c>: with a limit it counts.</summary>
[HtmlTargetElement("any-textarea", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AnyTextareaTagHelper(Texts texts, PageFrame frame) : LabelledTagHelper(texts, frame)
{
    public int? Rows { get; set; }

    /// <summary>In characters.</summary>
    public int? Limit { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Frame.Field(FieldName, FieldId);
        output.Show(Limit is null
            ? Textarea.Render(new TextareaOptions
            {
                Attributes = output.Rest(), Id = FieldId, Name = FieldName, Value = CurrentValue, Rows = Rows, Autocomplete = Autocomplete,
                Spellcheck = Spellcheck, Disabled = Disabled, Classes = Class,
                Label = LabelOptions, Hint = HintOptions, ErrorMessage = ErrorOptions(), FormGroup = Group,
            })
            : CharacterCount.Render(new CharacterCountOptions
            {
                Attributes = output.Rest(), Id = FieldId, Name = FieldName, Value = CurrentValue, Rows = Rows, Spellcheck = Spellcheck, Classes = Class,
                Label = LabelOptions, Hint = HintOptions, ErrorMessage = ErrorOptions(), FormGroup = Group, Maxlength = Limit,
                TextareaDescriptionText = Texts.Plain("limit.up-to", ("limit", Limit.Value.ToString(CultureInfo.InvariantCulture))),
                CharactersUnderLimitText = Forms("limit.left"), CharactersAtLimitText = Texts.Plain("limit.at"), CharactersOverLimitText = Forms("limit.over"),
            }));
    }

    // The script picks the form by number itself, so it gets all of them; a language's missing forms fall to "other".
    private Dictionary<string, string> Forms(string key) => Texts.Forms(key, "%{count}");
}
