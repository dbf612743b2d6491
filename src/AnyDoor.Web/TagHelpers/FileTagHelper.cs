using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary><c>&lt;any-file asp-for="Picture" label="Picture" hint="…" /&gt;</c>, in a form with <c>enctype="multipart/form-data"</c>.</summary>
[HtmlTargetElement("any-file", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AnyFileTagHelper(Texts texts, PageFrame frame) : LabelledTagHelper(texts, frame)
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Frame.Field(FieldName, FieldId);
        output.Show(FileUpload.Render(new FileUploadOptions
        {
            Attributes = output.Rest(), Id = FieldId, Name = FieldName, Disabled = Disabled, Classes = Class,
            Label = LabelOptions, Hint = HintOptions, ErrorMessage = ErrorOptions(), FormGroup = Group,
        }));
    }
}
