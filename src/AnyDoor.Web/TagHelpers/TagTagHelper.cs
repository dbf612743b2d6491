using AnyDoor.Web.Components;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

public enum TagKind { Quiet, Now, Soon, Ok, Plain }

/// <summary><c>&lt;any-tag kind="Now"&gt;Today&lt;/any-tag&gt;</c>: words first, colour only beside them.</summary>
[HtmlTargetElement("any-tag")]
public sealed class AnyTagTagHelper : TagHelper
{
    public TagKind Kind { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var words = await output.GetChildContentAsync();
        output.Show(Tag.Render(new()
        {
            Html = words, Attributes = output.Rest(),
            Classes = Kind switch { TagKind.Now => "any-tag--now", TagKind.Soon => "any-tag--soon", TagKind.Ok => "any-tag--ok", TagKind.Plain => "any-tag--plain", _ => null },
        }));
    }
}
