using System.Net;
using System.Security.Claims;
using AnyDoor.Audit;
using AnyDoor.Organisations;
using AnyDoor.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace AnyDoor.Web.Staff;

/// <summary>
/// The one seam for who is working. Until real sign-in, staff pages open only on a demo database and only on this machine,
/// by picking an invented worker. Everything else asks here and nowhere else.
/// </summary>
public static class StaffSignIn
{
    public const string Scheme = "staff";
    public const string Policy = "staff";

    public static IServiceCollection AddStaffAccess(this IServiceCollection services)
    {
        services.AddAuthentication(Scheme).AddCookie(Scheme, cookie =>
        {
            cookie.Cookie.Name = "anydoor-staff";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(2);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/staff/sign-in";
            cookie.AccessDeniedPath = "/staff/not-there";
            cookie.Events.OnValidatePrincipal = StillWorksAsync;
        });
        services.AddAuthorization(authorization => authorization.AddPolicy(Policy, policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser()));
        services.AddHttpContextAccessor();
        services.AddScoped<WorkingAs>();
        return services;
    }

    /// <summary>A disabled or demoted worker loses access within a second.</summary>
    private static async Task StillWorksAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        // Our error page asks nothing of the database; it is shown as to a stranger, and the visit goes on after it.
        if (PagesSetup.IsOurError(http))
        {
            context.RejectPrincipal();
            return;
        }
        var working = MayOpen(http) && Guid.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? await http.RequestServices.GetRequiredService<StaffAccess>().FindAsync(id, http.RequestAborted) : null;
        if (working is null || working.Role.ToString() != context.Principal!.FindFirstValue(ClaimTypes.Role))
        {
            context.RejectPrincipal();
            await http.SignOutAsync(Scheme);
            return;
        }
        http.Items[typeof(WorkingAs)] = working;
    }

    public static async Task SignInAsync(HttpContext http, WhoIsWorking worker)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, worker.WorkerId.ToString()), new Claim(ClaimTypes.Role, worker.Role.ToString())], Scheme);
        await http.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Whether staff pages are open here at all: a demo database, from this machine, with nothing in between.</summary>
    public static bool MayOpen(HttpContext http) => StaffAccess.MayOpen(
        isDemo: http.RequestServices.GetRequiredService<DatabaseMark>().IsDemo == true,
        isLoopback: http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote),
        isForwarded: http.Items.ContainsKey(typeof(StaffSignIn)) || IsForwarded(http)) is null;

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

/// <summary>Who is working on this request.</summary>
public sealed class WorkingAs(IHttpContextAccessor accessor, TimeProvider clock)
{
    /// <exception cref="InvalidOperationException">The page is not behind the staff policy.</exception>
    public WhoIsWorking Worker => accessor.HttpContext?.Items[typeof(WorkingAs)] as WhoIsWorking ?? throw new InvalidOperationException("Nobody is signed in here.");

    public bool SignedIn => accessor.HttpContext?.Items[typeof(WorkingAs)] is WhoIsWorking;

    /// <summary>The context for a write: who, from which organisation, why, and when.</summary>
    public AuditContext For(Purpose purpose, string? reason = null, string door = "phone-county-hub") => Worker.For(purpose, door, clock.GetUtcNow().UtcDateTime, reason);
}
