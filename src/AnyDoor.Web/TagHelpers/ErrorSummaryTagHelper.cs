using System.Text.Encodings.Web;
using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary>
/// <c>&lt;any-error-summary /&gt;</c> at the top of a form page: every error of the model state, in the order of the fields on the page,
/// each linked to its field. Nothing when there is none.
/// </summary>
[HtmlTargetElement("any-error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AnyErrorSummaryTagHelper(Texts texts, PageFrame frame) : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(new Later(texts, frame, ViewContext.ViewData.ModelState));
    }

    /// <summary>Written when the page is sent, after its fields have said where they are.</summary>
    private sealed class Later(Texts texts, PageFrame frame, ModelStateDictionary state) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            if (state.IsValid) return;
            ErrorSummary.Render(new ErrorSummaryOptions
            {
                TitleHtml = texts["common.error-title"], DescriptionHtml = texts["common.error-kept"], ErrorList = [.. Items()],
            }).WriteTo(writer, encoder);
        }

        private IEnumerable<ErrorSummaryItem> Items()
        {
            var said = new HashSet<(string, string)>();
            foreach (var (name, id) in frame.Fields)
                foreach (var message in Messages(name))
                    if (said.Add((name, message))) yield return new() { Href = "#" + id, Html = texts.Words(message) };

            // An error of something that is not a field here still has to be seen.
            foreach (var name in state.Keys.Where(name => frame.Fields.All(field => field.Name != name)))
                foreach (var message in Messages(name)) yield return new() { Html = texts.Words(message) };
        }

        private IEnumerable<string> Messages(string name) =>
            state.TryGetValue(name, out var entry) ? entry.Errors.Select(e => e.ErrorMessage).Where(m => m.Length > 0) : [];
    }
}
