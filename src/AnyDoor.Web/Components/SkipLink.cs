using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public static class SkipLink
{
    public static IHtmlContent Render(LinkItem o) =>
        El.A(string.IsNullOrEmpty(o.Href) ? "#content" : o.Href, "govuk-skip-link", o.Classes)
            .Attrs(o.Attributes).Attr("data-module", "govuk-skip-link").Add(o.Content);
}
