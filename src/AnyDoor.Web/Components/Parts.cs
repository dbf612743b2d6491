using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

/// <summary>Words given as text, which is encoded, or as markup, which only comes from code as <see cref="IHtmlContent"/>.</summary>
public record Words
{
    public string? Text { get; init; }
    public IHtmlContent? Html { get; init; }

    internal bool Any => Html is not null || !string.IsNullOrEmpty(Text);
    internal IHtmlContent? Content => Html ?? (string.IsNullOrEmpty(Text) ? null : new PlainText(Text));
}

/// <summary>Words with classes and attributes of their own: a hint, a label, a prefix.</summary>
public record Part : Words
{
    public string? Classes { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

/// <summary>The block round a field.</summary>
public sealed record FormGroup
{
    public string? Classes { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
    public Words? BeforeInput { get; init; }
    public Words? AfterInput { get; init; }
    public Words? BeforeInputs { get; init; }
    public Words? AfterInputs { get; init; }
}

/// <summary>Text that is encoded where it is written.</summary>
public sealed class PlainText(string text) : IHtmlContent
{
    public void WriteTo(TextWriter writer, System.Text.Encodings.Web.HtmlEncoder encoder) => encoder.Encode(writer, text);
    public override string ToString() => text;
}

internal static class El
{
    public static Element Div(params IEnumerable<string?> classes) => new Element("div").Class(classes);
    public static Element Span(params IEnumerable<string?> classes) => new Element("span").Class(classes);
    public static Element A(string href, params IEnumerable<string?> classes) => new Element("a").Attr("href", href).Class(classes);
    public static Element Hidden(string text) => Span("govuk-visually-hidden").Text(text);

    /// <summary>Several contents as one.</summary>
    public static IHtmlContent Of(params IEnumerable<IHtmlContent?> parts)
    {
        var builder = new HtmlContentBuilder();
        foreach (var part in parts)
            if (part is not null) builder.AppendHtml(part);
        return builder;
    }

    public static string? Join(string? first, string? second) =>
        string.IsNullOrEmpty(first) ? second : string.IsNullOrEmpty(second) ? first : first + " " + second;
}
