using AnyDoor.Web.Components;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary><c>&lt;any-inset&gt;…&lt;/any-inset&gt;</c></summary>
[HtmlTargetElement("any-inset")]
public sealed class AnyInsetTagHelper : TagHelper
{
    public string? Id { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.Show(InsetText.Render(new() { Html = content, Id = Id, Attributes = output.Rest() }));
    }
}
