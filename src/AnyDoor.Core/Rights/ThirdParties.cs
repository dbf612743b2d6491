using System.Text.RegularExpressions;
using AnyDoor.Common;

namespace AnyDoor.Rights;

/// <summary>Somebody who may be named in a text.</summary>
/// <param name="What">See <see cref="SubjectMark.What"/>.</param>
public sealed record Named(string Name, string What, MarkChoice Suggested);

/// <summary>A passage that speaks of somebody else.</summary>
public sealed record Passage(int Start, int Length, string What, MarkChoice Suggested);

/// <summary>
/// Finds other people in a text: by the names we know, and by telephone numbers and e-mail addresses that are not the person's own. It finds what can be found
/// by rule; whoever reviews marks the rest by hand, like “his brother”.
/// </summary>
public static partial class ThirdParties
{
    public const string Member = "household-member";
    public const string Worker = "worker";
    public const string WhoToldUs = "who-told-us";
    public const string Contact = "telephone-or-email";
    public const string Address = "address";
    public const string Other = "somebody-else";

    public static string InWords(string what) => what switch
    {
        Member => "somebody in the household", Worker => "a worker", WhoToldUs => "who told us", Contact => "a telephone number or e-mail address", Address => "an address", _ => "somebody else",
    };

    /// <param name="own">Telephone numbers and e-mail addresses that are the person's own.</param>
    public static IReadOnlyList<Passage> Find(string text, IReadOnlyCollection<Named> people, IReadOnlyCollection<string> own)
    {
        var found = new List<Passage>();
        foreach (var person in people.Where(p => p.Name.Trim().Length > 1).OrderByDescending(p => p.Name.Length))
            foreach (Match match in Regex.Matches(text, $@"(?<![\p{{L}}\p{{Nd}}]){Regex.Escape(person.Name.Trim())}(?![\p{{L}}\p{{Nd}}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
                Add(match, person.What, person.Suggested);
        foreach (Match match in EmailText().Matches(text)) if (!own.Contains(match.Value, StringComparer.OrdinalIgnoreCase)) Add(match, Contact, MarkChoice.Hide);
        foreach (Match match in PhoneText().Matches(text)) if (Phone.TryParse(match.Value, out var number) && !own.Contains(number)) Add(match, Contact, MarkChoice.Hide);
        return [.. found.OrderBy(p => p.Start)];

        void Add(Match match, string what, MarkChoice suggested)
        {
            if (!found.Exists(p => match.Index < p.Start + p.Length && p.Start < match.Index + match.Length)) found.Add(new Passage(match.Index, match.Length, what, suggested));
        }
    }

    /// <summary>The text as it will be read. What is not decided is hidden.</summary>
    public static string Apply(string text, IEnumerable<SubjectMark> marks)
    {
        foreach (var mark in marks.OrderByDescending(m => m.Start))
        {
            if (mark.Choice == MarkChoice.Keep || mark.Start < 0 || mark.Start + mark.Length > text.Length) continue;
            var instead = mark is { Choice: MarkChoice.Reword, Instead: { Length: > 0 } words } ? $"[{words}]" : mark.What == Contact ? "[a number or address]" : mark.What == Address ? "[an address]" : "[about another person]";
            text = text[..mark.Start] + instead + text[(mark.Start + mark.Length)..];
        }
        return text;
    }

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(\.[\w-]+)+")]
    private static partial Regex EmailText();

    [GeneratedRegex(@"(?<![\w£])(\+44|0)[\d ]{9,13}\d")]
    private static partial Regex PhoneText();
}
