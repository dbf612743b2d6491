using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record ErrorSummaryOptions
{
    public string? TitleText { get; init; }
    public IHtmlContent? TitleHtml { get; init; }
    public string? DescriptionText { get; init; }
    public IHtmlContent? DescriptionHtml { get; init; }
    public IReadOnlyList<ErrorSummaryItem> ErrorList { get; init; } = [];
    public bool? DisableAutoFocus { get; init; }
    public string? Classes { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

public sealed record ErrorSummaryItem : Words
{
    public string? Href { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

public static class ErrorSummary
{
    public static IHtmlContent Render(ErrorSummaryOptions o)
    {
        var body = El.Div("govuk-error-summary__body");
        if (o.DescriptionHtml is not null || !string.IsNullOrEmpty(o.DescriptionText))
            body.Add(new Element("p").Add(o.DescriptionHtml ?? new PlainText(o.DescriptionText!)));
        if (o.ErrorList.Count > 0)
            body.Add(new Element("ul").Class("govuk-list govuk-error-summary__list").Add(o.ErrorList.Select(Item)));

        return El.Div("govuk-error-summary", o.Classes)
            .Attr("data-disable-auto-focus", o.DisableAutoFocus switch { true => "true", false => "false", null => null })
            .Attrs(o.Attributes).Attr("data-module", "govuk-error-summary")
            .Add(new Element("div").Attr("role", "alert")
                .Add(new Element("h2").Class("govuk-error-summary__title").Add(o.TitleHtml).Text(o.TitleHtml is null ? o.TitleText : null))
                .Add(body));
    }

    private static Element Item(ErrorSummaryItem item) => new Element("li").Add(
        string.IsNullOrEmpty(item.Href) ? item.Content : new Element("a").Attr("href", item.Href).Attrs(item.Attributes).Add(item.Content));
}
