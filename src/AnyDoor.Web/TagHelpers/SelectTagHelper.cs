using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary><c>&lt;any-select asp-for="Door" label="Door" items="Model.Doors" empty="Choose a door" /&gt;</c></summary>
[HtmlTargetElement("any-select", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AnySelectTagHelper(Texts texts, PageFrame frame) : LabelledTagHelper(texts, frame)
{
    public IEnumerable<SelectListItem> Items { get; set; } = [];

    /// <summary>The first entry, which stands for no choice.</summary>
    public string? Empty { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Frame.Field(FieldName, FieldId);
        var items = Items.Select(item => new SelectItem
        {
            Value = item.Value ?? item.Text, Text = item.Text, Disabled = item.Disabled, Selected = item.Selected ? true : null,
        });
        output.Show(Select.Render(new SelectOptions
        {
            Attributes = output.Rest(), Id = FieldId, Name = FieldName, Value = CurrentValue, Disabled = Disabled, Classes = Class,
            Label = LabelOptions, Hint = HintOptions, ErrorMessage = ErrorOptions(), FormGroup = Group,
            Items = [.. Empty is null ? [] : new SelectItem[] { new() { Value = "", Text = Empty } }, .. items],
        }));
    }
}
