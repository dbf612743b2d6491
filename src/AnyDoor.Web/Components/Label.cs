using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record LabelOptions : Part
{
    public string? For { get; init; }
    public bool IsPageHeading { get; init; }
}

public static class Label
{
    public static IHtmlContent? Render(LabelOptions o)
    {
        if (!o.Any) return null;
        var label = new Element("label").Class("govuk-label", o.Classes).Attrs(o.Attributes).AttrIfAny("for", o.For).Add(o.Content);
        return o.IsPageHeading ? new Element("h1").Class("govuk-label-wrapper").Add(label) : label;
    }
}
