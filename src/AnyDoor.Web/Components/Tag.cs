using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public static class Tag
{
    public static IHtmlContent Render(Part o) => new Element("strong").Class("govuk-tag", o.Classes).Attrs(o.Attributes).Add(o.Content);
}
