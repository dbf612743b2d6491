using System.Globalization;
using System.Text;
using AnyDoor.Common;
using AnyDoor.Organisations;

namespace AnyDoor.Web.Hosting;

/// <summary>Two files that machines read: whom to tell of a hole, and what not to gather.</summary>
internal static class WellKnown
{
    public static void MapWellKnown(this IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/security.txt", async (SettingsDesk settings, TimeProvider clock, CancellationToken cancel) =>
        {
            var contact = (await settings.CurrentAsync(cancel)).Partnership.SecurityContact;
            return string.IsNullOrWhiteSpace(contact) ? Results.NotFound()
                : Results.Text($"Contact: {contact}\nExpires: {clock.UtcNow().AddDays(180).ToString("yyyy-MM-ddT00:00:00Z", CultureInfo.InvariantCulture)}\nPreferred-Languages: en\n", "text/plain", Encoding.UTF8);
        });
        app.MapGet("/robots.txt", () => Results.Text("User-agent: *\nDisallow: /ask\nDisallow: /request\nDisallow: /staff\nDisallow: /api\n", "text/plain", Encoding.UTF8));
    }
}
