using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary><c>&lt;any-banner success="true" title="Done"&gt;…&lt;/any-banner&gt;</c>: what just happened, once, at the top.</summary>
[HtmlTargetElement("any-banner")]
public sealed class AnyBannerTagHelper(Texts texts) : TagHelper
{
    public bool Success { get; set; }
    public string? Title { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.Show(NotificationBanner.Render(new()
        {
            Type = Success ? "success" : null, TitleHtml = texts.Words(Title), Html = content, Attributes = output.Rest(),
        }));
    }
}
