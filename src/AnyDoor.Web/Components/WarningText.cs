using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record WarningTextOptions : Part
{
    public string? IconFallbackText { get; init; }
}

public static class WarningText
{
    public static IHtmlContent Render(WarningTextOptions o) => El.Div("govuk-warning-text", o.Classes).Attrs(o.Attributes)
        .Add(El.Span("govuk-warning-text__icon").Attr("aria-hidden", "true").Text("!"))
        .Add(new Element("strong").Class("govuk-warning-text__text")
            .Add(El.Hidden(string.IsNullOrEmpty(o.IconFallbackText) ? "Warning" : o.IconFallbackText)).Text(" ").Add(o.Content));
}
