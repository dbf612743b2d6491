using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary><c>&lt;any-details summary="Why we ask"&gt;…&lt;/any-details&gt;</c></summary>
[HtmlTargetElement("any-details")]
public sealed class AnyDetailsTagHelper(Texts texts) : TagHelper
{
    public string Summary { get; set; } = "";
    public string? Id { get; set; }
    public bool Open { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.Show(Details.Render(new() { SummaryHtml = texts.Words(Summary), Html = content, Id = Id, Open = Open, Attributes = output.Rest() }));
    }
}
