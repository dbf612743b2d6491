using System.Text.Json;
using AnyDoor.Organisations;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace AnyDoor.Web.SignIn;

/// <summary>
/// A form that comes after the session ran out is kept, encrypted, and offered to the same worker once they are in again: nothing typed is lost, with script or without.
/// What makes a way in is never kept: not the forms of signing in, and no secret of any other.
/// Only for whoever still sends the cookie of that session, which no other site can make a browser do.
/// </summary>
public sealed class KeptForms(StaffSessions sessions, IDataProtectionProvider protection)
{
    private const int MostBytes = 256 * 1024;
    private static readonly PathString[] WaysIn = ["/staff/sign-in", "/staff/account", "/staff/invitation"];
    private static readonly HashSet<string> Secrets = new(["Password", "AppKey", "AppCode", "Credential", "__RequestVerificationToken"], StringComparer.OrdinalIgnoreCase);
    private readonly IDataProtector sealing = protection.CreateProtector("AnyDoor.SignIn.KeptForm");

    /// <summary>Fields as they were sent, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Open(KeptForm form) => JsonSerializer.Deserialize<List<KeyValuePair<string, string>>>(sealing.Unprotect(form.Body))!;

    internal static async Task LeadToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (http.Request.Method == HttpMethods.Post && await http.RequestServices.GetRequiredService<KeptForms>().KeepAsync(http, context.Options) is { } kept)
            context.RedirectUri = $"/staff/sign-in?returnUrl={Uri.EscapeDataString($"/staff/kept/{kept}")}";
        http.Response.Redirect(context.RedirectUri);
    }

    private async Task<Guid?> KeepAsync(HttpContext http, CookieAuthenticationOptions options)
    {
        if (Array.Exists(WaysIn, p => http.Request.Path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase))) return null;
        if (!http.Request.HasFormContentType || http.Request.ContentLength is null or > MostBytes) return null;
        if (options.CookieManager.GetRequestCookie(http, options.Cookie.Name!) is not { } cookie || options.TicketDataFormat.Unprotect(cookie) is not { } ticket) return null;
        if (StaffSignIn.SessionOf(ticket.Principal) is not { } session || await sessions.RanOutAsync(session, http.RequestAborted) is not { } worker) return null;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = form.Where(f => !Secrets.Contains(f.Key)).SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? ""))).ToList();
        return await sessions.KeepAsync(worker, http.Request.Path + http.Request.QueryString, sealing.Protect(JsonSerializer.Serialize(fields)), http.RequestAborted);
    }
}
