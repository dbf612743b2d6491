using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary><c>&lt;any-panel title="We have your request"&gt;…&lt;/any-panel&gt;</c></summary>
[HtmlTargetElement("any-panel")]
public sealed class AnyPanelTagHelper(Texts texts) : TagHelper
{
    public string Title { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.Show(Panel.Render(new() { TitleHtml = texts.Words(Title), Html = content, Attributes = output.Rest() }));
    }
}
