using AnyDoor.Organisations;
using AnyDoor.ServiceDirectory;

namespace AnyDoor.Web.Staff;

/// <summary>What a worker sees of the menu, and says about it.</summary>
public static class MenuPages
{
    /// <summary>The hub and those who keep the menu see all of it; other workers what is for partners too.</summary>
    public static MenuReader ReaderOf(WhoIsWorking worker) => worker.IsHub || RoleTable.Default.May(worker.Role, "keep-menu") ? MenuReader.Hub : MenuReader.Partner;

    public static CheckedBy ChecksAs(WhoIsWorking worker) => worker.Role is Role.PlaceCoordinator or Role.Connector ? CheckedBy.PlaceTeam : CheckedBy.Hub;

    public static string VisibilityWords(Visibility visibility) => visibility switch { Visibility.Public => "Everybody", Visibility.Partners => "Partners only", _ => "The hub only" };

    public static string StatusWords(ServiceStatus status) => status switch { ServiceStatus.Active => "Open", ServiceStatus.Inactive => "Not running", ServiceStatus.Defunct => "Closed for good", _ => "Closed for now" };

    public static string AssuranceWords(AssuranceState state) => state switch { AssuranceState.Checked => "Checked", AssuranceState.Due => "Due", AssuranceState.NotConfirmed => "Not confirmed", AssuranceState.Hidden => "Hidden from residents", _ => "Never confirmed" };
}
