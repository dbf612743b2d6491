using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnyDoor.Web.Language;

/// <summary>A language a resident can choose.</summary>
/// <param name="Code">What <c>lang=</c> takes.</param>
/// <param name="Name">Its own name for itself.</param>
/// <param name="RightToLeft">Whether it runs from the right.</param>
/// <param name="Reviewed">Read by a speaker. One that is not shows only on a demo.</param>
/// <param name="HtmlLang">The value of the <c>lang</c> attribute.</param>
public sealed record Tongue(string Code, string Name, bool RightToLeft, bool Reviewed, string HtmlLang)
{
    public string Direction => RightToLeft ? "rtl" : "ltr";
    public bool IsPseudo => Code.StartsWith("qps", StringComparison.Ordinal);
}

/// <summary>
/// Every text of the product that a resident can meet, by language and key. Read once from the JSON files built into this assembly
/// (<c>Texts/</c>: the pages) and into the core (<c>Content/resident-strings/</c>: the questions).
/// </summary>
public sealed class TextLibrary
{
    public const string English = "en";
    private readonly Dictionary<string, Dictionary<string, JsonNode>> _texts = [];

    public IReadOnlyList<Tongue> Tongues { get; }

    public TextLibrary() : this(Files()) { }

    public TextLibrary(IEnumerable<(string Source, JsonNode File)> files)
    {
        var tongues = new Dictionary<string, Tongue>();
        foreach (var (source, file) in files)
        {
            var code = file["language"]!.GetValue<string>();
            var reviewed = file["reviewed"]!.GetValue<bool>();
            var tongue = new Tongue(code, file["name"]!.GetValue<string>(), file["direction"]!.GetValue<string>() == "rtl", reviewed,
                code == English ? "en-GB" : code);
            // A language counts as reviewed when every file of it is.
            tongues[code] = tongues.TryGetValue(code, out var before) ? before with { Reviewed = before.Reviewed && reviewed } : tongue;
            if (!_texts.TryGetValue(code, out var texts)) _texts[code] = texts = [];
            foreach (var (key, text) in file["strings"]!.AsObject())
                if (!texts.TryAdd(key, text!))
                    throw new InvalidOperationException($"The text \"{key}\" is in two files of \"{code}\"; the second is {source}.");
        }
        Tongues =
        [
            .. tongues.Values.OrderBy(t => Array.IndexOf(Order, t.Code) is var i and >= 0 ? i : int.MaxValue),
            new("qps", "Pseudo", false, false, "en-x-qps"),
            new("qps-rtl", "Pseudo, right to left", true, false, "en-x-qps"),
        ];
    }

    private static readonly string[] Order = [English, "pl", "lt", "ro", "ur"];

    public IReadOnlyDictionary<string, JsonNode> In(string code) => _texts[code];

    /// <summary>The text for a key, and the code of the language it was found in; null when even English has none.</summary>
    public (string Template, string Code)? Find(string code, string key, int? count)
    {
        if (code.StartsWith("qps", StringComparison.Ordinal))
            return Find(English, key, count) is { } found ? (Pseudo.Of(found.Template), code) : null;
        foreach (var tried in code == English ? (string[])[English] : [code, English])
            if (_texts[tried].TryGetValue(key, out var node))
                return (Form(node, tried, count, key), tried);
        return null;
    }

    /// <summary>The key of the wording for whoever asks for somebody else, where the language (or English for want of any) has one; otherwise the key itself.</summary>
    public string ForSomeoneElse(string code, string key)
    {
        var other = key + "-for-someone-else";
        var own = _texts.GetValueOrDefault(code) ?? _texts[English];
        return own.ContainsKey(other) || (!own.ContainsKey(key) && _texts[English].ContainsKey(other)) ? other : key;
    }

    /// <summary>Every form of a text that changes with a number.</summary>
    public IReadOnlyDictionary<string, string> Forms(string code, string key)
    {
        var pseudo = code.StartsWith("qps", StringComparison.Ordinal);
        var texts = _texts[pseudo ? English : code];
        if (!texts.TryGetValue(key, out var node)) node = _texts[English][key];
        return node.AsObject().ToDictionary(f => f.Key, f => pseudo ? Pseudo.Of(f.Value!.GetValue<string>()) : f.Value!.GetValue<string>());
    }

    private static string Form(JsonNode node, string code, int? count, string key)
    {
        if (node is not JsonObject forms) return node.GetValue<string>();
        if (count is null) throw new InvalidOperationException($"The text \"{key}\" changes with a number: use T.Count(\"{key}\", n).");
        return (forms[Plural.Of(code, count.Value)] ?? forms["other"])!.GetValue<string>();
    }

    private static IEnumerable<(string, JsonNode)> Files()
    {
        foreach (var (assembly, folder) in new[]
        {
            (typeof(TextLibrary).Assembly, "Texts/"), (typeof(Common.Money).Assembly, "Content/resident-strings/"),
        })
        {
            foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)))
                yield return (name, Read(assembly, name));
        }
    }

    private static JsonNode Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        return JsonNode.Parse(stream, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
    }
}
