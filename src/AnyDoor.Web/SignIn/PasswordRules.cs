using AnyDoor.Common;

namespace AnyDoor.Web.SignIn;

/// <summary>Long rather than odd (NCSC, three random words): at least 12 characters of any kind, and nothing that somebody would guess first.</summary>
public static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 200;
    // What people lengthen when they are made to use more characters.
    private static readonly string[] Guessed = ["password", "passw0rd", "letmein", "welcome", "qwerty", "asdfgh", "zxcvbn", "iloveyou", "football", "liverpool", "sunshine", "princess", "dragon", "monkey", "superman", "charlie", "anydoor", "council", "123456", "abcdef", "111111"];

    private const string TriedFirst = "This is among the first that somebody would try. Choose one without common words or your own name.";

    /// <param name="own">What everybody knows of whoever chooses it: their e-mail, name and handle. None of it may be in it, nor a word of it of four letters or more.</param>
    public static string? Fault(string? password, params IEnumerable<string?> own)
    {
        if (password is null || password.Length < Shortest) return $"Make it at least {Shortest} characters. Three words that have nothing to do with each other are good.";
        if (password.Length > Longest) return $"Make it at most {Longest} characters.";
        if (password.Distinct().Count() < 6) return "Use at least six different characters.";
        var folded = Joined(password);
        if (own.OfType<string>().SelectMany(Parts).Any(p => p.Length > 3 && folded.Contains(p, StringComparison.Ordinal))) return TriedFirst;
        // A guessed word is no harm within a long one; a password that is little else is.
        if (Array.Exists(Guessed, w => folded.Contains(w, StringComparison.Ordinal) && folded.Length - w.Length < 8)) return TriedFirst;
        return null;
    }

    /// <summary>Of <c>n.pell@hub.example</c>: all of it, what is before the @, and each word of that. Of a name: the name and each word of it.</summary>
    private static IEnumerable<string> Parts(string own)
    {
        var local = own.Split('@')[0];
        return local.Split([' ', '.', '-', '_', '+', '\'', '’']).Append(local).Append(own).Select(Joined);
    }

    private static string Joined(string text) => Folding.Fold(text).Replace(" ", "", StringComparison.Ordinal);
}
