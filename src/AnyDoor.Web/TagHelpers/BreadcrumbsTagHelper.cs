using AnyDoor.Web.Components;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary><c>&lt;any-breadcrumbs&gt;&lt;any-crumb href="/places"&gt;Places&lt;/any-crumb&gt;&lt;any-crumb&gt;Wisbech&lt;/any-crumb&gt;&lt;/any-breadcrumbs&gt;</c></summary>
[HtmlTargetElement("any-breadcrumbs")]
public sealed class AnyBreadcrumbsTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var items = new List<LinkItem>();
        context.Items[typeof(LinkItem)] = items;
        await output.GetChildContentAsync();
        output.Show(Breadcrumbs.Render(new() { Items = items, CollapseOnMobile = true, Attributes = output.Rest() }));
    }
}

[HtmlTargetElement("any-crumb", ParentTag = "any-breadcrumbs")]
public sealed class AnyCrumbTagHelper : TagHelper
{
    public string? Href { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ((List<LinkItem>)context.Items[typeof(LinkItem)]).Add(new() { Href = Href, Html = await output.GetChildContentAsync() });
        output.SuppressOutput();
    }
}
