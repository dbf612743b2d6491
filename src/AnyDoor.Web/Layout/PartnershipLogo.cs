using AnyDoor.Organisations;
using AnyDoor.Web.Security;

namespace AnyDoor.Web.Layout;

/// <summary>Serves the partnership's logo. It was taken apart when it was stored; here it goes out as what it is, and nothing sniffs it. A new logo has a new address.</summary>
public static class PartnershipLogo
{
    public const string Path = "/partnership/logo";

    public static void MapPartnershipLogo(this IEndpointRouteBuilder app) =>
        app.MapGet(Path + "/{id:guid}", async (Guid id, SettingsDesk settings, CancellationToken cancel) =>
            await settings.PictureAsync(id, cancel) is { } picture ? Results.Bytes(picture.Bytes, picture.ContentType) : Results.NotFound())
            .WithMetadata(new KeptForEver());
}
