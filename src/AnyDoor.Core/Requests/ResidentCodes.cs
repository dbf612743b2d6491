using System.Security.Cryptography;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Common;

namespace AnyDoor.Requests;

/// <summary>
/// The codes a resident is given. Both follow from an id and the installation's key, so that the page can show them within a sitting
/// though only their hashes are stored: who copies the database copies no code.
/// </summary>
public static class ResidentCodes
{
    /// <summary>Wrong codes for one reference before it waits.</summary>
    public const int Tries = 5;
    public const int WaitMinutes = TryLimits.WaitMinutes;
    /// <summary>How long after the end of a request its code still opens it.</summary>
    public const int DaysAfterEnd = 90;
    public const int SecretLength = 8;

    // Crockford's letters, less U: nothing that reads like something else.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>The code that opens a draft, like <c>7K4Q 2MXR C</c>: nine characters, the last a check on the others.</summary>
    public static string OfDraft(LogKey key, Guid draft) => Reference.From(key.Derive(Encoding.UTF8.GetBytes($"draft-code\n{draft:N}")));

    /// <summary>The first secret code of a sent request: eight characters.</summary>
    public static string OfRequest(LogKey key, Guid request) => Write(key.Derive(Encoding.UTF8.GetBytes($"request-code\n{request:N}")));

    /// <summary>A new code, when the first was lost.</summary>
    public static string New() => Write(RandomNumberGenerator.GetBytes(SecretLength));

    /// <summary>What was typed, in one form: any case, with or without spaces. Never fails: what cannot be a code is simply wrong.</summary>
    public static string Read(string? typed) => new([.. (typed ?? "").ToUpperInvariant().Where(char.IsLetterOrDigit).Take(40)
        .Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', 'U' => 'V', _ => c })]);

    /// <summary>Grouped for reading: <c>7K4Q 2MXR</c>.</summary>
    public static string Show(string code) => code.Length == SecretLength ? $"{code[..4]} {code[4..]}" : code;

    private static string Write(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[SecretLength];
        for (var i = 0; i < SecretLength; i++) text[i] = Alphabet[bytes[i] & 31];
        return new string(text);
    }
}
