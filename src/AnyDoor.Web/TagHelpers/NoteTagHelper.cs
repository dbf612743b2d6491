using AnyDoor.Web.Components;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

public enum NoteKind { Plain, Warn, Stop, Done }

/// <summary><c>&lt;any-note kind="Warn"&gt;…&lt;/any-note&gt;</c>: one idea each. With <c>status</c> it is read out when it appears.</summary>
[HtmlTargetElement("any-note")]
public sealed class AnyNoteTagHelper : TagHelper
{
    public NoteKind Kind { get; set; }
    public bool Status { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.Show(El.Div("any-note", Kind switch { NoteKind.Warn => "any-note--warn", NoteKind.Stop => "any-note--stop", NoteKind.Done => "any-note--done", _ => null })
            .Attr("role", Status ? "status" : null).Attrs(output.Rest()).Add(content));
    }
}
