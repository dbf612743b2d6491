using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record BackLinkOptions : Part
{
    public string? Href { get; init; }
}

public static class BackLink
{
    public static IHtmlContent Render(BackLinkOptions o) =>
        El.A(string.IsNullOrEmpty(o.Href) ? "#" : o.Href, "govuk-back-link", o.Classes).Attrs(o.Attributes).Add(o.Content ?? new PlainText("Back"));
}
