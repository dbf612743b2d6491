using AnyDoor.Web.Residents;

namespace AnyDoor.Web.Layout;

/// <summary>
/// "Leave this page quickly": ends the visit (every cookie of ours goes, so nothing can be opened again from this browser)
/// and goes to a page that says nothing. A link, so that it works without script.
/// </summary>
public static class LeaveQuickly
{
    public const string Path = "/leave";

    public static IEndpointConventionBuilder MapLeaveQuickly(this IEndpointRouteBuilder app) =>
        app.MapGet(Path, async (HttpContext http, PartnershipOptions partnership) =>
        {
            // A cookie that somebody copied opens nothing either: the server ends the visit.
            if (http.RequestServices.GetService<ResidentVisit>() is { } visit) await visit.EndAsync(CancellationToken.None);
            foreach (var cookie in http.Request.Cookies.Keys) http.Response.Cookies.Delete(cookie);
            return Results.Redirect(partnership.LeaveTo);
        });
}
