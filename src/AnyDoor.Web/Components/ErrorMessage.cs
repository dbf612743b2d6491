using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record ErrorMessageOptions : Part
{
    public string? Id { get; init; }

    /// <summary>Read out before the message; "Error" when null, nothing when empty.</summary>
    public string? VisuallyHiddenText { get; init; }
}

public static class ErrorMessage
{
    public static IHtmlContent Render(ErrorMessageOptions o)
    {
        var said = o.VisuallyHiddenText ?? "Error";
        var message = new Element("p").AttrIfAny("id", o.Id).Class("govuk-error-message", o.Classes).Attrs(o.Attributes);
        if (said.Length > 0) message.Add(El.Hidden(said + ":")).Text(" ");
        return message.Add(o.Content);
    }
}
