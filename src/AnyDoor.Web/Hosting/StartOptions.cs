namespace AnyDoor.Web.Hosting;

/// <param name="Port">0 takes a free one.</param>
/// <param name="Listen">An address, or <c>localhost</c> for loopback.</param>
/// <param name="County">Make the demo county; a test makes its own few people instead.</param>
/// <param name="BehindProxy">The proxies that stand before this, who alone are believed when they say who asks and how. None: nobody is.</param>
/// <param name="Hosts">The names it is reached by, and no other. None: any.</param>
/// <param name="PlacesFolder">The folder whose files of place data are loaded after the start, each version once. None: no folder is looked into.</param>
/// <param name="Council">The council's own sign-in, where it is not set in the environment.</param>
public sealed record StartOptions(Installation Installation, int Port, string Listen, bool Demo, bool County = true, TrustedProxies? BehindProxy = null, SignIn.SingleSignOn? Council = null, IReadOnlyList<string>? Hosts = null, string? PlacesFolder = null)
{
    public bool OnLoopback => Listen is "localhost" or "127.0.0.1" or "::1";

    /// <summary>The address that people open: the first name of <c>--host</c>, https behind a proxy. Any other name is answered 421.</summary>
    /// <param name="address">Where it listens, like <c>http://localhost:5080</c>.</param>
    public string Reached(string address) =>
        (Hosts ?? []).FirstOrDefault(h => !h.StartsWith('*')) is not { } name ? address
        : BehindProxy is not null ? $"https://{name}" : Uri.TryCreate(address, UriKind.Absolute, out var uri) ? $"http://{name}:{uri.Port}" : $"http://{name}:{Port}";
}
