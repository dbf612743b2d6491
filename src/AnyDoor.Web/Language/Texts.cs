using AnyDoor.Web.Components;
using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Language;

/// <summary>
/// The texts of this request, in the language the person chose. In a page: <c>@T["status.title"]</c>;
/// with values <c>@T.Of("common.question-of", ("number", 7), ("total", 10))</c>; by number <c>@T.Count("record.looks", 2)</c>;
/// in an HTML attribute <c>@T.Plain("…")</c>.
/// </summary>
public sealed class Texts(TextLibrary library, LanguageChoice choice)
{
    private readonly HashSet<string> _inEnglish = [];

    public Tongue Current => choice.Current;

    /// <summary>What the person can choose from, in its order.</summary>
    public IReadOnlyList<Tongue> Offered => choice.Offered;

    public Text this[string key] => Get(key, null, []);

    public Text Of(string key, params (string Name, object Value)[] values) => Get(key, null, values);

    /// <summary>A question as it is put to the person themselves, or to whoever asks for them.</summary>
    public string Ask(string key, bool someoneElse) => someoneElse ? library.ForSomeoneElse(choice.Current.Code, key) : key;

    /// <summary>The form that goes with the number, which stands in the text as <c>{count}</c>.</summary>
    public Text Count(string key, int count, params (string Name, object Value)[] values) => Get(key, count, [("count", count), .. values]);

    /// <summary>For an HTML attribute or a title, where no markup can stand.</summary>
    public string Plain(string key, params (string Name, object Value)[] values) => Get(key, null, values).ToString();

    /// <summary>All forms of a text that changes with a number, with a mark of one's own where the number goes: for a script that picks the form.</summary>
    public Dictionary<string, string> Forms(string key, string count) => library.Forms(choice.Current.Code, key)
        .ToDictionary(form => form.Key, form => form.Value.Replace("{count}", count, StringComparison.Ordinal));

    /// <summary>A string that a page passed to a tag helper, marked as English when it came from here and is.</summary>
    public IHtmlContent? Words(string? text) => string.IsNullOrEmpty(text) ? null
        : _inEnglish.Contains(text) ? new Element("span").Attr("lang", "en").Attr("dir", "ltr").Text(text)
        : new PlainText(text);

    private Text Get(string key, int? count, IReadOnlyList<(string, object)> values)
    {
        var (template, code) = library.Find(choice.Current.Code, key, count)
            ?? throw new InvalidOperationException($"There is no text \"{key}\". Add it to Texts/en.json.");
        var foreign = code == choice.Current.Code ? null : code;
        var text = new Text(template, foreign, values);
        if (foreign is not null && values.All(v => v.Item2 is not IHtmlContent)) _inEnglish.Add(text.ToString());
        return text;
    }
}
