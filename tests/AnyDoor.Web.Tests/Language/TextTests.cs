using System.Text.RegularExpressions;
using AnyDoor.Web.Language;

namespace AnyDoor.Web.Tests.Language;

public partial class TextTests
{
    private static readonly TextLibrary Library = new();

    [Fact]
    public void EveryTextThatAPageUses_IsThereInEnglish()
    {
        var used = Sources().SelectMany(source => Uses().Matches(source.Text).Select(m => (source.File, Key: m.Groups["key"].Value))).ToList();

        used.Count.ShouldBeGreaterThan(20);
        used.Where(use => !Library.In("en").ContainsKey(use.Key)).ShouldBeEmpty("these keys are in no file of English texts");
    }

    [Fact]
    public void EveryTranslation_HasAnEnglishTextAndItsValues()
    {
        var english = Library.In("en");
        var wrong =
            from tongue in Library.Tongues.Where(t => !t.IsPseudo && t.Code != "en")
            from text in Library.In(tongue.Code)
            where !english.TryGetValue(text.Key, out var original) || !Values(original!.ToJsonString()).SetEquals(Values(text.Value.ToJsonString()))
            select (tongue.Code, text.Key);

        wrong.ShouldBeEmpty("these have no English original, or other {values} than it has");
    }

    /// <summary>A text that fell back to English carries markup, so it cannot stand in an attribute of a plain element.</summary>
    [Fact]
    public void Pages_InAnAttribute_UsePlainTexts()
    {
        var wrong = Sources().Where(s => s.File.EndsWith(".cshtml", StringComparison.Ordinal))
            .SelectMany(s => Tags().Matches(s.Text).Where(tag => !tag.Value.StartsWith("<any-", StringComparison.Ordinal)
                && TextInAttribute().IsMatch(tag.Value)).Select(tag => $"{s.File}: {tag.Value}"));

        wrong.ShouldBeEmpty("""write attribute="@T.Plain("key")" instead""");
    }

    [Theory]
    [InlineData("pl", 1, "minutę"), InlineData("pl", 3, "minuty"), InlineData("pl", 12, "minut"), InlineData("pl", 22, "minuty"), InlineData("pl", 25, "minut")]
    [InlineData("lt", 1, "minutę"), InlineData("lt", 2, "minutes"), InlineData("lt", 11, "minučių"), InlineData("lt", 21, "minutę")]
    [InlineData("ro", 1, "minut"), InlineData("ro", 2, "minute"), InlineData("ro", 20, "de minute"), InlineData("ro", 101, "minute")]
    [InlineData("en", 1, "minute"), InlineData("en", 2, "minutes")]
    public void Find_Number_TakesTheFormOfTheLanguage(string code, int count, string ending) =>
        Library.Find(code, "wait.title", count)!.Value.Template.ShouldEndWith("{count} " + ending, Case.Sensitive);

    [Fact]
    public void Find_Pseudo_IsLongerAndKeepsItsValues()
    {
        var english = Library.Find("en", "common.question-of", null)!.Value.Template;

        var pseudo = Library.Find("qps", "common.question-of", null)!.Value.Template;

        pseudo.ShouldStartWith("[");
        pseudo.ShouldContain("{number}");
        pseudo.Length.ShouldBeGreaterThan(english.Length * 5 / 4);
    }

    [Fact]
    public void Reading_TheSameKeyInTwoFiles_IsRefused()
    {
        var file = System.Text.Json.Nodes.JsonNode.Parse("""{"language":"en","name":"English","direction":"ltr","reviewed":true,"strings":{"a":"b"}}""")!;

        Should.Throw<InvalidOperationException>(() => new TextLibrary([("one", file), ("two", file.DeepClone())])).Message
            .ShouldBe("The text \"a\" is in two files of \"en\"; the second is two.");
    }

    private static IEnumerable<(string File, string Text)> Sources() =>
        Directory.EnumerateFiles(WebProject.Folder, "*.cs*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".cshtml", StringComparison.Ordinal))
            .Where(file => !file[WebProject.Folder.Length..].Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"))
            .Where(file => Path.GetFileName(file) != "Texts.cs")
            .Select(file => (file[WebProject.Folder.Length..], File.ReadAllText(file)));

    private static HashSet<string> Values(string text) => [.. Placeholders().Matches(text).Select(m => m.Value)];

    [GeneratedRegex("""(?:\b(?:T|texts|Texts)(?:\[|\.(?:Of|Count|Plain|Forms)\()|\bForms\()"(?<key>[a-z0-9.-]+)"\s*[\],)]""")]
    private static partial Regex Uses();

    [GeneratedRegex("""<[a-z][^<>]*(?:=>[^<>]*)*>""")]
    private static partial Regex Tags();

    [GeneratedRegex("""\s[a-zA-Z-]+="[^"]*@\(?T(?:\[|\.(?:Of|Count)\()""")]
    private static partial Regex TextInAttribute();

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Placeholders();
}
