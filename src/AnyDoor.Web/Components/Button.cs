using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record ButtonOptions : Part
{
    public string? Id { get; init; }

    /// <summary>Makes it a link that looks like a button.</summary>
    public string? Href { get; init; }
    public string? Type { get; init; }
    public string? Name { get; init; }
    public string? Value { get; init; }
    public bool Disabled { get; init; }
    public bool IsStartButton { get; init; }
    public bool? PreventDoubleClick { get; init; }
}

public static class Button
{
    public static IHtmlContent Render(ButtonOptions o)
    {
        var button = string.IsNullOrEmpty(o.Href)
            ? new Element("button").Attr("type", string.IsNullOrEmpty(o.Type) ? "submit" : o.Type)
                .AttrIfAny("value", o.Value).AttrIfAny("name", o.Name)
                .Flag("disabled", o.Disabled).Attr("aria-disabled", o.Disabled ? "true" : null)
                .Attr("data-prevent-double-click", o.PreventDoubleClick switch { true => "true", false => "false", null => null })
            : new Element("a").Attr("href", o.Href).Attr("role", "button").Attr("draggable", "false");
        button.Class("govuk-button", o.Classes, o.IsStartButton ? "govuk-button--start" : null)
            .Attr("data-module", "govuk-button").Attrs(o.Attributes).AttrIfAny("id", o.Id);
        // A start button is a flex box, which would eat the spaces between elements inside it.
        button.Add(o.Html is not null && o.IsStartButton ? new Element("span").Add(o.Html) : o.Content);
        return o.IsStartButton ? button.Add(StartIcon()) : button;
    }

    private static Element StartIcon() => new Element("svg").Class("govuk-button__start-icon")
        .Attr("xmlns", "http://www.w3.org/2000/svg").Attr("width", "17.5").Attr("height", "19").Attr("viewBox", "0 0 33 40")
        .Attr("aria-hidden", "true").Attr("focusable", "false")
        .Add(new Element("path").Attr("fill", "currentColor").Attr("d", "M0 0h13l20 20-20 20H0l20-20z"));
}
