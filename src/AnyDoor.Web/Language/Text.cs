using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Language;

/// <summary>
/// A piece of text ready for a page. Written into a page it is encoded, and marked with its language when it fell back to English.
/// As a string it is plain: for attributes, titles and messages.
/// </summary>
public sealed class Text(string template, string? foreign, IReadOnlyList<(string Name, object Value)> values) : IHtmlContent
{
    /// <summary>The language this is in when it is not the page's own.</summary>
    public string? Foreign { get; } = foreign;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (Foreign is not null) writer.Write($"<span lang=\"{Foreign}\" dir=\"ltr\">");
        foreach (var part in Parts())
        {
            if (part is IHtmlContent markup) markup.WriteTo(writer, encoder);
            else encoder.Encode(writer, (string)part);
        }
        if (Foreign is not null) writer.Write("</span>");
    }

    public override string ToString() => string.Concat(Parts().Select(part => part as string
        ?? throw new InvalidOperationException($"\"{template}\" holds markup, so it cannot stand in an attribute. Write it into the page.")));

    private IEnumerable<object> Parts()
    {
        var rest = template;
        while (rest.IndexOf('{', StringComparison.Ordinal) is var start and >= 0 && rest.IndexOf('}', start) is var end and > 0)
        {
            if (start > 0) yield return rest[..start];
            var name = rest[(start + 1)..end];
            var value = values.FirstOrDefault(v => v.Name == name).Value
                ?? throw new InvalidOperationException($"\"{template}\" needs a value for {{{name}}}.");
            yield return value is IHtmlContent and not Text ? value : Convert.ToString(value, System.Globalization.CultureInfo.CurrentCulture)!;
            rest = rest[(end + 1)..];
        }
        if (rest.Length > 0) yield return rest;
    }
}
