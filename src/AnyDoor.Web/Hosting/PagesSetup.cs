using AnyDoor.Organisations;
using AnyDoor.Web.Layout;
using AnyDoor.Web.Residents;
using AnyDoor.Web.Security;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AnyDoor.Web.Hosting;

/// <summary>Razor Pages, what stands before them, and which folders need whom.</summary>
internal static class PagesSetup
{
    public static IServiceCollection AddAnyDoorPages(this IServiceCollection services, bool demo)
    {
        services.AddFrontEnd(demo);
        services.AddScoped<ResidentVisit>();
        services.AddFormQueue();
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = ["text/html", "text/csv"];
        });
        services.AddRazorPages(pages =>
        {
            pages.Conventions.ConfigureFilter(new NoSuchHandler());
            pages.Conventions.AuthorizeFolder("/Staff", StaffSignIn.Policy);
            foreach (var page in (string[])["/Staff/SignIn", "/Staff/SignInAnswer", "/Staff/Invitation"]) pages.Conventions.AllowAnonymousToPage(page);
        });
        return services;
    }

    public static void UseAnyDoorPages(this WebApplication app, TrustedProxies? proxies, IReadOnlyList<string> hosts)
    {
        // First of all, so that everything after it sees who asks and how; but what came through a proxy is noted before its headers are taken away.
        app.Use(StaffSignIn.NoteForwarded);
        if (proxies is not null) app.UseForwardedHeaders(proxies.Headers());
        app.UseFrontEnd();
        app.UseNamedHosts(hosts);
        // A county's map and its table are large. These pages hold public data, counts that are published, and no secret that stays the same from one answer to the next.
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/staff/places"), places => places.UseResponseCompression());
        // A demo's staff pages, asked for from elsewhere, are not there at all; a live one's say that they want https.
        app.Use((http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments("/staff") || StaffSignIn.MayOpen(http) is not { } refusal) return next(http);
            http.Response.StatusCode = refusal.Code == "https-only" ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound;
            return refusal.Code == "https-only" ? http.Response.WriteAsync(refusal.Sentence, http.RequestAborted) : Task.CompletedTask;
        });
        // What the partnership says of itself stands round every page; until its numbers are owned, residents' pages stay shut.
        app.Use(async (http, next) =>
        {
            if (IsPage(http.Request.Path) && !IsOurError(http))
            {
                var settings = await http.RequestServices.GetRequiredService<SettingsDesk>().CurrentAsync(http.RequestAborted);
                http.Items[typeof(PartnershipSettings)] = settings;
                if (IsForResidents(http.Request.Path) && !settings.IsReadyForResidents) http.Request.Path = "/states/holding";
            }
            await next(http);
        });
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseSizes();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapFrontEnd();
        app.MapPartnershipLogo();
        app.MapWellKnown();
    }

    /// <summary>The page that says we went wrong comes through here too. It must not fail on the database that made the first one fail.</summary>
    internal static bool IsOurError(HttpContext http) => http.Features.Get<IExceptionHandlerFeature>() is not null;

    private static bool IsPage(PathString path) => !path.StartsWithSegments("/api") && !path.StartsWithSegments("/health") && !Path.HasExtension(path.Value);

    private static bool IsForResidents(PathString path) =>
        path == "/" || path.StartsWithSegments("/ask") || path.StartsWithSegments("/request") || path.StartsWithSegments("/menu") || path.StartsWithSegments("/hand-out");
}

/// <summary>A form that a page does not have: the page must not be made without what its own handlers load.</summary>
file sealed class NoSuchHandler : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod is not null || HttpMethods.IsGet(context.HttpContext.Request.Method) || HttpMethods.IsHead(context.HttpContext.Request.Method)) return next();
        context.Result = new NotFoundResult();
        return Task.CompletedTask;
    }
}
