using AnyDoor.Organisations;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.Systems;

/// <summary>Pages about partners' systems: an administrator's about all of them, a partner administrator's about those of their own organisation.</summary>
public abstract class SystemsPage : StaffPage
{
    protected override string? Area => "systems";

    public bool ForAll => May("manage-systems");
    protected bool MayChange => ForAll || May("manage-own-systems");

    /// <summary>Whose keys and addresses; null: everybody's.</summary>
    protected Guid? Whose => ForAll ? null : Worker.OrganisationId;

    /// <summary>What a key may do, in words.</summary>
    public static string Scope(string scope) => scope switch
    {
        ApiKeys.ReadSchemes => "Read how much money each scheme has",
        ApiKeys.WriteRequests => "Send requests",
        ApiKeys.WriteAwards => "Give awards",
        ApiKeys.ReadHandovers => "Read what was handed to the organisation",
        ApiKeys.WriteHandovers => "Answer what was handed to the organisation",
        _ => scope,
    };
}
