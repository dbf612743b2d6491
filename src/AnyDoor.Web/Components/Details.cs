using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record DetailsOptions : Part
{
    public string? Id { get; init; }
    public string? SummaryText { get; init; }
    public IHtmlContent? SummaryHtml { get; init; }
    public bool Open { get; init; }
}

public static class Details
{
    public static IHtmlContent Render(DetailsOptions o) => new Element("details").AttrIfAny("id", o.Id).Class("govuk-details", o.Classes)
        .Attrs(o.Attributes).Flag("open", o.Open)
        .Add(new Element("summary").Class("govuk-details__summary").Add(
            El.Span("govuk-details__summary-text").Add(o.SummaryHtml).Text(o.SummaryHtml is null ? o.SummaryText : null)))
        .Add(El.Div("govuk-details__text").Add(o.Content));
}
