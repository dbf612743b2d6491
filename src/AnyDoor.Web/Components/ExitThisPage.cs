using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record ExitThisPageOptions : Part
{
    public string? Id { get; init; }
    public string? RedirectUrl { get; init; }
    public string? ActivatedText { get; init; }
    public string? TimedOutText { get; init; }
    public string? PressTwoMoreTimesText { get; init; }
    public string? PressOneMoreTimeText { get; init; }
}

public static class ExitThisPage
{
    public static IHtmlContent Render(ExitThisPageOptions o) => new Element("div").AttrIfAny("id", o.Id)
        .Class("govuk-exit-this-page", o.Classes).Attr("data-module", "govuk-exit-this-page").Attrs(o.Attributes)
        .AttrIfAny("data-i18n.activated", o.ActivatedText).AttrIfAny("data-i18n.timed-out", o.TimedOutText)
        .AttrIfAny("data-i18n.press-two-more-times", o.PressTwoMoreTimesText).AttrIfAny("data-i18n.press-one-more-time", o.PressOneMoreTimeText)
        .Add(Button.Render(new ButtonOptions
        {
            Html = o.Content ?? El.Of(El.Hidden("Emergency"), new PlainText(" Exit this page")),
            Classes = "govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button",
            Href = string.IsNullOrEmpty(o.RedirectUrl) ? "https://www.bbc.co.uk/weather" : o.RedirectUrl,
            Attributes = new Dictionary<string, string?> { ["rel"] = "nofollow noreferrer" },
        }));
}
