using System.Security.Cryptography;

namespace AnyDoor.Common;

/// <summary>
/// A public reference, like <c>7K4Q 2MXR C</c>: eight random characters and a check character,
/// in Crockford's alphabet without U, so that it can be read aloud. Never ordered by, never a database key.
/// </summary>
public static class Reference
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New()
    {
        Span<char> text = stackalloc char[9];
        for (var i = 0; i < 8; i++) text[i] = Alphabet[RandomNumberGenerator.GetInt32(Alphabet.Length)];
        text[8] = Check(text[..8]);
        return new string(text);
    }

    /// <summary>The same reference every time for the same seed: for imports, so that a second run finds the first.</summary>
    public static string From(ReadOnlySpan<byte> seed)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(seed, hash);
        Span<char> text = stackalloc char[9];
        for (var i = 0; i < 8; i++) text[i] = Alphabet[hash[i] & 31];
        text[8] = Check(text[..8]);
        return new string(text);
    }

    /// <summary>Reads what a person typed: any case, spaces or dashes, O for 0, I or L for 1. False when the check character does not agree.</summary>
    public static bool TryParse(string? typed, out string reference)
    {
        reference = "";
        if (string.IsNullOrWhiteSpace(typed) || typed.Length > 40) return false;
        var text = new string([.. typed.ToUpperInvariant().Where(char.IsLetterOrDigit).Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', 'U' => 'V', _ => c })]);
        if (text.Length != 9 || text.Any(c => !Alphabet.Contains(c, StringComparison.Ordinal)) || text[8] != Check(text.AsSpan(0, 8))) return false;
        reference = text;
        return true;
    }

    /// <summary>Grouped for reading: <c>7K4Q 2MXR C</c>.</summary>
    public static string Show(string reference) => reference.Length == 9 ? $"{reference[..4]} {reference[4..8]} {reference[8]}" : reference;

    // A weighted sum modulo the prime 31 catches every wrong letter (but 0 for Z) and every swap of neighbours (but those two).
    private static char Check(ReadOnlySpan<char> text)
    {
        var sum = 0;
        for (var i = 0; i < text.Length; i++) sum += (i + 2) * Alphabet.IndexOf(text[i], StringComparison.Ordinal);
        return Alphabet[sum % 31];
    }
}
