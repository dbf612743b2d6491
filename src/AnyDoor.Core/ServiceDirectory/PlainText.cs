using System.Net;
using System.Text.RegularExpressions;

namespace AnyDoor.ServiceDirectory;

/// <summary>Text of others as plain words: no markup, no script, no control characters; paragraphs stay lines.</summary>
internal static partial class PlainText
{
    private const int Longest = 20_000;

    public static string? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Length > Longest) text = text[..Longest];
        // Markup may stand inside markup, or be written as entities: until nothing is left to take away.
        for (var i = 0; i < 4; i++)
        {
            var before = text;
            if (text.Contains('<', StringComparison.Ordinal))
            {
                text = Unseen().Replace(text, " ");
                text = Block().Replace(text, "\n");
                text = Tag().Replace(text, "");
            }
            if (text.Contains('&', StringComparison.Ordinal)) text = WebUtility.HtmlDecode(text);
            if (text == before) break;
        }
        text = Control().Replace(text.Replace("\r\n", "\n", StringComparison.Ordinal), " ");
        text = Spaces().Replace(text, " ");
        text = Lines().Replace(text, "\n").Trim();
        return text.Length == 0 ? null : text;
    }

    /// <summary>In one line, and not longer than this.</summary>
    public static string? Line(string? text, int longest = 300)
    {
        var line = Of(text)?.Replace('\n', ' ').Trim();
        return line is { Length: > 0 } ? line.Length > longest ? line[..longest].TrimEnd() + "…" : line : null;
    }

    /// <summary>An address on the web that may be shown as a link.</summary>
    public static string? Link(string? text)
    {
        var link = text?.Trim();
        if (link is not { Length: > 3 and < 2000 } || link.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or '"')) return null;
        if (!link.Contains("://", StringComparison.Ordinal) && Bare().IsMatch(link)) link = "https://" + link;
        return Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 ? link : null;
    }

    public static string? Email(string? text) => text?.Trim() is { Length: < 200 } mail && Mail().IsMatch(mail) ? mail : null;

    [GeneratedRegex(@"<!--.*?-->|<(script|style|iframe|object|template|noscript)\b.*?(</\1\s*>|$)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Unseen();

    [GeneratedRegex(@"<(br|/p|/li|/div|/h[1-6]|/tr|li)\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Block();

    [GeneratedRegex(@"</?[a-z!?][^>]*(>|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"[\u0000-\u0009\u000B-\u001F\u007F\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]")]
    private static partial Regex Control();

    [GeneratedRegex(@"[ \t\u00A0]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@" ?\n[ \n]*")]
    private static partial Regex Lines();

    [GeneratedRegex(@"^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?([/?#].*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Bare();

    [GeneratedRegex(@"^[^@\s<>""()]+@[a-z0-9-]+(\.[a-z0-9-]+)+$", RegexOptions.IgnoreCase)]
    private static partial Regex Mail();
}
