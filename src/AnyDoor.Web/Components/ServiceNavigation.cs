using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

/// <summary>The row of links under the header. (The service's name and the slots are not used here: our header carries the name.)</summary>
public sealed record ServiceNavigationOptions
{
    public IReadOnlyList<ServiceNavigationItem?> Navigation { get; init; } = [];
    public string? NavigationLabel { get; init; }
    public string? NavigationClasses { get; init; }
    public string? NavigationId { get; init; }
    public string? MenuButtonText { get; init; }
    public string? MenuButtonLabel { get; init; }
    public bool? CollapseNavigationOnMobile { get; init; }

    /// <summary>Ours: the class that sets the width of the content.</summary>
    public string WidthClass { get; init; } = "govuk-width-container";
    public string? Classes { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

public sealed record ServiceNavigationItem : LinkItem
{
    /// <summary>This very page.</summary>
    public bool Current { get; init; }

    /// <summary>The page is somewhere under this.</summary>
    public bool Active { get; init; }
}

public static class ServiceNavigation
{
    public static IHtmlContent Render(ServiceNavigationOptions o)
    {
        var menu = string.IsNullOrEmpty(o.MenuButtonText) ? "Menu" : o.MenuButtonText;
        var id = string.IsNullOrEmpty(o.NavigationId) ? "navigation" : o.NavigationId;
        var items = o.Navigation.OfType<ServiceNavigationItem>().ToList();
        var container = El.Div("govuk-service-navigation__container");
        if (items.Count > 0)
        {
            container.Add(new Element("nav").Attr("aria-label", string.IsNullOrEmpty(o.NavigationLabel) ? menu : o.NavigationLabel)
                .Class("govuk-service-navigation__wrapper", o.NavigationClasses)
                .Add(o.CollapseNavigationOnMobile ?? items.Count > 1 ? Toggle(menu, o.MenuButtonLabel, id) : null)
                .Add(new Element("ul").Class("govuk-service-navigation__list").Attr("id", id).Add(items.Select(Item))));
        }
        return El.Div("govuk-service-navigation", o.Classes).Attr("data-module", "govuk-service-navigation").Attrs(o.Attributes)
            .Add(El.Div(o.WidthClass).Add(container));
    }

    private static Element Toggle(string text, string? label, string id) => new Element("button").Attr("type", "button")
        .Class("govuk-service-navigation__toggle govuk-js-service-navigation-toggle").Attr("aria-controls", id)
        .Attr("aria-label", string.IsNullOrEmpty(label) || label == text ? null : label)
        .Flag("hidden", true).Attr("aria-hidden", "true").Text(text);

    private static Element Item(ServiceNavigationItem item)
    {
        var here = item.Active || item.Current;
        var current = here ? item.Current ? "page" : "true" : null;
        // Wrapped in strong, so that a person who turns colours off still sees where they are.
        var words = here ? new Element("strong").Class("govuk-service-navigation__active-fallback").Add(item.Content) : item.Content;
        var entry = new Element("li").Class("govuk-service-navigation__item", here ? "govuk-service-navigation__item--active" : null);
        if (!string.IsNullOrEmpty(item.Href))
            return entry.Add(new Element("a").Class("govuk-service-navigation__link").Attr("href", item.Href).Attr("aria-current", current).Attrs(item.Attributes).Add(words));
        return item.Any ? entry.Add(El.Span("govuk-service-navigation__text").Attr("aria-current", current).Add(words)) : entry;
    }
}
