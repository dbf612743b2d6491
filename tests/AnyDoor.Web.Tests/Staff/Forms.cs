using AngleSharp.Html.Dom;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>Sends a page's main form as a browser does: every field as it stands, and those that a person changed.</summary>
internal static class Forms
{
    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string path, IHtmlDocument page, params (string Name, string Value)[] changes)
    {
        var form = page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().First(f => f.Method == "post" && !f.Action.Contains("handler=", StringComparison.Ordinal));
        var fields = new List<(string Name, string Value)>();
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } choice when choice.IsChecked: fields.Add((choice.Name!, choice.Value)); break;
                case IHtmlInputElement { Type: "checkbox" or "radio" or "submit" or "file" }: break;
                case IHtmlInputElement { Name.Length: > 0 } input: fields.Add((input.Name!, input.Value)); break;
                case IHtmlTextAreaElement { Name.Length: > 0 } area: fields.Add((area.Name!, area.Value)); break;
                case IHtmlSelectElement { Name.Length: > 0 } select: fields.Add((select.Name!, select.Value ?? "")); break;
            }
        }
        fields.RemoveAll(f => changes.Any(c => c.Name == f.Name));
        using var content = new FormUrlEncodedContent(fields.Concat(changes).Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await browser.PostAsync(path, content);
    }
}
