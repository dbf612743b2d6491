using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record FieldsetOptions
{
    public string? DescribedBy { get; init; }
    public string? Role { get; init; }
    public LegendOptions? Legend { get; init; }
    public IHtmlContent? Html { get; init; }
    public string? Classes { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

public sealed record LegendOptions : Words
{
    public string? Classes { get; init; }
    public bool IsPageHeading { get; init; }
}

public static class Fieldset
{
    public static IHtmlContent Render(FieldsetOptions o) => new Element("fieldset").Class("govuk-fieldset", o.Classes)
        .AttrIfAny("role", o.Role).AttrIfAny("aria-describedby", o.DescribedBy).Attrs(o.Attributes)
        .Add(Legend(o.Legend), o.Html);

    private static Element? Legend(LegendOptions? legend)
    {
        if (legend is not { Any: true }) return null;
        var words = legend.IsPageHeading ? new Element("h1").Class("govuk-fieldset__heading").Add(legend.Content) : legend.Content;
        return new Element("legend").Class("govuk-fieldset__legend", legend.Classes).Add(words);
    }
}
