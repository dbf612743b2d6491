using System.Net;
using System.Security.Claims;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Web.Hosting;
using AnyDoor.Web.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Identity;

namespace AnyDoor.Web.Staff;

/// <summary>
/// The one seam for who is working. The cookie names a session; the session is asked of the database at every request.
/// Everything else asks <see cref="WorkingAs"/> and nothing else.
/// </summary>
public static class StaffSignIn
{
    public const string Scheme = "staff";
    public const string Policy = "staff";
    private const string SessionClaim = "session";

    public static IServiceCollection AddStaffAccess(this IServiceCollection services, SingleSignOn? council)
    {
        var authentication = services.AddAuthentication(Scheme).AddCookie(Scheme, cookie =>
        {
            cookie.Cookie.Name = "anydoor-staff";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = StaffSessions.Idle;
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/staff/sign-in";
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.AccessDeniedPath = "/staff/not-there";
            cookie.Events.OnValidatePrincipal = StillWorksAsync;
            cookie.Events.OnRedirectToLogin = KeptForms.LeadToSignInAsync;
        });
        // For minutes, between two steps of one sign-in: a passkey's challenge, and what the council's own sign-in answered.
        authentication.AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie => Short(cookie, "anydoor-passkey", SameSiteMode.Strict));
        authentication.AddCookie(SingleSignOn.External, cookie => Short(cookie, "anydoor-council", SameSiteMode.Lax));
        if (council is not null)
        {
            services.AddSingleton(council);
            authentication.AddOAuth<OAuthOptions, OAuthHandler<OAuthOptions>>(SingleSignOn.Scheme, council.Name, council.Configure);
        }
        services.AddAuthorization(authorization => authorization.AddPolicy(Policy, policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser()));
        services.AddHttpContextAccessor();
        services.AddScoped<WorkingAs>();

        services.AddIdentityCore<Account>().AddSignInManager().AddTokenProvider<AuthenticatorTokenProvider<Account>>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddScoped<AccountStore>();
        services.AddScoped<IUserStore<Account>>(p => p.GetRequiredService<AccountStore>());
        services.AddScoped<SignInDesk>();
        services.AddScoped<PasskeyDesk>();
        services.AddScoped<WayInForms>();
        services.AddSingleton<KeptForms>();
        // OWASP's figure for PBKDF2 with SHA-512 (2023).
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000);
        services.Configure<IdentityPasskeyOptions>(passkey =>
        {
            (passkey.ResidentKeyRequirement, passkey.UserVerificationRequirement) = ("required", "required");
            // Our own address, and not the header of the request: our forms send none, so that no address leaves with them.
            passkey.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == $"{asked.HttpContext.Request.Scheme}://{asked.HttpContext.Request.Host}");
        });
        return services;
    }

    private static void Short(CookieAuthenticationOptions cookie, string name, SameSiteMode sameSite)
    {
        (cookie.Cookie.Name, cookie.Cookie.HttpOnly, cookie.Cookie.SameSite, cookie.Cookie.SecurePolicy) = (name, true, sameSite, CookieSecurePolicy.SameAsRequest);
        (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (TimeSpan.FromMinutes(10), false);
    }

    /// <summary>Whoever was disabled, demoted or signed out is out with this request.</summary>
    private static async Task StillWorksAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        // Our error page asks nothing of the database; it is shown as to a stranger, and the visit goes on after it.
        if (PagesSetup.IsOurError(http))
        {
            context.RejectPrincipal();
            return;
        }
        var found = MayOpen(http) is null && SessionOf(context.Principal) is { } id ? await http.RequestServices.GetRequiredService<StaffSessions>().FindAsync(id, http.RequestAborted) : null;
        if (found is null)
        {
            context.RejectPrincipal();
            // Kept where it only ran out: its form may be kept for whoever it was.
            if (context.Request.Method != HttpMethods.Post) await http.SignOutAsync(Scheme);
            return;
        }
        http.Items[typeof(WorkingAs)] = found;
        var expires = context.Properties.ExpiresUtc ?? DateTimeOffset.MaxValue;
        http.Items[typeof(SessionEnd)] = new SessionEnd(expires.UtcDateTime < found.EndsAt ? expires.UtcDateTime : found.EndsAt);
    }

    internal static Guid? SessionOf(ClaimsPrincipal? principal) => Guid.TryParse(principal?.FindFirstValue(SessionClaim), out var id) ? id : null;

    /// <summary>Begins a session here, in place of one that there was.</summary>
    public static async Task SignInAsync(HttpContext http, WhoIsWorking worker, SignedInBy by)
    {
        var before = (http.Items[typeof(WorkingAs)] as SignedIn)?.SessionId;
        var id = await http.RequestServices.GetRequiredService<StaffSessions>().BeginAsync(worker, by, Device.Of(http.Request.Headers.UserAgent), http.RequestAborted, before);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, worker.WorkerId.ToString()), new Claim(SessionClaim, id.ToString())], Scheme);
        await http.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Why staff pages are not open here for this request; null when they are.</summary>
    public static Refusal? MayOpen(HttpContext http) => StaffAccess.MayOpen(
        isDemo: http.RequestServices.GetRequiredService<DatabaseMark>().IsDemo == true,
        isLoopback: http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote),
        isForwarded: http.Items.ContainsKey(typeof(StaffSignIn)) || IsForwarded(http),
        isHttps: http.Request.IsHttps);

    /// <summary>Remembers that something stands in between, before a proxy's headers are read and taken away.</summary>
    public static Task NoteForwarded(HttpContext http, RequestDelegate next)
    {
        if (IsForwarded(http)) http.Items[typeof(StaffSignIn)] = true;
        return next(http);
    }

    private static bool IsForwarded(HttpContext http) =>
        http.Request.Headers.Keys.Any(h => h.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || ForwardedBy.Contains(h, StringComparer.OrdinalIgnoreCase));

    private static readonly string[] ForwardedBy = ["Forwarded", "X-Real-IP", "Via", "CF-Connecting-IP", "True-Client-IP"];
}

/// <summary>When the visit is over if nothing happens, UTC.</summary>
public sealed record SessionEnd(DateTime At);

/// <summary>Who is working on this request.</summary>
public sealed class WorkingAs(IHttpContextAccessor accessor, TimeProvider clock)
{
    /// <exception cref="InvalidOperationException">The page is not behind the staff policy.</exception>
    public WhoIsWorking Worker => Session.Worker;

    public SignedIn Session => accessor.HttpContext?.Items[typeof(WorkingAs)] as SignedIn ?? throw new InvalidOperationException("Nobody is signed in here.");

    public bool SignedIn => accessor.HttpContext?.Items[typeof(WorkingAs)] is Organisations.SignedIn;

    /// <summary>Null when nobody is signed in.</summary>
    public DateTime? SessionEndsAt => (accessor.HttpContext?.Items[typeof(SessionEnd)] as SessionEnd)?.At;

    /// <summary>New enough a sign-in to change a way in.</summary>
    public bool IsFresh => Session.At > clock.UtcNow() - StaffSessions.Fresh;

    /// <summary>The context for a write: who, from which organisation, why, and when.</summary>
    public AuditContext For(Purpose purpose, string? reason = null, string door = "phone-county-hub") => Worker.For(purpose, door, clock.GetUtcNow().UtcDateTime, reason);
}
