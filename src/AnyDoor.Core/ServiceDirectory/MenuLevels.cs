namespace AnyDoor.ServiceDirectory;

/// <summary>Universal, near-universal, targeted (R-FRM-03): as its entry says, or as its own conditions make it.</summary>
public static class MenuLevels
{
    public static ServiceLevel Of(Service service) => service.Level
        ?? (service.Eligibility is not null || service.MinimumAge is not null || service.MaximumAge is not null || service.OnlyFor != OnlyFor.Everyone || service.HowToUse is HowToUse.Referral or HowToUse.Handover ? ServiceLevel.Targeted
            : service.AreasServed.Count == 0 || service.AreasServed.Any(a => a.Kind == AreaKind.County) ? ServiceLevel.Universal : ServiceLevel.NearUniversal);

    public static string Words(Service service) => Words(Of(service));

    public static string Words(ServiceLevel level) => level switch { ServiceLevel.Universal => "Universal: for everybody.", ServiceLevel.NearUniversal => "Near-universal: for most people here.", _ => "Targeted: for some people." };
}
