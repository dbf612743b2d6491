using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>Codes of languages as sources and people name them.</summary>
public static class Languages
{
    private static readonly Dictionary<string, string> Codes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["english"] = "en", ["eng"] = "en", ["polish"] = "pl", ["polski"] = "pl", ["pol"] = "pl", ["lithuanian"] = "lt", ["lit"] = "lt", ["romanian"] = "ro", ["ron"] = "ro", ["rum"] = "ro", ["urdu"] = "ur", ["urd"] = "ur", ["portuguese"] = "pt", ["por"] = "pt",
        ["bulgarian"] = "bg", ["russian"] = "ru", ["ukrainian"] = "uk", ["bengali"] = "bn", ["bangla"] = "bn", ["sylheti"] = "bn", ["arabic"] = "ar", ["ara"] = "ar", ["latvian"] = "lv", ["slovak"] = "sk", ["czech"] = "cs", ["hungarian"] = "hu", ["punjabi"] = "pa", ["panjabi"] = "pa", ["gujarati"] = "gu",
        ["hindi"] = "hi", ["tamil"] = "ta", ["chinese"] = "zh", ["mandarin"] = "zh", ["cantonese"] = "zh", ["farsi"] = "fa", ["persian"] = "fa", ["dari"] = "fa", ["pashto"] = "ps", ["kurdish"] = "ku", ["turkish"] = "tr", ["somali"] = "so", ["spanish"] = "es", ["french"] = "fr", ["german"] = "de", ["italian"] = "it",
        ["tetum"] = "tet", ["british sign language"] = "bsl", ["bsl"] = "bsl", ["bfi"] = "bsl", ["sign language"] = "bsl",
    };

    private static readonly HashSet<string> Known = [.. Codes.Values];

    public static string? CodeOf(string? text)
    {
        if (PlainText.Line(text, 60)?.ToLowerInvariant() is not { } word) return null;
        if (Codes.TryGetValue(word, out var code)) return code;
        var part = word.Split('-', '_')[0];
        if (part.Length is 2 or 3 && (Known.Contains(part) || Codes.TryGetValue(part, out part!))) return part;
        return Codes.FirstOrDefault(c => c.Key.Length > 4 && word.Contains(c.Key, StringComparison.Ordinal)).Value;
    }

    /// <summary>As a line of reasons says it.</summary>
    public static string NameOf(string code)
    {
        var label = Words.Current.Fact("language")?.Options?.FirstOrDefault(o => o.Id == code)?.Label;
        if (label is not null) return label.IndexOf('(', StringComparison.Ordinal) is > 0 and var open ? label[(open + 1)..].TrimEnd(')') : label;
        var name = Codes.FirstOrDefault(c => c.Value == code && c.Key.Length > 3).Key ?? code;
        return char.ToUpperInvariant(name[0]) + name[1..];
    }
}
