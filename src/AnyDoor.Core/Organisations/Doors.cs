namespace AnyDoor.Organisations;

/// <summary>Whose door is whose: a partner brings people in at its own, so that what is counted by door is true.</summary>
public static class Doors
{
    /// <summary>A partner's system, whatever kind of organisation it is.</summary>
    public const string System = "partner-system";

    /// <summary>The door that an organisation of this kind sends from.</summary>
    public static string Of(Role role, OrganisationKind kind) => role == Role.Councillor ? "councillor" : kind switch
    {
        OrganisationKind.School => "school",
        OrganisationKind.HousingAssociation => "housing-association",
        OrganisationKind.AdviceAgency => "citizens-advice",
        _ => "food-bank",
    };

    /// <summary>The host hub takes requests up from every channel, and loads those of before; a partner has the door of its kind, its own, and that of its system.</summary>
    public static bool IsOpenTo(Door door, Role role, OrganisationKind kind, Guid organisation) =>
        door.OrganisationId is { } owner ? owner == organisation
        : kind == OrganisationKind.CountyHub || door.Id == System || door.Id == Of(role, kind);
}
