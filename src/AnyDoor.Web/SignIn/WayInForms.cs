using System.Security.Cryptography;
using AnyDoor.Organisations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using QRCoder;

namespace AnyDoor.Web.SignIn;

/// <summary>What the pages that make a way in share: the app's key as it is shown, and the check that the app has it.</summary>
public sealed class WayInForms(UserManager<Account> users, AccountStore store, IDataProtectionProvider protection)
{
    public const string WrongCode = "That is not the code the app shows now. Wait for the next one and enter it.";
    private readonly ITimeLimitedDataProtector shown = protection.CreateProtector("AnyDoor.SignIn.ShownAppKey").ToTimeLimitedDataProtector();

    /// <summary>A new key for an app, sealed to travel in the form until its code comes back.</summary>
    public AppKeyShown NewKey(Guid of, string email, string partnership)
    {
        var key = users.GenerateNewAuthenticatorKey();
        return Show(key, shown.Protect($"{of:N} {key}", TimeSpan.FromHours(1)), email, partnership);
    }

    /// <summary>The key of a form that came back; null when it is over or not ours.</summary>
    public AppKeyShown? Again(string? sealedKey, Guid of, string email, string partnership)
    {
        try
        {
            return sealedKey is { Length: > 0 } && shown.Unprotect(sealedKey).Split(' ') is [var whose, var key] && whose == of.ToString("N") ? Show(key, sealedKey, email, partnership) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether the app that has this key shows this code.</summary>
    public async Task<bool> ShowsAsync(AppKeyShown key, string? code)
    {
        var typed = string.Concat((code ?? "").Where(char.IsAsciiDigit));
        var trying = new Account { WorkerId = Guid.Empty, Email = "", EmailFolded = "", CreatedAt = DateTime.UnixEpoch };
        await store.SetAuthenticatorKeyAsync(trying, key.Key, default);
        return typed.Length == 6 && await users.VerifyTwoFactorTokenAsync(trying, TokenOptions.DefaultAuthenticatorProvider, typed);
    }

    public string Hash(string password) => users.PasswordHasher.HashPassword(new Account { WorkerId = Guid.Empty, Email = "", EmailFolded = "", CreatedAt = DateTime.UnixEpoch }, password);

    public string Seal(AppKeyShown key) => store.Seal(key.Key);

    private static AppKeyShown Show(string key, string sealedKey, string email, string partnership)
    {
        var issuer = Uri.EscapeDataString(partnership.Length > 0 ? partnership : "AnyDoor");
        using var maker = new QRCodeGenerator();
        using var drawn = maker.CreateQrCode($"otpauth://totp/{issuer}:{Uri.EscapeDataString(email)}?secret={key}&issuer={issuer}&digits=6", QRCodeGenerator.ECCLevel.M);
        var rows = drawn.ModuleMatrix;
        var squares = string.Concat(rows.SelectMany((row, y) => Enumerable.Range(0, row.Count).Where(x => row[x]).Select(x => $"M{x} {y}h1v1h-1z")));
        return new AppKeyShown(key, sealedKey, string.Join(' ', key.Chunk(4).Select(four => new string(four))), squares, rows.Count);
    }
}

/// <summary>The key that an app is to have.</summary>
/// <param name="Sealed">For the form.</param>
/// <param name="Grouped">To type in where no picture can be taken.</param>
/// <param name="Squares">The QR code as an SVG path, one unit a square.</param>
public sealed record AppKeyShown(string Key, string Sealed, string Grouped, string Squares, int Size);
