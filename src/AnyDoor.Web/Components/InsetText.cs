using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record InsetTextOptions : Part
{
    public string? Id { get; init; }
}

public static class InsetText
{
    public static IHtmlContent Render(InsetTextOptions o) =>
        new Element("div").AttrIfAny("id", o.Id).Class("govuk-inset-text", o.Classes).Attrs(o.Attributes).Add(o.Content);
}
