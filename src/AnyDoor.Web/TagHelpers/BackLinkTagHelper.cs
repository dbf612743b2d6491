using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary><c>&lt;any-back href="/ask/needs" /&gt;</c></summary>
[HtmlTargetElement("any-back", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AnyBackTagHelper(Texts texts) : TagHelper
{
    public string Href { get; set; } = "";

    /// <summary>"Back" when not given.</summary>
    public string? Text { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) => output.Show(
        BackLink.Render(new() { Href = Href, Html = Text is null ? texts["common.back"] : texts.Words(Text), Attributes = output.Rest() }));
}
