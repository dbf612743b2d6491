using AnyDoor.Organisations;
using AnyDoor.Web.Language;

namespace AnyDoor.Web.Residents;

/// <summary>The access point of somebody's own district, and when the hub's own line answers.</summary>
public sealed record PointShown(string Name, string? Telephone, string? Web, string Hours)
{
    /// <summary>Null when the partnership has set none, or nothing to ring or open.</summary>
    public static PointShown? Of(PartnershipSettings settings, string? district, Texts texts) =>
        settings.AccessPointFor(district) is { Name: { Length: > 0 } name } point && (point.Telephone ?? point.Web) is { Length: > 0 }
            ? new PointShown(name, point.Telephone, point.Web, CrisisExits.Hours(settings, texts)) : null;

    public string? Address => Web is null or "" ? null : Web.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? Web : $"https://{Web}";
}
