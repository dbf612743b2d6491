using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary><c>&lt;any-fieldset legend="Where you live" legend-size="m"&gt;…fields…&lt;/any-fieldset&gt;</c></summary>
[HtmlTargetElement("any-fieldset")]
public sealed class AnyFieldsetTagHelper(Texts texts) : TagHelper
{
    public string Legend { get; set; } = "";
    public string? LegendSize { get; set; }
    public bool LegendIsHeading { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.Show(Fieldset.Render(new()
        {
            Html = content, Attributes = output.Rest(),
            Legend = new()
            {
                Html = texts.Words(Legend), IsPageHeading = LegendIsHeading,
                Classes = LegendSize is null ? null : "govuk-fieldset__legend--" + LegendSize,
            },
        }));
    }
}
