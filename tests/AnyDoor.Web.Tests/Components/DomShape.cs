using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AnyDoor.Web.Tests.Components;

/// <summary>
/// HTML as an indented outline in which only what a browser tells apart is left: attributes sorted, classes as a set,
/// space collapsed. (A space before an icon is lost in any case: the icon stands in a flex box.) A space inside words stays, and so does one at the start of words only read out ("Change" + " your name").
/// </summary>
internal static partial class DomShape
{
    private static readonly HtmlParser Parser = new();

    public static string Of(string html)
    {
        var outline = new StringBuilder();
        var body = Parser.ParseDocument("<!doctype html><body>" + html).Body!;
        foreach (var child in body.ChildNodes) Write(child, 0, outline);
        return outline.ToString();
    }

    private static void Write(INode node, int depth, StringBuilder outline)
    {
        switch (node)
        {
            case IElement element:
                outline.Append(' ', depth * 2).Append('<').Append(element.LocalName);
                foreach (var attribute in element.Attributes.OrderBy(a => a.Name, StringComparer.Ordinal))
                {
                    var value = attribute.Name == "class"
                        ? string.Join(' ', attribute.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal))
                        : attribute.Value;
                    outline.Append(' ').Append(attribute.Name).Append("=\"").Append(value).Append('"');
                }
                outline.AppendLine(">");
                foreach (var child in element.ChildNodes) Write(child, depth + 1, outline);
                break;
            case IText text when text.ParentElement?.LocalName is "textarea":
                outline.Append(' ', depth * 2).AppendLine(text.Data);
                break;
            case IText text:
                var words = Spaces().Replace(text.Data, " ");
                if (text.PreviousSibling is null && !ReadOut(text.ParentElement)) words = words.TrimStart(' ');
                if (text.NextSibling is null or IElement { LocalName: "svg" }) words = words.TrimEnd(' ');
                if (words.Trim(' ').Length > 0) outline.Append(' ', depth * 2).Append('"').Append(words).AppendLine("\"");
                break;
        }
    }

    private static bool ReadOut(IElement? element) => element?.ClassList.Contains("govuk-visually-hidden") == true;

    [GeneratedRegex(@"[ \t\r\n]+")]
    private static partial Regex Spaces();
}
