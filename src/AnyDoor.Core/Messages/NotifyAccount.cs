using System.Text.RegularExpressions;

namespace AnyDoor.Messages;

/// <summary>The council's account with GOV.UK Notify, which carries texts, e-mails and letters: <c>ANYDOOR_NOTIFY_*</c>, see docs/operations.md.</summary>
/// <param name="ServiceId">Signs as this service.</param>
/// <param name="Secret">The secret part of the key.</param>
/// <param name="Templates">The template of each channel that is set up; the others wait for a person.</param>
public sealed partial record NotifyAccount(Uri Address, string ServiceId, string Secret, IReadOnlyDictionary<MessageChannel, Guid> Templates)
{
    private const string Official = "https://api.notifications.service.gov.uk";

    /// <summary>From the environment; null where none is set.</summary>
    /// <exception cref="InvalidOperationException">Some of it is set and some is not, or what is set is not of its shape. It quotes no key.</exception>
    public static NotifyAccount? FromEnvironment() => Read(Environment.GetEnvironmentVariable);

    public static NotifyAccount? Read(Func<string, string?> set)
    {
        string? Set(string name) => set($"ANYDOOR_NOTIFY_{name}")?.Trim() is { Length: > 0 } value ? value : null;
        var templates = new Dictionary<MessageChannel, Guid>();
        foreach (var (name, channel) in new[] { ("TEXT", MessageChannel.Text), ("EMAIL", MessageChannel.Email), ("LETTER", MessageChannel.Letter) })
            if (Set(name) is { } id) templates[channel] = Guid.TryParse(id, out var template) ? template : throw new InvalidOperationException($"ANYDOOR_NOTIFY_{name} must be the id of a template, as Notify shows it.");
        var file = Set("KEY_FILE");
        if (file is null && templates.Count == 0) return null;
        if (file is null) throw new InvalidOperationException("ANYDOOR_NOTIFY_KEY_FILE is not set, and a template is.");
        if (templates.Count == 0) throw new InvalidOperationException("ANYDOOR_NOTIFY_KEY_FILE is set, and no template is: set ANYDOOR_NOTIFY_TEXT, ANYDOOR_NOTIFY_EMAIL or ANYDOOR_NOTIFY_LETTER.");
        if (!Uri.TryCreate(Set("ADDRESS") ?? Official, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            throw new InvalidOperationException("ANYDOOR_NOTIFY_ADDRESS must be an https address.");
        var key = KeyShape().Match(KeyIn(file));
        if (!key.Success) throw new InvalidOperationException("ANYDOOR_NOTIFY_KEY_FILE must hold one API key alone: its name, the service's id and the secret, with hyphens between, as Notify shows it once.");
        return new NotifyAccount(address, key.Groups["service"].Value, key.Groups["secret"].Value, templates);
    }

    private static string KeyIn(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file).Trim() : throw new InvalidOperationException("ANYDOOR_NOTIFY_KEY_FILE names no file.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException("ANYDOOR_NOTIFY_KEY_FILE names a file that cannot be read.", error);
        }
    }

    [GeneratedRegex("""^[^\r\n]*?(?<service>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})-(?<secret>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$""", RegexOptions.IgnoreCase)]
    private static partial Regex KeyShape();
}
