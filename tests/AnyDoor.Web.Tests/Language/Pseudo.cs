using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace AnyDoor.Web.Tests.Language;

/// <summary>Finds words of a page in the pseudo-language that are not resources: every resource is in [brackets].</summary>
public static class Pseudo
{
    private static readonly string[] Names = ["AnyDoor", "Demo county partnership", "English", "Polski", "Lietuvių", "Română", "اردو"];

    /// <param name="page">A page asked for with <c>?lang=qps</c>.</param>
    /// <param name="data">Words that are the person's own or a name, and so are not translated.</param>
    public static IReadOnlyList<string> NotTranslated(IHtmlDocument page, params string[] data)
    {
        var words = page.Body!.Descendants<IText>().Where(t => t.ParentElement?.LocalName is not ("script" or "style")).Select(t => t.Data.Trim());
        var attributes = page.All.SelectMany(e => new[] { "aria-label", "placeholder", "title", "alt" }.Select(e.GetAttribute)).OfType<string>();
        return [.. words.Concat(attributes).Where(text => text.Any(char.IsLetter) && text.IndexOfAny(['[', ']']) < 0 && !Names.Concat(data).Contains(text.TrimEnd('.')))];
    }
}
