namespace AnyDoor.Web.Hosting;

/// <summary>
/// Only the names that this installation goes by are answered (<c>--host</c>, <c>ANYDOOR_HOSTS</c>): a link or a cookie is never made for a name that somebody else put into the request.
/// None named: every name is answered. Health is asked for by address and says nothing.
/// </summary>
public static class NamedHosts
{
    public const string Variable = "ANYDOOR_HOSTS";

    public static IReadOnlyList<string> Read(IEnumerable<string> texts) => [.. texts.SelectMany(t => t.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public static bool IsName(string text) => Uri.CheckHostName(text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text.Trim('[', ']')) != UriHostNameType.Unknown;

    public static void UseNamedHosts(this IApplicationBuilder app, IReadOnlyList<string> hosts)
    {
        if (hosts.Count == 0) return;
        app.Use((http, next) =>
        {
            if (http.Request.Path.StartsWithSegments("/health") || hosts.Any(h => Fits(h, http.Request.Host.Host))) return next(http);
            http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return Task.CompletedTask;
        });
    }

    private static bool Fits(string named, string asked) => named.StartsWith("*.", StringComparison.Ordinal)
        ? asked.Length > named.Length - 1 && asked.EndsWith(named[1..], StringComparison.OrdinalIgnoreCase) : string.Equals(named, asked, StringComparison.OrdinalIgnoreCase);
}
