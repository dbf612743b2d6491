using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.DataProtection;

namespace AnyDoor.Web.SignIn;

/// <summary>
/// The council's own sign-in (OAuth 2.0 authorization code with PKCE, then userinfo), where the operator has set it: <c>ANYDOOR_SSO_*</c>, see docs/operations.md.
/// It says who somebody is to the council; whether they work here is said by an invitation, once.
/// </summary>
/// <param name="Name">As the button has it, like "Cambridgeshire account".</param>
/// <param name="SecretFile">A file that holds the client's secret.</param>
public sealed record SingleSignOn(string Name, string AuthorizeAt, string TokenAt, string UserInfoAt, string ClientId, string SecretFile, string Scopes)
{
    public const string Scheme = "single-sign-on";
    /// <summary>Who the provider says it is, until the next page has looked whether they work here.</summary>
    public const string External = "single-sign-on-answer";
    public const string Callback = "/staff/sign-in/answer";

    /// <summary>From the environment; null where none is set.</summary>
    /// <exception cref="InvalidOperationException">Some of it is set and some is not, an address is not https, or the file holds no secret that could be sent.</exception>
    public static SingleSignOn? FromEnvironment() => Read(Environment.GetEnvironmentVariable);

    public static SingleSignOn? Read(Func<string, string?> set)
    {
        string[] names = ["AUTHORIZE", "TOKEN", "USERINFO", "CLIENT", "SECRET_FILE"];
        var values = names.Select(n => set($"ANYDOOR_SSO_{n}")).ToArray();
        if (values.All(string.IsNullOrWhiteSpace)) return null;
        if (Array.FindIndex(values, string.IsNullOrWhiteSpace) is >= 0 and var missing) throw new InvalidOperationException($"ANYDOOR_SSO_{names[missing]} is not set, and others of ANYDOOR_SSO_ are. Set all five or none.");
        foreach (var at in Enumerable.Range(0, 3))
            if (!Uri.TryCreate(values[at], UriKind.Absolute, out var uri) || uri.Fragment.Length > 0 || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))) throw new InvalidOperationException($"ANYDOOR_SSO_{names[at]} must be an https address.");
        SecretIn(values[4]!);
        return new SingleSignOn(set("ANYDOOR_SSO_NAME")?.Trim() is { Length: > 0 } name ? name : "your council account", values[0]!, values[1]!, values[2]!, values[3]!.Trim(), values[4]!, set("ANYDOOR_SSO_SCOPES")?.Trim() is { Length: > 0 } scopes ? scopes : "openid profile email");
    }

    /// <summary>The client's secret: one line of printable characters (RFC 6749, appendix A.2).</summary>
    private static string SecretIn(string file)
    {
        if (!File.Exists(file)) throw new InvalidOperationException("ANYDOOR_SSO_SECRET_FILE names no file.");
        string secret;
        try
        {
            secret = File.ReadAllText(file).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException("ANYDOOR_SSO_SECRET_FILE names a file that cannot be read.", error);
        }
        if (secret.Length == 0) throw new InvalidOperationException("ANYDOOR_SSO_SECRET_FILE names a file with nothing in it.");
        return secret.All(c => c is >= ' ' and <= '~') ? secret : throw new InvalidOperationException("ANYDOOR_SSO_SECRET_FILE must hold the client's secret alone, on one line.");
    }

    public void Configure(OAuthOptions oauth)
    {
        (oauth.AuthorizationEndpoint, oauth.TokenEndpoint, oauth.UserInformationEndpoint) = (AuthorizeAt, TokenAt, UserInfoAt);
        (oauth.ClientId, oauth.ClientSecret) = (ClientId, SecretIn(SecretFile));
        oauth.UsePkce = true;
        oauth.SaveTokens = false;
        oauth.CallbackPath = Callback;
        oauth.SignInScheme = External;
        // The answer comes by a link from elsewhere; both cookies live for minutes.
        oauth.CorrelationCookie.SameSite = SameSiteMode.Lax;
        oauth.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oauth.Scope.Clear();
        foreach (var scope in Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)) oauth.Scope.Add(scope);
        oauth.ClaimActions.MapJsonKey(ClaimTypes.NameIdentifier, "sub");
        oauth.Events.OnRedirectToAuthorizationEndpoint = LeaveByAPageAsync;
        oauth.Events.OnCreatingTicket = ReadWhoAsync;
        oauth.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect("/staff/sign-in?failed=council");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    /// <summary>The way to the provider, as a page of ours has it: our policy lets no form lead elsewhere, not even by a redirect.</summary>
    private static Task LeaveByAPageAsync(RedirectContext<OAuthOptions> context)
    {
        context.Response.Redirect($"/staff/sign-in/council?go={Uri.EscapeDataString(Protector(context.HttpContext).Protect(context.RedirectUri, TimeSpan.FromMinutes(5)))}");
        return Task.CompletedTask;
    }

    /// <summary>Where such a page leads; null when it is not ours or is over.</summary>
    public static string? LeadsTo(HttpContext http, string go)
    {
        try
        {
            return Protector(http).Unprotect(go);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static ITimeLimitedDataProtector Protector(HttpContext http) => http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("AnyDoor.SignIn.Leave").ToTimeLimitedDataProtector();

    private static async Task ReadWhoAsync(OAuthCreatingTicketContext context)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        ask.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        ask.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await context.Backchannel.SendAsync(ask, context.HttpContext.RequestAborted);
        answer.EnsureSuccessStatusCode();
        using var who = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(context.HttpContext.RequestAborted));
        context.RunClaimActions(who.RootElement);
        if (context.Identity?.FindFirst(ClaimTypes.NameIdentifier) is not { Value.Length: > 0 }) context.Fail("The provider did not say who it is.");
    }
}
