using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record NotificationBannerOptions : Part
{
    public string? TitleText { get; init; }
    public IHtmlContent? TitleHtml { get; init; }
    public int? TitleHeadingLevel { get; init; }
    public string? TitleId { get; init; }

    /// <summary>"success", or nothing.</summary>
    public string? Type { get; init; }
    public string? Role { get; init; }
    public bool? DisableAutoFocus { get; init; }
}

public static class NotificationBanner
{
    public static IHtmlContent Render(NotificationBannerOptions o)
    {
        var success = o.Type == "success";
        var titleId = string.IsNullOrEmpty(o.TitleId) ? "govuk-notification-banner-title" : o.TitleId;
        var title = !string.IsNullOrEmpty(o.TitleText) ? o.TitleText : success ? "Success" : "Important";
        var level = (o.TitleHeadingLevel is > 0 ? o.TitleHeadingLevel.Value : 2).ToString(CultureInfo.InvariantCulture);
        return El.Div("govuk-notification-banner", success ? "govuk-notification-banner--success" : null, o.Classes)
            .Attr("role", !string.IsNullOrEmpty(o.Role) ? o.Role : success ? "alert" : "region")
            .Attr("aria-labelledby", titleId).Attr("data-module", "govuk-notification-banner")
            .Attr("data-disable-auto-focus", o.DisableAutoFocus switch { true => "true", false => "false", null => null })
            .Attrs(o.Attributes)
            .Add(El.Div("govuk-notification-banner__header").Add(
                new Element("h" + level).Class("govuk-notification-banner__title").Attr("id", titleId)
                    .Add(o.TitleHtml).Text(o.TitleHtml is null ? title : null)))
            .Add(El.Div("govuk-notification-banner__content").Add(
                o.Html ?? (o.Any ? new Element("p").Class("govuk-notification-banner__heading").Text(o.Text) : null)));
    }
}
