using AnyDoor.Web.Layout;
using Microsoft.Net.Http.Headers;

namespace AnyDoor.Web.Security;

/// <summary>Marks an endpoint whose answers never change and say nothing about anybody: a browser may keep them.</summary>
public sealed class KeptForEver;

/// <summary>
/// The headers of every answer. Nothing from elsewhere and nothing inline runs; nothing is framed, sniffed, indexed or kept,
/// but for the few pages that say nothing about anybody and the static files.
/// </summary>
public static class SecurityHeaders
{
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            Set(http);
            return Task.CompletedTask;
        });
        return next(http);
    });

    private static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // Where somebody is may be asked on the menu alone, by them and for them: it goes into the field that they see.
        var here = http.Request.Path.StartsWithSegments("/menu") ? "(self)" : "()";
        headers["Permissions-Policy"] = $"accelerometer=(), camera=(), geolocation={here}, gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (http.Request.IsHttps && http.Request.Host.Host != "localhost") headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";

        if (IsStaticFile(http)) return;
        if (http.Response.StatusCode == StatusCodes.Status200OK && http.GetEndpoint()?.Metadata.GetMetadata<KeptForEver>() is not null)
        {
            headers.CacheControl = "public, max-age=31536000, immutable";
            headers["X-Robots-Tag"] = "noindex";
            return;
        }
        var open = http.RequestServices.GetRequiredService<PageFrame>().Public && http.Response.StatusCode == StatusCodes.Status200OK;
        if (!open) headers["X-Robots-Tag"] = "noindex";
        headers.CacheControl = open && !headers.ContainsKey(HeaderNames.SetCookie) ? "private, no-cache" : "no-store";
    }

    private static bool IsStaticFile(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null) return false;
        // The name of a font carries its hash.
        if (http.Request.Path.StartsWithSegments("/assets/fonts") && http.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
            http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return true;
    }
}
