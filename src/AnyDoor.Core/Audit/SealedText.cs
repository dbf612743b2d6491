using System.Security.Cryptography;
using System.Text;

namespace AnyDoor.Audit;

/// <summary>
/// Text sealed with the installation's key (AES-256-GCM, a fresh nonce each time, a key of its own for each use): who has the database or a backup, and not the keys folder, reads none of it.
/// Laid out as nonce (12 bytes), tag (16), cipher.
/// </summary>
public static class SealedText
{
    public static byte[] Seal(LogKey key, string use, string words)
    {
        var nonce = RandomNumberGenerator.GetBytes(12);
        var plain = Encoding.UTF8.GetBytes(words);
        var (cipher, tag) = (new byte[plain.Length], new byte[16]);
        using var aes = new AesGcm(key.Derive(Encoding.UTF8.GetBytes(use)), 16);
        aes.Encrypt(nonce, plain, cipher, tag);
        return [.. nonce, .. tag, .. cipher];
    }

    /// <exception cref="CryptographicException">It was sealed with another key or for another use, or it was changed.</exception>
    public static string Open(LogKey key, string use, byte[] sealedWords)
    {
        if (sealedWords.Length < 28) throw new CryptographicException("This is too short to be sealed.");
        var plain = new byte[sealedWords.Length - 28];
        using var aes = new AesGcm(key.Derive(Encoding.UTF8.GetBytes(use)), 16);
        aes.Decrypt(sealedWords.AsSpan(0, 12), sealedWords.AsSpan(28), sealedWords.AsSpan(12, 16), plain);
        return Encoding.UTF8.GetString(plain);
    }
}
