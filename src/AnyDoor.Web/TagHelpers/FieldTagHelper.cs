using System.Globalization;
using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary>
/// What every form field shares: with <c>asp-for</c> its name, id, value and errors come from the model and the model state;
/// <c>name</c>, <c>id</c>, <c>value</c> and <c>error</c> stand in for them where there is no model.
/// </summary>
public abstract class FieldTagHelper(Texts texts, PageFrame frame) : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    [HtmlAttributeName("asp-for")]
    public ModelExpression? For { get; set; }

    public string? Name { get; set; }
    public string? Id { get; set; }
    public string? Hint { get; set; }

    /// <summary>An error that is not in the model state.</summary>
    public string? Error { get; set; }

    /// <summary>Classes of the control itself.</summary>
    public string? Class { get; set; }

    /// <summary>Classes of the block round the field.</summary>
    public string? GroupClass { get; set; }

    protected Texts Texts => texts;
    protected PageFrame Frame => frame;

    protected string FieldName => Name
        ?? (For is null ? null : ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name))
        ?? throw new InvalidOperationException($"{GetType().Name} needs asp-for or a name.");

    protected string FieldId => Id ?? TagBuilder.CreateSanitizedId(FieldName, "_");

    protected FormGroup Group => new() { Classes = GroupClass };
    protected HintOptions? HintOptions => string.IsNullOrEmpty(Hint) ? null : new() { Html = texts.Words(Hint) };

    protected ErrorMessageOptions? ErrorOptions(string? name = null)
    {
        var messages = Errors(name ?? FieldName);
        if (messages.Count == 0) return null;
        var lines = messages.SelectMany((message, i) => i == 0 ? [texts.Words(message)] : new[] { new Element("br"), texts.Words(message) });
        return new() { Html = El.Of(lines), VisuallyHiddenText = texts.Plain("layout.error") };
    }

    protected IReadOnlyList<string> Errors(string name)
    {
        if (!string.IsNullOrEmpty(Error)) return [Error];
        return ViewContext.ViewData.ModelState.TryGetValue(name, out var entry)
            ? [.. entry.Errors.Select(e => e.ErrorMessage).Where(m => m.Length > 0)]
            : [];
    }

    /// <summary>What was typed when the form comes back; the model's value otherwise.</summary>
    protected string? Typed(string name, object? model) =>
        ViewContext.ViewData.ModelState.TryGetValue(name, out var entry) && entry.RawValue is not null
            ? entry.AttemptedValue
            : Format(model);

    protected static string? Format(object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes ? "true" : "false",
        IFormattable item => item.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
