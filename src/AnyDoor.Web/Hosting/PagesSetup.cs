using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Hosting;

/// <summary>Razor Pages, what stands before them, and which folders need whom.</summary>
internal static class PagesSetup
{
    public static IServiceCollection AddAnyDoorPages(this IServiceCollection services, bool demo)
    {
        services.AddFrontEnd(demo);
        services.AddRazorPages(pages =>
        {
            pages.Conventions.AuthorizeFolder("/Staff", StaffSignIn.Policy);
            pages.Conventions.AllowAnonymousToPage("/Staff/SignIn");
        });
        return services;
    }

    public static void UseAnyDoorPages(this WebApplication app)
    {
        app.UseFrontEnd();
        // Shut staff pages are not there at all: the same answer as for any address that does not exist.
        app.Use((http, next) =>
        {
            if (http.Request.Path.StartsWithSegments("/staff") && !StaffSignIn.MayOpen(http))
            {
                http.Response.StatusCode = 404;
                return Task.CompletedTask;
            }
            return next(http);
        });
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapFrontEnd();
    }
}
