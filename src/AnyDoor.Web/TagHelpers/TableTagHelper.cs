using AnyDoor.Web.Components;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary>
/// <c>&lt;any-table caption="…" head="Model.Head" rows="Model.Rows" /&gt;</c>: a table that stacks on a phone, with the column's name before each cell.
/// </summary>
[HtmlTargetElement("any-table", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AnyTableTagHelper : TagHelper
{
    public string Caption { get; set; } = "";
    public IReadOnlyList<TableCell> Head { get; set; } = [];
    public IReadOnlyList<IReadOnlyList<TableCell>> Rows { get; set; } = [];
    public IReadOnlyList<TableCell>? Foot { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.Show(StackTable.Render(new() { Caption = Caption, Head = Head, Rows = Rows, Foot = Foot, Attributes = output.Rest() }));
}
