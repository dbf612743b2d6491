using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

/// <summary>An HTML element being built. Text and attribute values are always encoded; markup only enters as <see cref="IHtmlContent"/>.</summary>
public sealed class Element(string name) : IHtmlContent
{
    private static readonly HashSet<string> Void = ["br", "hr", "img", "input", "path", "circle", "rect"];
    private readonly List<(string Name, string? Value)> _attributes = [];
    private readonly List<object> _children = [];

    /// <summary>Sets the class list; empty parts are left out.</summary>
    public Element Class(params IEnumerable<string?> classes) =>
        Attr("class", string.Join(' ', classes.Where(c => !string.IsNullOrWhiteSpace(c))));

    /// <summary>Adds an attribute, or nothing when the value is null.</summary>
    public Element Attr(string name, string? value)
    {
        if (value is not null) _attributes.Add((name, value));
        return this;
    }

    /// <summary>Adds an attribute, or nothing when the value is null or empty.</summary>
    public Element AttrIfAny(string name, string? value) => Attr(name, string.IsNullOrEmpty(value) ? null : value);

    /// <summary>Adds a boolean attribute such as <c>disabled</c>.</summary>
    public Element Flag(string name, bool on)
    {
        if (on) _attributes.Add((name, null));
        return this;
    }

    public Element Attrs(IReadOnlyDictionary<string, string?>? attributes)
    {
        foreach (var (name, value) in attributes ?? new Dictionary<string, string?>()) _attributes.Add((name, value));
        return this;
    }

    public Element Add(params IEnumerable<IHtmlContent?> children)
    {
        foreach (var child in children)
            if (child is not null) _children.Add(child);
        return this;
    }

    public Element Text(string? text)
    {
        if (!string.IsNullOrEmpty(text)) _children.Add(text);
        return this;
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write('<');
        writer.Write(name);
        foreach (var (attribute, value) in _attributes)
        {
            writer.Write(' ');
            encoder.Encode(writer, attribute);
            if (value is null) continue;
            writer.Write("=\"");
            encoder.Encode(writer, value);
            writer.Write('"');
        }
        writer.Write('>');
        if (Void.Contains(name)) return;
        foreach (var child in _children)
        {
            if (child is IHtmlContent markup) markup.WriteTo(writer, encoder);
            else encoder.Encode(writer, (string)child);
        }
        writer.Write("</");
        writer.Write(name);
        writer.Write('>');
    }
}
