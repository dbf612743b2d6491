using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

/// <summary>The confirmation panel. (The design system's interruption variant is not used here.)</summary>
public sealed record PanelOptions : Part
{
    public string? TitleText { get; init; }
    public IHtmlContent? TitleHtml { get; init; }
    public int? HeadingLevel { get; init; }
}

public static class Panel
{
    public static IHtmlContent Render(PanelOptions o) => El.Div("govuk-panel", "govuk-panel--confirmation", o.Classes).Attrs(o.Attributes)
        .Add(new Element("h" + (o.HeadingLevel ?? 1).ToString(CultureInfo.InvariantCulture)).Class("govuk-panel__title")
            .Add(o.TitleHtml).Text(o.TitleHtml is null ? o.TitleText : null))
        .Add(o.Any ? El.Div("govuk-panel__body").Add(o.Content) : null);
}
