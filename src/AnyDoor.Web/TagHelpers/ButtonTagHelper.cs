using AnyDoor.Web.Components;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary>How a button looks, by what it is for.</summary>
public enum ButtonKind
{
    Main, Secondary, Warning,

    /// <summary>The warm one: the way in.</summary>
    Lamp,
}

/// <summary><c>&lt;any-button&gt;Continue&lt;/any-button&gt;</c>; with <c>href</c> a link that looks like one.</summary>
[HtmlTargetElement("any-button")]
public sealed class AnyButtonTagHelper : TagHelper
{
    public ButtonKind Kind { get; set; }
    public bool Start { get; set; }
    public bool Small { get; set; }
    public string? Href { get; set; }
    public string? Type { get; set; }
    public string? Name { get; set; }
    public string? Value { get; set; }
    public string? Id { get; set; }
    public string? Class { get; set; }
    public bool Disabled { get; set; }

    /// <summary>A second press within a second does nothing. A comfort only: the command behind it must bear being sent twice.</summary>
    public bool? PreventDoubleClick { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var words = await output.GetChildContentAsync();
        output.Show(Button.Render(new ButtonOptions
        {
            Html = words, Href = Href, Type = Type, Name = Name, Value = Value, Id = Id, Disabled = Disabled,
            IsStartButton = Start, PreventDoubleClick = PreventDoubleClick, Attributes = output.Rest(),
            Classes = El.Join(Kind switch
            {
                ButtonKind.Secondary => "govuk-button--secondary", ButtonKind.Warning => "govuk-button--warning", ButtonKind.Lamp => "any-button--lamp", _ => null,
            }, El.Join(Small ? "any-button--small" : null, Class)),
        }));
    }
}
