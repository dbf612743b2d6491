using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record PaginationOptions
{
    public PaginationLink? Previous { get; init; }
    public PaginationLink? Next { get; init; }
    public IReadOnlyList<PaginationItem?>? Items { get; init; }
    public string? LandmarkLabel { get; init; }
    public string? Classes { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

public sealed record PaginationLink : LinkItem
{
    /// <summary>What lies there, under "Next": the name of the page.</summary>
    public string? LabelText { get; init; }
}

public sealed record PaginationItem
{
    public string? Number { get; init; }
    public string? Href { get; init; }
    public bool Current { get; init; }
    public bool Ellipsis { get; init; }
    public string? VisuallyHiddenText { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

public static class Pagination
{
    private const string ArrowPrevious = "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z";
    private const string ArrowNext = "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z";

    public static IHtmlContent Render(PaginationOptions o)
    {
        var block = o.Items is null && (o.Next is not null || o.Previous is not null);
        return new Element("nav").Class("govuk-pagination", block ? "govuk-pagination--block" : null, o.Classes)
            .Attr("aria-label", string.IsNullOrEmpty(o.LandmarkLabel) ? "Pagination" : o.LandmarkLabel).Attrs(o.Attributes)
            .Add(Arrow(o.Previous, "prev", "Previous", block))
            .Add(o.Items is null ? null : new Element("ul").Class("govuk-pagination__list").Add(o.Items.OfType<PaginationItem>().Where(item => item != new PaginationItem()).Select(Item)))
            .Add(Arrow(o.Next, "next", "Next", block));
    }

    private static Element? Arrow(PaginationLink? link, string type, string word, bool block)
    {
        if (string.IsNullOrEmpty(link?.Href)) return null;
        var arrow = new Element("svg").Class("govuk-pagination__icon govuk-pagination__icon--" + type)
            .Attr("xmlns", "http://www.w3.org/2000/svg").Attr("height", "13").Attr("width", "15")
            .Attr("aria-hidden", "true").Attr("focusable", "false").Attr("viewBox", "0 0 15 13")
            .Add(new Element("path").Attr("d", type == "prev" ? ArrowPrevious : ArrowNext));
        var labelled = !string.IsNullOrEmpty(link.LabelText);
        var title = El.Span("govuk-pagination__link-title", block && !labelled ? "govuk-pagination__link-title--decorated" : null)
            .Add(link.Content ?? El.Of(new PlainText(word), El.Hidden(" page")));
        var first = block || type == "prev";
        return El.Div("govuk-pagination__" + type).Add(
            new Element("a").Class("govuk-link govuk-pagination__link").Attr("href", link.Href).Attr("rel", type).Attrs(link.Attributes)
                .Add(first ? arrow : null, title)
                .Add(labelled && block ? El.Of(El.Hidden(":"), El.Span("govuk-pagination__link-label").Text(link.LabelText)) : null)
                .Add(first ? null : arrow));
    }

    private static Element Item(PaginationItem item)
    {
        var entry = new Element("li").Class("govuk-pagination__item",
            item.Current ? "govuk-pagination__item--current" : null, item.Ellipsis ? "govuk-pagination__item--ellipsis" : null);
        return item.Ellipsis
            ? entry.Text("⋯")
            : entry.Add(new Element("a").Class("govuk-link govuk-pagination__link").Attr("href", item.Href ?? "")
                .Attr("aria-label", item.VisuallyHiddenText ?? "Page " + item.Number)
                .Attr("aria-current", item.Current ? "page" : null).Attrs(item.Attributes).Text(item.Number));
    }
}
