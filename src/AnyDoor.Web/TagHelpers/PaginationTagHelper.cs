using AnyDoor.Web.Components;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary><c>&lt;any-pages label="Pages of the queue" next="?page=2" next-text="Next 8" of="requests" /&gt;</c></summary>
[HtmlTargetElement("any-pages", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AnyPagesTagHelper : TagHelper
{
    public string Label { get; set; } = "";
    public string? Previous { get; set; }
    public string? Next { get; set; }
    public string PreviousText { get; set; } = "Previous";
    public string NextText { get; set; } = "Next";

    /// <summary>Read out after the words: "requests".</summary>
    public string Of { get; set; } = "page";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // One page only: nothing to choose from.
        if (string.IsNullOrEmpty(Previous) && string.IsNullOrEmpty(Next)) { output.SuppressOutput(); return; }
        output.Show(Pagination.Render(new()
        {
            LandmarkLabel = Label, Attributes = output.Rest(), Previous = Link(Previous, PreviousText), Next = Link(Next, NextText),
        }));
    }

    private PaginationLink? Link(string? href, string text) =>
        string.IsNullOrEmpty(href) ? null : new() { Href = href, Html = El.Of(new PlainText(text), El.Hidden(" " + Of)) };
}
