using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary>
/// <c>&lt;any-summary&gt;&lt;any-row key="Meter" change="/ask/meter"&gt;Prepayment&lt;/any-row&gt;…&lt;/any-summary&gt;</c>
/// </summary>
[HtmlTargetElement("any-summary")]
public sealed class AnySummaryTagHelper : TagHelper
{
    public string? Class { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var rows = new List<SummaryListRow?>();
        context.Items[typeof(SummaryListRow)] = rows;
        await output.GetChildContentAsync();
        output.Show(SummaryList.Render(new() { Rows = rows, Classes = Class, Attributes = output.Rest() }));
    }
}

/// <summary>A row; with <c>change</c> it ends in a link, "Change" and the key read out after it.</summary>
[HtmlTargetElement("any-row", ParentTag = "any-summary")]
public sealed class AnyRowTagHelper(Texts texts) : TagHelper
{
    public string Key { get; set; } = "";
    public string? Change { get; set; }
    public string? ChangeText { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        IHtmlContent value = await output.GetChildContentAsync();
        ((List<SummaryListRow?>)context.Items[typeof(SummaryListRow)]).Add(new()
        {
            Key = new() { Html = texts.Words(Key) }, Value = new() { Html = value },
            Actions = string.IsNullOrEmpty(Change) ? null : new()
            {
                Items = [new() { Href = Change, Html = ChangeText is null ? texts["layout.change"] : texts.Words(ChangeText), VisuallyHiddenText = Lower(Key) }],
            },
        });
        output.SuppressOutput();
    }

    private static string Lower(string key) => key.Length > 1 && char.IsLower(key[1]) ? char.ToLowerInvariant(key[0]) + key[1..] : key;
}
