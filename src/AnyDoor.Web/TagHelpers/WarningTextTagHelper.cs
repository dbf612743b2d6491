using AnyDoor.Web.Components;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary><c>&lt;any-warning&gt;…&lt;/any-warning&gt;</c></summary>
[HtmlTargetElement("any-warning")]
public sealed class AnyWarningTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var words = await output.GetChildContentAsync();
        output.Show(WarningText.Render(new() { Html = words, Attributes = output.Rest() }));
    }
}
