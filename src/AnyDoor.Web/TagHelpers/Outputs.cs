using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

internal static class Outputs
{
    /// <summary>Puts the component in the tag helper's place.</summary>
    public static void Show(this TagHelperOutput output, IHtmlContent? content)
    {
        output.TagName = null;
        output.Attributes.Clear();
        output.Content.SetHtmlContent(content ?? HtmlString.Empty);
    }

    /// <summary>The attributes a page wrote that are not the tag helper's own, for the element that is rendered: <c>data-…</c>, <c>aria-…</c>.</summary>
    public static Dictionary<string, string?> Rest(this TagHelperOutput output) =>
        output.Attributes.ToDictionary(a => a.Name, a => a.ValueStyle == HtmlAttributeValueStyle.Minimized ? null : Plain(a.Value));

    private static string? Plain(object? value)
    {
        if (value is not IHtmlContent markup) return value?.ToString();
        using var writer = new StringWriter();
        // Encoded by Razor already; it is encoded once more where the element is written.
        markup.WriteTo(writer, NullHtmlEncoder.Default);
        return System.Net.WebUtility.HtmlDecode(writer.ToString());
    }
}
