using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record BreadcrumbsOptions
{
    public IReadOnlyList<LinkItem> Items { get; init; } = [];
    public bool CollapseOnMobile { get; init; }
    public string? LabelText { get; init; }
    public string? Classes { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

/// <summary>Words that may lead somewhere.</summary>
public record LinkItem : Part
{
    public string? Href { get; init; }
}

public static class Breadcrumbs
{
    public static IHtmlContent Render(BreadcrumbsOptions o) => new Element("nav")
        .Class("govuk-breadcrumbs", o.Classes, o.CollapseOnMobile ? "govuk-breadcrumbs--collapse-on-mobile" : null)
        .Attrs(o.Attributes).Attr("aria-label", o.LabelText ?? "Breadcrumb")
        .Add(new Element("ol").Class("govuk-breadcrumbs__list").Add(o.Items.Select(Item)));

    private static Element Item(LinkItem item)
    {
        var entry = new Element("li").Class("govuk-breadcrumbs__list-item");
        return string.IsNullOrEmpty(item.Href)
            ? entry.Attr("aria-current", "page").Add(item.Content)
            : entry.Add(new Element("a").Class("govuk-breadcrumbs__link").Attr("href", item.Href).Attrs(item.Attributes).Add(item.Content));
    }
}
