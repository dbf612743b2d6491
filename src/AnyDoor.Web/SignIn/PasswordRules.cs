using AnyDoor.Common;

namespace AnyDoor.Web.SignIn;

/// <summary>Long rather than odd (NCSC, three random words): at least 12 characters of any kind, and nothing that somebody would guess first.</summary>
public static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 200;
    // What people lengthen when they are made to use more characters.
    private static readonly string[] Guessed = ["password", "passw0rd", "letmein", "welcome", "qwerty", "asdfgh", "zxcvbn", "iloveyou", "football", "liverpool", "sunshine", "princess", "dragon", "monkey", "superman", "charlie", "anydoor", "council", "123456", "abcdef", "111111"];

    public static string? Fault(string? password, string? email)
    {
        if (password is null || password.Length < Shortest) return $"Make it at least {Shortest} characters. Three words that have nothing to do with each other are good.";
        if (password.Length > Longest) return $"Make it at most {Longest} characters.";
        if (password.Distinct().Count() < 6) return "Use at least six different characters.";
        var folded = Folding.Fold(password).Replace(" ", "", StringComparison.Ordinal);
        var own = Folding.Fold((email ?? "").Split('@')[0]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 3);
        // A guessed word is no harm within a long one; a password that is little else is.
        if (Guessed.Concat(own).Any(w => folded.Contains(w, StringComparison.Ordinal) && folded.Length - w.Length < 8)) return "This is among the first that somebody would try. Choose one without common words or your own name.";
        return null;
    }
}
