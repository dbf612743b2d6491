using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record HintOptions : Part
{
    public string? Id { get; init; }
}

public static class Hint
{
    public static IHtmlContent Render(HintOptions o) =>
        new Element("div").AttrIfAny("id", o.Id).Class("govuk-hint", o.Classes).Attrs(o.Attributes).Add(o.Content);
}
