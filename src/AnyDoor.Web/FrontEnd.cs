using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using AnyDoor.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.WebEncoders;

namespace AnyDoor.Web;

/// <summary>The pages' own services and the order of what a request passes through.</summary>
public static class FrontEnd
{
    public static IServiceCollection AddFrontEnd(this IServiceCollection services, bool demo)
    {
        // A date or a sum means the same on every machine, whatever its own language.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("en-GB");

        services.AddSingleton(new PartnershipOptions { Demo = demo });
        services.AddHttpContextAccessor();
        services.AddSingleton(_ => new TextLibrary());
        services.AddScoped<LanguageChoice>();
        services.AddScoped<Texts>();
        services.AddScoped<Residents.MenuLines>();
        services.AddSingleton<Staff.StaffLinks>();
        services.AddScoped<PageChrome>();
        services.AddScoped<PageFrame>();

        // Letters of every language go out as themselves: smaller pages, and the sources can be read.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddRazorPages();
        services.Configure<MvcOptions>(o =>
        {
            o.MaxModelValidationErrors = 100;
            o.Filters.Add<PlainText>();
        });
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "anydoor-form";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // Our own header says it, and says it for every page.
            o.SuppressXFrameOptionsHeader = true;
        });
        return services;
    }

    /// <summary>Comes first, so that what fails later still gets the headers and a page in plain words.</summary>
    public static WebApplication UseFrontEnd(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/states/wrong", AllowStatusCode404Response = true, StatusCodeSelector = error => error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError });
        app.UseWhen(http => !http.Request.Path.StartsWithSegments("/api"), pages => pages.UseStatusCodePagesWithReExecute("/states/{0}"));
        return app;
    }

    public static WebApplication MapFrontEnd(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
        app.MapLeaveQuickly();
        return app;
    }
}
